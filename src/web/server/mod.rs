//! Sockets -> requests -> one plain function -> answers on sockets.
//!
//! A connection's ordinary requests are read where they lie and answered with
//! bytes that lie ready; whatever else comes is hyper's.
//!
//! The only part of the program that is async. It knows nothing of schedules
//! or addresses: it hands each request to a function and sends what comes
//! back, and it sees to it that no client, however slow, silent, endless or
//! malformed, keeps the others from being answered.
//!
//! HTTP/1 only, on purpose: a builder that tells HTTP/2 apart first has no
//! deadline until it has, and whoever wants HTTP/2 or TLS has a proxy in front.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};

mod accept;
mod connection;
mod counts;
mod descriptors;
mod linger;
mod listen;
mod memory;
mod ordinary;
mod progress;
mod refusal;
mod request;
mod response;
mod roster;
mod send;
mod signals;
mod unusual;

pub use counts::Counts;
pub use descriptors::raise_open_files;
pub use listen::listen;
pub use memory::give_memory_back;
pub use request::{Headers, Request};
pub use response::{Head, Response};
pub use signals::{Signal, Signals};

use accept::Backoff;
use connection::Connection;
use roster::Roster;

/// What the answering function makes of a request.
pub enum Answer {
    /// The response was at hand.
    Ready(Response),
    /// Making the response takes milliseconds rather than microseconds: it is
    /// made on a thread of its own, so that nobody else waits for it.
    Render(Box<dyn FnOnce() -> Response + Send>),
}

/// What a client may take up, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections held at once; beyond it, those that have waited longest
    /// without asking for anything make room.
    pub connections: usize,
    /// From a connection's first byte, or from its opening, until the
    /// request's headers are whole.
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
    /// How often waiting clients are looked at. Each is let go at most this
    /// much before its limit, never after it.
    fn look(&self) -> Duration {
        let shortest = self.head.min(self.idle).min(self.stall);
        (shortest / 8).clamp(Duration::from_millis(5), Duration::from_secs(1))
    }
}

/// A runtime with a worker for each core. At most two threads for each core
/// render, however many ask: the rest wait their turn.
///
/// It has no timers: with them, every return from a wait for events asks the
/// clock and the timers first, a twentieth of what a request costs. What is
/// timed here is timed by threads that sleep.
///
/// # Errors
/// When the system gives no threads or no epoll.
pub fn runtime() -> io::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores)
        .max_blocking_threads(2 * cores)
        .thread_name("server")
        .enable_io()
        .build()
}

/// Answers what comes in on `listener` until `stop` says true, then lets the
/// responses under way finish. Gives how many were cut off because they had
/// not by the end of [`Limits::drain`].
///
/// # Errors
/// When the listener cannot be made ready; afterwards nothing ends the server
/// but `stop`.
pub async fn run<R>(
    listener: TcpListener,
    limits: &Limits,
    respond: Arc<R>,
    counts: Arc<Counts>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<usize>
where
    R: Fn(&Request<'_>) -> Answer + Send + Sync + 'static,
{
    let listener = listen::prepare(listener, limits)?;
    let roster = Arc::new(Roster::new(limits.clone(), counts));
    look_at(&roster)?;
    let room = Arc::new(Semaphore::new(limits.connections));
    let protocol = protocol(limits);

    let accepting = async {
        let mut backoff = Backoff::default();
        loop {
            // The place comes before the connection: who finds none waits in
            // the kernel's queue instead of being accepted and dropped.
            let place = take_place(&room, &roster).await;
            match listener.accept().await {
                Ok((stream, _)) => {
                    backoff.reset();
                    roster.seat(|progress| {
                        let connection = Connection {
                            respond: respond.clone(),
                            progress,
                            stopping: roster.stopping(),
                        };
                        let protocol = protocol.clone();
                        let counts = roster.counts.clone();
                        async move {
                            connection.serve(stream, &protocol, &counts).await;
                            drop(place);
                        }
                    });
                }
                Err(error) if accept::concerns_one_client(&error) => {}
                Err(error) => {
                    roster.counts.accept_errors.fetch_add(1, Ordering::Relaxed);
                    if roster.make_room() > 0 {
                        backoff.shorten();
                    }
                    backoff.wait(&error).await;
                }
            }
        }
    };
    tokio::select! {
        biased;
        // An error means that nobody is left who could say stop any other way.
        _ = stop.wait_for(|stop| *stop) => {}
        () = accepting => {}
    }
    drop(listener);
    let (done, drained) = oneshot::channel();
    in_a_thread(move || {
        // Whoever no longer waits for the number does not need it.
        let _ = done.send(drain(&roster));
    })?;
    Ok(drained.await.unwrap_or(0))
}

/// The HTTP of what is out of the ordinary. Its own header deadline is off: it arms and
/// disarms a timer for each request, which costs a seventh of the whole
/// request; the roster keeps that deadline instead.
fn protocol(limits: &Limits) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .header_read_timeout(None)
        // A client may close its sending side and still read its answer.
        .half_close(true)
        .max_buf_size(limits.head_bytes)
        .max_header_size(limits.head_bytes);
    protocol
}

/// A place for one more connection, if need be one that an idle client gives
/// up.
async fn take_place(room: &Arc<Semaphore>, roster: &Roster) -> OwnedSemaphorePermit {
    loop {
        if let Ok(place) = room.clone().try_acquire_owned() {
            return place;
        }
        roster.make_room();
        tokio::select! {
            Ok(place) = room.clone().acquire_owned() => return place,
            () = accept::pause(Duration::from_millis(10)) => {}
        }
    }
}

/// Lets go of the overdue from now on, until there is no roster any more.
fn look_at(roster: &Arc<Roster>) -> io::Result<()> {
    let look = roster.limits.look();
    let roster = Arc::downgrade(roster);
    in_a_thread(move || {
        while let Some(roster) = roster.upgrade() {
            roster.let_go_of_the_overdue();
            if roster.flood_is_over() {
                give_memory_back();
            }
            drop(roster);
            thread::sleep(look);
        }
    })
}

/// Waits until every response under way is sent, and cuts off what is left
/// when time is up: the number of connections cut off.
fn drain(roster: &Roster) -> usize {
    roster.stop();
    let start = Instant::now();
    loop {
        roster.let_go_of_the_waiting();
        if roster.len() == 0 {
            return 0;
        }
        if start.elapsed() >= roster.limits.drain {
            return roster.let_go_of_all();
        }
        thread::sleep(Duration::from_millis(10));
    }
}

fn in_a_thread(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let thread = thread::Builder::new().name("roster".to_owned());
    // What it does ends by itself; nobody waits for it.
    thread.spawn(work).map(drop)
}
