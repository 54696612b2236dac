//! Lines that were edited, merged or written by another version.

use super::*;

#[test]
fn a_faulty_line_is_reported_and_served_around() {
    let good: Vec<String> = published().records.iter().map(Record::to_line).collect();
    let session = &good[0];
    let check = |bad: &[u8], expected: &str| {
        let mut file = good[..2].concat().into_bytes();
        file.extend(bad);
        file.push(b'\n');
        file.extend(good[2..].concat().into_bytes());
        let history = History::read(&file);
        let faults: Vec<String> = history
            .unreadable()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(faults.len(), 1, "{}", String::from_utf8_lossy(bad));
        assert!(faults[0].starts_with("line 3 of"), "{faults:?}");
        assert!(faults[0].contains(expected), "{faults:?}");
        // What is served around it is what was served before.
        let outcome = publish_over(YAML, &history, second(60));
        assert_eq!(outcome.publication.sessions.len(), 4);
    };
    let edit = |old: &str, new: &str| {
        assert!(session.contains(old), "{session}");
        session.trim_end().replacen(old, new, 1).into_bytes()
    };
    check(b"<<<<<<< HEAD", "unresolved merge");
    check(b"=======", "unresolved merge");
    check(b"\xff\xfe", "UTF-8");
    check(b"nonsense", "not a record");
    check(b"[]", "not a record");
    check(b"{\"at\":", "not a record");
    check(&vec![b'['; 100_000], "not a record");
    check(&edit("2026-03-01T00:00:00Z", "yesterday"), "\"at\"");
    check(
        &edit("2026-03-01T00:00:00Z", "99999-03-01T00:00:00Z"),
        "\"at\"",
    );
    check(
        &edit("\"session\":\"a\"", "\"session\":\"A b\""),
        "\"session\"",
    );
    check(
        &edit("\"session\":\"a\"", "\"session\":\"all\""),
        "\"session\"",
    );
    check(
        &edit("\"revision\":0", "\"revision\":4000000000"),
        "\"revision\"",
    );
    check(&edit("\"revision\":0", "\"revision\":-1"), "not a record");
    check(&edit("\"added\"", "\"painted\""), "painted");
    check(&edit("2026-03-13T14:00", "2026-03-13T19:00"), "\"end\"");
    check(&edit("2026-03-13T14:00", "2026-13-13T14:00"), "\"start\"");
    check(&edit("Europe/Warsaw", "Europe/Cracow"), "\"timezone\"");
    check(&edit("\"confirmed\"", "\"maybe\""), "\"status\"");
    check(
        &edit("\"name\":\"Cafe\"", "\"name\":\"Cafe\\r\\nX: y\""),
        "\"name\"",
    );
    // What no schedule may hold: a line turned around, a break that is none.
    for character in ["\\u202e", "\\u2028", "\\ufeff", "\\ufdd0"] {
        let name = format!("\"name\":\"Cafe{character}\"");
        check(&edit("\"name\":\"Cafe\"", &name), "\"name\"");
    }
    // What no schedule may hold: a line turned around, a break that is none.
    for character in ["\\u202e", "\\u2028", "\\ufeff", "\\ufdd0"] {
        let name = format!("\"name\":\"Cafe{character}\"");
        check(&edit("\"name\":\"Cafe\"", &name), "\"name\"");
    }
    check(&edit("50.07", "150.07"), "\"location\"");
    check(
        &edit(
            "\"districts\":[{\"id\":\"alfa\",\"name\":\"Alfa\"}]",
            "\"districts\":[]",
        ),
        "\"districts\"",
    );
}

#[test]
fn a_revision_that_can_still_be_made_out_is_never_given_again() {
    let mut file: String = published().records.iter().map(Record::to_line).collect();
    file.push_str("{\"at\":\"2026-03-02T00:00:00Z\",\"session\":\"a\",\"revision\":7,\"change\":\"painted\"}\n");
    let outcome = publish_over(YAML, &History::read(file.as_bytes()), second(60));
    assert_eq!(told(&outcome), ["a reworded 8"]);
    assert!(outcome.publication.session("a").unwrap().stamp.modified > second(86_400));
}

#[test]
fn keys_and_blank_lines_of_others_are_ignored() {
    let lines: String = published().records.iter().map(Record::to_line).collect();
    for other in [
        lines.replace("{\"at\"", "{\"newer\":\"key\",\"at\""),
        lines.replace('\n', "\r\n"),
        lines.replace('\n', "\n\n \n"),
        lines.clone() + &lines,
    ] {
        let history = History::read(other.as_bytes());
        assert_eq!(history.unreadable(), []);
        let outcome = publish_over(YAML, &history, second(60));
        assert!(outcome.records.is_empty(), "{other}");
    }
}

#[test]
fn merged_branches_are_both_overtaken() {
    let base: String = published().records.iter().map(Record::to_line).collect();
    let branch = |date: &str, at: i64| {
        let outcome = publish_at(&edited(&[("2026-03-13", date)]), &published(), second(at));
        outcome
            .records
            .iter()
            .map(Record::to_line)
            .collect::<String>()
    };
    let (ours, theirs) = (branch("2026-03-20", 60), branch("2026-03-27", 90));
    // Whichever was served, what follows is above both.
    for lines in [[&ours, &theirs], [&theirs, &ours]] {
        let history = History::read((base.clone() + lines[0] + lines[1]).as_bytes());
        for date in ["2026-03-20", "2026-03-27"] {
            let outcome = publish_at(&edited(&[("2026-03-13", date)]), &history, second(0));
            let stamp = outcome.publication.session("a").unwrap().stamp;
            assert_eq!(
                (stamp.sequence, stamp.modified > second(90)),
                (2, true),
                "{date}"
            );
        }
    }
}

#[test]
fn a_published_hour_that_no_longer_exists_is_kept_as_near_as_can_be() {
    let lines: String = published().records.iter().map(Record::to_line).collect();
    for (start, end, expected) in [
        // Skipped: the clocks go from 02:00 to 03:00.
        ("2026-03-29T02:30", "2026-03-29T04:00", "03:30 04:00"),
        ("2026-03-29T02:30", "2026-03-29T03:15", "03:30 04:15"),
        // Twice: the earlier.
        ("2026-10-25T02:30", "2026-10-25T04:00", "02:30 04:00"),
    ] {
        let lines = lines
            .replace("2026-03-13T14:00", start)
            .replace("2026-03-13T18:00", end);
        let history = History::read(lines.as_bytes());
        assert_eq!(history.unreadable(), []);
        let (_, _, told) = history
            .published()
            .find(|(name, ..)| **name == id("a"))
            .unwrap();
        let session = &told.session;
        let shown = format!(
            "{} {}",
            session.start.format("%H:%M"),
            session.end.format("%H:%M")
        );
        assert_eq!(shown, expected);
        assert!(session.start < session.end);
    }
}
