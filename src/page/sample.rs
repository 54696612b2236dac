//! An example for the tests of the pages: two districts, and a session in
//! summer, one in winter and one that is off.

use chrono::{DateTime, Utc};

use super::View;
use crate::history::{History, Outcome, Publication, Terms, publish};
use crate::route::Links;
use crate::schedule::read;
use crate::texts::Language;

const SCHEDULE: &str = r#"
calendar:
  id: example
  title: {pl: "Przykład", en: "Example"}
  timezone: Europe/Warsaw
  window: 14:00-18:00
  language: pl
districts:
  - {id: nowa-huta, name: Nowa Huta}
  - {id: bienczyce, name: Bieńczyce}
venues:
  - {id: cafe, name: "Café <3 & </script>", district: nowa-huta, address: "ul. Ładna 7"}
sessions:
  - {id: winter, date: 2026-01-16, venue: cafe}
  - {id: off, date: 2026-02-13, venue: cafe, status: cancelled}
  - {id: summer, date: 2026-07-17, venue: cafe}
"#;

/// An instant, as RFC 3339 writes it.
pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("the test wrote an instant")
}

/// The sample, published when `edits` of its text were each saved.
pub(super) fn published_after(edits: &[(&str, &str)]) -> Publication {
    let publish_text = |text: &str, history: &History, now| {
        let schedule = read(text.as_bytes(), at("2026-01-01T00:00:00Z").date_naive())
            .expect("the sample is valid")
            .schedule;
        publish(&schedule, history, &Terms::new(&links(), None), now)
            .expect("the calendar is the same")
    };
    let mut text = SCHEDULE.to_owned();
    let mut now = at("2026-01-01T00:00:00Z");
    let mut outcome: Outcome = publish_text(&text, &History::default(), now);
    for (before, after) in edits {
        text = text.replace(before, after);
        now += chrono::TimeDelta::hours(1);
        outcome = publish_text(&text, &outcome.history, now);
    }
    outcome.publication
}

/// The sample as it stands.
pub(super) fn published() -> Publication {
    published_after(&[])
}

pub(super) fn links() -> Links {
    let url = "https://example.org/m".parse().expect("the address is one");
    Links::new(url, Language::Polish)
}

/// The Polish view at `boundary`.
pub(super) fn view<'a>(publication: &'a Publication, links: &'a Links, boundary: &str) -> View<'a> {
    View {
        publication,
        links,
        language: Language::Polish,
        boundary: at(boundary),
        is_preview: false,
    }
}
