//! A `TZif` file (RFC 9636) -> the changes of a zone's clocks, dated and yearly.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use tz::LocalTimeType;
use tz::timezone::{AlternateTime, TransitionRule};

use super::Unresolved;
use super::change::{Change, Yearly, midnight};

/// What the clocks of a zone do, from the beginning of its records on.
pub(crate) struct Clock {
    /// What they showed before their first change.
    opening: LocalTimeType,
    /// What they show for ever, where no yearly rule is in force at the end.
    last: LocalTimeType,
    /// Each change of the offset, in order: the dated ones, then what the
    /// yearly rule makes of the four centuries after them.
    changes: Vec<Change>,
    /// How many of `changes` stand before the first one that the rule tells.
    dated: usize,
    /// The rule in force at the end, each half with the first change that it
    /// tells, in the order of these.
    yearly: Option<[(Change, Yearly); 2]>,
    /// Where a yearly rule is in force: the local time, in seconds as if it
    /// were UTC, from which on everything is as four centuries earlier.
    horizon: i64,
}

const DAY: i64 = 86_400;

/// The Gregorian calendar repeats after 400 years, weekdays included.
const CYCLE_YEARS: i32 = 400;
const CYCLE: i64 = 146_097 * DAY;

impl Clock {
    /// The clock of a `TZif` file. `None` where the file is broken, or has a
    /// rule by the number of the day in the year: none of the embedded files
    /// is or has, and a test reads them all.
    pub fn read(data: &[u8]) -> Option<Clock> {
        let zone = tz::TimeZone::from_tz_data(data).ok()?;
        let zone = zone.as_ref();
        let types = zone.local_time_types();
        let opening = *types.first()?;
        let mut last = opening;
        let mut changes = Vec::new();
        for transition in zone.transitions() {
            let after = *types.get(transition.local_time_type_index())?;
            push(&mut changes, transition.unix_leap_time(), last, after);
            last = after;
        }
        let end = zone
            .transitions()
            .last()
            .map_or(0, tz::timezone::Transition::unix_leap_time);
        let mut clock = Clock {
            opening,
            last,
            dated: changes.len(),
            changes,
            yearly: None,
            horizon: i64::MAX,
        };
        match zone.extra_rule() {
            Some(TransitionRule::Alternate(rule)) => clock.repeat(end, rule)?,
            Some(TransitionRule::Fixed(fixed)) => clock.last = *fixed,
            None => {}
        }
        let offsets_fit = (clock.changes.iter().map(|change| change.after))
            .chain([opening, clock.last])
            .all(|kind| i64::from(kind.ut_offset()).abs() < DAY);
        let times_fit = (clock.changes.iter())
            .all(|change| DateTime::from_timestamp(change.unclear().end, 0).is_some());
        (offsets_fit && times_fit).then_some(clock)
    }

    /// Goes on by `rule` after the last dated transition, at `end`.
    fn repeat(&mut self, end: i64, rule: &AlternateTime) -> Option<()> {
        let yearly = Yearly::halves(rule)?;
        let first_year = self.changes.first().map_or(end, |change| change.at);
        let first_year = DateTime::from_timestamp(first_year, 0)?.year();
        let last_year = DateTime::from_timestamp(end, 0)?.year() + CYCLE_YEARS + 2;
        let mut told: Vec<Change> = (first_year..=last_year)
            .flat_map(|year| yearly.iter().filter_map(move |half| half.of(year)))
            .collect();
        told.sort_unstable_by_key(|change| change.at);
        let (known, ahead) = told.split_at(told.partition_point(|change| change.at <= end));

        // Many tables hold some years that the rule tells as well.
        let holding = self.holding(known);
        let settled = (self.changes.iter().rev())
            .take_while(|dated| holding.iter().any(|told| told.same_clocks(dated)))
            .count();
        self.dated = self.changes.len() - settled;

        let since = self.changes.get(self.dated).map_or(end, |change| change.at);
        let ruled = || {
            holding
                .iter()
                .chain(ahead)
                .filter(|change| change.at >= since)
        };
        let first = |half: Yearly| {
            let first = ruled().find(|change| change.after == half.after)?;
            Some((*first, half))
        };
        let mut firsts = [first(yearly[0])?, first(yearly[1])?];
        firsts.sort_unstable_by_key(|(first, _)| first.at);
        self.yearly = Some(firsts);

        for change in ahead {
            push(&mut self.changes, change.at, self.last, change.after);
            self.last = change.after;
        }
        self.horizon = midnight(NaiveDate::from_yo_opt(last_year, 1)?);
        Some(())
    }

    /// Those of a rule's changes that are true of the table as well, in order.
    /// Each half of the rule goes back for as long as it is true: Havana's
    /// clocks stay on summer time through a winter, so that the summer half,
    /// which then changes nothing, is true for longer than the other one.
    fn holding(&self, told: &[Change]) -> Vec<Change> {
        let mut untrue = Vec::new();
        let mut holding: Vec<Change> = Vec::new();
        for change in told.iter().rev() {
            if self.offset_at(change.at) != change.after.ut_offset() {
                untrue.push(change.after);
            } else if !untrue.contains(&change.after) {
                holding.push(*change);
            }
        }
        holding.reverse();
        holding
    }

    /// The offset at an instant in Unix time, in seconds east of Greenwich.
    pub fn offset_at(&self, instant: i64) -> i32 {
        let instant = self.within_horizon(instant);
        self.offset_before(self.changes.partition_point(|change| change.at <= instant))
    }

    /// The offset at the one instant that the clocks show as `local`, in
    /// seconds east of Greenwich.
    pub fn offset_of(&self, local: NaiveDateTime) -> Result<i32, Unresolved> {
        let local = self.within_horizon(local.and_utc().timestamp());
        // The clocks of no zone are changed twice within what one change
        // skips or repeats, so these ends are in order; a test holds it.
        let next = (self.changes).partition_point(|change| change.unclear().end <= local);
        match self.changes.get(next) {
            Some(change) if change.unclear().contains(&local) => Err(change.makes_unclear()),
            _ => Ok(self.offset_before(next)),
        }
    }

    /// The offset before the change `index`, or after the last one.
    fn offset_before(&self, index: usize) -> i32 {
        index
            .checked_sub(1)
            .and_then(|index| self.changes.get(index))
            .map_or(self.opening, |change| change.after)
            .ut_offset()
    }

    /// The same time of the year, on the same weekday, in a year that
    /// `changes` reach.
    fn within_horizon(&self, seconds: i64) -> i64 {
        if seconds < self.horizon {
            return seconds;
        }
        self.horizon - CYCLE + (seconds - self.horizon) % CYCLE
    }

    /// What the clocks showed before their first change.
    pub fn opening(&self) -> LocalTimeType {
        self.opening
    }

    /// What the clocks show after every change, where none comes back yearly.
    pub fn last(&self) -> LocalTimeType {
        self.last
    }

    /// The changes that no yearly rule tells, in order.
    pub fn dated(&self) -> &[Change] {
        &self.changes[..self.dated]
    }

    /// The two changes that come back every year after the dated ones, each
    /// with its first occurrence, in the order of these.
    pub fn yearly(&self) -> Option<[(Change, Yearly); 2]> {
        self.yearly
    }
}

/// Appends a change, unless the clocks show the same before and after it: a
/// table also notes where only a name changed.
fn push(changes: &mut Vec<Change>, at: i64, before: LocalTimeType, after: LocalTimeType) {
    if before.ut_offset() != after.ut_offset() {
        changes.push(Change { at, before, after });
    }
}
