//! Times of an iCalendar file, and those that people type into spreadsheets
//! -> local dates and hours.

use chrono::{
    DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

/// A time as RFC 5545 section 3.3.5 has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    /// The date and hours as written.
    pub(super) written: NaiveDateTime,
    pub(super) form: Form,
}

/// What the written hours mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing but a date.
    AllDay,
    /// The hours of wherever the reader is.
    Floating,
    Utc,
    Zoned(Tz),
}

impl Time {
    /// The time that `value` tells, in the zone that `TZID` names.
    pub(super) fn read(value: &str, zone: Option<Tz>) -> Option<Time> {
        let value = value.trim();
        if value.len() == 8 {
            let date = NaiveDate::parse_from_str(value, "%Y%m%d").ok()?;
            let written = date.and_time(NaiveTime::MIN);
            return Some(Time {
                written,
                form: Form::AllDay,
            });
        }
        let (text, utc) = match value.strip_suffix(['Z', 'z']) {
            Some(text) => (text, true),
            None => (value, false),
        };
        let written = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()?;
        let form = match zone {
            _ if utc => Form::Utc,
            Some(zone) => Form::Zoned(zone),
            None => Form::Floating,
        };
        Some(Time { written, form })
    }

    /// The instant; hours without a zone are those of `usual`. Hours that a
    /// clock change skips are read with the offset before it.
    pub(super) fn instant(&self, usual: Tz) -> DateTime<Utc> {
        let zone = match self.form {
            Form::Utc => return self.written.and_utc(),
            Form::Zoned(zone) => zone,
            Form::AllDay | Form::Floating => usual,
        };
        let offset_at = |local: &NaiveDateTime| zone.offset_from_local_datetime(local).earliest();
        let offset = offset_at(&self.written)
            .or_else(|| offset_at(&(self.written - TimeDelta::hours(3))))
            .map_or(0, |offset| offset.fix().local_minus_utc());
        self.written.and_utc() - TimeDelta::seconds(i64::from(offset))
    }

    /// The local date and hours in `zone`.
    pub(super) fn local(&self, zone: Tz) -> NaiveDateTime {
        match self.form {
            Form::AllDay | Form::Floating => self.written,
            Form::Utc | Form::Zoned(_) => self.instant(zone).with_timezone(&zone).naive_local(),
        }
    }
}

/// The zone that a TZID means: an IANA name, alone or at the end of a path
/// such as `/example.org/20240101/Europe/Warsaw`, or a name of Windows'.
pub(super) fn zone(tzid: &str) -> Option<Tz> {
    let tzid = tzid.trim_matches(['"', ' ']);
    let parts: Vec<&str> = tzid.split('/').collect();
    let tails = (0..parts.len()).map(|from| parts[from..].join("/"));
    tails
        .filter(|name| !name.is_empty())
        .find_map(|name| name.parse::<Tz>().ok())
        .or_else(|| localzone::win_zone_to_iana(tzid, None)?.parse().ok())
}

/// A date as people in Poland type it.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    // Spreadsheets add midnight.
    let text = text.split(['T', ' ']).next()?;
    [
        "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y.%m.%d", "%Y/%m/%d",
    ]
    .into_iter()
    .filter_map(|form| NaiveDate::parse_from_str(text, form).ok())
    .find(|date| (1900..9999).contains(&date.year()))
}

/// An hour: `14:00`, `14.00`, `14:00:00` or `14`.
pub(super) fn hour(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('.', ":");
    let text = if text.contains(':') {
        text
    } else {
        format!("{text}:00")
    };
    ["%H:%M", "%H:%M:%S"]
        .into_iter()
        .find_map(|form| NaiveTime::parse_from_str(&text, form).ok())
}
