//! What is rendered -> digests: what the history compares, to tell whether
//! anything changed.
//!
//! A feed's digest covers its bytes in every language, but for the instant at
//! which it changed itself. What sessions add to it is digested once a session
//! and format, however many feeds hold the session.

use chrono::DateTime;
use sha2::{Digest, Sha256};

use super::{Entry, Feed, Stamp, csv, json};
use crate::digest::hex;
use crate::route::{Format, Links};
use crate::schedule::Calendar;
use crate::texts::Language;

/// What one session adds to the feeds that hold it, in all languages.
#[derive(Debug, Clone)]
pub struct EntryDigests {
    ics: [u8; 32],
    json: [u8; 32],
    csv: [u8; 32],
}

impl EntryDigests {
    /// The digests of `entry`, whose event without its stamps has the digest
    /// `event` (see [`digest`](super::event::digest)).
    pub fn new(entry: &Entry<'_>, event: &str, calendar: &Calendar, links: &Links) -> EntryDigests {
        let in_all_languages = |render: &dyn Fn(Language) -> String| {
            let mut hasher = Sha256::new();
            for language in Language::ALL {
                hasher.update(render(language));
            }
            hasher.finalize().into()
        };
        let Stamp {
            created,
            modified,
            sequence,
        } = entry.stamp;
        let stamped = format!("{event} {sequence} {created} {modified}");
        EntryDigests {
            ics: Sha256::digest(stamped).into(),
            json: in_all_languages(&|language| json::session(entry, calendar, links, language)),
            csv: in_all_languages(&|language| {
                csv::row(entry.session, calendar, links, language).join("\0")
            }),
        }
    }

    fn of(&self, format: Format) -> &[u8] {
        match format {
            Format::Ics => &self.ics,
            Format::Json => &self.json,
            Format::Csv => &self.csv,
            // It tells of changes, not of sessions.
            Format::Atom => &[],
        }
    }
}

impl Feed<'_> {
    /// A digest of the feed in `format`, as 16 digits: of all that its
    /// sessions add, and of the rest as it is rendered without them.
    pub fn digest<'e>(
        &self,
        format: Format,
        links: &Links,
        entries: impl Iterator<Item = &'e EntryDigests>,
    ) -> String {
        let rest = Feed {
            entries: Vec::new(),
            modified: DateTime::UNIX_EPOCH,
            districts: self.districts.clone(),
            changes: self.changes.clone(),
            ..*self
        };
        let mut hasher = Sha256::new();
        for language in Language::ALL {
            hasher.update(rest.render(format, links, language));
        }
        for entry in entries {
            hasher.update(entry.of(format));
        }
        hex(&hasher.finalize()[..8])
    }
}
