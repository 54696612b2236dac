//! A file that people edit -> its bytes, each time that they change.
//!
//! The file is looked at four times a second: one stat(2), some two
//! microseconds. That sees every way in which a schedule is replaced (written
//! in place, renamed over, a symbolic link or the `..data` of a `ConfigMap`
//! swapped, on whatever file system) within half a second. A subscription to
//! the kernel's file events sees none of them everywhere, goes deaf when the
//! folder that it watches is replaced, and would need the same looking beside
//! it; it would save half a second and cost seven more crates.

use std::fs;
use std::io::ErrorKind;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

#[cfg(test)]
mod tests;

use crate::source::{Unreadable, read};

/// The time between two looks for which the numbers below are meant.
pub const LOOK: Duration = Duration::from_millis(250);

/// A file that changes with every look is read after so many of them, whole
/// or not: whoever saves without a pause still wants to see it served.
const RESTLESS: u8 = 8;

/// For so many looks after a change the bytes are compared, whatever the
/// file's times say: file systems tell them to two seconds at worst, and a
/// second edit of the same length within that leaves no other trace.
const UNPROVEN: u8 = 8;

/// What tells one state of a file from another without reading it. The time
/// of the last change of the inode is there for copies that keep the time of
/// the last change of the bytes.
#[cfg(unix)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    inode: (u64, u64),
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// Elsewhere files have no inode.
#[cfg(not(unix))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<std::time::SystemTime>,
}

#[cfg(not(unix))]
fn stamp(path: &Path) -> Result<Stamp, ErrorKind> {
    let metadata = fs::metadata(path).map_err(|error| error.kind())?;
    Ok(Stamp {
        length: metadata.len(),
        modified: metadata.modified().ok(),
    })
}

#[cfg(unix)]
fn stamp(path: &Path) -> Result<Stamp, ErrorKind> {
    let metadata = fs::metadata(path).map_err(|error| error.kind())?;
    Ok(Stamp {
        inode: (metadata.dev(), metadata.ino()),
        length: metadata.len(),
        modified: (metadata.mtime(), metadata.mtime_nsec()),
        changed: (metadata.ctime(), metadata.ctime_nsec()),
    })
}

/// What the last reading gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Bytes([u8; 32]),
    Missing,
    NotAFile,
    TooLarge,
    Io(ErrorKind),
}

impl Known {
    fn of(read: &Result<Vec<u8>, Unreadable>) -> Known {
        match read {
            Ok(bytes) => Known::Bytes(Sha256::digest(bytes).into()),
            Err(Unreadable::Missing) => Known::Missing,
            Err(Unreadable::NotAFile) => Known::NotAFile,
            Err(Unreadable::TooLarge { .. }) => Known::TooLarge,
            Err(Unreadable::Io(error)) => Known::Io(error.kind()),
        }
    }
}

/// One file and what is known of it.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    limit: u64,
    known: Option<Known>,
    stamp: Option<Result<Stamp, ErrorKind>>,
    /// Looks since the file was last seen at rest.
    restless: u8,
    /// Looks still to come that compare the bytes.
    unproven: u8,
}

impl Watch {
    /// A watch on `path` that has seen nothing yet. Of a file longer than
    /// `limit` bytes no more than that is ever read.
    pub fn new(path: PathBuf, limit: u64) -> Watch {
        Watch {
            path,
            limit,
            known: None,
            stamp: None,
            restless: 0,
            unproven: 0,
        }
    }

    /// Reads the file now, changed or not: at the start and when asked to.
    ///
    /// # Errors
    /// [`Unreadable`]; the watch goes on all the same.
    pub fn read(&mut self) -> Result<Vec<u8>, Unreadable> {
        self.begin();
        let read = read(&self.path, self.limit);
        self.known = Some(Known::of(&read));
        read
    }

    /// Takes the file as it is now for known, whatever it is.
    pub fn mark_seen(&mut self) {
        self.begin();
        self.known = Some(Known::of(&read(&self.path, self.limit)));
    }

    /// The stamp comes before the bytes: a change while they are read is then
    /// seen later.
    fn begin(&mut self) {
        self.stamp = Some(stamp(&self.path));
        self.restless = 0;
        self.unproven = UNPROVEN;
    }

    /// Looks at the file once, and reads it if it has changed and then been at
    /// rest from the last look to this one: so an editor can finish. `None`
    /// while all is as it was last told; a trouble is told once, and its end by
    /// the bytes, even if they are the old ones.
    pub fn look(&mut self) -> Option<Result<Vec<u8>, Unreadable>> {
        let stamp = Some(stamp(&self.path));
        if stamp != self.stamp {
            self.stamp = stamp;
            self.restless += 1;
            if self.restless < RESTLESS {
                return None;
            }
        }
        if self.restless == 0 {
            self.unproven = self.unproven.checked_sub(1)?;
        } else {
            self.restless = 0;
            self.unproven = UNPROVEN;
        }
        let read = read(&self.path, self.limit);
        let known = Some(Known::of(&read));
        let changed = known != self.known;
        self.known = known;
        changed.then_some(read)
    }
}
