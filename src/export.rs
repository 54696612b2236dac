//! A [`Site`] -> a folder of files, for any static host or CDN.
//!
//! `serve` and this are two loops over one Site: the same bytes for every
//! path. Into its own earlier folder it replaces what it wrote and removes
//! what it no longer writes; it touches nothing that it did not write, and
//! refuses a folder that is neither empty nor its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::page;
use crate::route::{Drawing, Format, Route, Selection};
use crate::schedule::Id;
use crate::site::Site;
use crate::texts::Language;

/// The file that lists what an export wrote. It is how a later one knows its
/// own folder.
const MANIFEST: &str = ".spotkajmy-export.json";

/// What an export did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Files in the folder now.
    pub files: usize,
    /// Of these, the ones whose bytes are new.
    pub written: usize,
    /// Files of an earlier export that are gone.
    pub removed: usize,
    /// The Atom feeds that the hub is to hear of: their bytes are new, or it was
    /// not told when they were. [`told`] says that it was.
    pub changed_feeds: BTreeSet<String>,
}

/// Why an export was not made, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The folder holds what no export wrote.
    #[error(
        "{0} is neither empty nor the folder of an earlier export (it has no {MANIFEST}): \
         name another folder, or empty it yourself"
    )]
    NotOurs(PathBuf),
    /// Somebody else's file stands where one would be written.
    #[error("{0} was not written by an export: move it out of the way, or name another folder")]
    InTheWay(PathBuf),
    /// The list of an earlier export cannot be read.
    #[error("{0} is not the list of an earlier export: name another folder, or empty it yourself")]
    Manifest(PathBuf, #[source] serde_json::Error),
    /// The system refused.
    #[error("cannot {doing} {path}")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// What an export wrote: paths below the folder.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    files: BTreeSet<String>,
    /// The Atom feeds of which the hub has not heard.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    untold: BTreeSet<String>,
}

/// Makes sure that `folder` is there and may take `site`, and writes nothing.
///
/// # Errors
/// [`ExportError`]: [`export`] would refuse it.
pub fn check(site: &Site, folder: &Path) -> Result<(), ExportError> {
    let earlier = earlier_manifest(folder)?;
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    in_the_way(folder, &earlier, files(site).keys())
}

/// The feed of all sessions that an earlier export wrote, where it can be read.
pub fn earlier_feed(folder: &Path) -> Option<String> {
    let name = "calendars/all.ics";
    let manifest = earlier_manifest(folder).ok()?;
    let is_ours = manifest.files.contains(name);
    is_ours.then(|| fs::read_to_string(folder.join(name)).ok())?
}

/// Writes every document of `site` below `folder`.
///
/// # Errors
/// [`ExportError`]. What was written before it is listed, so that the next
/// export can go on.
pub fn export(site: &Site, folder: &Path) -> Result<Exported, ExportError> {
    let earlier = earlier_manifest(folder)?;
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    let files = files(site);
    // First the list of what will be there and what is still there, so that
    // whatever stops the export, the next one knows both for its own, and the
    // hub hears of each feed that may have been written.
    let names: BTreeSet<String> = files.keys().cloned().collect();
    in_the_way(folder, &earlier, names.iter())?;
    let has_hub = site.links().hub_of(&Selection::All).is_some();
    let is_feed = |file: &File| matches!(file, File::Document(Route::Feed(_, Format::Atom, _)));
    let feeds = files.iter().filter(|(_, file)| has_hub && is_feed(file));
    let unfinished = Manifest {
        files: earlier.files.union(&names).cloned().collect(),
        untold: feeds.map(|(name, _)| name.clone()).collect(),
    };
    write_manifest(folder, &unfinished)?;

    let mut exported = Exported {
        files: files.len(),
        written: 0,
        removed: 0,
        changed_feeds: BTreeSet::new(),
    };
    let mut untold = BTreeSet::new();
    for (name, file) in &files {
        let path = folder.join(name);
        let is_new = match file {
            File::Document(route) => write(&path, &site.document(route).content().body)?,
            File::Moved(route) => write(&path, page::moved(site.links(), route).as_bytes())?,
        };
        exported.written += usize::from(is_new);
        if let File::Document(route) = file
            && unfinished.untold.contains(name)
            && (is_new || earlier.untold.contains(name))
        {
            exported.changed_feeds.insert(site.links().absolute(route));
            untold.insert(name.clone());
        }
    }
    for name in earlier.files.difference(&names) {
        exported.removed += usize::from(remove(folder, name)?);
    }
    let files = names;
    write_manifest(folder, &Manifest { files, untold })?;
    Ok(exported)
}

/// Notes that the hub was told of every feed in `folder`.
///
/// # Errors
/// [`ExportError`]: the next export tells it again.
pub fn told(folder: &Path) -> Result<(), ExportError> {
    let mut manifest = earlier_manifest(folder)?;
    manifest.untold.clear();
    write_manifest(folder, &manifest)
}

/// An error where a file stands that no export wrote and that this one would.
fn in_the_way<'n>(
    folder: &Path,
    earlier: &Manifest,
    mut names: impl Iterator<Item = &'n String>,
) -> Result<(), ExportError> {
    let theirs = |name: &&String| !earlier.files.contains(*name) && folder.join(name).exists();
    match names.find(theirs) {
        Some(name) => Err(ExportError::InTheWay(folder.join(name))),
        None => Ok(()),
    }
}

/// What a file holds.
enum File {
    /// The document at a route.
    Document(Route),
    /// A page that leads to a route: what `serve` answers with a redirect.
    Moved(Route),
}

/// Every file below the folder. A page lies in its folder's `index.html`;
/// what programs fetch lies under its districts' aliases too, which are for
/// ever, and a page that stood elsewhere leads on.
fn files(site: &Site) -> BTreeMap<String, File> {
    let links = site.links();
    let named = |route: &Route| file_name(&links.path(route));
    let mut files = BTreeMap::new();
    for language in Language::ALL {
        let home = links.path(&Route::Landing(language));
        for (from, to) in [
            ("embed/", Route::Organisations(Selection::All, language)),
            ("districts/", Route::Landing(language)),
        ] {
            files.insert(file_name(&format!("{home}{from}")), File::Moved(to));
        }
        for format in Format::ALL {
            let by_query = links.feed_by_query(format, language);
            let all = Route::Feed(Selection::All, format, language);
            files.insert(file_name(&by_query), File::Document(all));
        }
    }
    for district in &site.publication().districts {
        let stands = of_district(&district.id);
        for alias in &district.aliases {
            for (spelt, stands) in of_district(alias).iter().zip(stands.clone()) {
                let file = match stands {
                    Route::District(..) | Route::Poster(..) | Route::Organisations(..) => {
                        File::Moved(stands)
                    }
                    _ => File::Document(stands),
                };
                files.insert(named(spelt), file);
            }
        }
    }
    for route in site.routes() {
        files.insert(named(&route), File::Document(route));
    }
    files
}

/// The routes that name one district. The widget is among them for the
/// element `<spotkajmy-sessions>`, which asks for what its page wrote.
fn of_district(id: &Id) -> Vec<Route> {
    let selection = Selection::one(id);
    let mut routes: Vec<Route> = Drawing::ALL
        .map(|drawing| Route::QrCode(selection.clone(), drawing))
        .into();
    for language in Language::ALL {
        routes.extend(Format::ALL.map(|it| Route::Feed(selection.clone(), it, language)));
        routes.extend([
            Route::Widget(selection.clone(), language),
            Route::District(selection.clone(), language),
            Route::Poster(selection.clone(), language),
            Route::Organisations(selection.clone(), language),
        ]);
    }
    routes
}

/// The file of a path: `/places/` -> `places/index.html`.
fn file_name(path: &str) -> String {
    let name = path.trim_start_matches('/');
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    }
}

/// What an earlier export wrote; nothing for a folder that is empty or not
/// there.
fn earlier_manifest(folder: &Path) -> Result<Manifest, ExportError> {
    let path = folder.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => {
            serde_json::from_slice(&bytes).map_err(|error| ExportError::Manifest(path, error))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => match is_empty(folder) {
            Ok(true) => Ok(Manifest::default()),
            Ok(false) => Err(ExportError::NotOurs(folder.to_owned())),
            Err(error) => Err(failed("read", folder)(error)),
        },
        Err(error) => Err(failed("read", &path)(error)),
    }
}

/// Whether nothing is in the folder, or no folder there. An export that was
/// stopped while it wrote its first list leaves a half of that.
fn is_empty(folder: &Path) -> io::Result<bool> {
    let half = partial(Path::new(MANIFEST));
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            Ok(entries.all(|entry| entry.is_ok_and(|it| half == Path::new(&it.file_name()))))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn write_manifest(folder: &Path, manifest: &Manifest) -> Result<(), ExportError> {
    let mut json = serde_json::to_vec_pretty(manifest).expect("a list of strings serializes");
    json.push(b'\n');
    write(&folder.join(MANIFEST), &json).map(|_| ())
}

/// Writes a file whole or not at all: a host that reads the folder meanwhile
/// sees the old bytes or the new ones. Whether they differed.
fn write(path: &Path, bytes: &[u8]) -> Result<bool, ExportError> {
    let partial = partial(path);
    if fs::read(path).is_ok_and(|old| old == bytes) {
        // What a stopped export left of another one goes, and is mostly not there.
        let _ = fs::remove_file(partial);
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed("create", parent))?;
    }
    let written = fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        // The half must not stay; that it may not be there is no news.
        let _ = fs::remove_file(&partial);
    }
    written.map_err(failed("write", path))?;
    Ok(true)
}

/// Where the file at `path` is written before it is whole.
fn partial(path: &Path) -> PathBuf {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".spotkajmy-partial");
    PathBuf::from(partial)
}

/// Removes a file of an earlier export and the folders that it leaves empty.
/// Whether it was there.
fn remove(folder: &Path, name: &str) -> Result<bool, ExportError> {
    let relative = Path::new(name);
    // A list that somebody has edited leads nowhere outside the folder.
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Ok(false);
    }
    let path = folder.join(relative);
    // What a stopped export left of it goes too, and is mostly not there.
    let _ = fs::remove_file(partial(&path));
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed("remove", &path)(error)),
    }
    for parent in relative
        .ancestors()
        .skip(1)
        .filter(|it| !it.as_os_str().is_empty())
    {
        // A folder that still holds something refuses to go, and may stay.
        if fs::remove_dir(folder.join(parent)).is_err() {
            break;
        }
    }
    Ok(true)
}

fn failed<'p>(
    doing: &'static str,
    path: &'p Path,
) -> impl FnOnce(io::Error) -> ExportError + use<'p> {
    move |source| ExportError::Io {
        doing,
        path: path.to_owned(),
        source,
    }
}
