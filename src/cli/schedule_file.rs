//! The schedule that a command which takes `[FILE]` is asked about.

use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::arguments::{Common, Report};
use super::fail;
use super::speech::refuse;
use crate::history::History;
use crate::review::review;
use crate::schedule::{self, Reading};
use crate::source::Source;
use crate::texts::Language;

/// Where a schedule is found that nobody named.
const HERE: &str = "schedule.yaml";

/// A schedule's bytes and what reports call them.
pub struct ScheduleFile {
    /// Where it is.
    pub source: Source,
    /// The file's name as it was told.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Where the asked schedule is: the named file, else `--schedule`, else
/// `schedule.yaml` in the current folder, else the one that the program was
/// built with.
pub fn source(common: &Common, file: Option<&Path>) -> Source {
    let here = || {
        // One that leads nowhere is there too, and is reported.
        let here = Path::new(HERE);
        here.symlink_metadata().is_ok().then_some(here)
    };
    file.or(common.schedule.as_deref())
        .or_else(here)
        .map_or(Source::Embedded, Source::named)
}

/// Reads the asked schedule.
///
/// # Errors
/// It cannot be read, which was told: 2.
pub fn read(common: &Common, asked: &Report) -> Result<ScheduleFile, ExitCode> {
    let source = source(common, asked.file.as_deref());
    let name = source.name();
    match source.read() {
        Ok(bytes) => Ok(ScheduleFile {
            source,
            name,
            bytes,
        }),
        Err(error) => Err(fail(&name, &error)),
    }
}

impl ScheduleFile {
    /// The schedule, where it has no problems.
    ///
    /// # Errors
    /// It has, which were told: 1.
    pub fn good(&self, language: Language, now: DateTime<Utc>) -> Result<Reading, ExitCode> {
        schedule::read(&self.bytes, now.date_naive())
            .map_err(|rejected| refuse(&self.name, &self.bytes, &rejected, language))
    }

    /// The same, looked at beside its history too.
    ///
    /// # Errors
    /// It has problems there, which were told: 1.
    pub fn reviewed(
        &self,
        reading: Reading,
        history: &History,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Reading, ExitCode> {
        review(reading, history, now)
            .map_err(|rejected| refuse(&self.name, &self.bytes, &rejected, language))
    }
}

/// The line that whatever is for people begins with: which schedule it is of.
pub fn first_line(source: &Source, language: Language) -> String {
    let name = source.name();
    match (source, language) {
        (Source::Embedded, Language::Polish) => {
            format!("{name}: harmonogram wbudowany w program\n")
        }
        (Source::Embedded, _) => format!("{name}: the schedule that the program was built with\n"),
        _ => format!("{name}\n"),
    }
}
