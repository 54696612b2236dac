//! An accept that failed -> whether to wait, and how long.

use std::io::{Error, ErrorKind};
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;

/// Whether the error is one client's, who hung up before being accepted: the
/// next accept may well succeed. See accept(2): the kernel hands over errors
/// that were already pending on the new socket.
pub(super) fn concerns_one_client(error: &Error) -> bool {
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

const SHORTEST: Duration = Duration::from_millis(5);
const LONGEST: Duration = Duration::from_millis(250);

/// Between two lines of the log.
const SILENCE: Duration = Duration::from_secs(60);

/// How long to wait after an accept that failed for want of something that
/// only time brings back, such as file descriptors: without a pause the loop
/// would spin and take the processor from those who are being answered.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    last: Option<Duration>,
    logged: Option<Instant>,
}

impl Backoff {
    /// An accept succeeded.
    pub fn reset(&mut self) {
        self.last = None;
    }

    /// What was wanting has just been set free.
    pub fn shorten(&mut self) {
        self.last = self.last.map(|_| Duration::ZERO);
    }

    /// 5 ms after the first failure, twice as long after each further one, at
    /// most 250 ms: whoever waits in the kernel's queue is to be answered
    /// within a second. Logged once in a while; the metric counts each.
    pub async fn wait(&mut self, error: &Error) {
        if self.logs_at(Instant::now()) {
            tracing::warn!(%error, "cannot accept connections for now, trying again");
        }
        pause(self.next()).await;
    }

    /// A house that stays full fails and succeeds in turns, many times a
    /// second: whoever fills it must not fill the log too.
    fn logs_at(&mut self, now: Instant) -> bool {
        let due = self.logged.is_none_or(|logged| now - logged >= SILENCE);
        if due {
            self.logged = Some(now);
        }
        due
    }

    fn next(&mut self) -> Duration {
        let pause = self
            .last
            .map_or(SHORTEST, |last| (last * 2).clamp(SHORTEST, LONGEST));
        self.last = Some(pause);
        pause
    }
}

/// Waits on a thread, of which so few are wanted that the runtime's own timers
/// would cost more.
pub(super) async fn pause(time: Duration) {
    // Only a runtime that is shutting down does not wait.
    let _ = spawn_blocking(move || std::thread::sleep(time)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_start_again() {
        let mut backoff = Backoff::default();
        let pauses: Vec<u128> = (0..8).map(|_| backoff.next().as_millis()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 250, 250]);
        backoff.shorten();
        assert_eq!(backoff.next(), SHORTEST);
        assert!(backoff.last.is_some(), "still the same failure");
        backoff.reset();
        assert_eq!(backoff.next(), SHORTEST);
    }

    #[test]
    fn a_house_that_stays_full_is_logged_once_a_minute() {
        let mut backoff = Backoff::default();
        let start = Instant::now();
        let logged = (0..180).filter(|second| {
            backoff.reset();
            backoff.logs_at(start + Duration::from_secs(*second))
        });
        assert_eq!(logged.collect::<Vec<_>>(), [0, 60, 120]);
    }

    #[test]
    fn only_a_client_that_hung_up_is_passed_over() {
        assert!(concerns_one_client(&ErrorKind::ConnectionAborted.into()));
        assert!(!concerns_one_client(&ErrorKind::OutOfMemory.into()));
        assert!(!concerns_one_client(&Error::other("too many open files")));
    }
}
