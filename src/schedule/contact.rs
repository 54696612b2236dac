//! E-mail addresses and telephone numbers that any output can hold.

use std::sync::Arc;

use super::Contact;
use super::fields::{Field, Fields};
use super::findings::Findings;
use super::problem::{Kind, Section};
use super::texts::{Lines, text};
use crate::texts::Language;

/// An e-mail address: ASCII, `name@host.domain`, at most 254 characters
/// (RFC 5321, 4.5.3.1), without quotes, spaces and all else that would have
/// to be escaped in a `mailto:` link.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(Arc<str>);

impl Email {
    /// `None` where `text` is no such address.
    pub fn new(text: &str) -> Option<Email> {
        let (name, host) = text.split_once('@')?;
        let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
        let good_name = (1..=64).contains(&name.len())
            && name.bytes().all(atom)
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..");
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let good_host = host.contains('.') && host.split('.').all(label);
        (good_name && good_host && text.len() <= 254).then(|| Email(Arc::from(text)))
    }

    /// The address, ready for any output.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number as people write it: 3 to 15 digits (E.164), parted by
/// single spaces, hyphens, dots or brackets, `+` only at its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(Arc<str>);

impl Phone {
    /// `None` where `text` is no such number.
    pub fn new(text: &str) -> Option<Phone> {
        let national = text.strip_prefix('+').unwrap_or(text);
        let digits = national.bytes().filter(u8::is_ascii_digit).count();
        let written = national
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b" -.()".contains(&byte));
        let begins = national.starts_with(|first: char| first.is_ascii_digit() || first == '(');
        let good = (3..=15).contains(&digits) && written && begins && text.len() <= 40;
        (good && !text.contains("  ") && text.ends_with(|last: char| last.is_ascii_digit()))
            .then(|| Phone(Arc::from(text)))
    }

    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits alone, after `+` where there is one: what follows `tel:`.
    pub fn digits(&self) -> String {
        self.0
            .chars()
            .filter(|character| character.is_ascii_digit() || *character == '+')
            .collect()
    }
}

/// The address in `field`.
pub(super) fn email(field: Field<'_, '_>, findings: &mut Findings) -> Option<Email> {
    let given = field.word(findings)?;
    let email = Email::new(given);
    if email.is_none() {
        let right = meant_email(given);
        let given = given.to_owned();
        findings.error(field.place(), Kind::BadEmail { given, right });
    }
    email
}

/// The number in `field`.
pub(super) fn phone(field: Field<'_, '_>, findings: &mut Findings) -> Option<Phone> {
    let given = field.word(findings)?;
    let phone = Phone::new(given);
    if phone.is_none() {
        let right = meant_phone(given);
        let given = given.to_owned();
        findings.error(field.place(), Kind::BadPhone { given, right });
    }
    phone
}

/// Whom to tell of a barrier.
pub(super) fn contact(
    field: Field<'_, '_>,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Contact> {
    let fields = Fields::read(field.key, field.node, Section::Contact, findings)?;
    let name = fields
        .required("name", findings)
        .and_then(|field| text(field, Lines::One, own, findings));
    let email = fields
        .required("email", findings)
        .and_then(|field| email(field, findings));
    let phone = fields
        .required("phone", findings)
        .and_then(|field| phone(field, findings));
    Some(Contact {
        name: name?,
        email: email?,
        phone: phone?,
    })
}

/// The one address within a text: `mailto:kto@example.org`,
/// `Kto <kto@example.org>`, `kto (at) example.org`.
fn meant_email(text: &str) -> Option<String> {
    let text = ["(at)", "[at]", "(małpa)", "[małpa]"]
        .into_iter()
        .fold(text.to_owned(), |text, at| {
            text.replace(&format!(" {at} "), "@").replace(at, "@")
        });
    let mut found = text
        .split(|character: char| character.is_whitespace() || "<>()[]\"'„”,;:?".contains(character))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.contains('@'));
    let email = Email::new(found.next()?)?;
    found.next().is_none().then(|| email.as_str().to_owned())
}

/// The one number within a text: `tel. 12 345 67 89`, `tel:+48123456789`,
/// `+48/123 456 789`.
fn meant_phone(text: &str) -> Option<String> {
    let first = text.find(|character: char| character.is_ascii_digit() || character == '+')?;
    let mut number = String::new();
    for character in text[first..].chars() {
        match character {
            '0'..='9' | '+' => number.push(character),
            '-' | '.' | '(' | ')' => {}
            '/' | '\u{2010}'..='\u{2015}' => number.push(' '),
            _ if character.is_whitespace() => number.push(' '),
            // An extension, or a second number.
            _ => return None,
        }
    }
    let number = number.split_whitespace().collect::<Vec<_>>().join(" ");
    Phone::new(&number).map(|phone| phone.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_or_its_meaning_is_found() {
        for (text, right) in [
            ("kto@example.org", Some("kto@example.org")),
            (
                "Jan.Kto+ngo@um.example.org",
                Some("Jan.Kto+ngo@um.example.org"),
            ),
            ("mailto:kto@example.org", Some("kto@example.org")),
            ("Kto <kto@example.org>", Some("kto@example.org")),
            ("kto (at) example.org", Some("kto@example.org")),
            ("kto@example.org.", Some("kto@example.org")),
            ("kto@example.org, ja@example.org", None),
            ("kto@example", None),
            ("@example.org", None),
            ("kto@-a.org", None),
            ("a..b@example.org", None),
            ("example.org", None),
            ("żółw@example.org", None),
        ] {
            let meant = Email::new(text)
                .map(|email| email.as_str().to_owned())
                .or_else(|| meant_email(text));
            assert_eq!(meant.as_deref(), right, "{text:?}");
        }
        assert_eq!(Email::new("mailto:kto@example.org"), None);
        assert_eq!(Email::new(&format!("kto@{}org", "a.".repeat(130))), None);
    }

    #[test]
    fn a_number_is_one_or_its_meaning_is_found() {
        for (text, right) in [
            ("12 345 67 89", Some("12 345 67 89")),
            ("+48 (12) 345-67-89", Some("+48 (12) 345-67-89")),
            ("112", Some("112")),
            ("tel. 12 345 67 89", Some("12 345 67 89")),
            ("tel:+48123456789", Some("+48123456789")),
            ("12\u{a0}345 67 89", Some("12 345 67 89")),
            ("12/345 67 89", Some("12 345 67 89")),
            ("12 345 67 89 wew. 5", None),
            ("12 345 67 89, 12 345 67 90", None),
            ("12", None),
            ("1234567890123456", None),
            ("brak", None),
        ] {
            let meant = Phone::new(text)
                .map(|phone| phone.as_str().to_owned())
                .or_else(|| meant_phone(text));
            assert_eq!(meant.as_deref(), right, "{text:?}");
        }
        let phone = Phone::new("+48 (12) 345-67-89").expect("a number");
        assert_eq!(phone.digits(), "+48123456789");
    }
}
