//! The reports in English.

use chrono::Datelike;

use crate::texts::{Language, dates};

use super::{Counts, Names, is_all, quoted_part, shown};
use crate::schedule::Schedule;
use crate::schedule::problem::{Kind, Section, Shape, Syntax, Thing};
use crate::schedule::reading::LARGEST;
use crate::schedule::web_address::LinkFault;

mod help;

pub(super) use help::help;

pub(super) const NAMES: Names = Names {
    error: "error",
    warning: "warning",
    help: "help",
    session: "session",
};

/// The end of a report.
pub(super) fn summary(file: &str, counts: Counts, schedule: Option<&Schedule>) -> String {
    let warnings = match counts.warnings {
        0 => String::new(),
        1 => "1 warning".to_owned(),
        many => format!("{many} warnings"),
    };
    let Some(schedule) = schedule else {
        let besides = if warnings.is_empty() {
            String::new()
        } else {
            format!(" and {warnings}")
        };
        let (problems, them) = match counts.problems {
            1 => ("1 problem".to_owned(), "it"),
            many => (format!("{many} problems"), "them"),
        };
        return format!(
            "{problems}{besides} in {file}. Nothing was published, residents see \
             no change: mend {them} and check again."
        );
    };
    let besides = if warnings.is_empty() {
        String::new()
    } else {
        format!(" {warnings}: see above whether that is meant.")
    };
    format!(
        "{file} is good: {}, {}, {}.{besides}",
        counted(schedule.sessions().len(), "session"),
        counted(schedule.venues().len(), "venue"),
        counted(schedule.districts().len(), "district"),
    )
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// What is wrong.
#[expect(clippy::too_many_lines, reason = "one line of words for each kind")]
pub(super) fn message(kind: &Kind) -> String {
    match kind {
        Kind::TooLarge { bytes } => format!(
            "the file has {} MB; a schedule may have {} MB",
            megabytes(*bytes),
            LARGEST / 1024 / 1024
        ),
        Kind::TooManyValues => "the file has more than a million values".to_owned(),
        Kind::TooDeep => "lists and keys stand in one another more than 32 deep".to_owned(),
        Kind::NotUtf8 => "this character is not saved in UTF-8".to_owned(),
        Kind::Empty => "the file is empty".to_owned(),
        Kind::NoKeys => "this is not a schedule: it has no keys".to_owned(),
        Kind::Syntax(syntax) => syntax_message(syntax),
        Kind::Anchor => "anchors (&name) are not used in a schedule".to_owned(),
        Kind::Alias => "aliases (*name) are not used in a schedule".to_owned(),
        Kind::MergeKey => "merge keys (<<) are not used in a schedule".to_owned(),
        Kind::Tag => "tags (!name) are not used in a schedule".to_owned(),
        Kind::SeveralDocuments => "a second document begins here; a schedule is one".to_owned(),
        Kind::AndMore { count } => format!("and at least {count} more like these"),
        Kind::WrongShape {
            key,
            wanted: Shape::Entry,
            found,
            ..
        } => format!(
            "an entry of \"{key}\" has keys of its own, and this is {}",
            found_shape(*found)
        ),
        Kind::WrongShape {
            key, wanted, found, ..
        } => format!(
            "\"{key}\" wants {}, and this is {}",
            wanted_shape(*wanted),
            found_shape(*found)
        ),
        Kind::KeyNotAWord => "a key must be one word".to_owned(),
        Kind::UnknownKey { key, section, .. } => {
            format!(
                "{} has no key \"{}\"",
                section_name(*section),
                quoted_part(key)
            )
        }
        Kind::DuplicateKey { key, first_line } => {
            format!("\"{key}\" is already there, in line {first_line}")
        }
        Kind::MissingKey { key, section } => {
            format!("{} needs \"{key}\"", section_name(*section))
        }
        Kind::EmptyValue { key } => format!("\"{key}\" says nothing"),
        Kind::UnknownChoice { key, given, .. } => {
            format!("\"{}\" is no value for \"{key}\"", quoted_part(given))
        }
        Kind::Repeated { key, given } => {
            format!("\"{given}\" is in \"{key}\" more than once")
        }
        Kind::BadId { given, .. } if is_all(given) => {
            "\"all\" means all districts and cannot be an id".to_owned()
        }
        Kind::BadId { given, .. } => format!("\"{}\" is not an id", quoted_part(given)),
        Kind::DuplicateId {
            thing,
            id,
            first_line,
        } => format!(
            "there is already a {} \"{id}\", in line {first_line}",
            thing_name(*thing)
        ),
        Kind::Unknown { thing, given, .. } => format!(
            "there is no {} with the id \"{}\"",
            thing_name(*thing),
            quoted_part(given)
        ),
        Kind::NameTaken {
            given,
            district,
            first_line,
        } => format!(
            "\"{}\" already finds the district \"{district}\" (line {first_line})",
            quoted_part(given)
        ),
        Kind::NameIsAll { given } => format!(
            "\"{}\" means all districts and cannot find a single one",
            quoted_part(given)
        ),
        Kind::AllInList => "\"all\" stands alone, not in a list".to_owned(),
        Kind::NoPlaceNoDistricts => "a session without \"venue\" needs \"districts\"".to_owned(),
        Kind::NoDistricts => "the list of districts is empty".to_owned(),
        Kind::WithdrawnButThere { id, line } => {
            format!("\"{id}\" is withdrawn, but its session is still there, in line {line}")
        }
        Kind::ControlCharacter { character: '\t' } => "a tab is in this text".to_owned(),
        Kind::ControlCharacter { character } => {
            format!(
                "an invisible control character ({}) is in this text",
                shown(*character)
            )
        }
        Kind::LineBreak { key } => format!("\"{key}\" must stand on one line"),
        Kind::UnknownLanguage { given, .. } => {
            format!(
                "\"{}\" is not a language of the calendar",
                quoted_part(given)
            )
        }
        Kind::OwnLanguageMissing { language } => format!(
            "the text in the calendar's own language ({}) is missing",
            language.code()
        ),
        Kind::LostLetter => "a letter was lost here when the text was saved (�)".to_owned(),
        Kind::BadDate { given, .. } => format!("\"{}\" is not a date", quoted_part(given)),
        Kind::NoSuchDate { given, .. } => format!("there is no date {given}"),
        Kind::YearOutOfReach { year } => format!("the year {year} is out of reach"),
        Kind::UnknownWeekday { given, .. } => {
            format!("\"{}\" is not a day of the week", quoted_part(given))
        }
        Kind::WeekdayDisagrees { date, stated, .. } => format!(
            "{} is a {}, not a {}",
            dates::date(*date, Language::English),
            dates::weekday(date.weekday(), Language::English),
            dates::weekday(*stated, Language::English)
        ),
        Kind::BadWindow { given, .. } => {
            format!("\"{}\" does not tell the hours", quoted_part(given))
        }
        Kind::EndNotAfterStart { start, end } => {
            format!(
                "the end ({}) is not after the start ({})",
                dates::time(*end),
                dates::time(*start)
            )
        }
        Kind::NoHours => "the session has no hours, and the calendar names none".to_owned(),
        Kind::HourSkipped { date, time, zone } => format!(
            "there is no {} on {} in {zone}: the clocks go forward over it",
            dates::time(*time),
            dates::date(*date, Language::English)
        ),
        Kind::HourTwice { date, time, zone } => format!(
            "{} comes twice on {} in {zone}: the clocks go back over it",
            dates::time(*time),
            dates::date(*date, Language::English)
        ),
        Kind::UnknownZone { given, .. } => {
            format!("\"{}\" is not a time zone", quoted_part(given))
        }
        Kind::BadRefresh { given, .. } => {
            format!(
                "\"{}\" does not tell how often to come back",
                quoted_part(given)
            )
        }
        Kind::BadNumber { given, .. } => format!("\"{}\" is not a number", quoted_part(given)),
        Kind::OffTheEarth { key, given, limit } => {
            format!("\"{key}: {given}\" is off the earth, which ends at -{limit} and {limit}")
        }
        Kind::BadLink { given, fault } => link_message(given, fault),
        Kind::BadEmail { given, .. } => {
            format!("\"{}\" is not an e-mail address", quoted_part(given))
        }
        Kind::BadPhone { given, .. } => {
            format!("\"{}\" is not a telephone number", quoted_part(given))
        }
        Kind::UnknownColor { given, .. } => {
            format!("\"{}\" is not a colour name of CSS", quoted_part(given))
        }
        Kind::Weekend { date } => format!(
            "{} is a {}",
            dates::date(*date, Language::English),
            dates::weekday(date.weekday(), Language::English)
        ),
        Kind::SameTime { other, line } => {
            format!("at the same time as the session \"{other}\" (line {line})")
        }
        Kind::FarAhead { date } => format!(
            "{} is more than two years away",
            dates::date(*date, Language::English)
        ),
        Kind::LongAgo { date } => format!("{} is long ago", dates::date(*date, Language::English)),
        Kind::SwappedCoordinates { .. } => {
            "latitude and longitude look the wrong way round".to_owned()
        }
        Kind::ZonesDisagree { zone, date } => format!(
            "programs with older time zone data show another hour in {zone} on {}",
            dates::date(*date, Language::English)
        ),
    }
}

fn syntax_message(syntax: &Syntax) -> String {
    match syntax {
        Syntax::Tab => "a tab stands where YAML wants spaces".to_owned(),
        Syntax::OpenQuote => "this quotation mark is never closed".to_owned(),
        Syntax::OpenBracket(bracket) => format!("this \"{bracket}\" is never closed"),
        Syntax::StrayBracket => "this bracket closes nothing".to_owned(),
        Syntax::NoSpaceAfterColon => "a space is missing after the colon".to_owned(),
        Syntax::NoSpaceAfterDash => "a space is missing after the dash".to_owned(),
        Syntax::NoColon => "this line is neither \"key: value\" nor \"- entry\"".to_owned(),
        Syntax::ColonInText => "a colon within a text reads as a new key".to_owned(),
        Syntax::TextAfterComment => "a text cannot go on after a comment (#)".to_owned(),
        Syntax::Indentation => "this line is not indented like its neighbours".to_owned(),
        Syntax::DashAfterKey => "a list cannot begin on its key's line".to_owned(),
        Syntax::ListMixedWithKeys => {
            "entries (\"- …\") and keys stand side by side here".to_owned()
        }
        Syntax::ReservedStart(character) => {
            format!("a text without quotes cannot begin with \"{character}\"")
        }
        Syntax::Backslash => "YAML does not know this backslash (\\)".to_owned(),
        Syntax::TextAfterQuote => "there is text behind the closing quotation mark".to_owned(),
        Syntax::Invisible => "an invisible character stands here".to_owned(),
        Syntax::Other(info) => format!("this is not YAML: {info}"),
    }
}

fn link_message(given: &str, fault: &LinkFault) -> String {
    let given = quoted_part(given);
    match fault {
        LinkFault::NoScheme(_) | LinkFault::NoAddress => {
            format!("\"{given}\" is not a web address")
        }
        LinkFault::OtherScheme(scheme) => {
            format!(
                "an address must begin with https:// or http://, not {}:",
                quoted_part(scheme)
            )
        }
        LinkFault::Host(host) if host.is_empty() => "the address names no site".to_owned(),
        LinkFault::Host(host) => format!("\"{}\" cannot be a site's name", quoted_part(host)),
        LinkFault::HostLetters(host) => {
            format!(
                "the site's name \"{}\" is not in plain letters",
                quoted_part(host)
            )
        }
        LinkFault::User => "the address holds a user's name (@)".to_owned(),
        LinkFault::Character(' ') => "the address holds a space".to_owned(),
        LinkFault::Character(character) => {
            format!("the address holds the character {}", shown(*character))
        }
        LinkFault::TooLong => "the address has more than 2,000 characters".to_owned(),
    }
}

fn section_name(section: Section) -> &'static str {
    match section {
        Section::Schedule => "the schedule",
        Section::Calendar => "\"calendar\"",
        Section::Organizer => "\"organizer\"",
        Section::Link => "a link",
        Section::Accessibility => "\"accessibility\"",
        Section::Contact => "\"contact\"",
        Section::Results => "\"results\"",
        Section::ResultLink => "a link",
        Section::District => "a district",
        Section::Venue => "a venue",
        Section::Location => "\"location\"",
        Section::Session => "a session",
    }
}

fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::District => "district",
        Thing::Venue => "venue",
        Thing::Session => "session",
    }
}

fn wanted_shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Value => "one value",
        Shape::Text => "a text, or a text for each language",
        Shape::List => "a list",
        Shape::Keys => "keys of its own",
        Shape::Entries => "a list of entries",
        Shape::Entry => "an entry with keys of its own",
    }
}

fn found_shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Value | Shape::Text => "a single value",
        Shape::List | Shape::Entries => "a list",
        Shape::Keys | Shape::Entry => "a group of keys",
    }
}

/// With one decimal, rounded up so that it never reads as the limit itself.
fn megabytes(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{}.{}", tenths / 10, tenths % 10)
}
