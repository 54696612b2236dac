//! What is published -> a notice to every sink, and a ping to the hub.
//!
//! Google shows an edit up to a day later, whatever a feed does. So a change of
//! meaning that has stood for a while is posted to whoever the operator names,
//! in the form of Standard Webhooks. Everything here runs on a thread of its
//! own, on its own event loop: a sink that hangs delays neither an edit nor
//! another sink.

mod hub;
mod outbox;
mod post;
mod status;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use standardwebhooks::Webhook;
use tokio::sync::Notify;
use tokio::task::LocalSet;
use tokio::time::{Instant, sleep};
use tracing::{error, warn};
use url::{Position, Url};

use crate::history::Publication;
use crate::route::Links;
pub(crate) use hub::publish_once;
use outbox::{Fate, Outbox};
use post::Poster;
pub(crate) use status::{NoticeStatus, Sinks};

/// How often what is served is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// The pauses between attempts, in seconds; the last one again and again.
const PAUSES: [u64; 7] = [5, 15, 60, 300, 900, 1_800, 3_600];

fn pause_after(attempts: usize) -> Duration {
    Duration::from_secs(PAUSES[attempts.min(PAUSES.len() - 1)])
}

/// How long a notice is tried.
const PATIENCE: TimeDelta = TimeDelta::days(3);

/// How long it is said that one was given up.
const MEMORY: TimeDelta = TimeDelta::days(7);

/// Whom to tell, and when.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Where notices are kept, beside the history.
    pub(crate) file: PathBuf,
    /// http or https.
    pub(crate) sinks: Vec<Url>,
    /// Signs the notices; without it they go unsigned.
    pub(crate) secret: Option<String>,
    /// How long a change has to stand.
    pub(crate) after: Duration,
    /// When anything was last published before this process began: who is
    /// told for the first time hears of nothing older. `None` where nothing
    /// was: a calendar that begins is no change.
    pub(crate) since: Option<DateTime<Utc>>,
    /// The WebSub hub that is told of changed Atom feeds.
    pub(crate) hub: Option<Url>,
}

impl Plan {
    /// Where the notices of the history at `history` are kept:
    /// `schedule.history.jsonl` has its `schedule.notices.jsonl`.
    pub(crate) fn file_beside(history: &Path) -> PathBuf {
        let name = history.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(".history.jsonl").unwrap_or(&name);
        history.with_file_name(format!("{stem}.notices.jsonl"))
    }
}

/// What is published now.
#[derive(Clone)]
pub(crate) struct Current {
    pub(crate) publication: Arc<Publication>,
    pub(crate) links: Links,
    /// Whether the history holds it: the instant of a change that it does not
    /// hold may still change, and the notice's id with it.
    pub(crate) is_recorded: bool,
}

/// Notes what `plan` counts as published before, where the file does not say it
/// yet: a process that dies between the record of its first change and its first
/// look at it does not make the next one take that change for old.
pub(crate) fn prepare(plan: &Plan) {
    if let Some(since) = plan.since
        && !plan.file.exists()
    {
        // What keeps the file from being written is said by whoever notifies.
        let _ = Outbox::begin(&plan.file, &keys(&sinks(&plan.sinks)), since);
    }
}

/// Begins to tell of what `current` gives, on a thread that lives as long as
/// the process.
///
/// # Errors
/// There is no thread or event loop to be had.
pub(crate) fn start(
    plan: Plan,
    current: impl Fn() -> Current + Send + 'static,
) -> io::Result<NoticeStatus> {
    let status = NoticeStatus::default();
    let shared = status.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name("notify".to_owned())
        .spawn(move || {
            LocalSet::new().block_on(&runtime, run(&plan, &current, &shared, None));
        })?;
    Ok(status)
}

/// Tells of what is published once, and comes back when every sink has it, or
/// `patience` after the last change has stood: for a command that ends. What is
/// not delivered then stays in the file for the next time.
///
/// # Errors
/// There is no event loop to be had.
pub(crate) fn once(plan: &Plan, current: &Current, patience: Duration) -> io::Result<NoticeStatus> {
    let status = NoticeStatus::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let look = || current.clone();
    LocalSet::new().block_on(&runtime, run(plan, &look, &status, Some(patience)));
    end(runtime);
    Ok(status)
}

/// Does not wait for the system to find a name: that can take longer than
/// anybody said.
fn end(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_background();
}

/// One sink.
struct Sink {
    url: Url,
    /// Tells sinks apart in the file: addresses hold secrets.
    key: String,
    /// Tells them apart for the operator: the host, and a number from the
    /// second sink there on.
    name: String,
}

/// The sinks at `urls`; one that is named twice is told once.
fn sinks(urls: &[Url]) -> Vec<Rc<Sink>> {
    let mut sinks: Vec<Rc<Sink>> = Vec::new();
    let mut hosts: BTreeMap<&str, usize> = BTreeMap::new();
    for url in urls {
        let key = crate::digest::hex(&Sha256::digest(url.as_str())[..8]);
        if sinks.iter().any(|sink| sink.key == key) {
            continue;
        }
        let host = &url[Position::BeforeHost..Position::AfterPort];
        let number = hosts.entry(host).or_default();
        *number += 1;
        let name = match number {
            1 => host.to_owned(),
            number => format!("{host}#{number}"),
        };
        let url = url.clone();
        sinks.push(Rc::new(Sink { url, key, name }));
    }
    sinks
}

fn keys(sinks: &[Rc<Sink>]) -> Vec<String> {
    sinks.iter().map(|sink| sink.key.clone()).collect()
}

async fn run(
    plan: &Plan,
    current: &dyn Fn() -> Current,
    status: &NoticeStatus,
    patience: Option<Duration>,
) {
    let sinks = sinks(&plan.sinks);
    for sink in &sinks {
        status.of_sink(sink, |_| {});
    }
    let mut end = patience.map(|patience| Instant::now() + patience);
    let since = plan.since.unwrap_or_else(|| newest(&current().publication));
    let outbox = loop {
        match Outbox::begin(&plan.file, &keys(&sinks), since) {
            Ok(Some(outbox)) => break Rc::new(RefCell::new(outbox)),
            Ok(None) => status.report(Some("another process sends them".to_owned())),
            Err(error) => status.report(Some(format!("{}: {error}", plan.file.display()))),
        }
        if is_over(end) {
            return;
        }
        sleep(pause_after(0)).await;
    };
    status.report(None);

    let poster = Rc::new(Poster::new());
    let wake = Rc::new(Notify::new());
    for sink in &sinks {
        let (sink, outbox, poster, wake) =
            (sink.clone(), outbox.clone(), poster.clone(), wake.clone());
        let (status, secret) = (status.clone(), plan.secret.clone());
        tokio::task::spawn_local(async move {
            deliver(&sink, &outbox, &poster, secret.as_deref(), &wake, &status).await;
        });
    }
    let hub_knows = Cell::new(plan.hub.is_none());
    let cutting = async {
        let after = TimeDelta::from_std(plan.after).unwrap_or(TimeDelta::MAX);
        loop {
            let now = Utc::now();
            let Current {
                publication,
                links,
                is_recorded,
            } = current();
            let mut next = None;
            if is_recorded && !sinks.is_empty() {
                let cut = outbox.borrow_mut().cut(
                    &publication.changes,
                    &publication.calendar,
                    &links,
                    after,
                    now,
                );
                match cut {
                    Ok(stands) => {
                        next = stands;
                        status.report(None);
                        wake.notify_waiters();
                    }
                    Err(error) => status.report(Some(format!("{}: {error}", plan.file.display()))),
                }
            }
            let mut waits = next.is_some();
            for sink in &sinks {
                let outbox = outbox.borrow();
                let (_, waiting) = outbox.waiting(&sink.key);
                let (given_up, missed) = outbox.given_up(&sink.key, now - MEMORY);
                status.of_sink(sink, |it| {
                    it.waiting = waiting;
                    it.given_up = given_up;
                    it.missed = missed;
                });
                waits |= waiting > 0;
            }
            if next.is_some() {
                end = patience.map(|patience| Instant::now() + patience);
            }
            let is_done = patience.is_some() && !waits && hub_knows.get();
            if is_done || is_over(end) {
                return;
            }
            sleep(LOOK).await;
        }
    };
    let Some(url) = &plan.hub else {
        return cutting.await;
    };
    // A hub that hangs does not keep a notice from being cut.
    tokio::select! {
        () = cutting => {}
        never = hub::tell(url, current, &outbox, &poster, status, &hub_knows) => match never {},
    }
}

fn is_over(end: Option<Instant>) -> bool {
    end.is_some_and(|end| end <= Instant::now())
}

fn newest(publication: &Publication) -> DateTime<Utc> {
    let newest = publication.changes.iter().map(|change| change.at).max();
    newest.unwrap_or(DateTime::<Utc>::UNIX_EPOCH)
}

/// Sends one notice after another to one sink, for ever.
async fn deliver(
    sink: &Sink,
    outbox: &RefCell<Outbox>,
    poster: &Poster,
    secret: Option<&str>,
    wake: &Notify,
    status: &NoticeStatus,
) {
    let mut attempts = 0;
    loop {
        let next = outbox.borrow().waiting(&sink.key).0.cloned();
        let Some(notice) = next else {
            attempts = 0;
            wake.notified().await;
            continue;
        };
        let fate = if notice.over <= Utc::now() {
            error!(
                sink = sink.name,
                id = notice.id,
                "a notice is over before it was taken"
            );
            Fate::GivenUp
        } else {
            let headers = headers(&notice.id, &notice.body, secret, Utc::now());
            match poster.post(&sink.url, &headers, notice.body.clone()).await {
                Ok(()) => Fate::Delivered,
                Err(failure) => {
                    let failure = failure.to_string();
                    warn!(sink = sink.name, id = notice.id, %failure, "a notice was not taken");
                    status.of_sink(sink, |it| {
                        it.failed += 1;
                        it.failure = Some(failure);
                    });
                    if Utc::now() - notice.at < PATIENCE {
                        sleep(pause_after(attempts)).await;
                        attempts += 1;
                        continue;
                    }
                    error!(sink = sink.name, id = notice.id, "a notice is given up");
                    Fate::GivenUp
                }
            }
        };
        // What is not noted is sent again after a restart, under the same id;
        // while it cannot be noted, nothing else is sent.
        loop {
            let now = Utc::now();
            let settled = outbox.borrow_mut().settle(&notice.id, &sink.key, fate, now);
            let Err(error) = settled else { break };
            error!(sink = sink.name, id = notice.id, %error, "what was delivered cannot be noted");
            let failure = format!("what was delivered cannot be noted: {error}");
            status.of_sink(sink, |it| it.failure = Some(failure));
            sleep(pause_after(0)).await;
        }
        attempts = 0;
        if fate == Fate::Delivered {
            status.of_sink(sink, |it| {
                it.delivered += 1;
                it.failure = None;
            });
        }
    }
}

/// The headers of Standard Webhooks. The signature covers the id, the instant
/// of this attempt and the body.
fn headers(
    id: &str,
    body: &str,
    secret: Option<&str>,
    now: DateTime<Utc>,
) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", now.timestamp().to_string()),
    ];
    let signature = secret
        .and_then(|secret| Webhook::new(secret).ok())
        .and_then(|key| key.sign(id, now.timestamp(), body.as_bytes()).ok());
    headers.extend(signature.map(|signature| ("webhook-signature", signature)));
    headers
}

/// Whether a secret can sign: `whsec_` and base64, or base64 alone.
pub(crate) fn is_secret(secret: &str) -> bool {
    Webhook::new(secret).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use tempfile::TempDir;

    use super::*;
    use crate::history::History;
    use crate::history::sample::{YAML, links, publish_over, read, second};

    #[test]
    fn pauses_grow_up_to_an_hour_and_stay_there() {
        let pauses: Vec<Duration> = (0..20).map(pause_after).collect();
        assert!(pauses.is_sorted());
        assert_eq!(pauses[0], Duration::from_secs(5));
        assert_eq!(pauses[6..], [Duration::from_hours(1); 14]);
    }

    #[test]
    fn a_command_that_ends_waits_for_a_silent_sink_no_longer_than_told() {
        let folder = TempDir::new().unwrap();
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", silent.local_addr().unwrap());
        let plan = Plan {
            file: folder.path().join("schedule.notices.jsonl"),
            sinks: vec![Url::parse(&url).unwrap()],
            secret: None,
            after: Duration::ZERO,
            since: Some(second(0)),
            hub: Some(Url::parse(&url).unwrap()),
        };
        let before = publish_over(YAML, &History::default(), second(0)).history;
        let later = YAML.replace("a, date: 2026-03-13", "a, date: 2090-03-13");
        let current = Current {
            publication: Arc::new(publish_over(&later, &before, second(1)).publication),
            links: links(&read(YAML)),
            is_recorded: true,
        };
        let began = std::time::Instant::now();
        let status = once(&plan, &current, Duration::from_secs(1)).unwrap();
        assert!(began.elapsed() < Duration::from_secs(4));
        let waiting: Vec<usize> = status.sinks().values().map(|sink| sink.waiting).collect();
        assert_eq!(waiting, [1]);
    }
}
