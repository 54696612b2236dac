//! One thing that was published <-> one line of the history: a JSON object,
//! its keys in the order in which a person reads them.
//!
//! ```text
//! {"at":"2026-03-06T09:00:00Z","session":"2026-03","revision":0,"change":"added","published":{…},"digest":"…"}
//! {"at":"2026-03-06T09:00:00Z","calendar":"3miejsce","change":"calendar","published":{…},"feeds":{"all":{"ics":"…"}},"schedule":"…","by":"…"}
//! ```
//!
//! A publication is a line of each session that changed and, after them, one
//! of the calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, SecondsFormat, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::feed::CalendarHead;
use crate::schedule::{Id, Session};
use crate::zone::Zone;

use super::Kind;
use super::snapshot::{BadValue, CalendarSnapshot, SessionSnapshot, Shared};

/// One line of the history.
#[derive(Debug, Clone)]
pub struct Record {
    /// When it was published: whole seconds.
    pub(super) at: DateTime<Utc>,
    /// The public URL in the published bytes, where the program was told it.
    pub(super) site: Option<Arc<str>>,
    /// What was published.
    pub(super) what: What,
}

/// What a record is about.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// One session.
    Session(Arc<SessionRecord>),
    /// What stands outside the events.
    Calendar(Arc<CalendarRecord>),
}

/// A session as it was published.
#[derive(Debug, Clone)]
pub(super) struct SessionRecord {
    /// After the change.
    pub(super) revision: u32,
    /// What kind of change.
    pub(super) change: SessionChange,
    /// Whether it was cancelled because the schedule no longer held it.
    pub(super) vanished: bool,
    /// As published; for a withdrawal as it was published last.
    pub(super) session: Arc<Session>,
    /// The zone of the session's local times.
    pub(super) zone: Zone,
    /// Of the event in every language, stamps and public URL aside. A line
    /// without one says nothing of the bytes.
    pub(super) digest: Option<String>,
}

/// What kind of change a record of a session tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionChange {
    /// The event's bytes changed.
    Event(Kind),
    /// The ids of its venue or districts changed, and no byte of the event:
    /// the revision stays, but feeds that gain or lose it are touched.
    Regrouped,
}

/// Feeds by their selection (`all` or a district's id), and by format the
/// digests of those that changed.
pub(super) type Feeds = BTreeMap<String, BTreeMap<String, String>>;

/// What one publication changed outside the sessions' own records.
#[derive(Debug, Clone)]
pub(super) struct CalendarRecord {
    /// The calendar's id.
    pub(super) calendar: Id,
    /// What stands outside the sessions, where it changed.
    pub(super) head: Option<CalendarHead>,
    /// The feeds whose bytes changed; none in the lines of versions that
    /// digested no feeds.
    pub(super) feeds: Feeds,
    /// Of the schedule's bytes.
    pub(super) schedule: Option<String>,
    /// What tells the program that rendered this from one that renders
    /// otherwise.
    pub(super) program: Option<String>,
    /// Of what feeds show outside their events, as versions that digested no
    /// feeds wrote it.
    pub(super) digest: Option<String>,
}

/// Why a line of the history is left aside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not UTF-8.
    #[error("it is not UTF-8 text")]
    NotText,
    /// A conflict of two branches was never resolved.
    #[error("it is the mark of an unresolved merge; keep the lines of both sides, delete the mark")]
    MergeMark,
    /// It is not a record.
    #[error("it is not a record of this program: {0}")]
    NotARecord(String),
    /// A value is one that no schedule could hold.
    #[error("its {0:?} is not valid")]
    Invalid(&'static str),
    /// A newer version of the program may know the kind.
    #[error("it tells of a change of an unknown kind, {0:?}")]
    UnknownChange(String),
}

/// What a faulty line still tells: a revision that subscribers may have seen,
/// and below which nothing may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    pub(super) session: Id,
    pub(super) revision: u32,
    pub(super) at: DateTime<Utc>,
}

/// Far below what SEQUENCE can hold (RFC 5545, 3.3.8), and never reached by
/// honest edits.
pub const HIGHEST_REVISION: u32 = 1_000_000_000;

/// The keys of both kinds of line. What a line holds beyond them is ignored:
/// a newer version of the program may know it.
#[derive(Serialize, Deserialize)]
struct SessionLine {
    at: String,
    session: String,
    revision: u32,
    change: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    vanished: bool,
    published: SessionSnapshot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct CalendarLine {
    at: String,
    calendar: String,
    change: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<CalendarSnapshot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    feeds: Feeds,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    schedule: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<String>,
}

const REGROUPED: &str = "regrouped";
const CALENDAR: &str = "calendar";

impl SessionChange {
    pub(super) const fn key(self) -> &'static str {
        match self {
            SessionChange::Event(kind) => kind.key(),
            SessionChange::Regrouped => REGROUPED,
        }
    }

    fn from_key(key: &str) -> Option<SessionChange> {
        if key == REGROUPED {
            return Some(SessionChange::Regrouped);
        }
        Kind::ALL
            .into_iter()
            .find(|kind| kind.key() == key)
            .map(SessionChange::Event)
    }
}

impl Record {
    /// The record as a line, its line break included.
    pub(super) fn to_line(&self) -> String {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let site = self.site.as_deref().map(str::to_owned);
        let json = match &self.what {
            What::Session(record) => serde_json::to_string(&SessionLine {
                at,
                session: record.session.id.to_string(),
                revision: record.revision,
                change: record.change.key().to_owned(),
                vanished: record.vanished,
                published: SessionSnapshot::of(&record.session, &record.zone),
                digest: record.digest.clone(),
                site,
            }),
            What::Calendar(record) => serde_json::to_string(&CalendarLine {
                at,
                calendar: record.calendar.to_string(),
                change: CALENDAR.to_owned(),
                published: record.head.as_ref().map(CalendarSnapshot::of),
                digest: record.digest.clone(),
                feeds: record.feeds.clone(),
                schedule: record.schedule.clone(),
                by: record.program.clone(),
                site,
            }),
        };
        json.expect("maps with text keys and finite numbers are always JSON") + "\n"
    }

    /// The record of a line without its line break.
    pub(super) fn from_line(line: &[u8], shared: &mut Shared) -> Result<Record, Fault> {
        let text = std::str::from_utf8(line).map_err(|_| Fault::NotText)?;
        if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
            .iter()
            .any(|mark| text.starts_with(mark))
        {
            return Err(Fault::MergeMark);
        }
        // One pass tells most lines: those of sessions.
        match serde_json::from_str::<SessionLine>(text) {
            Ok(line) => session_record(line, shared),
            Err(not_a_session) => match serde_json::from_str::<CalendarLine>(text) {
                Ok(line) => calendar_record(line, shared),
                Err(_) => Err(Fault::NotARecord(not_a_session.to_string())),
            },
        }
    }
}

impl Trace {
    /// What a line that is no record still tells; `None` where that is nothing.
    pub(super) fn of_line(line: &[u8]) -> Option<Trace> {
        #[derive(Deserialize)]
        struct Bare {
            at: String,
            session: String,
            revision: u32,
        }
        let bare: Bare = serde_json::from_slice(line).ok()?;
        Some(Trace {
            session: Id::new(&bare.session)?,
            revision: revision(bare.revision).ok()?,
            at: instant(&bare.at).ok()?,
        })
    }
}

fn session_record(line: SessionLine, shared: &mut Shared) -> Result<Record, Fault> {
    let change = SessionChange::from_key(&line.change)
        .ok_or_else(|| Fault::UnknownChange(line.change.clone()))?;
    let id = Id::new(&line.session).ok_or(Fault::Invalid("session"))?;
    let (session, zone) = line.published.session(id, shared)?;
    Ok(Record {
        at: instant(&line.at)?,
        site: line.site.map(Arc::from),
        what: What::Session(Arc::new(SessionRecord {
            revision: revision(line.revision)?,
            change,
            vanished: line.vanished,
            session: Arc::new(session),
            zone,
            digest: line.digest,
        })),
    })
}

fn calendar_record(line: CalendarLine, shared: &mut Shared) -> Result<Record, Fault> {
    if line.change != CALENDAR {
        return Err(Fault::UnknownChange(line.change));
    }
    let head = line.published.map(|published| published.head(shared));
    Ok(Record {
        at: instant(&line.at)?,
        site: line.site.map(Arc::from),
        what: What::Calendar(Arc::new(CalendarRecord {
            calendar: Id::new(&line.calendar).ok_or(Fault::Invalid("calendar"))?,
            head: head.transpose()?,
            feeds: line.feeds,
            schedule: line.schedule,
            program: line.by,
            digest: line.digest,
        })),
    })
}

/// Whole seconds of the years in which people publish: room is left above
/// for the stamps of what comes later.
fn instant(text: &str) -> Result<DateTime<Utc>, Fault> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|instant| instant.to_utc())
        .filter(|instant| (1970..9999).contains(&instant.year()))
        .and_then(|instant| instant.with_nanosecond(0))
        .ok_or(Fault::Invalid("at"))
}

fn revision(revision: u32) -> Result<u32, Fault> {
    if revision <= HIGHEST_REVISION {
        Ok(revision)
    } else {
        Err(Fault::Invalid("revision"))
    }
}

impl From<BadValue> for Fault {
    fn from(BadValue(key): BadValue) -> Fault {
        Fault::Invalid(key)
    }
}
