//! What happened -> numbers for Prometheus.
//!
//! Every label has a closed list of values, made by this program or by the
//! schedule: nothing that a client sends becomes one, so that no client can
//! make the program's memory grow or see itself counted. What each request
//! counts is found beforehand and costs an atomic addition.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use hyper::StatusCode;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::notify::Sinks;
use crate::site::Kind;

mod client;
mod connections;
mod fetches;
mod notices;

pub use client::Client;
pub use connections::{Closed, ConnectionMetrics};
pub use fetches::Fetches;

use notices::Notices;

/// A format for numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Prometheus text 0.0.4.
    Prometheus,
    /// `OpenMetrics` 1.0, which differs in the names of counters and in its
    /// end.
    OpenMetrics,
}

impl Format {
    /// The format for who sends this Accept header.
    pub fn asked(accept: &str) -> Format {
        if accept.contains("application/openmetrics-text") {
            Format::OpenMetrics
        } else {
            Format::Prometheus
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Prometheus => "text/plain; version=0.0.4; charset=utf-8",
            Format::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        }
    }
}

/// The statuses that requests are counted by: 304 has one of its own, because
/// its share tells how well clients keep what they have.
const STATUSES: [&str; 5] = ["2xx", "304", "3xx", "4xx", "5xx"];

fn place_of(status: StatusCode) -> usize {
    match status.as_u16() {
        304 => 1,
        ..300 => 0,
        300..400 => 2,
        400..500 => 3,
        500.. => 4,
    }
}

/// What came of reading the schedule again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reload {
    /// It changed and is served.
    Served,
    /// It has problems; the last good one goes on being served.
    Refused,
    /// It could not be read; the last good one goes on being served.
    Unreadable,
}

impl Reload {
    const ALL: [Reload; 3] = [Reload::Served, Reload::Refused, Reload::Unreadable];

    const fn label(self) -> &'static str {
        match self {
            Reload::Served => "served",
            Reload::Refused => "refused",
            Reload::Unreadable => "unreadable",
        }
    }
}

/// Every number that the program tells.
#[derive(Debug)]
pub struct Metrics {
    /// Those of the public listener.
    pub connections: ConnectionMetrics,
    registry: Registry,
    requests: [[Counter; STATUSES.len()]; Kind::ALL.len()],
    bytes: [Counter; Kind::ALL.len()],
    renders: Histogram,
    fetches: Family<fetches::Labels, Counter>,
    reloads: [Counter; Reload::ALL.len()],
    served_since: Gauge,
    schedule_problems: Gauge,
    history_problems: Gauge,
    next_session: Gauge<f64, AtomicU64>,
    notices: Notices,
}

impl Metrics {
    /// Numbers that are all zero.
    #[allow(clippy::new_without_default)] // nothing else would ask for one
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("spotkajmy");
        let build = Family::<[(&str, &str); 1], Gauge>::default();
        registry.register("build_info", "The program", build.clone());
        build
            .get_or_create_owned(&[("version", env!("CARGO_PKG_VERSION"))])
            .set(1);

        let requests = Family::<[(&str, &str); 2], Counter>::default();
        registry.register(
            "requests",
            "Requests answered, by kind of document and status",
            requests.clone(),
        );
        let bytes = Family::<[(&str, &str); 1], Counter>::default();
        registry.register(
            "response_body_bytes",
            "Bytes of response bodies, by kind of document",
            bytes.clone(),
        );
        let renders = Histogram::new([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0]);
        registry.register(
            "render_seconds",
            "Time taken by documents that were not at hand; all others take microseconds",
            renders.clone(),
        );
        let fetches = Family::<fetches::Labels, Counter>::default();
        registry.register(
            "feed_fetches",
            "Fetches of calendar feeds, changed or not, by district and family of programs",
            fetches.clone(),
        );
        let connections = ConnectionMetrics::registered(&mut registry);

        let reloads = Family::<[(&str, &str); 1], Counter>::default();
        registry.register(
            "reloads",
            "Readings of the schedule, by what came of them",
            reloads.clone(),
        );
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let served_since = gauge(
            "schedule_served_since_timestamp_seconds",
            "When the schedule that is served was read",
        );
        let schedule_problems = gauge(
            "schedule_problems",
            "Problems of the last edit; while there are any, the edit before is served",
        );
        let history_problems = gauge(
            "history_problems",
            "Problems of the history: what could not be read or recorded",
        );
        let next_session = Gauge::default();
        registry.register(
            "next_session_timestamp_seconds",
            "When the next session begins; NaN when none is ahead",
            next_session.clone(),
        );
        next_session.set(f64::NAN);

        Metrics {
            connections,
            requests: Kind::ALL.map(|kind| {
                STATUSES.map(|status| {
                    requests.get_or_create_owned(&[("kind", kind.label()), ("status", status)])
                })
            }),
            bytes: Kind::ALL.map(|kind| bytes.get_or_create_owned(&[("kind", kind.label())])),
            renders,
            fetches,
            reloads: Reload::ALL
                .map(|result| reloads.get_or_create_owned(&[("result", result.label())])),
            served_since,
            schedule_problems,
            history_problems,
            next_session,
            notices: Notices::registered(&mut registry),
            registry,
        }
    }

    /// Counts one answer and the bytes of its body.
    pub fn answered(&self, kind: Kind, status: StatusCode, bytes: u64) {
        self.requests[kind as usize][place_of(status)].inc();
        self.bytes[kind as usize].inc_by(bytes);
    }

    /// Records how long a document took that was not at hand.
    pub fn rendered(&self, took: Duration) {
        self.renders.observe(took.as_secs_f64());
    }

    /// The counters for the feeds of a schedule's districts, to be kept beside
    /// what is served from it. A district that is no longer there goes on being
    /// told with its last number.
    pub fn fetches<'a>(&self, districts: impl IntoIterator<Item = &'a str>) -> Fetches {
        Fetches::new(&self.fetches, districts)
    }

    /// Counts a reading of the schedule with `problems`; `now` in seconds since
    /// 1970.
    pub fn reloaded(&self, result: Reload, problems: usize, now: i64) {
        self.reloads[result as usize].inc();
        self.schedule_problems
            .set(i64::try_from(problems).unwrap_or(i64::MAX));
        if result == Reload::Served {
            self.served_since.set(now);
        }
    }

    /// Sets how many problems the history has now.
    pub fn history(&self, problems: usize) {
        self.history_problems
            .set(i64::try_from(problems).unwrap_or(i64::MAX));
    }

    /// Sets when the next session begins, in seconds since 1970.
    pub fn next_session(&self, begins: Option<i64>) {
        // Exact until long after the sun has gone out.
        #[allow(clippy::cast_precision_loss)]
        let begins = begins.map_or(f64::NAN, |begins| begins as f64);
        self.next_session.set(begins);
    }

    /// All numbers as text, those of the `sinks` among them.
    pub(crate) fn encode(&self, format: Format, sinks: &Sinks) -> String {
        self.notices.set(sinks);
        let mut text = String::new();
        let written = encode(&mut text, &self.registry);
        debug_assert!(written.is_ok(), "a String takes any text");
        match format {
            Format::OpenMetrics => text,
            Format::Prometheus => prometheus(&text),
        }
    }
}

/// The same numbers as Prometheus text, in which a counter is described by the
/// whole name of its samples.
fn prometheus(open_metrics: &str) -> String {
    let counters: Vec<&str> = open_metrics
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.strip_suffix(" counter"))
        .collect();
    let mut text = String::with_capacity(open_metrics.len());
    for line in open_metrics.lines().filter(|line| *line != "# EOF") {
        let mut words = line.splitn(4, ' ');
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some("#"), Some(what), Some(name), Some(rest)) if counters.contains(&name) => {
                text.extend(["# ", what, " ", name, "_total ", rest]);
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Selected;

    fn check(metrics: &Metrics, expected: &[&str]) {
        let text = metrics.encode(Format::Prometheus, &Sinks::new());
        for line in expected {
            assert!(text.lines().any(|told| told == *line), "{line}\n{text}");
        }
    }

    #[test]
    fn all_numbers_are_there_from_the_start() {
        check(
            &Metrics::new(),
            &[
                concat!(
                    "spotkajmy_build_info{version=\"",
                    env!("CARGO_PKG_VERSION"),
                    "\"} 1"
                ),
                "spotkajmy_requests_total{kind=\"ics\",status=\"304\"} 0",
                "spotkajmy_reloads_total{result=\"refused\"} 0",
                "spotkajmy_connections_open 0",
                "spotkajmy_connections_closed_total{reason=\"slow-head\"} 0",
                "spotkajmy_accept_errors_total 0",
                "spotkajmy_schedule_problems 0",
                "spotkajmy_next_session_timestamp_seconds NaN",
                "# TYPE spotkajmy_requests_total counter",
                "# TYPE spotkajmy_render_seconds histogram",
            ],
        );
    }

    #[test]
    fn answers_are_counted_by_kind_and_status() {
        let metrics = Metrics::new();
        for (kind, status, bytes) in [
            (Kind::Ics, 200, 5),
            (Kind::Ics, 206, 6),
            (Kind::Ics, 304, 0),
            (Kind::Page, 308, 1),
            (Kind::Other, 404, 7),
            (Kind::Widget, 500, 2),
        ] {
            metrics.answered(kind, StatusCode::from_u16(status).unwrap(), bytes);
        }
        check(
            &metrics,
            &[
                "spotkajmy_requests_total{kind=\"ics\",status=\"2xx\"} 2",
                "spotkajmy_requests_total{kind=\"ics\",status=\"304\"} 1",
                "spotkajmy_requests_total{kind=\"page\",status=\"3xx\"} 1",
                "spotkajmy_requests_total{kind=\"other\",status=\"4xx\"} 1",
                "spotkajmy_requests_total{kind=\"widget\",status=\"5xx\"} 1",
                "spotkajmy_response_body_bytes_total{kind=\"ics\"} 11",
            ],
        );
    }

    #[test]
    fn fetches_go_on_when_the_districts_change() {
        let metrics = Metrics::new();
        let fetches = metrics.fetches(["nowa-huta", "bienczyce"]);
        fetches.count(Selected::District(0), Client::Google);
        fetches.count(Selected::District(2), Client::Google);
        fetches.count(Selected::All, Client::Apple);
        fetches.count(Selected::Several, Client::Other);
        let fetches = metrics.fetches(["stare-miasto", "nowa-huta", "several"]);
        fetches.count(Selected::District(1), Client::Google);
        fetches.count(Selected::District(2), Client::Other);
        check(
            &metrics,
            &[
                "spotkajmy_feed_fetches_total{district=\"nowa-huta\",client=\"google\"} 2",
                "spotkajmy_feed_fetches_total{district=\"stare-miasto\",client=\"google\"} 0",
                "spotkajmy_feed_fetches_total{district=\"all\",client=\"apple\"} 1",
                "spotkajmy_feed_fetches_total{district=\"several\",client=\"other\"} 1",
                "spotkajmy_feed_fetches_total{district=\"several districts\",client=\"other\"} 1",
            ],
        );
    }

    #[test]
    fn a_bad_edit_shows_and_leaves_the_age_of_what_is_served() {
        let metrics = Metrics::new();
        metrics.reloaded(Reload::Served, 0, 1_772_787_600);
        metrics.reloaded(Reload::Refused, 3, 1_772_787_700);
        metrics.history(1);
        metrics.next_session(Some(1_773_406_800));
        metrics.rendered(Duration::from_millis(20));
        check(
            &metrics,
            &[
                "spotkajmy_reloads_total{result=\"served\"} 1",
                "spotkajmy_reloads_total{result=\"refused\"} 1",
                "spotkajmy_schedule_problems 3",
                "spotkajmy_schedule_served_since_timestamp_seconds 1772787600",
                "spotkajmy_history_problems 1",
                "spotkajmy_next_session_timestamp_seconds 1773406800.0",
                "spotkajmy_render_seconds_bucket{le=\"0.03\"} 1",
            ],
        );
    }

    #[test]
    fn each_label_has_the_place_of_its_counter() {
        assert!(
            (0..)
                .zip(Kind::ALL)
                .all(|(place, kind)| kind as usize == place)
        );
        assert!(
            (0..)
                .zip(Reload::ALL)
                .all(|(place, result)| result as usize == place)
        );
    }
}
