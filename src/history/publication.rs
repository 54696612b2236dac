//! What is published now, and what changed on the way to it: what feeds and
//! pages are made of.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::feed::{Change, Entry, Feed, Kind, Stamp};
use crate::route::{Format, Selection};
use crate::schedule::{Calendar, District, Districts, Id, Schedule, Session, Venue};

use super::carried::Map;
use super::past::History;
use super::record::{SessionChange, What};

/// What is published now: the schedule's sessions, and those that stay
/// although the schedule no longer holds them, each with its stamps.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// What holds for the whole cycle.
    pub calendar: Calendar,
    /// The districts, in the schedule's order.
    pub districts: Vec<Arc<District>>,
    /// Every session that was ever published and not withdrawn, by start,
    /// then by id.
    pub sessions: Vec<Published>,
    /// What changed, oldest first.
    pub changes: Vec<Change>,
    /// Where each session stands in `sessions`.
    index: HashMap<Id, usize>,
    /// Where the changes of each session stand in `changes`, oldest first.
    change_index: HashMap<Id, Vec<usize>>,
    /// By the venue's first session.
    venues: Vec<Arc<Venue>>,
    /// When each feed last changed, by its selection of one or all.
    modified: HashMap<(String, Format), DateTime<Utc>>,
}

/// One session as it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The session.
    pub session: Arc<Session>,
    /// Its revision and instants.
    pub stamp: Stamp,
    /// The districts that it left, by their present ids: it stays in their
    /// feeds for good.
    pub departures: Vec<Departure>,
}

/// That a session was moved out of a district.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// The district that it left, by its present id.
    pub district: Id,
    /// When the move was published.
    pub at: DateTime<Utc>,
    /// As it was last published in that district: its old date, hours and
    /// place.
    pub before: Arc<Session>,
}

impl Publication {
    /// What `history` says is published, told by `schedule` for the sessions
    /// that are `held` by it.
    pub(super) fn new(schedule: &Schedule, held: &HashSet<&Id>, history: &History) -> Publication {
        let stamp = |id: &Id| history.track(id).map(|track| track.stamp);
        let of_schedule = schedule.sessions().iter();
        let of_schedule = of_schedule.filter(|session| held.contains(&session.id));
        let carried = history.published().map(|(_, _, last)| &last.session);
        let carried = carried.filter(|session| !held.contains(&session.id));
        let mut sessions: Vec<Published> = of_schedule
            .chain(carried)
            .filter_map(|session| {
                Some(Published {
                    session: session.clone(),
                    stamp: stamp(&session.id)?,
                    departures: Vec::new(),
                })
            })
            .collect();
        let districts = with_lost_districts(schedule.districts(), &sessions);
        let told = told(history, Map::new(schedule), &districts);
        for published in &mut sessions {
            let session = &published.session;
            let departures = told.departures.get(&session.id).into_iter().flatten();
            // It may have come back since.
            published.departures = departures
                .filter(|departure| !session.districts.reach(&departure.district))
                .cloned()
                .collect();
        }
        sessions.sort_by(
            |Published { session: one, .. }, Published { session: other, .. }| {
                (one.start, &one.id).cmp(&(other.start, &other.id))
            },
        );
        let mut change_index: HashMap<Id, Vec<usize>> = HashMap::new();
        for (index, change) in told.changes.iter().enumerate() {
            let indexes = change_index.entry(change.session.clone()).or_default();
            indexes.push(index);
        }
        Publication {
            calendar: schedule.calendar().clone(),
            districts,
            index: (sessions.iter().map(|it| it.session.id.clone()).zip(0..)).collect(),
            change_index,
            venues: venues(&sessions, held),
            modified: HashMap::new(),
            sessions,
            changes: told.changes,
        }
    }

    /// Takes over when each feed last changed.
    pub(super) fn set_modified(&mut self, modified: HashMap<(String, Format), DateTime<Utc>>) {
        self.modified = modified;
    }

    /// When the bytes of the feed of `selection` last changed in `format`. It
    /// only ever grows. What several districts' feed holds, its name too, one
    /// of theirs does: it is as new as the newest of them.
    pub fn feed_modified(&self, selection: &Selection, format: Format) -> DateTime<Utc> {
        let of = |feed: String| self.modified.get(&(feed, format)).copied();
        match selection {
            Selection::All => of(selection.to_string()),
            Selection::Districts(ids) => {
                let districts = ids.iter().filter_map(|id| of(id.to_string()));
                districts.max()
            }
        }
        .unwrap_or_default()
    }

    /// What the feed of `selection` holds; its own instant is that of `format`.
    pub fn feed<'a>(&'a self, selection: &'a Selection, format: Format) -> Feed<'a> {
        let entries = self.sessions.iter().filter(|published| {
            hears(selection, &published.session) || departure(published, selection).is_some()
        });
        let entries = entries.map(|published| Entry {
            session: &published.session,
            stamp: published.stamp,
            last_change: self.last_change(&published.session.id),
        });
        Feed {
            calendar: &self.calendar,
            selection,
            districts: selection
                .ids()
                .iter()
                .filter_map(|id| self.district(id.as_str()))
                .map(|district| &**district)
                .collect(),
            entries: entries.collect(),
            changes: self.changes_in(selection).collect(),
            earliest: self.earliest(),
            modified: self.feed_modified(selection, format),
        }
    }

    /// The local start of the oldest session.
    pub fn earliest(&self) -> NaiveDateTime {
        self.sessions
            .first()
            .map_or(DateTime::<Utc>::MAX_UTC.naive_utc(), |first| {
                first.session.start.naive_local()
            })
    }

    /// The sessions of `selection`, by start: not those that left it, which
    /// its feed holds all the same.
    pub fn sessions_in<'a>(
        &'a self,
        selection: &'a Selection,
    ) -> impl Iterator<Item = &'a Published> {
        self.sessions
            .iter()
            .filter(|published| hears(selection, &published.session))
    }

    /// The sessions that left the districts of `selection` and are now held
    /// elsewhere, by start, each with its last departure from there. The feed
    /// keeps them for good; pages, widgets and posters say where each went
    /// until it is over (`published.session.end`). None for all sessions.
    pub fn departures<'a>(
        &'a self,
        selection: &'a Selection,
    ) -> impl Iterator<Item = (&'a Published, &'a Departure)> {
        self.sessions
            .iter()
            .filter(|published| !hears(selection, &published.session))
            .filter_map(|published| Some((published, departure(published, selection)?)))
    }

    /// What changed for subscribers of `selection`, oldest first: also about a
    /// session that left their districts.
    pub fn changes_in<'a>(
        &'a self,
        selection: &'a Selection,
    ) -> impl DoubleEndedIterator<Item = &'a Change> {
        self.changes.iter().filter(|change| {
            let before = change.before.as_ref();
            before.is_some_and(|before| hears(selection, before))
                || hears(selection, &change.after)
                || selection
                    .ids()
                    .iter()
                    .any(|id| change.departed.contains(id))
        })
    }

    /// The published session `id`.
    pub fn session(&self, id: &str) -> Option<&Published> {
        self.index.get(id).map(|index| &self.sessions[*index])
    }

    /// The venues in which sessions were or will be held, by their first
    /// session; each as the schedule tells it now, or else as it was last
    /// published.
    pub fn venues(&self) -> &[Arc<Venue>] {
        &self.venues
    }

    /// The venue `id`, where a session was or will be held in it.
    pub fn venue(&self, id: &str) -> Option<&Arc<Venue>> {
        self.venues.iter().find(|venue| venue.id.as_str() == id)
    }

    /// The changes of the session `id`, oldest first.
    pub fn changes_of(&self, id: &Id) -> impl DoubleEndedIterator<Item = &Change> {
        let indexes = self.change_index.get(id).map_or(&[][..], Vec::as_slice);
        indexes.iter().map(|index| &self.changes[*index])
    }

    /// The last change of the session `id`.
    pub fn last_change(&self, id: &Id) -> Option<&Change> {
        self.changes_of(id).next_back()
    }

    /// The district `id`.
    pub fn district(&self, id: &str) -> Option<&Arc<District>> {
        self.districts
            .iter()
            .find(|district| district.id.as_str() == id)
    }
}

/// Whether subscribers of `selection` hear of `session`.
fn hears(selection: &Selection, session: &Session) -> bool {
    match selection {
        Selection::All => true,
        Selection::Districts(ids) => ids.iter().any(|id| session.districts.reach(id)),
    }
}

/// The last departure of a session from the districts of `selection`.
fn departure<'a>(published: &'a Published, selection: &Selection) -> Option<&'a Departure> {
    let departures = published.departures.iter();
    departures
        .filter(|departure| selection.ids().contains(&departure.district))
        .max_by_key(|departure| departure.at)
}

/// What the records tell of how the sessions became what they are.
struct Told {
    /// Every change that a calendar program was told, oldest first.
    changes: Vec<Change>,
    /// The last departure of each session from each district.
    departures: HashMap<Id, Vec<Departure>>,
}

fn told(history: &History, mut map: Map<'_>, districts: &[Arc<District>]) -> Told {
    let mut last: HashMap<&Id, &Arc<Session>> = HashMap::new();
    let mut told = Told {
        changes: Vec::new(),
        departures: HashMap::new(),
    };
    for record in &history.records {
        let What::Session(record_of) = &record.what else {
            continue;
        };
        let session = &record_of.session;
        let id = &session.id;
        let before = last.get(id).copied().cloned();
        let departures = told.departures.get(id).into_iter().flatten();
        let departed = departures.map(|it| it.district.clone()).collect();
        if let SessionChange::Event(kind) = record_of.change {
            told.changes.push(Change {
                at: record.at,
                session: id.clone(),
                sequence: record_of.revision,
                kind,
                before: before.clone(),
                after: session.clone(),
                is_published: history.is_published(id),
                departed,
            });
            if kind == Kind::Withdrawn {
                last.remove(id);
                told.departures.remove(id);
                continue;
            }
        }
        last.insert(id, session);
        let Some(before) = before else { continue };
        let now = map.ids(&session.districts, districts);
        for district in map.ids(&before.districts, districts) {
            if now.contains(&district) {
                continue;
            }
            let departures = told.departures.entry(id.clone()).or_default();
            departures.retain(|departure| departure.district != district);
            departures.push(Departure {
                district,
                at: record.at,
                before: before.clone(),
            });
        }
    }
    // Merged branches leave their lines one behind the other.
    told.changes.sort_by_key(|change| change.at);
    told
}

/// The schedule's districts, and after them those that only sessions it no
/// longer holds speak of: their feeds and pages stay.
fn with_lost_districts(districts: &[Arc<District>], sessions: &[Published]) -> Vec<Arc<District>> {
    let mut all = districts.to_vec();
    let mut known: HashSet<Id> = districts.iter().map(|it| it.id.clone()).collect();
    for Published { session, .. } in sessions {
        let own = match &session.districts {
            Districts::All => &[][..],
            Districts::These(districts) => districts,
        };
        let of_venue = session.place.venue().map(|venue| &venue.district);
        for district in own.iter().chain(of_venue) {
            if known.insert(district.id.clone()) {
                all.push(district.clone());
            }
        }
    }
    all
}

/// The venues of `sessions`, by their first one; each as the last session that
/// the schedule holds tells it, or else the last of the others.
fn venues(sessions: &[Published], held: &HashSet<&Id>) -> Vec<Arc<Venue>> {
    let mut places: HashMap<&Id, usize> = HashMap::new();
    let mut venues: Vec<(bool, &Arc<Venue>)> = Vec::new();
    for Published { session, .. } in sessions {
        let Some(venue) = session.place.venue() else {
            continue;
        };
        let told = (held.contains(&session.id), venue);
        let place = *places.entry(&venue.id).or_insert(venues.len());
        match venues.get_mut(place) {
            None => venues.push(told),
            Some(best) if told.0 >= best.0 => *best = told,
            Some(_) => {}
        }
    }
    venues.into_iter().map(|(_, venue)| venue.clone()).collect()
}
