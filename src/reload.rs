//! A file that people edit -> its bytes, each time that they change.
//!
//! The file is looked at four times a second: one stat(2), some two
//! microseconds. That sees every way in which a schedule is replaced (written
//! in place, renamed over, a symbolic link or the `..data` of a `ConfigMap`
//! swapped, on whatever file system) within half a second. A subscription to
//! the kernel's file events sees none of them everywhere, goes deaf when the
//! folder that it watches is replaced, and would need the same looking beside
//! it; it would save half a second and cost seven more crates.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::digest::digest;

/// The time between two looks for which the numbers below are meant.
pub const LOOK: Duration = Duration::from_millis(250);

/// A file that changes with every look is read after so many of them, whole
/// or not: whoever saves without a pause still wants to see it served.
const RESTLESS: u8 = 8;

/// For so many looks after a change the bytes are compared, whatever the
/// file's times say: file systems tell them to two seconds at worst, and a
/// second edit of the same length within that leaves no other trace.
const UNPROVEN: u8 = 8;

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
fn digest_of(path: &Path, limit: u64) -> Result<[u8; 32], Unreadable> {
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

/// What tells one state of a file from another without reading it. The time
/// of the last change of the inode is there for copies that keep the time of
/// the last change of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    inode: (u64, u64),
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

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
            Err(error) => Known::trouble(error),
        }
    }

    fn trouble(error: &Unreadable) -> Known {
        match error {
            Unreadable::Missing => Known::Missing,
            Unreadable::NotAFile => Known::NotAFile,
            Unreadable::TooLarge { .. } => Known::TooLarge,
            Unreadable::Io(error) => Known::Io(error.kind()),
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

    /// The file that is watched.
    pub fn path(&self) -> &Path {
        &self.path
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
    pub fn overlook(&mut self) {
        self.begin();
        self.known = Some(self.now());
    }

    /// The stamp comes before the bytes: a change while they are read is then
    /// seen later.
    fn begin(&mut self) {
        self.stamp = Some(stamp(&self.path));
        self.restless = 0;
        self.unproven = UNPROVEN;
    }

    fn now(&self) -> Known {
        match digest_of(&self.path, self.limit) {
            Ok(digest) => Known::Bytes(digest),
            Err(error) => Known::trouble(&error),
        }
    }

    /// Looks at the file once, and reads it if it has changed and then been at
    /// rest from the last look to this one: so an editor can finish. `None`
    /// while all is as it was last told; a trouble is told once, and its end by
    /// the bytes, even if they are the old ones.
    pub fn look(&mut self) -> Option<Result<Vec<u8>, Unreadable>> {
        if !self.has_changed() {
            return None;
        }
        // It may have changed again: what is told is what is known.
        let read = read(&self.path, self.limit);
        self.known = Some(Known::of(&read));
        Some(read)
    }

    /// As [`Watch::look`], for those who do not need the bytes.
    pub fn has_changed(&mut self) -> bool {
        let stamp = Some(stamp(&self.path));
        if stamp != self.stamp {
            self.stamp = stamp;
            self.restless += 1;
            if self.restless < RESTLESS {
                return false;
            }
        }
        if self.restless == 0 {
            let Some(left) = self.unproven.checked_sub(1) else {
                return false;
            };
            self.unproven = left;
        } else {
            self.restless = 0;
            self.unproven = UNPROVEN;
        }
        let known = Some(self.now());
        let changed = known != self.known;
        self.known = known;
        changed
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{OpenOptions, Permissions};
    use std::io::Write;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// A folder of its own for one test, gone with it.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let name = format!("spotkajmy-reload-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }

        fn write(&self, name: &str, text: &str) -> PathBuf {
            fs::write(self.at(name), text).unwrap();
            self.at(name)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn watch(path: &Path) -> Watch {
        let mut watch = Watch::new(path.to_owned(), 100);
        let _ = watch.read();
        watch
    }

    /// What two looks tell: the first sees the change, the second the rest.
    fn news(watch: &mut Watch) -> Option<String> {
        let first = watch.look();
        let news = first.or_else(|| watch.look())?;
        Some(match news {
            Ok(bytes) => String::from_utf8(bytes).unwrap(),
            Err(error) => error.to_string(),
        })
    }

    fn check(watch: &mut Watch, expected: &str) {
        assert_eq!(news(watch).as_deref(), Some(expected));
        assert_eq!(news(watch), None, "told once");
    }

    #[test]
    fn an_edit_is_seen_however_it_is_saved() {
        let folder = Folder::new("saves");
        let path = folder.write("schedule.yaml", "one");
        let mut watch = watch(&path);
        assert_eq!(news(&mut watch), None);

        folder.write("schedule.yaml", "in place");
        check(&mut watch, "in place");

        fs::rename(folder.write("new", "renamed"), &path).unwrap();
        check(&mut watch, "renamed");
        fs::rename(folder.write("new", "again"), &path).unwrap();
        check(&mut watch, "again");

        fs::rename(&path, folder.at("backup~")).unwrap();
        folder.write("schedule.yaml", "with a backup");
        check(&mut watch, "with a backup");

        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b", longer").unwrap();
        check(&mut watch, "with a backup, longer");
    }

    #[test]
    fn a_touch_is_no_edit() {
        let folder = Folder::new("touch");
        let path = folder.write("schedule.yaml", "one");
        let mut watch = watch(&path);
        folder.write("schedule.yaml", "one");
        assert_eq!(news(&mut watch), None);
    }

    #[test]
    fn an_edit_that_leaves_no_trace_in_the_times_is_seen() {
        let folder = Folder::new("times");
        let path = folder.write("schedule.yaml", "one");
        let mut watch = watch(&path);
        fs::write(&path, "two").unwrap();
        // As if the file system told the time no finer.
        watch.stamp = Some(stamp(&path));
        check(&mut watch, "two");
    }

    #[test]
    fn nothing_is_read_while_nothing_changes() {
        let folder = Folder::new("rest");
        let path = folder.write("schedule.yaml", "one");
        let mut watch = watch(&path);
        for _ in 0..UNPROVEN {
            assert!(watch.look().is_none());
        }
        fs::write(&path, "two").unwrap();
        watch.stamp = Some(stamp(&path));
        assert!(watch.look().is_none(), "the stamp is all that it looks at");
    }

    #[test]
    fn what_is_overlooked_is_no_news_and_what_follows_is() {
        let folder = Folder::new("overlooked");
        let path = folder.write("schedule.yaml", "one");
        let mut watch = watch(&path);
        fs::write(&path, "by this process").unwrap();
        watch.overlook();
        assert_eq!(news(&mut watch), None);
        fs::write(&path, "by another one").unwrap();
        assert!((0..UNPROVEN).any(|_| watch.has_changed()));
        assert_eq!(news(&mut watch), None);
        fs::remove_file(&path).unwrap();
        watch.overlook();
        assert_eq!(news(&mut watch), None);
        fs::write(&path, "again").unwrap();
        check(&mut watch, "again");
    }

    #[test]
    fn a_swapped_config_map_is_seen() {
        let folder = Folder::new("config-map");
        for (data, text) in [("..1", "one"), ("..2", "two")] {
            fs::create_dir(folder.at(data)).unwrap();
            folder.write(&format!("{data}/schedule.yaml"), text);
        }
        symlink("..1", folder.at("..data")).unwrap();
        symlink("..data/schedule.yaml", folder.at("schedule.yaml")).unwrap();
        let mut watch = watch(&folder.at("schedule.yaml"));

        symlink("..2", folder.at("..tmp")).unwrap();
        fs::rename(folder.at("..tmp"), folder.at("..data")).unwrap();
        fs::remove_dir_all(folder.at("..1")).unwrap();
        check(&mut watch, "two");

        folder.write("..2/schedule.yaml", "the link's target");
        check(&mut watch, "the link's target");
    }

    #[test]
    fn whatever_becomes_of_the_file_it_is_found_again() {
        let folder = Folder::new("lost");
        fs::create_dir(folder.at("a")).unwrap();
        let path = folder.write("a/schedule.yaml", "one");
        let mut watch = watch(&path);

        fs::remove_file(&path).unwrap();
        check(&mut watch, "the file is not there");
        fs::write(&path, "one").unwrap();
        check(&mut watch, "one");

        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        check(&mut watch, "it is not a file");
        fs::remove_dir(&path).unwrap();
        fs::write(&path, "two").unwrap();
        check(&mut watch, "two");

        fs::remove_dir_all(folder.at("a")).unwrap();
        check(&mut watch, "the file is not there");
        fs::write(folder.at("a"), "the folder is a file").unwrap();
        assert_eq!(news(&mut watch), None, "it is still not there");
        fs::remove_file(folder.at("a")).unwrap();
        fs::create_dir(folder.at("a")).unwrap();
        fs::write(&path, "three").unwrap();
        check(&mut watch, "three");

        fs::write(&path, "x".repeat(101)).unwrap();
        check(&mut watch, "the file is longer than 100 bytes");
        fs::write(&path, "x".repeat(100)).unwrap();
        check(&mut watch, &"x".repeat(100));

        symlink(&path, folder.at("loop")).unwrap();
        fs::remove_file(&path).unwrap();
        symlink(folder.at("loop"), &path).unwrap();
        check(&mut watch, "the file cannot be read");
    }

    #[test]
    fn a_file_that_may_not_be_read_is_told() {
        let folder = Folder::new("rights");
        let path = folder.write("schedule.yaml", "one");
        let mut watch = watch(&path);
        fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
        if File::open(&path).is_ok() {
            return; // The superuser may read everything.
        }
        check(&mut watch, "the file cannot be read");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        check(&mut watch, "one");
    }

    #[test]
    fn who_saves_without_a_pause_is_heard_all_the_same() {
        let folder = Folder::new("restless");
        let path = folder.write("schedule.yaml", "");
        let mut watch = watch(&path);
        let heard = (1..=usize::from(RESTLESS)).find(|looks| {
            fs::write(&path, "x".repeat(*looks)).unwrap();
            watch.look().is_some()
        });
        assert_eq!(heard, Some(usize::from(RESTLESS)));
    }
}
