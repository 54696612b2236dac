//! The small values of a schedule: each is made by one constructor that
//! refuses what is not valid.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveTime;

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

/// A way in which people can get in and take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Access {
    /// `step-free`: no step between the street and the table.
    StepFree,
    /// `accessible-toilet`.
    AccessibleToilet,
    /// `hearing-loop`: an induction loop.
    HearingLoop,
    /// `sign-language`: an interpreter is there.
    SignLanguage,
}

impl Access {
    /// Every feature, in the order in which they are told.
    pub const ALL: [Access; 4] = [
        Access::StepFree,
        Access::AccessibleToilet,
        Access::HearingLoop,
        Access::SignLanguage,
    ];

    /// The feature's name in the schedule.
    pub const fn key(self) -> &'static str {
        match self {
            Access::StepFree => "step-free",
            Access::AccessibleToilet => "accessible-toilet",
            Access::HearingLoop => "hearing-loop",
            Access::SignLanguage => "sign-language",
        }
    }
}

/// Whether a session is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It is on.
    Confirmed,
    /// It may still change.
    Tentative,
    /// It is off.
    Cancelled,
    /// It is off on this date; another will be named.
    Postponed,
}

impl Status {
    /// Every status, in the order in which messages list them.
    pub const ALL: [Status; 4] = [
        Status::Confirmed,
        Status::Tentative,
        Status::Cancelled,
        Status::Postponed,
    ];

    /// The status's name in the schedule.
    pub const fn key(self) -> &'static str {
        match self {
            Status::Confirmed => "confirmed",
            Status::Tentative => "tentative",
            Status::Cancelled => "cancelled",
            Status::Postponed => "postponed",
        }
    }

    /// Whether people would stand before a closed door.
    pub const fn is_off(self) -> bool {
        matches!(self, Status::Cancelled | Status::Postponed)
    }
}

/// How a cancelled session is told to calendar programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Cancellations {
    /// `status`: STATUS:CANCELLED. Struck out by Apple, Thunderbird and
    /// Nextcloud, removed by Google.
    #[default]
    Status,
    /// `notice`: STATUS:CONFIRMED and the word in the title, so that Google
    /// shows it too.
    Notice,
}

impl Cancellations {
    /// Both ways, in the order in which messages list them.
    pub const ALL: [Cancellations; 2] = [Cancellations::Status, Cancellations::Notice];

    /// The way's name in the schedule.
    pub const fn key(self) -> &'static str {
        match self {
            Cancellations::Status => "status",
            Cancellations::Notice => "notice",
        }
    }
}

/// How often meetings are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// `weekly`.
    Weekly,
    /// `monthly`.
    Monthly,
    /// `quarterly`.
    Quarterly,
}

impl Rhythm {
    /// Every rhythm, in the order in which messages list them.
    pub const ALL: [Rhythm; 3] = [Rhythm::Weekly, Rhythm::Monthly, Rhythm::Quarterly];

    /// The rhythm's name in the schedule.
    pub const fn key(self) -> &'static str {
        match self {
            Rhythm::Weekly => "weekly",
            Rhythm::Monthly => "monthly",
            Rhythm::Quarterly => "quarterly",
        }
    }
}

/// How far a site keeps to the law on accessibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conformance {
    /// `full`.
    Full,
    /// `partial`.
    Partial,
    /// `none`.
    None,
}

impl Conformance {
    /// Every degree, in the order in which messages list them.
    pub const ALL: [Conformance; 3] = [Conformance::Full, Conformance::Partial, Conformance::None];

    /// The degree's name in the schedule.
    pub const fn key(self) -> &'static str {
        match self {
            Conformance::Full => "full",
            Conformance::Partial => "partial",
            Conformance::None => "none",
        }
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
