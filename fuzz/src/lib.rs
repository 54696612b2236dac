//! What the fuzz targets share: the example schedule, a fixed instant, and a
//! site of any schedule with every document of it rendered.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use spotkajmy::parts::route::{Format, Links, Route, Selection};
use spotkajmy::parts::history::Publication;
use spotkajmy::parts::page;
use spotkajmy::parts::schedule::{self, Schedule};
use spotkajmy::parts::Site;

/// A schedule that uses every key.
pub const EXAMPLE: &[u8] = include_bytes!("../../data/example.yaml");

/// An instant `seconds` after the one at which all targets begin.
pub fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_800_000 + seconds, 0).expect("a time in 2026")
}

/// The schedule in [`EXAMPLE`].
pub fn example() -> Schedule {
    let Ok(reading) = schedule::read(EXAMPLE, instant(0).date_naive()) else {
        panic!("the example has problems");
    };
    reading.schedule
}

/// The links of a schedule's documents.
pub fn links(schedule: &Schedule) -> Links {
    let url = "https://calendar.example.org".parse().expect("a URL");
    Links::new(url, schedule.calendar().language)
}

/// The site of `publication`, with its pages as they are at `now`.
pub fn site(publication: Publication, links: Links, now: DateTime<Utc>) -> Arc<Site> {
    let publication = Arc::new(publication);
    let boundary = page::last_boundary(&publication, now);
    Arc::new(Site::new(publication, links, boundary))
}

/// Renders every document of `site`, and holds each feed against the rules of
/// its lines.
pub fn render_all(site: &Site) {
    render(site, site.routes());
}

/// The same for the feeds of everything, which show all that the history tells.
pub fn render_feeds(site: &Site) {
    let language = site.links().default_language();
    render(
        site,
        Format::ALL.map(|it| Route::Feed(Selection::All, it, language)),
    );
}

fn render(site: &Site, routes: impl IntoIterator<Item = Route>) {
    for route in routes {
        let document = site.document(&route);
        let body = &document.plain().body;
        match route {
            Route::Feed(_, Format::Ics, _) | Route::SessionFile(..) => calendar(body),
            // Pictures are the only documents that are no text.
            _ if body.starts_with(b"\x89PNG") => {}
            _ => drop(str::from_utf8(body).expect("documents are UTF-8")),
        }
    }
}

/// The rules of RFC 5545's lines, and that no text starts a component.
fn calendar(body: &[u8]) {
    let text = str::from_utf8(body).expect("feeds are UTF-8");
    let lines = text.strip_suffix("\r\n").expect("the last line ends");
    let (mut events, mut names) = (0, 0);
    for line in lines.split("\r\n") {
        assert!(
            (1..=75).contains(&line.len()),
            "{} octets: {line:?}",
            line.len()
        );
        assert!(
            !line.contains(|it: char| it.is_control() && it != '\t'),
            "{line:?}"
        );
        events += usize::from(line == "BEGIN:VEVENT");
        names += usize::from(line.starts_with("UID:"));
    }
    assert_eq!(events, names, "one UID an event");
    assert!(lines.starts_with("BEGIN:VCALENDAR\r\n") && lines.ends_with("\r\nEND:VCALENDAR"));
}
