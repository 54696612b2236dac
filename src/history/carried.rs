//! Sessions that were published and that the schedule no longer holds -> how
//! they go on being published.
//!
//! A past session that vanishes from a feed is deleted from people's
//! calendars by Thunderbird, Evolution and ICSx5; one still ahead would leave
//! people before a closed door. So both stay.

use std::collections::HashMap;
use std::sync::Arc;

use crate::route::{Directory, Selection};
use crate::schedule::{Calendar, District, Districts, Id, Place, Schedule, Session, Venue};
use crate::texts::Language;

/// Where the districts of earlier publications are now.
pub(super) struct Map<'a> {
    calendar: &'a Calendar,
    directory: Directory,
    /// District ids met so far, and what they became.
    known: HashMap<Id, Id>,
}

impl<'a> Map<'a> {
    pub(super) fn new(schedule: &'a Schedule) -> Map<'a> {
        Map {
            calendar: schedule.calendar(),
            directory: Directory::new(schedule.districts()),
            known: HashMap::new(),
        }
    }

    /// `session` in the present calendar: its instants told by the present
    /// zone, its districts by their present ids. Its words stay as they were
    /// published.
    pub(super) fn carry(&mut self, session: &Session) -> Session {
        let zone = &self.calendar.zone;
        Session {
            start: zone.at(session.start.to_utc()),
            end: zone.at(session.end.to_utc()),
            place: match &session.place {
                Place::Venue(venue) => Place::Venue(self.venue(venue)),
                Place::ToBeAnnounced => Place::ToBeAnnounced,
            },
            districts: match &session.districts {
                Districts::All => Districts::All,
                Districts::These(districts) => Districts::These(self.districts(districts)),
            },
            ..session.clone()
        }
    }

    /// The present ids of `told`, of which `present` are all.
    pub(super) fn ids(&mut self, told: &Districts, present: &[Arc<District>]) -> Vec<Id> {
        match told {
            Districts::All => present.iter().map(|it| it.id.clone()).collect(),
            Districts::These(districts) => districts.iter().map(|it| self.id(it)).collect(),
        }
    }

    fn venue(&mut self, venue: &Arc<Venue>) -> Arc<Venue> {
        let district = self.district(&venue.district);
        if district.id == venue.district.id {
            return venue.clone();
        }
        Arc::new(Venue {
            district,
            ..Venue::clone(venue)
        })
    }

    fn districts(&mut self, districts: &[Arc<District>]) -> Vec<Arc<District>> {
        let mut present: Vec<Arc<District>> = districts
            .iter()
            .map(|district| self.district(district))
            .collect();
        present.sort_by(|one, other| one.id.cmp(&other.id));
        present.dedup_by(|one, other| one.id == other.id);
        present
    }

    fn id(&mut self, district: &District) -> Id {
        if let Some(id) = self.known.get(&district.id) {
            return id.clone();
        }
        let id = self.present_id(district);
        self.known.insert(district.id.clone(), id.clone());
        id
    }

    fn district(&mut self, district: &Arc<District>) -> Arc<District> {
        let id = self.id(district);
        if id == district.id {
            return district.clone();
        }
        Arc::new(District {
            id,
            ..District::clone(district)
        })
    }

    /// The district that now answers to the old one's id, or else to its
    /// name. One that nobody answers for keeps its id, and its feed.
    fn present_id(&self, district: &District) -> Id {
        let names = Language::ALL
            .into_iter()
            .map(|language| district.name.get(language));
        std::iter::once(district.id.as_str())
            .chain(names)
            .find_map(
                |spelling| match self.directory.select_each(std::iter::once(spelling)) {
                    Ok(Selection::Districts(ids)) => ids.first().cloned(),
                    _ => None,
                },
            )
            .unwrap_or_else(|| district.id.clone())
    }
}
