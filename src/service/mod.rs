//! The schedule's file and its history -> what is served now, and anew
//! whenever one of them changes or the time changes what a page says.
//!
//! A bad edit is reported in full and raises a metric; the last good schedule
//! goes on being served, byte for byte. What is served is swapped in one
//! step: there is never a moment with half of each.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use tokio::sync::oneshot;
use tracing::warn;

use crate::history::{OtherCalendar, Publication, Saved};
use crate::page;
use crate::review::review;
use crate::route::Links;
use crate::schedule::{self, Reading, Rejected, Schedule};
use crate::site::Site;
use crate::source::{Source, Unreadable};
use crate::store::{Address, Store};
use crate::texts::Language;
use crate::web::metrics::{Metrics, Reload};
use crate::web::{Served, Shared};

mod last_good;
mod status;
mod watch;

use last_good::LastGood;
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
    last_good: Option<LastGood>,
    address: Address,
    audience: Audience,
    language: Language,
    metrics: Arc<Metrics>,
    schedule: Schedule,
    /// When to publish over the history again: it could not be written, or
    /// others have written it.
    retry: Option<Instant>,
    status: Status,
    shared: Arc<Shared>,
}

/// A service on a thread of its own.
#[derive(Debug)]
pub struct Running {
    /// What the listeners see.
    pub shared: Arc<Shared>,
    /// Each order reads the schedule again; without this sender the service
    /// ends.
    pub orders: mpsc::Sender<()>,
    /// Done when the service has ended, however it did.
    pub ended: oneshot::Receiver<()>,
}

/// For whom a schedule is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: what changes is recorded.
    Everybody,
    /// Who edits it: each page says that it is a preview.
    Editor,
}

/// Why an edit, or the schedule at the start, is not served.
#[derive(Debug)]
pub enum Refused {
    /// The schedule, whose bytes these are, has problems.
    Rejected(Vec<u8>, Rejected),
    /// The schedule cannot be read.
    Unreadable(Unreadable),
    /// The history is that of another calendar.
    OtherCalendar(OtherCalendar),
}

/// A good schedule and its bytes.
struct Good {
    bytes: Vec<u8>,
    reading: Reading,
}

impl Service {
    /// Reads, publishes and prepares to serve the schedule of `source`, or
    /// else the last good one.
    ///
    /// # Errors
    /// [`Refused`]: there is no good schedule yet.
    pub fn start(
        source: &Source,
        mut store: Store,
        address: Address,
        audience: Audience,
        language: Language,
        metrics: Arc<Metrics>,
    ) -> Result<Service, Refused> {
        let now = Utc::now();
        let name = source.name();
        let mut watch = match source {
            Source::File(path) => Some(Watch::new(path.clone(), schedule::LARGEST as u64)),
            Source::Embedded | Source::Stdin => None,
        };
        let read = watch.as_mut().map_or_else(|| source.read(), Watch::read);
        let last_good = store.path().map(LastGood::beside);
        let (good, edit) = match judge(read, &store, now) {
            Ok(good) => {
                let edit = Edit::served(&name, &good.bytes, &good.reading, language);
                metrics.reloaded(Reload::Served, 0, now.timestamp());
                (good, edit)
            }
            // Its subscribers never had what is served of another calendar.
            Err(refused) if refused.is_other_calendar() => return Err(refused),
            Err(refused) => {
                let kept = last_good.as_ref().and_then(LastGood::read);
                let kept = kept.and_then(|bytes| judge(Ok(bytes), &store, now).ok());
                let Some(good) = kept else {
                    return Err(refused);
                };
                metrics.reloaded(Reload::Served, 0, now.timestamp());
                count(&metrics, &refused, now);
                (good, refused.edit(&name, language))
            }
        };
        let schedule = good.reading.schedule;
        let saved = (store.publish(&schedule, &address, now)).map_err(Refused::OtherCalendar)?;
        let status = Status::new(now, &saved, edit, language);
        let publication = Arc::new(saved.outcome.publication);
        let boundary = page::last_boundary(&publication, now);
        let links = address.site_links(&schedule);
        let served = serve(&metrics, publication, links, audience, boundary, now);
        let shared = Arc::new(Shared {
            served: ArcSwap::from_pointee(served),
            readiness: ArcSwap::from_pointee(status.text()),
            is_recorded: AtomicBool::new(saved.failure.is_none()),
        });
        metrics.history(status.history.len());
        status.log_edit();
        status.log_history(None);
        let others = store
            .path()
            .map(|path| Watch::new(path.to_owned(), LARGEST_HISTORY));
        let mut service = Service {
            name,
            watch,
            store,
            others,
            last_good,
            address,
            audience,
            language,
            metrics,
            schedule,
            retry: saved.failure.map(|_| Instant::now() + RETRY),
            status,
            shared,
        };
        service.mark_own_records();
        service.keep_copy(&good.bytes);
        Ok(service)
    }

    /// Starts a service and runs it, on one thread: memory that an edit frees
    /// is best used again by the thread that took it.
    ///
    /// # Errors
    /// Those of `start`.
    pub fn spawn(
        start: impl FnOnce() -> Result<Service, Refused> + Send + 'static,
    ) -> Result<Running, Refused> {
        let (orders, ordered) = mpsc::channel();
        let (alive, ended) = oneshot::channel();
        let (told, started) = mpsc::channel();
        let work = move || {
            // Dropped however the thread ends.
            let _alive = alive;
            match start() {
                Ok(service) => {
                    let _ = told.send(Ok(service.shared.clone()));
                    service.run(&ordered);
                }
                Err(refused) => drop(told.send(Err(refused))),
            }
        };
        let thread = std::thread::Builder::new().name("service".to_owned());
        thread.spawn(work).expect("the system gives a thread");
        let shared = started.recv().expect("it starts or says why not")?;
        Ok(Running {
            shared,
            orders,
            ended,
        })
    }

    /// Keeps everything in step until nobody can give `orders` any more; an
    /// order reads the schedule again, changed or not. Works on the thread
    /// that calls it, so that neither a slow disk nor a large schedule keeps
    /// a request waiting.
    fn run(mut self, orders: &Receiver<()>) {
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
                if let Err(error) = self.publish(self.status.edit.clone()) {
                    self.refuse(&Refused::OtherCalendar(error));
                }
            } else if self.others.as_mut().and_then(Watch::look).is_some() {
                self.retry = Some(Instant::now() + FOLLOWS);
            } else {
                self.cross_boundary();
            }
        }
    }

    /// Takes over what was read of the schedule, if it is good.
    fn take(&mut self, news: Result<Vec<u8>, Unreadable>) {
        let now = Utc::now();
        match judge(news, &self.store, now) {
            Ok(good) => {
                let edit = Edit::served(&self.name, &good.bytes, &good.reading, self.language);
                let mut schedule = good.reading.schedule;
                schedule.share_with(&self.schedule);
                let before = std::mem::replace(&mut self.schedule, schedule);
                match self.publish(edit) {
                    Ok(()) => {
                        self.metrics.reloaded(Reload::Served, 0, now.timestamp());
                        self.status.log_edit();
                        self.keep_copy(&good.bytes);
                    }
                    Err(error) => {
                        self.schedule = before;
                        self.refuse(&Refused::OtherCalendar(error));
                    }
                }
            }
            Err(refused) => self.refuse(&refused),
        }
    }

    /// Reports an edit that is not taken over.
    fn refuse(&mut self, refused: &Refused) {
        count(&self.metrics, refused, Utc::now());
        self.status.edit = refused.edit(&self.name, self.language);
        self.shared.readiness.store(Arc::new(self.status.text()));
        self.status.log_edit();
    }

    /// Publishes the schedule over its history and serves the result. Where
    /// nothing in it is new, every rendered document stays.
    fn publish(&mut self, edit: Edit) -> Result<(), OtherCalendar> {
        let now = Utc::now();
        let saved = (self.store).publish(&self.schedule, &self.address, now)?;
        let mut status = Status::new(now, &saved, edit, self.language);
        let Saved {
            outcome, failure, ..
        } = saved;
        let is_recorded = failure.is_none();
        self.retry = failure.map(|_| Instant::now() + RETRY);
        let served = self.shared.served.load();
        let links = self.address.site_links(&self.schedule);
        if **served.site.publication() == outcome.publication && *served.site.links() == links {
            status.since = self.status.since;
        } else {
            let publication = Arc::new(outcome.publication);
            let boundary = page::last_boundary(&publication, now);
            self.shared.is_recorded.store(false, Ordering::SeqCst);
            self.serve(publication, boundary, now);
        }
        self.shared.is_recorded.store(is_recorded, Ordering::SeqCst);
        self.metrics.history(status.history.len());
        self.shared.readiness.store(Arc::new(status.text()));
        status.log_history(Some(&self.status));
        self.status = status;
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
        let served = serve(
            &self.metrics,
            publication,
            links,
            self.audience,
            boundary,
            now,
        );
        self.shared.served.store(Arc::new(served));
    }

    /// What this process has written into the history is no news to it.
    fn mark_own_records(&mut self) {
        if let Some(watch) = &mut self.others {
            watch.mark_seen();
        }
    }

    /// Keeps the schedule for a start with a bad one.
    fn keep_copy(&self, schedule: &[u8]) {
        let kept = self.last_good.as_ref().map(|copy| copy.keep(schedule));
        if let Some(Err(error)) = kept {
            warn!(%error, "no copy of the schedule is kept: a restart needs a good schedule");
        }
    }
}

impl Refused {
    /// Whether the history is that of another calendar.
    fn is_other_calendar(&self) -> bool {
        matches!(self, Refused::Rejected(_, rejected)
            if rejected.problems.iter().any(|problem| problem.code == "other-calendar"))
    }

    fn edit(&self, name: &str, language: Language) -> Edit {
        match self {
            Refused::Rejected(bytes, rejected) => Edit::refused(name, bytes, rejected, language),
            Refused::Unreadable(error) => Edit::unreadable(name, error),
            Refused::OtherCalendar(error) => Edit::unreadable(name, error),
        }
    }
}

/// Whether what was read is a good schedule, beside what was published before
/// too.
fn judge(
    read: Result<Vec<u8>, Unreadable>,
    store: &Store,
    now: DateTime<Utc>,
) -> Result<Good, Refused> {
    let bytes = read.map_err(Refused::Unreadable)?;
    // What is wrong with the history is told when it is published over.
    let history = store.read().unwrap_or_default();
    let reading =
        schedule::read(&bytes, now.date_naive()).and_then(|reading| review(reading, &history, now));
    match reading {
        Ok(reading) => Ok(Good { bytes, reading }),
        Err(rejected) => Err(Refused::Rejected(bytes, rejected)),
    }
}

fn count(metrics: &Metrics, refused: &Refused, now: DateTime<Utc>) {
    let (result, problems) = match refused {
        Refused::Rejected(_, rejected) => (Reload::Refused, rejected.problems.len()),
        Refused::Unreadable(_) => (Reload::Unreadable, 1),
        Refused::OtherCalendar(_) => (Reload::Refused, 1),
    };
    metrics.reloaded(result, problems, now.timestamp());
}

/// What is served of `publication`, with its counters.
fn serve(
    metrics: &Metrics,
    publication: Arc<Publication>,
    links: Links,
    audience: Audience,
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
    let site = Site::new(publication, links, boundary);
    Served {
        site: Arc::new(match audience {
            Audience::Everybody => site,
            Audience::Editor => site.as_preview(),
        }),
        fetches,
    }
}
