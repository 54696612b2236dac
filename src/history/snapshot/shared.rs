//! What many lines of the history tell alike -> one of each, shared.
//!
//! A line tells the whole venue and the whole districts of its session, and
//! each of them stands in hundreds of lines.

use std::collections::HashMap;
use std::sync::Arc;

use crate::schedule::{District, Id, Venue};
use crate::zone::Zone;

use super::BadValue;

/// The zones, districts and venues met so far, the last two as they were told
/// last.
#[derive(Debug, Default)]
pub(in crate::history) struct Shared {
    zones: HashMap<String, Zone>,
    districts: HashMap<Id, Arc<District>>,
    venues: HashMap<Id, Arc<Venue>>,
}

impl Shared {
    /// The zone of that name: each is read from the database once.
    pub(super) fn zone(&mut self, name: &str) -> Result<Zone, BadValue> {
        if let Some(zone) = self.zones.get(name) {
            return Ok(zone.clone());
        }
        let zone = Zone::named(name).ok_or(BadValue("timezone"))?;
        self.zones.insert(name.to_owned(), zone.clone());
        Ok(zone)
    }

    pub(super) fn district(&mut self, district: District) -> Arc<District> {
        one_of(&mut self.districts, district.id.clone(), district)
    }

    pub(super) fn venue(&mut self, venue: Venue) -> Arc<Venue> {
        one_of(&mut self.venues, venue.id.clone(), venue)
    }
}

/// The last value of that id where it is the same one, else `value`.
fn one_of<T: PartialEq>(known: &mut HashMap<Id, Arc<T>>, id: Id, value: T) -> Arc<T> {
    match known.get(&id) {
        Some(last) if **last == value => last.clone(),
        _ => {
            let value = Arc::new(value);
            known.insert(id, value.clone());
            value
        }
    }
}
