//! Dates.

use chrono::{Datelike, NaiveDate};

use super::fields::Field;
use super::findings::Findings;
use super::names::folded;
use super::problem::Kind;

/// The years that a session may be in: before them the clocks of many places
/// kept odd seconds, and past them the time zone databases say nothing.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// The date in `field`, `YYYY-MM-DD`.
pub(super) fn date(field: Field<'_, '_>, findings: &mut Findings) -> Option<NaiveDate> {
    let given = field.word(findings)?;
    let kind = match written(given) {
        Some((year, month, day)) => match NaiveDate::from_ymd_opt(year, month, day) {
            Some(date) if YEARS.contains(&year) => return Some(date),
            Some(_) => Kind::YearOutOfReach { year },
            None => Kind::NoSuchDate {
                given: given.to_owned(),
                right: possible(year, month, day),
            },
        },
        None => Kind::BadDate {
            given: given.to_owned(),
            right: meant(given),
        },
    };
    findings.error(field.place(), kind);
    None
}

/// Year, month and day of `YYYY-MM-DD`, possible or not.
fn written(text: &str) -> Option<(i32, u32, u32)> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let hyphens = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    if !hyphens {
        return None;
    }
    Some((
        digits(0..4)?.parse().ok()?,
        digits(5..7)?.parse().ok()?,
        digits(8..10)?.parse().ok()?,
    ))
}

/// The date that an impossible one was probably meant to be: day and month
/// the other way round, or the month's last day.
fn possible(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, day, month).or_else(|| {
        (29..=31)
            .contains(&day)
            .then(|| {
                (28..=30)
                    .rev()
                    .find_map(|last| NaiveDate::from_ymd_opt(year, month, last))
            })
            .flatten()
    })
}

/// The date that was probably meant by a date of another form: `13.03.2026`,
/// `2026/3/13`, `13 marca 2026`, `13 III 2026`, `March 13, 2026`.
fn meant(text: &str) -> Option<NaiveDate> {
    if let Some((year, month, day)) = text.get(..10).and_then(written) {
        return NaiveDate::from_ymd_opt(year, month, day)
            .filter(|date| YEARS.contains(&date.year()));
    }
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    let mut named_month = None;
    for word in text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if let Ok(number) = word.parse::<u32>() {
            numbers.push((word.len(), number));
        } else if let Some(month) = month(word) {
            named_month = Some(month);
        }
    }
    let full_year = |(length, number): (usize, u32)| match length {
        4 => i32::try_from(number).ok(),
        2 => i32::try_from(2000 + number).ok(),
        _ => None,
    };
    let (year, month, day) = match (numbers.as_slice(), named_month) {
        ([year @ (4, _), (_, month), (_, day)] | [(_, day), (_, month), year], None) => {
            (full_year(*year)?, *month, *day)
        }
        ([year @ (4, _), (_, day)] | [(_, day), year], Some(month)) => {
            (full_year(*year)?, month, *day)
        }
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
        .or_else(|| NaiveDate::from_ymd_opt(year, day, month))
        .filter(|date| YEARS.contains(&date.year()))
}

/// The month of a Polish, English or Roman name, from 1.
fn month(word: &str) -> Option<u32> {
    const BEGINNINGS: [[&str; 3]; 12] = [
        ["stycz", "sty", "jan"],
        ["lut", "luty", "feb"],
        ["marz", "marc", "mar"],
        ["kwie", "kwi", "apr"],
        ["maj", "maja", "may"],
        ["czerw", "cze", "jun"],
        ["lip", "lipc", "jul"],
        ["sierp", "sie", "aug"],
        ["wrze", "wrz", "sep"],
        ["paz", "pazd", "oct"],
        ["list", "lis", "nov"],
        ["grud", "gru", "dec"],
    ];
    const ROMAN: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let word = folded(word);
    let at = ROMAN.iter().position(|roman| *roman == word).or_else(|| {
        BEGINNINGS
            .iter()
            .position(|names| names.iter().any(|name| word.starts_with(name)))
    })?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_forms_of_a_date_are_understood() {
        for (text, expected) in [
            ("13.03.2026", Some("2026-03-13")),
            ("13.3.26", Some("2026-03-13")),
            ("13/03/2026", Some("2026-03-13")),
            ("03/13/2026", Some("2026-03-13")),
            ("2026/3/13", Some("2026-03-13")),
            ("2026.03.13", Some("2026-03-13")),
            ("2026-3-13", Some("2026-03-13")),
            ("13 marca 2026", Some("2026-03-13")),
            ("13 marca 2026 r.", Some("2026-03-13")),
            ("piątek, 13 marca 2026", Some("2026-03-13")),
            ("13 III 2026", Some("2026-03-13")),
            ("March 13, 2026", Some("2026-03-13")),
            ("2026-03-13T14:00", Some("2026-03-13")),
            ("5 października 2026", Some("2026-10-05")),
            ("1 maja 2026", Some("2026-05-01")),
            ("13 marca", None),
            ("2026-03", None),
            ("jutro", None),
            ("99.99.2026", None),
            ("", None),
        ] {
            let found = meant(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn an_impossible_date_has_a_possible_neighbour() {
        for ((year, month, day), expected) in [
            ((2026, 13, 3), Some("2026-03-13")),
            ((2026, 2, 30), Some("2026-02-28")),
            ((2028, 2, 30), Some("2028-02-29")),
            ((2026, 4, 31), Some("2026-04-30")),
            ((2026, 99, 99), None),
            ((2026, 0, 0), None),
        ] {
            let found = possible(year, month, day).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected);
        }
    }
}
