//! What came on a connection -> the request, where it is an ordinary one.
//!
//! Nearly all that is ever asked here is one GET without a body, whole in one
//! packet. Such a request is read where it lies, and answered with bytes that
//! lie ready: for a third of the instructions of a general HTTP library. What
//! is out of the ordinary in any way is not looked at twice: hyper reads it
//! from its first byte, with all that HTTP asks for. So nothing here need be
//! lenient, and nothing may be: what is taken has one meaning only.

use std::mem::MaybeUninit;

use httparse::{Header, Status};
use hyper::Method;

use super::request::{Headers, Request};

/// A longer request is out of the ordinary, in bytes.
pub(super) const LONGEST: usize = 4_096;

/// So is one with more headers.
pub(super) const MOST_HEADERS: usize = 32;

/// An ordinary request.
pub(super) struct Ordinary<'a> {
    pub request: Request<'a>,
    /// The client closes the connection after the answer.
    pub last: bool,
}

/// The ordinary request that `bytes` are, from first to last. `room` is where
/// its headers are noted.
pub(super) fn ordinary<'a>(
    bytes: &'a [u8],
    room: &'a mut [MaybeUninit<Header<'a>>],
) -> Option<Ordinary<'a>> {
    let mut parsed = httparse::Request::new(&mut []);
    match parsed.parse_with_uninit_headers(bytes, room) {
        Ok(Status::Complete(length)) if length == bytes.len() => {}
        _ => return None,
    }
    let method = match parsed.method? {
        "GET" => &Method::GET,
        "HEAD" => &Method::HEAD,
        _ => return None,
    };
    let target = parsed.path?;
    if parsed.version != Some(1) || !target.starts_with('/') || !target.bytes().all(is_plain) {
        return None;
    }
    let (path, query) = match memchr::memchr(b'?', target.as_bytes()) {
        Some(mark) => (&target[..mark], &target[mark + 1..]),
        None => (target, ""),
    };
    let lines: &[Header<'_>] = parsed.headers;
    let mut host = false;
    let mut connection = None;
    for line in lines {
        match Meaning::of(line.name) {
            Meaning::Host if !host => host = true,
            Meaning::Connection if connection.is_none() => connection = Some(line.value),
            Meaning::Other => {}
            _ => return None,
        }
    }
    let last = match connection {
        None => false,
        Some(value) if value.eq_ignore_ascii_case(b"keep-alive") => false,
        Some(value) if value.eq_ignore_ascii_case(b"close") => true,
        Some(_) => return None,
    };
    host.then_some(Ordinary {
        request: Request {
            method,
            path,
            query,
            headers: Headers::Lines(lines),
        },
        last,
    })
}

/// What a header has to say about the request itself.
enum Meaning {
    /// It must be there once (RFC 9112, 3.2).
    Host,
    Connection,
    /// There is a body, or more than a request and an answer is wanted.
    Unusual,
    /// It only says what the client would like.
    Other,
}

impl Meaning {
    fn of(name: &str) -> Meaning {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        match name.len() {
            4 if is("host") => Meaning::Host,
            6 if is("expect") => Meaning::Unusual,
            7 if is("upgrade") => Meaning::Unusual,
            10 if is("connection") => Meaning::Connection,
            14 if is("content-length") => Meaning::Unusual,
            17 if is("transfer-encoding") => Meaning::Unusual,
            _ => Meaning::Other,
        }
    }
}

/// The bytes that a target is made of where nothing in it is strange.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~%?=&,+:;@!$'()*".contains(&byte)
}

#[cfg(test)]
mod tests {
    use hyper::Uri;
    use hyper::header::{CONNECTION, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING, UPGRADE};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::refusal::refusal;
    use super::*;

    /// What is made of a request: the method, path, query and whether it is
    /// the last.
    fn read(bytes: &[u8]) -> Option<(String, bool)> {
        let mut room = [const { MaybeUninit::uninit() }; MOST_HEADERS];
        let found = ordinary(bytes, &mut room)?;
        let Request {
            method,
            path,
            query,
            headers,
        } = found.request;
        assert!(matches!(headers, Headers::Lines(_)));
        Some((format!("{method} {path} {query}"), found.last))
    }

    #[test]
    fn what_calendar_programs_ask_is_ordinary() {
        fn check(bytes: &str, expected: &str, last: bool) {
            let found = read(bytes.as_bytes());
            assert_eq!(found, Some((expected.to_owned(), last)), "{bytes:?}");
        }
        check("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / ", false);
        check(
            "HEAD /calendars/a,b.ics?x=%C5%82 HTTP/1.1\r\nAccept: */*\r\nhost: a\r\n\
             If-None-Match: \"x\"\r\nConnection: Keep-Alive\r\n\r\n",
            "HEAD /calendars/a,b.ics x=%C5%82",
            false,
        );
        check(
            "GET /a HTTP/1.1\r\nHOST: a\r\nconnection: close\r\n\r\n",
            "GET /a ",
            true,
        );
    }

    #[test]
    fn what_is_out_of_the_ordinary_is_left_alone() {
        for bytes in [
            "",
            "GET / HTTP/1.1\r\nHost: a\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
            "get / HTTP/1.1\r\nHost: a\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /# HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /\u{142} HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\ncontent-length: 5\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close, te\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
        ] {
            assert_eq!(read(bytes.as_bytes()), None, "{bytes:?}");
        }
        let many = "X: y\r\n".repeat(MOST_HEADERS);
        let bytes = format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n");
        assert_eq!(read(bytes.as_bytes()), None);
    }

    /// Requests put together of what is right and what is nearly right.
    fn requests() -> impl Strategy<Value = Vec<u8>> {
        let start = ["GET ", "HEAD ", "POST ", "GET  ", "\r\nGET ", "get "];
        let version = [" HTTP/1.1\r\n", " HTTP/1.0\r\n", " HTTP/1.1\n", "\r\n"];
        let line = prop_oneof![
            Just("Host: a\r\n".to_owned()),
            "(host|Connection|connection|Content-Length|Transfer-Encoding|Expect|Upgrade|TE|x)\
             [ \t]?:[ \t]?(close|keep-alive|chunked|0|[ -~\u{e9}]{0,6})[ \t]?\r?\n",
        ];
        let end = ["\r\n", "\n", "", "\r\n\r\n", "\r\nGET / HTTP/1.1\r\n\r\n"];
        (
            select(start.to_vec()),
            "/?[!-~\u{142}]{0,8}(\\?[ -~]{0,4})?",
            select(version.to_vec()),
            vec(line, 0..4),
            select(end.to_vec()),
        )
            .prop_map(|(start, target, version, lines, end)| {
                let head = lines.concat();
                format!("{start}{target}{version}Host: a\r\n{head}{end}").into_bytes()
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// What is ordinary means the same to the parsers that hyper uses,
        /// and nothing that it would refuse is ordinary.
        #[test]
        fn what_is_ordinary_means_the_same_to_hyper(bytes in requests()) {
            let mut room = [const { MaybeUninit::uninit() }; MOST_HEADERS];
            let Some(Ordinary { request, last }) = ordinary(&bytes, &mut room) else {
                return Ok(());
            };
            let text = str::from_utf8(&bytes).unwrap().trim_start();
            let mut words = text.split(' ');
            prop_assert_eq!(words.next(), Some(request.method.as_str()));
            let uri: Uri = words.next().unwrap().parse().unwrap();
            prop_assert_eq!(uri.path(), request.path);
            prop_assert_eq!(uri.query().unwrap_or_default(), request.query);
            prop_assert!(text.ends_with("\n\n") || text.ends_with("\r\n"));
            let map = request.headers.to_map();
            prop_assert!(refusal(&map).is_none());
            for unusual in [CONTENT_LENGTH, TRANSFER_ENCODING, UPGRADE, EXPECT] {
                prop_assert!(!map.contains_key(unusual));
            }
            prop_assert_eq!(last, map.get(CONNECTION).is_some_and(|it| it.as_bytes().eq_ignore_ascii_case(b"close")));
        }
    }
}
