//! The history's file: the only part of the history that touches a disk.
//!
//! It is only ever appended to, under a lock of its own, and what was
//! appended is on the disk before anyone is served it. Nothing in it is
//! replaced: a line torn by a crash, which nobody was served, is cut off, and
//! whatever else cannot be read stays.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Seek, Write};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sha2::Digest;

use crate::digest::digest;
use crate::schedule::Schedule;

use super::past::{History, Tail};
use super::record::Record;
use super::{OtherCalendar, Outcome, Terms, Warning, publish};

/// How often, and how many times, to ask for the lock: two seconds in all.
/// Whoever holds it honestly is done within a fraction of one.
const LOCK_PAUSE: Duration = Duration::from_millis(10);
const LOCK_ATTEMPTS: u32 = 200;

/// The file of a history, and what this process has served from it.
#[derive(Debug)]
pub struct HistoryFile {
    path: PathBuf,
    /// What was served last. Where it could not be written, or the file lost
    /// it since (a `git checkout` under a running server), it is written with
    /// the next publication: no stamp that anyone saw goes back.
    served: Arc<History>,
    /// The digest of the file when it held all that was served and no more: a
    /// file that is still the same need not be read into memory again.
    known: Option<Vec<u8>>,
}

/// What a publication over the file gave.
#[derive(Debug)]
pub struct Saved {
    /// What is published, whether or not it could be written. Its `records`
    /// are those of this comparison; lines that could not be read are in its
    /// `history`.
    pub outcome: Outcome,
    /// How many lines the file got.
    pub written: usize,
    /// Why the file does not hold all that is served; `None` where it does.
    /// To publish the same schedule again tries again.
    pub failure: Option<NotWritten>,
}

/// Why the history was not written: what is served is kept in memory only.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// It could not be opened, read or created.
    #[error("cannot open the history {}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another process held its lock for all of two seconds.
    #[error("another process keeps the history {} locked", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// It could not be written, or not be made to last.
    #[error("cannot write the history {}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl HistoryFile {
    /// The history kept in the file at `path`, which need not exist.
    pub fn new(path: PathBuf) -> HistoryFile {
        HistoryFile {
            path,
            served: Arc::default(),
            known: None,
        }
    }

    /// Where the history of the schedule at `schedule` is kept where nothing
    /// else is asked for: `schedule.yaml` has its `schedule.history.jsonl`.
    pub fn path_beside(schedule: &Path) -> PathBuf {
        schedule.with_extension("history.jsonl")
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the file holds now, without its lock and without a change to it:
    /// for those who only compare. A file that does not exist holds nothing.
    /// One that still holds what was served is not read into memory again.
    ///
    /// # Errors
    /// The file cannot be opened or read.
    pub fn read(&self) -> Result<Arc<History>, NotWritten> {
        if self.known.is_some() && self.known == digest_at(&self.path).ok() {
            return Ok(self.served.clone());
        }
        let (history, _) = read_unlocked(&self.path).map_err(|source| self.not_open(source))?;
        Ok(Arc::new(history))
    }

    fn not_open(&self, source: io::Error) -> NotWritten {
        let path = self.path.clone();
        NotWritten::Open { path, source }
    }

    /// Publishes `schedule` as [`publish`] does, over what the file holds,
    /// and appends what it does not hold yet. Other processes that publish
    /// over the same file wait for this one, two seconds at most.
    ///
    /// # Errors
    /// The history is that of another calendar; nothing was written.
    pub fn publish(
        &mut self,
        schedule: &Schedule,
        terms: &Terms<'_>,
        now: DateTime<Utc>,
    ) -> Result<Saved, OtherCalendar> {
        let opened = self.open_locked();
        let read = match &opened {
            Ok(file) => self.read_again(file),
            // What cannot be written may still be read.
            Err(_) => read_unlocked(&self.path).map(|(history, tail)| (Arc::new(history), tail)),
        };
        let mut missing = Vec::new();
        let (history, tail) = match read {
            Ok((mut history, tail)) => {
                missing = history.missing(&self.served);
                if !missing.is_empty() {
                    let history = Arc::make_mut(&mut history);
                    for record in &missing {
                        history.add(Record::clone(record));
                    }
                }
                (history, Ok(tail))
            }
            Err(error) => (self.served.clone(), Err(error)),
        };
        let held = history.newest();
        let mut outcome = publish(schedule, &history, terms, now)?;
        if tail.is_err() {
            // What cannot be read may still be there.
            outcome.warnings.retain(|it| *it != Warning::NoHistory);
        }
        // Of an older history the first digests of its feeds are of use, but
        // no subscriber misses anything without them.
        let is_needed = |record: &Record| Some(record.at) > held;
        let is_complete = missing.is_empty() && !outcome.records.iter().any(is_needed);
        let unwritten = missing.into_iter().chain(&outcome.records);
        let unwritten: Vec<String> = unwritten.map(Record::to_line).collect();
        self.served = outcome.history.clone();
        self.known = None;

        let written = match (opened, tail) {
            (Ok(file), Ok(tail)) => match append(&file, &tail, unwritten.concat()) {
                Ok(()) => {
                    self.known = digest_of(&file).ok();
                    Ok(unwritten.len())
                }
                Err(source) => Err(NotWritten::Write {
                    path: self.path.clone(),
                    source,
                }),
            },
            (Ok(_), Err(source)) => Err(self.not_open(source)),
            // How a container is deployed whose history was published before.
            (Err(_), Ok(_)) if is_complete => Ok(0),
            (Err(error), _) => Err(error),
        };
        Ok(Saved {
            outcome,
            written: *written.as_ref().unwrap_or(&0),
            failure: written.err(),
        })
    }

    /// What the locked `file` holds.
    fn read_again(&self, mut file: &File) -> io::Result<(Arc<History>, Tail)> {
        if self.known.is_some() {
            if self.known == Some(digest_of(file)?) {
                let length = file.metadata()?.len();
                return Ok((self.served.clone(), Tail::none_after(length)));
            }
            file.rewind()?;
        }
        let (history, tail) = History::read_lines(BufReader::new(file))?;
        Ok((Arc::new(history), tail))
    }

    /// The file, created where it does not exist, locked against every other
    /// process until it is closed.
    fn open_locked(&self) -> Result<File, NotWritten> {
        let failed = |source| self.not_open(source);
        refuse_pipes(&self.path).map_err(failed)?;
        for _ in 0..LOCK_ATTEMPTS {
            let mut options = OpenOptions::new();
            options.read(true).append(true).create(true);
            let file = options.open(&self.path).map_err(failed)?;
            match file.try_lock() {
                // `git` replaces files: the lock must be that of the file
                // which stands at the path now.
                Ok(()) if is_at(&file, &self.path) => {
                    // Also where whoever created it was stopped before this.
                    if file.metadata().map_err(failed)?.len() == 0 {
                        keep_entry(&self.path).map_err(failed)?;
                    }
                    return Ok(file);
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
                Err(TryLockError::Error(source)) => return Err(failed(source)),
            }
        }
        Err(NotWritten::Locked {
            path: self.path.clone(),
        })
    }
}

/// What the file at `path` holds; one that does not exist holds nothing.
fn read_unlocked(path: &Path) -> io::Result<(History, Tail)> {
    refuse_pipes(path)?;
    match File::open(path) {
        Ok(file) => History::read_lines(BufReader::new(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => History::read_lines(io::empty()),
        Err(error) => Err(error),
    }
}

/// The digest of the file at `path`.
fn digest_at(path: &Path) -> io::Result<Vec<u8>> {
    refuse_pipes(path)?;
    digest_of(&File::open(path)?)
}

/// The digest of all that `file` holds.
fn digest_of(mut file: &File) -> io::Result<Vec<u8>> {
    file.rewind()?;
    let (digest, _) = digest(file)?;
    Ok(digest.finalize().to_vec())
}

/// An error where something else than a file stands at the path: to open a
/// pipe would wait for whoever is at its other end, for ever.
pub(crate) fn refuse_pipes(path: &Path) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("it is not a regular file"));
    }
    Ok(())
}

/// Appends `lines` to the locked `file`, which ends with `tail`, and waits
/// until the disk has them, and whatever another process left to it. A file
/// that cannot take all of them is as long as before.
fn append(mut file: &File, tail: &Tail, mut lines: String) -> io::Result<()> {
    let whole_lines = tail.whole_lines;
    let mut length = whole_lines + tail.len();
    if tail.is_torn() {
        length = whole_lines;
        file.set_len(length)?;
    }
    if length > whole_lines {
        // An editor left the last line without its break.
        lines.insert(0, '\n');
    }
    file.write_all(lines.as_bytes())
        .and_then(|()| file.sync_all())
        .inspect_err(|_| {
            // A full disk takes a part of a line; to take it back needs no room.
            // Where even that fails, the next publication cuts it off.
            let _ = file.set_len(length);
        })
}

/// Whether `file` is the one that stands at `path`, not one that was replaced
/// since it was opened.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(opened), Ok(found)) => (opened.dev(), opened.ino()) == (found.dev(), found.ino()),
        _ => false,
    }
}

/// Elsewhere an open file is not replaced.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// Waits until the disk has the name of a new file.
#[cfg(unix)]
pub(crate) fn keep_entry(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Elsewhere a folder cannot be opened, and a name lasts with its file.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as where a folder can be opened")]
pub(crate) fn keep_entry(_path: &Path) -> io::Result<()> {
    Ok(())
}
