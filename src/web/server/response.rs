//! A response as it goes out: what does not change from one request to the
//! next is written once.

use std::sync::Arc;

use http_body_util::Full;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};

/// A whole answer, its body in memory.
#[derive(Debug, Clone)]
pub struct Response {
    /// Status and headers, shared by all who are answered alike.
    pub head: Arc<Head>,
    /// The body. It is not sent to who asks with HEAD.
    pub body: Bytes,
}

/// A status and headers, in the form of bytes too: writing them anew for each
/// request would cost more than everything else that is done for it. What
/// belongs to one moment or connection, Date and Connection, is added when it
/// is sent.
#[derive(Debug)]
pub struct Head {
    status: StatusCode,
    /// For hyper. A map of them would take three times the room, and there are
    /// four heads for each document that is kept.
    headers: Box<[(HeaderName, HeaderValue)]>,
    lines: Box<[u8]>,
}

impl Response {
    /// The answer of `body`, whose length is told where the status allows it.
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response {
        let head = Arc::new(Head::new(status, headers, body.len()));
        Response { head, body }
    }
}

impl Head {
    /// The head of a body of `length` bytes; a status that can have no body
    /// tells none (RFC 9110, 8.6).
    pub fn new(status: StatusCode, mut headers: HeaderMap, length: usize) -> Head {
        if status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        Head::of(status, &headers)
    }

    /// The head of these very headers.
    fn of(status: StatusCode, headers: &HeaderMap) -> Head {
        let reason = status.canonical_reason().unwrap_or_default();
        let mut lines = format!("HTTP/1.1 {} {reason}\r\n", status.as_str()).into_bytes();
        for (name, value) in headers {
            for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
                lines.extend_from_slice(part);
            }
        }
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()));
        Head {
            status,
            headers: headers.collect(),
            lines: lines.into_boxed_slice(),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers, Content-Length included.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }

    /// The same with one header more.
    #[must_use]
    pub fn with(&self, name: HeaderName, value: HeaderValue) -> Head {
        let mut headers: HeaderMap = self.headers.iter().cloned().collect();
        headers.insert(name, value);
        Head::of(self.status, &headers)
    }

    /// The status line and the headers, each line with its end; the end of
    /// the head is still to come.
    pub(super) fn lines(&self) -> &[u8] {
        &self.lines
    }
}

impl From<Response> for hyper::Response<Full<Bytes>> {
    fn from(response: Response) -> Self {
        let mut out = hyper::Response::new(Full::new(response.body));
        *out.status_mut() = response.head.status;
        out.headers_mut()
            .extend(response.head.headers.iter().cloned());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: StatusCode, body: &'static str, expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert("etag", HeaderValue::from_static("\"x\""));
        let response = Response::new(status, headers, Bytes::from(body));
        assert_eq!(response.head.lines(), expected.as_bytes());
    }

    #[test]
    fn the_lines_say_what_the_headers_say() {
        check(
            StatusCode::OK,
            "calendar",
            "HTTP/1.1 200 OK\r\netag: \"x\"\r\ncontent-length: 8\r\n",
        );
        check(
            StatusCode::NOT_MODIFIED,
            "",
            "HTTP/1.1 304 Not Modified\r\netag: \"x\"\r\n",
        );
        check(
            StatusCode::NOT_FOUND,
            "",
            "HTTP/1.1 404 Not Found\r\netag: \"x\"\r\ncontent-length: 0\r\n",
        );
    }
}
