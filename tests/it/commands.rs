//! Commands that print, seen from the shell they are called in.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::program::{Folder, Server, command, run};

/// A schedule with so many problems that no pipe holds their report.
fn many_problems() -> Folder {
    let venues: String = (0..900)
        .map(|number| {
            format!("  - {{id: cafe{number}, name: Example, district: nowhere{number}}}\n")
        })
        .collect::<Vec<_>>()
        .concat();
    Folder::with(&format!(
        "calendar: {{id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}}\n\
         venues:\n{venues}"
    ))
}

/// `spotkajmy check … | head -1`.
#[test]
fn a_report_that_is_not_read_to_its_end_is_no_accident() {
    let folder = many_problems();
    for (arguments, code) in [
        (&["check"][..], 1),
        (&["check", "--format", "json"], 1),
        (&["schema"], 0),
    ] {
        let schedule = ["--schedule", &folder.schedule()];
        let mut child = command(&[arguments, &schedule[..]].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert!(!line.is_empty(), "{arguments:?}");
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{arguments:?}");
        assert_eq!(said, "", "{arguments:?}");
    }
}

/// Standard error may lead nowhere either; /dev/full takes nothing.
#[test]
fn what_cannot_be_written_is_no_accident() {
    let folder = many_problems();
    for (arguments, code) in [
        (&["changes"][..], 1),
        (
            &["serve", "--listen", "127.0.0.1:0", "--admin-listen", "off"],
            1,
        ),
        (&["check", "/no/such/file"], 2),
        // What was asked for is lost, and that is told.
        (&["schema"], 2),
    ] {
        let schedule = ["--schedule", &folder.schedule()];
        let full = || File::options().write(true).open("/dev/full").unwrap();
        let status = command(&[arguments, &schedule[..]].concat())
            .stdout(full())
            .stderr(full())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn who_cannot_listen_records_nothing() {
    let server = Server::start(&[]);
    let folder = Folder::with(include_str!("../../data/schedule.yaml"));
    let taken = server.public.to_string();
    let output = run(&[
        "serve",
        "--listen",
        &taken,
        "--schedule",
        &folder.schedule(),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains(&format!("cannot listen on {taken}")),
        "{said}"
    );
    assert!(!folder.path("schedule.history.jsonl").exists());
}

const EXAMPLE: &str = "\
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: en}
districts: [{id: east, name: East}]
sessions: [{id: one, date: 2031-03-14, districts: all}]
";

/// Runs the program in `folder`, with `input` on standard input.
fn run_in(folder: &Folder, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut child = command(arguments)
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read it is gone before.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let [said, complained] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), said, complained)
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path("")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_command_without_a_file_reads_the_one_in_its_folder_and_says_so() {
    let folder = Folder::with("calendar: {id: example\n");
    for arguments in [&["check"][..], &["check", "--format", "json"], &["changes"]] {
        let (code, said, complained) = run_in(&folder, arguments, "");
        assert_eq!(code, Some(1), "{arguments:?}: {said}{complained}");
    }
    folder.write(EXAMPLE);
    for command in ["check", "changes", "publish", "announce"] {
        let (code, said, _) = run_in(&folder, &[command], "");
        assert_eq!(code, Some(0), "{command}");
        assert!(said.starts_with("schedule.yaml\n"), "{command}: {said}");
        let (_, said, _) = run_in(&folder, &[command, "--format", "json"], "");
        let json: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(json["file"], "schedule.yaml", "{command}");
        assert!(said.ends_with("}\n") && !said.ends_with("\n\n"), "{said}");
    }
    // A flag goes before the folder's own, a named file before the flag.
    std::fs::write(folder.path("other.yaml"), EXAMPLE).unwrap();
    std::fs::write(folder.path("third.yaml"), EXAMPLE).unwrap();
    let flag = ["check", "--schedule", "other.yaml"];
    let (_, said, _) = run_in(&folder, &flag, "");
    assert!(said.starts_with("other.yaml\n"), "{said}");
    let (_, said, _) = run_in(&folder, &[&flag[..], &["third.yaml"]].concat(), "");
    assert!(said.starts_with("third.yaml\n"), "{said}");

    std::fs::remove_file(folder.path("schedule.yaml")).unwrap();
    let (code, said, _) = run_in(&folder, &["check"], "");
    assert_eq!(code, Some(0));
    assert!(said.starts_with("<embedded>: "), "{said}");
}

#[test]
fn standard_input_has_no_history_but_a_named_one() {
    let folder = Folder::with(EXAMPLE);
    let (code, said, _) = run_in(&folder, &["changes", "-"], EXAMPLE);
    assert_eq!(code, Some(0));
    assert!(
        said.starts_with("<stdin>\n") && said.contains("added"),
        "{said}"
    );
    let (code, _, complained) = run_in(&folder, &["publish", "-"], EXAMPLE);
    assert_eq!(code, Some(2));
    assert!(complained.contains("--history"), "{complained}");
    assert_eq!(names(&folder), ["schedule.yaml"]);

    let named = ["publish", "-", "--history", "kept.jsonl"];
    let (code, said, _) = run_in(&folder, &named, EXAMPLE);
    assert_eq!(code, Some(0));
    // The calendar and its session.
    assert!(
        said.ends_with("\nRecorded in the history (2): kept.jsonl\n"),
        "{said}"
    );
    let (_, said, _) = run_in(&folder, &named, EXAMPLE);
    assert!(
        said.ends_with("\nThe history has it all already: kept.jsonl\n"),
        "{said}"
    );
    assert_eq!(names(&folder), ["kept.jsonl", "schedule.yaml"]);
}

#[test]
fn a_refused_export_has_recorded_nothing() {
    let folder = Folder::with(EXAMPLE);
    std::fs::create_dir(folder.path("theirs")).unwrap();
    std::fs::write(folder.path("theirs/index.html"), "not ours").unwrap();
    let export = |into| {
        run_in(
            &folder,
            &["export", into, "--schedule", "schedule.yaml"],
            "",
        )
    };
    let (code, _, complained) = export("theirs");
    assert_eq!(code, Some(2), "{complained}");
    assert_eq!(names(&folder), ["schedule.yaml", "theirs"]);

    // Ours, but for one file that stands where one of ours would.
    assert_eq!(export("ours").0, Some(0));
    let history = std::fs::read(folder.path("schedule.history.jsonl")).unwrap();
    folder.write(&EXAMPLE.replace("id: one", "id: two"));
    std::fs::create_dir_all(folder.path("ours/sessions/two")).unwrap();
    std::fs::write(folder.path("ours/sessions/two/index.html"), "not ours").unwrap();
    let (code, _, complained) = export("ours");
    assert_eq!(code, Some(2), "{complained}");
    assert!(std::fs::read(folder.path("schedule.history.jsonl")).unwrap() == history);
}

/// A schedule whose last session is far ahead, as a good one is.
const AHEAD: &str = "\
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}
districts: [{id: alfa, name: Alfa, aliases: [first]}, {id: beta, name: Beta}]
venues: [{id: cafe, name: Cafe, district: alfa}]
sessions:
  - {id: a, date: 2090-05-12, venue: cafe}
  - {id: b, date: 2090-06-09, venue: cafe}
";

#[test]
fn check_reads_the_history_beside_the_file() {
    let folder = Folder::with(AHEAD);
    let schedule = folder.schedule();
    let checked = |language: &str| -> (Option<i32>, serde_json::Value) {
        let told = run(&[
            "check",
            "--format",
            "json",
            "--language",
            language,
            &schedule,
        ]);
        let report = serde_json::from_slice(&told.stdout).unwrap();
        (told.status.code(), report)
    };
    let codes = |report: &serde_json::Value, list: &str| -> Vec<String> {
        let list = report[list].as_array().unwrap().iter();
        list.map(|it| it["code"].as_str().unwrap().to_owned())
            .filter(|code| code != "far-ahead" && code != "no-declaration")
            .collect()
    };
    let (code, report) = checked("pl");
    assert_eq!(
        (code, codes(&report, "warnings")),
        (Some(0), vec!["no-history".to_owned()])
    );
    assert!(run(&["publish", &schedule]).status.success());
    let (code, report) = checked("pl");
    assert_eq!((code, codes(&report, "warnings")), (Some(0), vec![]));

    // Gone while still ahead: in the report's language, and with its session.
    folder.write(&AHEAD.replace("  - {id: b, date: 2090-06-09, venue: cafe}\n", ""));
    let (code, report) = checked("pl");
    assert_eq!(
        (code, codes(&report, "warnings")),
        (Some(0), vec!["vanished".to_owned()])
    );
    let told = &report["warnings"].as_array().unwrap()[0];
    assert_eq!((&told["session"], &told["line"]), (&"b".into(), &1.into()));
    assert!(
        told["message"].as_str().unwrap().contains("odwołane"),
        "{told}"
    );
    let told = checked("en").1["warnings"][0]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(told.contains("cancelled"), "{told}");
    // The text names no line of the schedule for what is not in it.
    let text = run(&["check", &schedule]);
    let text = String::from_utf8(text.stdout).unwrap();
    let told = text
        .split("\n\n")
        .find(|part| part.contains("b ("))
        .unwrap();
    assert!(!told.contains("-->"), "{text}");

    // An address that people subscribe to.
    folder.write(&AHEAD.replace(", aliases: [first]", ""));
    let (code, report) = checked("pl");
    assert_eq!(
        (code, codes(&report, "problems")),
        (Some(1), vec!["lost-address".to_owned()])
    );
    for command in ["changes", "publish"] {
        assert_eq!(
            run(&[command, &schedule]).status.code(),
            Some(1),
            "{command}"
        );
    }

    folder.write(&AHEAD.replace("id: example,", "id: other,"));
    let (code, report) = checked("pl");
    assert_eq!(
        (code, codes(&report, "problems")),
        (Some(1), vec!["other-calendar".to_owned()])
    );

    folder.write(AHEAD);
    let history = folder.path("schedule.history.jsonl");
    let lines = std::fs::read_to_string(&history).unwrap();
    std::fs::write(&history, format!("{lines}nonsense\n")).unwrap();
    let (code, report) = checked("pl");
    assert_eq!(
        (code, codes(&report, "warnings")),
        (Some(0), vec!["history-line".to_owned()])
    );
}
