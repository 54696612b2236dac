//! One change of a zone's clocks, and a change that comes back every year.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use tz::LocalTimeType;
use tz::timezone::{AlternateTime, MonthWeekDay, RuleDay};

use super::Unresolved;

/// One change of the offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    /// The instant from which on `after` holds, in Unix time.
    pub at: i64,
    /// What held before.
    pub before: LocalTimeType,
    /// What holds from then on.
    pub after: LocalTimeType,
}

/// A change that comes back every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Yearly {
    /// The day that `seconds` are counted from.
    pub day: MonthWeekDay,
    /// When, in seconds of the clocks before the change since midnight of
    /// `day`; below 0 and past 86,400 it falls on a neighbouring day.
    pub seconds: i32,
    /// What held before.
    pub before: LocalTimeType,
    /// What holds from then on.
    pub after: LocalTimeType,
}

/// The beginning of a day, in seconds as if it were UTC.
pub(super) fn midnight(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp()
}

impl Change {
    /// The local time of the change by the clocks before it: a VTIMEZONE's
    /// DTSTART and RDATE.
    pub fn onset(&self) -> NaiveDateTime {
        let shown = self.at + i64::from(self.before.ut_offset());
        DateTime::from_timestamp(shown, 0)
            .expect("Clock::read refuses times that chrono cannot tell")
            .naive_utc()
    }

    /// The local times, in seconds as if they were UTC, that the change skips
    /// or repeats.
    pub fn unclear(&self) -> Range<i64> {
        let before = self.at + i64::from(self.before.ut_offset());
        let after = self.at + i64::from(self.after.ut_offset());
        before.min(after)..before.max(after)
    }

    /// Why these times name no single instant.
    pub fn makes_unclear(&self) -> Unresolved {
        if self.before.ut_offset() < self.after.ut_offset() {
            Unresolved::Skipped
        } else {
            Unresolved::Twice
        }
    }

    /// Whether two changes are the same but for the names that they use.
    pub fn same_clocks(&self, other: &Change) -> bool {
        let shown = |change: &Change| {
            let (before, after) = (change.before, change.after);
            (change.at, before.ut_offset(), after.ut_offset())
        };
        shown(self) == shown(other)
    }
}

impl Yearly {
    /// The two halves of a rule. `None` where it goes by the number of the day
    /// in the year.
    pub fn halves(rule: &AlternateTime) -> Option<[Yearly; 2]> {
        let (RuleDay::MonthWeekDay(start), RuleDay::MonthWeekDay(end)) =
            (*rule.dst_start(), *rule.dst_end())
        else {
            return None;
        };
        Some([
            Yearly {
                day: start,
                seconds: rule.dst_start_time(),
                before: *rule.std(),
                after: *rule.dst(),
            },
            Yearly {
                day: end,
                seconds: rule.dst_end_time(),
                before: *rule.dst(),
                after: *rule.std(),
            },
        ])
    }

    /// The change in `year`. `None` beyond the years that chrono can tell.
    pub fn of(&self, year: i32) -> Option<Change> {
        let (month, weekday) = (self.day.month().into(), weekday(self.day.week_day()));
        let nth = |week| NaiveDate::from_weekday_of_month_opt(year, month, weekday, week);
        // The fifth one is the last one, be it the fourth.
        let day = nth(self.day.week()).or_else(|| nth(4))?;
        let shown = midnight(day) + i64::from(self.seconds);
        Some(Change {
            at: shown - i64::from(self.before.ut_offset()),
            before: self.before,
            after: self.after,
        })
    }
}

/// The weekday of a POSIX rule, which counts from Sunday.
fn weekday(from_sunday: u8) -> Weekday {
    (0..from_sunday).fold(Weekday::Sun, |weekday, _| weekday.succ())
}
