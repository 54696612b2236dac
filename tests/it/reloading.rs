//! The schedule is edited under a running server.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::program::{Folder, Server};

/// A schedule with one session on a date far ahead.
fn schedule(title: &str) -> String {
    format!(
        "calendar: {{id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: en}}\n\
         districts:\n  - {{id: east, name: East}}\n  - {{id: west, name: West}}\n\
         venues:\n  - {{id: cafe, name: Example café, district: east}}\n\
         sessions:\n  - {{id: one, date: 2031-03-14, venue: cafe, title: \"{title}\"}}\n"
    )
}

#[test]
fn an_edit_is_served_without_a_restart_and_a_bad_one_changes_nothing() {
    let folder = Folder::with(&schedule("first"));
    let server = Server::of(&folder);
    let first = server.get("/calendars/all.ics");
    assert!(first.text().contains("SUMMARY:first\r\n"));

    folder.write("calendar: {id: example\nsessions: [\n");
    crate::program::wait(|| Some(server.ready()).filter(|ready| ready.contains("not served")));
    assert!(
        server.ready().contains("schedule.yaml:"),
        "{}",
        server.ready()
    );
    assert_eq!(server.get("/calendars/all.ics").body, first.body);

    folder.write(&schedule("second"));
    let second = server.wait_for("/calendars/all.ics", |it| {
        it.text().contains("SUMMARY:second\r\n")
    });
    assert!(second.text().contains("SEQUENCE:1\r\n"));
    assert!(!server.ready().contains("not served"));

    std::fs::remove_file(folder.path("schedule.yaml")).unwrap();
    crate::program::wait(|| Some(server.ready()).filter(|ready| ready.contains("not served")));
    assert_eq!(server.get("/calendars/all.ics").body, second.body);
}

#[test]
fn an_edit_that_would_lose_an_address_is_not_served_and_a_start_serves_the_last_good_one() {
    let folder = Folder::with(&schedule("first"));
    let server = Server::of(&folder);
    let first = server.get("/calendars/west.ics");
    let without = schedule("second").replace("  - {id: west, name: West}\n", "");
    folder.write(&without);
    let ready = crate::program::wait(|| {
        Some(server.ready()).filter(|ready| ready.contains("aliases: [west]"))
    });
    assert!(ready.contains("not served"), "{ready}");
    assert_eq!(server.get("/calendars/west.ics").body, first.body);
    server.stop();
    let restarted = Server::of(&folder);
    assert_eq!(restarted.get("/calendars/west.ics").body, first.body);
    assert!(restarted.ready().contains("aliases: [west]"));

    // As another district's alias it is answered.
    let kept = without.replace("name: East}", "name: East, aliases: [west]}");
    folder.write(&kept);
    restarted.wait_for("/calendars/all.ics", |it| {
        it.text().contains("SUMMARY:second\r\n")
    });
}

#[test]
fn sighup_reads_the_schedule_again() {
    let folder = Folder::with(&schedule("first"));
    let server = Server::of(&folder);
    folder.write(&schedule("second"));
    server.signal("HUP");
    server.wait_for("/calendars/all.ics", |it| {
        it.text().contains("SUMMARY:second\r\n")
    });
}

/// As `git pull` brings them to each of several copies.
#[test]
fn a_history_that_arrives_before_its_schedule_makes_no_change_of_its_own() {
    let elsewhere = Folder::with(&schedule("first"));
    let publish = || crate::program::run(&["publish", &elsewhere.schedule()]);
    assert!(publish().status.success());
    let copy = Folder::with(&schedule("first"));
    let history = |folder: &Folder| std::fs::read(folder.path("schedule.history.jsonl")).unwrap();
    let bring_history =
        || std::fs::write(copy.path("schedule.history.jsonl"), history(&elsewhere)).unwrap();
    bring_history();
    let server = Server::of(&copy);

    elsewhere.write(&schedule("second"));
    assert!(publish().status.success());
    bring_history();
    // Three looks at the files: the history alone is seen.
    std::thread::sleep(std::time::Duration::from_millis(800));
    copy.write(&schedule("second"));
    server.wait_for("/calendars/all.ics", |it| {
        it.text().contains("SUMMARY:second\r\n")
    });
    assert_eq!(history(&copy), history(&elsewhere));
}

#[test]
fn under_fifty_edits_every_answer_is_whole_and_its_tag_is_its_bodys() {
    let folder = Folder::with(&schedule("edit 0"));
    let server = Server::of(&folder);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut bodies: BTreeMap<String, Vec<u8>> = BTreeMap::new();
                    let mut asked = 0;
                    while !done.load(Ordering::Relaxed) {
                        let answer = server.get("/calendars/east.ics");
                        assert_eq!(answer.status, 200);
                        let text = answer.text();
                        assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
                        assert_eq!(text.matches("SUMMARY:edit").count(), 1, "{text}");
                        let known = bodies
                            .entry(answer.header("etag").to_owned())
                            .or_insert_with(|| answer.body.clone());
                        assert_eq!(*known, answer.body, "one tag, two bodies");
                        asked += 1;
                    }
                    (bodies, asked)
                })
            })
            .collect();
        for edit in 1..=50 {
            folder.write(&schedule(&format!("edit {edit}")));
            server.signal("HUP");
            server.wait_for("/calendars/east.ics", |it| {
                it.text().contains(&format!("SUMMARY:edit {edit}\r\n"))
            });
        }
        done.store(true, Ordering::Relaxed);
        let mut tags: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for reader in readers {
            let (bodies, asked) = reader.join().unwrap();
            assert!(asked > 50, "{asked} answers are no load");
            for (tag, body) in bodies {
                assert_eq!(*tags.entry(tag).or_insert_with(|| body.clone()), body);
            }
        }
        assert!(tags.len() > 25, "{} states were seen", tags.len());
    });
}

#[test]
fn a_start_with_a_bad_schedule_serves_the_last_good_one() {
    let folder = Folder::with(&schedule("first"));
    let server = Server::of(&folder);
    let first = server.get("/calendars/all.ics").body;
    assert_eq!(server.stop(), Some(0));

    folder.write("calendar: {id: example\nsessions: [\n");
    let server = Server::of(&folder);
    assert_eq!(server.get("/calendars/all.ics").body, first);
    let ready = server.ready();
    assert!(
        ready.contains("not served") && ready.contains("schedule.yaml:"),
        "{ready}"
    );
    folder.write(&schedule("second"));
    server.wait_for("/calendars/all.ics", |it| {
        it.text().contains("SUMMARY:second\r\n")
    });
    assert!(server.log().contains("the last good one is"));

    // Another command still refuses the file, and so does a server that has
    // nothing good to serve.
    folder.write("calendar: {id: example\nsessions: [\n");
    let refused = |arguments: &[&str]| crate::program::run(arguments).status.code();
    assert_eq!(refused(&["publish", &folder.schedule()]), Some(1));
    std::fs::remove_file(folder.path("schedule.history.last-good")).unwrap();
    let ports = ["--listen", "127.0.0.1:0", "--admin-listen", "off"];
    let schedule = ["--schedule", &folder.schedule()];
    assert_eq!(
        refused(&[&["serve"], &ports[..], &schedule].concat()),
        Some(1)
    );
}
