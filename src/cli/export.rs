//! `export DIR`: the whole site as files.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::Utc;

use super::arguments::Common;
use super::speech::{complain, refuse, say};
use super::{fail, source};
use crate::export::{self, Exported};
use crate::history::{self, Publication, Terms};
use crate::notify;
use crate::page;
use crate::review::review;
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
    let mut store = Store::new(&source, common.history.clone());
    // What is wrong with the history is told below.
    let before = store.read().unwrap_or_default();
    let reading =
        schedule::read(&bytes, now.date_naive()).and_then(|reading| review(reading, &before, now));
    let schedule = match reading {
        Ok(reading) => reading.schedule,
        Err(rejected) => return refuse(&source.name(), &bytes, &rejected, language),
    };
    let address = Address::new(common.public_url.clone()).with_hub(common.telling.hub.clone());
    let links = address.links(&schedule);
    let site_links = address.site_links(&schedule);
    let site = |publication: Publication| {
        let boundary = page::last_boundary(&publication, now);
        Site::new(Arc::new(publication), site_links.clone(), boundary)
    };
    // Where the folder is refused, nothing is recorded.
    let terms = Terms::new(&links, address.told());
    let planned = match history::publish(&schedule, &before, &terms, now) {
        Ok(planned) => planned,
        Err(error) => return fail(&source.name(), &error),
    };
    if let Err(error) = export::check(&site(planned.publication), folder) {
        return fail("nothing is exported", &error);
    }
    if address.told().is_none() {
        complain(
            "no --public-url was given: the links in these files lead to http://localhost:8080",
        );
    }
    let earlier = export::earlier_feed(folder);
    let lost = earlier.and_then(|feed| before.lost_revision(&feed, &schedule.calendar().id));
    if let Some(revision) = lost {
        complain(format_args!(
            "warning: the earlier export in this folder tells of revisions up to {revision} that \
             the history does not know: every session ahead is raised over it"
        ));
    }
    let terms = Terms {
        above: lost,
        ..terms
    };
    let saved = match store.publish_on(&terms, &schedule, now) {
        Ok(saved) => saved,
        Err(error) => return fail(&source.name(), &error),
    };
    for warning in &saved.outcome.warnings {
        complain(format_args!("warning: {}", warning.message(language)));
    }
    if let Some(failure) = saved.failure {
        complain(format_args!(
            "warning: {}: these changes are exported without a record, and the next export \
             will stamp them anew",
            with_causes(&failure)
        ));
    }
    match export::export(&site(saved.outcome.publication), folder) {
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
                let told = notify::publish_once(hub, &topics)
                    .and_then(|()| export::told(folder).map_err(|error| with_causes(&error)));
                if let Err(failure) = told {
                    complain(format_args!(
                        "warning: the hub {hub} was not told: {failure}; the next export tells it"
                    ));
                }
            }
            let folder = folder.display();
            say(
                format_args!("{folder}: {files} files, {written} of them new, {removed} removed\n"),
                ExitCode::SUCCESS,
            )
        }
        Err(error) => fail("nothing more is exported", &error),
    }
}
