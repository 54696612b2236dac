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

/// The paths of the pages of an exported site.
fn pages_below(site: &std::path::Path) -> Vec<String> {
    let mut pages = Vec::new();
    let mut folders = vec![site.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("index.html").exists() {
            let below = folder.strip_prefix(site).unwrap();
            let below = below.to_str().unwrap();
            let end = if below.is_empty() { "" } else { "/" };
            pages.push(format!("/{below}{end}"));
        }
        let entries = std::fs::read_dir(folder).unwrap();
        folders.extend(
            entries
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.is_dir()),
        );
    }
    pages
}

#[test]
fn a_preview_says_so_on_every_page_and_records_nothing() {
    let folder = Folder::with(&schedule("first"));
    assert!(run(&["publish", &folder.schedule()]).status.success());
    let history = || std::fs::read(folder.path("schedule.history.jsonl")).unwrap();
    let published = history();
    let preview = Preview::of(&folder);
    // Every page that there is, and one that there is not.
    let site = folder.path("site");
    let site = site.to_str().unwrap();
    let exported = run(&["export", site, "--schedule", &folder.schedule()]);
    assert!(exported.status.success());
    let mut paths = pages_below(std::path::Path::new(site));
    assert!(paths.len() > 20, "{paths:?}");
    paths.push("/no/such/page/".to_owned());
    std::fs::remove_dir_all(site).unwrap();
    assert_eq!(history(), published);
    for path in paths {
        let answer = preview.get(&path);
        // A static host has a page where a server has a redirect.
        if (300..400).contains(&answer.status) {
            continue;
        }
        let text = answer.text();
        let words = match path.get(..4) {
            Some("/en/") => "Preview: residents",
            Some("/uk/") => "Попередній перегляд: мешканці",
            _ => "Podgląd: mieszkańcy",
        };
        assert!(text.contains(words), "{path}: {text}");
    }
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
