//! `check`: every problem of a schedule at once, for people or programs.

use std::process::ExitCode;

use chrono::Utc;

use super::arguments::{Common, Report, ReportFormat};
use super::schedule_file;
use super::speech::{report_to_say, say};
use crate::schedule::{self, report};

/// Reports the problems of a schedule: 0 good, 1 problems, 2 unreadable.
pub fn run(common: &Common, asked: &Report) -> ExitCode {
    let file = match schedule_file::read(common, asked) {
        Ok(file) => file,
        Err(code) => return code,
    };
    let outcome = schedule::read(&file.bytes, Utc::now().date_naive());
    let language = common.report_language();
    let (name, bytes) = (&file.name, &file.bytes);
    let report = match asked.format {
        ReportFormat::Json => report::json(name, outcome.as_ref(), language),
        ReportFormat::Text => {
            let report = report_to_say(name, bytes, outcome.as_ref(), language);
            schedule_file::first_line(&file.source, language) + &report
        }
    };
    let code = if outcome.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    say(report, code)
}
