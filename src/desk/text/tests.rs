//! Changes of a schedule's text, each beside the lines that it touches.

use std::io::Write as _;

use proptest::prelude::*;

use super::super::looking;
use super::{Change, List, Value, apply};

const EXAMPLE: &str = include_str!("../../../data/example.yaml");

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn set(id: &str, key: &str, value: Option<Value>) -> Change {
    Change::Set {
        list: List::Sessions,
        id: id.to_owned(),
        keys: vec![(key.to_owned(), value)],
    }
}

fn entry(keys: &[(&str, Value)]) -> Vec<(String, Value)> {
    keys.iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect()
}

/// The lines that only one of two texts has, `-` and `+` before them.
fn difference(before: &str, after: &str) -> String {
    let mut lines = String::new();
    for (mark, line) in looking::difference(before, after) {
        lines.extend([mark.to_string(), line, "\n".to_owned()]);
    }
    lines
}

fn changed(before: &str, change: &Change) -> String {
    difference(before, &apply(before, change).unwrap())
}

#[test]
fn one_key_changes_one_line() {
    for (change, lines) in [
        (
            set("2026-01", "date", Some(text("2026-01-23"))),
            "-    date: 2026-01-16\n+    date: 2026-01-23\n",
        ),
        (
            set("2026-01", "status", Some(text("cancelled"))),
            "+    status: cancelled\n",
        ),
        (set("2026-10", "status", None), "-    status: postponed\n"),
        (
            set(
                "2027-03",
                "districts",
                Some(Value::List(vec![text("lesna")])),
            ),
            "-    districts: [zarzecze, lesna]\n+    districts: [lesna]\n",
        ),
        (
            set("2027-06", "title", Some(text("Śniadanie: „x” #1"))),
            "+    title: 'Śniadanie: „x” #1'\n",
        ),
        (
            set("2027-06", "note", Some(text("Jeden.\n\nDwa: trzy."))),
            "+    note: |\n+      Jeden.\n+\n+      Dwa: trzy.\n",
        ),
        (
            set("2027-01", "note", Some(text("Krótko."))),
            "-    note: |\n-      Przykład uwagi w kilku wierszach.\n-\n\
             -      Tym razem zaczynamy później.\n+    note: Krótko.\n",
        ),
    ] {
        assert_eq!(changed(EXAMPLE, &change), lines, "{change:?}");
    }
}

#[test]
fn an_entry_is_added_below_the_last_one() {
    let change = Change::Add {
        list: List::Sessions,
        keys: entry(&[
            ("id", text("2027-07")),
            ("date", text("2027-07-16")),
            ("venue", text("dom-przyklad")),
        ]),
    };
    assert_eq!(
        changed(EXAMPLE, &change),
        "+  - id: 2027-07\n+    date: 2027-07-16\n+    venue: dom-przyklad\n+\n"
    );
    let at_column_0 = "sessions:\r\n- id: a\r\n  date: b # c\r\n# end\r\nwithdrawn: []\r\n";
    assert_eq!(
        apply(at_column_0, &change).unwrap(),
        "sessions:\r\n- id: a\r\n  date: b # c\r\n- id: 2027-07\r\n  date: 2027-07-16\r\n  venue: \
         dom-przyklad\r\n# end\r\nwithdrawn: []\r\n"
    );
    let own_comment = "sessions:\n  - id: a\n    # of a\n  # of nobody\n";
    let result = apply(own_comment, &change).unwrap();
    assert!(
        result.starts_with("sessions:\n  - id: a\n    # of a\n  - id: 2027-07\n"),
        "{result}"
    );
    assert!(result.ends_with("  # of nobody\n"), "{result}");
    for (before, after) in [
        ("sessions: []\n", "sessions: \n  - id: 2027-07\n"),
        ("sessions:\n", "sessions:\n  - id: 2027-07\n"),
        (
            "sessions: [{id: a}] # x\n",
            "sessions: [{id: a}, {id: 2027-07",
        ),
        ("venues: []", "venues: []\n\nsessions:\n  - id: 2027-07\n"),
    ] {
        let result = apply(before, &change).unwrap();
        assert!(result.starts_with(after), "{result}");
    }
}

#[test]
fn braces_and_comments_stay() {
    let before = "sessions:\n  - {id: a, date: x, note: {pl: y}} # first\n  - id: b   # second\n    \
                  note:  # third\n    title: z # fourth\n";
    for (change, lines) in [
        (
            set(
                "a",
                "note",
                Some(Value::Keys(entry(&[
                    ("pl", text("q, r")),
                    ("en", text("s")),
                ]))),
            ),
            "-  - {id: a, date: x, note: {pl: y}} # first\n\
             +  - {id: a, date: x, note: {pl: \"q, r\", en: s}} # first\n",
        ),
        (
            set("a", "note", None),
            "-  - {id: a, date: x, note: {pl: y}} # first\n+  - {id: a, date: x} # first\n",
        ),
        (
            set("b", "note", Some(text("new"))),
            "-    note:  # third\n+    note: new  # third\n",
        ),
        (
            set(
                "b",
                "title",
                Some(Value::Keys(entry(&[("pl", text("p")), ("en", text("e"))]))),
            ),
            "-    title: z # fourth\n+    title: # fourth\n+      pl: p\n+      en: e\n",
        ),
    ] {
        assert_eq!(changed(before, &change), lines, "{change:?}");
    }
}

#[test]
fn what_cannot_be_kept_whole_is_refused_with_the_lines_to_paste() {
    let change = set("a", "status", Some(text("cancelled")));
    for before in [
        "sessions:\n  - id: a\n  - id: a\n",
        "sessions:\n  - id: b\n",
        "sessions: &x [{id: a}]\n",
        "sessions:\n  - id: a\n  broken",
        "",
    ] {
        let refused = apply(before, &change).unwrap_err();
        assert_eq!(
            refused.lines, "  - id: a\n    status: cancelled",
            "{before}"
        );
    }
}

/// Texts that YAML reads otherwise when they stand bare.
fn any_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[a-ząłż #:,'\"„”{}\\[\\]&*!|>%@`?.0-9-]{1,30}",
        Just("no".to_owned()),
        Just("~".to_owned()),
        Just("2027-01-15".to_owned()),
        Just("- x".to_owned()),
        Just("\u{1f388} x: y".to_owned()),
    ];
    proptest::collection::vec(line, 1..4).prop_map(|lines| {
        let lines: Vec<String> = lines.iter().map(|line| line.trim().to_owned()).collect();
        let text = lines.join("\n").trim().to_owned();
        if text.is_empty() {
            "x".to_owned()
        } else {
            text
        }
    })
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any_text().prop_map(Value::Text),
        proptest::collection::vec("[a-z][a-z0-9-]{0,8}", 1..3)
            .prop_map(|ids| Value::List(ids.into_iter().map(Value::Text).collect())),
        (any_text(), any_text())
            .prop_map(|(pl, en)| Value::Keys(entry(&[("pl", text(&pl)), ("en", text(&en))]))),
    ]
}

/// The lines of one entry, in one of the ways in which people write them.
fn any_entry(id: usize) -> impl Strategy<Value = String> {
    let comment = prop_oneof![Just(""), Just("   # uwaga: {x"), Just(" #")];
    let block = prop_oneof![Just("|"), Just("|-"), Just(">-"), Just("|+")];
    (
        any_value(),
        any_value(),
        0..6_u8,
        comment,
        any::<bool>(),
        block,
    )
        .prop_map(move |(note, title, style, comment, last, block)| {
            let pen = super::Pen {
                quoting: super::Quoting::Always,
                eol: "\n",
            };
            let natural = super::Pen {
                quoting: super::Quoting::AsNeeded,
                eol: "\n",
            };
            let id = text(&format!("s{id}"));
            let mut keys = vec![("id", id), ("date", text("2027-01-15"))];
            let end = keys.len() - usize::from(!last);
            keys.insert(end, ("note", note));
            keys.push(("title", title));
            let keys = entry(&keys);
            match style {
                0 => format!("- {}{comment}", pen.in_flow(&Value::Keys(keys))),
                1 => pen.entry(&keys, 0),
                2 => format!(
                    "{}\n  host: {block}\n    # tekst\n    x: y",
                    natural.entry(&keys, 0)
                ),
                3 => {
                    let entry = natural.entry(&keys, 0);
                    entry.replacen("\n  date:", "\n  # w środku: [\n  date:", 1)
                }
                _ => {
                    let entry = natural.entry(&keys, 0);
                    entry.replacen("date: 2027-01-15", &format!("date: 2027-01-15{comment}"), 1)
                }
            }
        })
}

fn indented(entry: &str, indent: usize) -> String {
    let lines = entry.lines().map(|line| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("{}{line}\n", " ".repeat(indent))
        }
    });
    lines.collect()
}

/// A file and a change of one of its entries, or of the list's end.
#[derive(Debug, Clone)]
struct Case {
    /// All that stands before the entry, the entry, all that stands after it.
    parts: [String; 3],
    change: Change,
}

fn any_change(which: usize) -> impl Strategy<Value = Change> {
    let key = prop_oneof![
        Just("note"),
        Just("title"),
        Just("status"),
        Just("date"),
        Just("host")
    ];
    let set = proptest::collection::btree_map(key, proptest::option::of(any_value()), 1..4);
    (any::<bool>(), set, 0..5_u8).prop_map(move |(venues, set, kind)| {
        let list = if venues { List::Venues } else { List::Sessions };
        let keys = set.into_iter().map(|(key, value)| (key.to_owned(), value));
        if kind == 0 {
            let id = ("id".to_owned(), text("new"));
            let keys = keys.filter_map(|(key, value)| Some((key, value?)));
            return Change::Add {
                list,
                keys: std::iter::once(id).chain(keys).collect(),
            };
        }
        Change::Set {
            list,
            id: format!("s{which}"),
            keys: keys.collect(),
        }
    })
}

fn any_case() -> impl Strategy<Value = Case> {
    let between = prop_oneof![
        Just(""),
        Just("\n"),
        Just("  # komentarz: [\n"),
        Just("\n# a\n\n")
    ];
    let tail = prop_oneof![
        Just("# f\nwithdrawn: []\n"),
        Just("withdrawn: [] # f"),
        Just("\n\n# f\n"),
        Just("")
    ];
    (
        (any_entry(0), any_entry(1), any_entry(2)),
        prop_oneof![Just(0_usize), Just(2), Just(4)],
        (between, tail),
        any::<bool>(),
        any::<bool>(),
        (0..3_usize).prop_flat_map(|which| (Just(which), any_change(which))),
    )
        .prop_map(|(entries, indent, (between, tail), windows, mark, (which, change))| {
            let entries = [entries.0, entries.1, entries.2].map(|it| indented(&it, indent));
            let (list, other) = match &change {
                Change::Set { list, .. } | Change::Add { list, .. } => match list {
                    List::Sessions => ("sessions", "venues"),
                    List::Venues => ("venues", "sessions"),
                },
            };
            let ending = if windows { "\r\n" } else { "\n" };
            let write = |part: String| part.replace('\n', ending);
            let head = format!(
                "# c\ncalendar: {{id: x}} # d\n{other}:\n- id: s1\n  note: y # z\n{list}: # e\n{between}"
            );
            let head = format!("{}{}", if mark { "\u{feff}" } else { "" }, write(head));
            let before = entries[..which].iter().flat_map(|it| [it.as_str(), between]);
            let after = entries[which + 1..].iter().flat_map(|it| [between, it.as_str()]);
            let after: String = after.collect();
            Case {
                parts: [
                    head + &write(before.collect()),
                    write(entries[which].clone()),
                    write(after + tail),
                ],
                change,
            }
        })
        .prop_filter("another parser must be able to read it", |case| {
            serde_yaml::from_str::<serde_yaml::Value>(case.file().trim_start_matches('\u{feff}'))
                .is_ok()
        })
}

impl Case {
    fn file(&self) -> String {
        self.parts.concat()
    }

    /// The file with the change, once the law of the desk was seen to hold.
    fn changed(&self) -> Result<String, TestCaseError> {
        let file = self.file();
        let result = apply(&file, &self.change);
        prop_assert!(result.is_ok(), "refused: {:?}\n{file}", self.change);
        let result = result.unwrap();
        let [before, _, after] = &self.parts;
        let (list, same) = match &self.change {
            Change::Set { list, .. } => {
                let same = result.starts_with(before.as_str()) && result.ends_with(after.as_str());
                (list, same && result.len() >= before.len() + after.len())
            }
            // Something was put in, nothing taken away.
            Change::Add { list, .. } => {
                let same = |(one, other): &(u8, u8)| one == other;
                let start = file.bytes().zip(result.bytes()).take_while(same).count();
                let end = file.bytes().rev().zip(result.bytes().rev());
                (list, start + end.take_while(same).count() >= file.len())
            }
        };
        prop_assert!(same, "{:?}\n{file}\n=>\n{result}", self.change);
        let windows = file.contains("\r\n");
        prop_assert!(!windows || !result.replace("\r\n", "").contains('\n'));
        let (mut wanted, got) = (read(&file), read(&result));
        let items = wanted[list.key()].as_sequence_mut().unwrap();
        match &self.change {
            Change::Add { keys, .. } => items.push(other_parser(&Value::Keys(keys.clone()))),
            Change::Set { id, keys, .. } => {
                let mut items = items.iter_mut();
                let item = items.find(|it| it["id"].as_str() == Some(id)).unwrap();
                let item = item.as_mapping_mut().unwrap();
                for (key, value) in keys {
                    item.remove(key.as_str());
                    if let Some(value) = value {
                        item.insert(key.as_str().into(), other_parser(value));
                    }
                }
            }
        }
        let said = |value: &serde_yaml::Value| trimmed(value).to_string();
        prop_assert_eq!(said(&got), said(&wanted), "{}\n=>\n{}", file, result);
        Ok(result)
    }
}

/// The same by another parser, keys by name.
fn read(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text.trim_start_matches('\u{feff}')).unwrap()
}

fn other_parser(value: &Value) -> serde_yaml::Value {
    match value {
        Value::Text(text) => serde_yaml::Value::from(text.as_str()),
        Value::List(items) => items.iter().map(other_parser).collect(),
        Value::Keys(keys) => {
            let keys = keys
                .iter()
                .map(|(key, value)| (key.as_str().into(), other_parser(value)));
            serde_yaml::Value::Mapping(keys.collect())
        }
    }
}

/// As many cases as `PROPTEST_CASES` says, without a file of past failures.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES");
    let cases = cases.ok().and_then(|it| it.parse().ok()).unwrap_or(256);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn any_change_of_any_entry_touches_nothing_else(case in any_case()) {
        case.changed()?;
    }
}

/// The same, each file before and after written to `DESK_PAIRS`, a line of
/// JSON each, for readers by other people: `tests/desk/run`.
#[test]
#[ignore = "tests/desk/run says where to write"]
fn pairs_for_other_readers() {
    let path = std::env::var("DESK_PAIRS").unwrap();
    let pairs = std::cell::RefCell::new(std::io::BufWriter::new(
        std::fs::File::create(path).unwrap(),
    ));
    let mut runner = proptest::test_runner::TestRunner::new(config());
    let written = runner.run(&any_case(), |case| {
        let after = case.changed()?;
        let said = |value: &Value| trimmed(&other_parser(value));
        let (list, id, keys): (_, _, serde_json::Map<_, _>) = match &case.change {
            Change::Add { list, keys } => {
                let keys = keys.iter().map(|(key, value)| (key.clone(), said(value)));
                (list, None, keys.collect())
            }
            Change::Set { list, id, keys } => {
                let said = |value: &Option<Value>| value.as_ref().map(said).unwrap_or_default();
                let keys = keys.iter().map(|(key, value)| (key.clone(), said(value)));
                (list, Some(id), keys.collect())
            }
        };
        let pair = serde_json::json!({
            "before": case.file(), "after": after, "list": list.key(), "id": id, "keys": keys,
        });
        writeln!(pairs.borrow_mut(), "{pair}").unwrap();
        Ok(())
    });
    written.unwrap();
}

/// Texts without the line break that a block text ends in; keys by name.
fn trimmed(value: &serde_yaml::Value) -> serde_json::Value {
    match value {
        serde_yaml::Value::Sequence(items) => items.iter().map(trimmed).collect(),
        serde_yaml::Value::Mapping(keys) => keys
            .iter()
            .map(|(key, value)| (key.as_str().unwrap().to_owned(), trimmed(value)))
            .collect(),
        other => {
            let text = other.as_str().map(|text| text.trim_end().to_owned());
            serde_json::Value::from(text.unwrap_or_else(|| format!("{other:?}")))
        }
    }
}
