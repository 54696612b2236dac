//! [`Publication`](crate::history::Publication) + a selection of districts ->
//! the bytes of a feed.
//!
//! Nothing here knows an address's spelling, a header or a clock: the same
//! publication gives the same bytes on every machine, at any time.

pub mod atom;
pub mod csv;
pub mod ics;
pub mod json;
mod timezone;

/// JSON Schema (draft-07) of [`json::feed`].
pub const CALENDAR_SCHEMA: &str = include_str!("calendar.schema.json");
