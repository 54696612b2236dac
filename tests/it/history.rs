//! The history under running servers: killed, side by side, unwritable.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use spotkajmy::parts::history::History;

use crate::program::{Folder, Server, run, wait};

/// A schedule of one session with a note.
fn schedule(note: u32) -> String {
    format!(
        "calendar: {{id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: en}}\n\
         districts:\n  - {{id: east, name: East}}\n\
         venues:\n  - {{id: cafe, name: Example café, district: east}}\n\
         sessions:\n  - {{id: one, date: 2031-03-14, venue: cafe, title: \"note {note}\"}}\n"
    )
}

/// The note and the revision that a feed tells.
fn told(feed: &str) -> (u32, u32) {
    let after = |start: &str| {
        let line = feed.lines().find_map(|line| line.strip_prefix(start));
        line.and_then(|value| value.parse().ok())
            .unwrap_or_else(|| panic!("no {start} in {feed}"))
    };
    (after("SUMMARY:note "), after("SEQUENCE:"))
}

fn recorded(folder: &Folder) -> String {
    fs::read_to_string(folder.path("schedule.history.jsonl")).unwrap()
}

#[test]
fn what_was_published_by_ci_is_what_a_server_serves() {
    let folder = Folder::with(&schedule(1));
    for note in [1, 2] {
        folder.write(&schedule(note));
        let output = run(&["publish", &folder.schedule()]);
        assert!(output.status.success());
        let report = String::from_utf8(output.stdout).unwrap();
        assert!(
            report.contains(["added", "reworded"][note as usize - 1]),
            "{report}"
        );
    }
    let history = recorded(&folder);
    let again = run(&["changes", &folder.schedule()]);
    let said = String::from_utf8(again.stdout).unwrap();
    assert!(
        said.contains("\n\nNothing changes for subscribers.\n"),
        "{said}"
    );
    let server = Server::of(&folder);
    assert_eq!(told(&server.get("/calendars/all.ics").text()), (2, 1));
    assert_eq!(recorded(&folder), history);
}

#[test]
fn two_servers_on_one_history_serve_the_same_bytes() {
    let folder = Folder::with(&schedule(0));
    let servers = std::thread::scope(|scope| {
        [0, 1]
            .map(|_| scope.spawn(|| Server::of(&folder)))
            .map(|it| it.join().unwrap())
    });
    for edit in 1..=10 {
        folder.write(&schedule(edit));
        let [one, other] = [0, 1].map(|it: usize| {
            servers[it].wait_for("/calendars/all.ics", |it| told(&it.text()).0 == edit)
        });
        assert_eq!(told(&one.text()), (edit, edit), "an edit was counted twice");
        assert_eq!(one.body, other.body);
        assert_eq!(one.header("last-modified"), other.header("last-modified"));
        assert_eq!(one.header("etag"), other.header("etag"));
    }
    let history = recorded(&folder);
    // Each publication is a line of the calendar and one of the session.
    assert_eq!(history.lines().count(), 2 * (1 + 10), "{history}");
    assert_eq!(History::read(history.as_bytes()).unreadable(), []);
}

#[test]
fn a_history_that_cannot_be_written_is_no_reason_to_wait() {
    let folder = Folder::with(&schedule(1));
    let history = folder.path("not-there-yet/history.jsonl");
    let arguments = [
        "--schedule",
        &folder.schedule(),
        "--history",
        history.to_str().unwrap(),
    ];
    let server = Server::start(&arguments);
    folder.write(&schedule(2));
    let served = server.wait_for("/calendars/all.ics", |it| told(&it.text()) == (2, 1));
    assert!(
        server.ready().contains("cannot open the history"),
        "{}",
        server.ready()
    );

    fs::create_dir(history.parent().unwrap()).unwrap();
    wait(|| Some(()).filter(|()| !server.ready().contains("cannot open the history")));
    assert_eq!(server.get("/calendars/all.ics").body, served.body);
    drop(server);
    let server = Server::start(&arguments);
    assert_eq!(server.get("/calendars/all.ics").body, served.body);
}

/// `SPOTKAJMY_KILLS=200` for as many kills as one likes.
#[test]
fn kill_9_while_editing_loses_no_revision_that_anyone_was_served() {
    let kills = std::env::var("SPOTKAJMY_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok());
    let folder = Folder::with(&schedule(0));
    let served: Mutex<BTreeMap<u32, String>> = Mutex::default();
    let mut history = String::new();
    // Moments that are spread over the time from an edit to its being served.
    let mut moment = 1_u64;
    for edit in 1..=kills.unwrap_or(12) {
        let server = Server::of(&folder);
        let longer = recorded(&folder);
        assert!(longer.starts_with(&history), "the history was rewritten");
        history = longer;
        remember(&served, &server.get("/calendars/all.ics").text());

        let killed = AtomicBool::new(false);
        let address = server.public;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !killed.load(Ordering::Relaxed) {
                    if let Some(feed) = fetch(address) {
                        remember(&served, &feed);
                    }
                }
            });
            folder.write(&schedule(edit));
            moment = moment
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            std::thread::sleep(Duration::from_millis((moment >> 33) % 600));
            drop(server);
            killed.store(true, Ordering::Relaxed);
        });
    }
    let served = served.into_inner().unwrap();
    assert!(
        served.len() > 2,
        "only {} revisions were served",
        served.len()
    );
}

/// The feed, from a server that may be killed while it answers.
fn fetch(address: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let request = b"GET /calendars/all.ics HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    stream.write_all(request).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.ends_with("END:VCALENDAR\r\n").then_some(answer)
}

/// Whoever was served a revision was served the same as everybody else, and
/// nobody an older one after it.
fn remember(served: &Mutex<BTreeMap<u32, String>>, feed: &str) {
    let event = feed.split("BEGIN:VEVENT").nth(1).unwrap().to_owned();
    let (_, revision) = told(feed);
    let mut served = served.lock().unwrap();
    if let Some((newest, _)) = served.last_key_value() {
        assert!(revision >= *newest, "revision {newest} was lost");
    }
    let known = served.entry(revision).or_insert_with(|| event.clone());
    assert_eq!(*known, event, "one revision, two events");
}

/// The schedule and a history of another calendar's beside it.
fn with_the_history_of_another() -> Folder {
    let folder = Folder::with(&schedule(1));
    assert!(run(&["publish", &folder.schedule()]).status.success());
    folder.write(&schedule(1).replace("id: example,", "id: another,"));
    folder
}

#[test]
fn a_history_of_another_calendar_is_refused_by_every_command() {
    let folder = with_the_history_of_another();
    let history = recorded(&folder);
    let file = folder.schedule();
    let site = folder.path("site");
    let site = site.to_str().unwrap();
    for arguments in [
        &["check", &file][..],
        &["changes", &file],
        &["publish", &file],
        &["publish", &file, "--above", "9"],
        &["announce", &file],
        &["export", site, "--schedule", &file],
        &[
            "serve",
            "--schedule",
            &file,
            "--listen",
            "127.0.0.1:0",
            "--admin-listen",
            "off",
        ],
    ] {
        let output = run(arguments);
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8_lossy(&told).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(
            told.contains("put \"id: example\" back"),
            "{arguments:?}: {told}"
        );
        assert_eq!(recorded(&folder), history, "{arguments:?}");
    }
    assert!(!folder.path("site").exists());
    let output = run(&["check", &file, "--language", "pl", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let problem = &report["problems"][0];
    assert_eq!(problem["line"], 1);
    let help = problem["help"].as_str().unwrap();
    assert!(help.contains("przywróć „id: example”"), "{help}");
}

#[test]
fn check_changes_and_publish_tell_the_same_warnings() {
    let folder = Folder::with(&schedule(1));
    let file = folder.schedule();
    assert!(run(&["publish", &file]).status.success());
    let whole = schedule(1);
    let (head, _) = whole.split_once("sessions:").unwrap();
    folder.write(&format!("{head}sessions: []\n"));
    let warnings = |command: &str| {
        let output = run(&[command, &file, "--language", "pl", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let warnings = report["warnings"].as_array().unwrap().clone();
        let told = |it: &serde_json::Value| it["code"] != "no-declaration";
        warnings.into_iter().filter(told).collect::<Vec<_>>()
    };
    let checked = warnings("check");
    assert_eq!(checked[0]["code"], "vanished", "{checked:?}");
    assert!(checked[0]["line"].is_u64() && checked[0]["session"].is_string());
    let message = checked[0]["message"].as_str().unwrap();
    assert!(message.contains("nie ma już w harmonogramie"), "{message}");
    assert_eq!(warnings("changes"), checked);
    assert_eq!(warnings("publish"), checked);
}

#[test]
fn an_id_edited_under_a_running_server_is_a_bad_edit() {
    let folder = Folder::with(&schedule(1));
    let server = Server::of(&folder);
    let served = server.get("/calendars/all.ics").body;
    folder.write(&schedule(2).replace("id: example,", "id: another,"));
    wait(|| {
        server
            .ready()
            .contains("put \"id: example\" back")
            .then_some(())
    });
    assert_eq!(server.get("/calendars/all.ics").body, served);
    folder.write(&schedule(2));
    server.wait_for("/calendars/all.ics", |it| told(&it.text()) == (2, 1));
}

#[test]
fn two_servers_with_addresses_of_their_own_do_not_answer_each_other() {
    let folder = Folder::with(&schedule(0));
    let file = folder.schedule();
    let servers = ["https://a.example.org", "https://b.example.org"]
        .map(|url| Server::start(&["--schedule", &file, "--public-url", url]));
    // The second address is a new one; then nothing but edits counts.
    for (edit, revision) in [(1, 2), (2, 3), (3, 4)] {
        folder.write(&schedule(edit));
        for server in &servers {
            server.wait_for("/calendars/all.ics", |it| told(&it.text()).0 == edit);
        }
        // Each has seen by now what the other wrote, and would have answered.
        std::thread::sleep(Duration::from_secs(3));
        for server in &servers {
            let feed = server.get("/calendars/all.ics");
            assert_eq!(told(&feed.text()), (edit, revision));
        }
    }
}

#[test]
fn a_lost_history_is_said_and_can_be_made_good() {
    let folder = Folder::with(&schedule(0));
    for note in 1..=4 {
        folder.write(&schedule(note));
        assert!(run(&["publish", &folder.schedule()]).status.success());
    }
    fs::remove_file(folder.path("schedule.history.jsonl")).unwrap();
    let check = run(&["check", &folder.schedule()]);
    assert!(check.status.success());
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(said.contains("there is no history yet"), "{said}");
    let changes = run(&["changes", &folder.schedule()]);
    let said = String::from_utf8_lossy(&changes.stdout).into_owned();
    assert!(said.contains("there is no history yet"), "{said}");

    let output = run(&["publish", &folder.schedule(), "--above", "3"]);
    assert!(output.status.success(), "{output:?}");
    let server = Server::of(&folder);
    assert_eq!(told(&server.get("/calendars/all.ics").text()), (4, 4));
}

#[test]
fn an_export_into_its_earlier_folder_notices_what_the_history_has_lost() {
    let folder = Folder::with(&schedule(0));
    let (file, site) = (folder.schedule(), folder.path("site"));
    let export = || {
        let output = run(&["export", site.to_str().unwrap(), "--schedule", &file]);
        assert!(output.status.success(), "{output:?}");
        let feed = fs::read_to_string(site.join("calendars/all.ics")).unwrap();
        (told(&feed), String::from_utf8(output.stderr).unwrap())
    };
    for note in 0..=3 {
        folder.write(&schedule(note));
        let (feed, said) = export();
        assert_eq!(feed, (note, note));
        assert!(!said.contains("earlier export"), "{said}");
    }
    fs::remove_file(folder.path("schedule.history.jsonl")).unwrap();
    let (feed, said) = export();
    assert_eq!(feed, (3, 4));
    assert!(said.contains("revisions up to 3"), "{said}");
    let (feed, said) = export();
    assert_eq!(feed, (3, 4));
    assert!(!said.contains("earlier export"), "{said}");
}
