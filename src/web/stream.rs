//! A client's socket -> the same socket, noting beside it what the client is
//! being waited for.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What a connection is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The client, between two requests.
    Idle,
    /// The client, to send the whole head of a request. So a connection
    /// begins, whether or not anything has come.
    Head,
    /// Us, to make the answer.
    Answer,
    /// The client, to read an answer that the socket has no more room for.
    Reader,
}

/// A connection's [`Phase`] and since when. Written by the connection's task
/// and read by the server's: one atomic number, and no clock or timer for each
/// request.
#[derive(Debug)]
pub(super) struct Activity {
    /// The instant that the milliseconds count from.
    epoch: Instant,
    /// Milliseconds, shifted by two bits that hold the phase; none where the
    /// phase began after the server last looked.
    state: AtomicU64,
}

impl Activity {
    /// A connection that has just been opened.
    pub fn new(epoch: Instant) -> Activity {
        let activity = Activity {
            epoch,
            state: AtomicU64::default(),
        };
        activity.enter_since(Phase::Head, activity.now());
        activity
    }

    /// From now on the connection waits for something else.
    pub fn enter(&self, phase: Phase) {
        self.enter_since(phase, 0);
    }

    /// What it waits for, and for how long it has; a phase that began after
    /// the last look counts from this one.
    pub fn waits(&self) -> (Phase, Duration) {
        let state = self.state.load(Ordering::Relaxed);
        let phase = match state & 3 {
            0 => Phase::Idle,
            1 => Phase::Head,
            2 => Phase::Answer,
            _ => Phase::Reader,
        };
        let (since, now) = (state >> 2, self.now());
        if since == 0 {
            let seen = now << 2 | phase as u64;
            // A failure means that it has gone on meanwhile.
            let _ =
                (self.state).compare_exchange(state, seen, Ordering::Relaxed, Ordering::Relaxed);
            return (phase, Duration::ZERO);
        }
        (phase, Duration::from_millis(now.saturating_sub(since)))
    }

    fn is(&self, phase: Phase) -> bool {
        self.state.load(Ordering::Relaxed) & 3 == phase as u64
    }

    fn enter_since(&self, phase: Phase, since: u64) {
        self.state
            .store(since << 2 | phase as u64, Ordering::Relaxed);
    }

    /// Never 0.
    fn now(&self) -> u64 {
        let elapsed = u64::try_from(self.epoch.elapsed().as_millis());
        elapsed.map_or(u64::MAX >> 2, |elapsed| elapsed + 1)
    }
}

/// A socket with its [`Activity`].
pub(super) struct Stream {
    socket: TcpStream,
    activity: Arc<Activity>,
    /// What a reader must take on average, in bytes a second.
    pace: u64,
    /// Bytes written since the socket last took all that there was.
    written: u64,
    /// Since when the socket has had no room, and what had been written then.
    full: Option<(u64, u64)>,
    /// When it last took something.
    taken: u64,
}

impl Stream {
    pub fn new(socket: TcpStream, activity: Arc<Activity>, pace: u32) -> Stream {
        Stream {
            socket,
            activity,
            pace: u64::from(pace.max(1)),
            written: 0,
            full: None,
            taken: 0,
        }
    }

    fn note_write(&mut self, result: &Poll<io::Result<usize>>) {
        match result {
            Poll::Ready(Ok(bytes)) => {
                self.written += *bytes as u64;
                if self.full.is_some() {
                    self.taken = self.activity.now();
                }
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                let (since, before) = *self.full.get_or_insert_with(|| {
                    self.taken = self.activity.now();
                    (self.taken, self.written)
                });
                // A reader that takes a byte now and then has stalled as well:
                // it is held to a pace.
                let paid = (self.written - before) * 1_000 / self.pace;
                let since = self.taken.min(since + paid);
                self.activity.enter_since(Phase::Reader, since);
            }
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = ready!(Pin::new(&mut self.socket).poll_read(context, buffer));
        if buffer.filled().len() > before && self.activity.is(Phase::Idle) {
            self.activity.enter(Phase::Head);
        }
        Poll::Ready(read)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.note_write(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(context, slices);
        self.note_write(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    /// hyper asks for this once the socket has taken all that there was, and
    /// also when there was nothing.
    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.written > 0 {
            self.written = 0;
            self.full = None;
            self.activity.enter(Phase::Idle);
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
