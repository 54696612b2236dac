//! What each step from YAML to an answer takes: `cargo bench`.
//!
//! Schedules are made of marked examples, 12, 1,000 and 10,000 sessions long.

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use divan::{Bencher, black_box};
use hyper::Request;
use spotkajmy::parts::Language;
use spotkajmy::parts::Site;
use spotkajmy::parts::feed::{ics, json};
use spotkajmy::parts::history::{self, History, HistoryFile, Outcome, Terms};
use spotkajmy::parts::page;
use spotkajmy::parts::route::{Format, Links, Route, Selection};
use spotkajmy::parts::schedule::{self, Schedule};
use spotkajmy::parts::web::respond::{self, Reply};

const SIZES: [usize; 3] = [12, 1_000, 10_000];

fn main() {
    divan::main();
}

fn yaml(sessions: usize) -> String {
    let mut text = String::from(
        "calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}\n\
         districts:\n  - {id: north, name: Example north}\n  - {id: south, name: Example south}\n\
         venues:\n  - {id: a, name: Example café, district: north}\n  \
         - {id: b, name: Example library, district: south}\n\
         sessions:\n",
    );
    for number in 0..sessions {
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        let venue = if number % 2 == 0 { "a" } else { "b" };
        writeln!(
            text,
            "  - id: s{number}\n    date: 2026-{month:02}-{day:02}\n    venue: {venue}\n    \
             title: {{pl: Spotkanie przykładowe {number}, en: Example meeting {number}}}\n    \
             note: Przykład. Bez zapisów – wystarczy przyjść i porozmawiać."
        )
        .expect("a String takes any text");
    }
    text
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_755_200, 0).expect("6 March 2026 is an instant")
}

fn read(text: &str) -> Schedule {
    schedule::read(text.as_bytes(), now().date_naive())
        .expect("the example is good")
        .schedule
}

fn links() -> Links {
    let url = "https://calendar.example.org"
        .parse()
        .expect("it is a public URL");
    Links::new(url, Language::Polish)
}

fn published(sessions: usize) -> Outcome {
    history::publish(
        &read(&yaml(sessions)),
        &History::default(),
        &Terms::new(&links(), None),
        now(),
    )
    .expect("there was no history")
}

#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher, sessions: usize) {
    let text = yaml(sessions);
    bencher.bench(|| schedule::read(black_box(text.as_bytes()), now().date_naive()));
}

#[divan::bench(args = SIZES)]
fn compare_with_history(bencher: Bencher, sessions: usize) {
    let schedule = read(&yaml(sessions));
    let known = published(sessions).history;
    bencher.bench(|| history::publish(&schedule, &known, &Terms::new(&links(), None), now()));
}

/// Seven hundred lines are ten years of monthly meetings.
#[divan::bench(args = [700, 10_000])]
fn read_history(bencher: Bencher, sessions: usize) {
    let folder = tempfile::tempdir().expect("a folder of our own");
    let mut file = HistoryFile::new(folder.path().join("history.jsonl"));
    let schedule = read(&yaml(sessions));
    file.publish(&schedule, &Terms::new(&links(), None), now())
        .expect("there was no history");
    let bytes = std::fs::read(file.path()).expect("it was written");
    bencher.bench(|| History::read(black_box(&bytes)));
}

#[divan::bench(args = SIZES)]
fn feed_ics(bencher: Bencher, sessions: usize) {
    let publication = published(sessions).publication;
    bencher.bench(|| {
        ics::feed(
            &publication.feed(&Selection::All, Format::Ics),
            &links(),
            Language::Polish,
        )
    });
}

#[divan::bench(args = SIZES)]
fn feed_json(bencher: Bencher, sessions: usize) {
    let publication = published(sessions).publication;
    bencher.bench(|| {
        json::feed(
            &publication.feed(&Selection::All, Format::Ics),
            &links(),
            Language::Polish,
        )
    });
}

#[divan::bench(args = SIZES)]
fn landing_page(bencher: Bencher, sessions: usize) {
    let site = Site::new(Arc::new(published(sessions).publication), links(), now());
    bencher.bench(|| page::landing(&site.view(Language::Polish)));
}

/// A feed that was asked for before, by its own path.
#[divan::bench]
fn request(bencher: Bencher) {
    let site = Arc::new(Site::new(
        Arc::new(published(12).publication),
        links(),
        now(),
    ));
    let feed = Route::Feed(Selection::All, Format::Ics, Language::Polish);
    site.document(&feed);
    let path = links().path(&feed);
    let request = Request::get(path.as_str()).body(()).expect("a path");
    let (request, ()) = request.into_parts();
    bencher.bench(|| match respond::respond(&site, black_box(&request)) {
        Reply::Ready(answer, _) => answer,
        Reply::Pending(_) => unreachable!("the feed was rendered"),
    });
}
