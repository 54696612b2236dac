//! The instants of a session <-> the local times that were published.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeDelta, Timelike};

use crate::zone::Zone;

use super::BadValue;

const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";
const LOCAL_WHOLE_MINUTES: &str = "%Y-%m-%dT%H:%M";

/// The beginning and end of a session, from its local times.
pub(super) fn instants(
    start: &str,
    end: &str,
    zone: &Zone,
) -> Result<(DateTime<FixedOffset>, DateTime<FixedOffset>), BadValue> {
    let start = local_time(start).ok_or(BadValue("start"))?;
    let end = local_time(end)
        .filter(|end| *end > start)
        .ok_or(BadValue("end"))?;
    let begins = instant(start, zone).ok_or(BadValue("start"))?;
    let ends = instant(end, zone).ok_or(BadValue("end"))?;
    if ends > begins {
        return Ok((begins, ends));
    }
    let ends = begins
        .checked_add_signed(end - start)
        .ok_or(BadValue("end"))?;
    Ok((begins, ends))
}

/// What the clocks of the session's zone show.
pub(super) fn local_text(time: DateTime<FixedOffset>) -> String {
    let format = if time.second() == 0 {
        LOCAL_WHOLE_MINUTES
    } else {
        LOCAL
    };
    time.naive_local().format(format).to_string()
}

fn local_time(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, LOCAL_WHOLE_MINUTES)
        .or_else(|_| NaiveDateTime::parse_from_str(text, LOCAL))
        .ok()
        // Four digits are all that iCalendar can write.
        .filter(|local| (1..=9999).contains(&local.year()))
}

/// The instant that the clocks show as `local`. Where a time zone database
/// newer than the one it was published by lets them show it twice, the
/// earlier; where they jump over it, as long after the jump as it was after
/// the jump's beginning: a published session never goes missing.
fn instant(local: NaiveDateTime, zone: &Zone) -> Option<DateTime<FixedOffset>> {
    if let Ok(instant) = zone.resolve(local) {
        return Some(instant);
    }
    let day_before = local.and_utc().checked_sub_signed(TimeDelta::days(1))?;
    let offset = *zone.at(day_before).offset();
    let instant = local.and_local_timezone(offset).single()?;
    Some(zone.at(instant.to_utc()))
}
