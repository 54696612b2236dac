use std::sync::Arc;

use super::*;
use crate::history::History;
use crate::history::sample::{edited, id, links, publish_over, second};
use crate::route::{Format, Selection};
use crate::schedule;

/// The feed of one district after `edits` were published one after another,
/// a minute apart.
fn feed_after(edits: &[&[(&str, &str)]], selection: &Selection, language: Language) -> String {
    let mut history: Arc<History> = Arc::default();
    let mut feed = String::new();
    for (minute, edits) in (0..).zip([&[][..]].iter().chain(edits)) {
        let yaml = edited(edits);
        let outcome = publish_over(&yaml, &history, second(minute * 60));
        let schedule = schedule::read(yaml.as_bytes(), second(0).date_naive())
            .unwrap()
            .schedule;
        feed = super::feed(
            &outcome.publication.feed(selection, Format::Atom),
            &links(&schedule),
            language,
        );
        history = outcome.history;
    }
    feed
}

/// The titles of the entries, newest first.
fn titles(feed: &str) -> Vec<&str> {
    feed.split("<entry>")
        .skip(1)
        .filter_map(|entry| entry.split_once("<title>")?.1.split_once("</title>"))
        .map(|(title, _)| title)
        .collect()
}

#[test]
fn each_change_is_an_entry_with_old_and_new() {
    let check = |edits: &[(&str, &str)], expected: &[&str], inside: &[&str]| {
        let feed = feed_after(&[edits], &Selection::one(&id("alfa")), Language::English);
        let titles = titles(&feed);
        // The three that were added first stand below.
        assert_eq!(titles[..titles.len() - 3], *expected, "{edits:?}");
        for part in inside {
            assert!(feed.contains(part), "{part} is not in {feed}");
        }
    };
    check(
        &[],
        &[],
        &["<title>New meeting: Example: Cafe, Friday 13 March 2026</title>"],
    );
    check(
        &[("2026-03-13", "2026-03-20")],
        &["New date: Example: Cafe, Friday 20 March 2026"],
        &["<li>Date: <del>Friday 13 March 2026</del> → <ins>Friday 20 March 2026</ins></li>"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, window: 15:00-18:00,")],
        &["New hours: Example: Cafe, Friday 13 March 2026"],
        &["<del>14:00–18:00</del> → <ins>15:00–18:00</ins>"],
    );
    // It leaves the district's feed, and is told there all the same.
    check(
        &[("2026-03-13, venue: cafe", "2026-03-13, venue: library")],
        &["New place: Example: Library, Friday 13 March 2026"],
        &["<del>Cafe, Alfa</del> → <ins>Library, Beta</ins>"],
    );
    check(
        &[("districts: all", "districts: all, venue: cafe")],
        &["The place is known: Example: Cafe, Friday 12 June 2026"],
        &["<del>place to be announced</del> → <ins>Cafe, Alfa</ins>"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, status: cancelled,")],
        &["Cancelled: Example: Cafe, Friday 13 March 2026"],
        &["<p>This meeting will not take place.</p>"],
    );
    check(
        &[("2026-03-13,", "2026-03-13, note: \"<Tea> & coffee\",")],
        &["New details: Example: Cafe, Friday 13 March 2026"],
        &["Note: <del>–</del> → <ins>&#60;Tea&#62; &#38; coffee</ins>"],
    );
    check(
        &[
            ("  - {id: a, date: 2026-03-13, venue: cafe}\n", ""),
            ("[]", "[a]"),
        ],
        &["Withdrawn: Example: Cafe, Friday 13 March 2026"],
        &[
            "<p>This meeting was announced by mistake.</p>",
            "href=\"https://example.org/en/\"",
        ],
    );
    // A resident of Alfa has no use for these.
    check(&[("2026-04-10", "2026-04-17")], &[], &[]);
    check(
        &[("title: Example", "title: Sample")],
        &[],
        &["<title>Changes: Sample – Alfa</title>"],
    );
    check(
        &[(
            "2026-03-13,",
            "2026-03-13, title: {pl: Example, uk: Зустріч},",
        )],
        &["New details: Example, Friday 13 March 2026"],
        &[],
    );
}

#[test]
fn a_cancelled_session_that_is_on_again_is_told_in_each_language() {
    let cancelled: &[_] = &[("2026-03-13,", "2026-03-13, status: cancelled,")];
    for (language, expected) in [
        (Language::Polish, ["Jednak się odbędzie: ", "Odwołane: "]),
        (Language::English, ["On again: ", "Cancelled: "]),
        (Language::Ukrainian, ["Таки відбудеться: ", "Скасовано: "]),
    ] {
        let feed = feed_after(&[cancelled, &[]], &Selection::All, language);
        for (title, expected) in titles(&feed).iter().zip(expected) {
            assert!(title.starts_with(expected), "{title}");
        }
    }
}

#[test]
fn entries_keep_their_ids_and_differ_from_one_another() {
    let ids = |feed: &str| -> Vec<String> {
        feed.lines()
            .filter(|line| line.starts_with("<id>"))
            .map(str::to_owned)
            .collect()
    };
    let moved: &[_] = &[("2026-03-13", "2026-03-20")];
    let alfa = Selection::one(&id("alfa"));
    let before = ids(&feed_after(&[moved], &alfa, Language::English));
    let after = ids(&feed_after(&[moved, &[]], &alfa, Language::English));
    // The feed's own first, then a new one, then all that were there.
    assert_eq!((&after[0], &after[2..]), (&before[0], &before[1..]));
    let mut unique = after.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), after.len());
}

#[test]
fn what_changed_once_a_session_was_over_is_left_out() {
    let yaml = edited(&[]);
    let first = publish_over(&yaml, &History::default(), second(0));
    let noted = edited(&[("2026-03-13,", "2026-03-13, note: It was nice,")]);
    let outcome = publish_over(&noted, &first.history, second(86_400 * 20));
    let schedule = schedule::read(yaml.as_bytes(), second(0).date_naive())
        .unwrap()
        .schedule;
    let feed = super::feed(
        &outcome.publication.feed(&Selection::All, Format::Atom),
        &links(&schedule),
        Language::Polish,
    );
    assert_eq!(titles(&feed).len(), 4);
    assert!(!feed.contains("nice"));
}

#[test]
fn a_note_of_several_paragraphs_has_as_many() {
    let note = "note: \"One.\\n\\nTwo,\\nand more.\\n\\n\\nThree.\"";
    let added = format!("sessions:\n  - {{id: new, date: 2026-07-10, venue: cafe, {note}}}\n");
    let feed = feed_after(
        &[&[("sessions:\n", &added)]],
        &Selection::All,
        Language::English,
    );
    let expected = "<p>One.</p>\n<p>Two,<br/>and more.</p>\n<p>Three.</p>\n";
    assert!(feed.contains(expected), "{feed}");
}
