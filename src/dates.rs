//! Dates and times as people read them, in each language.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use crate::language::Language;

/// The name of a weekday, in the nominative: `piątek`.
pub fn weekday(day: Weekday, language: Language) -> &'static str {
    const POLISH: [&str; 7] = [
        "poniedziałek",
        "wtorek",
        "środa",
        "czwartek",
        "piątek",
        "sobota",
        "niedziela",
    ];
    const ENGLISH: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    const UKRAINIAN: [&str; 7] = [
        "понеділок",
        "вівторок",
        "середа",
        "четвер",
        "пʼятниця",
        "субота",
        "неділя",
    ];
    let day = day.num_days_from_monday() as usize;
    match language {
        Language::Polish => POLISH[day],
        Language::English => ENGLISH[day],
        Language::Ukrainian => UKRAINIAN[day],
    }
}

/// A date's month as it stands after the day: `marca`, `March`, `березня`.
fn month(date: NaiveDate, language: Language) -> &'static str {
    const POLISH: [&str; 12] = [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const UKRAINIAN: [&str; 12] = [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ];
    let month = date.month0() as usize;
    match language {
        Language::Polish => POLISH[month],
        Language::English => ENGLISH[month],
        Language::Ukrainian => UKRAINIAN[month],
    }
}

/// A date without its weekday: `13 marca 2026`, `13 March 2026`,
/// `13 березня 2026`.
pub fn date(date: NaiveDate, language: Language) -> String {
    format!("{} {} {}", date.day(), month(date, language), date.year())
}

/// A date of a year that need not be told: `13 marca`.
pub fn day_and_month(date: NaiveDate, language: Language) -> String {
    format!("{} {}", date.day(), month(date, language))
}

/// A date with its weekday: `piątek, 13 marca 2026`.
pub fn long_date(day: NaiveDate, language: Language) -> String {
    let (weekday, date) = (weekday(day.weekday(), language), date(day, language));
    match language {
        Language::English => format!("{weekday} {date}"),
        Language::Polish | Language::Ukrainian => format!("{weekday}, {date}"),
    }
}

/// A time of day on the 24-hour clock: `14:00`.
pub fn time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 13).unwrap();
        for (language, expected) in [
            (Language::Polish, "piątek, 13 marca 2026"),
            (Language::English, "Friday 13 March 2026"),
            (Language::Ukrainian, "пʼятниця, 13 березня 2026"),
        ] {
            assert_eq!(long_date(day, language), expected);
        }
    }
}
