//! `announce`: the texts of each kind of change, which stand under
//! `tests/announce`. `BLESS=1 cargo test --test it announcing` writes them anew.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Folder, run};

const SCHEDULE: &str = "
calendar:
  id: example
  title: {pl: Przykładowe spotkania, en: Example meetings, uk: Приклад зустрічей}
  timezone: Europe/Warsaw
  window: 14:00-18:00
  invitation: {pl: Wystarczy przyjść., en: Just come., uk: Просто приходьте.}
districts:
  - {id: gorna, name: Górna}
  - {id: dolna, name: Dolna}
venues:
  - {id: kawiarnia, name: Kawiarnia Przykład, district: gorna, address: 'ul. Przykładowa 1, Przykładów'}
  - id: dom
    district: gorna
    name: Wielofunkcyjny Przykładowy Dom Kultury imienia Przykładowej Patronki w Przykładowie Górnym
    address: 'plac Przykładowych Bohaterek i Bohaterów 123/45, 00-000 Przykładów-Zdrój'
sessions:
  - {id: a, date: 2090-03-10, venue: kawiarnia}
  - {id: b, date: 2090-04-14, venue: kawiarnia, title: Śniadanie sąsiedzkie, note: 'Weź kubek.'}
  - {id: nieznane, date: 2090-06-09, districts: [gorna]}
  - {id: odwolane, date: 2090-07-14, venue: kawiarnia, status: cancelled}
withdrawn: []
";

/// Each kind of change as an edit of [`SCHEDULE`], and what is published
/// before it.
const EDITS: [(&str, &[[&str; 2]]); 12] = [
    (
        "added",
        &[[
            "withdrawn",
            "  - {id: c, date: 2090-05-12, venue: kawiarnia}\nwithdrawn",
        ]],
    ),
    ("date", &[["2090-03-10, venue", "2090-03-17, venue"]]),
    (
        "place",
        &[["2090-03-10, venue: kawiarnia", "2090-03-10, venue: dom"]],
    ),
    (
        "date-and-place",
        &[["2090-04-14, venue: kawiarnia", "2090-04-21, venue: dom"]],
    ),
    (
        "hours",
        &[["2090-03-10,", "2090-03-10, window: '15:00-19:00',"]],
    ),
    ("district", &[["[gorna]", "[gorna, dolna]"]]),
    ("restored", &[[", status: cancelled", ""]]),
    (
        "cancelled",
        &[["2090-04-14,", "2090-04-14, status: cancelled,"]],
    ),
    (
        "postponed",
        &[["2090-03-10,", "2090-03-10, status: postponed,"]],
    ),
    (
        "tentative",
        &[[
            "withdrawn",
            "  - {id: c, date: 2090-05-12, districts: all, status: tentative}\nwithdrawn",
        ]],
    ),
    (
        "withdrawn",
        &[
            ["  - {id: a, date: 2090-03-10, venue: kawiarnia}\n", ""],
            ["[]", "[a]"],
        ],
    ),
    ("reworded", &[["Weź kubek", "Weź dwa kubki"]]),
];

fn edited(edits: &[[&str; 2]]) -> String {
    edits.iter().fold(SCHEDULE.to_owned(), |yaml, [old, new]| {
        assert!(yaml.contains(old), "{old}");
        yaml.replacen(old, new, 1)
    })
}

fn publish(folder: &Folder) {
    let published = run(&["publish", &folder.schedule()]);
    assert_eq!(published.status.code(), Some(0), "{published:?}");
}

fn announced(folder: &Folder, more: &[&str]) -> Value {
    let schedule = folder.schedule();
    let told = run(&[&["announce", &schedule, "--format", "json"], more].concat());
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    serde_json::from_slice(&told.stdout).unwrap()
}

#[test]
fn each_kind_of_change_has_its_texts() {
    for (name, edits) in EDITS {
        let folder = Folder::with(SCHEDULE);
        publish(&folder);
        folder.write(&edited(edits));
        let told = run(&["announce", &folder.schedule(), "--language", "pl"]);
        let told = String::from_utf8(told.stdout).unwrap();
        let told = told.split_once('\n').unwrap().1;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/announce/{name}.txt"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&file).unwrap(), "{name}");

        // The same after it was published, and never too long for an SMS.
        let before = announced(&folder, &[]);
        publish(&folder);
        assert_eq!(announced(&folder, &[]), before, "{name}");
        for announcement in before["announcements"].as_array().unwrap() {
            for text in announcement["text"].as_object().unwrap().values() {
                let length = text.as_str().unwrap().chars().count();
                assert!(length <= 160, "{name}: {length}");
            }
            assert!(announcement["url"].as_str().unwrap().starts_with("http"));
        }
    }
}

#[test]
fn a_postponed_session_with_its_date_is_a_new_date() {
    let folder = Folder::with(&edited(&[[
        "2090-03-10,",
        "2090-03-10, status: postponed,",
    ]]));
    publish(&folder);
    folder.write(&edited(&[["2090-03-10", "2090-03-24"]]));
    let told = announced(&folder, &[]);
    assert_eq!(told["announcements"][0]["kind"], "moved");
    folder.write(SCHEDULE);
    assert_eq!(
        announced(&folder, &[])["announcements"][0]["kind"],
        "restored"
    );
}

#[test]
fn one_session_is_announced_by_its_id() {
    let folder = Folder::with(SCHEDULE);
    publish(&folder);
    folder.write(&edited(&[["Weź kubek", "Weź dwa kubki"]]));
    publish(&folder);
    assert_eq!(
        announced(&folder, &[])["announcements"],
        serde_json::json!([])
    );
    let told = announced(&folder, &["--session", "b"]);
    assert_eq!(told["announcements"][0]["kind"], "added");
    assert_eq!(told["file"], folder.schedule());
    let unknown = run(&["announce", &folder.schedule(), "--session", "x"]);
    assert_eq!(unknown.status.code(), Some(2));
    folder.write("calendar: 1\n");
    assert_eq!(
        run(&["announce", &folder.schedule()]).status.code(),
        Some(1)
    );
    assert_eq!(run(&["announce", "nowhere.yaml"]).status.code(), Some(2));
}
