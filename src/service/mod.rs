//! The schedule's file and its history -> what is served now, and anew
//! whenever one of them changes or the time changes what a page says.
//!
//! A bad edit is reported in full and raises a metric; the last good schedule
//! goes on being served, byte for byte. What is served is swapped in one
//! step: there is never a moment with half of each.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};

use crate::history::{OtherCalendar, Publication, Saved};
use crate::page;
use crate::route::Links;
use crate::schedule::{self, Rejected, Schedule};
use crate::site::Site;
use crate::source::{Source, Unreadable};
use crate::store::{Address, Store};
use crate::texts::Language;
use crate::web::metrics::{Metrics, Reload};
use crate::web::{Served, Shared};

mod status;
mod watch;

use status::{Edit, Status};
use watch::{LOOK, Watch};

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

/// Keeps what is served in step with the files and the clock.
#[derive(Debug)]
pub struct Service {
    name: String,
    watch: Option<Watch>,
    store: Store,
    /// The history's file, for what other processes write into it.
    others: Option<Watch>,
    address: Address,
    language: Language,
    metrics: Arc<Metrics>,
    schedule: Schedule,
    /// When to publish over the history again: it could not be written, or
    /// others have written it.
    retry: Option<Instant>,
    status: Status,
    shared: Arc<Shared>,
}

/// Why nothing can be served at the start.
#[derive(Debug)]
pub enum StartError {
    /// The schedule, whose bytes these are, has problems.
    Rejected(Vec<u8>, Rejected),
    /// The schedule cannot be read.
    Unreadable(Unreadable),
    /// The history is that of another calendar.
    OtherCalendar(OtherCalendar),
}

impl Service {
    /// Reads, publishes and prepares to serve the schedule of `source`.
    ///
    /// # Errors
    /// [`StartError`]: there is no good schedule yet.
    pub fn start(
        source: &Source,
        mut store: Store,
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
        let Saved { outcome, failure } = store
            .publish(&schedule, &address, now)
            .map_err(StartError::OtherCalendar)?;
        let status = Status::new(now, &outcome, failure.as_ref(), language).after(edit);
        status.log();
        metrics.reloaded(Reload::Served, 0, now.timestamp());
        metrics.history(status.history.len());
        let publication = Arc::new(outcome.publication);
        let boundary = page::last_boundary(&publication, now);
        let served = serve(
            &metrics,
            publication,
            address.site_links(&schedule),
            boundary,
            now,
        );
        let shared = Arc::new(Shared {
            served: ArcSwap::from_pointee(served),
            readiness: ArcSwap::from_pointee(status.text()),
            is_recorded: AtomicBool::new(failure.is_none()),
        });
        let others = match &store {
            Store::Embedded(_) => None,
            Store::File(file) => Some(Watch::new(file.path().to_owned(), LARGEST_HISTORY)),
        };
        let retry = failure.map(|_| Instant::now() + RETRY);
        let mut service = Service {
            name,
            watch,
            store,
            others,
            address,
            language,
            metrics,
            schedule,
            retry,
            status,
            shared,
        };
        service.mark_own_records();
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
    pub fn run(mut self, orders: &Receiver<()>) {
        loop {
            let news = match orders.recv_timeout(LOOK) {
                Ok(()) => self.watch.as_mut().map(Watch::read),
                Err(RecvTimeoutError::Timeout) => self.watch.as_mut().and_then(Watch::look),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if let Some(news) = news {
                self.take(news);
            } else if self.retry.is_some_and(|at| at <= Instant::now()) {
                self.retry = None;
                let edit = self.status.edit.clone();
                if let Err(error) = self.publish(edit) {
                    self.refuse(Edit::unreadable(&self.name, &error));
                }
            } else if self.others.as_mut().is_some_and(Watch::has_changed) {
                self.retry = Some(Instant::now() + FOLLOWS);
            } else {
                self.cross_boundary();
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
                let last_good = std::mem::replace(&mut self.schedule, schedule);
                match self.publish(edit) {
                    Ok(()) => self.metrics.reloaded(Reload::Served, 0, now.timestamp()),
                    Err(error) => {
                        self.schedule = last_good;
                        self.metrics.reloaded(Reload::Refused, 1, now.timestamp());
                        self.refuse(Edit::unreadable(&self.name, &error));
                    }
                }
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
        self.tell(self.status.clone().after(edit));
    }

    /// Logs how the service fares and shows it.
    fn tell(&mut self, status: Status) {
        status.log();
        self.shared.readiness.store(Arc::new(status.text()));
        self.status = status;
    }

    /// Publishes the schedule over its history and serves the result.
    fn publish(&mut self, edit: Edit) -> Result<(), OtherCalendar> {
        let now = Utc::now();
        let Saved { outcome, failure } =
            (self.store).publish(&self.schedule, &self.address, now)?;
        let status = Status::new(now, &outcome, failure.as_ref(), self.language).after(edit);
        self.metrics.history(status.history.len());
        let is_recorded = failure.is_none();
        self.retry = failure.map(|_| Instant::now() + RETRY);
        let publication = Arc::new(outcome.publication);
        let boundary = page::last_boundary(&publication, now);
        self.shared.is_recorded.store(false, Ordering::SeqCst);
        self.serve(publication, boundary, now);
        self.shared.is_recorded.store(is_recorded, Ordering::SeqCst);
        self.tell(status);
        self.mark_own_records();
        Ok(())
    }

    /// Serves the pages that a time boundary changes once it is crossed.
    fn cross_boundary(&mut self) {
        let now = Utc::now();
        let served = self.shared.served.load();
        let publication = served.site.publication().clone();
        let boundary = page::last_boundary(&publication, now);
        // A clock that steps back changes no page back: Last-Modified never
        // does either.
        if boundary > served.site.boundary() {
            self.serve(publication, boundary, now);
        }
    }

    fn serve(&self, publication: Arc<Publication>, boundary: DateTime<Utc>, now: DateTime<Utc>) {
        let boundary = boundary.max(self.shared.served.load().site.boundary());
        let links = self.address.site_links(&self.schedule);
        let served = serve(&self.metrics, publication, links, boundary, now);
        self.shared.served.store(Arc::new(served));
    }

    /// What this process has written into the history is no news to it.
    fn mark_own_records(&mut self) {
        if let Some(watch) = &mut self.others {
            watch.mark_seen();
        }
    }
}

/// What is served of `publication`, with its counters.
fn serve(
    metrics: &Metrics,
    publication: Arc<Publication>,
    links: Links,
    boundary: DateTime<Utc>,
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
        site: Arc::new(Site::new(publication, links, boundary)),
        fetches,
    }
}
