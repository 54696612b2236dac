//! The schedule's file: read whole, and written whole or not at all.

use std::fs;
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::Builder;

use crate::digest::hex;
use crate::history::keep_entry;
use crate::schedule;
use crate::source::{Unreadable, read};

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Copy {
    pub(super) bytes: Vec<u8>,
    /// Tells this state of the file from every other.
    pub(super) stamp: String,
}

impl Copy {
    pub(super) fn of(bytes: Vec<u8>) -> Copy {
        let stamp = hex(&Sha256::digest(&bytes)[..16]);
        Copy { bytes, stamp }
    }

    /// Reads the file at `path`.
    ///
    /// # Errors
    /// It is not there, no file, too large, or cannot be read.
    pub(super) fn read(path: &Path) -> Result<Copy, Unreadable> {
        read(path, schedule::LARGEST as u64).map(Copy::of)
    }

    /// The text; `None` where it is not UTF-8.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotSaved {
    /// Somebody else wrote it since it was read.
    #[error("the file is no longer the one that the form was made from")]
    Changed,
    /// It cannot be read any more.
    #[error("the file cannot be read")]
    Read(#[source] Unreadable),
    /// The system refused; the file is as it was.
    #[error("the file cannot be written")]
    Write(#[source] io::Error),
}

/// Replaces the file at `path`, if it is still the one with that `stamp`, by
/// `bytes`: a file beside it is written, synced and renamed over it, so that a
/// kill or a full disk leaves the old one whole. Permissions and owner stay,
/// and so does a symbolic link: its target is replaced.
///
/// # Errors
/// [`NotSaved`]: nothing was changed.
pub(super) fn save(path: &Path, stamp: &str, bytes: &[u8]) -> Result<(), NotSaved> {
    let target: PathBuf = fs::canonicalize(path).map_err(NotSaved::Write)?;
    let folder = target.parent().unwrap_or(Path::new("/"));
    let write = || -> io::Result<tempfile::NamedTempFile> {
        let old = fs::metadata(&target)?;
        let mut beside = Builder::new()
            .prefix(".spotkajmy-")
            .suffix(".yaml")
            .tempfile_in(folder)?;
        beside.write_all(bytes)?;
        // Only root may give a file away; who may not keeps its own.
        #[cfg(unix)]
        let _ = std::os::unix::fs::chown(beside.path(), Some(old.uid()), Some(old.gid()));
        beside.as_file().set_permissions(old.permissions())?;
        beside.as_file().sync_all()?;
        Ok(beside)
    };
    let beside = write().map_err(NotSaved::Write)?;
    if Copy::read(&target).map_err(NotSaved::Read)?.stamp != stamp {
        return Err(NotSaved::Changed);
    }
    beside
        .persist(&target)
        .map_err(|error| NotSaved::Write(error.error))?;
    // The name lasts once its folder does.
    keep_entry(&target).map_err(NotSaved::Write)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_link_and_permissions_stay_and_nothing_is_left_beside_it() {
        let folder = TempDir::new().unwrap();
        let (real, link) = (
            folder.path().join("real.yaml"),
            folder.path().join("link.yaml"),
        );
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        let stamp = Copy::read(&link).unwrap().stamp;
        save(&link, &stamp, b"new").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert!(matches!(
            save(&link, &stamp, b"newer"),
            Err(NotSaved::Changed)
        ));
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
