//! A listening socket -> connections, each served by hyper within limits, so
//! that no client, however slow, silent, endless or malformed, keeps the
//! others waiting.
//!
//! HTTP/1 only: a builder that tells HTTP/2 apart first has no deadline until
//! it has, and whoever wants HTTP/2 or TLS has a proxy in front.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, HOST, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, StatusCode, Version};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::{AbortHandle, Id, JoinSet};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::listen;
use super::metrics::{Closed, ConnectionMetrics};
use super::respond::{Response, text};
use super::stream::{Activity, Phase, Stream};

/// What a client may take up, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections held at once; one more evicts the one that has waited
    /// longest for its client.
    pub connections: usize,
    /// From a connection's opening, or from the first byte of a further
    /// request, until the request's head is whole.
    pub head: Duration,
    /// Between two requests of one connection.
    pub idle: Duration,
    /// How long a reader may take nothing of its response.
    pub stall: Duration,
    /// What a reader whose response does not fit the socket's buffer must
    /// take on average, in bytes a second.
    pub pace: u32,
    /// The request line and headers, in bytes; 8,192 is the least.
    pub head_bytes: usize,
    /// How long responses under way may take after the server was told to
    /// stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 8_000,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            stall: Duration::from_secs(30),
            pace: 4_096,
            head_bytes: 16 * 1024,
            drain: Duration::from_secs(20),
        }
    }
}

impl Limits {
    /// How often connections are looked at. Each is closed at most twice this
    /// much before its limit, never after it.
    fn look(&self) -> Duration {
        let shortest = self.head.min(self.idle).min(self.stall);
        (shortest / 16).clamp(Duration::from_millis(5), Duration::from_secs(1))
    }

    /// For how long a connection may wait for this, and as what its end is
    /// counted.
    fn of(&self, phase: Phase) -> Option<(Duration, Closed)> {
        match phase {
            Phase::Head => Some((self.head, Closed::SlowHead)),
            Phase::Idle => Some((self.idle, Closed::Idle)),
            Phase::Reader => Some((self.stall, Closed::StalledReader)),
            // Rendering ends by itself.
            Phase::Answer => None,
        }
    }
}

/// How long a connection is left alone although its place is wanted: longer
/// than the packets of one request lie apart, short enough that a good client's
/// turn comes soon behind a crowd that says nothing.
const GRACE: Duration = Duration::from_millis(50);

/// How soon eviction is tried again while every connection is busy.
const RETRY: Duration = Duration::from_millis(5);

/// Answers what comes in on `listener` with `handle` until `stop` is done,
/// then lets the responses under way finish. Gives how many connections were
/// cut off because theirs had not by the end of [`Limits::drain`].
///
/// A connection whose request had a body ends with its response, however much
/// of it `handle` read.
///
/// # Errors
/// When the listener cannot be made ready; afterwards nothing ends the server
/// but `stop`.
pub async fn run<H, F>(
    listener: TcpListener,
    limits: Limits,
    handle: H,
    counts: ConnectionMetrics,
    stop: impl Future<Output = ()>,
) -> io::Result<usize>
where
    H: Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let listener = listen::prepare(listener, &limits)?;
    let mut look = interval(limits.look());
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut connections = Connections::new(limits, handle, counts);
    let mut backoff = Backoff::default();
    // A connection for which there is no place yet.
    let mut accepted: Option<TcpStream> = None;
    tokio::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            () = connections.ended() => {}
            _ = look.tick() => connections.close_overdue(),
            stream = listener.accept(), if accepted.is_none() => match stream {
                Ok((stream, _)) => {
                    backoff = Backoff { warned: backoff.warned, ..Backoff::default() };
                    accepted = Some(stream);
                    if connections.is_full() {
                        connections.evict();
                    }
                }
                Err(error) if concerns_one_client(&error) => {}
                Err(error) => {
                    connections.counts.accept_errors.inc();
                    connections.evict();
                    sleep(backoff.next(&error)).await;
                }
            },
            () = sleep(RETRY), if accepted.is_some() => connections.evict(),
        }
        if !connections.is_full()
            && let Some(stream) = accepted.take()
        {
            connections.serve(stream);
        }
    }
    drop(listener);
    Ok(connections.drain().await)
}

/// The open connections of one listener.
struct Connections<H> {
    limits: Limits,
    handle: H,
    http: http1::Builder,
    /// Each answer is now the last on its connection.
    stopping: Arc<AtomicBool>,
    counts: ConnectionMetrics,
    epoch: Instant,
    tasks: JoinSet<()>,
    /// Without those that are being closed.
    open: HashMap<Id, (AbortHandle, Arc<Activity>)>,
}

impl<H, F> Connections<H>
where
    H: Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    fn new(limits: Limits, handle: H, counts: ConnectionMetrics) -> Connections<H> {
        let mut http = http1::Builder::new();
        // Its timer would be set and unset for each request, which costs a
        // seventh of the whole request, and would cover idling too.
        http.header_read_timeout(None)
            // A client may close its sending side and still read its answer.
            .half_close(true)
            .max_buf_size(limits.head_bytes)
            .max_header_size(limits.head_bytes);
        Connections {
            limits,
            handle,
            http,
            stopping: Arc::default(),
            counts,
            epoch: Instant::now(),
            tasks: JoinSet::new(),
            open: HashMap::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.tasks.len() >= self.limits.connections
    }

    /// Serves the requests that come on `socket`, in a task of its own.
    fn serve(&mut self, socket: TcpStream) {
        let activity = Arc::new(Activity::new(self.epoch));
        let stream = Stream::new(socket, activity.clone(), self.limits.pace);
        let service = service_fn({
            let (activity, handle) = (activity.clone(), self.handle.clone());
            let stopping = self.stopping.clone();
            move |request: Request<Incoming>| {
                activity.enter(Phase::Answer);
                let has_body = !request.body().is_end_stream();
                let answer = match refusal(&request) {
                    Some(refused) => Err(refused),
                    None => Ok(handle(request)),
                };
                let stopping = stopping.clone();
                async move {
                    let mut response = match answer {
                        Ok(answer) => answer.await,
                        Err(refused) => refused,
                    };
                    // An endless body must not be read for ever.
                    if has_body || stopping.load(Ordering::Relaxed) {
                        close(&mut response);
                    }
                    Ok::<_, Infallible>(response)
                }
            }
        });
        let connection = (self.http).serve_connection(TokioIo::new(stream), service);
        let malformed = self.counts.malformed.clone();
        let task = self.tasks.spawn(async move {
            if connection.await.is_err_and(|error| error.is_parse()) {
                malformed.inc();
            }
        });
        self.open.insert(task.id(), (task, activity));
        self.counts.accepted.inc();
        self.counts.open.inc();
    }

    /// Waits for a connection to end, for ever while there is none.
    async fn ended(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(error)) => error.id(),
            None => std::future::pending().await,
        };
        self.open.remove(&id);
        self.counts.open.dec();
    }

    /// Closes every connection that has waited too long for its client.
    fn close_overdue(&mut self) {
        let look = self.limits.look();
        self.open.retain(|_, (task, activity)| {
            let (phase, time) = activity.waits();
            match self.limits.of(phase) {
                Some((limit, reason)) if time + 2 * look > limit => {
                    self.counts.closed(reason).inc();
                    task.abort();
                    false
                }
                _ => true,
            }
        });
    }

    /// Closes the connection that has waited longest for a request, if any has
    /// for longer than [`GRACE`].
    fn evict(&mut self) {
        let waiting = self.open.iter().filter_map(|(id, (_, activity))| {
            let (phase, time) = activity.waits();
            (matches!(phase, Phase::Idle | Phase::Head) && time > GRACE).then_some((time, *id))
        });
        if let Some((_, id)) = waiting.max()
            && let Some((task, _)) = self.open.remove(&id)
        {
            self.counts.closed(Closed::Evicted).inc();
            task.abort();
        }
    }

    /// Closes every connection that has waited for a request for longer than
    /// [`GRACE`].
    fn close_waiting(&mut self) {
        self.open.retain(|_, (task, activity)| {
            let (phase, time) = activity.waits();
            let waiting = matches!(phase, Phase::Idle | Phase::Head) && time > GRACE;
            if waiting {
                task.abort();
            }
            !waiting
        });
    }

    /// Lets the responses under way finish; closes connections that only idle.
    /// How many were cut off when time was up.
    async fn drain(mut self) -> usize {
        self.stopping.store(true, Ordering::Relaxed);
        let time_is_up = sleep(self.limits.drain);
        tokio::pin!(time_is_up);
        loop {
            self.close_overdue();
            self.close_waiting();
            if self.tasks.is_empty() {
                return 0;
            }
            tokio::select! {
                biased;
                () = self.ended() => {}
                () = &mut time_is_up => {
                    let left = self.tasks.len();
                    self.tasks.shutdown().await;
                    return left;
                }
                () = sleep(GRACE) => {}
            }
        }
    }
}

/// The 400 for a request without a Host header or with more than one (RFC
/// 9112, section 3.2); `None` for any other. HTTP/1.0 needs none: `HAProxy`'s
/// plain check sends none.
fn refusal(request: &Request<Incoming>) -> Option<Response> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let why = match (hosts.next(), hosts.next()) {
        (Some(_), None) => return None,
        (None, _) if request.version() < Version::HTTP_11 => return None,
        (None, _) => "The request names no host.\n",
        (Some(_), Some(_)) => "The request names more than one host.\n",
    };
    let mut refused = text(StatusCode::BAD_REQUEST, why);
    close(&mut refused);
    Some(refused)
}

/// Makes the response the last on its connection.
fn close(response: &mut Response) {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
}

/// Whether the error is one client's, who hung up before being accepted: the
/// next accept may well succeed. See accept(2): the kernel hands over errors
/// that were already pending on the new socket.
fn concerns_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionReset
            | ErrorKind::Interrupted
            | ErrorKind::TimedOut
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
    )
}

/// How long to wait after an accept that failed for want of something that
/// only time brings back, such as file descriptors: without a pause the loop
/// would spin.
#[derive(Debug, Default)]
struct Backoff {
    failures: u32,
    warned: Option<Instant>,
}

impl Backoff {
    /// 5 ms after the first failure, twice as long after each further one, at
    /// most 160 ms. Logged once a minute: whoever fills the system must not
    /// fill the log too.
    fn next(&mut self, error: &io::Error) -> Duration {
        let now = Instant::now();
        if self
            .warned
            .is_none_or(|at| now - at >= Duration::from_secs(60))
        {
            tracing::warn!(%error, "cannot accept connections for now, trying again");
            self.warned = Some(now);
        }
        let pause = Duration::from_millis(5 << self.failures);
        self.failures = (self.failures + 1).min(5);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        let mut backoff = Backoff::default();
        let full = io::Error::other("too many open files");
        assert!(!concerns_one_client(&full));
        let pauses: Vec<u128> = (0..7).map(|_| backoff.next(&full).as_millis()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 160]);
    }
}
