//! `doctor`: what calendar programs meet at a deployment, one line each.

use std::process::ExitCode;

use super::UNUSABLE;
use super::arguments::Common;
use super::speech::{complain, print, say};
use crate::doctor::{self, FeedAddress, Outcome, Severity};

/// Looks at the deployment at `url`: 0 healthy, 1 faults, 2 unreachable.
pub fn run(common: &Common, url: &str) -> ExitCode {
    let language = common.report_language();
    let address = match FeedAddress::parse(url) {
        Ok(address) => address,
        Err(error) => {
            complain(doctor::not_an_address(&error, language));
            return ExitCode::from(UNUSABLE);
        }
    };
    let (mut faults, mut warnings) = (0, 0);
    let outcome = doctor::examine(address, |finding| {
        match finding.severity() {
            Severity::Ok => {}
            Severity::Warning => warnings += 1,
            Severity::Fault => faults += 1,
        }
        // A line that nobody reads keeps the others from no one.
        let _ = print(doctor::line(finding, language) + "\n");
    });
    let code = match outcome {
        Outcome::Healthy => ExitCode::SUCCESS,
        Outcome::Faulty => ExitCode::FAILURE,
        Outcome::Unreachable => ExitCode::from(UNUSABLE),
    };
    say(doctor::summary(faults, warnings, language) + "\n", code)
}
