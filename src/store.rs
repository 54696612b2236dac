//! Where what was published is kept, for one schedule.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use url::Url;

use crate::history::{History, HistoryFile, NotWritten, OtherCalendar, Saved, Terms, publish};
use crate::route::{Links, PublicUrl};
use crate::schedule::Schedule;
use crate::source::Source;

/// What was published of the schedule that the program was built with: two
/// machines serve the same bytes.
const EMBEDDED_HISTORY: &[u8] = include_bytes!("../data/schedule.history.jsonl");

/// Where what was published is kept.
#[derive(Debug)]
pub enum Store {
    /// What was published before; what is published over it is kept nowhere.
    Memory(Arc<History>),
    /// In a file.
    File(Box<HistoryFile>),
}

impl Store {
    /// The history of `source`: as told, else beside the schedule's file.
    pub fn new(source: &Source, told: Option<PathBuf>) -> Store {
        match (told, source) {
            (Some(path), _) => Store::File(Box::new(HistoryFile::new(path))),
            (None, Source::File(path)) => {
                Store::File(Box::new(HistoryFile::new(HistoryFile::path_beside(path))))
            }
            (None, Source::Embedded) => Store::Memory(Arc::new(History::read(EMBEDDED_HISTORY))),
            (None, Source::Stdin) => Store::Memory(Arc::default()),
        }
    }

    /// The same, so that nothing is recorded any more.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn into_memory(self) -> Result<Store, NotWritten> {
        match self {
            Store::Memory(_) => Ok(self),
            Store::File(file) => file.read().map(Store::Memory),
        }
    }

    /// The file, where there is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Store::Memory(_) => None,
            Store::File(file) => Some(file.path()),
        }
    }

    /// What is kept now, for those who only compare.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(&self) -> Result<Arc<History>, NotWritten> {
        match self {
            Store::Memory(history) => Ok(history.clone()),
            Store::File(file) => file.read(),
        }
    }

    /// Publishes `schedule`: what changed is on the disk before this returns,
    /// or the reason why not is given with it.
    ///
    /// # Errors
    /// The history is that of another calendar; nothing was recorded.
    pub fn publish(
        &mut self,
        schedule: &Schedule,
        address: &Address,
        now: DateTime<Utc>,
    ) -> Result<Saved, OtherCalendar> {
        let links = address.links(schedule);
        self.publish_on(&Terms::new(&links, address.told()), schedule, now)
    }

    /// The same on given terms.
    ///
    /// # Errors
    /// The history is that of another calendar; nothing was recorded.
    pub fn publish_on(
        &mut self,
        terms: &Terms<'_>,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<Saved, OtherCalendar> {
        match self {
            Store::Memory(history) => Ok(Saved {
                outcome: publish(schedule, history, terms, now)?,
                written: 0,
                failure: None,
            }),
            Store::File(file) => file.publish(schedule, terms, now),
        }
    }
}

/// Where the service is reached from outside, if anybody has said so.
#[derive(Debug, Clone, Default)]
pub struct Address {
    told: Option<PublicUrl>,
    hub: Option<Url>,
}

impl Address {
    /// The public URL, where it was told.
    pub fn new(told: Option<PublicUrl>) -> Address {
        Address { told, hub: None }
    }

    /// The same, with the WebSub hub that the served Atom feeds name.
    #[must_use]
    pub fn with_hub(self, hub: Option<Url>) -> Address {
        Address { hub, ..self }
    }

    /// The public URL where it was told.
    pub fn told(&self) -> Option<&PublicUrl> {
        self.told.as_ref()
    }

    /// The links of a schedule's documents as they are served.
    pub fn site_links(&self, schedule: &Schedule) -> Links {
        self.links(schedule).with_hub(self.hub.clone())
    }

    /// The links of a schedule's documents as they are compared.
    pub fn links(&self, schedule: &Schedule) -> Links {
        let local = || {
            "http://localhost:8080"
                .parse()
                .expect("the default address is a public URL")
        };
        Links::new(
            self.told.clone().unwrap_or_else(local),
            schedule.calendar().language,
        )
    }
}
