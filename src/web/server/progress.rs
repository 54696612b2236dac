//! What one connection is doing, told by the connection and read by the
//! roster, without a clock, a lock or a timer on the way of a request.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Nothing: no byte of a next request has come.
    Waiting,
    /// A request has begun to come.
    Reading,
    /// The answer is being made.
    Rendering,
    /// The answer is being sent.
    Writing,
    /// The last answer is out; what the client still sends is thrown away.
    Leaving,
    /// The roster has decided to close the connection.
    Dismissed,
}

impl Phase {
    const ALL: [Phase; 6] = [
        Phase::Waiting,
        Phase::Reading,
        Phase::Rendering,
        Phase::Writing,
        Phase::Leaving,
        Phase::Dismissed,
    ];

    fn from_byte(byte: u8) -> Phase {
        Phase::ALL
            .into_iter()
            .find(|phase| *phase as u8 == byte)
            .unwrap_or(Phase::Dismissed)
    }
}

/// Written by one connection's task, read by the roster. The numbers wrap:
/// only whether they changed is ever asked.
#[derive(Debug, Default)]
pub(super) struct Progress {
    phase: AtomicU8,
    requests: AtomicU32,
    written: AtomicU64,
    unread: AtomicBool,
}

/// A [`Progress`] at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Snapshot {
    /// What the connection was doing.
    pub phase: Phase,
    /// How many requests had come whole.
    pub requests: u32,
    /// How many bytes of answers the socket had taken.
    pub written: u64,
}

impl Progress {
    /// What the connection is doing and how far it got.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            phase: Phase::from_byte(self.phase.load(Ordering::Acquire)),
            requests: self.requests.load(Ordering::Relaxed),
            written: self.written.load(Ordering::Relaxed),
        }
    }

    /// Closes the connection for good if it is still in `phase`: afterwards no
    /// request on it is answered. False where it has moved on.
    pub fn dismiss(&self, phase: Phase) -> bool {
        self.moves(phase, Phase::Dismissed)
    }

    /// Bytes have come.
    pub fn read(&self) {
        if self.phase.load(Ordering::Relaxed) == Phase::Waiting as u8 {
            self.moves(Phase::Waiting, Phase::Reading);
        }
    }

    /// A request is whole. False where the connection was dismissed a moment
    /// before: then nobody would wait for the answer to be sent.
    pub fn begin(&self) -> bool {
        let phase = self.phase.swap(Phase::Rendering as u8, Ordering::AcqRel);
        if phase == Phase::Dismissed as u8 {
            self.phase.store(phase, Ordering::Release);
            return false;
        }
        let requests = self.requests.load(Ordering::Relaxed);
        self.requests
            .store(requests.wrapping_add(1), Ordering::Relaxed);
        true
    }

    /// The answer is made.
    pub fn answer(&self) {
        self.phase.store(Phase::Writing as u8, Ordering::Release);
    }

    /// The socket took `bytes` more.
    pub fn wrote(&self, bytes: usize) {
        let written = self.written.load(Ordering::Relaxed);
        self.written
            .store(written.wrapping_add(bytes as u64), Ordering::Relaxed);
    }

    /// The socket has taken all there was.
    pub fn flushed(&self) {
        if self.phase.load(Ordering::Relaxed) == Phase::Writing as u8 {
            // A stalled reader may be dismissed at this very moment.
            self.moves(Phase::Writing, Phase::Waiting);
        }
    }

    /// The request has a body, which nobody will read.
    pub fn leave_unread(&self) {
        self.unread.store(true, Ordering::Relaxed);
    }

    /// Whether the client may still be sending what nobody will read.
    pub fn left_unread(&self) -> bool {
        self.unread.load(Ordering::Relaxed)
    }

    /// Nothing more is answered on the connection.
    pub fn leave(&self) {
        self.phase.store(Phase::Leaving as u8, Ordering::Release);
    }

    fn moves(&self, from: Phase, to: Phase) -> bool {
        self.phase
            .compare_exchange(from as u8, to as u8, Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_goes_round() {
        let progress = Progress::default();
        let phase = || progress.snapshot().phase;
        assert_eq!(phase(), Phase::Waiting);
        progress.read();
        assert_eq!(phase(), Phase::Reading);
        assert!(progress.begin());
        assert_eq!(phase(), Phase::Rendering);
        progress.flushed();
        assert_eq!(phase(), Phase::Rendering, "nothing was sent yet");
        progress.answer();
        progress.wrote(7);
        assert_eq!(phase(), Phase::Writing);
        progress.flushed();
        let end = progress.snapshot();
        assert_eq!(
            (end.phase, end.requests, end.written),
            (Phase::Waiting, 1, 7)
        );
    }

    #[test]
    fn who_is_dismissed_is_not_answered_and_who_is_answered_not_dismissed() {
        let progress = Progress::default();
        assert!(progress.dismiss(Phase::Waiting));
        progress.read();
        assert!(!progress.begin());
        assert_eq!(progress.snapshot().phase, Phase::Dismissed);

        let progress = Progress::default();
        assert!(progress.begin());
        assert!(!progress.dismiss(Phase::Waiting));
        assert_eq!(progress.snapshot().phase, Phase::Rendering);
    }
}
