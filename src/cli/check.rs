//! `check`: every problem of a schedule at once, for people or programs.

use std::process::ExitCode;

use chrono::Utc;

use super::arguments::{Common, Report, ReportFormat};
use super::fail;
use super::schedule_file::{self, ScheduleFile};
use super::speech::{complain, report_to_say, say};
use crate::history::{self, Terms};
use crate::schedule::{self, Schedule, report};
use crate::store::{Address, Store};
use crate::texts::Language;

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
    let code = match &outcome {
        Ok(reading) => look_at_history(common, &file, &reading.schedule, language),
        Err(_) => ExitCode::FAILURE,
    };
    say(report, code)
}

/// Tells what looks wrong beside the history, where there should be one: 0, or
/// 2 where it is that of another calendar.
fn look_at_history(
    common: &Common,
    file: &ScheduleFile,
    schedule: &Schedule,
    language: Language,
) -> ExitCode {
    let store = Store::new(&file.source, common.history.clone());
    if store.path().is_none() {
        return ExitCode::SUCCESS;
    }
    let before = match store.read() {
        Ok(before) => before,
        Err(error) => return fail("what was published before is not known", &error),
    };
    for line in before.unreadable() {
        complain(format_args!("warning: {line}"));
    }
    let address = Address::new(common.public_url.clone());
    let links = address.links(schedule);
    let terms = Terms::new(&links, address.told());
    match history::publish(schedule, &before, &terms, Utc::now()) {
        Ok(outcome) => {
            for warning in &outcome.warnings {
                let (message, help) = (warning.message(language), warning.help(language));
                complain(format_args!("warning: {message}\n  {help}"));
            }
            ExitCode::SUCCESS
        }
        Err(error) => fail(&file.name, &error),
    }
}
