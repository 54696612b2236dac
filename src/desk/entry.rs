//! One meeting or place <-> its form.

use chrono::{DateTime, Utc};
use hyper::StatusCode;

use super::asked::{Asked, Target, keys_of, today};
use super::fields::{session_fields, venue_fields};
use super::form::{self, Form, SESSION};
use super::looking::{difference, told};
use super::page::{Again, FormPage, Message};
use super::text::{self, List};
use super::words::Words;
use super::{Desk, Opened, language_of, propose};
use crate::schedule::Reading;
use crate::texts::dates;
use crate::web::respond::Response;

/// The file with the changes made, not saved yet.
pub(super) struct Done {
    pub(super) text: String,
    pub(super) reading: Reading,
    /// The lines that change.
    pub(super) difference: Vec<(char, String)>,
}

/// Why a form is shown again.
#[derive(Default)]
struct Wrong {
    /// Each with the field that it is about, or what its name begins with.
    problems: Vec<(Option<String>, String)>,
    /// The lines to paste, where the desk cannot write them.
    by_hand: Option<String>,
}

impl Desk {
    pub(super) fn show_form(
        &self,
        words: &'static Words,
        opened: &Opened,
        (list, id): Target<'_>,
        query: &Form,
        now: DateTime<Utc>,
    ) -> Response {
        let own = opened.reading.schedule.calendar().language;
        let form = match id.map(|id| opened.entry(list, id)) {
            Some(Some(entry)) => form::shown(&entry, keys_of(list), own),
            Some(None) => return self.missing(words),
            None => proposed(opened, list, query.get("from"), now),
        };
        self.form_page(words, opened, (list, id), &form, Wrong::default(), now)
    }

    fn form_page(
        &self,
        words: &'static Words,
        opened: &Opened,
        (list, id): Target<'_>,
        form: &Form,
        wrong: Wrong,
        now: DateTime<Utc>,
    ) -> Response {
        let schedule = &opened.reading.schedule;
        let language = language_of(words);
        let session = id.and_then(|id| schedule.sessions().iter().find(|it| it.id.as_str() == id));
        let mut groups = match list {
            List::Sessions => {
                let is_over = session.is_some_and(|it| it.end <= now);
                session_fields(words, schedule, form, id.is_none(), is_over)
            }
            List::Venues => venue_fields(words, schedule, form, id.is_none()),
        };
        for group in &mut groups {
            for field in &mut group.fields {
                let is_own = |at: &Option<String>| {
                    let rest = at
                        .as_ref()
                        .and_then(|at| field.name.strip_prefix(at.as_str()));
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                };
                let own = wrong.problems.iter().filter(|(at, _)| is_own(at));
                field.problems = own.map(|(_, words)| words.clone()).collect();
            }
            group.is_open |= group.fields.iter().any(|it| !it.problems.is_empty());
        }
        let title = match (list, id) {
            (List::Sessions, None) => words.new_meeting.to_owned(),
            (List::Venues, None) => words.new_place.to_owned(),
            (List::Sessions, Some(id)) => {
                let date = session.map(|it| dates::long_date(it.date(), language));
                format!("{}: {}", words.edit_meeting, date.as_deref().unwrap_or(id))
            }
            (List::Venues, Some(id)) => {
                let mut venues = schedule.venues().iter();
                let venue = venues.find(|it| it.id.as_str() == id);
                venue.map_or(id, |it| it.name.get(language)).to_owned()
            }
        };
        let copy = id.filter(|_| list == List::Sessions);
        self.html(&FormPage {
            page: self.page(words),
            title,
            action: self.action((list, id)),
            stamp: opened.copy.stamp.clone(),
            problems: wrong.problems.into_iter().map(|(_, words)| words).collect(),
            by_hand: wrong.by_hand,
            groups,
            copy: copy.map(|id| format!("{}sessions/new?from={id}", self.url.path())),
        })
    }

    pub(super) fn action(&self, (list, id): Target<'_>) -> String {
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
        target: Target<'_>,
        form: &Form,
        now: DateTime<Utc>,
    ) -> Response {
        if form.get("step") == "edit" {
            return self.form_page(words, opened, target, form, Wrong::default(), now);
        }
        let Some(asked) = Asked::new(opened, target, form, now) else {
            return self.missing(words);
        };
        let saves = form.get("step") == "save";
        if form.get("stamp") != opened.copy.stamp {
            return if saves && asked.is_in(opened) {
                self.saved()
            } else {
                self.stale(words, opened, &asked)
            };
        }
        let done = match self.make(words, opened, &asked, now) {
            Ok(done) => done,
            Err(wrong) => return self.form_page(words, opened, target, form, wrong, now),
        };
        if !saves {
            return self.look(words, opened, &asked, &done, now);
        }
        let schedule = &done.reading.schedule;
        let effect = self.effect(None, schedule, language_of(words), now).ok();
        let spread = self.spread(effect.as_ref(), schedule, &asked, now);
        self.save(words, &opened.copy, done.text.as_bytes(), spread)
    }

    /// Makes the changes in the text, and reads the result.
    fn make(
        &self,
        words: &'static Words,
        opened: &Opened,
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Result<Done, Wrong> {
        let problems = asked.missing(words, opened.reading.schedule.calendar().language);
        if !problems.is_empty() {
            return Err(Wrong {
                problems,
                by_hand: None,
            });
        }
        let by_hand = || Wrong {
            problems: Vec::new(),
            by_hand: Some(asked.by_hand()),
        };
        let mut text = opened.copy.text().ok_or_else(by_hand)?.to_owned();
        let mut lines = Vec::new();
        for change in &asked.changes {
            let after = text::apply(&text, change).map_err(|_| by_hand())?;
            lines.extend(difference(&text, &after));
            text = after;
        }
        match self.read(text.as_bytes(), now) {
            Ok(reading) => Ok(Done {
                text,
                reading,
                difference: lines,
            }),
            Err(rejected) => {
                let told = rejected.problems.iter().map(|problem| {
                    let at = problem.position;
                    let field = asked.field_at(&text, at.line, at.column);
                    (field, told(problem, language_of(words)))
                });
                Err(Wrong {
                    problems: told.collect(),
                    by_hand: None,
                })
            }
        }
    }

    /// The file is another than the form was made from: both are shown.
    fn stale(&self, words: &'static Words, opened: &Opened, asked: &Asked) -> Response {
        let now_there = opened.entry(asked.list, &asked.id);
        let now_there = now_there.map(|entry| text::lines_of(&entry));
        let mut sections = Vec::new();
        sections.extend(now_there.map(|lines| (words.stale_file.to_owned(), lines)));
        sections.push((words.stale_form.to_owned(), asked.by_hand()));
        let message = Message {
            page: self.page(words),
            title: words.stale.to_owned(),
            paragraphs: vec![words.stale_means.to_owned()],
            sections,
            again: Some(Again {
                action: self.action(asked.target()),
                stamp: opened.copy.stamp.clone(),
                fields: asked.form.typed(),
            }),
        };
        self.html_with(StatusCode::CONFLICT, &message)
    }
}

/// The list and the entry that a path names.
pub(super) fn target(path: &str) -> Option<Target<'_>> {
    let (list, id) = match path.split_once('/')? {
        ("sessions", id) => (List::Sessions, id),
        ("places", id) => (List::Venues, id),
        _ => return None,
    };
    Some((list, (id != "new").then_some(id)))
}

/// What a new entry begins with: the next date, or a copy of the session
/// `from`.
fn proposed(opened: &Opened, list: List, from: &str, now: DateTime<Utc>) -> Form {
    if list == List::Venues {
        return Form::default();
    }
    let schedule = &opened.reading.schedule;
    let date = propose::next_date(schedule, today(schedule, now));
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
