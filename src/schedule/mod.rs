//! YAML text -> [`Schedule`], or every [`Problem`] that keeps it from being one.
//!
//! This is the only place that knows YAML. A `Schedule` that exists is valid:
//! every reference is resolved, every text is free of control characters,
//! every session has one beginning and one end in real time. Nothing here
//! reads a clock or a file.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::texts::{Language, Text};
use crate::zone::Zone;

mod calendar;
mod color;
mod contact;
mod dates;
mod districts;
mod fields;
mod findings;
mod hours;
mod ids;
mod lines;
mod names;
mod node;
pub mod problem;
mod reading;
pub mod report;
mod schema;
mod sessions;
mod sharing;
mod suspicions;
mod syntax;
mod texts;
mod values;
mod venues;
mod web_address;
mod weekday;
mod wording;
mod words;
mod written;

pub use color::Color;
pub use contact::{Email, Phone};
pub use names::{folded, id_like};
pub use problem::{Position, Problem, Severity};
pub use reading::{LARGEST, Reading, Rejected, read};
pub use schema::SCHEMA;
pub use values::{
    Access, Cancellations, Conformance, Coordinates, Id, Refresh, Rhythm, Status, Window,
};
pub use web_address::{LinkFault, WebAddress};

/// A whole schedule, valid.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub(crate) calendar: Calendar,
    pub(crate) districts: Vec<Arc<District>>,
    pub(crate) venues: Vec<Arc<Venue>>,
    pub(crate) sessions: Vec<Arc<Session>>,
    pub(crate) withdrawn: Vec<Id>,
}

impl Schedule {
    /// What holds for the whole cycle.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The districts, in the file's order.
    pub fn districts(&self) -> &[Arc<District>] {
        &self.districts
    }

    /// The venues, in the file's order, used or not.
    pub fn venues(&self) -> &[Arc<Venue>] {
        &self.venues
    }

    /// The sessions by their start, then by id, past ones too.
    pub fn sessions(&self) -> &[Arc<Session>] {
        &self.sessions
    }

    /// Ids that were published by mistake and are to be gone at once.
    pub fn withdrawn(&self) -> &[Id] {
        &self.withdrawn
    }
}

/// What holds for the whole cycle of meetings.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Never changes: the right half of every event's UID.
    pub id: Id,
    /// The cycle's name, on one line.
    pub title: Text,
    /// What it is, in a sentence or two; may have line breaks.
    pub description: Option<Text>,
    /// The cycle's idea at length; paragraphs are parted by an empty line.
    pub about: Option<Text>,
    /// Who is invited, one line each.
    pub audience: Vec<Text>,
    /// Who holds the meetings.
    pub organizer: Option<Organizer>,
    /// What to say to who hesitates, on one line.
    pub invitation: Option<Text>,
    /// Whether taking part costs nothing; `None` where the schedule does not
    /// say.
    pub free: Option<bool>,
    /// How often meetings are held.
    pub rhythm: Option<Rhythm>,
    /// Where urgent news is posted.
    pub channels: Vec<Link>,
    /// What every page links to in its foot.
    pub links: Vec<Link>,
    /// The declaration of accessibility that the law asks of a public body.
    pub accessibility: Option<Accessibility>,
    /// Where the local hours of every session are told.
    pub zone: Zone,
    /// The language of texts that name none, and of addresses without a
    /// language prefix.
    pub language: Language,
    /// How often a calendar program is asked to come back.
    pub refresh: Refresh,
    /// The colour that calendar programs show the events in.
    pub color: Option<Color>,
    /// How a cancelled session is told to calendar programs.
    pub cancellations: Cancellations,
}

/// Who holds the meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organizer {
    /// The person's or body's name, on one line.
    pub name: Text,
    /// Where to read about them.
    pub url: Option<WebAddress>,
    /// Where to write to them.
    pub email: Option<Email>,
    /// Where to call them.
    pub phone: Option<Phone>,
}

/// A link and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What to call it, on one line.
    pub name: Text,
    /// Where it leads.
    pub url: WebAddress,
}

/// A declaration of accessibility (act of 4 April 2019, article 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessibility {
    /// The public body that declares, on one line.
    pub entity: Text,
    /// How far the site keeps to the law's appendix.
    pub status: Conformance,
    /// When the site was first published.
    pub published: NaiveDate,
    /// When the declaration was made.
    pub prepared: NaiveDate,
    /// When the site last changed in a way that matters.
    pub updated: Option<NaiveDate>,
    /// Whom to tell of a barrier.
    pub contact: Contact,
    /// What is not accessible, and why; may have line breaks.
    pub exceptions: Option<Text>,
    /// How to get into the body's building; may have line breaks.
    pub building: Option<Text>,
}

/// Whom to tell of a barrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The person or the office, on one line.
    pub name: Text,
    /// Where to write.
    pub email: Email,
    /// Where to call.
    pub phone: Phone,
}

/// A district, by which residents choose what to subscribe to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Stands in addresses.
    pub id: Id,
    /// The number by which residents know it, such as `XVIII`; one line.
    pub number: Option<String>,
    /// Its name, on one line.
    pub name: Text,
    /// Further ids that find it, for ever.
    pub aliases: Vec<Id>,
}

/// A third place: a café, a library, a community centre.
#[derive(Debug, Clone, PartialEq)]
pub struct Venue {
    /// Stands in addresses.
    pub id: Id,
    /// Its name, on one line.
    pub name: Text,
    /// Where in the city it is.
    pub district: Arc<District>,
    /// Street, number and town, on one line.
    pub address: Option<Text>,
    /// Its place on the map.
    pub location: Option<Coordinates>,
    /// Who runs it, on one line.
    pub host: Option<Text>,
    /// Its own page.
    pub url: Option<WebAddress>,
    /// What it is like; may have line breaks.
    pub description: Option<Text>,
    /// How people can get in and take part, each feature once.
    pub access: Vec<Access>,
    /// Where to write about the place.
    pub email: Option<Email>,
    /// Where to call about the place.
    pub phone: Option<Phone>,
}

/// One meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Never changes: the left half of the event's UID.
    pub id: Id,
    /// The beginning, in the calendar's zone with its offset at that instant.
    pub start: DateTime<FixedOffset>,
    /// The end, after the beginning and on the same local date.
    pub end: DateTime<FixedOffset>,
    /// Where it is.
    pub place: Place,
    /// Whose subscribers hear of it.
    pub districts: Districts,
    /// Its own title, on one line; without one it goes by the calendar's
    /// title and the venue's name.
    pub title: Option<Text>,
    /// What else to know; may have line breaks.
    pub note: Option<Text>,
    /// Whether it is on.
    pub status: Status,
    /// What came of it. Pages and JSON tell it; the event does not, so that
    /// no calendar program reports a change of a meeting that is over.
    pub results: Option<Results>,
}

/// What came of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// May have line breaks.
    pub text: Option<Text>,
    /// Notes, photographs, an article; none only where there is a text.
    pub links: Vec<Link>,
}

impl Session {
    /// The local date of the meeting.
    pub fn date(&self) -> NaiveDate {
        self.start.date_naive()
    }
}

/// Where a session is.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// In a known venue.
    Venue(Arc<Venue>),
    /// The place is still to be announced.
    ToBeAnnounced,
}

impl Place {
    /// The venue, where it is known.
    pub fn venue(&self) -> Option<&Arc<Venue>> {
        match self {
            Place::Venue(venue) => Some(venue),
            Place::ToBeAnnounced => None,
        }
    }
}

/// In which districts' feeds a session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Districts {
    /// In every district's: a city-wide session.
    All,
    /// In these districts', at least one, each once, by id.
    These(Vec<Arc<District>>),
}

impl Districts {
    /// Whether the subscribers of the district `id` hear of the session.
    pub fn reach(&self, id: &Id) -> bool {
        match self {
            Districts::All => true,
            Districts::These(districts) => districts.iter().any(|district| district.id == *id),
        }
    }
}
