//! The end of a run: from the old site to the new one, or back.

use super::fresh::{Fresh, How};
use super::journal::Journal;
use super::manifest::Lines;
use super::recover::{gone, settle};
use super::{Changes, DIRECT, Mode, Output, Paths, ROOM, STAGING, journal, recover};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::walk::{self, Hidden};
use crate::disk::{failed, shown, write};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

impl Output {
    /// Makes what was put the site: staged files are moved into place, and files of the last run that were not put are
    /// removed.
    ///
    /// # Errors
    /// [`Error::Site`] where two files claim one path, or a file and a folder; the old site is then as it was.
    /// [`Error::Disk`]: the old site is as it was, or, if moving had begun, the next run completes it.
    pub fn finish(mut self) -> Result<Changes, Error> {
        let fresh = self.fresh.take();
        let done = self.complete(&fresh);
        if !self.decided {
            self.undo(&fresh);
            // Nothing is left for the drop to undo.
            self.decided = true;
        }
        done
    }

    fn complete(&mut self, fresh: &Fresh) -> Result<Changes, Error> {
        let gone = || (0..self.old.len()).filter(|at| !self.seen.has(*at)).map(|at| self.old.path(at));
        let removed = Paths::sorted(gone().filter(|path| self.is_to_remove(path)).collect());
        let paths = |how| {
            let files = || fresh.all().filter(|file| fresh.how(*file) == how);
            let mut paths = Vec::with_capacity(files().count());
            paths.extend(files().map(|file| fresh.path(file)));
            Paths::sorted(paths)
        };
        let (added, changed) = (paths(How::Added), paths(How::Changed));
        let found = fresh.len() - added.len() - changed.len();
        if self.mode == Mode::Direct || !fresh.is_empty() || gone().next().is_some() {
            let lines = Lines::new(&self.old, fresh, |at| self.kept.has(at));
            if let Some(path) = lines.twice() {
                return Err(claimed_twice(path));
            }
            let next = self.state.join("manifest.next");
            if self.mode == Mode::Staged {
                self.make_room(&lines, &added, &removed)?;
            }
            lines.save(&next)?;
            let journal = Journal { removed: &removed, moved: [&added, &changed] };
            self.decided = true;
            carry_out(&self.root, &self.state, self.mode, &journal)?;
        }
        self.decided = true;
        Ok(Changes {
            added,
            changed,
            removed,
            unchanged: self.unchanged.load(Ordering::Relaxed) + found,
            bytes: self.bytes.load(Ordering::Relaxed),
            warnings: self.all_warnings(),
        })
    }

    /// Whether a file that the last run wrote and this one did not is still there: someone may have removed it.
    fn is_to_remove(&self, path: &str) -> bool {
        self.elsewhere || self.root.join(path).symlink_metadata().is_ok_and(|there| !there.is_dir())
    }

    fn all_warnings(&mut self) -> Vec<Diagnostic> {
        let mut warnings = std::mem::take(&mut self.warnings);
        let (path, count) = std::mem::take(&mut *self.replaced.lock().unwrap_or_else(PoisonError::into_inner));
        if count > 0 {
            let others = if count > 1 { format!(" (and {} others)", count - 1) } else { String::new() };
            let place = Place::file(shown(&self.root.join(path)));
            let message = format!("this file{others} was not written by the last build and was replaced");
            warnings.push(Diagnostic::warning(place, message));
        }
        warnings
    }

    /// Makes the folders of new files, and finds files and folders that stand in each other's way, while there is still
    /// time to give up. Which folders are made is written down first.
    fn make_room(&self, lines: &Lines<'_>, added: &Paths, removed: &Paths) -> Result<(), Error> {
        let mut last = "";
        let mut folders = Vec::new();
        for path in added.iter() {
            let target = self.root.join(path);
            if target.is_dir() {
                let mut left = walk::each(&target, Hidden::Keep, |_| true)?.filter_map(Result::ok);
                if left.any(|below| !removed.contains(&format!("{path}/{below}"))) {
                    return Err(folder_clash(path));
                }
            }
            let Some((folder, _)) = path.rsplit_once('/') else { continue };
            if folder == last {
                continue;
            }
            last = folder;
            let above: Vec<&str> = folder.match_indices('/').map(|(at, _)| &folder[..at]).chain([folder]).collect();
            if let Some(file) = above.iter().find(|above| lines.contains(above)) {
                return Err(folder_clash(file));
            }
            // Where a page of the old site stands in the way, the folder can be made when that page is gone.
            if !self.root.join(folder).is_dir() && !above.iter().any(|above| removed.contains(above)) {
                folders.push(folder);
            }
        }
        if folders.is_empty() {
            return Ok(());
        }
        let folders = Paths::sorted(folders);
        journal::save(&self.state.join(ROOM), &Paths::default(), [&folders, &Paths::default()])?;
        folders.iter().try_for_each(|folder| {
            let folder = self.root.join(folder);
            std::fs::create_dir_all(&folder).map_err(failed("make", &folder))
        })
    }

    /// Back to the old site: what was staged, or written directly by this run, is removed.
    pub(super) fn undo(&self, fresh: &Fresh) {
        // This is the way out of a failure that was reported already. What cannot be removed now is cleared away by the
        // next run.
        let _ = gone(std::fs::remove_dir_all(self.state.join(STAGING)));
        let _ = gone(std::fs::remove_file(self.state.join("manifest.next")));
        let _ = recover::clear_room(&self.root, &self.state);
        if self.mode == Mode::Direct {
            for file in fresh.all().filter(|file| fresh.how(*file) == How::Added) {
                let _ = write::remove(&self.root.join(fresh.path(file)), &self.root);
            }
            if self.old.len() == 0 {
                let _ = gone(std::fs::remove_file(self.state.join(DIRECT)));
            }
        }
    }
}

/// The change itself. From the journal on, every step may be the last of this run and the first of the next.
fn carry_out(root: &Path, state: &Path, mode: Mode, journal: &Journal<'_>) -> Result<(), Error> {
    let written = state.join("journal");
    let staging = state.join(STAGING);
    match mode {
        Mode::Staged => {
            journal::save(&written, journal.removed, journal.moved)?;
            journal.apply(root, &staging)?;
        }
        Mode::Direct => {
            for path in journal.removed.iter() {
                write::remove(&root.join(path), root)?;
            }
        }
    }
    settle(state)?;
    for leftover in [state.join(ROOM), written, state.join(DIRECT)] {
        gone(std::fs::remove_file(&leftover)).map_err(failed("remove", &leftover))?;
    }
    match std::fs::remove_dir_all(&staging) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("remove", &staging)(error)),
        _ => Ok(()),
    }
}

pub(super) fn claimed_twice(path: &str) -> Error {
    Diagnostic::error(Place::file(path), "two files of the site claim this path")
        .hint("look for a file in `static/`, a `url` and an alias that lead here")
        .into()
}

pub(super) fn folder_clash(path: &str) -> Error {
    Diagnostic::error(Place::file(path), "a file of the site and a folder claim this path")
        .hint("change the `url` of one, or give it an ending such as `.html`; move away what backfile did not write")
        .into()
}
