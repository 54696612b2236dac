//! The lines of the history, read or about to be written -> what is known of
//! each session and each feed.
//!
//! Reading a file and publishing a change go through the same steps, so a
//! restart finds exactly what was served before it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, BufRead};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::feed::{CalendarHead, Kind, Stamp};
use crate::route::Format;
use crate::schedule::{District, Districts, Id, Session};

use super::record::{CalendarRecord, Fault, Record, SessionChange, SessionRecord, Trace, What};
use super::snapshot::Shared;

/// What was published so far.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The records that count, in the order in which they were published.
    pub(super) records: Vec<Record>,
    /// Every record that was seen, counted or not: a line that stands twice
    /// in the file is one record.
    seen: HashSet<Key>,
    tracks: BTreeMap<Id, Track>,
    /// The last that tells what stands outside the sessions.
    head: Option<Arc<CalendarRecord>>,
    /// The last of any publication.
    pub(super) last: Option<Arc<CalendarRecord>>,
    /// Every program that ever published, see [`CalendarRecord::program`].
    pub(super) programs: HashSet<String>,
    /// Every public URL that was ever told, the last one at the end.
    pub(super) sites: Vec<Arc<str>>,
    feeds: BTreeMap<String, BTreeMap<String, FeedState>>,
    undigested: Undigested,
    newest: Option<DateTime<Utc>>,
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

/// What tells two records apart. Records of the calendar have no session, and
/// may only add the feeds' digests to an older one of the same instant.
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

/// What is known of one feed in one format.
#[derive(Debug, Clone)]
struct FeedState {
    digest: String,
    modified: DateTime<Utc>,
}

/// What stands behind the last line break of a file: nothing, the end of what
/// an editor wrote, or a line torn by a crash.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// How many bytes the whole lines before it have, breaks included.
    pub(super) whole_lines: u64,
    bytes: Vec<u8>,
}

impl Tail {
    /// Nothing, behind whole lines of so many bytes.
    pub(super) fn none_after(whole_lines: u64) -> Tail {
        Tail {
            whole_lines,
            bytes: Vec::new(),
        }
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Whether it is the beginning of a record whose writer crashed, or the
    /// zeros that some file systems leave in its place. Nobody was served such
    /// a record. What a person left there is not.
    pub(super) fn is_torn(&self) -> bool {
        const BEGINNING: &[u8] = br#"{"at":""#;
        let common = self.bytes.len().min(BEGINNING.len());
        let begins_like_a_record = self.bytes[..common] == BEGINNING[..common];
        let has_zeros = self.bytes.contains(&0);
        !self.bytes.is_empty()
            && (begins_like_a_record || has_zeros)
            && serde_json::from_slice::<serde::de::IgnoredAny>(&self.bytes).is_err()
    }
}

impl History {
    /// The history that a file holds. Lines that are no record are counted
    /// and passed over; so is a last line that was torn.
    pub fn read(file: &[u8]) -> History {
        History::read_lines(file)
            .expect("what is in memory can always be read")
            .0
    }

    /// The same of a file that is read line by line.
    pub(super) fn read_lines(mut file: impl BufRead) -> io::Result<(History, Tail)> {
        let mut history = History::default();
        let mut shared = Shared::default();
        let mut tail = Tail::default();
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            file.read_until(b'\n', &mut line)?;
            let Some(words) = line.strip_suffix(b"\n") else {
                tail.bytes = line;
                if !tail.is_torn() {
                    history.add_line(number, &tail.bytes, &mut shared);
                }
                break;
            };
            history.add_line(number, words, &mut shared);
            tail.whole_lines += line.len() as u64;
        }
        Ok((history, tail))
    }

    fn add_line(&mut self, number: usize, line: &[u8], shared: &mut Shared) {
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
        self.newest
    }

    /// What stood outside the sessions when it was last published.
    pub fn head(&self) -> Option<&CalendarHead> {
        self.head.as_ref()?.head.as_ref()
    }

    /// All lines, as a file would hold them.
    #[cfg(test)]
    pub(crate) fn records_for_tests(&self) -> String {
        self.records.iter().map(Record::to_line).collect()
    }

    pub(super) fn track(&self, id: &Id) -> Option<&Track> {
        self.tracks.get(id)
    }

    /// The session `id` as it was published last, where it still is.
    pub(crate) fn session(&self, id: &Id) -> Option<&Session> {
        Some(&self.track(id)?.published.as_ref()?.session)
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

    /// The calendar that this is the history of.
    pub(crate) fn calendar(&self) -> Option<&Id> {
        self.last.as_ref().map(|last| &last.calendar)
    }

    /// Whether the feeds were ever digested.
    pub(super) fn has_digests(&self) -> bool {
        !self.feeds.is_empty()
    }

    /// The digest of a feed when it last changed.
    pub(super) fn digest(&self, feed: &str, format: &str) -> Option<&str> {
        let state = self.feeds.get(feed)?.get(format)?;
        Some(&state.digest)
    }

    /// When each feed last changed in each format.
    pub(super) fn modified(&self) -> HashMap<(String, Format), DateTime<Utc>> {
        let mut modified = HashMap::new();
        for (feed, formats) in &self.feeds {
            for format in Format::ALL {
                if let Some(state) = formats.get(format.extension()) {
                    modified.insert((feed.clone(), format), state.modified);
                }
            }
        }
        modified
    }

    /// The highest revision that `feed`, an iCalendar feed that was once
    /// published of the calendar `calendar`, tells of a session and this
    /// history does not know: it was lost, or restored from an older copy.
    /// `None` where it knows all of them.
    pub fn lost_revision(&self, feed: &str, calendar: &Id) -> Option<u32> {
        let unfolded = feed.replace("\r\n ", "");
        let of_event = |event: &str| {
            let value = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
            let (id, of) = value("UID:")?.split_once('@')?;
            let revision: u32 = value("SEQUENCE:")?.parse().ok()?;
            let known = self.tracks.get(id).map(|track| track.stamp.sequence);
            let is_lost = of == calendar.as_str() && known.is_none_or(|known| known < revision);
            is_lost.then_some(revision)
        };
        let events = unfolded.split("BEGIN:VEVENT").skip(1);
        events.filter_map(of_event).max()
    }

    /// Takes in a record that was published after all others; `false` where
    /// it is known already.
    pub(super) fn add(&mut self, mut record: Record) -> bool {
        if !self.seen.insert(key(&record)) {
            return false;
        }
        if let What::Session(session) = &mut record.what {
            self.share(session);
        }
        if let Some(site) = &record.site
            && self.sites.last() != Some(site)
        {
            if !self.sites.is_empty() {
                self.undigested.every_feed(record.at);
            }
            self.sites.retain(|known| known != site);
            self.sites.push(site.clone());
        }
        match &record.what {
            What::Session(session) => self.add_session(session, record.at),
            What::Calendar(calendar) => self.add_calendar(calendar, record.at),
        }
        self.newest = self.newest.max(Some(record.at));
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

    /// A session that only its calendar changed is kept once, however many
    /// records tell of it.
    fn share(&self, record: &mut Arc<SessionRecord>) {
        let track = self.tracks.get(&record.session.id);
        if let Some(last) = track.and_then(|track| track.published.as_ref())
            && last.zone == record.zone
            && last.session == record.session
            && !Arc::ptr_eq(&last.session, &record.session)
        {
            Arc::make_mut(record).session = last.session.clone();
        }
    }

    fn add_session(&mut self, record: &Arc<SessionRecord>, at: DateTime<Utc>) {
        let id = &record.session.id;
        self.undigested.session(&record.session, at);
        let published = (!record.is_withdrawal()).then(|| record.clone());
        let Some(track) = self.tracks.get_mut(id) else {
            let track = Track::new(record.revision, at, published, true);
            self.tracks.insert(id.clone(), track);
            return;
        };
        if let Some(before) = &track.published {
            self.undigested.session(&before.session, at);
        }
        if record.change == SessionChange::Regrouped {
            if record.revision == track.stamp.sequence && track.published.is_some() {
                track.published = published;
            }
            return;
        }
        // Two branches that were merged each counted on: which of them was
        // served cannot be told, so the next publication goes above both.
        track.certain = record.revision > track.stamp.sequence && at > track.stamp.modified;
        if record.revision >= track.stamp.sequence {
            track.published = published;
        }
        track.raise(record.revision, at);
    }

    fn add_calendar(&mut self, record: &Arc<CalendarRecord>, at: DateTime<Utc>) {
        if record.feeds.is_empty() || record.head.is_some() {
            self.undigested.calendar(self.head.as_deref(), record, at);
        }
        if record.head.is_some() {
            self.head = Some(record.clone());
        }
        // The first digests over an older history tell how the feeds are, not
        // that they changed.
        let first = self.feeds.is_empty() && self.last.is_some();
        for (feed, formats) in &record.feeds {
            let states = self.feeds.entry(feed.clone()).or_default();
            for (format, digest) in formats {
                let modified = if first {
                    self.undigested.modified(feed, format)
                } else {
                    let before = states.get(format).map(|state| state.modified);
                    before.map_or(at, |before| before.max(at))
                };
                let digest = digest.clone();
                states.insert(format.clone(), FeedState { digest, modified });
            }
        }
        self.programs.extend(record.program.clone());
        self.last = Some(record.clone());
    }

    fn add_trace(&mut self, trace: &Trace) {
        self.undigested.every_feed(trace.at);
        self.newest = self.newest.max(Some(trace.at));
        let track = self
            .tracks
            .entry(trace.session.clone())
            .or_insert_with(|| Track::new(trace.revision, trace.at, None, false));
        track.certain = false;
        track.raise(trace.revision, trace.at);
    }
}

impl Track {
    fn new(
        sequence: u32,
        at: DateTime<Utc>,
        published: Option<Arc<SessionRecord>>,
        certain: bool,
    ) -> Track {
        Track {
            stamp: Stamp {
                created: at,
                modified: at,
                sequence,
            },
            published,
            certain,
        }
    }

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
        What::Calendar(calendar) => (None, u32::from(!calendar.feeds.is_empty()), record.at),
    }
}

/// When feeds last changed by the lines of versions that digested none: their
/// stamps go on from there.
#[derive(Debug, Clone, Default)]
struct Undigested {
    anything: DateTime<Utc>,
    any_session: DateTime<Utc>,
    every_feed: DateTime<Utc>,
    districts: HashMap<Id, DateTime<Utc>>,
}

impl Undigested {
    fn every_feed(&mut self, at: DateTime<Utc>) {
        self.anything = self.anything.max(at);
        self.every_feed = self.every_feed.max(at);
    }

    fn district(&mut self, id: &Id, at: DateTime<Utc>) {
        let last = self.districts.entry(id.clone()).or_default();
        *last = at.max(*last);
    }

    /// The feeds that hold `session`.
    fn session(&mut self, session: &Session, at: DateTime<Utc>) {
        self.anything = self.anything.max(at);
        self.any_session = self.any_session.max(at);
        match &session.districts {
            Districts::All => self.every_feed(at),
            Districts::These(districts) => {
                for district in districts {
                    self.district(&district.id, at);
                }
            }
        }
    }

    /// The feeds of districts that were renamed, or every one.
    fn calendar(
        &mut self,
        before: Option<&CalendarRecord>,
        now: &CalendarRecord,
        at: DateTime<Utc>,
    ) {
        self.anything = self.anything.max(at);
        let before = before.filter(|before| before.digest == now.digest);
        let heads = before.and_then(|before| before.head.as_ref().zip(now.head.as_ref()));
        let Some((old, new)) = heads else {
            return self.every_feed(at);
        };
        let same = |one: &District, other: &District| {
            one.id == other.id && one.name == other.name && one.number == other.number
        };
        let (old, new) = (&old.districts, &new.districts);
        let gone = old.iter().filter(|old| !new.iter().any(|it| same(it, old)));
        let come = new.iter().filter(|new| !old.iter().any(|it| same(it, new)));
        for district in gone.chain(come) {
            self.district(&district.id, at);
        }
    }

    fn modified(&self, feed: &str, format: &str) -> DateTime<Utc> {
        if format == Format::Json.extension() {
            return self.anything;
        }
        let own = if feed == "all" {
            Some(&self.any_session)
        } else {
            self.districts.get(feed)
        };
        own.copied().unwrap_or_default().max(self.every_feed)
    }
}
