//! The schedule that `check`, `changes` and `publish` are asked about.

use std::io::Read;
use std::path::Path;

use super::arguments::{Common, Report};
use crate::schedule;
use crate::source::Source;
use crate::source::Unreadable;

/// A schedule's bytes and what reports call them.
pub struct ScheduleFile {
    /// The file's name as it was told.
    pub name: String,
    /// Its bytes, at most one more than a schedule may have.
    pub bytes: Vec<u8>,
}

/// Where the asked schedule comes from: the named file, else `--schedule`,
/// else the one that the program was built with.
pub fn source(common: &Common, asked: &Report) -> Source {
    asked
        .file
        .clone()
        .or_else(|| common.schedule.clone())
        .map_or(Source::Embedded, Source::File)
}

/// Reads the asked schedule; `-` is standard input.
///
/// # Errors
/// The name of what cannot be read, and why.
pub fn read(common: &Common, asked: &Report) -> Result<ScheduleFile, (String, Unreadable)> {
    let source = source(common, asked);
    let name = source.name();
    if source == Source::File(Path::new("-").to_owned()) {
        let mut bytes = Vec::new();
        let most = schedule::LARGEST as u64 + 1;
        return match std::io::stdin().lock().take(most).read_to_end(&mut bytes) {
            Ok(_) => Ok(ScheduleFile {
                name: "<stdin>".to_owned(),
                bytes,
            }),
            Err(error) => Err(("<stdin>".to_owned(), Unreadable::Io(error))),
        };
    }
    match source.read() {
        Ok(bytes) => Ok(ScheduleFile { name, bytes }),
        Err(error) => Err((name, error)),
    }
}
