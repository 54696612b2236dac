//! A [`Zone`] -> its VTIMEZONE (RFC 5545, 3.6.5).
//!
//! Exchange is confused by more than one STANDARD and one DAYLIGHT, by history
//! and by RDATE, so history is told only where an event lies in it. Nothing
//! here depends on today's date.

use std::fmt::{self, Display, Write};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use tz::LocalTimeType;

use crate::zone::{Change, Zone};

mod recurrence;

/// Before it a zone's history is told only to events that are older still.
const EPOCH: NaiveDateTime = NaiveDate::from_ymd_opt(1970, 1, 1)
    .expect("it is a date")
    .and_time(chrono::NaiveTime::MIN);

/// The VTIMEZONE of `zone`, right from `earliest` on, the local start of the
/// oldest event that it serves: content lines with CRLF, none longer than 75
/// octets.
///
/// A zone whose clocks change by a yearly rule has one STANDARD and one
/// DAYLIGHT with that rule, one whose clocks stand still has one STANDARD
/// without. Dated changes come before these where `earliest` lies before the
/// first change that the rule tells, or where no rule tells the changes.
pub fn vtimezone(zone: &Zone, earliest: NaiveDateTime) -> String {
    let mut lines = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", zone.name());
    for observance in observances(zone, earliest) {
        // Writing to a String cannot fail.
        let _ = write!(lines, "{observance}");
    }
    lines.push_str("END:VTIMEZONE\r\n");
    lines
}

/// A STANDARD or DAYLIGHT: every time at which the clocks go from one offset
/// to another.
struct Observance {
    before: i32,
    after: LocalTimeType,
    /// The first local time of the change, which is DTSTART.
    start: NaiveDateTime,
    /// The later ones, in order, where no rule tells them.
    later: Vec<NaiveDateTime>,
    /// The value of an RRULE that tells the later ones.
    rule: Option<String>,
}

impl Observance {
    fn dated(before: i32, after: LocalTimeType, start: NaiveDateTime) -> Observance {
        Observance {
            before,
            after,
            start,
            later: Vec::new(),
            rule: None,
        }
    }
}

/// The least that tells `zone` from `earliest` on.
fn observances(zone: &Zone, earliest: NaiveDateTime) -> Vec<Observance> {
    let clock = zone.clock();
    let yearly = clock.yearly();
    let mut observances = Vec::new();
    if yearly.is_none_or(|[(first, _), _]| earliest < first.onset()) {
        observances = dated(zone, earliest);
    }
    match yearly {
        Some(yearly) => observances.extend(yearly.map(|(first, change)| Observance {
            rule: Some(recurrence::rule(change.day, change.seconds)),
            ..Observance::dated(change.before.ut_offset(), change.after, first.onset())
        })),
        // The last change may have been to a summer time that later became
        // the zone's standard time without a change of the clocks.
        None => {
            if let [only] = observances.as_mut_slice() {
                only.after = clock.last();
            }
        }
    }
    observances
}

/// The changes that no rule tells: the one that is in force at `earliest`, and
/// all after it. Those between the same two offsets share one observance.
fn dated(zone: &Zone, earliest: NaiveDateTime) -> Vec<Observance> {
    let changes = zone.clock().dated();
    let later = changes.partition_point(|change| change.onset() <= earliest);
    let (past, ahead) = changes.split_at(later);

    let mut observances = vec![in_force(zone, past.last(), earliest)];
    for change in ahead {
        let (before, after) = (change.before.ut_offset(), change.after);
        let same = |observance: &&mut Observance| {
            observance.before == before
                && observance.after.ut_offset() == after.ut_offset()
                && observance.after.is_dst() == after.is_dst()
        };
        match observances.iter_mut().find(same) {
            Some(observance) => observance.later.push(change.onset()),
            None => observances.push(Observance::dated(before, after, change.onset())),
        }
    }
    observances
}

/// The observance of `change`, the last one at or before `earliest`. A change
/// from before 1970, and the time before any, begin as if the clocks had
/// always stood so: old offsets with seconds (local mean time) trip readers.
fn in_force(zone: &Zone, change: Option<&Change>, earliest: NaiveDateTime) -> Observance {
    let after = change.map_or(zone.clock().opening(), |change| change.after);
    let (before, start) = match change {
        Some(change) if change.onset() > EPOCH || earliest < EPOCH => {
            (change.before.ut_offset(), change.onset())
        }
        _ => (after.ut_offset(), earliest.min(EPOCH)),
    };
    Observance::dated(before, after, start)
}

impl Display for Observance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The database is the "rearguard" one, where daylight saving time is
        // the larger offset in Dublin and Casablanca too.
        let name = if self.after.is_dst() {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        write!(out, "BEGIN:{name}\r\n")?;
        write!(out, "DTSTART:{}\r\n", LocalTime(self.start))?;
        write!(out, "TZOFFSETFROM:{}\r\n", UtcOffset(self.before))?;
        write!(out, "TZOFFSETTO:{}\r\n", UtcOffset(self.after.ut_offset()))?;
        // `TZif` lets a name be of letters, digits, + and - only: nothing to
        // escape.
        write!(out, "TZNAME:{}\r\n", self.after.time_zone_designation())?;
        if let Some(rule) = &self.rule {
            write!(out, "RRULE:{rule}\r\n")?;
        }
        if !self.later.is_empty() {
            // Where there is an RDATE, ical.js passes over DTSTART, and it
            // reads the first date of each RDATE only.
            for onset in [&self.start].into_iter().chain(&self.later) {
                write!(out, "RDATE:{}\r\n", LocalTime(*onset))?;
            }
        }
        write!(out, "END:{name}\r\n")
    }
}

/// A DATE-TIME without a zone (RFC 5545, 3.3.5, form 1). A year that has not
/// four digits is written as the nearest one that has.
struct LocalTime(NaiveDateTime);

impl Display for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.0.year().clamp(0, 9999);
        write!(out, "{year:04}{}", self.0.format("%m%dT%H%M%S"))
    }
}

/// A UTC-OFFSET (RFC 5545, 3.3.14), in seconds east of Greenwich.
struct UtcOffset(i32);

impl Display for UtcOffset {
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
mod tests;
