//! A request as the function that answers it sees it, however it was read.

use hyper::Method;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};

/// What a request asks for. Its body is never looked at.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The method.
    pub method: &'a Method,
    /// The path, as it was sent.
    pub path: &'a str,
    /// What stands behind the question mark; empty where there is none.
    pub query: &'a str,
    /// Everything else.
    pub headers: Headers<'a>,
}

/// The headers of a request, wherever they lie.
#[derive(Debug, Clone, Copy)]
pub enum Headers<'a> {
    /// As they came, in the bytes that were read.
    Lines(&'a [httparse::Header<'a>]),
    /// As hyper gives them.
    Map(&'a HeaderMap),
}

impl<'a, B> From<&'a hyper::Request<B>> for Request<'a> {
    fn from(request: &'a hyper::Request<B>) -> Request<'a> {
        Request {
            method: request.method(),
            path: request.uri().path(),
            query: request.uri().query().unwrap_or_default(),
            headers: Headers::Map(request.headers()),
        }
    }
}

impl<'a> Headers<'a> {
    /// Every value of the header `name`, in order.
    pub fn all(self, name: &HeaderName) -> impl Iterator<Item = &'a [u8]> {
        let (lines, map) = match self {
            Headers::Lines(lines) => (lines, None),
            Headers::Map(map) => (&[][..], Some(map)),
        };
        let in_map = map.map(|map| map.get_all(name).into_iter());
        lines
            .iter()
            .filter(move |line| line.name.eq_ignore_ascii_case(name.as_str()))
            .map(|line| line.value)
            .chain(in_map.into_iter().flatten().map(HeaderValue::as_bytes))
    }

    /// The first value of the header `name`.
    pub fn first(self, name: &HeaderName) -> Option<&'a [u8]> {
        match self {
            Headers::Lines(lines) => lines
                .iter()
                .find(|line| line.name.eq_ignore_ascii_case(name.as_str()))
                .map(|line| line.value),
            Headers::Map(map) => map.get(name).map(HeaderValue::as_bytes),
        }
    }

    /// A copy that outlives the request.
    pub fn to_map(self) -> HeaderMap {
        match self {
            Headers::Map(map) => map.clone(),
            Headers::Lines(lines) => lines
                .iter()
                .filter_map(|line| {
                    let name = HeaderName::from_bytes(line.name.as_bytes()).ok()?;
                    Some((name, HeaderValue::from_bytes(line.value).ok()?))
                })
                .fold(HeaderMap::new(), |mut map, (name, value)| {
                    map.append(name, value);
                    map
                }),
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::{ACCEPT, HOST, IF_NONE_MATCH};

    use super::*;

    #[test]
    fn headers_are_the_same_wherever_they_lie() {
        let lines = [
            ("host", "a"),
            ("If-None-Match", "x"),
            ("IF-NONE-MATCH", "y"),
        ]
        .map(|(name, value)| httparse::Header {
            name,
            value: value.as_bytes(),
        });
        let lines = Headers::Lines(&lines);
        let map = lines.to_map();
        for headers in [lines, Headers::Map(&map)] {
            let tags: Vec<&[u8]> = headers.all(&IF_NONE_MATCH).collect();
            assert_eq!(tags, [b"x", b"y"]);
            assert_eq!(headers.first(&HOST), Some(&b"a"[..]));
            assert_eq!(headers.first(&ACCEPT), None);
        }
    }
}
