//! What the server counts by itself, for the metrics to read.

use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers since the start, and how many connections are open now.
#[derive(Debug, Default)]
pub struct Counts {
    pub(super) accepted: AtomicU64,
    pub(super) closed: AtomicU64,
    pub(super) accept_errors: AtomicU64,
    pub(super) malformed: AtomicU64,
    pub(super) slow_heads: AtomicU64,
    pub(super) stalled_readers: AtomicU64,
    pub(super) idle: AtomicU64,
    pub(super) made_room: AtomicU64,
}

impl Counts {
    /// Connections accepted.
    pub fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    /// Connections open now.
    pub fn open(&self) -> u64 {
        let closed = self.closed.load(Ordering::Acquire);
        self.accepted().saturating_sub(closed)
    }

    /// Times that the system gave no connection although one was there, such
    /// as for want of file descriptors.
    pub fn accept_errors(&self) -> u64 {
        self.accept_errors.load(Ordering::Relaxed)
    }

    /// Connections that ended with something that is no HTTP/1 request.
    pub fn malformed(&self) -> u64 {
        self.malformed.load(Ordering::Relaxed)
    }

    /// Connections closed by the server, with the reason as the metrics name
    /// it.
    pub fn let_go(&self) -> [(&'static str, u64); 4] {
        [
            ("slow-request", &self.slow_heads),
            ("stalled-reader", &self.stalled_readers),
            ("idle", &self.idle),
            ("made-room", &self.made_room),
        ]
        .map(|(reason, count)| (reason, count.load(Ordering::Relaxed)))
    }
}
