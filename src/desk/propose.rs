//! The meetings so far -> when the next one probably is.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use crate::schedule::{Rhythm, Schedule, id_like};

/// The next date by the rhythm after the last meeting, later than `today`: the
/// third Friday of the next month, say. Without a rhythm, monthly.
pub(super) fn next_date(schedule: &Schedule, today: NaiveDate) -> NaiveDate {
    let last = schedule
        .sessions()
        .iter()
        .map(|session| session.date())
        .max();
    let Some(last) = last else {
        return today + TimeDelta::days(7);
    };
    let (nth, weekday) = ((last.day() - 1) / 7 + 1, last.weekday());
    let months = match schedule.calendar().rhythm {
        Some(Rhythm::Weekly) => {
            let weeks = ((today - last).num_days() / 7 + 1).max(1);
            return last + TimeDelta::weeks(weeks);
        }
        Some(Rhythm::Quarterly) => 3,
        Some(Rhythm::Monthly) | None => 1,
    };
    let first = last.with_day(1).unwrap_or(last);
    (1..1_200)
        .filter_map(|step| first.checked_add_months(Months::new(step * months)))
        .map(|month| nth_weekday(month, nth, weekday))
        .find(|date| *date > today)
        .unwrap_or(today)
}

/// The `nth` such weekday of the month that begins at `first`, the last one
/// where there are not so many.
fn nth_weekday(first: NaiveDate, nth: u32, weekday: Weekday) -> NaiveDate {
    (1..=nth)
        .rev()
        .find_map(|n| {
            let n = u8::try_from(n).ok()?;
            NaiveDate::from_weekday_of_month_opt(first.year(), first.month(), weekday, n)
        })
        .unwrap_or(first)
}

/// An id for a session at `date` that no session has: `2027-01`, or with the
/// day, or with a number.
pub(super) fn next_id(schedule: &Schedule, date: NaiveDate) -> String {
    let is_free = |id: &String| {
        let mut taken = schedule
            .sessions()
            .iter()
            .map(|session| session.id.as_str());
        let mut withdrawn = schedule.withdrawn().iter();
        !taken.any(|it| it == id) && !withdrawn.any(|it| it.as_str() == id)
    };
    let month = date.format("%Y-%m").to_string();
    let day = date.format("%Y-%m-%d").to_string();
    let numbered = (2..).map(|number| format!("{day}-{number}"));
    [month, day.clone()]
        .into_iter()
        .chain(numbered)
        .find(is_free)
        .unwrap_or(day)
}

/// An id for a venue of that name that no venue has.
pub(super) fn venue_id(schedule: &Schedule, name: &str) -> String {
    let id = id_like(name).unwrap_or_else(|| "place".to_owned());
    let is_free = |id: &String| !schedule.venues().iter().any(|it| it.id.as_str() == id);
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut ids = std::iter::once(id.clone()).chain(numbered);
    ids.find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::read;

    fn schedule(rhythm: &str, sessions: &[&str]) -> Schedule {
        let sessions: Vec<String> = sessions
            .iter()
            .map(|date| format!("  - {{id: {}, date: {date}, districts: all}}\n", &date[..7]))
            .collect();
        let sessions = sessions.concat();
        let yaml = format!(
            "calendar: {{id: x, title: X, timezone: Europe/Warsaw, window: 14:00-18:00{rhythm}}}\n\
             sessions:\n{sessions}"
        );
        read(yaml.as_bytes(), date("2026-03-01")).unwrap().schedule
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_date_follows_the_rhythm() {
        for (rhythm, last, today, next) in [
            ("", "2026-03-20", "2026-03-21", "2026-04-17"),
            (
                ", rhythm: monthly",
                "2026-03-13",
                "2026-06-20",
                "2026-07-10",
            ),
            (
                ", rhythm: quarterly",
                "2026-03-13",
                "2026-03-14",
                "2026-06-12",
            ),
            (", rhythm: weekly", "2026-03-13", "2026-04-01", "2026-04-03"),
            // The fifth Friday, in a month that has four.
            ("", "2026-01-30", "2026-02-01", "2026-02-27"),
            // Announced far ahead.
            ("", "2026-12-11", "2026-03-01", "2027-01-08"),
        ] {
            let schedule = schedule(rhythm, &[last]);
            assert_eq!(
                next_date(&schedule, date(today)),
                date(next),
                "{rhythm} {last}"
            );
        }
        assert_eq!(
            next_date(&schedule("", &[]), date("2026-03-01")),
            date("2026-03-08")
        );
    }

    #[test]
    fn an_id_is_never_taken_twice() {
        let schedule = schedule("", &["2026-03-13", "2026-04-17"]);
        assert_eq!(next_id(&schedule, date("2026-05-15")), "2026-05");
        assert_eq!(next_id(&schedule, date("2026-04-24")), "2026-04-24");
    }
}
