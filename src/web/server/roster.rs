//! Who is connected, and who has had their time.
//!
//! A deadline by a timer for each connection would be armed and disarmed with
//! each request. Instead all connections are looked at together, once a
//! second: one that is seen doing the same for as long as its limit is closed.
//! A request costs four stores that way; five thousand idle connections cost
//! some fifty microseconds a second.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::AbortHandle;

use super::Limits;
use super::counts::Counts;
use super::listen::deferral;
use super::memory::Ebb;
use super::progress::{Phase, Progress, Snapshot};

/// Every open connection of one listener.
pub(super) struct Roster {
    /// What each connection may take up.
    pub limits: Limits,
    /// Counted for the metrics.
    pub counts: Arc<Counts>,
    stopping: Arc<AtomicBool>,
    seats: Mutex<HashMap<u64, Seat>>,
    seated: AtomicU64,
    ebb: Mutex<Ebb>,
}

/// One open connection as it was last seen.
struct Seat {
    progress: Arc<Progress>,
    task: Option<AbortHandle>,
    seen: Snapshot,
    /// When it was first seen so.
    since: Instant,
    /// When the response that it is reading was first seen, and how much had
    /// been written by then.
    answer: (Instant, u64),
}

/// How long a client that asks for nothing may keep its place once there is
/// none left for others: longer than the packets of one request lie apart,
/// short enough that a good client's turn comes soon behind a crowd.
const GRACE_WHEN_FULL: Duration = Duration::from_millis(100);

/// The same for one that has never said anything where the kernel has waited
/// for its request before handing it over: long enough for the first look at
/// what has come.
const GRACE_FOR_THE_SILENT: Duration = Duration::from_millis(25);

/// How long a client may go on sending after its last answer.
const LINGER: Duration = Duration::from_secs(2);

/// Takes its seat off the roster when the connection's task ends, however it
/// ends.
struct Leave(Arc<Roster>, u64);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.seats().remove(&self.1);
        self.0.counts.closed.fetch_add(1, Ordering::Release);
    }
}

impl Roster {
    /// A roster without connections.
    pub fn new(limits: Limits, counts: Arc<Counts>) -> Roster {
        Roster {
            limits,
            counts,
            stopping: Arc::default(),
            seats: Mutex::default(),
            seated: AtomicU64::new(0),
            ebb: Mutex::default(),
        }
    }

    /// Spawns what `serve` makes, the service of one connection, and keeps an
    /// eye on it until it ends.
    pub fn seat<F>(self: &Arc<Roster>, serve: impl FnOnce(Arc<Progress>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let progress = Arc::new(Progress::default());
        let now = Instant::now();
        let number = self.seated.fetch_add(1, Ordering::Relaxed);
        let seat = Seat {
            progress: progress.clone(),
            task: None,
            seen: progress.snapshot(),
            since: now,
            answer: (now, 0),
        };
        self.counts.accepted.fetch_add(1, Ordering::Relaxed);
        let open = {
            let mut seats = self.seats();
            seats.insert(number, seat);
            seats.len()
        };
        self.ebb().rises_to(open);
        let leave = Leave(self.clone(), number);
        let service = serve(progress);
        let task = tokio::spawn(async move {
            let _leave = leave;
            service.await;
        });
        // A connection that has ended meanwhile has left the roster.
        if let Some(seat) = self.seats().get_mut(&number) {
            seat.task = Some(task.abort_handle());
            // One that was dismissed meanwhile could not be closed yet.
            if seat.progress.snapshot().phase == Phase::Dismissed {
                seat.abort();
            }
        }
    }

    /// True once [`Roster::stop`] was called.
    pub fn stopping(&self) -> Arc<AtomicBool> {
        self.stopping.clone()
    }

    /// From now on each answer is the last on its connection.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    /// How many are connected.
    pub fn len(&self) -> usize {
        self.seats().len()
    }

    /// Whether most of many connections have just gone.
    pub fn flood_is_over(&self) -> bool {
        let open = self.len();
        self.ebb().is_over(open)
    }

    /// Closes every connection whose time is up.
    pub fn let_go_of_the_overdue(&self) {
        let now = Instant::now();
        for seat in self.seats().values_mut() {
            seat.look(now);
            if seat.is_overdue(now, &self.limits) {
                seat.dismiss(match seat.seen.phase {
                    Phase::Waiting if seat.seen.requests > 0 => Some(&self.counts.idle),
                    Phase::Waiting | Phase::Reading => Some(&self.counts.slow_heads),
                    Phase::Writing => Some(&self.counts.stalled_readers),
                    Phase::Rendering | Phase::Leaving | Phase::Dismissed => None,
                });
            }
        }
    }

    /// Closes connections that ask for nothing, since others want their
    /// places: those that have never said anything, or else those that have
    /// had no whole request for [`GRACE_WHEN_FULL`]. Gives their number.
    pub fn make_room(&self) -> usize {
        let of_the_silent = if deferral(&self.limits).is_zero() {
            GRACE_WHEN_FULL
        } else {
            GRACE_FOR_THE_SILENT
        };
        let silent = self.let_go_where(of_the_silent, Seat::is_silent);
        if silent > 0 {
            return silent;
        }
        self.let_go_where(GRACE_WHEN_FULL, |seat| {
            matches!(seat.seen.phase, Phase::Waiting | Phase::Reading)
        })
    }

    /// Closes the connections that have been `so` for as long as `grace`.
    fn let_go_where(&self, grace: Duration, so: impl Fn(&Seat) -> bool) -> usize {
        let now = Instant::now();
        let mut made = 0;
        for seat in self.seats().values_mut() {
            seat.look(now);
            if so(seat) && now - seat.since >= grace {
                made += usize::from(seat.dismiss(Some(&self.counts.made_room)));
            }
        }
        made
    }

    /// Closes the connections that only wait between two requests.
    pub fn let_go_of_the_waiting(&self) {
        let now = Instant::now();
        for seat in self.seats().values_mut() {
            seat.look(now);
            if seat.seen.phase == Phase::Waiting {
                seat.dismiss(None);
            }
        }
    }

    /// Closes every connection, whatever it is doing: their number.
    pub fn let_go_of_all(&self) -> usize {
        let seats = self.seats();
        for seat in seats.values() {
            seat.abort();
        }
        seats.len()
    }

    /// Nothing that is done under the lock can leave the seats in a state
    /// that the next holder could not go on from.
    fn seats(&self) -> MutexGuard<'_, HashMap<u64, Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ebb(&self) -> MutexGuard<'_, Ebb> {
        self.ebb.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    fn look(&mut self, now: Instant) {
        let seen = self.progress.snapshot();
        if (seen.phase, seen.requests) != (self.seen.phase, self.seen.requests) {
            self.answer = (now, seen.written);
        }
        if seen != self.seen {
            self.seen = seen;
            self.since = now;
        }
    }

    /// Whether nothing at all has come on it yet.
    fn is_silent(&self) -> bool {
        self.seen.phase == Phase::Waiting && self.seen.requests == 0
    }

    /// Whether the connection's time is up. A change is seen up to one look
    /// late, so that limits are shortened by one look.
    fn is_overdue(&self, now: Instant, limits: &Limits) -> bool {
        let look = limits.look();
        let past = |since: Instant, limit: Duration| now - since + look > limit;
        match self.seen.phase {
            Phase::Waiting if self.seen.requests > 0 => past(self.since, limits.idle),
            // The kernel's share of the time was over before it came here.
            Phase::Waiting => past(self.since, limits.head.saturating_sub(deferral(limits))),
            Phase::Reading => past(self.since, limits.head),
            Phase::Writing => {
                let (since, before) = self.answer;
                let taken = self.seen.written.wrapping_sub(before);
                let seconds = taken / u64::from(limits.pace.max(1));
                let due = limits.stall + Duration::from_secs(seconds);
                past(self.since, limits.stall) || past(since, due)
            }
            Phase::Leaving => past(self.since, LINGER),
            // Rendering ends by itself.
            Phase::Rendering | Phase::Dismissed => false,
        }
    }

    /// Closes the connection, and counts that. False where it has moved on
    /// since it was looked at.
    fn dismiss(&self, count: Option<&AtomicU64>) -> bool {
        let dismissed = self.progress.dismiss(self.seen.phase);
        if dismissed {
            if let Some(count) = count {
                count.fetch_add(1, Ordering::Relaxed);
            }
            self.abort();
        }
        dismissed
    }

    fn abort(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}
