//! How notices fare -> numbers by sink.

use std::sync::atomic::Ordering;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::notify::Sinks;

/// The sink's name: the operator's word, never a client's.
type Labels = [(&'static str, String); 1];

/// The numbers of every sink.
#[derive(Debug, Default)]
pub(super) struct Notices {
    waiting: Family<Labels, Gauge>,
    delivered: Family<Labels, Counter>,
    failed: Family<Labels, Counter>,
    given_up: Family<Labels, Counter>,
}

impl Notices {
    /// Numbers that `registry` tells.
    pub(super) fn registered(registry: &mut Registry) -> Notices {
        let notices = Notices::default();
        registry.register(
            "notices_waiting",
            "Notices that the sink did not take yet",
            notices.waiting.clone(),
        );
        for (name, help, family) in [
            (
                "notices_delivered",
                "Notices that the sink took",
                &notices.delivered,
            ),
            (
                "notices_failed",
                "Attempts that the sink did not take",
                &notices.failed,
            ),
            (
                "notices_given_up",
                "Notices that were not taken in three days, or over before",
                &notices.given_up,
            ),
        ] {
            registry.register(name, help, family.clone());
        }
        notices
    }

    /// Takes over how the sinks fare now.
    pub(super) fn set(&self, sinks: &Sinks) {
        for (name, sink) in sinks {
            let labels = [("sink", name.clone())];
            let waiting = i64::try_from(sink.waiting).unwrap_or(i64::MAX);
            self.waiting.get_or_create(&labels).set(waiting);
            for (family, count) in [
                (&self.delivered, sink.delivered),
                (&self.failed, sink.failed),
                (&self.given_up, sink.given_up as u64),
            ] {
                let counter = family.get_or_create(&labels);
                counter.inner().store(count, Ordering::Relaxed);
            }
        }
    }
}
