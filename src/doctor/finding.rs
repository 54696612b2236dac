//! What was found about one thing that calendar programs rely on -> a line in
//! Polish or English, or JSON.

use serde_json::{Value, json};

use crate::terminal;
use crate::texts::{Bilingual, Language};

/// The most characters that one sentence has: servers send what they like.
const LONGEST: usize = 400;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// As it should be.
    Ok,
    /// Worth knowing; whether it matters depends on who runs the site.
    Note,
    /// Subscribers may not notice, but it is not as it should be.
    Warning,
    /// Some subscribers miss changes, or everything.
    Fault,
}

/// What was found out about one thing, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    /// Its name for programs, which stays when the words change.
    pub(crate) code: &'static str,
    what: Bilingual,
    /// Empty where all is well.
    help: Bilingual,
}

/// What is as it should be.
pub(super) fn ok(
    code: &'static str,
    polish: impl Into<String>,
    english: impl Into<String>,
) -> Finding {
    finding(Severity::Ok, code, polish, english, "", "")
}

/// What subscribers suffer from.
pub(super) fn fault(
    code: &'static str,
    polish: impl Into<String>,
    english: impl Into<String>,
    polish_help: impl Into<String>,
    english_help: impl Into<String>,
) -> Finding {
    let severity = Severity::Fault;
    finding(severity, code, polish, english, polish_help, english_help)
}

/// What was found, and what would mend it. Here everything that came from a
/// server is made fit for a terminal.
pub(super) fn finding(
    severity: Severity,
    code: &'static str,
    polish: impl Into<String>,
    english: impl Into<String>,
    polish_help: impl Into<String>,
    english_help: impl Into<String>,
) -> Finding {
    let shown = |words: Bilingual| words.map(|words| terminal::shown(words, LONGEST));
    Finding {
        severity,
        code,
        what: shown(Bilingual::new(polish, english)),
        help: shown(Bilingual::new(polish_help, english_help)),
    }
}

impl Severity {
    /// In English for programs too.
    fn mark(self, language: Language) -> &'static str {
        let [polish, english] = match self {
            Severity::Ok => ["ok", "ok"],
            Severity::Note => ["info", "note"],
            Severity::Warning => ["uwaga", "warning"],
            Severity::Fault => ["usterka", "fault"],
        };
        if language == Language::Polish {
            polish
        } else {
            english
        }
    }
}

impl Finding {
    /// The finding in one line, without a line end.
    pub(crate) fn line(&self, language: Language) -> String {
        let mark = self.severity.mark(language);
        let (what, help) = (self.what.get(language), self.help.get(language));
        let line = format!("{mark:<8} {what} {help}");
        line.trim_end().to_owned()
    }

    /// The finding for programs.
    pub(crate) fn json(&self, language: Language) -> Value {
        json!({
            "code": self.code,
            "severity": self.severity.mark(Language::English),
            "message": self.what.get(language),
            "help": self.help.get(language),
        })
    }
}

/// The last line: how many faults and warnings there were.
pub(crate) fn summary(faults: usize, warnings: usize, language: Language) -> String {
    let words = if faults + warnings == 0 {
        Bilingual::new("Wszystko w porządku.", "All is well.")
    } else {
        Bilingual::new(
            format!("Usterki: {faults}, ostrzeżenia: {warnings}."),
            format!("Faults: {faults}, warnings: {warnings}."),
        )
    };
    words.get(language).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line_with_its_help() {
        let nasty = format!("\u{1b}[2J\r\n\u{202e}{}", "x".repeat(10_000));
        let ill = |severity, help: &str| finding(severity, "b", "x", "y", help, help);
        for (finding, polish, english) in [
            (
                ok("a", "dobrze", "well"),
                "ok       dobrze",
                "ok       well",
            ),
            (ill(Severity::Note, "z"), "info     x z", "note     y z"),
            (ill(Severity::Warning, "z"), "uwaga    x z", "warning  y z"),
            (
                ill(Severity::Fault, &nasty),
                "usterka  x \u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}xx",
                "fault    y \u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}xx",
            ),
        ] {
            for (language, expected) in [
                (Language::Polish, polish),
                (Language::English, english),
                (Language::Ukrainian, english),
            ] {
                let line = finding.line(language);
                assert!(line.starts_with(expected), "{line}");
                assert!(line.chars().count() < 1_000, "{line}");
            }
        }
    }

    #[test]
    fn the_summary_counts() {
        assert_eq!(summary(0, 0, Language::Polish), "Wszystko w porządku.");
        assert_eq!(summary(0, 0, Language::Ukrainian), "All is well.");
        assert_eq!(
            summary(2, 1, Language::Polish),
            "Usterki: 2, ostrzeżenia: 1."
        );
        assert_eq!(summary(0, 2, Language::English), "Faults: 0, warnings: 2.");
    }
}
