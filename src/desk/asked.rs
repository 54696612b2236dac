//! A form that was sent -> the changes that it asks for.

use chrono::{DateTime, NaiveDate, Utc};

use super::form::{self, Form, SESSION, VENUE};
use super::text::{self, Change, List};
use super::words::Words;
use super::{Opened, propose};
use crate::schedule::Schedule;
use crate::texts::Language;

/// The list and the entry that a form is for; no id for a new entry.
pub(super) type Target<'a> = (List, Option<&'a str>);

/// What a form asks for.
pub(super) struct Asked {
    pub(super) list: List,
    pub(super) id: String,
    is_new: bool,
    /// The form, with what it left to the desk.
    pub(super) form: Form,
    /// One after the other: a new place for the meeting, then the entry.
    pub(super) changes: Vec<Change>,
}

impl Asked {
    /// `None` where there is no such entry.
    pub(super) fn new(
        opened: &Opened,
        (list, id): Target<'_>,
        form: &Form,
        now: DateTime<Utc>,
    ) -> Option<Asked> {
        let schedule = &opened.reading.schedule;
        let own = schedule.calendar().language;
        let mut form = form.clone();
        let mut changes = Vec::new();
        let mut place = form.within("place.");
        if list == List::Sessions && is_named(&place) {
            if place.get("id").is_empty() {
                place.set("id", &propose::venue_id(schedule, place.get(&name_in(own))));
                form.set("place.id", place.get("id"));
            }
            form.set("venue", place.get("id"));
            changes.push(Change::Add {
                list: List::Venues,
                keys: form::new_entry(&place, &VENUE, own),
            });
        }
        let keys = keys_of(list);
        if let Some(id) = id {
            let old = opened.entry(list, id)?;
            form = form.over(&form::shown(&old, keys, own));
            changes.push(Change::Set {
                list,
                id: id.to_owned(),
                keys: form::changed(&form, &old, keys, own),
            });
        } else {
            let id = new_id(schedule, list, &form, now);
            form.set("id", &id);
            changes.push(Change::Add {
                list,
                keys: form::new_entry(&form, keys, own),
            });
        }
        Some(Asked {
            list,
            id: id.unwrap_or(form.get("id")).to_owned(),
            is_new: id.is_none(),
            form,
            changes,
        })
    }

    pub(super) fn target(&self) -> Target<'_> {
        (self.list, (!self.is_new).then_some(self.id.as_str()))
    }

    /// Whether an entry gets another date.
    pub(super) fn moves(&self) -> bool {
        self.changes.iter().any(|change| match change {
            Change::Set { keys, .. } => keys.iter().any(|(key, _)| key == "date"),
            Change::Add { .. } => false,
        })
    }

    /// Whether the file says all of it already: the form was sent twice.
    pub(super) fn is_in(&self, opened: &Opened) -> bool {
        let own = opened.reading.schedule.calendar().language;
        let old = opened.entry(self.list, &self.id);
        old.is_some_and(|old| form::changed(&self.form, &old, keys_of(self.list), own).is_empty())
    }

    /// What no meeting or place can do without.
    pub(super) fn missing(&self, words: &Words, own: Language) -> Vec<(Option<String>, String)> {
        let mut missing = Vec::new();
        let mut needs = |name: &str, is_there: bool, words: &str| {
            if !is_there {
                missing.push((Some(name.to_owned()), words.to_owned()));
            }
        };
        let has = |form: &Form, name: &str| !form.get(name).is_empty();
        let mut needs_place = |form: &Form, prefix: &str| {
            let name = name_in(own);
            let is_there = form
                .0
                .iter()
                .any(|(it, value)| it.starts_with("name.") && !value.is_empty());
            needs(&format!("{prefix}{name}"), is_there, words.no_name);
            needs(
                &format!("{prefix}district"),
                has(form, "district"),
                words.no_district,
            );
        };
        match self.list {
            List::Venues => needs_place(&self.form, ""),
            List::Sessions => {
                let place = self.form.within("place.");
                if is_named(&place) {
                    needs_place(&place, "place.");
                }
                let known = has(&self.form, "venue") || self.form.all("districts").next().is_some();
                needs("date", has(&self.form, "date"), words.no_date);
                needs("venue", known, words.no_venue);
                needs("districts", known, words.no_districts);
            }
        }
        missing
    }

    /// The field that a place in the file is about.
    pub(super) fn field_at(&self, text: &str, line: u32, column: u32) -> Option<String> {
        let of_place = || {
            let id = self.form.get("place.id");
            let key = text::key_at(text, List::Venues, id, line, column)?;
            Some(format!("place.{key}"))
        };
        text::key_at(text, self.list, &self.id, line, column).or_else(of_place)
    }

    pub(super) fn by_hand(&self) -> String {
        let lines: Vec<String> = self.changes.iter().map(text::by_hand).collect();
        lines.join("\n")
    }
}

pub(super) fn keys_of(list: List) -> &'static [(&'static str, form::Shape)] {
    match list {
        List::Sessions => &SESSION,
        List::Venues => &VENUE,
    }
}

fn name_in(language: Language) -> String {
    format!("name.{}", language.code())
}

/// Whether a new place is meant: its district alone says nothing.
fn is_named(place: &Form) -> bool {
    let mut fields = place.0.iter();
    fields.any(|(name, value)| name != "district" && !value.is_empty())
}

/// The id of a new entry: the one that was typed, else one made of the date or
/// the name. The one that was proposed for another date counts as not typed.
fn new_id(schedule: &Schedule, list: List, form: &Form, now: DateTime<Utc>) -> String {
    let typed = form.get("id");
    if list == List::Venues {
        if !typed.is_empty() {
            return typed.to_owned();
        }
        return propose::venue_id(schedule, form.get(&name_in(schedule.calendar().language)));
    }
    let proposed = propose::next_id(schedule, propose::next_date(schedule, today(schedule, now)));
    match form.get("date").parse::<NaiveDate>() {
        Ok(date) if typed.is_empty() || typed == proposed => propose::next_id(schedule, date),
        _ => typed.to_owned(),
    }
}

pub(super) fn today(schedule: &Schedule, now: DateTime<Utc>) -> NaiveDate {
    schedule.calendar().zone.at(now).date_naive()
}
