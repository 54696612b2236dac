//! What becomes of connections -> counters.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// Why the server closed a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The head of a request was not whole in time.
    SlowHead,
    /// The reader took too little of its answer.
    StalledReader,
    /// No further request came.
    Idle,
    /// Others wanted its place.
    Evicted,
}

impl Closed {
    const ALL: [Closed; 4] = [
        Closed::SlowHead,
        Closed::StalledReader,
        Closed::Idle,
        Closed::Evicted,
    ];

    const fn label(self) -> &'static str {
        match self {
            Closed::SlowHead => "slow-head",
            Closed::StalledReader => "stalled-reader",
            Closed::Idle => "idle",
            Closed::Evicted => "evicted",
        }
    }
}

/// The numbers of one listener.
#[derive(Debug, Clone, Default)]
pub struct ConnectionMetrics {
    /// Connections accepted.
    pub accepted: Counter,
    /// Connections open now.
    pub open: Gauge,
    /// Times that the system gave no connection although one was there, such
    /// as for want of file descriptors.
    pub accept_errors: Counter,
    /// Connections that ended with something that is no HTTP/1 request.
    pub malformed: Counter,
    closed: [Counter; Closed::ALL.len()],
}

impl ConnectionMetrics {
    /// Connections that the server closed for `reason`.
    pub fn closed(&self, reason: Closed) -> &Counter {
        &self.closed[reason as usize]
    }

    /// Numbers that `registry` tells.
    pub(super) fn registered(registry: &mut Registry) -> ConnectionMetrics {
        let mut counter = |name: &str, help: &str| {
            let counter = Counter::default();
            registry.register(name, help, counter.clone());
            counter
        };
        let accepted = counter("connections_accepted", "Connections accepted");
        let accept_errors = counter(
            "accept_errors",
            "Times that the system gave no connection, such as for want of file descriptors",
        );
        let malformed = counter(
            "connections_malformed",
            "Connections that ended with something that is no HTTP/1 request",
        );
        let open = Gauge::default();
        registry.register("connections_open", "Connections open now", open.clone());
        let closed = Family::<[(&str, &str); 1], Counter>::default();
        registry.register(
            "connections_closed",
            "Connections closed by the server, by reason",
            closed.clone(),
        );
        ConnectionMetrics {
            accepted,
            open,
            accept_errors,
            malformed,
            closed: Closed::ALL
                .map(|reason| closed.get_or_create_owned(&[("reason", reason.label())])),
        }
    }
}
