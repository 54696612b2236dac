//! The headers of a request -> whether it is meant for the desk, and may come
//! from where it comes.

use hyper::header::{self, HeaderMap, HeaderName};
use url::{Position, Url};

/// The addresses by which the desk is called.
pub(super) struct Own<'a> {
    pub(super) url: &'a Url,
    /// Further hosts, such as `localhost:8080`.
    pub(super) hosts: &'a [String],
}

impl Own<'_> {
    fn has(&self, host: &str) -> bool {
        let own = &self.url[Position::BeforeHost..Position::AfterPort];
        let mut hosts = self.hosts.iter();
        host.eq_ignore_ascii_case(own) || hosts.any(|it| it.eq_ignore_ascii_case(host))
    }

    /// Whether the request is for an address of the desk. A page of another
    /// host that points its name at this machine (DNS rebinding) asks for its
    /// own.
    pub(super) fn is_asked(&self, headers: &HeaderMap) -> bool {
        value(headers, header::HOST).is_some_and(|host| self.has(host))
    }

    /// Whether no page of another origin sent the request. A link may lead
    /// here, out of a mail say; nothing else may.
    pub(super) fn may_send(&self, headers: &HeaderMap) -> bool {
        let is_own = |origin: &str| {
            let host = origin.split_once("://").map_or(origin, |(_, host)| host);
            self.has(host)
        };
        let site = value(headers, HeaderName::from_static("sec-fetch-site"));
        let mode = value(headers, HeaderName::from_static("sec-fetch-mode"));
        let across = matches!(site, Some("cross-site" | "same-site"));
        let follows_a_link = mode == Some("navigate");
        value(headers, header::ORIGIN).is_none_or(is_own) && (!across || follows_a_link)
    }
}

fn value(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
