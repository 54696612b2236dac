//! `preview`: what would be served, for whoever edits the schedule.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Stdio};

use crate::http_client::{self, Answer};
use crate::program::{Folder, command, run, wait};

fn schedule(title: &str) -> String {
    format!(
        "calendar: {{id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: pl}}\n\
         districts: [{{id: east, name: East}}]\n\
         venues: [{{id: cafe, name: Example, district: east}}]\n\
         sessions: [{{id: one, date: 2031-03-14, venue: cafe, title: \"{title}\"}}]\n"
    )
}

/// A running `preview`, killed with the test.
struct Preview {
    child: Child,
    address: SocketAddr,
}

impl Preview {
    fn of(folder: &Folder) -> Preview {
        let mut child = command(&["preview", &folder.schedule(), "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), folder.schedule());
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("listening on http://").unwrap();
        Preview {
            child,
            address: address.parse().unwrap(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        http_client::get(self.address, path)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_preview_says_so_on_every_page_and_records_nothing() {
    let folder = Folder::with(&schedule("first"));
    assert!(run(&["publish", &folder.schedule()]).status.success());
    let history = || std::fs::read(folder.path("schedule.history.jsonl")).unwrap();
    let published = history();
    let preview = Preview::of(&folder);
    for path in [
        "/",
        "/districts/east/",
        "/sessions/one/",
        "/places/",
        "/places/cafe/",
        "/organisations/",
        "/poster/east/",
        "/posters/one/",
        "/embed/east/",
        "/no/such/page/",
    ] {
        let text = preview.get(path).text();
        assert!(text.contains("Podgląd: mieszkańcy"), "{path}: {text}");
    }
    assert!(preview.get("/en/").text().contains("Preview: residents"));
    assert_eq!(preview.get("/").header("cache-control"), "no-store");

    // However often it is saved meanwhile, it would be one change.
    for title in ["second", "third"] {
        folder.write(&schedule(title));
        let wanted = format!("SUMMARY:{title}\r\n");
        let feed = wait(|| {
            let feed = preview.get("/calendars/east.ics").text();
            feed.contains(&wanted).then_some(feed)
        });
        assert!(feed.contains("SEQUENCE:1\r\n"), "{feed}");
    }
    assert_eq!(history(), published);
    let mut names: Vec<_> = std::fs::read_dir(folder.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["schedule.history.jsonl", "schedule.yaml"]);
}

#[test]
fn a_preview_is_for_this_machine_alone_and_needs_a_good_schedule() {
    let folder = Folder::with("calendar: {id: example\n");
    let preview = |listen| {
        run(&["preview", &folder.schedule(), "--listen", listen])
            .status
            .code()
    };
    assert_eq!(preview("0.0.0.0:0"), Some(2));
    assert_eq!(preview("127.0.0.1:0"), Some(1));
    assert_eq!(run(&["preview", "/no/such/file"]).status.code(), Some(2));
}
