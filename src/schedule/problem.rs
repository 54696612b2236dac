//! One problem of a schedule: where it is, how bad it is, what is wrong.
//!
//! The words stand apart, in a file for each language: here a problem is a
//! value, so that it can be compared, counted and told in any language.

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::texts::Language;

use super::web_address::LinkFault;

/// A place in the schedule's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// How many characters to underline, at least 1; it may reach past the
    /// end of the line where the value goes on below.
    pub length: u32,
}

impl Position {
    /// The very beginning of the file, for what no single word is to blame.
    pub const TOP: Position = Position {
        line: 1,
        column: 1,
        length: 1,
    };
}

/// Whether a problem keeps a schedule from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The schedule cannot be published.
    Error,
    /// Suspicious but possible.
    Warning,
}

/// One thing that is wrong, or looks wrong, in a schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Whether it keeps the schedule from being published.
    pub severity: Severity,
    /// Where it is.
    pub place: Position,
    /// The id of the session that it is in, as far as it could be read.
    pub session: Option<String>,
    /// What it is.
    pub kind: Kind,
}

/// A part of the schedule that has keys of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The file's outermost keys.
    Schedule,
    /// `calendar`.
    Calendar,
    /// `calendar.organizer`.
    Organizer,
    /// One of `calendar.channels` or `calendar.links`.
    Link,
    /// `calendar.accessibility`.
    Accessibility,
    /// `contact` of it.
    Contact,
    /// One of `districts`.
    District,
    /// One of `venues`.
    Venue,
    /// `location` of a venue.
    Location,
    /// One of `sessions`.
    Session,
    /// `results` of a session.
    Results,
    /// One of `links` of them.
    ResultLink,
}

impl Section {
    /// Every section, from the outermost inwards.
    pub const ALL: [Section; 12] = [
        Section::Schedule,
        Section::Calendar,
        Section::Organizer,
        Section::Link,
        Section::Accessibility,
        Section::Contact,
        Section::District,
        Section::Venue,
        Section::Location,
        Section::Session,
        Section::Results,
        Section::ResultLink,
    ];

    /// The keys that the section knows, in the order in which they are best
    /// written.
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Section::Schedule => &["calendar", "districts", "venues", "sessions", "withdrawn"],
            Section::Calendar => &[
                "id",
                "title",
                "description",
                "about",
                "audience",
                "organizer",
                "invitation",
                "free",
                "rhythm",
                "channels",
                "links",
                "accessibility",
                "timezone",
                "window",
                "language",
                "refresh",
                "color",
                "cancellations",
            ],
            Section::Organizer => &["name", "url", "email", "phone"],
            Section::Link => &["name", "url"],
            Section::Accessibility => &[
                "entity",
                "status",
                "published",
                "prepared",
                "updated",
                "contact",
                "exceptions",
                "building",
            ],
            Section::Contact => &["name", "email", "phone"],
            Section::District => &["id", "number", "name", "aliases"],
            Section::Venue => &[
                "id",
                "name",
                "district",
                "address",
                "location",
                "host",
                "url",
                "description",
                "access",
                "email",
                "phone",
            ],
            Section::Location => &["lat", "lon"],
            Section::Session => &[
                "id",
                "date",
                "weekday",
                "venue",
                "districts",
                "window",
                "title",
                "note",
                "status",
                "results",
            ],
            Section::Results => &["text", "links"],
            Section::ResultLink => &["title", "url"],
        }
    }
}

/// What a value may be, or was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One value on its key's line.
    Value,
    /// One text, or a text for each language.
    Text,
    /// `- …` lines, or `[…, …]`.
    List,
    /// A list of what has keys of its own: districts, venues, sessions.
    Entries,
    /// `key: value` lines, or `{key: value}`.
    Keys,
    /// An entry of such a list.
    Entry,
}

/// What can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// One of `districts`.
    District,
    /// One of `venues`.
    Venue,
    /// One of `sessions`.
    Session,
}

/// Why the text is not YAML at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Syntax {
    /// A tab where spaces are wanted.
    Tab,
    /// A quotation mark that is opened and never closed.
    OpenQuote,
    /// A bracket or brace that is opened and never closed.
    OpenBracket(char),
    /// A bracket or brace that was never opened.
    StrayBracket,
    /// `key:value`.
    NoSpaceAfterColon,
    /// `-entry`.
    NoSpaceAfterDash,
    /// A line that is neither a key nor a list's entry.
    NoColon,
    /// `key: some: text`.
    ColonInText,
    /// `key: text # comment`, and then more text.
    TextAfterComment,
    /// A line that is not indented as its neighbours are.
    Indentation,
    /// `key: - entry`.
    DashAfterKey,
    /// `- entry`, and below it a key, or a key and below it `- entry`.
    ListMixedWithKeys,
    /// A text that begins with a character that YAML keeps for itself.
    ReservedStart(char),
    /// A backslash that YAML does not know, within double quotes.
    Backslash,
    /// `"text" more text`.
    TextAfterQuote,
    /// An invisible character outside a text.
    Invisible,
    /// Anything else, in the words of the YAML library.
    Other(String),
}

/// What is wrong with a schedule.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields are what the messages show")]
pub enum Kind {
    // The file.
    /// More bytes than a schedule may have.
    TooLarge {
        bytes: usize,
    },
    /// More values than a schedule may have.
    TooManyValues,
    /// Lists in lists in lists.
    TooDeep,
    /// A byte that is not part of any UTF-8 character.
    NotUtf8,
    /// Nothing but blanks and comments.
    Empty,
    /// A list, or a single value.
    NoKeys,
    /// Not YAML.
    Syntax(Syntax),
    /// `&name`.
    Anchor,
    /// `*name`.
    Alias,
    /// `<<: …`.
    MergeKey,
    /// `!!str`.
    Tag,
    /// A second `---`.
    SeveralDocuments,
    /// So many problems that the rest is only counted, as far as it was read.
    AndMore {
        count: usize,
    },

    // Keys and values.
    /// A value of another shape than its key wants.
    WrongShape {
        key: &'static str,
        wanted: Shape,
        found: Shape,
        right: Option<String>,
    },
    /// A key that is itself a list or has keys.
    KeyNotAWord,
    UnknownKey {
        key: String,
        section: Section,
        near: Option<String>,
    },
    DuplicateKey {
        key: String,
        first_line: u32,
    },
    MissingKey {
        key: &'static str,
        section: Section,
    },
    EmptyValue {
        key: &'static str,
    },
    UnknownChoice {
        key: &'static str,
        given: String,
        near: Option<String>,
        choices: Vec<&'static str>,
    },
    /// The same entry twice in one list: a warning.
    Repeated {
        key: &'static str,
        given: String,
    },

    // Ids and references.
    BadId {
        given: String,
        right: Option<String>,
    },
    DuplicateId {
        thing: Thing,
        id: String,
        first_line: u32,
    },
    Unknown {
        thing: Thing,
        given: String,
        near: Option<String>,
    },
    /// Two districts would answer to one word in an address.
    NameTaken {
        given: String,
        district: String,
        first_line: u32,
    },
    /// A district whose name or number reads as `all`.
    NameIsAll {
        given: String,
    },
    /// `districts: [all]`.
    AllInList,
    NoPlaceNoDistricts,
    NoDistricts,
    WithdrawnButThere {
        id: String,
        line: u32,
    },

    // Texts.
    ControlCharacter {
        character: char,
    },
    LineBreak {
        key: &'static str,
    },
    UnknownLanguage {
        given: String,
        near: Option<&'static str>,
    },
    OwnLanguageMissing {
        language: Language,
    },
    /// U+FFFD, what is left of a letter that was once saved wrongly: a
    /// warning.
    LostLetter,

    // Dates and hours.
    BadDate {
        given: String,
        right: Option<NaiveDate>,
    },
    NoSuchDate {
        given: String,
        right: Option<NaiveDate>,
    },
    YearOutOfReach {
        year: i32,
    },
    UnknownWeekday {
        given: String,
        near: Option<Weekday>,
    },
    WeekdayDisagrees {
        date: NaiveDate,
        stated: Weekday,
        nearest: NaiveDate,
    },
    BadWindow {
        given: String,
        right: Option<String>,
    },
    EndNotAfterStart {
        start: NaiveTime,
        end: NaiveTime,
    },
    NoHours,
    HourSkipped {
        date: NaiveDate,
        time: NaiveTime,
        zone: &'static str,
    },
    HourTwice {
        date: NaiveDate,
        time: NaiveTime,
        zone: &'static str,
    },
    UnknownZone {
        given: String,
        near: Option<&'static str>,
    },
    BadRefresh {
        given: String,
        right: Option<u16>,
    },

    // Other values.
    BadNumber {
        given: String,
        right: Option<String>,
    },
    OffTheEarth {
        key: &'static str,
        given: String,
        limit: u8,
    },
    BadLink {
        given: String,
        fault: LinkFault,
    },
    BadEmail {
        given: String,
        right: Option<String>,
    },
    BadPhone {
        given: String,
        right: Option<String>,
    },
    UnknownColor {
        given: String,
        near: Option<&'static str>,
    },

    // Suspicious but possible: all below are warnings.
    Weekend {
        date: NaiveDate,
    },
    SameTime {
        other: String,
        line: u32,
    },
    FarAhead {
        date: NaiveDate,
    },
    LongAgo {
        date: NaiveDate,
    },
    SwappedCoordinates {
        latitude: f64,
        longitude: f64,
    },
    /// The program's two time zone databases tell different hours.
    ZonesDisagree {
        zone: &'static str,
        date: NaiveDate,
    },
}
