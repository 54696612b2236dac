use super::*;
use crate::history::sample::{edited, publish_over, second};
use crate::review::of_history;

/// The report on `edits` of a schedule that was published.
fn report(edits: &[(&str, &str)], write: fn(&Changes<'_>) -> String) -> String {
    let history = publish_over(&edited(&[]), &History::default(), second(0)).history;
    let outcome = publish_over(&edited(edits), &history, second(60));
    let told = of_history(&history, &outcome.warnings);
    write(&Changes::new(&history, &outcome).with_warnings(told))
}

#[test]
fn what_subscribers_will_see_is_told_by_district() {
    let edits = [
        ("2026-03-13, venue: cafe", "2026-03-20, venue: library"),
        ("  - {id: b, date: 2026-04-10, venue: library}\n", ""),
        (
            "2026-05-08,",
            "2026-05-08, note: {pl: 'Weź *kubek*', en: Bring a mug},",
        ),
        ("2026-06-12,", "2026-06-12, status: cancelled,"),
    ];
    let text = report(&edits, |changes| changes.text(Language::English));
    assert_eq!(
        text,
        "\
## What subscribers will see

### All districts

- **cancelled**: Friday 12 June 2026, 14:00–18:00, place to be announced (`d`)
  - Status: on → cancelled

### Alfa

- **moved**: Friday 20 March 2026, 14:00–18:00, Library, Beta (`a`)
  - Date: Friday 13 March 2026 → Friday 20 March 2026
  - Place: Cafe, Alfa → Library, Beta
  - Districts: Alfa → Beta
  - Moved to another district: it stays in this district’s calendar, with its new date and place
- **reworded**: Friday 8 May 2026, 14:00–18:00, Cafe, Alfa (`c`)
  - Note: (nothing) → Bring a mug
  - Note (pl): (nothing) → Weź \\*kubek\\*

### Beta

- **moved**: Friday 20 March 2026, 14:00–18:00, Library, Beta (`a`)
  - Date: Friday 13 March 2026 → Friday 20 March 2026
  - Place: Cafe, Alfa → Library, Beta
  - Districts: Alfa → Beta
- **reworded**: Friday 8 May 2026, 14:00–18:00, Cafe, Alfa (`c`)
  - Note: (nothing) → Bring a mug
  - Note (pl): (nothing) → Weź \\*kubek\\*
- **cancelled**: Friday 10 April 2026, 14:00–18:00, Library, Beta (`b`)
  - Status: on → cancelled

### Warnings

- the session b (10 April 2026) is gone from the schedule although it is still ahead: its \
         subscribers will see it as cancelled
  - put it back with \"status: cancelled\", or list b under \"withdrawn\" if it was published by mistake
"
        .replace("         ", "")
    );
}

#[test]
fn each_edit_is_told_in_plain_words() {
    let check = |edits: &[(&str, &str)], expected: &str| {
        let text = report(edits, |changes| changes.text(Language::Polish));
        assert!(text.contains(expected), "{edits:?}\n{text}");
    };
    check(&[], "Dla subskrybentów nic się nie zmienia.\n");
    check(
        &[("about: At length", "about: At last")],
        "Dla subskrybentów nic się nie zmienia.\n",
    );
    check(
        &[("2026-03-13", "2026-03-20")],
        "**zmiana terminu lub miejsca**: piątek, 20 marca 2026",
    );
    check(
        &[("2026-03-13,", "2026-03-13, window: 9:00-10:00,")],
        "Godziny: 14:00–18:00 → 09:00–10:00",
    );
    check(
        &[("2026-03-13,", "2026-03-13, status: postponed,")],
        "**przełożone**",
    );
    check(
        &[("name: Cafe", "name: Nova")],
        "**zmiana opisu**: piątek, 13 marca 2026",
    );
    check(
        &[("name: Cafe", "name: Nova")],
        "Miejsce: Cafe, Alfa → Nova, Alfa",
    );
    check(
        &[("name: Cafe,", "name: Cafe, access: [step-free],")],
        "Dostępność: (nic) → wejście bez progów",
    );
    check(
        &[("name: Cafe,", "name: Cafe, url: https://a.example,")],
        "Strona miejsca: (nic) → https://a.example",
    );
    check(&[("lon: 20.1", "lon: 20.2")], "Punkt na mapie: 50.07");
    check(
        &[
            ("  - {id: a, date: 2026-03-13, venue: cafe}\n", ""),
            ("[]", "[a]"),
        ],
        "**usunięte bez śladu**: piątek, 13 marca 2026",
    );
    check(
        &[("title: Example", "title: Sample")],
        "### Cały kalendarz\n\n- Tytuł cyklu: Example → Sample\n",
    );
    check(
        &[("title: Example", "title: Sample")],
        "zmianę całego kalendarza, adresu lub programu: 4.\n",
    );
    check(
        &[("name: Gamma", "name: Delta")],
        "- Dzielnica: Gamma → Delta\n",
    );
    check(
        &[("language: pl", "language: pl\n  refresh: 12h")],
        "- Odświeżanie: 6 h → 12 h\n",
    );
    check(
        &[("id: b, date", "id: b2, date")],
        "  - spotkanie b2 jest w tym samym czasie i miejscu",
    );
}

#[test]
fn the_report_is_the_same_for_programs() {
    let edits = [
        ("2026-03-13", "2026-03-20"),
        ("  - {id: b, date: 2026-04-10, venue: library}\n", ""),
        ("[]", "[b]"),
        ("title: Example", "title: Sample"),
    ];
    let json = report(&edits, |changes| {
        changes.json("schedule.yaml", None, Language::English)
    });
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let sessions = json["sessions"].as_array().unwrap();
    let kind = |id: &str| {
        let change = sessions.iter().find(|change| change["session"] == id);
        change.unwrap()["kind"].as_str().unwrap()
    };
    assert_eq!(["a", "b", "c"].map(kind), ["moved", "removed", "reworded"]);
    assert_eq!(sessions[0]["before"]["start"], "2026-03-13T14:00:00+01:00");
    assert_eq!(sessions[0]["after"]["start"], "2026-03-20T14:00:00+01:00");
    assert_eq!(sessions[0]["differences"][0]["field"], "date");
    assert_eq!(json["calendar"][0]["after"], "Sample");
    assert_eq!(json["warnings"].as_array().unwrap().len(), 0);
}

#[test]
fn any_text_is_one_line_of_markdown() {
    for (text, expected) in [
        ("a\nb", "a / b"),
        (
            "*a* [b](c) `d` <e> \\",
            "\\*a\\* \\[b\\](c) \\`d\\` \\<e\\> \\\\",
        ),
    ] {
        assert_eq!(plain(text), expected);
    }
    assert_eq!(plain(&"ą".repeat(1000)).chars().count(), LONGEST + 1);
}

#[test]
fn a_change_is_told_where_its_session_was_moved_from() {
    let moved = [("2026-03-13, venue: cafe", "2026-03-13, venue: library")];
    let first = publish_over(&edited(&[]), &History::default(), second(0)).history;
    let before = publish_over(&edited(&moved), &first, second(60)).history;
    let later = [("2026-03-13, venue: cafe", "2026-03-20, venue: library")];
    let outcome = publish_over(&edited(&later), &before, second(120));
    let text = Changes::new(&before, &outcome).text(Language::English);
    let [alfa, beta] = ["### Alfa", "### Beta"].map(|name| {
        let (_, section) = text.split_once(name).unwrap();
        section.split("###").next().unwrap()
    });
    let sentence = "it stays in this district’s calendar";
    assert!(alfa.contains("(`a`)") && alfa.contains(sentence), "{text}");
    assert!(beta.contains("(`a`)") && !beta.contains(sentence), "{text}");
}
