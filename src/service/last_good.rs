//! The last good schedule, kept as a copy beside the history: what a start
//! with a bad schedule serves.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::schedule;
use crate::source;

/// Begins the copy, so that nobody takes it for the schedule.
const NOTE: &str = "\
# Kopia ostatniego dobrego harmonogramu. Program zapisuje ją sam: zmiany wpisuj w harmonogramie, nie tutaj.
# A copy of the last good schedule. The program writes it itself: edit the schedule, not this.
";

/// The copy beside one history. It is named after the history and not
/// `.yaml`: `schedule.history.last-good`.
#[derive(Debug)]
pub struct LastGood {
    path: PathBuf,
}

impl LastGood {
    /// The copy beside the history at `history`.
    pub fn beside(history: &Path) -> LastGood {
        LastGood {
            path: history.with_extension("last-good"),
        }
    }

    /// The copy's bytes, where there is one.
    pub fn read(&self) -> Option<Vec<u8>> {
        let limit = schedule::LARGEST + NOTE.len();
        let bytes = source::read(&self.path, limit as u64).ok()?;
        bytes.strip_prefix(NOTE.as_bytes()).map(<[u8]>::to_vec)
    }

    /// Keeps a good schedule's bytes, where they are not kept already. Whatever
    /// interrupts this, the copy is the old one or the new one.
    ///
    /// # Errors
    /// It cannot be written, as beside a history that is only read.
    pub fn keep(&self, schedule: &[u8]) -> io::Result<()> {
        if self.read().is_some_and(|kept| kept == schedule) {
            return Ok(());
        }
        let aside = self.path.with_extension("last-good.new");
        let mut file = File::create(&aside)?;
        file.write_all(NOTE.as_bytes())?;
        file.write_all(schedule)?;
        file.sync_all()?;
        fs::rename(&aside, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_copy_comes_back_as_it_was_and_is_no_schedule() {
        let folder = TempDir::new().unwrap();
        let copy = LastGood::beside(&folder.path().join("schedule.history.jsonl"));
        assert_eq!(copy.read(), None);
        for schedule in [&b"\xef\xbb\xbfcalendar: {}\r\n"[..], b"", b"later\n"] {
            copy.keep(schedule).unwrap();
            assert_eq!(copy.read().as_deref(), Some(schedule));
        }
        let names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["schedule.history.last-good"]);
        // Somebody else's file of that name is not served.
        fs::write(folder.path().join("schedule.history.last-good"), "x").unwrap();
        assert_eq!(copy.read(), None);
    }
}
