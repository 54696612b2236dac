//! What the listeners answer, byte by byte where others rely on it.

use std::io::{BufRead, BufReader, PipeWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use flate2::read::GzDecoder;

use crate::http_client::{raw, request};
use crate::program::{Folder, Server, repository, run};

const FEED: &str = "/calendars/nowa-huta.ics";

#[test]
fn the_real_session_is_served_without_any_argument() {
    let server = Server::start(&[]);
    let feed = server.get(FEED);
    assert_eq!(feed.status, 200);
    let text = feed.text();
    for line in [
        "DTSTART;TZID=Europe/Warsaw:20260313T140000\r\n",
        "DTEND;TZID=Europe/Warsaw:20260313T180000\r\n",
        "UID:2026-03@3miejsce\r\n",
        "SEQUENCE:1\r\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_feed_has_the_headers_that_calendar_programs_need() {
    let server = Server::start(&[]);
    let feed = server.get(FEED);
    for (name, value) in [
        ("content-type", "text/calendar; charset=utf-8"),
        (
            "content-disposition",
            "inline; filename=\"3miejsce-nowa-huta.ics\"",
        ),
        ("access-control-allow-origin", "*"),
        ("content-encoding", ""),
        ("vary", "accept-encoding"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "cross-origin"),
        // No browser finds links or scripts in it.
        ("content-security-policy", ""),
        ("referrer-policy", ""),
        ("set-cookie", ""),
    ] {
        assert_eq!(feed.header(name), value, "{name}");
    }
    for xml in ["/calendars/all.atom", "/qr/all.svg", "/sitemap.xml"] {
        let xml = server.get(xml);
        assert!(
            xml.header("content-security-policy")
                .contains("default-src 'none'")
        );
        assert_eq!(xml.header("referrer-policy"), "no-referrer");
    }
    assert!(
        feed.header("access-control-expose-headers")
            .contains("ETag")
    );
    assert!(feed.header("cache-control").contains("stale-if-error="));
    assert!(
        feed.header("cache-control")
            .contains("stale-while-revalidate=")
    );
    assert!(feed.header("etag").starts_with('"'), "a strong tag");
    let one = server.get("/sessions/2026-03.ics");
    assert_eq!(
        one.header("content-disposition"),
        "attachment; filename=\"3miejsce-2026-03.ics\""
    );
}

#[test]
fn head_is_get_without_the_body() {
    let server = Server::start(&[]);
    let (get, head) = (server.get(FEED), server.request("HEAD", FEED, &[]));
    assert!(head.body.is_empty());
    assert_eq!(head.status, 200);
    for name in [
        "content-length",
        "content-type",
        "etag",
        "last-modified",
        "cache-control",
    ] {
        assert_eq!(get.header(name), head.header(name), "{name}");
    }
    assert_eq!(get.header("content-length"), get.body.len().to_string());
}

#[test]
fn who_holds_the_bytes_gets_304_with_the_same_stamps() {
    let server = Server::start(&[]);
    let feed = server.get(FEED);
    let (tag, date) = (feed.header("etag"), feed.header("last-modified"));
    let weak = format!("W/{tag}");
    let list = format!("\"other\", {weak}");
    for (name, value, status) in [
        ("If-None-Match", tag, 304),
        ("If-None-Match", &weak, 304),
        ("If-None-Match", &list, 304),
        ("If-None-Match", "*", 304),
        ("If-None-Match", "\"other\"", 200),
        ("If-Modified-Since", date, 304),
        ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", 200),
        ("If-Modified-Since", "Fri, 31 Dec 9999 23:59:59 GMT", 200),
        ("If-Modified-Since", "the other day", 200),
    ] {
        let answer = server.request("GET", FEED, &[(name, value)]);
        assert_eq!(answer.status, status, "{name}: {value}");
        assert_eq!(answer.header("etag"), tag, "{name}: {value}");
        assert_eq!(answer.header("last-modified"), date, "{name}: {value}");
        for kept in ["cache-control", "vary", "access-control-allow-origin"] {
            assert_eq!(answer.header(kept), feed.header(kept), "{name}: {value}");
        }
        assert_eq!(answer.body.is_empty(), status == 304);
    }
    let both = [("If-None-Match", "\"other\""), ("If-Modified-Since", date)];
    assert_eq!(
        server.request("GET", FEED, &both).status,
        200,
        "the tag goes before the date"
    );
}

#[test]
fn gzip_has_a_tag_of_its_own_and_comes_only_when_asked_for() {
    let server = Server::start(&[]);
    let plain = server.get(FEED);
    let zipped = server.request("GET", FEED, &[("Accept-Encoding", "deflate, gzip;q=0.8")]);
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert_eq!(zipped.header("vary"), "accept-encoding");
    assert_ne!(zipped.header("etag"), plain.header("etag"));
    let mut unzipped = Vec::new();
    GzDecoder::new(zipped.body.as_slice())
        .read_to_end(&mut unzipped)
        .unwrap();
    assert_eq!(unzipped, plain.body);
    for refused in ["gzip;q=0", "br", "identity", "*;q=0"] {
        let answer = server.request("GET", FEED, &[("Accept-Encoding", refused)]);
        assert_eq!(answer.header("content-encoding"), "", "{refused}");
        assert_eq!(answer.body, plain.body);
    }
    let tag = zipped.header("etag");
    let again = [("Accept-Encoding", "gzip"), ("If-None-Match", tag)];
    let again = server.request("GET", FEED, &again);
    assert_eq!((again.status, again.header("etag")), (304, tag));
}

#[test]
fn one_set_of_districts_has_one_feed_however_it_is_spelt() {
    let server = Server::start(&[]);
    let feed = server.get("/calendars/bienczyce,nowa-huta.ics");
    for spelling in [
        "/calendars/nowa-huta,bienczyce.ics",
        "/calendars/nowa-huta,bienczyce,nowa-huta.ics",
        "/calendars/XVIII,XVI.ics",
        "/calendars/xviii,dzielnica-xvi.ics",
        "/calendars/Nowa%20Huta,Bie%C5%84czyce.ics",
        "/calendars/NOWA%20HUTA,BIE%C5%83CZYCE.ics",
        "/calendars/nowa%20huta%2CBien%CC%81czyce.ics",
        "/calendar.ics?district=Nowa+Huta&district=bienczyce",
        "/calendar.ics?district=Bie%C5%84czyce&district=XVIII&district=",
    ] {
        let answer = server.get(spelling);
        assert_eq!(answer.status, 200, "{spelling}");
        assert_eq!(answer.body, feed.body, "{spelling}");
        assert_eq!(answer.header("etag"), feed.header("etag"), "{spelling}");
    }
    let by_query = server.get("/calendar.ics?district=XVIII");
    assert_eq!(by_query.header("content-location"), FEED);
    assert_eq!(
        server.get("/calendar.ics").body,
        server.get("/calendars/all.ics").body
    );
    assert_eq!(
        server.get("/en/calendar.json").body,
        server.get("/en/calendars/all.json").body
    );
}

#[test]
fn an_unknown_district_is_404_with_the_nearest_and_never_a_calendar() {
    let server = Server::start(&[]);
    for path in [
        "/calendars/nowa-hutta.ics",
        "/calendars/nowa-huta,nowa-hutta.ics",
        "/en/calendars/nowa-hutta.json",
        "/calendar.ics?district=nowa-hutta",
        "/embed/nowa-hutta/",
        "/districts/nowa-hutta/",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.text().contains("nowa-huta"),
            "{path}: {}",
            answer.text()
        );
        assert!(!answer.text().contains("BEGIN:VCALENDAR"), "{path}");
        assert!(
            !answer.header("content-type").contains("calendar"),
            "{path}"
        );
    }
    for path in [
        "/calendars/.ics",
        "/calendars/,.ics",
        "/calendars/all.xyz",
        "/nothing",
        "/%ff",
        "/en/nothing",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn other_spellings_of_a_page_lead_to_it() {
    let server = Server::start(&[]);
    for (path, location) in [
        ("/en", "/en/"),
        ("/pl/", "/"),
        ("/pl/places/", "/places/"),
        ("/places", "/places/"),
        ("/sessions/2026-03", "/sessions/2026-03/"),
        ("/districts/XVIII/", "/districts/nowa-huta/"),
        ("/districts/nowa-huta", "/districts/nowa-huta/"),
        ("/uk/embed/Nowa%20Huta", "/uk/embed/nowa-huta/"),
        ("/districts/all/", "/"),
    ] {
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("location")),
            (308, location),
            "{path}"
        );
    }
    let chosen = server.get("/en/districts/?district=XVIII&district=XVI");
    assert_eq!(
        (chosen.status, chosen.header("location")),
        (303, "/en/districts/bienczyce,nowa-huta/")
    );
}

#[test]
fn a_wrong_address_is_a_page_for_a_person_and_a_line_for_a_program() {
    let server = Server::start(&[]);
    let browser = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for path in [
        "/nothing",
        "/calendars/nowa-hutta.ics",
        "/calendar.ics?dzielnica=nowa-huta",
    ] {
        let page = server.request("GET", path, &browser);
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.text().contains("<h1>"), "{path}");
    }
    for path in ["/calendars/nowa-hutta.ics", "/calendars/nowa-hutta"] {
        let line = server.request("GET", path, &[("Accept", "*/*")]);
        assert_eq!(line.status, 404, "{path}");
        assert_eq!(line.header("content-type"), "text/plain; charset=utf-8");
        assert!(line.text().contains("nowa-huta"), "{path}");
    }
    let query = server.get("/calendar.ics?dzielnica=nowa-huta").text();
    assert!(query.contains("?district="), "{query}");
}

#[test]
fn oembed_answers_for_our_own_pages_only() {
    let server = Server::start(&["--public-url", "http://example.org"]);
    for (url, status) in [
        ("http://example.org/", 200),
        ("HTTP://EXAMPLE.ORG/", 200),
        ("https%3A%2F%2Fexample.org%2Fen%2Fdistricts%2FXVIII", 200),
        ("http://example.org.evil.com/", 404),
        ("http://example.org@evil.com/", 404),
        ("http://example.org:8080/", 404),
        ("http://example.org/calendars/all.ics", 404),
        ("example.org", 404),
    ] {
        let answer = server.get(&format!("/oembed?url={url}"));
        assert_eq!(answer.status, status, "{url}: {}", answer.text());
    }
}

#[test]
fn only_reading_is_allowed() {
    let server = Server::start(&[]);
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
        let answer = server.request(method, FEED, &[]);
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{method}");
    }
    let preflight = [
        ("Origin", "https://example.org"),
        ("Access-Control-Request-Method", "GET"),
    ];
    for asked in [
        "x-requested-with, content-type, traceparent",
        "authorization",
    ] {
        let mut preflight = preflight.to_vec();
        preflight.push(("Access-Control-Request-Headers", asked));
        let answer = server.request("OPTIONS", FEED, &preflight);
        assert_eq!(answer.header("access-control-allow-headers"), asked);
    }
    let answer = server.request("OPTIONS", FEED, &preflight);
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("GET")
    );
}

#[test]
fn what_is_no_request_is_refused_in_words() {
    let server = Server::start(&[]);
    let without_host = raw(
        server.public,
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(without_host.status, 400);
    // As HAProxy's plain check asks.
    assert_eq!(
        raw(server.public, b"OPTIONS / HTTP/1.0\r\n\r\n").status,
        204
    );
    assert_eq!(raw(server.public, b"GET / HTTP/1.0\r\n\r\n").status, 200);
    let long = format!(
        "GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
        "x".repeat(20_000)
    );
    assert_eq!(raw(server.public, long.as_bytes()).status, 431);
    assert_eq!(server.get(FEED).status, 200);
}

#[test]
fn a_request_decides_no_link() {
    let server = Server::start(&["--public-url", "https://calendar.example.org"]);
    let asked = b"GET /calendars/all.ics HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n";
    let text = raw(server.public, asked).text();
    assert!(!text.contains("evil"));
    assert!(text.contains("SOURCE;VALUE=URI:https://calendar.example.org/calendars/all.ics\r\n"));
}

#[test]
fn the_admin_listener_tells_the_operator_and_nobody_else() {
    let server = Server::example();
    assert!(server.ready().starts_with("ready"));
    let one = Server::start(&[]).ready();
    assert!(one.starts_with("ready: serving 1 session, "), "{one}");
    let metrics = crate::http_client::get(server.admin, "/metrics").text();
    assert!(metrics.contains("spotkajmy_"), "{metrics}");
    for path in ["/metrics", "/readyz"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.get("/healthz").text(), "ok\n");
}

#[test]
fn other_sites_may_embed_what_is_for_them() {
    let server = Server::example();
    for path in [
        "/calendars/all.json",
        "/calendars/all.atom",
        "/calendars/all.csv",
        "/calendars/ALL.ics",
        "/embed/all/",
        "/embed.js",
    ] {
        let answer = server.get(path);
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "cross-origin",
            "{path}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
    }
    assert_eq!(server.get("/").header("cross-origin-resource-policy"), "");
}

#[test]
fn the_admin_listener_is_only_read() {
    let server = Server::example();
    for path in ["/readyz", "/metrics", "/nowhere"] {
        let answer = request(server.admin, "POST", path, &[]);
        assert_eq!(answer.status, 405, "{path}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{path}");
    }
    assert_eq!(request(server.admin, "HEAD", "/readyz", &[]).status, 200);
    assert_eq!(request(server.admin, "OPTIONS", "/readyz", &[]).status, 204);
}

#[test]
fn metrics_are_prometheus_text_unless_open_metrics_are_asked_for() {
    let server = Server::example();
    let asked = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.3";
    for (accept, media_type, ends) in [
        ("*/*", "text/plain; version=0.0.4; charset=utf-8", false),
        (
            asked,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            true,
        ),
    ] {
        let answer = request(server.admin, "GET", "/metrics", &[("Accept", accept)]);
        assert_eq!(answer.header("content-type"), media_type);
        assert_eq!(
            answer.text().ends_with("# EOF\n"),
            ends,
            "{}",
            answer.text()
        );
    }
}

#[test]
fn what_is_not_sent_is_not_counted() {
    let server = Server::start(&[]);
    server.request("HEAD", FEED, &[]);
    let metrics = crate::http_client::get(server.admin, "/metrics").text();
    for line in [
        "spotkajmy_requests_total{kind=\"ics\",status=\"2xx\"} 1\n",
        "spotkajmy_response_body_bytes_total{kind=\"ics\"} 0\n",
    ] {
        assert!(metrics.contains(line), "{line} is not in {metrics}");
    }
}

#[test]
fn answers_are_logged_only_where_that_is_asked_for() {
    let log = |level| {
        let server = Server::start(&["--log-level", level]);
        server.request("GET", FEED, &[("user-agent", "mine Thunderbird/128.5")]);
        server.request("HEAD", FEED, &[]);
        server.get("/nowhere/");
        server.log()
    };
    assert!(!log("info").contains("answered"));
    let told = log("debug");
    for words in [
        "method=GET path=\"/calendars/nowa-huta.ics\" status=200 bytes=",
        "client=\"thunderbird\"",
        "method=HEAD path=\"/calendars/nowa-huta.ics\" status=200 bytes=",
        "path=\"/nowhere/\" status=404 bytes=",
    ] {
        assert!(told.contains(words), "{words} is not in {told}");
    }
    for nobody in ["127.0.0.1", "mine"] {
        assert!(!told.contains(nobody), "{nobody} is in {told}");
    }
}

#[test]
fn what_is_linked_exists() {
    let server = Server::example();
    let sitemap = server.get("/sitemap.xml").text();
    let pages: Vec<&str> = sitemap
        .split("<loc>")
        .skip(1)
        .map(|rest| rest.split("</loc>").next().unwrap())
        .collect();
    assert!(pages.len() > 20, "{sitemap}");
    let mut seen = std::collections::BTreeSet::new();
    for page in pages {
        let path = page.strip_prefix("http://localhost:8080").unwrap();
        let html = server.get(path).text();
        for attribute in ["href=\"", "src=\"", "action=\""] {
            for rest in html.split(attribute).skip(1) {
                let link = rest
                    .split('"')
                    .next()
                    .unwrap()
                    .replace("&amp;", "&")
                    .replace("&#38;", "&");
                let link = link
                    .strip_prefix("http://localhost:8080")
                    .unwrap_or(&link)
                    .to_owned();
                if link.starts_with('/') && seen.insert(link.clone()) {
                    let status = server.get(link.split('#').next().unwrap()).status;
                    assert!(
                        matches!(status, 200 | 303),
                        "{path} links to {link}: {status}"
                    );
                }
            }
        }
    }
    assert!(seen.len() > 50, "{seen:?}");
}

#[test]
fn serve_and_export_give_the_same_bytes_for_every_path() {
    let folder = tempfile::TempDir::new().unwrap();
    let site = folder.path().join("site");
    let done = run(&["export", site.to_str().unwrap()]);
    assert!(done.status.success(), "{done:?}");
    let server = Server::start(&[]);
    let (mut files, mut redirects) = (0, 0);
    let mut folders = vec![site.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&site).unwrap().to_str().unwrap();
            if name.starts_with('.') {
                continue;
            }
            let asked = format!("/{}", name.strip_suffix("index.html").unwrap_or(name));
            let mut answer = server.get(&asked);
            let bytes = std::fs::read(&path).unwrap();
            if matches!(answer.status, 303 | 308) {
                // A folder of files cannot redirect: its pages lead on, and
                // what programs fetch stands there whole.
                let location = answer.header("location").to_owned();
                let refresh = format!("content=\"0; url={location}\"");
                if String::from_utf8_lossy(&bytes).contains(&refresh) {
                    redirects += 1;
                    continue;
                }
                answer = server.get(&location);
            }
            assert_eq!(answer.status, 200, "{asked}");
            assert_eq!(answer.body, bytes, "{asked}");
            files += 1;
        }
    }
    assert!(files > 300, "{files} files");
    assert!(redirects > 9, "{redirects} pages that lead on");
}

/// Where this fails, the embedded events were rendered anew: publish them with
/// `cargo run -- publish data/schedule.yaml`.
#[test]
fn the_embedded_history_knows_the_embedded_schedule() {
    let folder = tempfile::TempDir::new().unwrap();
    let copy = |name: &str| {
        let to = folder.path().join(name);
        std::fs::copy(repository(&format!("data/{name}")), &to).unwrap();
        to
    };
    let (schedule, history) = (copy("schedule.yaml"), copy("schedule.history.jsonl"));
    let before = std::fs::read(&history).unwrap();
    assert!(
        run(&["publish", schedule.to_str().unwrap()])
            .status
            .success()
    );
    assert!(
        std::fs::read(&history).unwrap() == before,
        "a record is missing"
    );
}

/// Starts the program as systemd does: with `socket` as its file 3.
fn handed(socket: &TcpListener) -> Child {
    let script =
        "exec 3<&0 </dev/null; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" serve --admin-listen off";
    Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_spotkajmy")])
        .stdin(OwnedFd::from(socket.try_clone().unwrap()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_restart_with_a_socket_handed_over_refuses_nobody() {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let mut programs = vec![handed(&socket)];
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let client = scope.spawn(|| {
            let mut answers = 0;
            while !done.load(Ordering::Relaxed) {
                // It panics where it is refused or cut off.
                assert_eq!(crate::http_client::get(address, FEED).status, 200);
                answers += 1;
            }
            answers
        });
        for _ in 0..3 {
            let mut old = programs.pop().unwrap();
            let mut line = String::new();
            let mut stdout = BufReader::new(old.stdout.take().unwrap());
            stdout.read_line(&mut line).unwrap();
            std::thread::sleep(Duration::from_millis(100));
            let id = old.id().to_string();
            assert!(Command::new("kill").arg(&id).status().unwrap().success());
            assert_eq!(old.wait().unwrap().code(), Some(0));
            programs.push(handed(&socket));
        }
        std::thread::sleep(Duration::from_millis(300));
        done.store(true, Ordering::Relaxed);
        assert!(client.join().unwrap() > 20);
    });
    for mut program in programs {
        program.kill().unwrap();
        program.wait().unwrap();
    }
}

#[test]
fn a_service_manager_hears_when_it_is_ready_and_when_it_stops() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    manager
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let heard = || {
        let mut bytes = [0; 256];
        let length = manager.recv(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    };
    let mut program = crate::program::command(&["serve", "--listen", "127.0.0.1:0"])
        .args(["--admin-listen", "off"])
        .env("NOTIFY_SOCKET", &path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    assert!(heard().contains("READY=1"));
    let id = program.id().to_string();
    assert!(Command::new("kill").arg(&id).status().unwrap().success());
    assert!(heard().contains("STOPPING=1"));
    assert_eq!(program.wait().unwrap().code(), Some(0));
}

/// Standard output and standard error are pipes that nobody reads, or that
/// nobody can: edits are served all the same, and a stop is a stop.
#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    let schedule = |title: &str| {
        format!(
            "calendar: {{id: example, title: {title}, language: en, timezone: Europe/Warsaw, \
             window: 14:00-18:00}}\nsessions: []\n"
        )
    };
    for stalled in [true, false] {
        let folder = Folder::with(&schedule("first"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let (reader, writer) = std::io::pipe().unwrap();
        let mut reader = Some(reader);
        if stalled {
            // As much as a pipe takes.
            fill(&writer);
        } else {
            reader = None;
        }
        let listen = address.to_string();
        let arguments = ["serve", "--listen", &listen, "--admin-listen", "off"];
        let mut program = crate::program::command(&arguments)
            .args(["--log-level", "debug", "--schedule", &folder.schedule()])
            .stdin(Stdio::null())
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .spawn()
            .unwrap();
        crate::program::wait(|| TcpStream::connect(address).ok());
        // More lines than wait to be written.
        for edit in 0..3 {
            folder.write("not: [a schedule\n");
            for _ in 0..500 {
                assert_eq!(crate::http_client::get(address, "/").status, 200);
            }
            let title = format!("edit {edit}");
            folder.write(&schedule(&title));
            crate::program::wait(|| {
                let feed = crate::http_client::get(address, "/calendars/all.ics").text();
                feed.contains(&title).then_some(())
            });
        }
        let start = Instant::now();
        let id = program.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
        assert_eq!(
            program.wait().unwrap().code(),
            Some(0),
            "stalled: {stalled}"
        );
        assert!(start.elapsed() < Duration::from_secs(5));
        drop(reader);
    }
}

/// Writes until the pipe has no more room.
fn fill(writer: &PipeWriter) {
    let mut filler = Command::new("sh")
        .args(["-c", "exec head -c 1000000 /dev/zero"])
        .stdout(writer.try_clone().unwrap())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert!(filler.try_wait().unwrap().is_none(), "the pipe is full");
    filler.kill().unwrap();
    filler.wait().unwrap();
}

#[test]
fn who_asks_for_a_hundred_pictures_keeps_no_calendar_waiting() {
    let pictures = 100;
    let sessions: Vec<String> = (0..pictures)
        .map(|day| {
            let date = NaiveDate::from_ymd_opt(2090, 1, 1).unwrap() + chrono::Days::new(day);
            format!("  - {{id: s{day}, date: {date}, venue: cafe}}\n")
        })
        .collect();
    let folder = Folder::with(&format!(
        "calendar: {{id: example, title: Przykład, timezone: Europe/Warsaw, window: 14:00-18:00, language: pl}}\n\
         districts: [{{id: gorna, name: Górna}}]\n\
         venues: [{{id: cafe, name: Kawiarnia Przykład, district: gorna}}]\n\
         sessions:\n{}",
        sessions.concat()
    ));
    let server = Server::of(&folder);
    let askers: Vec<TcpStream> = (0..pictures)
        .map(|day| {
            let mut asker = TcpStream::connect(server.public).unwrap();
            write!(
                asker,
                "GET /pictures/s{day}.png HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            .unwrap();
            asker
        })
        .collect();
    for path in ["/calendars/gorna.ics", "/calendars/all.json", "/embed/all/"] {
        let start = Instant::now();
        assert_eq!(server.get(path).status, 200);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(1), "{path}: {took:?}");
    }
    // Every picture comes in its turn.
    let mut first = &askers[0];
    first
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let mut head = [0; 15];
    first.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 200 OK");
}

#[test]
fn where_urgent_news_is_posted_stands_beside_the_subscribe_menu_in_each_language() {
    let folder = Folder::with(
        "calendar:\n  {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, \
         channels: [{name: {pl: Kanał, en: Channel, uk: Канал}, url: 'https://example.org/news'}]}\n\
         districts: [{id: alfa, name: Alfa}]\n\
         venues: [{id: cafe, name: Café, district: alfa}]\n\
         sessions: [{id: one, date: 2090-03-10, venue: cafe}]\n",
    );
    let server = Server::of(&folder);
    for (language, words, name) in [
        ("", "Pilne wiadomości podajemy też tutaj", "Kanał"),
        ("/en", "Urgent news is also posted here", "Channel"),
        ("/uk", "Термінові новини публікуємо також тут", "Канал"),
    ] {
        for page in ["/", "/districts/alfa/", "/sessions/one/"] {
            let html = server.get(&format!("{language}{page}")).text();
            let menu = html
                .split_once("id=\"feed\"")
                .expect("the subscribe menu")
                .1;
            let link = format!("href=\"https://example.org/news\" rel=\"external\">{name}</a>");
            assert!(
                menu.contains(words) && menu.contains(&link),
                "{language}{page}"
            );
        }
    }
}
