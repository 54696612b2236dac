//! The lines of the history, read or about to be written -> what is known of
//! each session: its revision, its instants, how it was published last.
//!
//! Reading a file and publishing a change go through the same steps, so a
//! restart finds exactly what was served before it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::feed::CalendarHead;
use crate::schedule::{District, Id};

use super::followed::Followed;
use super::record::{CalendarRecord, Fault, Record, SessionChange, SessionRecord, Trace, What};
use super::snapshot::Shared;
use super::touched::Touched;
use super::{Kind, Stamp};

/// What was published so far.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The records that count, in the order in which they were published.
    records: Vec<Record>,
    /// Every record that was seen, counted or not: a line that stands twice
    /// in the file is one record.
    seen: HashSet<Key>,
    tracks: BTreeMap<Id, Track>,
    calendar: Option<Arc<CalendarRecord>>,
    /// The last public URL that any record tells.
    site: Option<Arc<str>>,
    touched: Touched,
    unreadable: Vec<UnreadableLine>,
}

/// A line that no record could be made of. It is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the history is left aside: {fault}")]
pub struct UnreadableLine {
    /// From 1.
    pub line: usize,
    /// Why.
    pub fault: Fault,
}

/// What tells two records apart. Calendar records have no session.
type Key = (Option<Id>, u32, DateTime<Utc>);

/// What is known of one session.
#[derive(Debug, Clone)]
pub(super) struct Track {
    pub(super) stamp: Stamp,
    /// As it was published last; `None` once it is withdrawn.
    pub(super) published: Option<Arc<SessionRecord>>,
    /// Whether `published` is for certain what was last served: not after
    /// lines that contradict one another or cannot be read.
    pub(super) certain: bool,
}

impl History {
    /// The history that a file holds. Lines that are no record are counted
    /// and passed over; so is a last line that was torn.
    pub fn read(file: &[u8]) -> History {
        let mut followed = Followed::default();
        let fragment = followed
            .read(file)
            .expect("what is in memory can always be read");
        followed.into_history(&fragment)
    }

    /// Takes in a line of a file, its line break aside.
    pub(super) fn add_line(&mut self, number: usize, line: &[u8], shared: &mut Shared) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        match Record::from_line(line, shared) {
            Ok(record) => {
                self.add(record);
            }
            Err(fault) => {
                if let Some(trace) = Trace::of_line(line) {
                    self.add_trace(&trace);
                }
                self.unreadable.push(UnreadableLine {
                    line: number,
                    fault,
                });
            }
        }
    }

    /// The lines that were passed over.
    pub fn unreadable(&self) -> &[UnreadableLine] {
        &self.unreadable
    }

    /// When anything was last published; `None` where nothing ever was.
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        let newest = self.touched.newest();
        (newest > DateTime::UNIX_EPOCH).then_some(newest)
    }

    /// What stood outside the events when it was last published.
    pub fn head(&self) -> Option<&CalendarHead> {
        self.calendar.as_ref().map(|record| &record.head)
    }

    pub(super) fn records(&self) -> &[Record] {
        &self.records
    }

    pub(super) fn track(&self, id: &Id) -> Option<&Track> {
        self.tracks.get(id)
    }

    /// The sessions that are published, by id.
    pub(super) fn published(&self) -> impl Iterator<Item = (&Id, &Track, &Arc<SessionRecord>)> {
        self.tracks
            .iter()
            .filter_map(|(id, track)| Some((id, track, track.published.as_ref()?)))
    }

    /// Whether the session `id` is published.
    pub(super) fn is_published(&self, id: &Id) -> bool {
        self.track(id)
            .is_some_and(|track| track.published.is_some())
    }

    pub(super) fn calendar(&self) -> Option<&CalendarRecord> {
        self.calendar.as_deref()
    }

    pub(super) fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    pub(super) fn touched(&self) -> &Touched {
        &self.touched
    }

    /// Takes in a record that was published after all others; `false` where
    /// it is known already.
    pub(super) fn add(&mut self, record: Record) -> bool {
        if !self.seen.insert(key(&record)) {
            return false;
        }
        self.touched.anything(record.at);
        match &record.what {
            What::Session(session) => self.add_session(session, record.at),
            What::Calendar(calendar) => self.add_calendar(calendar, record.at),
        }
        if let Some(site) = &record.site {
            if self.site.as_ref().is_some_and(|last| last != site) {
                self.touched.every_feed(record.at);
            }
            self.site = Some(site.clone());
        }
        self.records.push(record);
        true
    }

    /// What `served` knows and this history does not: records that could not
    /// be written, or whose lines were lost since.
    pub(super) fn missing<'a>(&self, served: &'a History) -> Vec<&'a Record> {
        let records = served.records.iter();
        records
            .filter(|record| !self.seen.contains(&key(record)))
            .collect()
    }

    fn add_session(&mut self, record: &Arc<SessionRecord>, at: DateTime<Utc>) {
        let id = &record.session.id;
        let Some(track) = self.tracks.get_mut(id) else {
            self.touched.session(&record.session, at);
            let track = Track {
                stamp: Stamp {
                    created: at,
                    modified: at,
                    sequence: record.revision,
                },
                published: (!record.is_withdrawal()).then(|| record.clone()),
                certain: true,
            };
            self.tracks.insert(id.clone(), track);
            return;
        };
        if let Some(before) = &track.published {
            self.touched.session(&before.session, at);
        }
        self.touched.session(&record.session, at);
        if record.change == SessionChange::Regrouped {
            if record.revision == track.stamp.sequence && track.published.is_some() {
                track.published = Some(record.clone());
            }
            return;
        }
        // Two branches that were merged each counted on: which of them was
        // served cannot be told, so the next publication goes above both.
        track.certain = record.revision > track.stamp.sequence && at > track.stamp.modified;
        if record.revision >= track.stamp.sequence {
            track.published = (!record.is_withdrawal()).then(|| record.clone());
        }
        track.raise(record.revision, at);
    }

    fn add_calendar(&mut self, record: &Arc<CalendarRecord>, at: DateTime<Utc>) {
        let before = self.calendar.replace(record.clone());
        let Some(before) = before.filter(|before| before.digest == record.digest) else {
            self.touched.every_feed(at);
            return;
        };
        let (old, new) = (&before.head.districts, &record.head.districts);
        for (district, others) in new
            .iter()
            .map(|new| (new, old))
            .chain(old.iter().map(|old| (old, new)))
        {
            if !others.iter().any(|other| same_names(district, other)) {
                self.touched.district(&district.id, at);
            }
        }
    }

    fn add_trace(&mut self, trace: &Trace) {
        self.touched.anything(trace.at);
        self.touched.every_feed(trace.at);
        let track = self
            .tracks
            .entry(trace.session.clone())
            .or_insert_with(|| Track {
                stamp: Stamp {
                    created: trace.at,
                    modified: trace.at,
                    sequence: trace.revision,
                },
                published: None,
                certain: false,
            });
        track.certain = false;
        track.raise(trace.revision, trace.at);
    }
}

impl Track {
    fn raise(&mut self, revision: u32, at: DateTime<Utc>) {
        self.stamp.sequence = self.stamp.sequence.max(revision);
        self.stamp.modified = self.stamp.modified.max(at);
    }
}

impl SessionRecord {
    fn is_withdrawal(&self) -> bool {
        self.change == SessionChange::Event(Kind::Withdrawn)
    }
}

fn key(record: &Record) -> Key {
    match &record.what {
        What::Session(session) => (
            Some(session.session.id.clone()),
            session.revision,
            record.at,
        ),
        What::Calendar(_) => (None, 0, record.at),
    }
}

/// Whether two districts are called the same; their aliases aside, which no
/// feed shows.
fn same_names(one: &District, other: &District) -> bool {
    one.id == other.id && one.name == other.name && one.number == other.number
}

/// Whether `fragment`, which no line break ends, is the beginning of a record
/// whose writer crashed, or the zeros that some file systems leave in its
/// place. Nobody was served such a record. What a person left there is not.
pub(super) fn is_torn(fragment: &[u8]) -> bool {
    const BEGINNING: &[u8] = br#"{"at":""#;
    let common = fragment.len().min(BEGINNING.len());
    let begins_like_a_record = fragment[..common] == BEGINNING[..common];
    let has_zeros = fragment.contains(&0);
    !fragment.is_empty()
        && (begins_like_a_record || has_zeros)
        && serde_json::from_slice::<serde::de::IgnoredAny>(fragment).is_err()
}
