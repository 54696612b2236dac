//! One answer as it came over the network, for judgements to look at.

use chrono::{DateTime, Utc};
use hyper::HeaderMap;

/// An answer, its body read as far as the limit goes.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, still encoded.
    pub body: Vec<u8>,
    /// Whether that is all of it.
    pub is_whole: bool,
    /// When it had come, by the clock of the machine that asked.
    pub received: DateTime<Utc>,
}

impl Answer {
    /// The first value of a header; `None` without one, or where it is not
    /// ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok().map(str::trim)
    }

    /// Whether a header that lists words names this one.
    pub fn lists(&self, name: &str, word: &str) -> bool {
        self.headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|it| it.trim().eq_ignore_ascii_case(word))
    }

    /// The media type without its parameters, in lower case.
    pub fn media_type(&self) -> Option<String> {
        let essence = self.header("content-type")?.split(';').next()?;
        Some(essence.trim().to_ascii_lowercase())
    }

    /// Where a redirect leads; `None` for any other answer.
    pub fn location(&self) -> Option<&str> {
        if (300..400).contains(&self.status) && self.status != 304 {
            self.header("location")
        } else {
            None
        }
    }

    /// A header's HTTP date.
    pub fn date(&self, name: &str) -> Option<DateTime<Utc>> {
        httpdate::parse_http_date(self.header(name)?)
            .ok()
            .map(DateTime::from)
    }
}

#[cfg(test)]
impl Answer {
    /// An answer at noon on 6 March 2026.
    pub fn sample(status: u16, headers: &[(&'static str, &str)], body: &str) -> Answer {
        Answer {
            status,
            headers: headers
                .iter()
                .map(|(name, value)| {
                    let value = hyper::header::HeaderValue::from_str(value).unwrap();
                    (hyper::header::HeaderName::from_static(name), value)
                })
                .collect(),
            body: body.as_bytes().to_vec(),
            is_whole: true,
            received: "2026-03-06T12:00:00Z".parse().unwrap(),
        }
    }
}
