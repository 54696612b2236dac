//! `check`: every problem of a schedule at once, for people or programs, and
//! what looks wrong beside what was published before.

use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::arguments::{Common, Report, ReportFormat};
use super::fail;
use super::schedule_file::{self, ScheduleFile};
use super::speech::{report_to_say, say};
use crate::history::{self, Terms};
use crate::review::{declaration, of_history, review};
use crate::schedule::{self, Reading, Rejected, report};
use crate::store::{Address, Store};

/// Reports the problems of a schedule: 0 good, 1 problems, 2 unreadable.
pub fn run(common: &Common, asked: &Report) -> ExitCode {
    check(common, asked).unwrap_or_else(|code| code)
}

fn check(common: &Common, asked: &Report) -> Result<ExitCode, ExitCode> {
    let now = Utc::now();
    let file = schedule_file::read(common, asked)?;
    let outcome = match schedule::read(&file.bytes, now.date_naive()) {
        Ok(reading) => beside_history(reading, common, &file, now)?,
        Err(rejected) => Err(rejected),
    };
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
    Ok(say(report, code))
}

/// What was read of the schedule, with what its history adds.
///
/// # Errors
/// The history cannot be read, which was told: 2.
fn beside_history(
    reading: Reading,
    common: &Common,
    file: &ScheduleFile,
    now: DateTime<Utc>,
) -> Result<Result<Reading, Rejected>, ExitCode> {
    let store = Store::new(&file.source, common.history.clone());
    let before =
        (store.read()).map_err(|error| fail("what was published before is not known", &error))?;
    let address = Address::new(common.public_url.clone());
    let links = address.links(&reading.schedule);
    let terms = Terms::new(&links, address.told());
    let reading = match review(reading, &before, now) {
        Ok(reading) => reading,
        Err(rejected) => return Ok(Err(rejected)),
    };
    let published = history::publish(&reading.schedule, &before, &terms, now)
        .map_err(|error| fail(&file.name, &error))?;
    // Standard input has no history that could be missing.
    let mut told = match store.path() {
        Some(_) => of_history(&before, &published.warnings),
        None => Vec::new(),
    };
    told.extend(declaration(&reading));
    Ok(Ok(Reading {
        warnings: told.into_iter().chain(reading.warnings).collect(),
        ..reading
    }))
}
