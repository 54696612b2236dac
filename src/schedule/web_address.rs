//! Addresses on the web that can be written raw into any output.

use std::fmt::Write as _;
use std::net::Ipv6Addr;
use std::sync::Arc;

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

    /// `None` where `text` is not such an address. Letters beyond ASCII in
    /// the path, query or fragment are percent-encoded.
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
        let Some(rest) = rest.strip_prefix("//") else {
            return Err(LinkFault::Host(String::new()));
        };
        let (authority, tail) =
            rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
        let mut address = format!("{scheme}://");
        push_authority(&mut address, authority)?;
        push_tail(&mut address, tail)?;
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
        Ok(right) if host_has_dot => LinkFault::NoScheme(right.as_str().to_owned()),
        _ => LinkFault::NoAddress,
    }
}

/// Host and port (RFC 3986, 3.2), lower case.
fn push_authority(address: &mut String, authority: &str) -> Result<(), LinkFault> {
    if authority.contains('@') {
        return Err(LinkFault::User);
    }
    if let Some(character) = authority
        .chars()
        .find(|character| is_never_legal(*character))
    {
        return Err(LinkFault::Character(character));
    }
    if !authority.is_ascii() {
        return Err(LinkFault::HostLetters(authority.to_owned()));
    }
    let wrong = || LinkFault::Host(authority.to_owned());
    let (host, port) = if let Some(inside) = authority.strip_prefix('[') {
        let (number, port) = inside.split_once(']').ok_or_else(wrong)?;
        number.parse::<Ipv6Addr>().map_err(|_| wrong())?;
        let host = &authority[..=number.len() + 1];
        match port {
            "" => (host, None),
            _ => (host, Some(port.strip_prefix(':').ok_or_else(wrong)?)),
        }
    } else {
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let labels = host.strip_suffix('.').unwrap_or(host);
        let legal = host.len() <= 253
            && labels.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            });
        if !legal {
            return Err(wrong());
        }
        (host, port)
    };
    address.push_str(&host.to_ascii_lowercase());
    if let Some(port) = port {
        // `parse` alone would let `+80` pass.
        let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        match port.parse::<u16>() {
            Ok(1..) if digits => {}
            _ => return Err(wrong()),
        }
        address.push(':');
        address.push_str(port);
    }
    Ok(())
}

/// Path, query and fragment.
fn push_tail(address: &mut String, tail: &str) -> Result<(), LinkFault> {
    let mut fragment = false;
    for (at, character) in tail.char_indices() {
        match character {
            _ if is_never_legal(character) => return Err(LinkFault::Character(character)),
            // Only one `#` has a meaning; a second is a letter of the fragment.
            '#' if fragment => address.push_str("%23"),
            '#' => {
                fragment = true;
                address.push('#');
            }
            '%' if !begins_with_hex(&tail[at + 1..]) => address.push_str("%25"),
            // Legal or usual in addresses, but a quote, or of a meaning of
            // its own in the formats that the address is written into.
            '\'' | '[' | ']' | '{' | '}' | '|' | '^' | '`' => push_encoded(address, character),
            _ if character.is_ascii() => address.push(character),
            _ => push_encoded(address, character),
        }
    }
    Ok(())
}

fn is_never_legal(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '"' | '<' | '>' | '\\' | '\u{feff}')
}

fn begins_with_hex(text: &str) -> bool {
    text.len() >= 2 && text.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
}

fn push_encoded(address: &mut String, character: char) {
    let mut bytes = [0; 4];
    for byte in character.encode_utf8(&mut bytes).bytes() {
        write!(address, "%{byte:02X}").expect("writing to a String cannot fail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_kept_or_made_ascii() {
        for (text, expected) in [
            ("https://example.org/", "https://example.org/"),
            ("https://example.org", "https://example.org"),
            (
                "HTTP://Example.ORG:8080/A?b=c#d",
                "http://example.org:8080/A?b=c#d",
            ),
            ("https://example.org?q=1", "https://example.org?q=1"),
            (
                "https://example.org/książka?q=ż#ł",
                "https://example.org/ksi%C4%85%C5%BCka?q=%C5%BC#%C5%82",
            ),
            (
                "https://example.org/a%20b%zz%",
                "https://example.org/a%20b%25zz%25",
            ),
            (
                "https://example.org/it's{1}",
                "https://example.org/it%27s%7B1%7D",
            ),
            ("https://example.org/a#b#c", "https://example.org/a#b%23c"),
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
