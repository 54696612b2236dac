//! `changes` and `publish`: what subscribers would see change, and the record
//! of it.

use std::process::ExitCode;
use std::sync::Arc;

use chrono::Utc;

use super::arguments::{Common, Report, ReportFormat};
use super::speech::{complain, refuse, say};
use super::{fail, schedule_file, telling};
use crate::changes::Changes;
use crate::history::{self, Saved, Terms};
use crate::notify::Current;
use crate::schedule;
use crate::store::{Address, Store};

/// What is done with the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// They are told.
    Tell,
    /// They are told and recorded.
    Record,
}

/// Tells what subscribers would see change, and records it where it is asked
/// for: 0 done, 1 the schedule has problems, 2 unreadable or not recorded.
pub fn run(common: &Common, asked: &Report, purpose: Purpose) -> ExitCode {
    let now = Utc::now();
    let file = match schedule_file::read(common, asked) {
        Ok(file) => file,
        Err((name, error)) => return fail(&name, &error),
    };
    let language = common.report_language();
    let reading = match schedule::read(&file.bytes, now.date_naive()) {
        Ok(reading) => reading,
        Err(rejected) => return refuse(&file.name, &file.bytes, &rejected, language),
    };
    let source = schedule_file::source(common, asked);
    let mut store = Store::new(&source, common.history.clone());
    let before = match store.read() {
        Ok(before) => before,
        Err(error) => return fail("what was published before is not known", &error),
    };
    for line in before.unreadable() {
        complain(format_args!("warning: {line}"));
    }
    let address = Address::new(common.public_url.clone()).with_hub(common.telling.hub.clone());
    let plan = match telling::plan(common, &store) {
        Ok(plan) => plan,
        Err(refusal) => return refusal,
    };
    let saved = match purpose {
        Purpose::Tell => {
            let links = address.links(&reading.schedule);
            let terms = Terms::new(&links, address.told());
            history::publish(&reading.schedule, &before, &terms, now).map(|outcome| Saved {
                outcome,
                failure: None,
            })
        }
        Purpose::Record => store.publish(&reading.schedule, &address, now),
    };
    let Saved { outcome, failure } = match saved {
        Ok(saved) => saved,
        Err(error) => return fail(&file.name, &error),
    };
    let changes = Changes::new(&before, &outcome);
    let told = match asked.format {
        ReportFormat::Json => changes.json(language),
        ReportFormat::Text => changes.text(language),
    };
    let said = say(told, ExitCode::SUCCESS);
    if let (Purpose::Record, None, Some(plan)) = (purpose, &failure, plan) {
        let current = Current {
            links: address.site_links(&reading.schedule),
            publication: Arc::new(outcome.publication),
            is_recorded: true,
        };
        if let Err(error) = telling::now(&plan, &current) {
            return fail("notices", &error);
        }
    }
    match failure {
        Some(failure) => fail("nothing was recorded", &failure),
        None => said,
    }
}
