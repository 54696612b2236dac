//! What may go wrong around a running server: its history torn, full of
//! garbage, not to be written, shared. The slow ones are in `tests/faults/`.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Folder, Server, run, wait};

const FEED: &str = "/calendars/all.ics";

/// A schedule with two sessions on dates far ahead.
fn schedule(title: &str) -> String {
    format!(
        "calendar: {{id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: en}}\n\
         districts: [{{id: east, name: East}}]\n\
         sessions:\n\
         \x20 - {{id: one, date: 2031-03-14, districts: all, title: \"{title}\"}}\n\
         \x20 - {{id: two, date: 2031-04-18, districts: [east], title: untouched}}\n"
    )
}

fn history(folder: &Folder) -> PathBuf {
    folder.path("schedule.history.jsonl")
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.ends_with('\n'), "the last line is whole: {text}");
    text.lines().map(str::to_owned).collect()
}

/// The revisions of a session, as the history has them.
fn revisions(path: &Path, session: &str) -> Vec<u64> {
    lines(path)
        .iter()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|record| record["session"] == session)
        .map(|record| record["revision"].as_u64().unwrap())
        .collect()
}

/// Edits the schedule and waits until it is served.
fn edit(folder: &Folder, server: &Server, title: &str) -> Vec<u8> {
    folder.write(&schedule(title));
    let wanted = format!("SUMMARY:{title}\r\n");
    server
        .wait_for(FEED, |answer| answer.text().contains(&wanted))
        .body
}

/// Waits for words in /readyz; an empty list waits until all is well.
fn wait_for_word(server: &Server, word: &str) -> String {
    wait(|| Some(server.ready()).filter(|ready| ready.contains(word)))
}

fn wait_until_recorded(server: &Server) {
    wait(|| (!server.ready().contains("\nhistory:")).then_some(()));
}

#[test]
fn two_servers_on_one_history_serve_the_same_and_count_once() {
    let folder = Folder::with(&schedule("edit 0"));
    let (one, other) = (Server::of(&folder), Server::of(&folder));
    for edited in 1..=4 {
        let title = format!("edit {edited}");
        if edited % 2 == 0 {
            // The one that reads first is the one that counts.
            folder.write(&schedule(&title));
            other.signal("HUP");
        }
        let first = edit(&folder, &one, &title);
        assert_eq!(edit(&folder, &other, &title), first);
    }
    // Each has seen by now what the other wrote.
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(one.get(FEED).body, other.get(FEED).body);
    assert_eq!(revisions(&history(&folder), "one"), [0, 1, 2, 3, 4]);
    assert_eq!(revisions(&history(&folder), "two"), [0]);
}

#[test]
fn what_was_served_before_a_kill_is_served_after_it() {
    let folder = Folder::with(&schedule("edit 0"));
    for edited in 1..=5 {
        let server = Server::of(&folder);
        let served = edit(&folder, &server, &format!("edit {edited}"));
        server.signal("KILL");
        drop(server);
        assert_eq!(Server::of(&folder).get(FEED).body, served);
    }
    assert_eq!(revisions(&history(&folder), "one"), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_torn_last_line_is_mended_and_nobody_hears_of_it() {
    let folder = Folder::with(&schedule("edit 0"));
    let server = Server::of(&folder);
    let served = server.get(FEED).body;
    assert_eq!(server.stop(), Some(0));
    let whole = fs::read(history(&folder)).unwrap();
    let last = whole[..whole.len() - 1]
        .iter()
        .rposition(|it| *it == b'\n')
        .unwrap()
        + 1;
    // A whole record without its line break would be no torn one.
    let torn = [
        &whole[last..=last],
        &whole[last..whole.len() - 2],
        b"{\"at\":\"20",
        &[0; 512],
    ];
    for torn in torn {
        fs::write(history(&folder), [&whole, torn].concat()).unwrap();
        let server = Server::of(&folder);
        assert_eq!(server.get(FEED).body, served);
        assert!(!server.ready().contains("history"), "{}", server.ready());
        assert!(fs::read(history(&folder)).unwrap() == whole, "{torn:?}");
    }
}

#[test]
fn garbage_in_the_history_is_reported_by_line_and_left() {
    let folder = Folder::with(&schedule("edit 0"));
    let server = Server::of(&folder);
    let served = server.get(FEED).body;
    assert_eq!(server.stop(), Some(0));
    let good = lines(&history(&folder));
    let mut bad = good.clone();
    bad.insert(1, "<<<<<<< HEAD".to_owned());
    bad.push("{\"at\": \"yesterday\"}".to_owned());
    let bad = bad.join("\n") + "\n";
    fs::write(history(&folder), &bad).unwrap();

    let server = Server::of(&folder);
    let ready = server.ready();
    assert!(ready.starts_with("ready: "), "{ready}");
    for line in [2, good.len() + 2] {
        assert!(
            ready.contains(&format!("  line {line} of the history")),
            "{ready}"
        );
    }
    assert_eq!(server.get(FEED).body, served);
    edit(&folder, &server, "edit 1");
    let after = fs::read_to_string(history(&folder)).unwrap();
    assert!(after.starts_with(&bad), "{after}");
    assert!(server.get(FEED).text().contains("SEQUENCE:1\r\n"));
}

#[test]
fn a_history_that_cannot_be_written_delays_nothing_and_is_written_later() {
    let folder = Folder::with(&schedule("edit 0"));
    let server = Server::of(&folder);
    fs::rename(history(&folder), folder.path("aside")).unwrap();
    fs::create_dir(history(&folder)).unwrap();
    edit(&folder, &server, "edit 1");
    let served = edit(&folder, &server, "edit 2");
    let ready = wait_for_word(&server, "recorded as soon as it works");
    assert!(
        ready.starts_with("ready: ") && ready.contains("schedule.history.jsonl"),
        "{ready}"
    );

    fs::remove_dir(history(&folder)).unwrap();
    wait_until_recorded(&server);
    assert_eq!(
        server.get(FEED).body,
        served,
        "recorded with the stamps that were served"
    );
    assert_eq!(revisions(&history(&folder), "one"), [0, 1, 2]);
    assert_eq!(server.stop(), Some(0));
    assert_eq!(Server::of(&folder).get(FEED).body, served);
}

#[test]
fn a_pipe_where_the_history_should_be_stops_nothing() {
    let folder = Folder::with(&schedule("edit 0"));
    let pipe = Command::new("mkfifo").arg(history(&folder)).status();
    assert!(pipe.unwrap().success());
    let server = Server::of(&folder);
    wait_for_word(&server, "recorded as soon as it works");
    let served = edit(&folder, &server, "edit 1");
    fs::remove_file(history(&folder)).unwrap();
    wait_until_recorded(&server);
    assert_eq!(server.get(FEED).body, served);
    assert_eq!(revisions(&history(&folder), "one"), [0, 1]);
}

#[test]
fn a_history_that_is_replaced_under_the_server_loses_nothing() {
    let folder = Folder::with(&schedule("edit 0"));
    let server = Server::of(&folder);
    let before = fs::read(history(&folder)).unwrap();
    let served = edit(&folder, &server, "edit 1");
    // As `git checkout` of an earlier commit does.
    fs::write(folder.path("earlier"), &before).unwrap();
    fs::rename(folder.path("earlier"), history(&folder)).unwrap();
    wait(|| (revisions(&history(&folder), "one") == [0, 1]).then_some(()));
    assert_eq!(server.get(FEED).body, served);
}

#[test]
fn a_config_map_is_served_with_its_history_elsewhere() {
    let folder = Folder::with("");
    let map = folder.path("map");
    fs::create_dir(&map).unwrap();
    let version = |name: &str, title: &str| {
        fs::create_dir(map.join(name)).unwrap();
        fs::write(map.join(name).join("schedule.yaml"), schedule(title)).unwrap();
        symlink(name, map.join("..tmp")).unwrap();
        fs::rename(map.join("..tmp"), map.join("..data")).unwrap();
    };
    version("..1", "edit 0");
    symlink("..data/schedule.yaml", map.join("schedule.yaml")).unwrap();
    let kept = folder.path("kept.jsonl");
    let arguments = [
        "--schedule",
        map.join("schedule.yaml").to_str().unwrap(),
        "--history",
        kept.to_str().unwrap(),
    ]
    .map(str::to_owned);
    let server = Server::start(&arguments.each_ref().map(String::as_str));
    version("..2", "edit 1");
    fs::remove_dir_all(map.join("..1")).unwrap();
    let served = server.wait_for(FEED, |it| it.text().contains("SUMMARY:edit 1\r\n"));
    assert_eq!(revisions(&kept, "one"), [0, 1]);
    // Nothing is written into the map, whose next version would lose it.
    assert!(!map.join("schedule.history.jsonl").exists());
    assert!(!map.join("..2").join("schedule.history.jsonl").exists());

    // A pod that only reads a published history serves the same bytes.
    let copy = Server::start(&arguments.each_ref().map(String::as_str));
    assert_eq!(copy.get(FEED).body, served.body);
}

#[test]
fn who_only_looks_writes_nothing() {
    let folder = Folder::with(&schedule("edit 0"));
    for command in ["check", "changes"] {
        let output = run(&[command, &folder.schedule()]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(!history(&folder).exists(), "{command} wrote a history");
    }
    assert_eq!(run(&["publish", &folder.schedule()]).status.code(), Some(0));
    let published = fs::read(history(&folder)).unwrap();
    assert_eq!(run(&["publish", &folder.schedule()]).status.code(), Some(0));
    assert_eq!(
        fs::read(history(&folder)).unwrap(),
        published,
        "twice is once"
    );
    let server = Server::of(&folder);
    assert!(server.get(FEED).text().contains("SEQUENCE:0\r\n"));
    assert_eq!(fs::read(history(&folder)).unwrap(), published);
}

#[test]
fn a_torn_line_of_a_person_is_not_the_programs_to_cut() {
    let folder = Folder::with(&schedule("edit 0"));
    assert_eq!(run(&["publish", &folder.schedule()]).status.code(), Some(0));
    let mut file = OpenOptions::new()
        .append(true)
        .open(history(&folder))
        .unwrap();
    file.write_all(b"a note, without a line break").unwrap();
    let before = fs::read(history(&folder)).unwrap();
    let server = Server::of(&folder);
    edit(&folder, &server, "edit 1");
    let after = fs::read(history(&folder)).unwrap();
    assert!(after.starts_with(&[&before[..], b"\n"].concat()));
    assert_eq!(revisions(&history(&folder), "one"), [0, 1]);
}

#[test]
fn a_history_that_stays_unwritable_is_told_once() {
    let folder = Folder::with(&schedule("edit 0"));
    fs::create_dir(history(&folder)).unwrap();
    let server = Server::of(&folder);
    let since = server.ready();
    // It is tried again after five seconds.
    std::thread::sleep(std::time::Duration::from_millis(5_600));
    assert_eq!(server.ready(), since);
    let log = server.log();
    for told in ["the schedule is served", "recorded as soon as it works"] {
        assert_eq!(log.matches(told).count(), 1, "{told}: {log}");
    }
    assert!(log.contains("recorded=0"), "{log}");
}
