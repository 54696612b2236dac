//! `doctor`: what calendar programs meet at a deployment, one line each.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::{Common, ReportFormat};
use super::speech::{complain, print, say};
use super::{UNUSABLE, fail};
use crate::doctor::{self, Outcome, Severity};
use crate::terminal;
use crate::texts::Language;

/// Looks at the deployment at `text`: 0 healthy, 1 faults, 2 unreachable.
pub fn run(common: &Common, text: &str, format: ReportFormat) -> ExitCode {
    let language = common.report_language();
    let Some(url) = doctor::feed_address(text) else {
        complain(not_an_address(&terminal::shown(text, 120), language));
        return ExitCode::from(UNUSABLE);
    };
    let mut findings = Vec::new();
    let outcome = doctor::examine(url.clone(), &mut |finding| {
        if format == ReportFormat::Text {
            // A line that nobody reads keeps the others from no one.
            let _ = print(finding.line(language) + "\n");
        }
        findings.push(finding);
    });
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => return fail(url.as_str(), &error),
    };
    let code = match outcome {
        Outcome::Healthy => ExitCode::SUCCESS,
        Outcome::Faulty => ExitCode::FAILURE,
        Outcome::Unreachable => ExitCode::from(UNUSABLE),
    };
    let count = |severity| {
        let alike = findings
            .iter()
            .filter(|finding| finding.severity == severity);
        alike.count()
    };
    let (faults, warnings) = (count(Severity::Fault), count(Severity::Warning));
    let report = match format {
        ReportFormat::Text => doctor::summary(faults, warnings, language),
        ReportFormat::Json => {
            let findings: Vec<_> = findings.iter().map(|it| it.json(language)).collect();
            json!({
                "url": url.as_str(),
                "faults": faults,
                "warnings": warnings,
                "findings": findings,
            })
            .to_string()
        }
    };
    say(report + "\n", code)
}

fn not_an_address(text: &str, language: Language) -> String {
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
