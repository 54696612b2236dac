//! What would be right, in English.

use chrono::Datelike;

use crate::texts::{Language, dates};

use super::super::{example, example_of_shape, is_all, is_digits, near_miss, right, whole};
use crate::schedule::problem::{Kind, Section, Syntax, Thing};
use crate::schedule::web_address::LinkFault;

/// What would be right.
#[expect(clippy::too_many_lines, reason = "one line of words for each kind")]
pub(in crate::schedule::words) fn help(kind: &Kind) -> Option<String> {
    if let Some(near) = near_miss(kind) {
        return Some(did_you_mean(near));
    }
    if let Some(right) = right(kind) {
        return Some(write(&right));
    }
    let help = match kind {
        Kind::TooLarge { .. } | Kind::TooManyValues => {
            "is this the right file? A schedule of a thousand sessions has less \
             than 1 MB"
                .to_owned()
        }
        Kind::TooDeep => "is this the right file? A schedule needs six".to_owned(),
        Kind::NotUtf8 => "save the file in UTF-8 (in Notepad: Save as, Encoding: UTF-8)".to_owned(),
        Kind::Empty | Kind::NoKeys => "a schedule begins with \"calendar:\"".to_owned(),
        Kind::Syntax(syntax) => return syntax_help(syntax),
        Kind::Anchor => {
            "take it away; if it begins a text, put the text in quotes: \"&…\"".to_owned()
        }
        Kind::Alias => "write the value out; if it begins a text, put the text in quotes: \
             \"*…\""
            .to_owned(),
        Kind::MergeKey => "write the keys out".to_owned(),
        Kind::Tag => "take it away; if it begins a text, put the text in quotes: \"!…\"".to_owned(),
        Kind::SeveralDocuments => "take away the line \"---\" and what is below it".to_owned(),
        Kind::AndMore { .. } => "mend some and check again".to_owned(),
        Kind::WrongShape { key, wanted, .. } => {
            return example_help(example_of_shape(key, *wanted));
        }
        Kind::KeyNotAWord => "write \"key: value\"".to_owned(),
        Kind::UnknownKey {
            key,
            section: Section::Location,
            ..
        } if is_digits(key) => "write decimal points: {lat: 50.07, lon: 20.04}".to_owned(),
        Kind::UnknownKey { section, .. } => format!("it may have: {}", section.keys().join(", ")),
        Kind::DuplicateKey { .. } => "keep one of the two".to_owned(),
        Kind::MissingKey { key, section } => return example_help(example(*section, key)),
        Kind::EmptyValue { .. } => {
            "write its value behind the colon, or take the key away if it is not \
             needed"
                .to_owned()
        }
        Kind::UnknownChoice { choices, .. } => format!("it may be: {}", choices.join(", ")),
        Kind::Repeated { .. } => "once is enough".to_owned(),
        Kind::BadId {
            right: Some(right), ..
        } => {
            format!("an id has lower-case letters a-z, digits and inner hyphens: write \"{right}\"")
        }
        Kind::BadId { given, .. } if is_all(given) => {
            "choose another one, such as \"nowa-huta\"".to_owned()
        }
        Kind::BadId { .. } => {
            "an id has 1 to 64 lower-case letters a-z, digits and inner hyphens, \
             such as \"nowa-huta\""
                .to_owned()
        }
        Kind::DuplicateId {
            thing: Thing::Session,
            ..
        } => "give the new session an id of its own; never change the id of a \
             published one"
            .to_owned(),
        Kind::DuplicateId { .. } => "give one of the two another id".to_owned(),
        Kind::Unknown { thing, .. } => format!(
            "add it to \"{}\", or use the id of one that is there",
            thing_list(*thing)
        ),
        Kind::NameTaken { .. } => {
            "letter case and diacritics aside, no two districts may share an id, \
             alias, number or name"
                .to_owned()
        }
        Kind::NameIsAll { .. } => "choose another word".to_owned(),
        Kind::AllInList => write("districts: all"),
        Kind::NoPlaceNoDistricts => {
            "add \"venue: …\"; while the place is not known, add \"districts: \
             [nowa-huta]\" or \"districts: all\""
                .to_owned()
        }
        Kind::NoDistricts => {
            "write \"districts: [nowa-huta]\", or \"districts: all\" for the whole \
             city"
                .to_owned()
        }
        Kind::WithdrawnButThere { .. } => {
            "take one of the two away; a session that does not take place is \
             \"status: cancelled\""
                .to_owned()
        }
        Kind::ControlCharacter { character: '\t' } => "write a space instead".to_owned(),
        Kind::ControlCharacter { .. } => {
            "delete it: it often comes along when text is pasted; retype the words \
             around it"
                .to_owned()
        }
        Kind::LineBreak { .. } => {
            "join the lines; line breaks are welcome in descriptions, notes and \
             \"about\""
                .to_owned()
        }
        Kind::UnknownLanguage { .. } => "the languages are pl, en and uk".to_owned(),
        Kind::OwnLanguageMissing { language } => {
            format!(
                "add \"{}: …\": it stands in where a language is left out",
                language.code()
            )
        }
        Kind::LostLetter => "type the letter again".to_owned(),
        Kind::BadDate { .. } | Kind::NoSuchDate { .. } => {
            "write year-month-day, such as 2026-03-13".to_owned()
        }
        Kind::YearOutOfReach { .. } => "a session is between 1970 and 2199".to_owned(),
        Kind::UnknownWeekday {
            near: Some(near), ..
        } => format!(
            "did you mean \"{}\" or \"{}\"?",
            dates::weekday(*near, Language::Polish),
            dates::weekday(*near, Language::English).to_lowercase()
        ),
        Kind::UnknownWeekday { .. } => {
            "write a whole name, such as \"piątek\" or \"friday\"".to_owned()
        }
        Kind::WeekdayDisagrees {
            date,
            stated,
            nearest,
        } => format!(
            "write \"weekday: {}\", or \"date: {nearest}\", the nearest {}",
            dates::weekday(date.weekday(), Language::English).to_lowercase(),
            dates::weekday(*stated, Language::English)
        ),
        Kind::BadWindow { .. } => "write the start and the end, such as 14:00-18:00".to_owned(),
        Kind::EndNotAfterStart { .. } => {
            "a session begins and ends on one date, at 23:59 at the latest".to_owned()
        }
        Kind::NoHours => {
            "add \"window: 14:00-18:00\" here, or to \"calendar\" for all sessions".to_owned()
        }
        Kind::HourSkipped { .. } | Kind::HourTwice { .. } => {
            "choose an hour before or after the change".to_owned()
        }
        Kind::UnknownZone { .. } => "write an IANA name, such as Europe/Warsaw".to_owned(),
        Kind::BadRefresh { .. } => {
            "write whole hours or days, from 1h to 720h, such as 6h or 1d".to_owned()
        }
        Kind::BadNumber { .. } => "write degrees with a decimal point, such as 50.07".to_owned(),
        Kind::OffTheEarth { .. } => {
            "\"lat\" is how far north, -90 to 90; \"lon\" how far east, -180 to 180".to_owned()
        }
        Kind::BadLink { fault, .. } => link_help(fault),
        Kind::BadEmail { .. } => "write one address, such as kto@example.org".to_owned(),
        Kind::BadPhone { .. } => "write one number: digits, spaces and hyphens, + at most at its \
             beginning, such as 12 345 67 89"
            .to_owned(),
        Kind::UnknownColor { .. } => {
            "write one of the 148 English colour names of CSS, such as teal, navy \
             or crimson"
                .to_owned()
        }
        Kind::Weekend { date } => format!(
            "if that is meant, say so: \"weekday: {}\"",
            dates::weekday(date.weekday(), Language::English).to_lowercase()
        ),
        Kind::SameTime { .. } => "is one of the two dates a slip?".to_owned(),
        Kind::FarAhead { .. } | Kind::LongAgo { .. } => "is the year right?".to_owned(),
        Kind::SwappedCoordinates {
            latitude,
            longitude,
        } => {
            format!("if so, write \"{{lat: {longitude}, lon: {latitude}}}\"")
        }
        Kind::ZonesDisagree { .. } => {
            "the newer data is used; remind people of the hour in the note".to_owned()
        }
    };
    Some(help)
}

fn syntax_help(syntax: &Syntax) -> Option<String> {
    let help = match syntax {
        Syntax::Tab => "delete it and type spaces",
        Syntax::OpenQuote => "add the same mark at the end of the text",
        Syntax::OpenBracket('{') => {
            "add \"}\" at its end; a text with a comma or brace in it needs quotes"
        }
        Syntax::OpenBracket(_) => {
            "add \"]\" at its end; a text with a comma or bracket in it needs quotes"
        }
        Syntax::StrayBracket => "take it away, or put the text in quotes",
        Syntax::NoSpaceAfterColon => "write \"key: value\"",
        Syntax::NoColon => "add the colon, or indent the line if it continues the text above",
        Syntax::ColonInText => "put the whole text in quotes: title: \"Spotkanie: wiosna\"",
        Syntax::TextAfterComment => "put the text in quotes, or the comment on a line of its own",
        Syntax::Indentation => {
            "begin the line exactly below those that it belongs with: a key below \
             a key, a dash below a dash"
        }
        Syntax::NoSpaceAfterDash => "write \"- entry\"",
        Syntax::DashAfterKey => "begin the list on the next line, or write it as [one, two]",
        Syntax::ListMixedWithKeys => {
            "indent what belongs to the entry above; begin a new entry with \"- \""
        }
        Syntax::ReservedStart(_) => "put the text in quotes",
        Syntax::Backslash => "write '…' instead of \"…\", or \\\\ for one backslash",
        Syntax::TextAfterQuote => {
            "put the whole text in '…', or use „typographic” quotation marks within it"
        }
        Syntax::Invisible => "delete it; retype the words around it",
        Syntax::Other(_) => return None,
    };
    Some(help.to_owned())
}

fn link_help(fault: &LinkFault) -> String {
    match fault {
        LinkFault::NoScheme(right) => format!("add https:// and write \"{}\"", whole(right)),
        LinkFault::NoAddress | LinkFault::OtherScheme(_) | LinkFault::Host(_) => {
            "copy the address of a page from the browser's address bar: https://…".to_owned()
        }
        LinkFault::HostLetters(_) => {
            "write its xn--… form, which the browser copies from its address bar".to_owned()
        }
        LinkFault::User => "take away what stands before the @, and the @".to_owned(),
        LinkFault::Character(' ') => "write %20 for a space, or take it away".to_owned(),
        LinkFault::Character(_) => {
            "copy the address from the browser's address bar again".to_owned()
        }
        LinkFault::TooLong => "link to a shorter one".to_owned(),
    }
}

fn did_you_mean(near: &str) -> String {
    format!("did you mean \"{near}\"?")
}

fn write(right: &str) -> String {
    format!("write \"{}\"", whole(right))
}

fn example_help(example: &str) -> Option<String> {
    (!example.is_empty()).then(|| format!("for example: {example}"))
}

fn thing_list(thing: Thing) -> &'static str {
    match thing {
        Thing::District => "districts",
        Thing::Venue => "venues",
        Thing::Session => "sessions",
    }
}
