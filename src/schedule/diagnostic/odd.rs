//! What is possible, and rarely meant: warnings.

use chrono::{Datelike, NaiveDate};

use crate::texts::Language::{English, Polish};
use crate::texts::dates;

use super::{Diagnostic, Position, plural, quoted, warning};

/// A text that ends before a `#`; `cut` is what stands from there on.
pub(crate) fn cut_by_hash(at: Position, key: &str, text: &str, cut: &str) -> Diagnostic {
    let whole = if text.is_empty() {
        cut.to_owned()
    } else {
        format!("{text} {cut}")
    };
    let right = quoted(&whole.replace('\\', "\\\\").replace('"', "\\\""));
    let (polish, english) = if text.is_empty() {
        (
            format!("„{key}” jest puste, bo # zaczyna komentarz"),
            format!("\"{key}\" says nothing, as # begins a comment"),
        )
    } else {
        (
            format!("„{key}” kończy się przed „#”, bo # zaczyna komentarz"),
            format!("\"{key}\" ends before \"#\", as # begins a comment"),
        )
    };
    warning(at, "cut-by-hash", polish, english).or_help(
        format!("napisz {key}: \"{right}\""),
        format!("write {key}: \"{right}\""),
    )
}

/// UTF-8 that was read as something else and saved again; `right` is what it
/// says.
pub(crate) fn broken_letters(at: Position, right: &str) -> Diagnostic {
    let right = quoted(right);
    warning(
        at,
        "broken-letters",
        "polskie litery wyglądają na zepsute przez złe kodowanie",
        "letters look broken by a wrong encoding",
    )
    .or_help(
        format!("wpisz tekst od nowa (chyba „{right}”) i zapisz plik w kodowaniu UTF-8"),
        format!("type the text again (probably \"{right}\") and save the file in UTF-8"),
    )
}

/// A key without its colon, which became part of the text above.
pub(crate) fn key_in_text(at: Position, key: &str, line: &str) -> Diagnostic {
    let line = quoted(line);
    warning(
        at,
        "key-in-text",
        format!("tekst zawiera „{line}”: czy nie brakuje dwukropka?"),
        format!("the text holds \"{line}\": is not a colon missing?"),
    )
    .or_help(
        format!("jeśli tak, zacznij wiersz równo z innymi kluczami i napisz „{key}: …”"),
        format!("if so, begin the line below the other keys and write \"{key}: …\""),
    )
}

/// Hours that most people sleep; `right` are those that may be meant.
pub(crate) fn night(at: Position, right: Option<&str>) -> Diagnostic {
    let problem = warning(
        at,
        "night-hours",
        "to godziny nocne",
        "these are hours of the night",
    );
    match right {
        Some(right) => problem.or_help(
            format!("czy chodziło o {right}?"),
            format!("did you mean {right}?"),
        ),
        None => problem.or_help("czy tak ma być?", "is that meant?"),
    }
}

/// Less than an hour.
pub(crate) fn short(at: Position, minutes: i64) -> Diagnostic {
    let noun = plural(
        usize::try_from(minutes).unwrap_or_default(),
        "minutę",
        "minuty",
        "minut",
    );
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    warning(
        at,
        "short",
        format!("spotkanie trwa tylko {minutes} {noun}"),
        format!("the session takes only {minutes} {unit}"),
    )
    .or_help("czy tak ma być?", "is that meant?")
}

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
