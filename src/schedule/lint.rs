//! What is possible, and rarely meant: the warnings of one reading.

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Weekday};

use crate::zone::Zone;

use super::diagnostic::{Diagnostics, Position, odd};
use super::model::{Coordinates, Session};

/// Dates that are possible, but rarely meant.
pub(super) fn odd_date(
    at: Position,
    date: NaiveDate,
    weekday_stated: bool,
    today: NaiveDate,
    diagnostics: &mut Diagnostics,
) {
    // Who writes `weekday: sobota` has noticed.
    if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !weekday_stated {
        diagnostics.add(odd::weekend(at, date));
    }
    if today
        .checked_add_months(Months::new(24))
        .is_some_and(|limit| date > limit)
    {
        diagnostics.add(odd::far_ahead(at, date));
    }
    if date.year() < 2000 {
        diagnostics.add(odd::long_ago(at, date));
    }
}

/// Sessions that overlap, cancelled and postponed ones aside.
pub(super) fn two_at_once(sessions: &[(Session, Position)], diagnostics: &mut Diagnostics) {
    let mut latest: Option<(&Session, Position)> = None;
    for (session, position) in sessions
        .iter()
        .filter(|(session, _)| !session.status.is_off())
    {
        if let Some((other, other_position)) = latest
            && session.start < other.end
        {
            let problem = odd::same_time(*position, other.id.as_str(), other_position.line);
            diagnostics.add(problem.in_session(&session.id));
        }
        if latest.is_none_or(|(other, _)| session.end > other.end) {
            latest = Some((session, *position));
        }
    }
}

/// The first session whose hours programs with an older time zone database
/// would show wrong: one is enough to tell it by.
pub(super) fn databases_disagree(
    sessions: &[(Session, Position)],
    zone: &Zone,
    diagnostics: &mut Diagnostics,
) {
    let odd = sessions
        .iter()
        .find(|(session, _)| zone.is_disputed(session.start.naive_local()));
    if let Some((session, position)) = odd {
        let problem = odd::zones_disagree(*position, zone.name(), session.date());
        diagnostics.add(problem.in_session(&session.id));
    }
}

/// A latitude and longitude that look the wrong way round.
pub(super) fn swapped(
    at: Position,
    location: Coordinates,
    zone: &Zone,
    diagnostics: &mut Diagnostics,
) {
    if looks_swapped(location, zone) {
        let (latitude, longitude) = (location.latitude(), location.longitude());
        diagnostics.add(odd::swapped_coordinates(at, latitude, longitude));
    }
}

/// Whether the point lies far from where the calendar's clocks are at home,
/// and would lie near with latitude and longitude the other way round.
///
/// The sun crosses fifteen degrees in an hour; a zone rarely strays more than
/// two hours from that.
fn looks_swapped(location: Coordinates, zone: &Zone) -> bool {
    const TOLERANCE: f64 = 30.0;
    let Some(january) = NaiveDate::from_ymd_opt(2026, 1, 15) else {
        return false;
    };
    let Ok(noon) = zone.resolve(january.and_time(NaiveTime::MIN) + TimeDelta::hours(12)) else {
        return false;
    };
    let meridian = f64::from(noon.offset().local_minus_utc()) / 240.0;
    (location.longitude() - meridian).abs() > TOLERANCE
        && (location.latitude() - meridian).abs() <= TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn krakow_swapped_is_noticed_and_krakow_is_not() {
        for (zone, latitude, longitude, expected) in [
            ("Europe/Warsaw", 50.07, 20.04, false),
            ("Europe/Warsaw", 20.04, 50.07, true),
            ("America/New_York", 40.7, -74.0, false),
            ("America/New_York", -74.0, 40.7, true),
            ("Australia/Sydney", -33.9, 151.2, false),
            ("UTC", 0.0, 0.0, false),
        ] {
            let zone = Zone::named(zone).expect("a zone of the database");
            let location = Coordinates::new(latitude, longitude).expect("on the earth");
            assert_eq!(
                looks_swapped(location, &zone),
                expected,
                "{latitude} {longitude}"
            );
        }
    }
}
