//! A small schedule, its edits and their publications: what the tests of the
//! history and of what is made of it start from.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::history::{History, Outcome, Terms, publish};
use crate::route::Links;
use crate::schedule::{self, Id, Schedule};

/// Four sessions: `a` in Alfa, `b` in Beta, `c` in both, `d` for all.
pub(crate) const YAML: &str = r"
calendar:
  id: example
  title: Example
  description: What it is
  about: At length
  timezone: Europe/Warsaw
  window: 14:00-18:00
  language: pl
districts:
  - {id: alfa, name: Alfa}
  - {id: beta, name: Beta}
  - {id: gamma, name: Gamma}
venues:
  - {id: cafe, name: Cafe, district: alfa, location: {lat: 50.071234567891234, lon: 20.1}}
  - {id: library, name: Library, district: beta}
  - {id: unused, name: Unused, district: gamma}
sessions:
  - {id: a, date: 2026-03-13, venue: cafe}
  - {id: b, date: 2026-04-10, venue: library}
  - {id: c, date: 2026-05-08, venue: cafe, districts: [alfa, beta]}
  - {id: d, date: 2026-06-12, districts: all}
withdrawn: []
";

/// So many seconds after 1 March 2026, before all sessions.
pub(crate) fn second(seconds: i64) -> DateTime<Utc> {
    let start = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    start.and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::seconds(seconds)
}

pub(crate) fn read(yaml: &str) -> Schedule {
    match schedule::read(yaml.as_bytes(), second(0).date_naive()) {
        Ok(reading) => reading.schedule,
        Err(rejected) => panic!("{:?}", rejected.problems),
    }
}

pub(crate) fn links(schedule: &Schedule) -> Links {
    let public_url = "https://example.org".parse().unwrap();
    Links::new(public_url, schedule.calendar().language)
}

pub(crate) fn publish_over(yaml: &str, history: &History, now: DateTime<Utc>) -> Outcome {
    let schedule = read(yaml);
    let links = links(&schedule);
    let outcome = publish(&schedule, history, &Terms::new(&links, None), now);
    outcome.expect("the calendar is the same")
}

pub(crate) fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// `YAML` with each `old` replaced by its `new`.
pub(crate) fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(YAML.to_owned(), |yaml, (old, new)| {
        assert!(yaml.contains(old), "{old} is not in the schedule");
        yaml.replace(old, new)
    })
}

/// The history after `YAML` was published at second 0.
pub(crate) fn published() -> Arc<History> {
    publish_over(YAML, &History::default(), second(0)).history
}
