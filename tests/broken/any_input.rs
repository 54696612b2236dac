//! Whatever the bytes, the reader answers; whatever it accepts, it keeps.

use proptest::prelude::*;
use spotkajmy::parts::Language;
use spotkajmy::parts::schedule::{Reading, Rejected, read, report};

use crate::today;

/// Reads `source` and holds what must be true of any answer.
fn answer(source: &[u8]) -> Result<Reading, Rejected> {
    let outcome = read(source, today());
    let (problems, warnings) = match &outcome {
        Ok(reading) => (&[][..], &reading.warnings[..]),
        Err(rejected) => {
            assert!(!rejected.problems.is_empty(), "a refusal has a reason");
            (&rejected.problems[..], &rejected.warnings[..])
        }
    };
    for list in [problems, warnings] {
        assert!(list.is_sorted_by_key(|problem| (problem.position.line, problem.position.column)));
    }
    for problem in problems.iter().chain(warnings) {
        let place = problem.position;
        assert!(place.line > 0 && place.column > 0 && place.length > 0);
        for language in Language::ALL {
            for words in [Some(problem.message(language)), problem.help(language)] {
                let words = words.unwrap_or("-");
                assert!(!words.trim().is_empty());
                assert!(!words.contains(char::is_control), "{words:?}");
            }
        }
    }
    for language in [Language::Polish, Language::English] {
        let text = report::text("x.yaml", source, outcome.as_ref(), language, false);
        let moves = |character: char| character.is_control() && character != '\n';
        assert!(!text.contains(moves), "{text:?}");
        report::json("x.yaml", outcome.as_ref(), language);
    }
    outcome
}

/// The pieces that schedules and their mistakes are made of.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "calendar",
        "districts",
        "venues",
        "sessions",
        "withdrawn",
        "id",
        "title",
        "timezone",
        "window",
        "name",
        "district",
        "venue",
        "date",
        "weekday",
        "location",
        "lat",
        "lon",
        "url",
        "access",
        "status",
        "note",
        "pl",
        "en",
        "uk",
        "aliases",
        "number",
        "Europe/Warsaw",
        "14:00-18:00",
        "2026-03-13",
        "2026-03-29",
        "piątek",
        "nowa-huta",
        "Nowa Hutta",
        "all",
        "50.07",
        "20,04",
        "https://example.org/",
        "step-free",
        "cancelled",
        "null",
        "~",
        "<<",
    ]);
    let marks = prop::sample::select(vec![
        ": ", ":", ", ", "\n", "\n", "\n  ", "\n    ", "\n  - ", "- ", "[", "]", "{", "}", "\"",
        "'", " ", "  ", "\t", "\r\n", "#", " # ", "&a ", "*a", "!!str ", "|\n", ">\n", "? ",
        "---\n", "\\", "@", "%", "`", "\u{feff}", "\u{85}", "\u{2028}", "\u{7}", "🎈", "ż",
    ]);
    prop_oneof![
        3 => words.prop_map(str::to_owned),
        4 => marks.prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// One line of YAML that says exactly `text`.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}

fn with_texts(title: &str, note: &str) -> String {
    format!(
        "calendar: {{id: x, title: {}, timezone: Europe/Warsaw, window: 1:00-2:00}}\n\
         sessions: [{{id: a, date: 2026-03-13, districts: all, note: {}}}]\n",
        quoted(title),
        quoted(note)
    )
}

fn is_harmless(character: char) -> bool {
    let forbidden = character.is_control()
        || ('\u{2028}'..='\u{202e}').contains(&character)
        || ('\u{2066}'..='\u{2069}').contains(&character)
        || character == '\u{feff}'
        || ('\u{fdd0}'..='\u{fdef}').contains(&character)
        || u32::from(character) & 0xfffe == 0xfffe;
    !forbidden
}

proptest! {
    #![proptest_config(ProptestConfig {
        // The failing input is printed; nothing is written beside the corpus.
        failure_persistence: None,
        ..ProptestConfig::with_cases(128)
    })]

    #[test]
    fn any_bytes_are_answered(source in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = answer(&source);
    }

    #[test]
    fn any_pieces_of_a_schedule_are_answered(pieces in prop::collection::vec(piece(), 0..120)) {
        let _ = answer(pieces.concat().as_bytes());
    }

    #[test]
    fn any_cut_and_any_slip_is_answered(
        start in 0_usize..20_000,
        length in 0_usize..40,
        slip in piece(),
    ) {
        let good = include_str!("../../data/example.yaml");
        let floor = |at: usize| (0..=at.min(good.len())).rev().find(|at| good.is_char_boundary(*at));
        let start = floor(start % good.len()).expect("0 is a boundary");
        let end = floor(start + length).expect("0 is a boundary").max(start);
        let source = format!("{}{slip}{}", &good[..start], &good[end..]);
        let _ = answer(source.as_bytes());
    }

    #[test]
    fn accepted_text_comes_back_equal(
        title in "[\\PC\u{a0}🎈ąężЇ '\"#:,&*!%@\\\\|>-]{1,80}",
        note in "(\\PC|\n|[ąż🎈]){1,200}",
    ) {
        let told = answer(with_texts(&title, &note).as_bytes());
        let harmless = title.chars().all(is_harmless)
            && note.chars().all(|character| character == '\n' || is_harmless(character));
        let said = |text: &str| text.contains(char::is_alphanumeric);
        match told {
            Ok(reading) => {
                prop_assert!(harmless);
                let schedule = reading.schedule;
                for language in Language::ALL {
                    prop_assert_eq!(schedule.calendar().title.get(language), title.trim());
                    let kept = schedule.sessions()[0].note.as_ref().map(|note| note.get(language));
                    prop_assert_eq!(kept, Some(note.trim()));
                }
            }
            Err(rejected) => prop_assert!(
                !harmless || !said(&title) || !said(&note),
                "{:?}",
                rejected.problems
            ),
        }
    }
}

#[test]
fn long_texts_and_every_harmless_character_are_kept() {
    let long = "Zażółć gęślą jaźń 🎈👩‍👩‍👧 ".repeat(400);
    let every: String = (' '..=char::MAX)
        .filter(|character| is_harmless(*character))
        .collect();
    for text in [long.as_str(), every.as_str()] {
        let reading = answer(with_texts(text, text).as_bytes()).expect("good");
        let title = &reading.schedule.calendar().title;
        assert_eq!(title.get(Language::Polish), text.trim());
    }
}

#[test]
fn every_other_character_is_refused_by_name() {
    for character in ('\0'..=char::MAX).filter(|character| !is_harmless(*character)) {
        if character == '\n' {
            continue;
        }
        let source = with_texts(&format!("a{character}b"), "x");
        let rejected = answer(source.as_bytes()).expect_err("a refusal");
        assert_eq!(rejected.problems[0].position.line, 1, "{character:?}");
    }
}
