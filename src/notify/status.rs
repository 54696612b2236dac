//! How each sink and the hub fare, as the operator sees it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::{error, info};

use super::Sink;

/// How one sink fares.
#[derive(Debug, Clone, Default)]
pub(crate) struct SinkStatus {
    pub(crate) waiting: usize,
    pub(crate) delivered: u64,
    pub(crate) failed: u64,
    pub(crate) given_up: usize,
    /// How many of them within the last week.
    pub(super) missed: usize,
    /// Why the last attempt failed; `None` after one that did not.
    pub(super) failure: Option<String>,
}

/// How each sink fares, by its name.
pub(crate) type Sinks = BTreeMap<String, SinkStatus>;

/// How notices fare, as the operator sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct NoticeStatus(Arc<Mutex<Fares>>);

#[derive(Debug, Default)]
struct Fares {
    sinks: Sinks,
    /// Why nothing can be recorded, and so nothing is sent.
    failure: Option<String>,
    /// Why the hub did not take the last ping.
    hub: Option<String>,
}

impl NoticeStatus {
    fn with<T>(&self, change: impl FnOnce(&mut Fares) -> T) -> T {
        // It is whole after each of its changes.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn of_sink(&self, sink: &Sink, change: impl FnOnce(&mut SinkStatus)) {
        self.with(|fares| change(fares.sinks.entry(sink.name.clone()).or_default()));
    }

    /// Says once what keeps notices from being sent, and once that it is over.
    pub(super) fn report(&self, failure: Option<String>) {
        self.with(|fares| {
            if fares.failure != failure {
                if let Some(failure) = &failure {
                    error!(%failure, "notices are not sent");
                } else {
                    info!("notices are sent");
                }
                fares.failure = failure;
            }
        });
    }

    /// Says why the hub does not know, or that it does.
    pub(super) fn of_hub(&self, failure: Option<String>) {
        self.with(|fares| fares.hub = failure);
    }

    /// How each sink fares.
    pub(crate) fn sinks(&self) -> Sinks {
        self.with(|fares| fares.sinks.clone())
    }

    /// What an operator should know; empty while all is well.
    pub(crate) fn problems(&self) -> String {
        self.with(|fares| {
            let mut text = String::new();
            if let Some(failure) = &fares.failure {
                let _ = writeln!(text, "notices: {failure}");
            }
            if let Some(failure) = &fares.hub {
                let _ = writeln!(text, "hub: {failure}");
            }
            for (name, sink) in &fares.sinks {
                if let Some(failure) = &sink.failure {
                    let waiting = sink.waiting;
                    let _ = writeln!(text, "notices to {name}: {failure}; {waiting} waiting");
                }
                if sink.missed > 0 {
                    let missed = sink.missed;
                    let _ = writeln!(
                        text,
                        "notices to {name}: {missed} given up this week: not taken in three days, \
                         or over"
                    );
                }
            }
            text
        })
    }
}
