//! Dates and times as people read them, in each language.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::Language;

/// The weekdays from Monday on, in the nominative.
const WEEKDAYS: [[&str; 3]; 7] = [
    ["poniedziałek", "Monday", "понеділок"],
    ["wtorek", "Tuesday", "вівторок"],
    ["środa", "Wednesday", "середа"],
    ["czwartek", "Thursday", "четвер"],
    ["piątek", "Friday", "п’ятниця"],
    ["sobota", "Saturday", "субота"],
    ["niedziela", "Sunday", "неділя"],
];

/// The months as they stand after a day.
const MONTHS: [[&str; 3]; 12] = [
    ["stycznia", "January", "січня"],
    ["lutego", "February", "лютого"],
    ["marca", "March", "березня"],
    ["kwietnia", "April", "квітня"],
    ["maja", "May", "травня"],
    ["czerwca", "June", "червня"],
    ["lipca", "July", "липня"],
    ["sierpnia", "August", "серпня"],
    ["września", "September", "вересня"],
    ["października", "October", "жовтня"],
    ["listopada", "November", "листопада"],
    ["grudnia", "December", "грудня"],
];

/// The name of a weekday, in the nominative: `piątek`.
pub fn weekday(day: Weekday, language: Language) -> &'static str {
    WEEKDAYS[day.num_days_from_monday() as usize][language as usize]
}

/// A date of a year that need not be told: `13 marca`.
pub fn day_and_month(date: NaiveDate, language: Language) -> String {
    let month = MONTHS[date.month0() as usize][language as usize];
    format!("{} {month}", date.day())
}

/// A date without its weekday: `13 marca 2026`, `13 March 2026`,
/// `13 березня 2026`.
pub fn date(date: NaiveDate, language: Language) -> String {
    format!("{} {}", day_and_month(date, language), date.year())
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
            (Language::Ukrainian, "п’ятниця, 13 березня 2026"),
        ] {
            assert_eq!(long_date(day, language), expected);
        }
    }
}
