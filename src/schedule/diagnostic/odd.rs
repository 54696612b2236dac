//! What is possible, and rarely meant: warnings.

use chrono::{Datelike, NaiveDate};

use crate::texts::Language::{English, Polish};
use crate::texts::dates;

use super::{Diagnostic, Position, warning};

pub(crate) fn weekend(at: Position, date: NaiveDate) -> Diagnostic {
    let day = |language| dates::weekday(date.weekday(), language);
    warning(
        at,
        "weekend",
        format!("{} to {}", dates::date(date, Polish), day(Polish)),
        format!("{} is a {}", dates::date(date, English), day(English)),
    )
    .or_help(
        format!("jeśli tak ma być, napisz to: „weekday: {}”", day(Polish)),
        format!(
            "if that is meant, say so: \"weekday: {}\"",
            day(English).to_lowercase()
        ),
    )
}

/// Two sessions that overlap.
pub(crate) fn same_time(at: Position, other: &str, line: u32) -> Diagnostic {
    warning(
        at,
        "same-time",
        format!("w tym samym czasie co spotkanie „{other}” (wiersz {line})"),
        format!("at the same time as the session \"{other}\" (line {line})"),
    )
    .or_help(
        "czy w jednej z dat nie ma pomyłki?",
        "is one of the two dates a slip?",
    )
}

pub(crate) fn far_ahead(at: Position, date: NaiveDate) -> Diagnostic {
    warning(
        at,
        "far-ahead",
        format!("do {} są ponad dwa lata", dates::date(date, Polish)),
        format!("{} is more than two years away", dates::date(date, English)),
    )
    .or_help("czy rok się zgadza?", "is the year right?")
}

pub(crate) fn long_ago(at: Position, date: NaiveDate) -> Diagnostic {
    warning(
        at,
        "long-ago",
        format!("{} to bardzo dawno", dates::date(date, Polish)),
        format!("{} is long ago", dates::date(date, English)),
    )
    .or_help("czy rok się zgadza?", "is the year right?")
}

pub(crate) fn swapped_coordinates(at: Position, latitude: f64, longitude: f64) -> Diagnostic {
    let right = format!("{{lat: {longitude}, lon: {latitude}}}");
    warning(
        at,
        "swapped-coordinates",
        "szerokość i długość geograficzna wyglądają na zamienione",
        "latitude and longitude look the wrong way round",
    )
    .or_help(
        format!("jeśli tak, napisz „{right}”"),
        format!("if so, write \"{right}\""),
    )
}

/// The program's two time zone databases tell different hours.
pub(crate) fn zones_disagree(at: Position, zone: &str, date: NaiveDate) -> Diagnostic {
    warning(
        at,
        "zones-disagree",
        format!(
            "programy ze starszymi danymi o strefach pokażą {} inną godzinę ({zone})",
            dates::date(date, Polish)
        ),
        format!(
            "programs with older time zone data show another hour in {zone} on {}",
            dates::date(date, English)
        ),
    )
    .or_help(
        "obowiązują nowsze dane; przypomnij o godzinie w „note”",
        "the newer data is used; remind people of the hour in the note",
    )
}
