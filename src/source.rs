//! Where a schedule is -> its bytes. No more of a file is read than it may be
//! long.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::Digest;
use thiserror::Error;

use crate::digest::digest;
use crate::schedule;

/// The schedule that the program was built with.
const EMBEDDED_SCHEDULE: &[u8] = include_bytes!("../data/schedule.yaml");

/// Where the schedule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The one that the program was built with.
    Embedded,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// The schedule's bytes, as far as one may be long.
    ///
    /// # Errors
    /// Why there are none.
    pub fn read(&self) -> Result<Vec<u8>, Unreadable> {
        match self {
            Source::Embedded => Ok(EMBEDDED_SCHEDULE.to_vec()),
            Source::File(path) => read(path, schedule::LARGEST as u64),
        }
    }

    /// What reports call it.
    pub fn name(&self) -> String {
        match self {
            Source::Embedded => "schedule.yaml".to_owned(),
            Source::File(path) => path.display().to_string(),
        }
    }
}

/// Why there are no bytes.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// Nothing is there, or not any more.
    #[error("the file is not there")]
    Missing,
    /// What is there is a directory, a device or the like.
    #[error("it is not a file")]
    NotAFile,
    /// The file is longer than it may be.
    #[error("the file is longer than {limit} bytes")]
    TooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The system does not let it be read.
    #[error("the file cannot be read")]
    Io(#[source] io::Error),
}

impl Unreadable {
    fn of(error: io::Error) -> Unreadable {
        match error.kind() {
            // A part of the path that is a file, or a link to nothing.
            ErrorKind::NotFound | ErrorKind::NotADirectory => Unreadable::Missing,
            _ => Unreadable::Io(error),
        }
    }
}

/// Reads a whole file, following symbolic links, but no more than `limit`
/// bytes.
///
/// # Errors
/// [`Unreadable`], also where the file is longer.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(Unreadable::of)?;
    if bytes.len() as u64 > limit {
        return Err(Unreadable::TooLarge { limit });
    }
    Ok(bytes)
}

/// The digest of the bytes that [`read`] gives, without holding them all.
pub fn digest_of(path: &Path, limit: u64) -> Result<[u8; 32], Unreadable> {
    let file = open(path)?.take(limit.saturating_add(1));
    let (digest, length) = digest(file).map_err(Unreadable::of)?;
    if length > limit {
        return Err(Unreadable::TooLarge { limit });
    }
    Ok(digest.finalize().into())
}

fn open(path: &Path) -> Result<File, Unreadable> {
    // Asked before it is opened: opening a named pipe waits for a writer.
    if !fs::metadata(path).map_err(Unreadable::of)?.is_file() {
        return Err(Unreadable::NotAFile);
    }
    File::open(path).map_err(Unreadable::of)
}
