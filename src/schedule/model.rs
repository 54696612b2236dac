//! The schedule as the program knows it: valid, every reference resolved.
//!
//! Each small value is made by one constructor that refuses what is not
//! valid.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};

use crate::texts::{Language, Text};
use crate::zone::Zone;

use super::color::Color;
use super::web_address::WebAddress;

/// An enum whose values have names in the schedule.
macro_rules! keyed {
    ($(#[$of_enum:meta])* pub enum $name:ident {
        $($(#[$of_value:meta])* $value:ident = $key:literal,)*
    }) => {
        $(#[$of_enum])*
        pub enum $name {
            $($(#[$of_value])* $value,)*
        }

        impl $name {
            /// Every value, in the order in which messages list them.
            pub const ALL: &[$name] = &[$($name::$value),*];

            /// The value's name in the schedule.
            pub const fn key(self) -> &'static str {
                match self {
                    $($name::$value => $key,)*
                }
            }
        }
    };
}

/// A whole schedule, valid.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub(super) calendar: Calendar,
    pub(crate) districts: Vec<Arc<District>>,
    pub(crate) venues: Vec<Arc<Venue>>,
    pub(crate) sessions: Vec<Arc<Session>>,
    pub(crate) withdrawn: Vec<Id>,
    pub(super) digest: String,
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

    /// A digest of the bytes that it was read from: it tells whether anybody
    /// edited them.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Takes the sessions that `earlier` holds too from there: an edit of one
    /// session then costs the memory of one, however many there are.
    pub fn share_with(&mut self, earlier: &Schedule) {
        for session in &mut self.sessions {
            let place = earlier
                .sessions
                .binary_search_by(|it| (it.start, &it.id).cmp(&(session.start, &session.id)));
            if let Ok(place) = place
                && is_same(&earlier.sessions[place], session)
            {
                *session = earlier.sessions[place].clone();
            }
        }
    }
}

/// Whether nothing at all tells the sessions apart. Equal instants may still
/// have other local hours.
fn is_same(one: &Session, other: &Session) -> bool {
    let offsets = |session: &Session| [*session.start.offset(), *session.end.offset()];
    one == other && offsets(one) == offsets(other)
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
    /// Their ids, `None` for every district.
    pub fn ids(&self) -> Option<Vec<&Id>> {
        match self {
            Districts::All => None,
            Districts::These(districts) => {
                Some(districts.iter().map(|district| &district.id).collect())
            }
        }
    }

    /// Whether the subscribers of the district `id` hear of the session.
    pub fn reach(&self, id: &Id) -> bool {
        match self {
            Districts::All => true,
            Districts::These(districts) => districts.iter().any(|district| district.id == *id),
        }
    }
}

/// A name for machines: lower-case ASCII letters, digits and inner hyphens,
/// 1 to 64 characters, never `all`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Arc<str>);

impl Id {
    /// `None` where `text` is not an id.
    pub fn new(text: &str) -> Option<Id> {
        let inner_hyphens = !text.starts_with('-') && !text.ends_with('-');
        let alphabet = text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        let length = (1..=64).contains(&text.len());
        (length && alphabet && inner_hyphens && text != "all").then(|| Id(Arc::from(text)))
    }

    /// The id as it stands in files and addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The local hours of a session on one date: the end is after the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    start: NaiveTime,
    end: NaiveTime,
}

impl Window {
    /// `None` where the end is not after the start.
    pub fn new(start: NaiveTime, end: NaiveTime) -> Option<Window> {
        (start < end).then_some(Window { start, end })
    }

    /// The local time of the beginning.
    pub fn start(self) -> NaiveTime {
        self.start
    }

    /// The local time of the end.
    pub fn end(self) -> NaiveTime {
        self.end
    }
}

/// A place on the earth, WGS 84, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

impl Coordinates {
    /// `None` unless the latitude is within -90..=90 and the longitude
    /// within -180..=180.
    pub fn new(latitude: f64, longitude: f64) -> Option<Coordinates> {
        let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        // Of -0 zero makes 0: equal coordinates are written alike.
        on_earth.then_some(Coordinates {
            latitude: latitude + 0.0,
            longitude: longitude + 0.0,
        })
    }

    /// Degrees north of the equator.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich.
    pub fn longitude(self) -> f64 {
        self.longitude
    }
}

keyed! {
    /// A way in which people can get in and take part.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Access {
        /// `step-free`: no step between the street and the table.
        StepFree = "step-free",
        /// `accessible-toilet`.
        AccessibleToilet = "accessible-toilet",
        /// `hearing-loop`: an induction loop.
        HearingLoop = "hearing-loop",
        /// `sign-language`: an interpreter is there.
        SignLanguage = "sign-language",
    }
}

keyed! {
    /// Whether a session is on.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Status {
        /// It is on.
        #[default]
        Confirmed = "confirmed",
        /// It may still change.
        Tentative = "tentative",
        /// It is off.
        Cancelled = "cancelled",
        /// It is off on this date; another will be named.
        Postponed = "postponed",
    }
}

impl Status {
    /// Whether people would stand before a closed door.
    pub const fn is_off(self) -> bool {
        matches!(self, Status::Cancelled | Status::Postponed)
    }
}

keyed! {
    /// How a cancelled session is told to calendar programs.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Cancellations {
        /// `status`: STATUS:CANCELLED. Struck out by Apple, Thunderbird and
        /// Nextcloud, removed by Google.
        #[default]
        Status = "status",
        /// `notice`: STATUS:CONFIRMED and the word in the title, so that Google
        /// shows it too.
        Notice = "notice",
    }
}

keyed! {
    /// How often meetings are held.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Rhythm {
        /// `weekly`.
        Weekly = "weekly",
        /// `monthly`.
        Monthly = "monthly",
        /// `quarterly`.
        Quarterly = "quarterly",
    }
}

keyed! {
    /// How far a site keeps to the law on accessibility.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Conformance {
        /// `full`.
        Full = "full",
        /// `partial`.
        Partial = "partial",
        /// `none`.
        None = "none",
    }
}

/// How often a calendar program is asked to come back: 1 to 720 whole hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refresh(u16);

impl Refresh {
    /// `None` where `hours` is not within 1..=720.
    pub fn hours(hours: u16) -> Option<Refresh> {
        (1..=720).contains(&hours).then_some(Refresh(hours))
    }

    /// The whole hours between two visits.
    pub fn as_hours(self) -> u16 {
        self.0
    }
}

impl Default for Refresh {
    /// Six hours: what the programs that honour it do without strain.
    fn default() -> Refresh {
        Refresh(6)
    }
}

/// An e-mail address: ASCII, `name@host.domain`, at most 254 characters
/// (RFC 5321, 4.5.3.1), without quotes, spaces and all else that would have
/// to be escaped in a `mailto:` link.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(Arc<str>);

impl Email {
    /// `None` where `text` is no such address.
    pub fn new(text: &str) -> Option<Email> {
        let (name, host) = text.split_once('@')?;
        let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
        let good_name = (1..=64).contains(&name.len())
            && name.bytes().all(atom)
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..");
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let good_host = host.contains('.') && host.split('.').all(label);
        (good_name && good_host && text.len() <= 254).then(|| Email(Arc::from(text)))
    }

    /// The address, ready for any output.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number as people write it: 3 to 15 digits (E.164), parted by
/// single spaces, hyphens, dots or brackets, `+` only at its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(Arc<str>);

impl Phone {
    /// `None` where `text` is no such number.
    pub fn new(text: &str) -> Option<Phone> {
        let national = text.strip_prefix('+').unwrap_or(text);
        let digits = national.bytes().filter(u8::is_ascii_digit).count();
        let written = national
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b" -.()".contains(&byte));
        let begins = national.starts_with(|first: char| first.is_ascii_digit() || first == '(');
        let good = (3..=15).contains(&digits) && written && begins && text.len() <= 40;
        (good && !text.contains("  ") && text.ends_with(|last: char| last.is_ascii_digit()))
            .then(|| Phone(Arc::from(text)))
    }

    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits alone, after `+` where there is one: what follows `tel:`.
    pub fn digits(&self) -> String {
        self.0
            .chars()
            .filter(|character| character.is_ascii_digit() || *character == '+')
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::super::read;
    use super::*;

    const YAML: &str = "\
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}
districts: [{id: alfa, name: Alfa}]
venues:
  - {id: cafe, name: Cafe, district: alfa, location: {lat: 0, lon: 20}}
  - {id: library, name: Library, district: alfa}
sessions:
  - {id: a, date: 2026-03-13, venue: cafe}
  - {id: b, date: 2026-03-13, venue: library, note: Come}
  - {id: c, date: 2026-04-10, districts: all}
";

    #[test]
    fn what_did_not_change_is_shared_and_nothing_else() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let schedule = |yaml: &str| read(yaml.as_bytes(), today).unwrap().schedule;
        let earlier = schedule(YAML);
        let check = |edits: &[(&str, &str)], expected: [bool; 3]| {
            let yaml = edits
                .iter()
                .fold(YAML.to_owned(), |yaml, (old, new)| yaml.replace(old, new));
            let mut later = schedule(&yaml);
            let untouched = schedule(&yaml);
            later.share_with(&earlier);
            let same = |(one, other): (&Arc<Session>, _)| Arc::ptr_eq(one, other);
            let shared: Vec<bool> = later
                .sessions
                .iter()
                .zip(&earlier.sessions)
                .map(same)
                .collect();
            assert_eq!(shared, expected, "{edits:?}");
            assert_eq!(format!("{later:?}"), format!("{untouched:?}"), "{edits:?}");
        };
        check(&[], [true; 3]);
        check(&[("title: Example", "title: Other")], [true; 3]);
        check(&[("note: Come", "note: Go")], [true, false, true]);
        check(
            &[("2026-03-13, venue: cafe", "2026-03-14, venue: cafe")],
            [false, false, true],
        );
        check(&[("name: Cafe", "name: Café")], [false, true, true]);
        check(&[("name: Alfa", "name: Alpha")], [false, false, true]);
        // Written otherwise, the same point.
        check(&[("lat: 0", "lat: -0.0")], [true; 3]);
        // The same instants, told by other clocks.
        let abroad = [
            ("Europe/Warsaw", "Europe/London"),
            ("14:00-18:00", "13:00-17:00"),
        ];
        check(&abroad, [false; 3]);
        check(&[("Europe/Warsaw", "Europe/Berlin")], [true; 3]);
    }
}
