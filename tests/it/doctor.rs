//! What `doctor` says of good and of broken deployments, and its exit codes.
#![allow(
    clippy::unwrap_used,
    reason = "what helpers of tests cannot do fails the test"
)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine;

use crate::program::{Server, command, repository};

/// What `doctor` said, and its exit code.
struct Said {
    code: Option<i32>,
    lines: Vec<String>,
}

impl Said {
    fn of(command: &mut Command) -> Said {
        let output = command
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let text = String::from_utf8(output.stdout).expect("reports are UTF-8");
        Said {
            code: output.status.code(),
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// The lines that begin with `mark`.
    fn marked(&self, mark: &str) -> Vec<&str> {
        let own = |line: &&str| line.split(' ').next() == Some(mark);
        self.lines.iter().map(String::as_str).filter(own).collect()
    }

    /// Fails unless one line with `mark` has each of `words`.
    fn expect(&self, mark: &str, words: &[&str]) {
        let marked = self.marked(mark);
        let found = marked
            .iter()
            .any(|line| words.iter().all(|word| line.contains(word)));
        assert!(found, "no {mark} with {words:?} in {:#?}", self.lines);
    }
}

fn doctor(arguments: &[&str]) -> Said {
    Said::of(&mut command(&[&["doctor"], arguments].concat()))
}

/// An address on which nobody listens now.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// The example, served at a port that was free a moment ago and named so.
fn deployment() -> (Server, String) {
    let address = free_address();
    let url = format!("http://{address}");
    let server = Server::start_at(
        address,
        &[
            "--schedule",
            repository("data/example.yaml").to_str().unwrap(),
            "--history",
            "/dev/null/none",
            "--public-url",
            &url,
        ],
    );
    (server, url)
}

#[test]
fn a_good_deployment_is_healthy_from_its_root_and_from_a_feed() {
    let (server, url) = deployment();
    for asked in [
        url.clone(),
        format!("{url}/"),
        format!("{url}/en/calendars/all.ics"),
        format!("webcal://{}/calendars/all.ics", server.public),
        // The default language has no prefix: it leads there.
        format!("{url}/pl/calendars/all.ics"),
        format!("{url}/calendars/gorna,dolna.ics"),
    ] {
        let said = doctor(&[&asked]);
        assert_eq!(said.code, Some(0), "{asked}: {:#?}", said.lines);
        assert!(
            said.marked("fault").is_empty() && said.marked("warning").is_empty(),
            "{:#?}",
            said.lines
        );
        assert!(said.marked("ok").len() >= 13, "{:#?}", said.lines);
        assert_eq!(said.lines.last().unwrap(), "All is well.");
        said.expect(
            "ok",
            &[&format!("names the address where it was found: {url}.")],
        );
    }
    let polish = doctor(&["--language", "pl", &url]);
    assert_eq!(polish.lines.last().unwrap(), "Wszystko w porządku.");
}

#[test]
fn a_wrong_public_url_is_a_fault_and_says_which_is_right() {
    let server = Server::start(&["--public-url", "https://calendar.example.org"]);
    let url = format!("http://{}", server.public);
    let said = doctor(&[&url]);
    assert_eq!(said.code, Some(1));
    assert_eq!(said.marked("fault").len(), 1, "{:#?}", said.lines);
    said.expect(
        "fault",
        &[
            "https://calendar.example.org",
            &format!("--public-url {url}."),
        ],
    );
    let polish = doctor(&["--language", "pl", &url]);
    polish.expect("usterka", &[&format!("--public-url {url}.")]);
}

#[test]
fn a_district_is_no_site() {
    let (_server, url) = deployment();
    let said = doctor(&[&format!("{url}/calendars/atlantis.ics")]);
    assert_eq!(said.code, Some(1));
    said.expect("fault", &["There is no feed", "404"]);
}

#[test]
fn where_nothing_listens_it_is_unreachable() {
    let said = doctor(&[&format!("http://{}", free_address())]);
    assert_eq!(said.code, Some(2));
    said.expect("fault", &["does not answer", "refused"]);
    let said = doctor(&["http://no-such-host.invalid"]);
    assert_eq!(said.code, Some(2), "{:#?}", said.lines);
}

#[test]
fn what_is_no_address_is_wrong_usage() {
    for text in ["ftp://example.org", "", "two words"] {
        let said = doctor(&[text]);
        assert_eq!(said.code, Some(2), "{text}");
        assert!(said.lines.is_empty(), "{:?}", said.lines);
    }
}

#[test]
fn who_accepts_and_says_nothing_that_is_http_is_named() {
    let stub = Stub::start(|_| b"SSH-2.0-OpenSSH_9.9\r\n".to_vec());
    let said = doctor(&[&stub.url()]);
    assert_eq!(said.code, Some(1), "{:#?}", said.lines);
    said.expect("fault", &["does not answer", "HTTP"]);
    let stub = Stub::start(|_| Vec::new());
    let said = doctor(&[&stub.url()]);
    assert_eq!(said.code, Some(2), "{:#?}", said.lines);
    said.expect("fault", &["does not answer", "closed"]);
}

#[test]
fn https_without_tls_is_named() {
    let stub = Stub::start(|_| b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".to_vec());
    let said = doctor(&[&stub.url().replace("http:", "https:")]);
    assert_eq!(said.code, Some(1), "{:#?}", said.lines);
    said.expect("fault", &["does not answer", "corrupt message"]);
}

/// A calendar as an old static host would serve it.
const FEED: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n";

#[test]
fn a_broken_deployment_hears_of_every_fault() {
    let stub = Stub::start(|asked| {
        let headers = "Date: Sun, 06 Mar 2016 09:00:00 GMT\r\nSet-Cookie: session=1\r\n\
             Content-Type: text/calendar\r\n\
             ETag: \"same\"\r\nLast-Modified: Fri, 06 Mar 2099 09:00:00 GMT\r\n";
        match asked.path.as_str() {
            "/robots.txt" => answer("200 OK", "", b"User-agent: *\nDisallow: /calendars/\n"),
            _ if asked.method == "HEAD" => answer("405 Method Not Allowed", "", b""),
            _ if asked.headers.contains_key("if-none-match") => answer("304 Not Modified", "", b""),
            _ if asked.headers.contains_key("if-modified-since") => {
                answer("200 OK", headers, FEED.as_bytes())
            }
            _ if asked.header("user-agent").contains("Google") => answer("403 Forbidden", "", b""),
            "/" => answer(
                "200 OK",
                "",
                b"<footer><a href=\"/accessibility/\">x</a></footer>",
            ),
            "/accessibility/" => answer("404 Not Found", "", b""),
            _ => answer("200 OK", headers, FEED.as_bytes()),
        }
    });
    let said = doctor(&[&stub.url()]);
    assert_eq!(said.code, Some(1));
    for words in [
        &["clock", "-"][..],
        &["robots.txt forbids *"],
        &["Content-Type is text/calendar:", "charset=utf-8"],
        &["Access-Control-Allow-Origin is —"],
        &["cookie", "session"],
        &["line 1,", "CRLF"],
        &["HEAD", "405"],
        &["Google", "403"],
        &["If-None-Match", "304 freezes"],
        &["If-Modified-Since", "200 (it must be 304)"],
        &["district that does not exist is answered with 200"],
        &["link to the declaration of accessibility", "404"],
    ] {
        said.expect("fault", words);
    }
    let faults = said.marked("fault").len();
    assert_eq!(
        said.lines.last().unwrap(),
        &format!("Faults: {faults}, warnings: 0.")
    );
}

#[test]
fn walls_before_the_feed_are_named() {
    for (status, headers, body, words) in [
        (
            "401 Unauthorized",
            "WWW-Authenticate: Basic\r\n",
            "",
            &["login", "401"][..],
        ),
        (
            "200 OK",
            "Content-Type: text/html\r\n",
            "<html>",
            &["another page", "200"],
        ),
        ("502 Bad Gateway", "", "", &["an error", "502"]),
    ] {
        let stub = Stub::start(move |_| answer(status, headers, body.as_bytes()));
        let said = doctor(&[&stub.url()]);
        assert_eq!(said.code, Some(1), "{status}");
        said.expect("fault", words);
    }
}

#[test]
fn redirects_without_end_are_given_up() {
    let stub = Stub::start(|asked| {
        let location = format!("Location: {}x\r\n", asked.path);
        answer("302 Found", &location, b"")
    });
    let said = doctor(&[&stub.url()]);
    assert_eq!(said.code, Some(1));
    said.expect("fault", &["redirect (302)", "xxxxxx"]);
}

#[test]
fn an_endless_feed_is_cut() {
    let stub = Stub::start(|asked| match asked.path.as_str() {
        "/calendars/all.ics" if asked.headers.len() <= 2 => {
            let mut bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\n".to_vec();
            bytes.resize(17 << 20, b'x');
            bytes
        }
        _ => answer("404 Not Found", "", b""),
    });
    let said = doctor(&[&stub.url()]);
    assert_eq!(said.code, Some(1));
    said.expect("fault", &["longer than 16 MiB"]);
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_named_and_looked_behind() {
    let authority = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    for is_ca in [rcgen::IsCa::NoCa, authority] {
        let (stub, _) = Stub::start_tls(
            |asked| asked.is_ca = is_ca,
            |_| answer("404 Not Found", "", b""),
        );
        // The roots that it was built with are enough.
        let mut command = command(&["doctor", &stub.url()]);
        let said = Said::of(command.env("SSL_CERT_FILE", "/dev/null/none"));
        assert_eq!(said.code, Some(1), "{:#?}", said.lines);
        said.expect("fault", &["certificate of localhost", "fullchain.pem"]);
        said.expect("fault", &["no feed", "404"]);
    }
}

/// An authority of the operator's own is named as for every other program.
#[test]
fn certificates_of_ssl_cert_file_are_trusted() {
    let day_ago = SystemTime::now() - Duration::from_secs(86_400);
    let from_now = |days: u64| SystemTime::now() + Duration::from_secs(days * 86_400 + 43_200);
    for (until, mark, words) in [
        (from_now(90), "ok", "is valid; whole days left: 90"),
        (from_now(3), "warning", "expires soon; whole days left: 3"),
        (day_ago, "fault", "certificate expired"),
    ] {
        let (stub, pem) = Stub::start_tls(
            |asked| asked.not_after = until.into(),
            |_| answer("404 Not Found", "", b""),
        );
        let folder = tempfile::tempdir().unwrap();
        let roots = folder.path().join("roots.pem");
        std::fs::write(&roots, pem).unwrap();
        let mut command = command(&["doctor", &stub.url()]);
        let said = Said::of(command.env("SSL_CERT_FILE", roots));
        said.expect(mark, &["certificate of localhost", words]);
    }
}

#[test]
fn a_public_body_hears_what_its_declaration_lacks() {
    let stub = Stub::start(|asked| {
        let headers = "Content-Type: text/html\r\n";
        match asked.path.as_str() {
            "/" => answer(
                "200 OK",
                headers,
                b"<footer><a href=a11y>Dost\xc4\x99pno\xc5\x9b\xc4\x87</a>",
            ),
            "/a11y" => answer(
                "200 OK",
                headers,
                b"<p id=a11y-wstep><time id=a11y-data-publikacja datetime=2026-03-06>",
            ),
            _ => answer("200 OK", "Content-Type: text/calendar\r\n", FEED.as_bytes()),
        }
    });
    let said = doctor(&[&stub.url()]);
    said.expect(
        "fault",
        &["lacks: a11y-podmiot, a11y-url, a11y-data-aktualizacja, a11y-status,"],
    );
}

/// Monitoring reads codes, which stay when the words change.
#[test]
fn programs_are_told_in_json() {
    let (_server, url) = deployment();
    let said = doctor(&["--format", "json", "--language", "pl", &url]);
    let report: serde_json::Value = serde_json::from_str(&said.lines.concat()).unwrap();
    assert_eq!((said.code, said.lines.len()), (Some(0), 1));
    assert_eq!(report["faults"], 0);
    let findings = report["findings"].as_array().unwrap();
    let cookie = findings.iter().find(|it| it["code"] == "no-cookie");
    assert_eq!(cookie.unwrap()["message"], "Nie ma ciasteczek.");
    // The example's declaration of accessibility is whole.
    assert!(!findings.iter().any(|it| it["code"] == "no-declaration"));
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// What a stub was asked.
struct Asked {
    method: String,
    path: String,
    headers: HashMap<String, String>,
}

impl Asked {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A server that answers whatever a test wants, a request a connection.
struct Stub {
    scheme: &'static str,
    address: SocketAddr,
}

impl Stub {
    fn start(answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Stub {
        Stub::serve("http", move |stream| {
            exchange(stream, &answer);
        })
    }

    /// Over TLS, with a certificate that vouches for itself; its PEM too.
    fn start_tls(
        change: impl FnOnce(&mut rcgen::CertificateParams),
        answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static,
    ) -> (Stub, String) {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut asked = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        asked.not_before = (SystemTime::now() - Duration::from_secs(90 * 86_400)).into();
        change(&mut asked);
        let certificate = asked.self_signed(&key).unwrap();
        let base64 = base64::prelude::BASE64_STANDARD.encode(certificate.der());
        let pem = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n");
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        let config = Arc::new(config);
        let stub = Stub::serve("https", move |stream| {
            let session = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut stream = rustls::StreamOwned::new(session, stream);
            exchange(&mut stream, &answer);
            stream.conn.send_close_notify();
            let _ = stream.flush();
        });
        (stub, pem)
    }

    fn serve(
        scheme: &'static str,
        answer: impl Fn(std::net::TcpStream) + Send + Sync + 'static,
    ) -> Stub {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream);
            }
        });
        Stub { scheme, address }
    }

    fn url(&self) -> String {
        match self.scheme {
            "https" => format!("https://localhost:{}", self.address.port()),
            scheme => format!("{scheme}://{}", self.address),
        }
    }
}

/// Reads one request, as far as it is one, and answers it.
fn exchange(mut stream: impl Read + Write, answer: &impl Fn(&Asked) -> Vec<u8>) {
    let mut lines = BufReader::new(&mut stream).lines();
    // What is no request, such as the beginning of TLS, is answered too.
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    let mut words = first.split(' ').map(str::to_owned);
    let mut asked = Asked {
        method: words.next().unwrap_or_default(),
        path: words.next().unwrap_or_default(),
        headers: HashMap::new(),
    };
    if first.ends_with("HTTP/1.1") {
        for line in lines
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
        {
            if let Some((name, value)) = line.split_once(": ") {
                asked.headers.insert(name.to_lowercase(), value.to_owned());
            }
        }
    } else {
        drop(lines);
    }
    let _ = stream.write_all(&answer(&asked));
    let _ = stream.flush();
}
