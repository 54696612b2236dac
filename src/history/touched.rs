//! Changes -> when each feed last changed: what its Last-Modified says.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::route::Selection;
use crate::schedule::{Districts, Id, Session};

/// When the feed of each selection last changed, as far as the history knows.
#[derive(Debug, Clone, Default)]
pub(super) struct Touched {
    /// Anything at all, pages included.
    anything: DateTime<Utc>,
    /// Any session: the feed of all.
    any_session: DateTime<Utc>,
    /// Every feed: the calendar's title, a city-wide session.
    every_feed: DateTime<Utc>,
    /// The feeds of single districts.
    districts: HashMap<Id, DateTime<Utc>>,
}

impl Touched {
    /// A change of something that some document shows.
    pub(super) fn anything(&mut self, at: DateTime<Utc>) {
        raise(&mut self.anything, at);
    }

    /// A change of what every feed shows.
    pub(super) fn every_feed(&mut self, at: DateTime<Utc>) {
        raise(&mut self.every_feed, at);
    }

    /// A change of what the feed of the district `id` shows, its own name
    /// above all.
    pub(super) fn district(&mut self, id: &Id, at: DateTime<Utc>) {
        match self.districts.get_mut(id) {
            Some(last) => raise(last, at),
            None => {
                self.districts.insert(id.clone(), at);
            }
        }
    }

    /// A change of `session` or its coming or going: the feeds that hold it.
    pub(super) fn session(&mut self, session: &Session, at: DateTime<Utc>) {
        raise(&mut self.any_session, at);
        match &session.districts {
            Districts::All => self.every_feed(at),
            Districts::These(districts) => {
                for district in districts {
                    self.district(&district.id, at);
                }
            }
        }
    }

    /// When anything last changed.
    pub(super) fn newest(&self) -> DateTime<Utc> {
        self.anything
    }

    /// When the feed of `selection` last changed.
    pub(super) fn feed(&self, selection: &Selection) -> DateTime<Utc> {
        let own = match selection {
            Selection::All => Some(self.any_session),
            Selection::Districts(ids) => ids
                .iter()
                .filter_map(|id| self.districts.get(id))
                .max()
                .copied(),
        };
        own.map_or(self.every_feed, |own| own.max(self.every_feed))
    }
}

fn raise(last: &mut DateTime<Utc>, at: DateTime<Utc>) {
    *last = at.max(*last);
}
