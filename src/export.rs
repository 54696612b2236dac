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

use crate::route::{Format, Route, Selection};
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
    /// The Atom feeds whose bytes are new.
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
    // whatever stops the export, the next one knows both for its own.
    let names: BTreeSet<String> = files.keys().cloned().collect();
    in_the_way(folder, &earlier, names.iter())?;
    write_manifest(folder, earlier.files.union(&names).cloned().collect())?;

    let mut exported = Exported {
        files: files.len(),
        written: 0,
        removed: 0,
        changed_feeds: BTreeSet::new(),
    };
    for (path, route) in &files {
        let document = site.document(route);
        if write(&folder.join(path), &document.content().body)? {
            exported.written += 1;
            if matches!(route, Route::Feed(_, Format::Atom, _)) {
                exported.changed_feeds.insert(site.links().absolute(route));
            }
        }
    }
    for name in earlier.files.difference(&names) {
        exported.removed += usize::from(remove(folder, name)?);
    }
    write_manifest(folder, names)?;
    Ok(exported)
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

/// Every file below the folder and the document in it. A page lies in its
/// folder's `index.html`; feeds lie under their districts' aliases too, which
/// are for ever.
fn files(site: &Site) -> BTreeMap<String, Route> {
    let links = site.links();
    let mut files: BTreeMap<String, Route> = BTreeMap::new();
    for route in site.routes() {
        files.insert(file_name(&links.path(&route)), route);
    }
    for language in Language::ALL {
        for format in Format::ALL {
            let all = Route::Feed(Selection::All, format, language);
            let named = links.path(&all).replace("/calendars/all.", "/calendar.");
            files.insert(file_name(&named), all);
        }
    }
    for district in &site.publication().districts {
        for alias in &district.aliases {
            for (path, route) in aliased(site, &district.id, alias) {
                files.insert(path, route);
            }
        }
    }
    files
}

/// The feeds and the widget of a district under one of its aliases: the
/// element `<spotkajmy-sessions>` asks for what its page wrote.
fn aliased(site: &Site, id: &Id, alias: &Id) -> Vec<(String, Route)> {
    let (spelt, stands) = (Selection::one(alias), Selection::one(id));
    let mut files = Vec::new();
    for language in Language::ALL {
        let feeds = Format::ALL.map(|format| {
            let feed = |selection: &Selection| Route::Feed(selection.clone(), format, language);
            (feed(&spelt), feed(&stands))
        });
        let widget = |selection: &Selection| Route::Widget(selection.clone(), language);
        let widgets = [(widget(&spelt), widget(&stands))];
        for (spelt, stands) in feeds.into_iter().chain(widgets) {
            files.push((file_name(&site.links().path(&spelt)), stands));
        }
    }
    files
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

/// Whether nothing is in the folder, or no folder there.
fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn write_manifest(folder: &Path, files: BTreeSet<String>) -> Result<(), ExportError> {
    let mut json =
        serde_json::to_vec_pretty(&Manifest { files }).expect("a list of strings serializes");
    json.push(b'\n');
    write(&folder.join(MANIFEST), &json).map(|_| ())
}

/// Writes a file whole or not at all: a host that reads the folder meanwhile
/// sees the old bytes or the new ones. Whether they differed.
fn write(path: &Path, bytes: &[u8]) -> Result<bool, ExportError> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed("create", parent))?;
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".spotkajmy-partial");
    let partial = PathBuf::from(partial);
    let written = fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        // The half must not stay; that it may not be there is no news.
        let _ = fs::remove_file(&partial);
    }
    written.map_err(failed("write", path))?;
    Ok(true)
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
