//! What somebody typed -> the address of a feed, and the addresses around it.

use url::Url;

use crate::texts::Language;

/// The folder of the feeds below the public URL.
const FOLDER: &str = "/calendars/";

/// The feed that takes its districts from a query.
const BY_QUERY: &str = "/calendar.ics";

/// The feed at `text`, or the feed of all districts where `text` is the
/// site's root; `None` where it is neither. `webcal:` is taken as `http:`, as
/// Thunderbird and `ICSx5` take it; what has no scheme as https.
pub(crate) fn feed(text: &str) -> Option<Url> {
    let text = text.trim();
    let whole = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("webcal") => format!("http://{rest}"),
        Some(_) => text.to_owned(),
        None => format!("https://{text}"),
    };
    let mut url = web(Url::parse(&whole).ok()?)?;
    if !url.path().to_ascii_lowercase().ends_with(".ics") {
        let path = format!("{}{FOLDER}all.ics", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url.set_query(None);
    }
    Some(url)
}

/// Where a link or a redirect from `from` leads (RFC 3986, 5); `None` where
/// that is no web address.
pub(super) fn follow(from: &Url, link: &str) -> Option<Url> {
    web(from.join(link.trim()).ok()?)
}

/// An http or https address without a user's name, its fragment cut off.
fn web(mut url: Url) -> Option<Url> {
    url.set_fragment(None);
    let is_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
    is_web.then_some(url)
}

/// The same address with or without encryption, on the scheme's own port.
pub(super) fn with_scheme(url: &Url, scheme: &str) -> Url {
    let mut other = url.clone();
    other
        .set_scheme(scheme)
        .expect("http and https stand for each other");
    other
}

/// Whether only the same machine reaches it.
pub(super) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether it is the feed of all districts, which is never empty for long.
pub(super) fn is_of_all(url: &Url) -> bool {
    url.query().is_none() && (url.path().ends_with("/all.ics") || url.path().ends_with(BY_QUERY))
}

/// What `--public-url` must be for this feed to name itself so: what stands
/// before the feeds' folder and the language.
pub(super) fn public_url(feed: &Url) -> String {
    let path = feed.path();
    let before = path
        .rfind(FOLDER)
        .map(|at| &path[..at])
        .or_else(|| path.strip_suffix(BY_QUERY))
        .unwrap_or_else(|| path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let base = Language::ALL
        .into_iter()
        .find_map(|language| before.strip_suffix(language.code())?.strip_suffix('/'))
        .unwrap_or(before);
    feed.origin().ascii_serialization() + base
}

/// A path below the site's root.
pub(super) fn below(feed: &Url, path: &str) -> Url {
    let url = public_url(feed) + path;
    Url::parse(&url).expect("a path below a web address is one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_or_a_feed_is_understood() {
        for (text, url, public) in [
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
                "webcal://example.org/a/uk/calendars/x.ics",
                "http://example.org/a/uk/calendars/x.ics",
                "http://example.org/a",
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
            let feed = feed(text).unwrap();
            assert_eq!(feed.as_str(), url, "{text}");
            assert_eq!(public_url(&feed), public, "{text}");
            assert_eq!(below(&feed, "/x").as_str(), format!("{public}/x"), "{text}");
        }
        for text in [
            "",
            "ftp://example.org",
            "mailto:a@example.org",
            "example.org:99999",
            "https://",
            "https://a b/",
            "https://u:p@example.org/",
        ] {
            assert_eq!(feed(text), None, "{text}");
        }
    }

    #[test]
    fn a_link_leads_to_a_web_address_or_nowhere() {
        let from = Url::parse("https://example.org/calendars/x.ics").unwrap();
        for (link, expected) in [
            ("//www.example.org/y", Some("https://www.example.org/y")),
            ("y.ics", Some("https://example.org/calendars/y.ics")),
            ("/y#z", Some("https://example.org/y")),
            ("ftp://example.org/x", None),
            ("https://", None),
        ] {
            let followed = follow(&from, link);
            assert_eq!(followed.as_ref().map(Url::as_str), expected, "{link}");
        }
    }
}
