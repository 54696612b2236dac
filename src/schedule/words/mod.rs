//! A [`Problem`] -> what to tell the person who edits the schedule.
//!
//! Polish and English stand in a file each. They say what is wrong in one
//! sentence, and then what would be right, in words that can be typed.

use crate::terminal;
use crate::texts::Language;

use super::Schedule;
use super::problem::{Kind, Problem, Section, Shape};

mod english;
mod polish;

impl Problem {
    /// What is wrong, in one sentence without a full stop. A reader of
    /// Ukrainian gets English.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Polish => polish::message(&self.kind),
            Language::English | Language::Ukrainian => english::message(&self.kind),
        }
    }

    /// What would be right, where that can be told.
    pub fn help(&self, language: Language) -> Option<String> {
        match language {
            Language::Polish => polish::help(&self.kind),
            Language::English | Language::Ukrainian => english::help(&self.kind),
        }
    }
}

/// The words around the problems of a report.
pub(super) struct Names {
    pub(super) error: &'static str,
    pub(super) warning: &'static str,
    pub(super) help: &'static str,
    pub(super) session: &'static str,
}

pub(super) fn names(language: Language) -> Names {
    match language {
        Language::Polish => polish::NAMES,
        Language::English | Language::Ukrainian => english::NAMES,
    }
}

/// How many things a report found.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    pub(super) problems: usize,
    pub(super) warnings: usize,
}

/// How many things a list tells of, those that it only counts included.
pub(super) fn count(found: &[Problem]) -> usize {
    match found.last().map(|last| &last.kind) {
        Some(Kind::AndMore { count }) => found.len() - 1 + count,
        _ => found.len(),
    }
}

/// One sentence on what was found in `file`; `schedule` where it is good.
pub(super) fn summary(
    file: &str,
    counts: Counts,
    schedule: Option<&Schedule>,
    language: Language,
) -> String {
    match language {
        Language::Polish => polish::summary(file, counts, schedule),
        Language::English | Language::Ukrainian => english::summary(file, counts, schedule),
    }
}

/// What a near miss was probably meant to be.
fn near_miss(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::UnknownKey { near, .. }
        | Kind::UnknownChoice { near, .. }
        | Kind::Unknown { near, .. } => near.as_deref(),
        Kind::UnknownLanguage { near, .. }
        | Kind::UnknownZone { near, .. }
        | Kind::UnknownColor { near, .. } => *near,
        _ => None,
    }
}

/// What to write instead, to the letter.
fn right(kind: &Kind) -> Option<String> {
    match kind {
        Kind::WrongShape { right, .. }
        | Kind::BadWindow { right, .. }
        | Kind::BadNumber { right, .. }
        | Kind::BadEmail { right, .. }
        | Kind::BadPhone { right, .. } => right.clone(),
        Kind::BadDate { right, .. } | Kind::NoSuchDate { right, .. } => {
            right.map(|date| date.to_string())
        }
        Kind::BadRefresh { right, .. } => right.map(|hours| format!("{hours}h")),
        _ => None,
    }
}

/// What may stand under a key.
fn example(section: Section, key: &str) -> &'static str {
    match (section, key) {
        (Section::Calendar, "id") => "id: 3miejsce",
        (Section::District, "id") => "id: nowa-huta",
        (Section::Venue, "id") => "id: cafe-nowa",
        (Section::Session, "id") => "id: 2026-03",
        (Section::Session, "date") => "date: 2026-03-13",
        (Section::Venue, "district") => "district: nowa-huta",
        (Section::Contact | Section::Link, "name") => "name: \"…\"",
        (Section::ResultLink, "title") => "title: \"…\"",
        (Section::Accessibility, "status") => "status: full",
        (Section::Accessibility, "contact") => {
            "contact: {name: \"…\", email: kto@example.org, phone: \"…\"}"
        }
        (Section::Location, _) => "location: {lat: 50.07, lon: 20.04}",
        _ => example_of(key),
    }
}

/// A value of the shape that a key wants.
fn example_of_shape(key: &str, wanted: Shape) -> &'static str {
    match (wanted, key) {
        (Shape::Entry | Shape::Entries, "districts") => "- {id: nowa-huta, name: Nowa Huta}",
        (Shape::Entry | Shape::Entries, "venues") => {
            "- {id: cafe-nowa, name: \"…\", district: nowa-huta}"
        }
        (Shape::Entry | Shape::Entries, "sessions") => {
            "- {id: 2026-03, date: 2026-03-13, venue: cafe-nowa}"
        }
        (Shape::Entry | Shape::Entries, "channels") => "- {name: \"…\", url: \"https://…\"}",
        // Those of the calendar and those of results differ in the first key.
        (Shape::Entry | Shape::Entries, "links") => "",
        _ => example_of(key),
    }
}

/// What may stand under a key, wherever it is.
fn example_of(key: &str) -> &'static str {
    match key {
        "calendar" => "calendar: {id: 3miejsce, title: \"…\", timezone: Europe/Warsaw}",
        "title" => "title: Spotkajmy się",
        "name" => "name: Nowa Huta",
        "timezone" => "timezone: Europe/Warsaw",
        "window" => "window: 14:00-18:00",
        "audience" => "audience: [\"…\", \"…\"]",
        "organizer" => "organizer: {name: \"…\", url: \"https://…\"}",
        "location" => "location: {lat: 50.07, lon: 20.04}",
        "access" => "access: [step-free]",
        "aliases" => "aliases: [dzielnica-xviii]",
        "results" => "results: {text: \"…\"}",
        "entity" => "entity: \"…\"",
        "published" => "published: 2026-03-06",
        "prepared" => "prepared: 2026-03-06",
        "contact" => "contact: {name: \"…\", email: kto@example.org, phone: \"…\"}",
        "email" => "email: kto@example.org",
        "phone" => "phone: 12 345 67 89",
        "rhythm" => "rhythm: monthly",
        "free" => "free: true",
        "withdrawn" => "withdrawn: []",
        "districts" => "districts: [nowa-huta]",
        "venue" => "venue: cafe-nowa",
        "refresh" => "refresh: 6h",
        "language" => "language: pl",
        "color" => "color: teal",
        "cancellations" => "cancellations: notice",
        "number" => "number: XVIII",
        "district" => "district: nowa-huta",
        "host" => "host: \"…\"",
        "url" => "url: https://example.org/",
        "weekday" => "weekday: piątek",
        "status" => "status: cancelled",
        "id" => "id: nowa-huta",
        "date" => "date: 2026-03-13",
        "description" => "description: {pl: \"…\", en: \"…\"}",
        _ => "",
    }
}

fn is_all(given: &str) -> bool {
    given.eq_ignore_ascii_case("all")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `character` can be seen; if not, its number tells it.
fn shown(character: char) -> String {
    if character.is_whitespace() || !terminal::is_visible(character) {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

/// A value as it was given, short enough for one line of a report and without
/// anything that would disturb a terminal.
fn quoted_part(given: &str) -> String {
    terminal::shown(given, 60)
}

/// A value to write instead: as long as a person may be asked to copy.
fn whole(right: &str) -> String {
    terminal::shown(right, 300)
}
