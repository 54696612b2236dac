//! `import`: the calendars under `tests/import`, whose schedules stand beside
//! them. `BLESS=1 cargo test --test it importing` writes them anew.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::program::{Folder, command, run};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|it| it == "ics" || it == "csv")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn each_example_becomes_the_schedule_beside_it() {
    for file in examples() {
        let told = run(&["import", "--language", "pl", file.to_str().unwrap()]);
        assert_eq!(told.status.code(), Some(0), "{}", file.display());
        let yaml = String::from_utf8(told.stdout).unwrap();
        let beside = file.with_extension("yaml");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&beside, &yaml).unwrap();
        }
        assert_eq!(
            yaml,
            fs::read_to_string(&beside).unwrap(),
            "{}",
            file.display()
        );

        // What is still missing is told by `check`, and nothing else is.
        let folder = Folder::with(&yaml);
        let report = run(&["check", &folder.schedule(), "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
        for problem in report["problems"].as_array().unwrap() {
            let message = problem["message"].as_str().unwrap();
            assert!(message.contains("need"), "{}: {message}", file.display());
        }
    }
}

#[test]
fn a_feed_of_this_program_comes_back_as_its_schedule() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/data/example.yaml");
    let folder = Folder::with(&fs::read_to_string(example).unwrap());
    let site = folder.path("site");
    let exported = run(&[
        "export",
        site.to_str().unwrap(),
        "--schedule",
        &folder.schedule(),
    ]);
    assert_eq!(exported.status.code(), Some(0));
    for feed in ["calendars/all.ics", "calendars/all.csv"] {
        let told = run(&["import", site.join(feed).to_str().unwrap()]);
        let yaml = String::from_utf8(told.stdout).unwrap();
        for line in [
            "  window: 14:00-18:00",
            "    name: Kawiarnia „Przykład”",
            "    date: 2026-02-13",
            "    title: 'Przykład: spotkanie z własnym tytułem'",
            "    status: cancelled",
            "    status: postponed",
        ] {
            assert!(yaml.lines().any(|it| it == line), "{feed}: {line}\n{yaml}");
        }
        assert_eq!(yaml.matches("    date: ").count(), 11, "{feed}\n{yaml}");
    }
}

#[test]
fn standard_input_is_imported_and_what_is_no_calendar_is_not() {
    let mut child = command(&["import", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all(b"date,title\n2026-03-13,Example\n")
        .unwrap();
    drop(stdin);
    let told = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&told.stdout).contains("date: 2026-03-13"));

    let folder = Folder::with("calendar: {}\n");
    let refused = run(&["import", &folder.schedule()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("neither a calendar"));
    assert_eq!(run(&["import", "nowhere.ics"]).status.code(), Some(2));
}
