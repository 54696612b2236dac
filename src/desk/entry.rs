//! One meeting or place <-> its form.

use chrono::{DateTime, Utc};
use hyper::StatusCode;

use super::fields::{session_fields, venue_fields};
use super::form::{self, Form, SESSION, VENUE};
use super::looking::told;
use super::page::{Again, FormPage, Message};
use super::text::{self, Change, List};
use super::words::Words;
use super::{Desk, Opened, language_of, propose};
use crate::web::respond::Response;

impl Desk {
    pub(super) fn show_form(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        query: &Form,
        now: DateTime<Utc>,
    ) -> Response {
        let schedule = &opened.reading.schedule;
        let own = schedule.calendar().language;
        let old = id.map(|id| opened.entry(list, id));
        let form = match old {
            Some(Some(entry)) => form::shown(&entry, keys_of(list), own),
            Some(None) => return self.missing(words),
            None => proposed(opened, list, query.get("from"), now),
        };
        self.form_page(words, opened, list, id, &form, &[], None)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one page")]
    fn form_page(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        form: &Form,
        problems: &[(Option<String>, String)],
        by_hand: Option<String>,
    ) -> Response {
        let schedule = &opened.reading.schedule;
        let (mut main, mut more) = match list {
            List::Sessions => session_fields(words, schedule, form, id.is_none()),
            List::Venues => venue_fields(words, schedule, form, id.is_none()),
        };
        for field in main.iter_mut().chain(&mut more) {
            let key = field.name.split('.').next().unwrap_or_default();
            let own = problems.iter().filter(|(at, _)| at.as_deref() == Some(key));
            field.problems = own.map(|(_, words)| words.clone()).collect();
        }
        let title = match (list, id) {
            (List::Sessions, None) => words.new_meeting.to_owned(),
            (List::Venues, None) => words.new_place.to_owned(),
            (List::Sessions, Some(id)) => format!("{} {id}", words.edit_meeting),
            (List::Venues, Some(id)) => format!("{} {id}", words.edit_place),
        };
        let copy = id.filter(|_| list == List::Sessions);
        self.html(&FormPage {
            page: self.page(words),
            title,
            action: self.action(list, id),
            stamp: opened.copy.stamp.clone(),
            problems: problems.iter().map(|(_, words)| words.clone()).collect(),
            by_hand,
            more_open: more.iter().any(|field| !field.problems.is_empty()),
            main,
            more,
            copy: copy.map(|id| format!("{}sessions/new?from={id}", self.url.path())),
        })
    }

    pub(super) fn action(&self, list: List, id: Option<&str>) -> String {
        let list = match list {
            List::Sessions => "sessions",
            List::Venues => "places",
        };
        format!("{}{list}/{}", self.url.path(), id.unwrap_or("new"))
    }

    pub(super) fn post_form(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        form: &Form,
        now: DateTime<Utc>,
    ) -> Response {
        let schedule = &opened.reading.schedule;
        let own = schedule.calendar().language;
        if form.get("step") == "edit" {
            return self.form_page(words, opened, list, id, form, &[], None);
        }
        let Some(before) = opened.copy.text() else {
            return self.missing(words);
        };
        let change = match id {
            None => Change::Add {
                list,
                keys: form::new_entry(form, keys_of(list), own),
            },
            Some(id) => match opened.entry(list, id) {
                Some(old) => Change::Set {
                    list,
                    id: id.to_owned(),
                    keys: form::changed(form, &old, keys_of(list), own),
                },
                None => return self.missing(words),
            },
        };
        if form.get("stamp") != opened.copy.stamp {
            return self.stale(words, opened, list, id, form, &change);
        }
        let shown_id = id.unwrap_or(form.get("id")).to_owned();
        let after = match text::apply(before, &change) {
            Ok(after) => after,
            Err(refused) => {
                return self.form_page(words, opened, list, id, form, &[], Some(refused.lines));
            }
        };
        let language = language_of(words);
        let reading = match self.read(after.as_bytes(), now) {
            Ok(reading) => reading,
            Err(rejected) => {
                let problems: Vec<(Option<String>, String)> = rejected
                    .problems
                    .iter()
                    .map(|problem| {
                        let at = problem.position;
                        let key = text::key_at(&after, list, &shown_id, at.line, at.column);
                        (key, told(problem, language))
                    })
                    .collect();
                return self.form_page(words, opened, list, id, form, &problems, None);
            }
        };
        if form.get("step") == "save" {
            return self.save(words, &opened.copy, after.as_bytes(), &shown_id);
        }
        self.look(
            words, opened, &reading, list, id, &shown_id, form, &after, now,
        )
    }

    /// The file is another than the form was made from: both are shown.
    fn stale(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        form: &Form,
        change: &Change,
    ) -> Response {
        let now_there = id
            .and_then(|id| opened.entry(list, id))
            .map(|entry| text::lines_of(&entry));
        let fields = form
            .0
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "token" | "stamp" | "step"));
        let mut sections = Vec::new();
        sections.extend(now_there.map(|lines| (words.stale_file.to_owned(), lines)));
        sections.push((words.stale_form.to_owned(), text::by_hand(change)));
        let message = Message {
            page: self.page(words),
            title: words.stale.to_owned(),
            paragraphs: vec![words.stale_means.to_owned()],
            sections,
            again: Some(Again {
                action: self.action(list, id),
                stamp: opened.copy.stamp.clone(),
                fields: fields.cloned().collect(),
            }),
        };
        self.html_with(StatusCode::CONFLICT, &message)
    }
}

/// The list and the entry that a path names; no entry for a new one.
pub(super) fn target(path: &str) -> Option<(List, Option<&str>)> {
    let (list, id) = match path.split_once('/')? {
        ("sessions", id) => (List::Sessions, id),
        ("places", id) => (List::Venues, id),
        _ => return None,
    };
    Some((list, (id != "new").then_some(id)))
}

fn keys_of(list: List) -> &'static [(&'static str, form::Shape)] {
    match list {
        List::Sessions => &SESSION,
        List::Venues => &VENUE,
    }
}

/// What a new entry begins with: the next date, or a copy of the session
/// `from`.
fn proposed(opened: &Opened, list: List, from: &str, now: DateTime<Utc>) -> Form {
    if list == List::Venues {
        return Form::default();
    }
    let schedule = &opened.reading.schedule;
    let today = schedule.calendar().zone.at(now).date_naive();
    let date = propose::next_date(schedule, today);
    let own = schedule.calendar().language;
    let copied = opened
        .copy
        .text()
        .and_then(|text| text::entry(text, list, from));
    let mut form = copied
        .map(|entry| form::shown(&entry, &SESSION, own))
        .unwrap_or_default();
    form.0
        .retain(|(name, _)| name != "status" && !name.starts_with("results"));
    form.set("date", &date.to_string());
    form.set("id", &propose::next_id(schedule, date));
    form
}
