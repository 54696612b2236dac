//! The file as it stands -> the list of meetings and places.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::file::Copy;
use super::form::Form;
use super::page::{Home, Row};
use super::words::Words;
use super::{Desk, language_of};
use crate::schedule::{Schedule, Session, Status, report};
use crate::terminal::with_causes;
use crate::texts::dates;
use crate::web::respond::Response;

impl Desk {
    pub(super) fn home(&self, words: &'static Words, query: &Form, now: DateTime<Utc>) -> Response {
        let copy = match Copy::read(&self.file) {
            Ok(copy) => copy,
            Err(error) => return self.failed(words, words.unreadable, &[&with_causes(&error)]),
        };
        let language = language_of(words);
        let read = self.read(&copy.bytes, now);
        let told = |outcome| report::text(&self.name, &copy.bytes, outcome, language, false);
        let report = match &read {
            Ok(reading) if reading.warnings.is_empty() => None,
            Ok(reading) => Some(told(Ok(reading))),
            Err(rejected) => Some(told(Err(rejected))),
        };
        let schedule = read.as_ref().ok().map(|reading| &reading.schedule);
        let sessions = schedule.map(Schedule::sessions).unwrap_or_default();
        let row = |session: &Arc<Session>| row(session, words);
        let (ahead, mut past): (Vec<_>, Vec<_>) =
            sessions.iter().partition(|session| session.end > now);
        past.reverse();
        let state = self.state();
        let last = state.undo.as_ref().filter(|it| it.after == copy.stamp);
        let can_undo = last.is_some();
        let saved_means = if self.is_served {
            words.saved_served
        } else {
            words.saved_means
        };
        let (done, spread) = match (query.get("saved"), query.get("undone"), last) {
            ("yes", _, Some(last)) => (Some((words.saved, saved_means)), last.spread.clone()),
            (_, "yes", _) => (Some((words.undone, words.undone_means)), Vec::new()),
            _ => (None, Vec::new()),
        };
        drop(state);
        let places = schedule.map(Schedule::venues).unwrap_or_default().iter();
        self.html(&Home {
            page: self.page(words),
            title: words.meetings.to_owned(),
            done,
            can_undo,
            spread,
            report,
            broken: read.is_err(),
            ahead: ahead.into_iter().map(row).collect(),
            past: past.into_iter().map(row).collect(),
            places: places
                .map(|venue| (venue.id.to_string(), venue.name.get(language).to_owned()))
                .collect(),
        })
    }
}

fn row(session: &Session, words: &Words) -> Row {
    let language = language_of(words);
    let status = match session.status {
        Status::Confirmed => None,
        Status::Tentative => Some(words.tentative),
        Status::Cancelled => Some(words.cancelled),
        Status::Postponed => Some(words.postponed),
    };
    let place = session
        .place
        .venue()
        .map_or(words.no_place_yet, |venue| venue.name.get(language));
    let what = match &session.title {
        Some(title) => format!("{}, {} – {place}", session.hours(), title.get(language)),
        None => format!("{}, {place}", session.hours()),
    };
    Row {
        id: session.id.to_string(),
        date: dates::long_date(session.date(), language),
        what,
        status,
    }
}
