//! Addresses on the web that can be written raw into any output.

use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::{Host, Position, Url};

/// An absolute `http` or `https` address, ASCII, without spaces, quotes,
/// angle brackets, backslashes or control characters, at most 2,000
/// characters: safe to write raw into any output.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebAddress(Arc<str>);

/// Why a text is not a [`WebAddress`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkFault {
    /// It reads like an address, but does not say `https://`; with it, it
    /// would be this one.
    NoScheme(String),
    /// It is an address of a kind that pages do not link to, such as
    /// `javascript:` or `ftp:`.
    OtherScheme(String),
    /// The part between `//` and the next `/` names no computer.
    Host(String),
    /// That part has letters beyond ASCII, which have an `xn--` form.
    HostLetters(String),
    /// It holds a user's name or password.
    User,
    /// It holds a character that no address has.
    Character(char),
    /// It has more than 2,000 characters.
    TooLong,
    /// It reads like no address.
    NoAddress,
}

impl WebAddress {
    /// The most characters that an address may have: what browsers and
    /// calendar programs take without loss.
    const LONGEST: usize = 2_000;

    /// `None` where `text` is not such an address. It is written as browsers
    /// write it (WHATWG URL): a path at least, letters beyond ASCII encoded.
    pub fn new(text: &str) -> Option<WebAddress> {
        WebAddress::parse(text).ok()
    }

    /// [`WebAddress::new`], with the reason.
    ///
    /// # Errors
    /// [`LinkFault`] where `text` is not such an address.
    pub fn parse(text: &str) -> Result<WebAddress, LinkFault> {
        let Some((scheme, rest)) = split_scheme(text) else {
            return Err(without_scheme(text));
        };
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err(LinkFault::OtherScheme(scheme));
        }
        // What a browser would mend in silence is a slip worth a word here.
        let rest = rest
            .strip_prefix("//")
            .ok_or_else(|| LinkFault::Host(String::new()))?;
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(LinkFault::User);
        }
        if let Some(character) = rest.chars().find(|it| is_never_legal(*it)) {
            return Err(LinkFault::Character(character));
        }
        if !authority.is_ascii() {
            return Err(LinkFault::HostLetters(authority.to_owned()));
        }
        let wrong = || LinkFault::Host(authority.to_owned());
        let url = Url::parse(text).map_err(|_| wrong())?;
        let names_a_computer = match url.host() {
            Some(Host::Domain(name)) => is_domain_name(name),
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
            None => false,
        };
        if authority.is_empty() || !names_a_computer || url.port() == Some(0) {
            return Err(wrong());
        }
        let tail = utf8_percent_encode(&url[Position::BeforePath..], ODD);
        let address = format!("{}{tail}", &url[..Position::BeforePath]);
        if address.len() > WebAddress::LONGEST {
            return Err(LinkFault::TooLong);
        }
        Ok(WebAddress(Arc::from(address)))
    }

    /// The address, ready for any output.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The letters before the first colon, and what follows it, where they can be
/// a scheme (RFC 3986, 3.1). A dot is legal in one, but `example.org:8080` is
/// a host.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let letters = scheme
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
    let port = rest.starts_with(|first: char| first.is_ascii_digit());
    (letters && scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && !port)
        .then_some((scheme, rest))
}

fn without_scheme(text: &str) -> LinkFault {
    let guess = format!("https://{}", text.trim_start_matches('/'));
    let host_has_dot = text
        .trim_start_matches('/')
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|host| host.contains('.'));
    match WebAddress::parse(&guess) {
        Ok(right) if host_has_dot => {
            // No slash that was not written.
            let slash = if guess.ends_with('/') { "" } else { "/" };
            let right = right.as_str();
            LinkFault::NoScheme(right.strip_suffix(slash).unwrap_or(right).to_owned())
        }
        _ => LinkFault::NoAddress,
    }
}

/// Labels of letters, digits and inner hyphens or underscores (RFC 1123, 2.1),
/// the last dot aside.
fn is_domain_name(name: &str) -> bool {
    let labels = name.strip_suffix('.').unwrap_or(name);
    name.len() <= 253
        && labels.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// Legal or usual in addresses, but a quote, or of a meaning of its own in the
/// formats that the address is written into.
const ODD: &AsciiSet = &CONTROLS
    .add(b'\'')
    .add(b'[')
    .add(b']')
    .add(b'{')
    .add(b'}')
    .add(b'|')
    .add(b'^')
    .add(b'`');

fn is_never_legal(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '"' | '<' | '>' | '\\' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_kept_or_made_ascii() {
        for (text, expected) in [
            ("https://example.org/", "https://example.org/"),
            ("https://example.org", "https://example.org/"),
            (
                "HTTP://Example.ORG:8080/A?b=c#d",
                "http://example.org:8080/A?b=c#d",
            ),
            ("https://example.org?q=1", "https://example.org/?q=1"),
            (
                "https://example.org/książka?q=ż#ł",
                "https://example.org/ksi%C4%85%C5%BCka?q=%C5%BC#%C5%82",
            ),
            ("https://example.org/a%20b", "https://example.org/a%20b"),
            ("https://example.org:443/", "https://example.org/"),
            (
                "https://example.org/it's{1}",
                "https://example.org/it%27s%7B1%7D",
            ),
            ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
            ("https://192.0.2.7/", "https://192.0.2.7/"),
            ("http://localhost:8080/", "http://localhost:8080/"),
            ("https://example.org./x", "https://example.org./x"),
        ] {
            let address = WebAddress::parse(text).expect(text);
            assert_eq!(address.as_str(), expected, "{text:?}");
            assert_eq!(WebAddress::new(address.as_str()), Some(address));
        }
    }

    #[test]
    fn what_is_no_web_address_is_told_by_its_fault() {
        let long = format!("https://example.org/{}", "a".repeat(2_000));
        for (text, fault) in [
            (
                "www.example.org/x",
                LinkFault::NoScheme("https://www.example.org/x".into()),
            ),
            (
                "example.org:8080",
                LinkFault::NoScheme("https://example.org:8080".into()),
            ),
            (
                "//example.org/x",
                LinkFault::NoScheme("https://example.org/x".into()),
            ),
            (
                "javascript:alert(1)",
                LinkFault::OtherScheme("javascript".into()),
            ),
            ("ftp://example.org/", LinkFault::OtherScheme("ftp".into())),
            (
                "mailto:kto@example.org",
                LinkFault::OtherScheme("mailto".into()),
            ),
            ("kto@example.org", LinkFault::NoAddress),
            ("brak", LinkFault::NoAddress),
            ("", LinkFault::NoAddress),
            ("https:", LinkFault::Host(String::new())),
            ("https://", LinkFault::Host(String::new())),
            ("https:///x", LinkFault::Host(String::new())),
            ("https://a..b/", LinkFault::Host("a..b".into())),
            ("https://-a.b/", LinkFault::Host("-a.b".into())),
            ("https://a.b:0/", LinkFault::Host("a.b:0".into())),
            ("https://a.b:+80/", LinkFault::Host("a.b:+80".into())),
            ("https://a.b:99999/", LinkFault::Host("a.b:99999".into())),
            ("https://[::1", LinkFault::Host("[::1".into())),
            ("https://[zz]/", LinkFault::Host("[zz]".into())),
            ("https://żółw.pl/", LinkFault::HostLetters("żółw.pl".into())),
            ("https://bank.pl@example.org/", LinkFault::User),
            ("https://example.org/a b", LinkFault::Character(' ')),
            ("https://example.org/\"", LinkFault::Character('"')),
            ("https://example.org\\x", LinkFault::Character('\\')),
            ("https://example.org/\u{7}", LinkFault::Character('\u{7}')),
            ("https://example.org/<b>", LinkFault::Character('<')),
            (&long, LinkFault::TooLong),
        ] {
            assert_eq!(WebAddress::parse(text), Err(fault), "{text:?}");
        }
    }
}
