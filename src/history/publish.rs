//! A [`Schedule`] + the [`History`] -> the [`Publication`] and the records
//! still to write. Pure: the instant is passed in.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike, Utc};

use crate::feed::{CalendarHead, event};
use crate::route::{Links, PublicUrl};
use crate::schedule::{Districts, Id, Schedule, Session, Status};

use super::carried::Map;
use super::frame::{feeds_digest, pages_digest};
use super::known::{History, Track};
use super::record::{CalendarRecord, Record, SessionChange, SessionRecord, What};
use super::{Kind, Publication, Warning};

/// What a comparison of a schedule with its history gives.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What is published from now on.
    pub publication: Publication,
    /// What the history does not hold yet, in order.
    pub records: Vec<Record>,
    /// What looks wrong.
    pub warnings: Vec<Warning>,
    /// The history with `records`.
    pub history: Arc<History>,
}

/// Publishes `schedule` at `now` over what was published before.
///
/// `site` is the public URL where the program was told it for certain. Where
/// it, or that of all earlier records, is not known, addresses are not
/// compared: a laptop and a server publish the same schedule alike.
///
/// Every record of one publication has the same instant, later than every
/// record before, even when the clock stepped back.
pub fn publish(
    schedule: &Schedule,
    history: &History,
    links: &Links,
    site: Option<&PublicUrl>,
    now: DateTime<Utc>,
) -> Outcome {
    let mut comparison = Comparison {
        schedule,
        history,
        links,
        site: site.map(|site| Arc::from(site.as_str())),
        site_changed: false,
        at: instant_after(history, now),
        records: Vec::new(),
        warnings: Vec::new(),
    };
    comparison.look_around(now);
    let withdrawn: HashSet<&Id> = schedule.withdrawn().iter().collect();
    let kept = || {
        schedule
            .sessions()
            .iter()
            .filter(|session| !withdrawn.contains(&session.id))
    };
    let held: HashSet<&Id> = kept().map(|session| &session.id).collect();
    comparison.compare_calendar(earliest(schedule, history, &held, &withdrawn));
    for session in kept() {
        comparison.compare(session, false);
    }
    comparison.carry_others(&held, &withdrawn, now);

    let Comparison {
        records, warnings, ..
    } = comparison;
    let mut history = history.clone();
    for record in &records {
        history.add(record.clone());
    }
    let publication = Publication::new(schedule, &held, &history);
    Outcome {
        publication,
        records,
        warnings,
        history: Arc::new(history),
    }
}

/// One comparison, while it goes on.
struct Comparison<'a> {
    schedule: &'a Schedule,
    history: &'a History,
    links: &'a Links,
    site: Option<Arc<str>>,
    site_changed: bool,
    at: DateTime<Utc>,
    records: Vec<Record>,
    warnings: Vec<Warning>,
}

impl Comparison<'_> {
    /// What is suspicious about the history as a whole.
    fn look_around(&mut self, now: DateTime<Utc>) {
        if let (Some(before), Some(now)) = (self.history.site(), &self.site)
            && *before != **now
        {
            self.site_changed = true;
            self.warnings.push(Warning::OtherAddress {
                before: before.to_owned(),
                now: now.to_string(),
            });
        }
        let calendar = &self.schedule.calendar().id;
        if let Some(before) = self.history.calendar().map(|last| &last.calendar)
            && before != calendar
        {
            self.warnings.push(Warning::OtherCalendar {
                before: before.clone(),
                now: calendar.clone(),
            });
        }
        // Two edits within a second run a second ahead, which is no fault.
        if let Some(newest) = self.history.newest()
            && newest > now + TimeDelta::minutes(10)
        {
            self.warnings.push(Warning::ClockBehind { newest });
        }
    }

    fn compare_calendar(&mut self, earliest: NaiveDateTime) {
        let calendar = self.schedule.calendar();
        let record = CalendarRecord {
            calendar: calendar.id.clone(),
            head: CalendarHead::of(calendar, self.schedule.districts()),
            digest: feeds_digest(calendar, earliest),
            pages: pages_digest(self.schedule),
        };
        let same = self
            .history
            .calendar()
            .is_some_and(|last| (&last.digest, &last.pages) == (&record.digest, &record.pages));
        if !same || self.site_changed {
            self.push(What::Calendar(Arc::new(record)));
        }
    }

    /// Compares a session with what was published of it last.
    fn compare(&mut self, session: &Arc<Session>, vanished: bool) {
        let digest = event::digest(session, self.schedule.calendar(), self.links);
        let Some(track) = self.history.track(&session.id) else {
            self.push_session(
                session,
                0,
                SessionChange::Event(Kind::Added),
                vanished,
                digest,
            );
            return;
        };
        let Track {
            stamp,
            published,
            certain,
        } = track;
        let next = stamp.sequence.saturating_add(1);
        let Some(last) = published else {
            self.push_session(
                session,
                next,
                SessionChange::Event(Kind::Added),
                vanished,
                digest,
            );
            return;
        };
        let same_bytes = last.digest.as_ref() == Some(&digest);
        if !same_bytes || !certain || self.site_changed {
            let kind = Kind::of_change(&last.session, session);
            self.push_session(session, next, SessionChange::Event(kind), vanished, digest);
        } else if !same_ids(&last.session, session) || last.vanished != vanished {
            let change = SessionChange::Regrouped;
            self.push_session(session, stamp.sequence, change, vanished, digest);
        }
    }

    /// Goes through the sessions that are published and not `held` by the
    /// schedule.
    fn carry_others(&mut self, held: &HashSet<&Id>, withdrawn: &HashSet<&Id>, now: DateTime<Utc>) {
        let mut map = Map::new(self.schedule);
        let mut twins: Option<HashMap<_, &Id>> = None;
        let history = self.history;
        for (id, track, last) in history.published() {
            if held.contains(id) {
                continue;
            }
            let mut session = map.carry(&last.session);
            if withdrawn.contains(id) {
                let next = track.stamp.sequence.saturating_add(1);
                let change = SessionChange::Event(Kind::Withdrawn);
                let digest = event::digest(&session, self.schedule.calendar(), self.links);
                self.push_session(&Arc::new(session), next, change, false, digest);
                continue;
            }
            let ahead = session.end > now;
            let vanished = last.vanished || (ahead && session.status != Status::Cancelled);
            if vanished {
                session.status = Status::Cancelled;
            }
            if vanished && ahead {
                let twins = twins.get_or_insert_with(|| {
                    let sessions = self.schedule.sessions().iter();
                    sessions
                        .map(|session| (time_and_place(session), &session.id))
                        .collect()
                });
                self.warnings.push(Warning::Vanished {
                    twin: twins.get(&time_and_place(&session)).map(|id| (*id).clone()),
                    session: Box::new(session.clone()),
                });
            }
            self.compare(&Arc::new(session), vanished);
        }
    }

    fn push_session(
        &mut self,
        session: &Arc<Session>,
        revision: u32,
        change: SessionChange,
        vanished: bool,
        digest: String,
    ) {
        self.push(What::Session(Arc::new(SessionRecord {
            revision,
            change,
            vanished,
            session: session.clone(),
            zone: self.schedule.calendar().zone.clone(),
            digest: Some(digest),
        })));
    }

    fn push(&mut self, what: What) {
        let (at, site) = (self.at, self.site.clone());
        self.records.push(Record { at, site, what });
    }
}

/// Whether the same feeds and the same venue's page hold both sessions.
fn same_ids(one: &Session, other: &Session) -> bool {
    let same_districts = match (&one.districts, &other.districts) {
        (Districts::All, Districts::All) => true,
        (Districts::These(one), Districts::These(other)) => one
            .iter()
            .map(|district| &district.id)
            .eq(other.iter().map(|district| &district.id)),
        _ => false,
    };
    let venue = |session: &Session| {
        let venue = session.place.venue();
        venue.map(|venue| (venue.id.clone(), venue.district.id.clone()))
    };
    same_districts && venue(one) == venue(other)
}

fn time_and_place(session: &Session) -> (DateTime<Utc>, DateTime<Utc>, Option<Id>) {
    let venue = session.place.venue().map(|venue| venue.id.clone());
    (session.start.to_utc(), session.end.to_utc(), venue)
}

/// The local start of the oldest session that stays published.
fn earliest(
    schedule: &Schedule,
    history: &History,
    held: &HashSet<&Id>,
    withdrawn: &HashSet<&Id>,
) -> NaiveDateTime {
    let of_schedule = schedule
        .sessions()
        .iter()
        .filter(|session| held.contains(&session.id));
    let carried = history
        .published()
        .filter(|(id, _, _)| !held.contains(id) && !withdrawn.contains(id))
        .map(|(_, _, last)| &last.session);
    let start = of_schedule
        .chain(carried)
        .map(|session| session.start.to_utc())
        .min();
    let start = start.unwrap_or(DateTime::<Utc>::MAX_UTC - TimeDelta::days(2));
    schedule.calendar().zone.at(start).naive_local()
}

/// `now` in whole seconds, or a second after the last record where that is
/// later: Last-Modified grows even with the second edit within a second, and
/// when the clock stepped back.
fn instant_after(history: &History, now: DateTime<Utc>) -> DateTime<Utc> {
    let now = now.with_nanosecond(0).unwrap_or(now);
    match history.newest() {
        Some(newest) => now.max(newest + TimeDelta::seconds(1)),
        None => now,
    }
}
