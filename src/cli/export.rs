//! `export DIR`: the whole site as files.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::Utc;

use super::arguments::Common;
use super::{fail, source};
use crate::export::export;
use crate::page;
use crate::schedule;
use crate::service::{Address, Keeping, with_causes};
use crate::site::Site;

/// Publishes the schedule as `serve` does, and writes its site below
/// `folder`: 0 done, 1 the schedule has problems, 2 unreadable or not
/// written.
pub fn run(common: &Common, folder: &Path) -> ExitCode {
    let now = Utc::now();
    let source = source(common);
    let bytes = match source.read() {
        Ok(bytes) => bytes,
        Err(error) => return fail(&source.name(), &error),
    };
    let language = common.report_language();
    let reading = match schedule::read(&bytes, now.date_naive()) {
        Ok(reading) => reading,
        Err(rejected) => {
            eprint!(
                "{}",
                super::report_text(&source.name(), &bytes, Err(&rejected), language)
            );
            return ExitCode::FAILURE;
        }
    };
    let address = Address::new(common.public_url.clone());
    if address.told().is_none() {
        eprintln!(
            "no --public-url was given: the links in these files lead to http://localhost:8080"
        );
    }
    let mut keeping = Keeping::new(&source, common.history.clone());
    let (outcome, failure) = keeping.publish(&reading.schedule, &address, now);
    for warning in &outcome.warnings {
        eprintln!("warning: {}", warning.message(language));
    }
    if let Some(failure) = failure {
        eprintln!(
            "warning: {}: these changes are exported without a record, and the next export \
             will stamp them anew",
            with_causes(&failure)
        );
    }
    let publication = Arc::new(outcome.publication);
    let turn = page::last_turn(&publication, now);
    let site = Site::new(publication, address.links(&reading.schedule), turn);
    match export(&site, folder) {
        Ok(done) => {
            println!(
                "{}: {} files, {} of them new, {} removed",
                folder.display(),
                done.files,
                done.written,
                done.removed
            );
            ExitCode::SUCCESS
        }
        Err(error) => fail("nothing more is exported", &error),
    }
}
