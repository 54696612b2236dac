//! `--notify` and `--hub`: what a sink is sent, whatever it answers and
//! whenever the program dies. `tests/notify/run` does the same with real
//! programs and at every step.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::http_client;
use crate::program::{Folder, Server, command, run, wait};

const SCHEDULE: &str = "
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}
districts: [{id: alfa, name: Alfa}, {id: beta, name: Beta}, {id: gamma, name: Gamma}]
venues: [{id: cafe, name: Example café, district: alfa}]
sessions:
  - {id: a, date: 2090-03-10, venue: cafe}
  - {id: b, date: 2090-04-14, venue: cafe}
";

fn moved() -> String {
    SCHEDULE.replace("2090-03-10", "2090-03-17")
}

/// A request that a sink got.
struct Posted {
    head: String,
    body: String,
    at: Instant,
}

impl Posted {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(it, _)| it.eq_ignore_ascii_case(name))
            .unwrap_or_else(|| panic!("{name}: {}", self.head))
            .1
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A sink that gives `answers` one after another and then 204; an empty answer
/// is none at all.
fn sink(answers: &'static [&'static str]) -> (String, Receiver<Posted>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook?key=secret", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut answers: VecDeque<&str> = answers.iter().copied().collect();
        for connection in listener.incoming() {
            let answer = answers.pop_front().unwrap_or("204 No Content");
            let sender = sender.clone();
            thread::spawn(move || serve(connection.unwrap(), answer, &sender));
        }
    });
    (address, receiver)
}

fn serve(mut connection: TcpStream, answer: &str, sender: &Sender<Posted>) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4_096];
    let posted = loop {
        let length = connection.read(&mut buffer).unwrap_or(0);
        if length == 0 {
            return;
        }
        bytes.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let named = name.eq_ignore_ascii_case("content-length");
            named.then(|| value.parse::<usize>().unwrap())
        });
        if body.len() == length.unwrap_or(0) {
            break Posted {
                head: head.to_owned(),
                body: body.to_owned(),
                at: Instant::now(),
            };
        }
    };
    let _ = sender.send(posted);
    if answer.is_empty() {
        thread::sleep(Duration::from_secs(60));
    }
    let _ = write!(connection, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n");
}

fn next(sink: &Receiver<Posted>) -> Posted {
    sink.recv_timeout(Duration::from_secs(20))
        .expect("the sink is posted to")
}

fn serving(folder: &Folder, sinks: &[&str], more: &[&str]) -> Server {
    let schedule = folder.schedule();
    let mut arguments = vec!["--schedule", &schedule];
    for sink in sinks {
        arguments.extend(["--notify", sink]);
    }
    Server::start(&[&arguments, more].concat())
}

#[test]
fn a_change_is_posted_and_tried_again_under_one_id() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&["500 Broken", "302 Elsewhere\r\nLocation: /elsewhere"]);
    let server = serving(&folder, &[&address], &["--notify-after", "0s"]);
    folder.write(&moved());
    let first = next(&posts);
    assert!(
        first.head.starts_with("POST /hook?key=secret HTTP/1.1\r\n"),
        "{}",
        first.head
    );
    assert_eq!(first.header("content-type"), "application/json");
    let json = first.json();
    let change = &json["data"]["changes"][0];
    assert_eq!(
        (&change["id"], &change["kind"]),
        (&"a".into(), &"moved".into())
    );
    assert!(change["text"]["pl"].as_str().unwrap().contains("17 marca"));
    assert!(json["body"].as_str().unwrap().contains("17 marca"));

    // It says where it stands, and not the secret in the address.
    let readiness = wait(|| Some(server.ready()).filter(|it| it.contains("notices to")));
    assert!(
        readiness.contains("it answered 500") && readiness.contains("1 waiting"),
        "{readiness}"
    );
    assert!(!readiness.contains("secret"), "{readiness}");

    let second = next(&posts);
    assert_eq!(second.header("webhook-id"), first.header("webhook-id"));
    assert_eq!(second.body, first.body);
    assert!(second.at - first.at > Duration::from_secs(3));

    // A restart in the middle: the redirect was no success either.
    drop(server);
    let server = serving(&folder, &[&address], &["--notify-after", "0s"]);
    let third = next(&posts);
    assert_eq!(third.header("webhook-id"), first.header("webhook-id"));
    let metrics = wait(|| {
        let metrics = http_client::get(server.admin, "/metrics").text();
        let delivered = |line: &str| {
            line.starts_with("spotkajmy_notices_delivered_total{") && line.ends_with(" 1")
        };
        Some(metrics).filter(|it| it.lines().any(delivered))
    });
    assert!(
        metrics.contains("spotkajmy_notices_delivered_total{sink="),
        "{metrics}"
    );

    // Delivered once: the next start sends nothing, the next change does.
    drop(server);
    let _server = serving(&folder, &[&address], &["--notify-after", "0s"]);
    assert!(posts.recv_timeout(Duration::from_secs(2)).is_err());
    folder.write(&moved().replace("14, venue", "14, status: cancelled, venue"));
    let fourth = next(&posts);
    assert_ne!(fourth.header("webhook-id"), first.header("webhook-id"));
    assert_eq!(fourth.json()["data"]["changes"][0]["kind"], "cancelled");
}

#[test]
fn a_sink_that_hangs_delays_neither_another_nor_an_edit() {
    let folder = Folder::with(SCHEDULE);
    let (hanging, hung) = sink(&["", "", "", ""]);
    let (address, posts) = sink(&[]);
    let server = serving(&folder, &[&hanging, &address], &["--notify-after", "0s"]);
    folder.write(&moved());
    next(&hung);
    next(&posts);
    folder.write(&moved().replace("14, venue", "14, status: cancelled, venue"));
    let edited = Instant::now();
    while !server
        .get("/calendars/all.ics")
        .text()
        .contains("CANCELLED")
    {
        assert!(
            edited.elapsed() < Duration::from_secs(1),
            "an edit waits for a sink"
        );
    }
    assert_eq!(
        next(&posts).json()["data"]["changes"][0]["kind"],
        "cancelled"
    );
}

#[test]
fn publish_waits_until_a_change_has_stood_and_delivers_it() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&[]);
    let (hub, pings) = sink(&[]);
    let schedule = folder.schedule();
    let publish = || {
        let arguments = ["--notify", &address, "--notify-after", "1s", "--hub", &hub];
        let done = run(&[&["publish", &schedule], &arguments[..]].concat());
        assert_eq!(done.status.code(), Some(0), "{done:?}");
    };
    publish();
    assert!(
        posts.try_recv().is_err(),
        "a calendar that begins is no change"
    );
    folder.write(&moved());
    publish();
    assert_eq!(
        posts.try_recv().unwrap().json()["data"]["changes"][0]["id"],
        "a"
    );
    let pinged: Vec<Posted> = pings.try_iter().collect();
    for ping in &pinged {
        assert_eq!(
            ping.header("content-type"),
            "application/x-www-form-urlencoded"
        );
        let (url, topic) = ping.body.split_once("&hub.topic=").unwrap();
        assert_eq!(url, format!("hub.mode=publish&hub.url={topic}"));
    }
    let pinged = |feed| pinged.iter().any(|ping| ping.body.ends_with(feed));
    assert!(pinged("calendars%2Falfa.atom") && pinged("calendars%2Fall.atom"));
    publish();
    assert!(posts.try_recv().is_err());
    assert!(pings.try_recv().is_err());
}

#[test]
fn atom_feeds_name_the_hub_and_an_export_tells_it_what_changed() {
    let folder = Folder::with(SCHEDULE);
    let (hub, pings) = sink(&[]);
    let (schedule, site) = (folder.schedule(), folder.path("site"));
    let site = site.to_str().unwrap();
    let export = || {
        let done = run(&["export", site, "--schedule", &schedule, "--hub", &hub]);
        assert_eq!(done.status.code(), Some(0), "{done:?}");
    };
    export();
    let atom = std::fs::read_to_string(format!("{site}/calendars/all.atom")).unwrap();
    assert!(
        atom.contains(&format!("<link rel=\"hub\" href=\"{hub}\"/>")),
        "{atom}"
    );
    assert!(pings.try_iter().count() > 0);
    export();
    assert!(pings.try_recv().is_err(), "nothing changed");
    folder.write(&moved());
    export();
    assert!(pings.try_iter().any(|ping| ping.body.contains("alfa.atom")));
}

#[test]
fn an_export_stands_whatever_its_hub_says_and_the_next_one_tells_it() {
    let folder = Folder::with(SCHEDULE);
    let (hub, pings) = sink(&["503 Busy"]);
    let (schedule, site) = (folder.schedule(), folder.path("site"));
    let site = site.to_str().unwrap();
    let export = |more: &[&str]| {
        let done = run(&[&["export", site, "--schedule", &schedule], more].concat());
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        let told: Vec<Posted> = pings.try_iter().collect();
        (told.len(), String::from_utf8(done.stderr).unwrap())
    };
    assert_eq!(export(&[]).0, 0);
    folder.write(&moved());
    let (told, said) = export(&["--hub", &hub]);
    assert!(told == 1 && said.contains("it answered 503"), "{said}");
    let feed = std::fs::read_to_string(format!("{site}/calendars/alfa.atom")).unwrap();
    assert!(feed.contains("17 marca"), "{feed}");
    let (told, said) = export(&["--hub", &hub]);
    assert!(told > 1 && !said.contains("hub"), "{told} {said}");
    assert_eq!(export(&["--hub", &hub]).0, 0, "it knows");
}

#[test]
fn a_key_that_signs_nothing_and_a_wrong_duration_are_refused() {
    let folder = Folder::with(SCHEDULE);
    let schedule = folder.schedule();
    for (arguments, words) in [
        (
            &["--notify", "ftp://example.org"][..],
            "begins with https://",
        ),
        (
            &["--notify", "http://127.0.0.1:1/", "--notify-after", "5x"],
            "90s, 5m or 1h",
        ),
        (&["--hub", "nowhere"], "--hub"),
    ] {
        let refused = run(&[&["publish", &schedule], arguments].concat());
        assert_eq!(refused.status.code(), Some(2));
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(said.contains(words), "{said}");
    }
    let mut command = command(&["publish", &schedule, "--notify", "http://127.0.0.1:1/"]);
    let refused = command
        .env("SPOTKAJMY_NOTIFY_SECRET", "not base64!")
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        !folder.path("schedule.history.jsonl").exists(),
        "a refused command recorded"
    );
}

#[test]
fn a_hub_that_hangs_keeps_no_notice_back() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&[]);
    let (hub, pings) = sink(&["", "", ""]);
    let more = ["--notify-after", "0s", "--hub", &hub];
    let server = serving(&folder, &[&address], &more);
    let feed = server.get("/calendars/Alfa.atom");
    let links =
        format!("<{hub}>; rel=\"hub\", <http://localhost:8080/calendars/alfa.atom>; rel=\"self\"");
    assert_eq!(feed.header("link"), links);
    // What nobody tells the hub of names none.
    let several = server.get("/calendars/alfa,beta.atom");
    assert!(several.text().contains("<feed") && !several.text().contains("rel=\"hub\""));
    assert!(several.headers.iter().all(|(name, _)| name != "link"));
    folder.write(&moved());
    next(&pings);
    next(&posts);
    folder.write(&moved().replace("14, venue", "14, status: cancelled, venue"));
    let edited = Instant::now();
    next(&posts);
    assert!(edited.elapsed() < Duration::from_secs(5));
    wait(|| server.ready().contains("hub: no answer").then_some(()));
}

#[test]
fn two_sinks_of_one_host_are_told_apart_and_one_named_twice_is_told_once() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&["500 Broken"]);
    let other = address.replace("/hook", "/other");
    let named = address.replace("http://", "http://officer:a%20b@");
    let sinks = [&*address, &address, &other, &named];
    let server = serving(&folder, &sinks, &["--notify-after", "0s"]);
    folder.write(&moved());
    let mut posted = [next(&posts), next(&posts), next(&posts)];
    assert!(posts.recv_timeout(Duration::from_secs(2)).is_err());
    posted.sort_by_key(|post| post.head.contains("authorization"));
    assert!(!posted[1].head.contains("authorization"));
    assert_eq!(posted[2].header("authorization"), "Basic b2ZmaWNlcjphIGI=");
    let metrics = http_client::get(server.admin, "/metrics").text();
    let count = |name: &str| metrics.matches(&format!("{name}{{")).count();
    assert_eq!(count("spotkajmy_notices_delivered_total"), 3, "{metrics}");
    let waiting = metrics
        .lines()
        .filter(|line| line.starts_with("spotkajmy_notices_waiting{"));
    assert_eq!(waiting.filter(|line| line.ends_with(" 1")).count(), 1);
    // The success of the others does not hide it.
    assert!(server.ready().contains("it answered 500"));
}

#[test]
fn what_waits_is_counted_while_a_sink_is_left_alone() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&["500 Broken", "500 Broken"]);
    let server = serving(&folder, &[&address], &["--notify-after", "0s"]);
    folder.write(&moved());
    next(&posts);
    next(&posts);
    // Now it is left alone for a quarter of a minute.
    folder.write(&moved().replace("14, venue", "14, status: cancelled, venue"));
    wait(|| server.ready().contains("; 2 waiting").then_some(()));
}

/// A notice that was cut at `at`, as the file has it.
fn cut(id: &str, at: DateTime<Utc>, over: &str) -> String {
    serde_json::json!({"notice": {
        "id": id, "at": at, "until": {}, "over": over, "body": "{}",
    }})
    .to_string()
}

#[test]
fn a_notice_is_given_up_after_three_days_and_not_sent_once_it_is_over() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&["500 Broken"]);
    let digest = Sha256::digest(&address);
    let key = digest[..8].iter().map(|byte| format!("{byte:02x}"));
    let now = Utc::now();
    let lines = [
        serde_json::json!({"since": {"at": now}}).to_string(),
        serde_json::json!({"sink": {"key": key.collect::<String>()}}).to_string(),
        cut(
            "msg_over",
            now - TimeDelta::hours(1),
            "2026-01-01T00:00:00Z",
        ),
        cut(
            "msg_old",
            now - TimeDelta::hours(73),
            "2090-01-01T00:00:00Z",
        ),
        cut(
            "msg_new",
            now - TimeDelta::hours(71),
            "2090-01-01T00:00:00Z",
        ),
        String::new(),
    ];
    std::fs::write(folder.path("schedule.notices.jsonl"), lines.join("\n")).unwrap();
    let server = serving(&folder, &[&address], &[]);
    assert_eq!(next(&posts).header("webhook-id"), "msg_old");
    assert_eq!(next(&posts).header("webhook-id"), "msg_new");
    wait(|| server.ready().contains(": 2 given up").then_some(()));
    // A restart does not hide it.
    drop(server);
    let server = serving(&folder, &[&address], &[]);
    wait(|| server.ready().contains(": 2 given up").then_some(()));
    let metrics = http_client::get(server.admin, "/metrics").text();
    let count =
        |line: &str| line.starts_with("spotkajmy_notices_given_up_total{") && line.ends_with(" 2");
    assert!(metrics.lines().any(count), "{metrics}");
}

#[test]
fn a_history_that_cannot_be_read_keeps_nothing_from_being_served() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&[]);
    // Not even root reads a folder.
    let history = folder.path("schedule.history.jsonl");
    std::fs::create_dir(&history).unwrap();
    let server = serving(&folder, &[&address], &["--notify-after", "0s"]);
    folder.write(&moved());
    server.wait_for("/calendars/all.ics", |feed| {
        feed.text().contains("20900317")
    });
    // What has no record may still get another instant.
    assert!(posts.recv_timeout(Duration::from_secs(2)).is_err());
    std::fs::remove_dir(&history).unwrap();
    folder.write(&moved().replace("14, venue", "14, status: cancelled, venue"));
    next(&posts);
}

#[test]
fn a_file_that_cannot_be_written_sends_nothing_says_so_and_is_tried_again() {
    let folder = Folder::with(SCHEDULE);
    let (address, posts) = sink(&[]);
    let notices = folder.path("schedule.notices.jsonl");
    std::fs::create_dir(&notices).unwrap();
    let server = serving(&folder, &[&address], &["--notify-after", "0s"]);
    folder.write(&moved());
    wait(|| server.ready().contains("notices: ").then_some(()));
    assert!(posts.recv_timeout(Duration::from_secs(2)).is_err());
    std::fs::remove_dir(&notices).unwrap();
    assert_eq!(next(&posts).json()["data"]["changes"][0]["id"], "a");
    assert!(!server.ready().contains("notices: "));
}
