//! A [`Field`] -> the single value that it holds.

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::diagnostic::values::BesidesDate;
use super::diagnostic::{Diagnostic, Diagnostics, Position, keys, values};
use super::fields::Field;
use super::guess::{
    Called, WEEKDAYS, YEARS, digits, first_of_sentence, folded, hours_behind_date, id_like,
    means_unknown, meant_date, meant_degrees, meant_email, meant_phone, meant_refresh,
    meant_weekday, meant_window, month, nearest, possible_date, without_hours, words,
    year_month_day,
};
use super::lint;
use super::model::{Email, Id, Phone, Refresh, Window};
use super::web_address::WebAddress;

/// What stands under an `id` key, or in a list of ids.
pub(super) struct Named<'n> {
    /// As it is written.
    pub(super) word: &'n str,
    pub(super) position: Position,
    /// `None` where the word is no id.
    pub(super) id: Option<Id>,
}

/// What `read` makes of a word; a problem where it makes nothing of it.
fn parsed<T>(
    field: Field<'_, '_>,
    diagnostics: &mut Diagnostics,
    read: impl Fn(&str) -> Option<T>,
    problem: impl Fn(Position, &str) -> Diagnostic,
) -> Option<T> {
    let given = field.word(diagnostics)?;
    let value = read(given);
    if value.is_none() {
        diagnostics.add(problem(field.position(), given));
    }
    value
}

/// Reads an id.
pub(super) fn named<'n>(field: Field<'n, '_>, diagnostics: &mut Diagnostics) -> Option<Named<'n>> {
    let word = field.word(diagnostics)?;
    let id = Id::new(word);
    if id.is_none() {
        let right = id_like(word);
        diagnostics.add(if word.eq_ignore_ascii_case("all") {
            keys::all_as_id(field.position())
        } else {
            keys::bad_id(field.position(), word, right.as_deref())
        });
    }
    Some(Named {
        word,
        position: field.position(),
        id,
    })
}

/// Reads one of `choices`, each with its name in the schedule. `called` tells
/// the names that people give them elsewhere.
pub(super) fn choice<T: Copy>(
    choices: &[T],
    name: fn(T) -> &'static str,
    called: &Called<'_, T>,
) -> impl Fn(Field<'_, '_>, &mut Diagnostics) -> Option<T> {
    move |field, diagnostics| {
        let word = field.word(diagnostics)?;
        let chosen = choices.iter().copied().find(|choice| name(*choice) == word);
        if chosen.is_none() {
            let names: Vec<&'static str> = choices.iter().copied().map(name).collect();
            let known = names
                .iter()
                .map(|name| (*name, *name))
                .chain(words(called).map(|(word, choice)| (word, name(choice))));
            let near = nearest(word, known, diagnostics);
            let at = field.position();
            let first = near
                .is_none()
                .then(|| first_of_sentence(word, called))
                .flatten();
            diagnostics.add(match first {
                Some(first) => keys::choice_in_sentence(at, field.key, word, name(first)),
                None => keys::unknown_choice(at, field.key, word, near, &names),
            });
        }
        chosen
    }
}

/// Reads `true` or `false`.
pub(super) fn truth(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<bool> {
    let name = |value| if value { "true" } else { "false" };
    let called = [(true, "tak yes"), (false, "nie no")];
    choice(&[true, false], name, &called)(field, diagnostics)
}

/// Reads a date, `YYYY-MM-DD`.
pub(super) fn date(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<NaiveDate> {
    let given = field.word(diagnostics)?;
    let at = field.position();
    diagnostics.add(match year_month_day(given) {
        Some((year, month, day)) => match NaiveDate::from_ymd_opt(year, month, day) {
            Some(date) if YEARS.contains(&year) => return Some(date),
            Some(_) => values::year_out_of_reach(at, year),
            None => values::no_such_date(at, given, possible_date(year, month, day)),
        },
        None if means_unknown(given) && meant_date(given).is_none() => {
            values::date_not_known_yet(at, given)
        }
        None => values::bad_date(at, given, meant_date(given), &besides_date(given)),
    });
    None
}

/// What a text holds besides the date that it begins with.
fn besides_date(given: &str) -> BesidesDate {
    if let Some(hours) = hours_behind_date(given) {
        return BesidesDate::Hours(hours);
    }
    let date = without_hours(given);
    if date.len() < given.len() || given.contains(':') {
        return BesidesDate::Start;
    }
    let numbers = given
        .split(|character: char| !character.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .count();
    // With the month as a word, two are enough.
    let has_month = given
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| month(word).is_some());
    if numbers > if has_month { 2 } else { 3 } {
        BesidesDate::MoreDays
    } else {
        BesidesDate::Nothing
    }
}

/// Reads a day of the week: a whole Polish or English name, in any letter
/// case, with or without diacritics.
pub(super) fn weekday(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Weekday> {
    let given = field.word(diagnostics)?;
    let day = weekday_named(given);
    if day.is_none() {
        let near = meant_weekday(given, diagnostics);
        diagnostics.add(values::unknown_weekday(field.position(), given, near));
    }
    day
}

fn weekday_named(text: &str) -> Option<Weekday> {
    let given = folded(text);
    words(WEEKDAYS)
        .find(|(name, _)| *name == given)
        .map(|(_, day)| day)
}

/// Reads hours: `14:00-18:00`, with a hyphen or an en dash.
pub(super) fn window(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Window> {
    let given = field.word(diagnostics)?;
    let at = field.position();
    diagnostics.add(match start_and_end(given) {
        Some((start, end)) => match Window::new(start, end) {
            Some(window) => {
                lint::odd_hours(at, window, diagnostics);
                return Some(window);
            }
            None => values::end_not_after_start(at, start, end),
        },
        None => values::bad_window(at, given, meant_window(given).as_deref()),
    });
    None
}

fn start_and_end(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (start, end) = text.split_once(['-', '–'])?;
    Some((time(start.trim_end())?, time(end.trim_start())?))
}

/// `14:00` or `9:00`.
fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// Reads how often to come back: `6h` or `1d`.
pub(super) fn refresh(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Refresh> {
    let read = |given: &str| {
        let (number, unit) = digits(given);
        let number: u16 = number.parse().ok()?;
        Refresh::hours(match unit {
            "h" => number,
            "d" => number.checked_mul(24)?,
            _ => return None,
        })
    };
    parsed(field, diagnostics, read, |at, given| {
        values::bad_refresh(at, given, meant_refresh(given))
    })
}

/// Reads a web address.
pub(super) fn link(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<WebAddress> {
    let given = field.word(diagnostics)?;
    let at = field.position();
    let fault = match WebAddress::parse(given) {
        Ok(address) => return Some(address),
        Err(fault) => fault,
    };
    let bare = given.trim_matches(|mark: char| "<>()[]„”“\"'«».,;".contains(mark));
    // `[strona](https://…)`, `<a href="https://…">`.
    let within = std::iter::once(bare)
        .chain(bare.split(|mark: char| "<>()[]\"'".contains(mark)))
        .find(|part| part.contains("://") && WebAddress::parse(part).is_ok());
    let is_mail = |text: &str| Email::new(text.trim_start_matches("mailto:")).is_some();
    diagnostics.add(if is_mail(bare) {
        values::mail_as_link(at, given)
    } else if given.matches("://").count() > 1 && given.contains([' ', ',', ';']) {
        values::several_links(at)
    } else if let Some(bare) = within.filter(|bare| bare.len() < given.len()) {
        values::link_within(at, given, bare)
    } else {
        values::bad_link(at, given, &fault)
    });
    None
}

/// Reads an e-mail address.
pub(super) fn email(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Email> {
    parsed(field, diagnostics, Email::new, |at, given| {
        values::bad_email(at, given, meant_email(given).as_deref())
    })
}

/// Reads a telephone number.
pub(super) fn phone(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Phone> {
    parsed(field, diagnostics, Phone::new, |at, given| {
        values::bad_phone(at, given, meant_phone(given).as_deref())
    })
}

/// Reads degrees within `-limit..=limit`, with a decimal point.
pub(super) fn degrees(limit: u8) -> impl Fn(Field<'_, '_>, &mut Diagnostics) -> Option<f64> {
    move |field, diagnostics| {
        let given = field.word(diagnostics)?;
        let at = field.position();
        let Some(number) = decimal(given) else {
            let cleaned = given
                .trim_end_matches(['°', ' ', 'N', 'E', 'n', 'e'])
                .replace(',', ".");
            let right = decimal(&cleaned)
                .map(|_| cleaned)
                .or_else(|| meant_degrees(given));
            diagnostics.add(values::bad_number(at, given, right.as_deref()));
            return None;
        };
        if number.abs() <= f64::from(limit) {
            return Some(number);
        }
        diagnostics.add(values::off_the_earth(at, field.key, given, limit));
        None
    }
}

/// Digits with at most one point: no exponent, no `inf`, no `nan`.
fn decimal(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| {
        (1..=20).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;
    use crate::texts::dates;

    #[test]
    fn hours_are_read() {
        for (text, expected) in [
            ("14:00-18:00", Some(("14:00:00", "18:00:00"))),
            ("14:00–18:00", Some(("14:00:00", "18:00:00"))),
            ("14:00 – 18:00", Some(("14:00:00", "18:00:00"))),
            ("9:30-10:05", Some(("09:30:00", "10:05:00"))),
            ("00:00-23:59", Some(("00:00:00", "23:59:00"))),
            ("14:00—18:00", None),
            ("14-18", None),
            ("14:00-24:00", None),
            ("+4:00-18:00", None),
            ("14:00", None),
            ("14:00-18:00-19:00", None),
        ] {
            let found =
                start_and_end(text).map(|(start, end)| (start.to_string(), end.to_string()));
            let found = found.as_ref().map(|(start, end)| (&**start, &**end));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn weekdays_are_known_in_two_languages() {
        for (text, expected) in [
            ("piątek", Some(Weekday::Fri)),
            ("Piatek", Some(Weekday::Fri)),
            ("FRIDAY", Some(Weekday::Fri)),
            ("środa", Some(Weekday::Wed)),
            ("sroda", Some(Weekday::Wed)),
            ("pt", None),
            ("piątk", None),
            ("п’ятниця", None),
        ] {
            assert_eq!(weekday_named(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_name_is_found_by_itself() {
        for (_, day) in words(WEEKDAYS) {
            for language in [Language::Polish, Language::English] {
                assert_eq!(weekday_named(dates::weekday(day, language)), Some(day));
            }
        }
    }

    #[test]
    fn degrees_are_plain_decimals() {
        for (text, expected) in [
            ("50.07", Some(50.07)),
            ("-0.5", Some(-0.5)),
            ("20", Some(20.0)),
            ("50,07", None),
            ("1e1", None),
            ("nan", None),
            ("inf", None),
            ("+1", None),
            (".5", None),
            ("5.", None),
            ("--5", None),
            ("0x10", None),
        ] {
            assert_eq!(decimal(text), expected, "{text:?}");
        }
    }
}
