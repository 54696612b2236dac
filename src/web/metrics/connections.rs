//! What the server counts by itself -> the text of the metrics.

use std::fmt::Error;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;

use crate::web::server::Counts;

/// Reads the counts of the public listener whenever the metrics are asked for.
#[derive(Debug)]
pub(super) struct Connections(pub Arc<Counts>);

impl Collector for Connections {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), Error> {
        let open = ConstGauge::new(i64::try_from(self.0.open()).unwrap_or(i64::MAX));
        open.encode(encoder.encode_descriptor(
            "connections_open",
            "Connections open now",
            None,
            MetricType::Gauge,
        )?)?;
        let counters = [
            (
                "connections_accepted",
                "Connections accepted",
                self.0.accepted(),
            ),
            (
                "connections_malformed",
                "Connections that ended with something that is no HTTP/1 request",
                self.0.malformed(),
            ),
            (
                "accept_errors",
                "Times that the system gave no connection, such as for want of file descriptors",
                self.0.accept_errors(),
            ),
        ];
        for (name, help, count) in counters {
            ConstCounter::new(count).encode(encoder.encode_descriptor(
                name,
                help,
                None,
                MetricType::Counter,
            )?)?;
        }
        let mut let_go = encoder.encode_descriptor(
            "connections_let_go",
            "Connections closed by the server, by reason",
            None,
            MetricType::Counter,
        )?;
        for (reason, count) in self.0.let_go() {
            let labels = [("reason", reason)];
            ConstCounter::new(count).encode(let_go.encode_family(&labels)?)?;
        }
        Ok(())
    }
}
