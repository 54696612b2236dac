//! The rules of a publication, each as edits of one small schedule.

mod feeds;
mod file;
mod lines;
pub(crate) mod sample;

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::record::Record;
use super::warning::{Twin, Warning};
use super::*;
use crate::route::{Format, PublicUrl, Selection};
use crate::schedule::Status;
use crate::texts::Language;
use sample::*;

/// The publication of `yaml` over `history`, read back as a restart would.
fn publish_at(yaml: &str, history: &History, now: DateTime<Utc>) -> Outcome {
    let outcome = publish_over(yaml, history, now);
    let lines: String = outcome
        .history
        .records
        .iter()
        .map(Record::to_line)
        .collect();
    let reread = History::read(lines.as_bytes());
    assert_eq!(reread.unreadable(), []);
    let again = publish_over(yaml, &reread, now + TimeDelta::seconds(9));
    assert!(
        again.records.is_empty(),
        "a restart finds a change: {:?}",
        again.records
    );
    let links = links(&read(yaml));
    for format in Format::ALL {
        for name in ["alfa", "beta", "gamma", "delta"] {
            let selection = Selection::one(&id(name));
            let [served, later] = [&outcome, &again].map(|outcome| {
                let feed = outcome.publication.feed(&selection, format);
                feed.render(format, &links, Language::English)
            });
            assert_eq!(served, later, "a restart serves something else");
        }
    }
    let warned = |outcome: &Outcome| {
        let warnings = outcome.warnings.iter();
        warnings
            .filter(|it| !matches!(it, Warning::NoHistory))
            .count()
    };
    assert_eq!(warned(&outcome), warned(&again));
    outcome
}

/// The records of an outcome, such as `a moved 1`; that of the calendar where
/// what stands outside the sessions changed.
fn told(outcome: &Outcome) -> Vec<String> {
    let tell = |record: &Record| match &record.what {
        record::What::Calendar(told) => told.head.as_ref().map(|_| "calendar".to_owned()),
        record::What::Session(told) => Some(format!(
            "{} {} {}",
            told.session.id,
            told.change.key(),
            told.revision
        )),
    };
    outcome.records.iter().filter_map(tell).collect()
}

const ALL_AGAIN: &[&str] = &[
    "a reworded 1",
    "b reworded 1",
    "c reworded 1",
    "d reworded 1",
    "calendar",
];

fn check_records(edits: &[(&str, &str)], expected: &[&str]) {
    let outcome = publish_at(&edited(edits), &published(), second(60));
    assert_eq!(told(&outcome), expected, "{edits:?}");
}

#[test]
fn an_edit_is_recorded_where_subscribers_would_see_it() {
    let check = check_records;
    check(&[], &[]);
    // What nobody sees.
    check(&[("withdrawn: []", "# a comment")], &[]);
    check(
        &[(
            "{id: a, date: 2026-03-13, venue: cafe}",
            "{venue: cafe, date: 2026-03-13, id: a}",
        )],
        &[],
    );
    check(&[("name: Unused", "name: Used by nobody")], &[]);
    check(
        &[("  - {id: unused, name: Unused, district: gamma}\n", "")],
        &[],
    );
    // The session itself.
    check(&[("2026-03-13", "2026-03-20")], &["a moved 1"]);
    check(
        &[("2026-03-13,", "2026-03-13, window: 15:00-18:00,")],
        &["a moved 1"],
    );
    check(
        &[("2026-03-13, venue: cafe", "2026-03-13, venue: library")],
        &["a moved 1"],
    );
    check(
        &[("districts: all", "districts: all, venue: cafe")],
        &["d moved 1"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, note: Come,")],
        &["a reworded 1"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, title: {pl: Tu, en: Here},")],
        &["a reworded 1"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, status: cancelled,")],
        &["a cancelled 1"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, status: postponed,")],
        &["a postponed 1"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, status: tentative,")],
        &["a reworded 1"],
    );
    check(
        &[(
            "sessions:\n",
            "sessions:\n  - {id: new, date: 2026-07-10, venue: unused}\n",
        )],
        &["new added 0"],
    );
}

#[test]
fn an_edit_of_what_stands_around_sessions_is_recorded_with_each_of_them() {
    let check = check_records;
    check(
        &[("name: Cafe", "name: Cafe Nova")],
        &["a reworded 1", "c reworded 1"],
    );
    check(
        &[("name: Cafe,", "name: Cafe, description: A table,")],
        &["a reworded 1", "c reworded 1"],
    );
    check(
        &[("name: Cafe,", "name: Cafe, address: Street 1,")],
        &["a reworded 1", "c reworded 1"],
    );
    check(
        &[("name: Beta", "name: Delta")],
        &["b reworded 1", "c reworded 1", "calendar"],
    );
    check(
        &[("id: cafe", "id: nova"), ("venue: cafe", "venue: nova")],
        &["a regrouped 0", "c regrouped 0"],
    );
    check(&[("title: Example", "title: Sample")], ALL_AGAIN);
    check(
        &[(
            "description: What it is",
            "description: {pl: What it is, uk: Що}",
        )],
        ALL_AGAIN,
    );
    check(
        &[("timezone: Europe/Warsaw", "timezone: Europe/Vilnius")],
        &[
            "a moved 1",
            "b moved 1",
            "c moved 1",
            "d moved 1",
            "calendar",
        ],
    );
    check(&[("language: pl", "language: en")], ALL_AGAIN);
    // What stands outside the events.
    check(
        &[("language: pl", "language: pl\n  color: teal")],
        &["calendar"],
    );
    check(
        &[("language: pl", "language: pl\n  refresh: 12h")],
        &["calendar"],
    );
    check(
        &[("language: pl", "language: pl\n  cancellations: notice")],
        &["calendar"],
    );
    check(&[("name: Gamma", "name: Delta")], &["calendar"]);
    // What only pages show, which go by their ETags.
    check(&[("about: At length", "about: At some length")], &[]);
    // In no feed, and an address for ever.
    check(
        &[("name: Gamma", "aliases: [delta], name: Gamma")],
        &["calendar"],
    );
}

#[test]
fn stamps_grow_even_when_the_clock_does_not() {
    let mut history = published();
    let mut last = second(0);
    for (edit, now) in [(20, 0), (21, 0), (22, -500), (23, 7), (24, 7)] {
        let yaml = edited(&[("2026-03-13", &format!("2026-03-{edit}"))]);
        let outcome = publish_at(&yaml, &history, second(now));
        let stamp = outcome.publication.session("a").unwrap().stamp;
        assert!(stamp.modified > last, "{edit}");
        assert_eq!(
            outcome
                .publication
                .feed_modified(&Selection::All, Format::Ics),
            stamp.modified
        );
        assert_eq!(stamp.created, second(0));
        assert_eq!(stamp.sequence, edit - 19);
        last = stamp.modified;
        history = outcome.history;
    }
    // One that is out by more than edits within a second could make it.
    let outcome = publish_at(YAML, &history, second(-86_400));
    assert!(matches!(
        outcome.warnings[..],
        [Warning::ClockBehind { .. }]
    ));
}

const WITHOUT_B: (&str, &str) = ("  - {id: b, date: 2026-04-10, venue: library}\n", "");

#[test]
fn a_session_that_vanishes_while_ahead_is_cancelled_until_it_returns() {
    let gone = edited(&[WITHOUT_B]);
    let outcome = publish_at(&gone, &published(), second(60));
    assert_eq!(told(&outcome), ["b cancelled 1"]);
    let tombstone = outcome.publication.session("b").unwrap();
    assert_eq!(tombstone.session.status, Status::Cancelled);
    let [
        Warning::Vanished {
            session,
            twin: None,
        },
    ] = &outcome.warnings[..]
    else {
        panic!("{:?}", outcome.warnings);
    };
    assert_eq!(session.id, id("b"));

    // Warned of as long as it is ahead, and then a past one like any other.
    let later = publish_at(&gone, &outcome.history, second(120));
    assert_eq!((told(&later).len(), later.warnings.len()), (0, 1));
    let over = publish_at(&gone, &outcome.history, second(90 * 86_400));
    assert_eq!((told(&over).len(), over.warnings.len()), (0, 0));
    assert_eq!(
        over.publication.session("b").unwrap().stamp,
        tombstone.stamp
    );

    let back = publish_at(YAML, &outcome.history, second(180));
    assert_eq!(told(&back), ["b restored 2"]);
    // Put back as cancelled, it is what its subscribers see already.
    let cancelled = edited(&[("2026-04-10,", "2026-04-10, status: cancelled,")]);
    let kept = publish_at(&cancelled, &outcome.history, second(180));
    assert_eq!(told(&kept), ["b regrouped 1"]);
    assert!(kept.warnings.is_empty());
}

#[test]
fn a_past_session_that_vanishes_stays_as_it_was() {
    let outcome = publish_at(&edited(&[WITHOUT_B]), &published(), second(90 * 86_400));
    assert_eq!(told(&outcome), [""; 0]);
    assert!(outcome.warnings.is_empty());
    let kept = outcome.publication.session("b").unwrap();
    assert_eq!(kept.session.status, Status::Confirmed);
    assert_eq!(kept.stamp.sequence, 0);
    // Its bytes change with the calendar's, and so do its stamps.
    let edits = [WITHOUT_B, ("title: Example", "title: Sample")];
    let outcome = publish_at(&edited(&edits), &published(), second(90 * 86_400));
    assert_eq!(
        told(&outcome),
        [
            "a reworded 1",
            "c reworded 1",
            "d reworded 1",
            "b reworded 1",
            "calendar"
        ]
    );
}

#[test]
fn a_withdrawn_session_is_gone_at_once_and_its_id_goes_on_upwards() {
    let withdrawn = edited(&[WITHOUT_B, ("withdrawn: []", "withdrawn: [b]")]);
    let outcome = publish_at(&withdrawn, &published(), second(60));
    assert_eq!(told(&outcome), ["b withdrawn 1"]);
    assert!(outcome.publication.session("b").is_none());
    assert!(outcome.warnings.is_empty());
    let again = publish_at(YAML, &outcome.history, second(120));
    assert_eq!(told(&again), ["b added 2"]);
    assert_eq!(
        again.publication.session("b").unwrap().stamp.created,
        second(0)
    );
    // A tombstone can be withdrawn, and one that never was published too.
    let gone = publish_at(&edited(&[WITHOUT_B]), &published(), second(60));
    let outcome = publish_at(&withdrawn, &gone.history, second(120));
    assert_eq!(told(&outcome), ["b withdrawn 2"]);
    let outcome = publish_at(&edited(&[("[]", "[x]")]), &published(), second(60));
    assert_eq!(told(&outcome), [""; 0]);
}

/// The ids of the sessions in the feed of a district, and those that its pages
/// say have left.
fn held(outcome: &Outcome, district: &str) -> (String, String) {
    let selection = Selection::one(&id(district));
    let publication = &outcome.publication;
    let feed = publication.feed(&selection, Format::Ics);
    let held: Vec<&str> = (feed.entries.iter())
        .map(|entry| entry.session.id.as_str())
        .collect();
    let left: Vec<&str> = (publication.departures(&selection))
        .map(|(published, _)| published.session.id.as_str())
        .collect();
    (held.join(" "), left.join(" "))
}

#[test]
fn what_the_history_does_not_keep_is_no_change() {
    // `publish_at` compares what is served before and after a restart.
    let alias = ("name: Alfa}", "name: Alfa, aliases: [first]}");
    let first = publish_at(&edited(&[alias]), &History::default(), second(0));
    let moved = edited(&[alias, ("2026-03-13", "2026-03-20")]);
    let outcome = publish_at(&moved, &first.history, second(60));
    let selection = Selection::one(&id("alfa"));
    let feed = outcome.publication.feed(&selection, Format::Atom);
    let atom = feed.render(Format::Atom, &links(&read(&moved)), Language::English);
    assert!(atom.contains("<title>New date: "), "{atom}");
}

#[test]
fn a_session_stays_in_the_feeds_of_the_districts_that_it_left() {
    let held = |outcome: &Outcome, name| {
        let (held, left) = held(outcome, name);
        format!("{held}/{left}")
    };
    let to_library = &[("2026-03-13, venue: cafe", "2026-03-20, venue: library")][..];
    let moved = publish_at(&edited(to_library), &published(), second(60));
    assert_eq!(held(&moved, "alfa"), "a c d/a");
    assert_eq!(held(&moved, "beta"), "a b c d/");
    assert_eq!(held(&moved, "gamma"), "d/");
    let selection = Selection::one(&id("alfa"));
    let (_, departure) = moved.publication.departures(&selection).next().unwrap();
    assert_eq!(departure.at, second(60));
    assert_eq!(departure.before.date().to_string(), "2026-03-13");
    assert_eq!(departure.before.place.venue().unwrap().id, id("cafe"));
    // Both districts at once never lost it.
    let both = Selection::Districts(["alfa", "beta"].map(id).into());
    assert_eq!(moved.publication.departures(&both).count(), 0);

    // What changes later reaches both, with what it was in the first.
    let later = edited(&[
        ("2026-03-13, venue: cafe", "2026-03-27, venue: library"),
        ("name: Beta", "name: Delta"),
    ]);
    let later = publish_at(&later, &moved.history, second(120));
    assert_eq!(
        later.publication.feed_modified(&selection, Format::Ics),
        second(120)
    );
    assert_eq!(later.publication.changes_in(&selection).count(), 5 + 1);
    let (of_a, departure) = later.publication.departures(&selection).next().unwrap();
    assert_eq!(of_a.session.date().to_string(), "2026-03-27");
    assert_eq!(departure.before.date().to_string(), "2026-03-13");

    // Back again, and away again.
    let back = publish_at(YAML, &moved.history, second(120));
    assert_eq!(held(&back, "alfa"), "a c d/");
    assert_eq!(held(&back, "beta"), "a b c d/a");
    let away = publish_at(&edited(to_library), &back.history, second(180));
    assert_eq!(held(&away, "alfa"), "a c d/a");
    assert_eq!(held(&away, "beta"), "a b c d/");

    // A city-wide one leaves every other district.
    let gamma = edited(&[("districts: all", "districts: [gamma]")]);
    let gamma = publish_at(&gamma, &published(), second(60));
    assert_eq!(held(&gamma, "alfa"), "a c d/d");
    assert_eq!(held(&gamma, "gamma"), "d/");

    // A withdrawn one is gone everywhere, and what comes after starts anew.
    let withdrawn = edited(&[
        ("  - {id: a, date: 2026-03-13, venue: cafe}\n", ""),
        ("[]", "[a]"),
    ]);
    let gone = publish_at(&withdrawn, &moved.history, second(120));
    assert_eq!(held(&gone, "alfa"), "c d/");
    let again = publish_at(&edited(to_library), &gone.history, second(180));
    assert_eq!(held(&again, "alfa"), "c d/");

    // A district that is only called otherwise was never left.
    let renamed = edited(&[
        (
            "{id: alfa, name: Alfa}",
            "{id: delta, name: Delta, aliases: [alfa]}",
        ),
        ("district: alfa", "district: delta"),
        ("[alfa, beta]", "[delta, beta]"),
    ]);
    let renamed = publish_at(&renamed, &published(), second(60));
    assert_eq!(held(&renamed, "delta"), "a c d/");
}

#[test]
fn an_id_renamed_by_mistake_is_recognised() {
    let renamed = edited(&[("id: b, date", "id: b2, date")]);
    let outcome = publish_at(&renamed, &published(), second(60));
    assert_eq!(told(&outcome), ["b2 added 0", "b cancelled 1"]);
    let [
        warning @ Warning::Vanished {
            twin: Some(twin), ..
        },
    ] = &outcome.warnings[..]
    else {
        panic!("{:?}", outcome.warnings);
    };
    assert_eq!(*twin, Twin::Same(id("b2")));
    let told = warning.diagnostic();
    for (language, words) in [
        (Language::English, "put the old id b back"),
        (Language::Polish, "przywróć dawne id b"),
    ] {
        assert!(told.help(language).is_some_and(|help| help.contains(words)));
    }
}

#[test]
fn an_id_and_a_date_that_change_together_are_recognised() {
    for (day, expected) in [
        ("2026-05-15", Some(Twin::Moved(id("b2")))),
        ("2026-12-11", None),
    ] {
        let moved = format!("id: b2, date: {day}");
        let outcome = publish_at(
            &edited(&[("id: b, date: 2026-04-10", &moved)]),
            &published(),
            second(60),
        );
        let [Warning::Vanished { twin, .. }] = &outcome.warnings[..] else {
            panic!("{:?}", outcome.warnings);
        };
        assert_eq!(*twin, expected, "{day}");
    }
}

#[test]
fn a_district_that_is_renamed_keeps_its_past_sessions() {
    let past = second(90 * 86_400);
    let feed = |outcome: &Outcome, name: &str| {
        let selection = Selection::one(&id(name));
        outcome
            .publication
            .sessions_in(&selection)
            .map(|it| it.session.id.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    // By an alias, or by its name alone.
    for new in [
        "{id: delta, name: Delta, aliases: [beta]}",
        "{id: delta, name: Beta}",
    ] {
        let edits = [
            WITHOUT_B,
            ("{id: beta, name: Beta}", new),
            ("district: beta", "district: delta"),
            ("[alfa, beta]", "[alfa, delta]"),
        ];
        let outcome = publish_at(&edited(&edits), &published(), past);
        assert_eq!(feed(&outcome, "delta"), "b c d");
        assert_eq!(outcome.publication.session("b").unwrap().stamp.sequence, 0);
    }
    // One that is gone for good keeps its feed.
    let edits = [
        WITHOUT_B,
        ("  - {id: beta, name: Beta}\n", ""),
        ("district: beta", "district: alfa"),
        ("[alfa, beta]", "[alfa]"),
    ];
    let outcome = publish_at(&edited(&edits), &published(), past);
    assert_eq!(feed(&outcome, "beta"), "b d");
    assert!(outcome.publication.district("beta").is_some());
}

#[test]
fn an_address_counts_where_it_is_told_and_was_never_told_before() {
    // `-` is a publication that was not told it.
    let check = |sites: &str, expected: u32| {
        let schedule = read(YAML);
        let links = links(&schedule);
        let mut history: Arc<History> = Arc::default();
        let mut last = 0;
        for (index, site) in sites.split(' ').enumerate() {
            let url: PublicUrl = format!("https://{site}.example.org").parse().unwrap();
            let url = (site != "-").then_some(url);
            let now = second(i64::try_from(index).unwrap() * 10);
            let terms = Terms::new(&links, url.as_ref());
            let outcome = publish(&schedule, &history, &terms, now).unwrap();
            let announced = outcome
                .warnings
                .iter()
                .any(|it| matches!(it, Warning::OtherAddress { is_new: true, .. }));
            let stamp = outcome.publication.session("a").unwrap().stamp;
            assert_eq!(announced, stamp.sequence > last, "{sites}");
            if announced {
                for format in Format::ALL {
                    let gamma = Selection::one(&id("gamma"));
                    assert_eq!(outcome.publication.feed_modified(&gamma, format), now);
                }
            }
            last = stamp.sequence;
            history = outcome.history;
        }
        assert_eq!(last, expected, "{sites}");
    };
    check("- - -", 0);
    check("- a a", 0);
    check("a - a", 0);
    check("a b b", 1);
    check("a - b", 1);
    // Two servers beside each other never answer one another.
    check("a b a b a", 1);
    check("a b c a", 2);
}

#[test]
fn a_history_of_another_calendar_is_refused() {
    let other = read(&edited(&[("id: example", "id: another")]));
    let links = links(&other);
    let refused = publish(&other, &published(), &Terms::new(&links, None), second(60));
    let error = refused.unwrap_err();
    assert_eq!(
        (&error.before, &error.now),
        (&id("example"), &id("another"))
    );
    assert!(error.to_string().contains("example"), "{error}");
}

#[test]
fn every_session_ahead_can_be_raised_over_a_revision() {
    let schedule = read(YAML);
    let links = links(&schedule);
    let above = |above| Terms {
        above: Some(above),
        ..Terms::new(&links, None)
    };
    // The first one is over by then.
    let now = second(30 * 86_400);
    let raised = publish(&schedule, &published(), &above(7), now).unwrap();
    let expected = ["b reworded 8", "c reworded 8", "d reworded 8"];
    assert_eq!(told(&raised), expected);
    let modified = |format| raised.publication.feed_modified(&Selection::All, format);
    assert_eq!(modified(Format::Ics), now);
    // Atom has nothing to tell, and a second time there is nothing to raise.
    assert_eq!(modified(Format::Atom), second(0));
    let again = publish(&schedule, &raised.history, &above(7), now).unwrap();
    assert_eq!(told(&again), [""; 0]);
    // Where all of the history is gone, too.
    let lost = publish(&schedule, &History::default(), &above(7), now).unwrap();
    let expected = [
        "a added 0",
        "b added 8",
        "c added 8",
        "d added 8",
        "calendar",
    ];
    assert_eq!(told(&lost), expected);
    assert!(matches!(lost.warnings[..], [Warning::NoHistory]));
}

#[test]
fn an_earlier_feed_tells_what_the_history_has_lost() {
    let schedule = read(YAML);
    let mut history = published();
    let first = history.clone();
    for day in 20..24 {
        let moved = edited(&[("2026-03-13", &format!("2026-03-{day}"))]);
        history = publish_over(&moved, &history, second(i64::from(day))).history;
    }
    let outcome = publish_over(
        &edited(&[("2026-03-13", "2026-03-23")]),
        &history,
        second(60),
    );
    let feed = outcome.publication.feed(&Selection::All, Format::Ics);
    let feed = feed.render(Format::Ics, &links(&schedule), Language::Polish);
    let lost = |history: &History| history.lost_revision(&feed, &id("example"));
    assert_eq!(lost(&history), None);
    assert_eq!(lost(&first), Some(4));
    assert_eq!(lost(&History::default()), Some(4));
    assert_eq!(history.lost_revision(&feed, &id("another")), None);
}

#[test]
fn ten_thousand_sessions_are_published_in_time_that_grows_with_them() {
    let mut sessions = String::from("sessions:\n");
    for number in 0..10_000 {
        let _ = writeln!(
            sessions,
            "  - {{id: s{number}, date: 2026-03-13, venue: cafe}}"
        );
    }
    let schedule = read(&edited(&[("sessions:\n", &sessions)]));
    let clock = std::time::Instant::now();
    let links = links(&schedule);
    let terms = Terms::new(&links, None);
    let first = publish(&schedule, &History::default(), &terms, second(0)).unwrap();
    let lines: String = first.records.iter().map(Record::to_line).collect();
    let history = History::read(lines.as_bytes());
    let again = publish(&schedule, &history, &terms, second(1)).unwrap();
    assert!(again.records.is_empty());
    // Some 4 s without optimisation; anything quadratic takes minutes.
    assert!(clock.elapsed().as_secs() < 60, "{:?}", clock.elapsed());
}
