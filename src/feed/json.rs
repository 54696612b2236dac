//! A [`Feed`] -> the same sessions for programs (`calendar.schema.json` tells
//! the shape).

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::{Change, Entry, Feed};
use crate::route::{Format, Links, Route};
use crate::schedule::{Calendar, Districts, Session, Venue};
use crate::texts::{Language, Text};

/// The version of the shape: it grows when a field changes its meaning or
/// goes, not when one is added.
const VERSION: u32 = 1;

/// The sessions of the feed in `language`, indented for people who look.
pub fn feed(feed: &Feed<'_>, links: &Links, language: Language) -> String {
    let (calendar, selection) = (feed.calendar, feed.selection);
    let writer = Writer {
        calendar,
        links,
        language,
    };
    let shape = FeedShape {
        version: VERSION,
        calendar: CalendarShape {
            id: calendar.id.as_str(),
            title: feed.name(language),
            description: writer.text(calendar.description.as_ref()),
            timezone: calendar.zone.name(),
            language: language.code(),
            refresh_hours: calendar.refresh.as_hours(),
            url: links.absolute(&Route::page_of(selection, language)),
            ics: links.absolute(&Route::Feed(selection.clone(), Format::Ics, language)),
            modified: instant(feed.modified),
        },
        selection: SelectionShape {
            districts: selection
                .ids()
                .iter()
                .map(crate::schedule::Id::as_str)
                .collect(),
        },
        sessions: feed
            .entries
            .iter()
            .map(|entry| writer.session(entry))
            .collect(),
    };
    let mut json = serde_json::to_string_pretty(&shape)
        .expect("the shape has string keys only and nothing that fails to serialize");
    json.push('\n');
    json
}

/// One session of the feed, without a blank or a line break.
pub(super) fn session(
    entry: &Entry<'_>,
    calendar: &Calendar,
    links: &Links,
    language: Language,
) -> String {
    let writer = Writer {
        calendar,
        links,
        language,
    };
    serde_json::to_string(&writer.session(entry))
        .expect("the shape has string keys only and nothing that fails to serialize")
}

#[derive(Serialize)]
struct FeedShape<'a> {
    version: u32,
    calendar: CalendarShape<'a>,
    selection: SelectionShape<'a>,
    sessions: Vec<SessionShape<'a>>,
}

#[derive(Serialize)]
struct CalendarShape<'a> {
    id: &'a str,
    title: String,
    description: Option<&'a str>,
    timezone: &'static str,
    language: &'static str,
    refresh_hours: u16,
    url: String,
    ics: String,
    modified: String,
}

#[derive(Serialize)]
struct SelectionShape<'a> {
    /// Empty for all sessions.
    districts: Vec<&'a str>,
}

#[derive(Serialize)]
struct SessionShape<'a> {
    id: &'a str,
    uid: String,
    title: String,
    start: String,
    end: String,
    timezone: &'static str,
    status: &'static str,
    place: Option<PlaceShape<'a>>,
    districts: Vec<DistrictShape<'a>>,
    city_wide: bool,
    note: Option<&'a str>,
    url: String,
    ics: String,
    created: String,
    modified: String,
    sequence: u32,
    last_change: Option<ChangeShape>,
}

#[derive(Serialize)]
struct PlaceShape<'a> {
    id: &'a str,
    name: &'a str,
    district: DistrictShape<'a>,
    address: Option<&'a str>,
    location: Option<LocationShape>,
    host: Option<&'a str>,
    url: Option<&'a str>,
    description: Option<&'a str>,
    access: Vec<&'static str>,
}

#[derive(Serialize)]
struct DistrictShape<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct LocationShape {
    lat: f64,
    lon: f64,
}

#[derive(Serialize)]
struct ChangeShape {
    at: String,
    kind: &'static str,
    before: Option<MomentShape>,
}

/// When and where a session was before its last change.
#[derive(Serialize)]
struct MomentShape {
    start: String,
    end: String,
    place: Option<String>,
    status: &'static str,
}

/// What every part of the feed needs.
struct Writer<'a> {
    calendar: &'a Calendar,
    links: &'a Links,
    language: Language,
}

impl<'a> Writer<'a> {
    fn text(&self, text: Option<&'a Text>) -> Option<&'a str> {
        text.map(|text| text.get(self.language))
    }

    fn session(&self, entry: &Entry<'a>) -> SessionShape<'a> {
        let (session, calendar) = (entry.session, self.calendar);
        let (districts, city_wide) = match &session.districts {
            Districts::All => (Vec::new(), true),
            Districts::These(districts) => (
                districts.iter().map(|it| self.district(it)).collect(),
                false,
            ),
        };
        SessionShape {
            id: session.id.as_str(),
            uid: format!("{}@{}", session.id, calendar.id),
            // Without the word of its status: `status` says that.
            title: session.title(calendar.title.get(self.language), self.language),
            start: session.start.to_rfc3339(),
            end: session.end.to_rfc3339(),
            timezone: calendar.zone.name(),
            status: session.status.key(),
            place: session.place.venue().map(|venue| self.place(venue)),
            districts,
            city_wide,
            note: self.text(session.note.as_ref()),
            url: self
                .links
                .absolute(&Route::Session(session.id.clone(), self.language)),
            ics: self
                .links
                .absolute(&Route::SessionFile(session.id.clone(), self.language)),
            created: instant(entry.stamp.created),
            modified: instant(entry.stamp.modified),
            sequence: entry.stamp.sequence,
            last_change: entry.last_change.map(|change| self.change(change)),
        }
    }

    fn place(&self, venue: &'a Venue) -> PlaceShape<'a> {
        PlaceShape {
            id: venue.id.as_str(),
            name: venue.name.get(self.language),
            district: self.district(&venue.district),
            address: self.text(venue.address.as_ref()),
            location: venue.location.map(|at| LocationShape {
                lat: at.latitude(),
                lon: at.longitude(),
            }),
            host: self.text(venue.host.as_ref()),
            url: venue.url.as_ref().map(crate::schedule::WebAddress::as_str),
            description: self.text(venue.description.as_ref()),
            access: venue.access.iter().map(|access| access.key()).collect(),
        }
    }

    fn district(&self, district: &'a crate::schedule::District) -> DistrictShape<'a> {
        DistrictShape {
            id: district.id.as_str(),
            name: district.name.get(self.language),
        }
    }

    fn change(&self, change: &Change) -> ChangeShape {
        ChangeShape {
            at: instant(change.at),
            kind: change.kind.key(),
            before: change.before.as_ref().map(|before| self.moment(before)),
        }
    }

    fn moment(&self, session: &Session) -> MomentShape {
        MomentShape {
            start: session.start.to_rfc3339(),
            end: session.end.to_rfc3339(),
            place: session
                .place
                .venue()
                .map(|venue| venue.name.get(self.language).to_owned()),
            status: session.status.key(),
        }
    }
}

/// An instant in UTC to the second (RFC 3339).
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
