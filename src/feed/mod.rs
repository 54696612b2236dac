//! Sessions with their stamps and what changed -> the bytes of a feed.
//!
//! This stands below the [`history`](crate::history), which compares what is
//! rendered here: nothing here knows what was published before, a header or a
//! clock. The same [`Feed`] gives the same bytes on every machine, at any
//! time.

pub mod atom;
mod change;
pub mod csv;
pub mod difference;
mod digest;
pub mod event;
pub mod ics;
pub mod json;
mod line;

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::route::{Format, Links, Selection};
use crate::schedule::{Calendar, Cancellations, Color, District, Refresh, Session};
use crate::texts::{Language, Text};
use crate::zone::Zone;

pub use change::{Change, Kind};
pub use digest::EntryDigests;
pub use event::Stamp;

/// JSON Schema (draft-07) of [`json::feed`].
pub const CALENDAR_SCHEMA: &str = include_str!("calendar.schema.json");

/// What the feed of one selection holds, in every format and language.
#[derive(Debug, Clone)]
pub struct Feed<'a> {
    /// What holds for the whole cycle.
    pub calendar: &'a Calendar,
    /// Whose feed it is.
    pub selection: &'a Selection,
    /// The districts of the selection, in its order; none for all.
    pub districts: Vec<&'a District>,
    /// Its sessions, by their start, past ones too.
    pub entries: Vec<Entry<'a>>,
    /// What changed for its subscribers, oldest first.
    pub changes: Vec<&'a Change>,
    /// The local start of the calendar's oldest session, so that every feed of
    /// the calendar tells its zone alike.
    pub earliest: NaiveDateTime,
    /// When anything in it last changed.
    pub modified: DateTime<Utc>,
}

/// One session of a feed.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The session.
    pub session: &'a Session,
    /// Its revision and instants.
    pub stamp: Stamp,
    /// Its last change; `None` only for a session that was never recorded.
    pub last_change: Option<&'a Change>,
}

impl Feed<'_> {
    /// The bytes of the feed.
    pub fn render(&self, format: Format, links: &Links, language: Language) -> String {
        match format {
            Format::Ics => ics::feed(self, links, language),
            Format::Json => json::feed(self, links, language),
            Format::Atom => atom::feed(self, links, language),
            Format::Csv => csv::feed(self, links, language),
        }
    }

    /// The calendar's name as subscribers of the feed see it. Its districts are
    /// joined without a comma, whose backslash half of all readers show.
    pub fn name(&self, language: Language) -> String {
        let title = self.calendar.title.get(language);
        let districts: Vec<&str> = self
            .districts
            .iter()
            .map(|district| district.name.get(language))
            .collect();
        if districts.is_empty() {
            title.to_owned()
        } else {
            format!("{title} – {}", districts.join(" + "))
        }
    }
}

/// What stands in a feed outside its sessions, as far as it can be told in
/// words.
#[derive(Debug, Clone)]
pub struct CalendarHead {
    /// The cycle's name.
    pub title: Text,
    /// What it is.
    pub description: Option<Text>,
    /// The zone of the local hours.
    pub zone: Zone,
    /// The language of addresses without a prefix.
    pub language: Language,
    /// How often to come back.
    pub refresh: Refresh,
    /// The events' colour.
    pub color: Option<Color>,
    /// How a cancelled session is told.
    pub cancellations: Cancellations,
    /// The districts, whether or not any session is held in them.
    pub districts: Vec<Arc<District>>,
}

impl CalendarHead {
    /// What `calendar` and `districts` put into feeds outside the sessions.
    pub fn of(calendar: &Calendar, districts: &[Arc<District>]) -> CalendarHead {
        CalendarHead {
            title: calendar.title.clone(),
            description: calendar.description.clone(),
            zone: calendar.zone.clone(),
            language: calendar.language,
            refresh: calendar.refresh,
            color: calendar.color,
            cancellations: calendar.cancellations,
            districts: districts.to_vec(),
        }
    }
}
