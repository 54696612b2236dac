use std::fs::{File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

/// A folder of its own for one test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let name = format!("spotkajmy-watch-{}-{name}", std::process::id());
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
fn what_is_marked_as_seen_is_no_news_and_what_follows_is() {
    let folder = Folder::new("seen");
    let path = folder.write("schedule.yaml", "one");
    let mut watch = watch(&path);
    fs::write(&path, "by this process").unwrap();
    watch.mark_seen();
    assert_eq!(news(&mut watch), None);
    fs::write(&path, "by another one").unwrap();
    assert!((0..UNPROVEN).any(|_| watch.look().is_some()));
    assert_eq!(news(&mut watch), None);
    fs::remove_file(&path).unwrap();
    watch.mark_seen();
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
