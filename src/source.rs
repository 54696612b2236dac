//! Where a schedule is -> its bytes. No more of a file is read than it may be
//! long.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::schedule;

/// The schedule that the program was built with.
const EMBEDDED_SCHEDULE: &[u8] = include_bytes!("../data/schedule.yaml");

/// Where a schedule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The one that the program was built with.
    Embedded,
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// The file at `path`; `-` is standard input.
    pub fn named(path: &Path) -> Source {
        if path == Path::new("-") {
            Source::Stdin
        } else {
            Source::File(path.to_owned())
        }
    }

    /// The schedule's bytes, at most one more than a schedule may have.
    ///
    /// # Errors
    /// Why there are none.
    pub fn read(&self) -> Result<Vec<u8>, Unreadable> {
        self.read_within(schedule::LARGEST as u64)
    }

    /// The bytes, `limit` of them at most.
    ///
    /// # Errors
    /// [`Unreadable`], also where there are more.
    pub fn read_within(&self, limit: u64) -> Result<Vec<u8>, Unreadable> {
        match self {
            Source::Embedded => Ok(EMBEDDED_SCHEDULE.to_vec()),
            Source::Stdin => bounded(io::stdin().lock(), limit),
            Source::File(path) => read(path, limit),
        }
    }

    /// What reports call it.
    pub fn name(&self) -> String {
        match self {
            Source::Embedded => "<embedded>".to_owned(),
            Source::Stdin => "<stdin>".to_owned(),
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
    // Asked before it is opened: opening a named pipe waits for a writer.
    if !fs::metadata(path).map_err(Unreadable::of)?.is_file() {
        return Err(Unreadable::NotAFile);
    }
    bounded(File::open(path).map_err(Unreadable::of)?, limit)
}

fn bounded(file: impl Read, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(Unreadable::of)?;
    if bytes.len() as u64 > limit {
        return Err(Unreadable::TooLarge { limit });
    }
    Ok(bytes)
}
