//! `export DIR`: the whole site as files.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::Utc;

use super::arguments::Common;
use super::speech::{complain, refuse, say};
use super::{fail, source};
use crate::export::{Exported, export};
use crate::history::Saved;
use crate::notify;
use crate::page;
use crate::schedule;
use crate::site::Site;
use crate::store::{Address, Store};
use crate::terminal::with_causes;

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
        Err(rejected) => return refuse(&source.name(), &bytes, &rejected, language),
    };
    let address = Address::new(common.public_url.clone());
    if address.told().is_none() {
        complain(
            "no --public-url was given: the links in these files lead to http://localhost:8080",
        );
    }
    let mut store = Store::new(&source, common.history.clone());
    let Saved { outcome, failure } = match store.publish(&reading.schedule, &address, now) {
        Ok(saved) => saved,
        Err(error) => return fail(&source.name(), &error),
    };
    for warning in &outcome.warnings {
        complain(format_args!("warning: {}", warning.message(language)));
    }
    if let Some(failure) = failure {
        complain(format_args!(
            "warning: {}: these changes are exported without a record, and the next export \
             will stamp them anew",
            with_causes(&failure)
        ));
    }
    let publication = Arc::new(outcome.publication);
    let boundary = page::last_boundary(&publication, now);
    let links = address.links(&reading.schedule);
    let links = links.with_hub(common.telling.hub.clone());
    let site = Site::new(publication, links, boundary);
    match export(&site, folder) {
        Ok(done) => {
            let Exported {
                files,
                written,
                removed,
                changed_feeds,
            } = done;
            if let Some(hub) = &common.telling.hub
                && !changed_feeds.is_empty()
            {
                let topics: Vec<String> = changed_feeds.into_iter().collect();
                if let Err(failure) = notify::publish_once(hub, &topics) {
                    complain(format_args!(
                        "warning: the hub {hub} was not told: {failure}"
                    ));
                }
            }
            let folder = folder.display();
            let told = format!(
                "{folder}: {files} files, {written} of them new, {removed} removed
"
            );
            say(told, ExitCode::SUCCESS)
        }
        Err(error) => fail("nothing more is exported", &error),
    }
}
