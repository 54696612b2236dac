//! Findings -> one line each, in Polish or English: what was found, and what
//! would mend it.

use crate::terminal;
use crate::texts::Language;

use super::address::NotAnAddress;
use super::finding::{Finding, Severity};

mod english;
mod polish;

/// The most characters of a text that came from the server.
const LONGEST: usize = 120;

/// What was found, and what would mend it where it is not well.
struct Said {
    what: String,
    mend: Option<String>,
}

/// What is as it should be.
fn well(what: impl Into<String>) -> Said {
    Said {
        what: what.into(),
        mend: None,
    }
}

/// What is not.
fn ill(what: impl Into<String>, mend: impl Into<String>) -> Said {
    Said {
        what: what.into(),
        mend: Some(mend.into()),
    }
}

/// A finding in one line, without a line end. There are no words for it in
/// Ukrainian: operators are told in English.
pub fn line(finding: &Finding, language: Language) -> String {
    let said = match language {
        Language::Polish => polish::said(finding),
        Language::English | Language::Ukrainian => english::said(finding),
    };
    let mark = match (finding.severity(), language) {
        (Severity::Ok, _) => "ok",
        (Severity::Warning, Language::Polish) => "uwaga",
        (Severity::Warning, _) => "warning",
        (Severity::Fault, Language::Polish) => "usterka",
        (Severity::Fault, _) => "fault",
    };
    let mend = said.mend.map(|mend| format!(" {mend}"));
    format!("{mark:<8} {}{}", said.what, mend.unwrap_or_default())
}

/// The last line: how many faults and warnings there were.
pub fn summary(faults: usize, warnings: usize, language: Language) -> String {
    match language {
        Language::Polish => polish::summary(faults, warnings),
        Language::English | Language::Ukrainian => english::summary(faults, warnings),
    }
}

/// What to give instead of a text that is no address.
pub fn not_an_address(error: &NotAnAddress, language: Language) -> String {
    let text = shown(&error.0);
    match language {
        Language::Polish => format!(
            "{text}: to nie jest adres. Podaj adres strony, na przykład https://kalendarz.example.org, \
             albo adres kalendarza kończący się na .ics."
        ),
        Language::English | Language::Ukrainian => format!(
            "{text}: this is no address. Give the site's address, such as https://calendar.example.org, \
             or a feed's address, which ends in .ics."
        ),
    }
}

/// A text that came from the server, as it may be told.
fn shown(text: &str) -> String {
    terminal::shown(text, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::client::{CertificateFault, Failure};
    use crate::doctor::finding::Breakage;

    #[test]
    fn a_finding_is_one_line_with_its_mend() {
        let fault = Finding::OtherPublicUrl {
            found: "https://example.org".to_owned(),
            named: "http://localhost:8080".to_owned(),
        };
        for language in Language::ALL {
            let line = line(&fault, language);
            assert!(line.contains("--public-url https://example.org"), "{line}");
            assert!(line.contains("http://localhost:8080"), "{line}");
        }
        assert!(line(&fault, Language::English).starts_with("fault    "));
        assert!(line(&fault, Language::Polish).starts_with("usterka  "));
        assert!(line(&Finding::Head, Language::Polish).starts_with("ok       "));
        assert!(line(&Finding::Unencrypted, Language::Polish).starts_with("uwaga    "));
    }

    #[test]
    fn nothing_from_outside_breaks_the_line() {
        let nasty = format!("\u{1b}[2J\r\n{}", "x".repeat(10_000));
        for finding in [
            Finding::Cookie {
                name: nasty.clone(),
            },
            Finding::OtherMediaType {
                found: Some(nasty.clone()),
            },
            Finding::OtherPublicUrl {
                found: nasty.clone(),
                named: nasty.clone(),
            },
            Finding::Broken {
                line: 1,
                breakage: Breakage::SameUid { uid: nasty.clone() },
            },
            Finding::Broken {
                line: 1,
                breakage: Breakage::UnknownZone {
                    name: nasty.clone(),
                },
            },
            Finding::Broken {
                line: 1,
                breakage: Breakage::Unbalanced {
                    name: nasty.clone(),
                },
            },
            Finding::Unreachable {
                url: nasty.clone(),
                why: Failure::Network(nasty.clone()),
            },
            Finding::Downgrade { to: nasty.clone() },
            Finding::MovedForNow {
                status: 302,
                to: nasty.clone(),
            },
            Finding::HttpRedirectsElsewhere {
                to: nasty.clone(),
                expected: nasty.clone(),
            },
            Finding::CertificateRefused {
                host: nasty.clone(),
                why: CertificateFault::Other(nasty.clone()),
            },
            Finding::CompressedUnasked {
                coding: nasty.clone(),
            },
        ] {
            for language in Language::ALL {
                let line = line(&finding, language);
                assert!(!line.contains(char::is_control), "{line:?}");
                assert!(line.chars().count() < 1_000, "{line:?}");
            }
        }
    }

    #[test]
    fn polish_counts_as_polish_does() {
        for (faults, warnings, expected) in [
            (0, 0, "Wszystko w porządku."),
            (1, 0, "1 usterka."),
            (2, 1, "2 usterki, 1 ostrzeżenie."),
            (5, 4, "5 usterek, 4 ostrzeżenia."),
            (22, 12, "22 usterki, 12 ostrzeżeń."),
            (0, 1, "Bez usterek, 1 ostrzeżenie."),
        ] {
            assert_eq!(summary(faults, warnings, Language::Polish), expected);
        }
        assert_eq!(summary(0, 0, Language::English), "All is well.");
        assert_eq!(summary(2, 1, Language::English), "2 faults, 1 warning.");
        assert_eq!(summary(0, 2, Language::English), "No faults, 2 warnings.");
    }
}
