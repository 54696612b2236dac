//! Commands that print, seen from the shell they are called in.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
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
