//! A history's file that grows -> the history that it holds, of which only
//! what is new is made again.
//!
//! A file is read to its end each time, and none of it is taken on trust: what
//! stands before the new lines must be, byte for byte, what was read before,
//! or else everything is made anew. To compare the bytes of ten thousand lines
//! takes milliseconds and no memory; to make them into records takes both.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Seek};

use sha2::{Digest, Sha256};

use crate::digest::digest;

use super::known::{History, is_torn};
use super::snapshot::Shared;

/// The whole lines of a file, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Followed {
    history: History,
    shared: Shared,
    lines: usize,
    /// How many bytes the lines have, breaks included.
    length: u64,
    /// Has taken in those bytes.
    digest: Sha256,
}

/// What stands behind the last line break of a file: nothing, the end of what
/// an editor wrote, or a line torn by a crash.
#[derive(Debug, Default)]
pub(super) struct Fragment(Vec<u8>);

impl Fragment {
    /// How many bytes it has.
    pub(super) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    /// Whether nothing of it was ever served.
    pub(super) fn is_torn(&self) -> bool {
        is_torn(&self.0)
    }

    fn tells_nothing(&self) -> bool {
        self.0.is_empty() || self.is_torn()
    }
}

impl Followed {
    /// How many bytes the whole lines have.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Takes in `file` as it is now, from its beginning to its end.
    ///
    /// # Errors
    /// It cannot be read to its end. What was read of it stays known.
    pub(super) fn follow(&mut self, mut file: impl Read + Seek) -> io::Result<Fragment> {
        file.rewind()?;
        if !self.begins(&mut file)? {
            *self = Followed::default();
            file.rewind()?;
        }
        self.read(file)
    }

    /// Whether what was read before is still what `file` begins with.
    fn begins(&self, file: impl Read) -> io::Result<bool> {
        let (digest, length) = digest(file.take(self.length))?;
        Ok(length == self.length && digest.finalize() == self.digest.clone().finalize())
    }

    /// Takes in the lines that `file` still has.
    pub(super) fn read(&mut self, file: impl Read) -> io::Result<Fragment> {
        let mut file = BufReader::with_capacity(BUFFER, file);
        let mut line = Vec::new();
        loop {
            line.clear();
            file.read_until(b'\n', &mut line)?;
            let Some(words) = line.strip_suffix(b"\n") else {
                return Ok(Fragment(line));
            };
            self.lines += 1;
            self.history.add_line(self.lines, words, &mut self.shared);
            self.length += line.len() as u64;
            self.digest.update(&line);
        }
    }

    /// The history of the lines and of the `fragment` behind them.
    pub(super) fn with(&mut self, fragment: &Fragment) -> Cow<'_, History> {
        if fragment.tells_nothing() {
            return Cow::Borrowed(&self.history);
        }
        let mut history = self.history.clone();
        history.add_line(self.lines + 1, &fragment.0, &mut self.shared);
        Cow::Owned(history)
    }

    /// The same for good.
    pub(super) fn into_history(mut self, fragment: &Fragment) -> History {
        if !fragment.tells_nothing() {
            let line = self.lines + 1;
            self.history.add_line(line, &fragment.0, &mut self.shared);
        }
        self.history
    }
}

const BUFFER: usize = 64 << 10;
