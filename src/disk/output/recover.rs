//! What an earlier run left in the cache and in the folder: completed, taken over, or ignored.

use super::fresh::{Content, Gathering, How};
use super::journal::{self, Journal};
use super::manifest::{Lines, Manifest, NO_KEY};
use super::{Paths, ROOM, STAGING};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::walk::{self, Hidden};
use crate::disk::{Stamp, failed, shown, write};
use std::io::ErrorKind;
use std::path::Path;

/// Completes a change that a killed run had written down, and clears away one that it had not.
pub(super) fn recover(root: &Path, state: &Path) -> Result<(), Error> {
    let (journal, next, staging) = (state.join("journal"), state.join("manifest.next"), state.join(STAGING));
    if let Some((removed, moved)) = journal::load(&journal) {
        Journal { removed: &removed, moved: [&moved, &Paths::default()] }.apply(root, &staging)?;
        settle(state)?;
        let folders = state.join(ROOM);
        gone(std::fs::remove_file(&folders)).map_err(failed("remove", &folders))?;
    }
    clear_room(root, state)?;
    for leftover in [journal, next] {
        gone(std::fs::remove_file(&leftover)).map_err(failed("remove", &leftover))?;
    }
    gone(std::fs::remove_dir_all(&staging)).map_err(failed("remove", &staging))
}

/// Removes the folders that were made for new files that never came.
pub(super) fn clear_room(root: &Path, state: &Path) -> Result<(), Error> {
    let list = state.join(ROOM);
    if let Some((_, folders)) = journal::load(&list) {
        // From the end, so that a folder comes after those in it.
        folders.iter().rev().for_each(|folder| write::remove_empty(Some(&root.join(folder)), root));
    }
    gone(std::fs::remove_file(&list)).map_err(failed("remove", &list))
}

/// The moves are done: the new manifest becomes the manifest.
pub(super) fn settle(state: &Path) -> Result<(), Error> {
    let manifest = state.join("manifest");
    gone(std::fs::rename(state.join("manifest.next"), &manifest)).map_err(failed("write", &manifest))
}

/// What is not there any more need not be removed, and what was moved before need not be moved.
pub(super) fn gone(done: std::io::Result<()>) -> std::io::Result<()> {
    done.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// What the last run wrote; `None` where nothing is known.
pub(super) fn load_manifest(state: &Path, warnings: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let path = state.join("manifest");
    let manifest = Manifest::parse(std::fs::read(&path).ok()?);
    if manifest.is_none() {
        let message = "the record of the last build is damaged or of another version, so it was ignored";
        warnings.push(Diagnostic::warning(Place::file(shown(&path)), message));
    }
    manifest
}

/// Whether nothing is in the folder; hidden files, as `.git`, do not count.
pub(super) fn is_empty(root: &Path) -> Result<bool, Error> {
    let mut entries = std::fs::read_dir(root).map_err(failed("read", root))?;
    Ok(!entries.any(|entry| entry.is_ok_and(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))))
}

/// A manifest that names every file in the folder; what is in those that `known` does not name is to be looked at.
pub(super) fn adopt(root: &Path, known: &Manifest) -> Result<Manifest, Error> {
    let mut found = Gathering::new();
    for path in walk::each(root, Hidden::Skip, |_| true)?.filter_map(Result::ok) {
        if known.find(&path).is_none() {
            // No file has this time, so that its content decides.
            let unknown = Content { hash: 0, key: NO_KEY };
            found.add(&path, unknown, Stamp { size: 0, mtime: i64::MIN }, How::Found);
        }
    }
    let found = found.take();
    Ok(Lines::new(known, &found, |_| true).manifest())
}
