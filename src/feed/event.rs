//! One [`Session`] -> its VEVENT in one language (RFC 5545, 3.6.1), without
//! the stamps that the history keeps.
//!
//! A session is the same event, byte for byte, in every feed that holds it in
//! that language: nothing here knows of a selection.

use chrono::{DateTime, FixedOffset, Utc};
use icalendar::{Component, Event as Properties, EventLike, EventStatus, Property, ValueType};
use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::feed::line::{push_escaped, push_folded, push_parameter};
use crate::route::{Links, Route};
use crate::schedule::{Calendar, Cancellations, Districts, Place, Session, Status, Venue};
use crate::texts::Language;

/// The revision of an event and its instants, whole seconds (RFC 5545, 3.8.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// CREATED: when it was first published.
    pub created: DateTime<Utc>,
    /// DTSTAMP and LAST-MODIFIED: when it was last published with a change.
    pub modified: DateTime<Utc>,
    /// SEQUENCE: how often it changed.
    pub sequence: u32,
}

/// A VEVENT without its stamps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    uid: String,
    /// The logical lines after the stamps, unfolded.
    lines: Vec<String>,
}

impl Event {
    /// The event of `session` in `language`.
    pub fn new(session: &Session, calendar: &Calendar, links: &Links, language: Language) -> Event {
        let page = links.absolute(&Route::Session(session.id.clone(), language));
        let zone = calendar.zone.name();

        let mut properties = Properties::new();
        properties
            .append_property(local_time("DTSTART", session.start, zone))
            .append_property(local_time("DTEND", session.end, zone))
            .summary(&summary(session, calendar, language))
            .description(&description(session, calendar, &page, language))
            .url(&page)
            .status(status(session.status, calendar.cancellations))
            // Nobody is busy: people come by when they like.
            .add_property("TRANSP", "TRANSPARENT")
            .add_property("CATEGORIES", categories(&session.districts, language));
        if let Some(venue) = session.place.venue() {
            properties.location(&location(venue, language));
            if let Some(position) = venue.location {
                let (latitude, longitude) = (position.latitude(), position.longitude());
                properties.add_property("GEO", format!("{latitude};{longitude}"));
                properties.append_property(
                    Property::new(
                        "X-APPLE-STRUCTURED-LOCATION",
                        format!("geo:{latitude},{longitude}"),
                    )
                    .add_parameter("VALUE", "URI")
                    .add_parameter("X-APPLE-RADIUS", "70")
                    .add_parameter("X-TITLE", venue.name.get(language))
                    .done(),
                );
            }
        }
        Event {
            uid: format!("{}@{}", session.id, calendar.id),
            lines: properties.properties().values().map(logical_line).collect(),
        }
    }

    /// Appends the event with its stamps, as content lines.
    pub fn push_to(&self, out: &mut String, stamp: &Stamp) {
        let modified = utc(stamp.modified);
        push_folded(out, "BEGIN:VEVENT");
        push_folded(out, &format!("UID:{}", self.uid));
        // Without METHOD, DTSTAMP means "last revised" (RFC 5545, 3.8.7.2).
        push_folded(out, &format!("DTSTAMP:{modified}"));
        push_folded(out, &format!("LAST-MODIFIED:{modified}"));
        push_folded(out, &format!("CREATED:{}", utc(stamp.created)));
        push_folded(out, &format!("SEQUENCE:{}", stamp.sequence));
        for line in &self.lines {
            push_folded(out, line);
        }
        push_folded(out, "END:VEVENT");
    }
}

/// A digest of the events of `session` in every language, stamps aside: what
/// decides whether subscribers would see a change.
///
/// The public URL is left out, since a schedule may be checked and published
/// where it is not known.
pub fn digest(session: &Session, calendar: &Calendar, links: &Links) -> String {
    let mut hasher = Sha256::new();
    for language in Language::ALL {
        let event = Event::new(session, calendar, links, language);
        let address = Route::Session(session.id.clone(), language);
        let page = links.absolute(&address);
        hasher.update(event.uid.as_bytes());
        for line in &event.lines {
            // Both lines that hold the page's address end with it.
            match line.strip_suffix(page.as_str()) {
                Some(before) => {
                    hasher.update(before.as_bytes());
                    hasher.update(links.path(&address).as_bytes());
                }
                None => hasher.update(line.as_bytes()),
            }
            hasher.update(b"\n");
        }
    }
    hex(&hasher.finalize()[..16])
}

/// An instant in UTC, such as `20260306T090000Z` (RFC 5545, 3.3.5, form 2).
pub fn utc(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

/// The title of a session as its subscribers see it, its status first.
pub fn summary(session: &Session, calendar: &Calendar, language: Language) -> String {
    let title = session.title(calendar.title.get(language), language);
    session.status.title_prefix(language).to_owned() + &title
}

/// Where a session is, in words: its venue, or that it is still to be
/// announced.
pub fn place(session: &Session, language: Language) -> String {
    match session.place.venue() {
        Some(venue) => location(venue, language),
        None => language.words().place_to_be_announced.to_owned(),
    }
}

/// A venue's name and address, or its district where the address is not known.
pub fn location(venue: &Venue, language: Language) -> String {
    let where_it_is = venue.address.as_ref().unwrap_or(&venue.district.name);
    format!(
        "{}, {}",
        venue.name.get(language),
        where_it_is.get(language)
    )
}

/// A logical line of a property: its value escaped where its type is TEXT.
fn logical_line(property: &Property) -> String {
    let mut line = property.key().to_owned();
    for parameter in property.params().values() {
        push_parameter(&mut line, parameter.key(), parameter.value());
    }
    line.push(':');
    // A list of categories is escaped one by one, before it is joined.
    if property.value_type() == Some(ValueType::Text) && property.key() != "CATEGORIES" {
        push_escaped(&mut line, property.value());
    } else {
        line.push_str(property.value());
    }
    line
}

/// A local time with its zone (RFC 5545, 3.3.5, form 3).
fn local_time(name: &str, time: DateTime<FixedOffset>, zone: &str) -> Property {
    Property::new(name, time.format("%Y%m%dT%H%M%S").to_string())
        .add_parameter("TZID", zone)
        .done()
}

fn status(status: Status, cancellations: Cancellations) -> EventStatus {
    match (status, cancellations) {
        // Google removes a cancelled event; with `notice` the title tells it.
        (Status::Confirmed, _) | (Status::Cancelled | Status::Postponed, Cancellations::Notice) => {
            EventStatus::Confirmed
        }
        (Status::Tentative, _) => EventStatus::Tentative,
        (Status::Cancelled | Status::Postponed, Cancellations::Status) => EventStatus::Cancelled,
    }
}

fn categories(districts: &Districts, language: Language) -> String {
    let mut list = String::new();
    match districts {
        Districts::All => push_escaped(&mut list, language.words().all_districts),
        Districts::These(districts) => {
            for (index, district) in districts.iter().enumerate() {
                if index > 0 {
                    list.push(',');
                }
                push_escaped(&mut list, district.name.get(language));
            }
        }
    }
    list
}

/// Plain paragraphs, the session's page last: Android shows no URL property.
fn description(session: &Session, calendar: &Calendar, page: &str, language: Language) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    if let Some(notice) = session.status.notice(language) {
        paragraphs.push(notice.to_owned());
    }
    if let Some(note) = &session.note {
        paragraphs.push(note.get(language).to_owned());
    }
    match &session.place {
        Place::ToBeAnnounced => {
            paragraphs.push(language.words().place_will_appear.to_owned());
        }
        Place::Venue(venue) => {
            paragraphs.extend(venue_facts(venue, language));
            if let Some(description) = &venue.description {
                paragraphs.push(description.get(language).to_owned());
            }
        }
    }
    if let Some(description) = &calendar.description {
        paragraphs.push(description.get(language).to_owned());
    }
    paragraphs.push(page.to_owned());
    paragraphs.join("\n\n")
}

/// What to know of a venue, a line each: who runs it, how to get in, its page.
fn venue_facts(venue: &Venue, language: Language) -> Option<String> {
    let mut facts = Vec::new();
    if let Some(host) = &venue.host {
        facts.push(format!("{}: {}", language.words().host, host.get(language)));
    }
    if !venue.access.is_empty() {
        let features: Vec<&str> = venue
            .access
            .iter()
            .map(|access| access.name(language))
            .collect();
        facts.push(format!(
            "{}: {}",
            language.words().access,
            features.join(", ")
        ));
    }
    if let Some(url) = &venue.url {
        facts.push(url.as_str().to_owned());
    }
    (!facts.is_empty()).then(|| facts.join("\n"))
}
