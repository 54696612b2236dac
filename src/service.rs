//! The schedule's file and its history -> what is served now, and anew
//! whenever one of them changes or time turns a page.
//!
//! A bad edit is reported in full and raises a metric; the last good schedule
//! goes on being served, byte for byte. What is served is swapped in one
//! step: there is never a moment with half of each.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};

use crate::history::{History, HistoryFile, NotWritten, Outcome, Publication, publish};
use crate::page;
use crate::reload::{self, LOOK, Unreadable, Watch};
use crate::route::{Links, PublicUrl};
use crate::schedule::{self, Rejected, Schedule};
use crate::site::Site;
use crate::texts::Language;
use crate::web::metrics::{Metrics, Reload};
use crate::web::{Served, Shared};

mod condition;

pub use condition::{Condition, Edit, with_causes};

/// The schedule that the program was built with, and what was published of
/// it: two machines serve the same bytes.
pub const EMBEDDED_SCHEDULE: &[u8] = include_bytes!("../data/schedule.yaml");
const EMBEDDED_HISTORY: &[u8] = include_bytes!("../data/schedule.history.jsonl");

/// The time between two attempts to write a history that could not be
/// written.
const RETRY: Duration = Duration::from_secs(5);

/// How long after the history changed under this process the schedule is
/// still expected to follow. A pair published elsewhere arrives file by file
/// (`git pull` writes the history first), and the old schedule over the new
/// history would be told to subscribers as a change of its own.
const FOLLOWS: Duration = Duration::from_secs(2);

/// The largest history that is watched for other writers: a hundred years of
/// weekly meetings in every district.
const LARGEST_HISTORY: u64 = 256 << 20;

/// Where the schedule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The one that the program was built with.
    Embedded,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// The schedule's bytes, as far as one may be long.
    ///
    /// # Errors
    /// Why there are none.
    pub fn read(&self) -> Result<Vec<u8>, Unreadable> {
        match self {
            Source::Embedded => Ok(EMBEDDED_SCHEDULE.to_vec()),
            Source::File(path) => reload::read(path, schedule::LARGEST as u64),
        }
    }

    /// What reports call it.
    pub fn name(&self) -> String {
        match self {
            Source::Embedded => "schedule.yaml".to_owned(),
            Source::File(path) => path.display().to_string(),
        }
    }
}

/// Where what was published is kept.
#[derive(Debug)]
pub enum Keeping {
    /// In memory, over what the program was built with.
    Embedded(Arc<History>),
    /// In a file.
    File(Box<HistoryFile>),
}

impl Keeping {
    /// The history of `source`: as told, else beside the schedule's file.
    pub fn new(source: &Source, told: Option<PathBuf>) -> Keeping {
        match (told, source) {
            (Some(path), _) => Keeping::File(Box::new(HistoryFile::new(path))),
            (None, Source::File(path)) => {
                Keeping::File(Box::new(HistoryFile::new(HistoryFile::path_beside(path))))
            }
            (None, Source::Embedded) => {
                Keeping::Embedded(Arc::new(History::read(EMBEDDED_HISTORY)))
            }
        }
    }

    /// What is kept now, for those who only compare.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(&self) -> Result<History, NotWritten> {
        match self {
            Keeping::Embedded(history) => Ok(History::clone(history)),
            Keeping::File(file) => file.read(),
        }
    }

    /// Publishes `schedule`: what changed is on the disk before this returns,
    /// or the reason why not is given with it.
    pub fn publish(
        &mut self,
        schedule: &Schedule,
        address: &Address,
        now: DateTime<Utc>,
    ) -> (Outcome, Option<NotWritten>) {
        let links = address.links(schedule);
        match self {
            Keeping::Embedded(history) => {
                let outcome = publish(schedule, history, &links, address.told(), now);
                *history = outcome.history.clone();
                (outcome, None)
            }
            Keeping::File(file) => {
                let saved = file.publish(schedule, &links, address.told(), now);
                (saved.outcome, saved.failure)
            }
        }
    }
}

/// Where the service is reached from outside, if anybody has said so.
#[derive(Debug, Clone, Default)]
pub struct Address(Option<PublicUrl>);

impl Address {
    /// The public URL, where it was told.
    pub fn new(told: Option<PublicUrl>) -> Address {
        Address(told)
    }

    /// The public URL where it was told.
    pub fn told(&self) -> Option<&PublicUrl> {
        self.0.as_ref()
    }

    /// The links of a schedule's documents.
    pub fn links(&self, schedule: &Schedule) -> Links {
        let local = || {
            "http://localhost:8080"
                .parse()
                .expect("the default address is a public URL")
        };
        Links::new(
            self.0.clone().unwrap_or_else(local),
            schedule.calendar().language,
        )
    }
}

/// Keeps what is served in step with the files and the clock.
#[derive(Debug)]
pub struct Service {
    name: String,
    watch: Option<Watch>,
    keeping: Keeping,
    /// The history's file, for what other processes write into it.
    others: Option<Watch>,
    address: Address,
    language: Language,
    metrics: Arc<Metrics>,
    schedule: Schedule,
    /// When to publish over the history again: it could not be written, or
    /// others have written it.
    retry: Option<Instant>,
    condition: Condition,
    shared: Arc<Shared>,
}

/// Why nothing can be served at the start.
#[derive(Debug)]
pub enum StartError {
    /// The schedule, whose bytes these are, has problems.
    Rejected(Vec<u8>, Rejected),
    /// The schedule cannot be read.
    Unreadable(Unreadable),
}

impl Service {
    /// Reads, publishes and prepares to serve the schedule of `source`.
    ///
    /// # Errors
    /// [`StartError`]: there is no good schedule yet.
    pub fn start(
        source: &Source,
        mut keeping: Keeping,
        address: Address,
        language: Language,
        metrics: Arc<Metrics>,
    ) -> Result<Service, StartError> {
        let now = Utc::now();
        let mut watch = match source {
            Source::Embedded => None,
            Source::File(path) => Some(Watch::new(path.clone(), schedule::LARGEST as u64)),
        };
        let bytes = watch.as_mut().map_or_else(|| source.read(), Watch::read);
        let bytes = bytes.map_err(StartError::Unreadable)?;
        let reading = match schedule::read(&bytes, now.date_naive()) {
            Ok(reading) => reading,
            Err(rejected) => return Err(StartError::Rejected(bytes, rejected)),
        };
        let name = source.name();
        let edit = Edit::served(&name, &bytes, &reading, language);
        let schedule = reading.schedule;
        let (outcome, failure) = keeping.publish(&schedule, &address, now);
        let condition = Condition::new(now, &outcome, failure.as_ref(), language).after(edit);
        condition.log();
        metrics.reloaded(Reload::Served, 0, now.timestamp());
        metrics.history(condition.history.len());
        let publication = Arc::new(outcome.publication);
        let turn = page::last_turn(&publication, now);
        let served = serve(&metrics, publication, address.links(&schedule), turn, now);
        let shared = Arc::new(Shared {
            served: ArcSwap::from_pointee(served),
            readiness: ArcSwap::from_pointee(condition.text()),
        });
        let others = match &keeping {
            Keeping::Embedded(_) => None,
            Keeping::File(file) => Some(Watch::new(file.path().to_owned(), LARGEST_HISTORY)),
        };
        let retry = failure.map(|_| Instant::now() + RETRY);
        let mut service = Service {
            name,
            watch,
            keeping,
            others,
            address,
            language,
            metrics,
            schedule,
            retry,
            condition,
            shared,
        };
        service.overlook_own_records();
        Ok(service)
    }

    /// What the listeners see.
    pub fn shared(&self) -> Arc<Shared> {
        self.shared.clone()
    }

    /// Keeps everything in step until nobody can give `orders` any more; an
    /// order reads the schedule again, changed or not. Works on the thread
    /// that calls it, so that neither a slow disk nor a large schedule keeps
    /// a request waiting.
    pub fn tend(mut self, orders: &Receiver<()>) {
        loop {
            let news = match orders.recv_timeout(LOOK) {
                Ok(()) => self.watch.as_mut().map(Watch::read),
                Err(RecvTimeoutError::Timeout) => self.watch.as_mut().and_then(Watch::look),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if let Some(news) = news {
                self.take(news);
            } else if self.retry.is_some_and(|at| at <= Instant::now()) {
                let edit = self.condition.edit.clone();
                self.publish(edit);
            } else if self.others.as_mut().is_some_and(Watch::has_changed) {
                self.retry = Some(Instant::now() + FOLLOWS);
            } else {
                self.turn();
            }
        }
    }

    /// Takes over what was read of the schedule, if it is good.
    fn take(&mut self, news: Result<Vec<u8>, Unreadable>) {
        let now = Utc::now();
        let bytes = match news {
            Ok(bytes) => bytes,
            Err(error) => {
                self.metrics
                    .reloaded(Reload::Unreadable, 1, now.timestamp());
                return self.refuse(Edit::unreadable(&self.name, &error));
            }
        };
        match schedule::read(&bytes, now.date_naive()) {
            Ok(reading) => {
                let edit = Edit::served(&self.name, &bytes, &reading, self.language);
                drop(bytes);
                let mut schedule = reading.schedule;
                schedule.share_with(&self.schedule);
                self.schedule = schedule;
                self.metrics.reloaded(Reload::Served, 0, now.timestamp());
                self.publish(edit);
            }
            Err(rejected) => {
                self.metrics
                    .reloaded(Reload::Refused, rejected.problems.len(), now.timestamp());
                self.refuse(Edit::refused(&self.name, &bytes, &rejected, self.language));
            }
        }
    }

    /// Reports an edit that is not taken over.
    fn refuse(&mut self, edit: Edit) {
        self.tell(self.condition.clone().after(edit));
    }

    /// Logs how the service fares and shows it.
    fn tell(&mut self, condition: Condition) {
        condition.log();
        self.shared.readiness.store(Arc::new(condition.text()));
        self.condition = condition;
    }

    /// Publishes the schedule over its history and serves the result.
    fn publish(&mut self, edit: Edit) {
        let now = Utc::now();
        let (outcome, failure) = self.keeping.publish(&self.schedule, &self.address, now);
        let condition = Condition::new(now, &outcome, failure.as_ref(), self.language).after(edit);
        self.metrics.history(condition.history.len());
        self.retry = failure.map(|_| Instant::now() + RETRY);
        let publication = Arc::new(outcome.publication);
        let turn = page::last_turn(&publication, now);
        self.serve(publication, turn, now);
        self.tell(condition);
        self.overlook_own_records();
    }

    /// Serves the pages of the next turn once it has come.
    fn turn(&mut self) {
        let now = Utc::now();
        let served = self.shared.served.load();
        let publication = served.site.publication().clone();
        let turn = page::last_turn(&publication, now);
        // A clock that steps back turns no page back: Last-Modified never
        // does either.
        if turn > served.site.turn() {
            self.serve(publication, turn, now);
        }
    }

    fn serve(&self, publication: Arc<Publication>, turn: DateTime<Utc>, now: DateTime<Utc>) {
        let turn = turn.max(self.shared.served.load().site.turn());
        let links = self.address.links(&self.schedule);
        let served = serve(&self.metrics, publication, links, turn, now);
        self.shared.served.store(Arc::new(served));
    }

    /// What this process has written into the history is no news to it.
    fn overlook_own_records(&mut self) {
        if let Some(watch) = &mut self.others {
            watch.overlook();
        }
    }
}

/// What is served of `publication`, with its counters.
fn serve(
    metrics: &Metrics,
    publication: Arc<Publication>,
    links: Links,
    turn: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Served {
    let next = publication
        .sessions
        .iter()
        .map(|published| &published.session)
        .find(|session| session.end > now && !session.status.is_off());
    metrics.next_session(next.map(|session| session.start.timestamp()));
    let fetches = metrics.fetches(publication.districts.iter().map(|it| it.id.as_str()));
    Served {
        site: Arc::new(Site::new(publication, links, turn)),
        fetches,
    }
}
