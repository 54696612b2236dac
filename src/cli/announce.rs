//! `announce`: ready texts of what changed last.

use std::fmt::Write as _;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::arguments::{Common, Report, ReportFormat};
use super::speech::{complain, say};
use super::{UNUSABLE, fail, schedule_file};
use crate::announce::{Announcement, announcement, news};
use crate::feed::{Change, Kind};
use crate::history::{self, Publication, Terms};
use crate::store::{Address, Store};
use crate::texts::Language;

/// Prints the texts: 0 done, even where there is nothing to tell; 1 the
/// schedule has problems; 2 unreadable, or no such session.
pub fn run(common: &Common, asked: &Report, session: Option<&str>) -> ExitCode {
    announce(common, asked, session).unwrap_or_else(|code| code)
}

fn announce(common: &Common, asked: &Report, session: Option<&str>) -> Result<ExitCode, ExitCode> {
    let now = Utc::now();
    let file = schedule_file::read(common, asked)?;
    let language = common.report_language();
    let reading = file.good(language, now)?;
    let history = (Store::new(&file.source, common.history.clone()).read())
        .map_err(|error| fail("what was published before is not known", &error))?;
    let reading = file.reviewed(reading, &history, language, now)?;
    let address = Address::new(common.public_url.clone());
    let links = address.links(&reading.schedule);
    let terms = Terms::new(&links, address.told());
    let outcome = history::publish(&reading.schedule, &history, &terms, now)
        .map_err(|error| fail(&file.name, &error))?;
    let publication = &outcome.publication;
    let changes = match session {
        None => newest(publication, now),
        Some(id) => last_of(publication, id).into_iter().collect(),
    };
    if let Some(id) = session.filter(|_| changes.is_empty()) {
        complain(format_args!(
            "{}: no session {id} was published or is in the schedule",
            file.name
        ));
        return Err(ExitCode::from(UNUSABLE));
    }
    let announcements: Vec<Announcement> = changes
        .iter()
        .map(|change| announcement(change, &publication.calendar, &links))
        .collect();
    let told = match asked.format {
        ReportFormat::Json => json_of(&file.name, &announcements),
        ReportFormat::Text => text_of(
            schedule_file::first_line(&file.source, language),
            &announcements,
            language,
        ),
    };
    Ok(say(told, ExitCode::SUCCESS))
}

/// What the last publication brought that is news at `now`; changes that are
/// still to be published are the last one.
fn newest(publication: &Publication, now: DateTime<Utc>) -> Vec<Change> {
    let changes = &publication.changes;
    let last = changes.last().map(|change| change.at);
    let of_last = changes.iter().filter(|change| Some(change.at) == last);
    of_last.filter_map(|change| news(&[change], now)).collect()
}

/// The last change of a session that is more than other words.
fn last_of(publication: &Publication, id: &str) -> Option<Change> {
    let changes = publication.changes.iter().rev();
    let mut of_session = changes.filter(|change| change.session.as_str() == id);
    of_session
        .find(|change| change.kind != Kind::Reworded)
        .cloned()
}

fn json_of(file: &str, announcements: &[Announcement]) -> String {
    let told = json!({ "file": file, "announcements": announcements });
    format!("{told:#}\n")
}

fn text_of(first_line: String, announcements: &[Announcement], reader: Language) -> String {
    let polish = reader == Language::Polish;
    let mut out = first_line;
    if announcements.is_empty() {
        out.push_str(if polish {
            "Ostatnia publikacja nie przyniosła niczego, o czym mieszkańcy powinni się dowiedzieć.\n"
        } else {
            "The last publication brought nothing that residents need to hear of.\n"
        });
    }
    let [message, post, mail] = if polish {
        ["SMS", "Wpis", "E-mail"]
    } else {
        ["Text message", "Post", "Mail"]
    };
    for announcement in announcements {
        for language in Language::ALL {
            let _ = write!(
                out,
                "\n===== {} · {} · {}\n\n--- {message}\n{}\n\n--- {post}\n{}\n\n--- {mail}: {}\n{}",
                announcement.id,
                announcement.kind,
                language.code(),
                announcement.text.get(language),
                announcement.post.get(language),
                announcement.subject.get(language),
                announcement.body.get(language),
            );
        }
    }
    out
}
