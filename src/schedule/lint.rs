//! What is possible, and rarely meant: the warnings of one reading.

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};

use crate::zone::Zone;

use super::diagnostic::{Diagnostics, Position, odd};
use super::model::{Coordinates, Session, Window};

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

/// Hours that are possible, but rarely meant: in the night, or few.
pub(super) fn odd_hours(at: Position, window: Window, diagnostics: &mut Diagnostics) {
    const MORNING: u32 = 6;
    const LATE: u32 = 23;
    let (start, end) = (window.start(), window.end());
    if start.hour() < MORNING || start.hour() >= LATE {
        // `02:00-06:00` for two to six in the afternoon.
        let later = |time: NaiveTime| time.overflowing_add_signed(TimeDelta::hours(12));
        let shown = |time: NaiveTime| time.format("%H:%M").to_string();
        let right = match (later(start), later(end)) {
            ((start, 0), (end, 0)) => Some(format!("{}-{}", shown(start), shown(end))),
            _ => None,
        };
        diagnostics.add(odd::night(at, right.as_deref()));
    }
    if let minutes @ ..60 = (end - start).num_minutes() {
        diagnostics.add(odd::short(at, usize::try_from(minutes).unwrap_or_default()));
    }
}

/// What a text says that was UTF-8 once, was read in another encoding, and
/// was saved again: `Å›roda` says `środa`.
pub(super) fn repaired_letters(text: &str) -> Option<String> {
    // What an encoding of Windows shows for the bytes from 0x80 to 0xbf.
    const WESTERN: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿";
    const CENTRAL: &str = "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż";
    // The first bytes of two that Polish letters, dashes and quotes have.
    const FIRST: [(char, u8); 6] = [
        ('Ã', 0xc3),
        ('Ă', 0xc3),
        ('Ä', 0xc4),
        ('Å', 0xc5),
        ('Ĺ', 0xc5),
        ('Â', 0xc2),
    ];
    let mut repaired = String::with_capacity(text.len());
    let mut found = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let first = FIRST.iter().find(|(shown, _)| *shown == character);
        let second = characters.peek().and_then(|next| {
            [WESTERN, CENTRAL]
                .into_iter()
                .find_map(|table| table.chars().position(|shown| shown == *next))
        });
        if let (Some((_, first)), Some(second)) = (first, second) {
            let bytes = [*first, 0x80 + u8::try_from(second).ok()?];
            if let Ok(letter) = str::from_utf8(&bytes) {
                repaired.push_str(letter);
                characters.next();
                found += 1;
                continue;
            }
        }
        repaired.push(character);
    }
    (found > 0).then_some(repaired)
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
            ("Africa/Abidjan", 0.0, 0.0, false),
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

    #[test]
    fn letters_of_a_wrong_encoding_are_put_right_and_others_left_alone() {
        for (text, right) in [
            ("Åšniadanie sÄ…siedzkie", Some("Śniadanie sąsiedzkie")),
            ("Ĺšniadanie sÄ…siedzkie", Some("Śniadanie sąsiedzkie")),
            ("KsiÄ™garnia", Some("Księgarnia")),
            ("Śniadanie sąsiedzkie", None),
            ("Ångström, Ästhetik, Älter", None),
            ("Łódź, Żółć, Ęą", None),
        ] {
            assert_eq!(repaired_letters(text).as_deref(), right, "{text}");
        }
    }
}
