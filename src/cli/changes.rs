//! `changes` and `publish`: what subscribers would see change, and the record
//! of it.

use std::process::ExitCode;
use std::sync::Arc;

use chrono::Utc;

use super::arguments::{Common, Report, ReportFormat};
use super::speech::{complain, say};
use super::{UNUSABLE, fail, schedule_file, telling};
use crate::changes::{Changes, Recorded};
use crate::history::{self, Terms};
use crate::notify::{self, Current};
use crate::review::of_history;
use crate::schedule::Reading;
use crate::store::{Address, Store};
use crate::texts::Language;

/// `changes`: tells what subscribers would see change: 0 told, 1 the schedule
/// has problems, 2 unreadable.
pub fn tell(common: &Common, asked: &Report) -> ExitCode {
    run(common, asked, None, Purpose::Tell).unwrap_or_else(|code| code)
}

/// `publish`: tells it and records it: 2 also where it is not recorded. Every
/// session ahead is raised over the revision `above`, where one is given.
pub fn publish(common: &Common, asked: &Report, above: Option<u32>) -> ExitCode {
    run(common, asked, above, Purpose::Record).unwrap_or_else(|code| code)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Tell,
    Record,
}

fn run(
    common: &Common,
    asked: &Report,
    above: Option<u32>,
    purpose: Purpose,
) -> Result<ExitCode, ExitCode> {
    let now = Utc::now();
    let file = schedule_file::read(common, asked)?;
    let language = common.report_language();
    let reading = file.good(language, now)?;
    let mut store = Store::new(&file.source, common.history.clone());
    let before =
        (store.read()).map_err(|error| fail("what was published before is not known", &error))?;
    let Reading {
        schedule, warnings, ..
    } = file.reviewed(reading, &before, language, now)?;
    for line in before.unreadable() {
        complain(format_args!("warning: {line}"));
    }
    let address = Address::new(common.public_url.clone()).with_hub(common.telling.hub.clone());
    let links = address.links(&schedule);
    let terms = Terms {
        above,
        ..Terms::new(&links, address.told())
    };
    let other = |error| fail(&file.name, &error);
    let mut outcome = history::publish(&schedule, &before, &terms, now).map_err(other)?;
    let mut recorded = None;
    let mut plan = None;
    if purpose == Purpose::Record {
        plan = telling::plan(common, &store)?;
        if let Some(plan) = &plan {
            notify::prepare(plan);
        }
        let unrecorded = outcome.records.len();
        match store.path() {
            Some(path) => {
                let path = path.display().to_string();
                let saved = store.publish_on(&terms, &schedule, now).map_err(other)?;
                if let Some(failure) = saved.failure {
                    return Err(fail("nothing was recorded", &failure));
                }
                outcome = saved.outcome;
                recorded = Some(Recorded {
                    lines: saved.written,
                    history: path,
                });
            }
            None if unrecorded == 0 => {}
            None => {
                complain(format_args!(
                    "{}: nothing was recorded: it has no history; name one with --history",
                    file.name
                ));
                return Err(ExitCode::from(UNUSABLE));
            }
        }
    }
    // Standard input has no history that could be missing.
    let mut told = match store.path() {
        Some(_) => of_history(&before, &outcome.warnings),
        None => Vec::new(),
    };
    told.extend(warnings);
    let changes = Changes::new(&before, &outcome).with_warnings(told);
    let told = match asked.format {
        ReportFormat::Json => changes.json(&file.name, recorded.as_ref(), language),
        ReportFormat::Text => {
            let last = recorded.map(|recorded| recorded_line(&recorded, language));
            let first = schedule_file::first_line(&file.source, language);
            let last = last.unwrap_or_default();
            format!("{first}\n{}{last}", changes.text(language))
        }
    };
    let said = say(told, ExitCode::SUCCESS);
    if let Some(plan) = plan {
        let current = Current {
            links: address.site_links(&schedule),
            publication: Arc::new(outcome.publication),
            is_recorded: true,
        };
        telling::now(&plan, &current).map_err(|error| fail("notices", &error))?;
    }
    Ok(said)
}

fn recorded_line(recorded: &Recorded, language: Language) -> String {
    let Recorded { lines, history } = recorded;
    match (language, lines) {
        (Language::Polish, 0) => format!("\nHistoria ma już wszystko: {history}\n"),
        (Language::Polish, lines) => format!("\nZapisano w historii ({lines}): {history}\n"),
        (_, 0) => format!("\nThe history has it all already: {history}\n"),
        (_, lines) => format!("\nRecorded in the history ({lines}): {history}\n"),
    }
}
