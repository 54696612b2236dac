//! [`Schedule`](crate::schedule::Schedule) + what was published before -> [`Publication`] and the
//! records still to write.
//!
//! Calendar programs ignore an edit whose SEQUENCE, LAST-MODIFIED and DTSTAMP
//! did not grow, and people who edit files by hand forget to raise them. So
//! the program keeps them itself, in an append-only file beside the schedule.
//! All of this is pure, [`HistoryFile`] aside; nothing here reads a clock.

mod carried;
mod log;
mod past;
mod publication;
mod publish;
mod record;
mod snapshot;
#[cfg(test)]
mod tests;
mod warning;

#[cfg(test)]
pub(crate) use tests::sample;

pub use crate::feed::{Change, Kind};
pub use log::{HistoryFile, NotWritten, Saved};
pub(crate) use log::{keep_entry, refuse_pipes};
pub use past::History;
pub use publication::{Publication, Published};
pub use publish::{OtherCalendar, Outcome, Terms, publish};
pub use record::HIGHEST_REVISION;
pub use warning::Warning;
