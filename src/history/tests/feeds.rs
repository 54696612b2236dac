//! When a feed's own instant grows: exactly when something else in it changes.

use super::*;
use crate::feed::Kind;
use crate::history::record::What;

/// The feeds that changed at second 60, by the first letters of their formats
/// where not all did: `all alfa:a`.
fn changed(outcome: &Outcome) -> String {
    let feeds = ["alfa", "beta", "gamma"].map(|name| (name, Selection::one(&id(name))));
    let mut changed: Vec<String> = Vec::new();
    for (name, selection) in [("all", Selection::All)].into_iter().chain(feeds) {
        let mut formats = String::new();
        for format in Format::ALL {
            let modified = outcome.publication.feed_modified(&selection, format);
            assert!(modified == second(0) || modified == second(60));
            if modified == second(60) {
                formats.push_str(&format.extension()[..1]);
            }
        }
        match formats.as_str() {
            "" => {}
            "ijac" => changed.push(name.to_owned()),
            some => changed.push(format!("{name}:{some}")),
        }
    }
    changed.join(" ")
}

#[test]
fn only_the_feeds_that_a_change_reaches_are_modified() {
    let check = |edits: &[(&str, &str)], expected: &str| {
        let outcome = publish_at(&edited(edits), &published(), second(60));
        assert_eq!(changed(&outcome), expected, "{edits:?}");
    };
    check(&[], "");
    check(&[("2026-03-13", "2026-03-20")], "all alfa");
    check(
        &[("2026-03-13, venue: cafe", "2026-03-13, venue: library")],
        "all alfa beta",
    );
    check(
        &[("districts: [alfa, beta]", "districts: [alfa]")],
        "all alfa beta",
    );
    check(&[("2026-06-12", "2026-06-13")], "all alfa beta gamma");
    check(
        &[("districts: all", "districts: [gamma]")],
        "all alfa beta gamma",
    );
    check(
        &[
            ("  - {id: b, date: 2026-04-10, venue: library}\n", ""),
            ("[]", "[b]"),
        ],
        "all beta",
    );
    check(&[("name: Beta", "name: Delta")], "all alfa beta");
    check(&[("name: Gamma", "name: Delta")], "gamma:ija");
    check(
        &[("title: Example", "title: Sample")],
        "all alfa beta gamma",
    );
    // A spreadsheet has sessions alone.
    check(
        &[("description: What it is", "description: What")],
        "all:ij alfa:ij beta:ij gamma:ij",
    );
    check(
        &[("language: pl", "language: pl\n  color: teal")],
        "all:i alfa:i beta:i gamma:i",
    );
    // Who invites is named by Atom alone.
    check(
        &[("language: pl", "language: pl\n  organizer: {name: City}")],
        "all:a alfa:a beta:a gamma:a",
    );
    // The id of a venue is told to programs alone.
    check(
        &[("id: cafe", "id: nova"), ("venue: cafe", "venue: nova")],
        "all:j alfa:j beta:j",
    );
    check(&[("about: At length", "about: At some length")], "");
    check(&[("name: Unused", "name: Nobody's")], "");
    check(
        &[("venues:\n", "  - {id: delta, name: Delta}\nvenues:\n")],
        "",
    );
}

#[test]
fn a_feed_of_several_districts_is_as_new_as_the_newest_of_them() {
    let moved = edited(&[("2026-04-10", "2026-04-17")]);
    let outcome = publish_at(&moved, &published(), second(60));
    for (ids, expected) in [(["alfa", "gamma"], 0), (["alfa", "beta"], 60)] {
        let selection = Selection::Districts(ids.map(id).into());
        for format in Format::ALL {
            let modified = outcome.publication.feed_modified(&selection, format);
            assert_eq!(modified, second(expected));
        }
    }
}

#[test]
fn an_older_first_session_changes_every_feed_where_the_time_zone_then_tells_more() {
    // From 1996 on, Warsaw goes by one rule; before, by dated changes.
    for (date, expected) in [("2001-03-13", 0), ("1986-03-13", 60)] {
        let old = format!("sessions:\n  - {{id: old, date: {date}, venue: cafe}}\n");
        let outcome = publish_at(&edited(&[("sessions:\n", &old)]), &published(), second(60));
        let gamma = Selection::one(&id("gamma"));
        let modified = outcome.publication.feed_modified(&gamma, Format::Ics);
        assert_eq!(modified, second(expected), "{date}");
        let modified = outcome.publication.feed_modified(&gamma, Format::Json);
        assert_eq!(modified, second(0), "{date}");
    }
}

/// A history that the program wrote before it digested feeds: of edits of
/// every kind, the last one of `EDITS_BEFORE`.
const BEFORE: &str = include_str!("before.history.jsonl");

const EDITS_BEFORE: &[(&str, &str)] = &[
    ("2026-03-13, venue: cafe", "2026-03-20, venue: library"),
    ("language: pl", "language: pl\n  color: teal"),
    ("id: cafe", "id: nova"),
    ("2026-05-08, venue: cafe", "2026-05-08, venue: nova"),
    ("name: Gamma", "name: Epsilon"),
    // Without a place it would be told in words of the program.
    ("districts: all", "venue: library, districts: all"),
];

#[test]
fn an_older_history_gives_the_stamps_that_it_gave() {
    let history = History::read(BEFORE.as_bytes());
    assert_eq!(history.unreadable(), []);
    let outcome = publish_at(&edited(EDITS_BEFORE), &history, second(9_000));
    let stamps: Vec<_> = (outcome.publication.sessions.iter())
        .map(|it| (it.session.id.as_str(), it.stamp.sequence, it.stamp.modified))
        .collect();
    let expected = [("a", 2, 500), ("b", 6, 800), ("c", 2, 400), ("d", 0, 0)];
    assert_eq!(
        stamps,
        expected.map(|(id, revision, at)| (id, revision, second(at)))
    );
    for published in &outcome.publication.sessions {
        assert_eq!(published.stamp.created, second(0));
    }
    for (feed, at) in [("alfa", 800), ("beta", 800), ("gamma", 900)] {
        let selection = Selection::one(&id(feed));
        let modified = |format| outcome.publication.feed_modified(&selection, format);
        assert_eq!(modified(Format::Ics), second(at), "{feed}");
        assert_eq!(modified(Format::Atom), second(at), "{feed}");
        // It went with everything.
        assert_eq!(modified(Format::Json), second(900), "{feed}");
    }
    // One record, as of the last one, holds how the feeds are.
    let [first] = &outcome.records[..] else {
        panic!("{:?}", told(&outcome));
    };
    assert_eq!(first.at, second(900));
    // From then on they are compared.
    let city = [
        EDITS_BEFORE,
        &[("color: teal", "color: teal\n  organizer: {name: City}")],
    ];
    let outcome = publish_at(&edited(&city.concat()), &outcome.history, second(9_060));
    let modified = |format| outcome.publication.feed_modified(&Selection::All, format);
    assert_eq!(modified(Format::Atom), second(9_060));
    assert_eq!(modified(Format::Ics), second(800));
}

#[test]
fn an_edit_that_comes_with_the_upgrade_reaches_the_feeds_that_it_changes() {
    let history = History::read(BEFORE.as_bytes());
    let check = |edit: (&str, &str), expected: [i64; 3]| {
        let yaml = edited(&[EDITS_BEFORE, &[edit]].concat());
        let outcome = publish_at(&yaml, &history, second(9_000));
        let modified = ["alfa", "beta", "gamma"].map(|name| {
            let selection = Selection::one(&id(name));
            outcome.publication.feed_modified(&selection, Format::Ics)
        });
        assert_eq!(modified, expected.map(second), "{edit:?}");
    };
    check(("2026-04-10", "2026-04-17"), [800, 9_000, 900]);
    check(("color: teal", "color: navy"), [9_000; 3]);
}

/// `history` as another program would have written it last.
fn by_another(history: &History) -> History {
    let text: String = history.records.iter().map(Record::to_line).collect();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for line in &mut lines {
        let mut json: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(digest) = json.get_mut("digest") {
            *digest = "another".into();
        }
        for formats in json
            .get_mut("feeds")
            .into_iter()
            .flat_map(|it| it.as_object_mut().unwrap().values_mut())
        {
            for digest in formats.as_object_mut().unwrap().values_mut() {
                *digest = "another".into();
            }
        }
        if let Some(by) = json.get_mut("by") {
            *by = "another".into();
        }
        *line = json.to_string();
    }
    History::read((lines.join("\n") + "\n").as_bytes())
}

#[test]
fn a_program_that_renders_otherwise_publishes_once_and_answers_nobody() {
    // An upgrade: everything is rendered otherwise.
    let outcome = publish_at(YAML, &by_another(&published()), second(60));
    assert_eq!(
        told(&outcome),
        [
            "a reworded 1",
            "b reworded 1",
            "c reworded 1",
            "d reworded 1"
        ]
    );
    assert_eq!(changed(&outcome), "all alfa beta gamma");

    // The other one goes on beside it: what it published last is no edit.
    let moved = edited(&[("2026-03-13", "2026-03-20")]);
    let later = publish_over(&moved, &outcome.history, second(120));
    let lines: Vec<String> = later.records.iter().map(Record::to_line).collect();
    let ours: String = outcome
        .history
        .records
        .iter()
        .map(Record::to_line)
        .collect();
    let theirs = by_another(&History::read(lines.concat().as_bytes()));
    let theirs: String = theirs.records.iter().map(Record::to_line).collect();
    let both = History::read((ours + &theirs).as_bytes());
    assert_eq!(both.unreadable(), []);
    let silent = publish_over(&moved, &both, second(180));
    assert!(silent.records.is_empty(), "{:?}", told(&silent));
    assert_eq!(silent.publication.session("a").unwrap().stamp.sequence, 2);
    // An edit is one, whoever published last.
    let edited = publish_over(&edited(&[("2026-03-13", "2026-03-27")]), &both, second(240));
    let of_a = edited.records.iter().find_map(|record| match &record.what {
        What::Session(told) if told.session.id == id("a") => Some(told),
        _ => None,
    });
    let of_a = of_a.unwrap();
    assert_eq!((of_a.revision, of_a.change.key()), (3, Kind::Moved.key()));
}
