//! What somebody typed -> the address of a feed, and the addresses around it
//! that calendar programs and crawlers ask for too.

use hyper::Uri;
use hyper::http::uri::Authority;

use crate::texts::Language;

/// The http or https address of a feed: host in lower case, no default port,
/// no user's name, no fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedAddress {
    encrypted: bool,
    authority: String,
    /// Begins with a slash.
    path: String,
    query: Option<String>,
}

/// A text that is no address of a deployment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no address of a deployment")]
pub struct NotAnAddress(pub String);

/// The folder of the feeds below the public URL.
const FOLDER: &str = "/calendars/";

/// The feed that takes its districts from a query.
const BY_QUERY: &str = "/calendar.ics";

impl FeedAddress {
    /// The feed at `text`, or the feed of all districts where `text` is the
    /// site's root. `webcal:` is taken as `http:`, as Thunderbird and `ICSx5`
    /// take it; what has no scheme as https.
    ///
    /// # Errors
    /// [`NotAnAddress`] where `text` is neither.
    pub fn parse(text: &str) -> Result<FeedAddress, NotAnAddress> {
        let refused = || NotAnAddress(text.to_owned());
        let trimmed = text.trim();
        let whole = match trimmed.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("webcal") => {
                format!("http://{rest}")
            }
            Some(_) => trimmed.to_owned(),
            None => format!("https://{trimmed}"),
        };
        let mut address = FeedAddress::of(&whole).ok_or_else(refused)?;
        if !address.names_feed() {
            address.path = format!("{}{FOLDER}all.ics", address.path.trim_end_matches('/'));
            address.query = None;
        }
        Ok(address)
    }

    /// Any absolute http or https address, whatever its path.
    fn of(text: &str) -> Option<FeedAddress> {
        let uri: Uri = text.parse().ok()?;
        let encrypted = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        Some(FeedAddress {
            encrypted,
            authority: plain_authority(uri.authority()?, encrypted)?,
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
        })
    }

    /// Where a redirect from here to `location` leads (RFC 9110, 10.2.2).
    pub fn follow(&self, location: &str) -> Option<FeedAddress> {
        let location = location.trim();
        let (scheme, authority) = (self.scheme(), &self.authority);
        if location.starts_with("//") {
            FeedAddress::of(&format!("{scheme}:{location}"))
        } else if location.starts_with('/') {
            FeedAddress::of(&format!("{scheme}://{authority}{location}"))
        } else if location.contains("://") {
            FeedAddress::of(location)
        } else {
            FeedAddress::of(&format!(
                "{scheme}://{authority}{}{location}",
                self.folder()
            ))
        }
    }

    /// The whole address.
    pub fn url(&self) -> String {
        let query = self.query.as_ref().map(|query| format!("?{query}"));
        format!("{}{}", self.at(&self.path), query.unwrap_or_default())
    }

    /// The path, which begins with a slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The host's name, without its port.
    pub fn host(&self) -> &str {
        match self.authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => &self.authority,
        }
    }

    /// Whether it is an https address.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Whether it has a query.
    pub fn has_query(&self) -> bool {
        self.query.is_some()
    }

    /// Whether only the same machine reaches it.
    pub fn is_local(&self) -> bool {
        let host = self.host();
        host == "localhost" || host == "[::1]" || host.starts_with("127.")
    }

    /// Whether it is on its scheme's own port.
    pub fn has_default_port(&self) -> bool {
        self.host() == self.authority
    }

    /// The same address with or without encryption, on the scheme's own port.
    #[must_use]
    pub fn with_encryption(&self, encrypted: bool) -> FeedAddress {
        FeedAddress {
            encrypted,
            ..self.clone()
        }
    }

    /// What `--public-url` must be for this feed to name itself so.
    pub fn public_url(&self) -> String {
        self.at(self.base())
    }

    /// Whether it is the feed of all districts, which is never empty for
    /// long.
    pub fn is_of_all(&self) -> bool {
        self.query.is_none() && self.path.ends_with("/all.ics")
            || self.path.ends_with(BY_QUERY) && self.query.is_none()
    }

    /// The host's robots.txt: crawlers look for it nowhere else (RFC 9309,
    /// 2.3).
    #[must_use]
    pub fn robots(&self) -> FeedAddress {
        self.beside("/robots.txt".to_owned())
    }

    /// The same sessions as JSON.
    #[must_use]
    pub fn json(&self) -> FeedAddress {
        let stem = self.path.strip_suffix(".ics").unwrap_or(&self.path);
        FeedAddress {
            path: format!("{stem}.json"),
            ..self.clone()
        }
    }

    /// The feed of a district that no city has.
    #[must_use]
    pub fn unknown_district(&self) -> FeedAddress {
        self.beside(format!(
            "{}{FOLDER}there-is-no-such-district.ics",
            self.base()
        ))
    }

    fn beside(&self, path: String) -> FeedAddress {
        FeedAddress {
            path,
            query: None,
            ..self.clone()
        }
    }

    /// The path of the public URL: what stands before the feeds' folder and
    /// the language.
    fn base(&self) -> &str {
        let path = self.path.as_str();
        let before = path
            .rfind(FOLDER)
            .map(|at| &path[..at])
            .or_else(|| path.strip_suffix(BY_QUERY))
            .unwrap_or_else(|| self.folder().trim_end_matches('/'));
        Language::ALL
            .into_iter()
            .find_map(|language| before.strip_suffix(language.code())?.strip_suffix('/'))
            .unwrap_or(before)
    }

    /// The path up to its last slash.
    fn folder(&self) -> &str {
        &self.path[..=self.path.rfind('/').unwrap_or(0)]
    }

    fn names_feed(&self) -> bool {
        self.path.to_ascii_lowercase().ends_with(".ics")
    }

    fn scheme(&self) -> &'static str {
        if self.encrypted { "https" } else { "http" }
    }

    fn at(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme(), self.authority)
    }
}

/// Host and port in lower case, the port only where it is not the scheme's
/// own; `None` with a user's name.
fn plain_authority(authority: &Authority, encrypted: bool) -> Option<String> {
    if authority.as_str().contains('@') || authority.host().is_empty() {
        return None;
    }
    let host = authority.host().to_ascii_lowercase();
    let own = if encrypted { 443 } else { 80 };
    let after_host = &authority.as_str()[host.len()..];
    let port = match after_host.strip_prefix(':').filter(|port| !port.is_empty()) {
        Some(port) => port.parse::<u16>().ok()?,
        None => own,
    };
    Some(if port == own {
        host
    } else {
        format!("{host}:{port}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> FeedAddress {
        FeedAddress::parse(text).unwrap()
    }

    #[test]
    fn a_root_or_a_feed_is_understood() {
        for (text, url, public_url) in [
            (
                "example.org",
                "https://example.org/calendars/all.ics",
                "https://example.org",
            ),
            (
                "example.org:8443",
                "https://example.org:8443/calendars/all.ics",
                "https://example.org:8443",
            ),
            (
                " https://Example.org:443/ ",
                "https://example.org/calendars/all.ics",
                "https://example.org",
            ),
            (
                "http://[::1]:8080",
                "http://[::1]:8080/calendars/all.ics",
                "http://[::1]:8080",
            ),
            (
                "http://[::1]",
                "http://[::1]/calendars/all.ics",
                "http://[::1]",
            ),
            (
                "https://example.org/a/b/?utm=1#x",
                "https://example.org/a/b/calendars/all.ics",
                "https://example.org/a/b",
            ),
            (
                "https://example.org/en/",
                "https://example.org/en/calendars/all.ics",
                "https://example.org",
            ),
            (
                "webcal://example.org/calendars/x.ics",
                "http://example.org/calendars/x.ics",
                "http://example.org",
            ),
            (
                "https://example.org/a/uk/calendars/x.ics",
                "https://example.org/a/uk/calendars/x.ics",
                "https://example.org/a",
            ),
            (
                "https://example.org/calendar.ics?district=x",
                "https://example.org/calendar.ics?district=x",
                "https://example.org",
            ),
            (
                "https://example.org/files/own.ics",
                "https://example.org/files/own.ics",
                "https://example.org/files",
            ),
        ] {
            assert_eq!(parsed(text).url(), url, "{text}");
            assert_eq!(parsed(text).public_url(), public_url, "{text}");
        }
        for text in [
            "",
            "ftp://example.org",
            "mailto:a@example.org",
            "mailto:x",
            "example.org:99999",
            "https://",
            "https://a b/",
            "https://u:p@example.org/",
        ] {
            assert!(FeedAddress::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_addresses_around_a_feed_keep_its_base() {
        let feed = parsed("https://example.org/a/en/calendars/x.ics");
        assert_eq!(feed.robots().url(), "https://example.org/robots.txt");
        assert_eq!(
            feed.json().url(),
            "https://example.org/a/en/calendars/x.json"
        );
        assert!(
            feed.unknown_district()
                .url()
                .starts_with("https://example.org/a/calendars/there")
        );
        assert_eq!(
            feed.with_encryption(false).url(),
            "http://example.org/a/en/calendars/x.ics"
        );
        let by_query = parsed("https://example.org/calendar.ics?district=x");
        assert_eq!(
            by_query.json().url(),
            "https://example.org/calendar.json?district=x"
        );
        assert!(parsed("example.org").is_of_all() && !feed.is_of_all() && !by_query.is_of_all());
    }

    #[test]
    fn hosts_and_ports_are_told_apart() {
        for (text, host, default_port, local) in [
            ("http://localhost", "localhost", true, true),
            ("http://127.0.0.1:80", "127.0.0.1", true, true),
            ("http://127.0.0.1:8080", "127.0.0.1", false, true),
            ("http://[::1]:8080", "[::1]", false, true),
            ("http://[::1]", "[::1]", true, true),
            ("https://example.org:80", "example.org", false, false),
        ] {
            let address = parsed(text);
            assert_eq!(address.host(), host, "{text}");
            assert_eq!(address.has_default_port(), default_port, "{text}");
            assert_eq!(address.is_local(), local, "{text}");
        }
    }

    #[test]
    fn a_redirect_is_followed_in_every_form() {
        let from = parsed("https://example.org/calendars/x.ics");
        for (location, expected) in [
            (
                "https://www.example.org/y.ics",
                Some("https://www.example.org/y.ics"),
            ),
            (
                "//www.example.org/y.ics",
                Some("https://www.example.org/y.ics"),
            ),
            (
                "/login?next=%2F",
                Some("https://example.org/login?next=%2F"),
            ),
            ("y.ics", Some("https://example.org/calendars/y.ics")),
            (
                "http://example.org/calendars/x.ics",
                Some("http://example.org/calendars/x.ics"),
            ),
            ("ftp://example.org/x", None),
            ("https://", None),
        ] {
            let followed = from.follow(location).map(|it| it.url());
            assert_eq!(followed.as_deref(), expected, "{location}");
        }
    }
}
