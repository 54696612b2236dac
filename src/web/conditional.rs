//! What a client holds and understands -> whether it needs the bytes again,
//! and in which form (RFC 9110, 12.5.3 and 13).

use hyper::header::{self, HeaderMap, HeaderValue};

/// Whether the client holds these very bytes. If-None-Match goes before
/// If-Modified-Since (RFC 9110, 13.2.2), which counts only where it is exactly
/// the Last-Modified that we sent: some clients send their own clock, or our
/// Date, and a wrong 304 freezes Apple Calendar.
pub fn is_fresh(
    asked: &HeaderMap,
    etag: &HeaderValue,
    last_modified: Option<&HeaderValue>,
) -> bool {
    let mut tags = asked.get_all(header::IF_NONE_MATCH).iter().peekable();
    if tags.peek().is_some() {
        let etag = etag.as_bytes();
        return tags
            .map(HeaderValue::as_bytes)
            .any(|value| value == etag || names(value, etag));
    }
    let since = asked.get(header::IF_MODIFIED_SINCE);
    since.is_some() && since == last_modified
}

/// Whether a list of entity tags names `etag`, compared weakly (RFC 9110,
/// 8.8.3.2), or is `*`. What is not a list of tags ends it.
fn names(value: &[u8], etag: &[u8]) -> bool {
    let mut rest = value.trim_ascii();
    if rest == b"*" {
        return true;
    }
    loop {
        rest = rest.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
        let opaque = rest.strip_prefix(b"W/").unwrap_or(rest);
        if opaque.first() != Some(&b'"') {
            return false;
        }
        let Some(length) = opaque[1..].iter().position(|byte| *byte == b'"') else {
            return false;
        };
        let (tag, after) = opaque.split_at(length + 2);
        if tag == etag {
            return true;
        }
        rest = after;
    }
}

/// Whether Accept-Encoding, all of its lines together, allows gzip: named, or
/// by `*`, with a weight above zero (RFC 9110, 12.5.3). Unasked it broke
/// Outlook.
pub fn wants_gzip(asked: &HeaderMap) -> bool {
    if !asked.contains_key(header::ACCEPT_ENCODING) {
        return false;
    }
    let weight_of = |wanted: &[&str]| {
        let lines = asked.get_all(header::ACCEPT_ENCODING).iter();
        let mut codings = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','));
        codings.find_map(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let name = parts.next()?;
            wanted
                .iter()
                .any(|it| name.eq_ignore_ascii_case(it))
                .then(|| weight(parts))
        })
    };
    weight_of(&["gzip", "x-gzip"])
        .or_else(|| weight_of(&["*"]))
        .is_some_and(|weight| weight > 0.0)
}

/// The `q` among a coding's parameters; 1 without one, 0 where it is no
/// number.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> f32 {
    parameters
        .find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("q")
                .then(|| value.trim().parse().unwrap_or(0.0))
        })
        .unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderMap, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_client_that_holds_the_bytes_gets_no_more() {
        let etag = HeaderValue::from_static("\"abc\"");
        let modified = HeaderValue::from_static("Fri, 06 Mar 2026 09:00:00 GMT");
        let same = ("if-modified-since", "Fri, 06 Mar 2026 09:00:00 GMT");
        let older = ("if-modified-since", "Fri, 06 Mar 2026 08:59:59 GMT");
        for (asked, expected) in [
            (vec![], false),
            (vec![("if-none-match", "\"abc\"")], true),
            (vec![("if-none-match", "W/\"abc\"")], true),
            (vec![("if-none-match", "*")], true),
            (vec![("if-none-match", "\"x\", \"abc\"")], true),
            (vec![("if-none-match", "\"x\" ,W/\"abc\",\"y\"")], true),
            (
                vec![("if-none-match", "\"x\""), ("if-none-match", "\"abc\"")],
                true,
            ),
            (vec![("if-none-match", "\"a,b\", \"abc\"")], true),
            (vec![("if-none-match", "abc")], false),
            (vec![("if-none-match", "\"abc")], false),
            (vec![("if-none-match", "")], false),
            (vec![("if-none-match", "\"ab\"")], false),
            (vec![same], true),
            // Some clients send their own clock, or our Date.
            (
                vec![("if-modified-since", "Fri, 06 Mar 2026 09:00:01 GMT")],
                false,
            ),
            (vec![older], false),
            (vec![("if-modified-since", "yesterday")], false),
            (vec![("if-none-match", "\"x\""), same], false),
            (vec![("if-none-match", "\"abc\""), older], true),
        ] {
            assert_eq!(
                is_fresh(&headers(&asked), &etag, Some(&modified)),
                expected,
                "{asked:?}"
            );
        }
    }

    #[test]
    fn gzip_is_sent_only_where_it_is_allowed() {
        for (accepted, expected) in [
            ("gzip", true),
            ("GZIP", true),
            ("x-gzip", true),
            ("deflate, gzip;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip;q=0.000", false),
            ("gzip; Q=0", false),
            ("*", true),
            ("*;q=0", false),
            ("*, gzip;q=0", false),
            ("gzip, *;q=0", true),
            ("br", false),
            ("identity", false),
            ("", false),
            ("gzippy", false),
            ("gzip;q=nonsense", false),
        ] {
            let asked = headers(&[("accept-encoding", accepted)]);
            assert_eq!(wants_gzip(&asked), expected, "{accepted}");
        }
        let lines = |one, two| headers(&[("accept-encoding", one), ("accept-encoding", two)]);
        assert!(!wants_gzip(&lines("gzip;q=0", "*")));
        assert!(!wants_gzip(&lines("*", "gzip;q=0")));
        assert!(wants_gzip(&lines("br", "gzip")));
        assert!(!wants_gzip(&HeaderMap::new()));
    }
}
