//! What came over the network in answer to a question, or why nothing did.

use chrono::{DateTime, Utc};
use hyper::HeaderMap;

/// An answer, its body read as far as the limit goes.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The body, still encoded.
    pub(crate) body: Vec<u8>,
    /// Whether that is all of it.
    pub(crate) is_whole: bool,
    /// When it had come, by the clock of this machine.
    pub(crate) received: DateTime<Utc>,
    /// Why the certificate is not trusted, or when it is valid;
    /// `None` over http.
    pub(crate) certificate: Option<Result<Validity, String>>,
}

/// When a certificate that is trusted is valid, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Validity {
    pub(crate) from: u64,
    pub(crate) until: u64,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub(crate) struct Failure {
    /// Whether nothing was reached, not even something that speaks otherwise.
    pub(crate) is_unreachable: bool,
    /// In the words of the system, of rustls or of hyper.
    pub(crate) why: String,
}

impl Answer {
    /// The first value of a header; `None` without one, or where it is not
    /// ASCII.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok().map(str::trim)
    }

    /// The media type without its parameters, in lower case.
    pub(super) fn media_type(&self) -> Option<String> {
        let essence = self.header("content-type")?.split(';').next()?;
        Some(essence.trim().to_ascii_lowercase())
    }

    /// Where a redirect leads; `None` for any other answer.
    pub(super) fn location(&self) -> Option<&str> {
        let is_redirect = (300..400).contains(&self.status) && self.status != 304;
        self.header("location").filter(|_| is_redirect)
    }

    /// A header's HTTP date.
    pub(super) fn date(&self, name: &str) -> Option<DateTime<Utc>> {
        let date = httpdate::parse_http_date(self.header(name)?).ok()?;
        Some(date.into())
    }

    /// Whether a web page came.
    pub(super) fn is_web_page(&self) -> bool {
        let body = self.body.trim_ascii_start();
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        body.starts_with(b"<")
            || self.media_type().as_deref() == Some("text/html")
                && !body.starts_with(b"BEGIN:VCALENDAR")
    }
}

#[cfg(test)]
impl Answer {
    /// An answer at noon on 6 March 2026.
    pub(super) fn sample(status: u16, headers: &[(&'static str, &str)], body: &str) -> Answer {
        let header = |(name, value): &(&'static str, &str)| {
            (
                hyper::header::HeaderName::from_static(name),
                value.parse().unwrap(),
            )
        };
        Answer {
            status,
            headers: headers.iter().map(header).collect(),
            body: body.as_bytes().to_vec(),
            is_whole: true,
            received: "2026-03-06T12:00:00Z".parse().unwrap(),
            certificate: None,
        }
    }
}
