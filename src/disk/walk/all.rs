//! All files below a folder with their sizes and times, looked for by all threads: one of them reads a folder, and whoever
//! has nothing to do takes the folders that it found there.

use super::{Found, Hidden, Walked, by_name, is_debris_bytes, leads_to_a_file, not_utf8, passed_over, unreadable};
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::{Stamp, failed};
use rayon::prelude::*;
use std::ffi::OsString;
use std::fs::{DirEntry, FileType};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Files of one folder that one thread asks about: fewer take less time than finding another thread for them.
const FILES: usize = 128;

/// Every file below `dir`, with its size and time. See [`super::each`] for what is passed over.
///
/// # Errors
/// [`Error::Disk`] where `dir` itself cannot be read.
pub fn walk(dir: &Path, hidden: Hidden, enter: impl Fn(&str) -> bool + Sync) -> Result<Walked, Error> {
    let real = std::fs::canonicalize(dir).map_err(failed("read", dir))?;
    let entries = std::fs::read_dir(dir).and_then(Iterator::collect).map_err(failed("read", dir))?;
    Ok(Walk { real, hidden, enter }.listed(&Folder { at: dir.to_owned(), path: Some(String::new()) }, entries))
}

struct Walk<F> {
    /// The folder that links may not lead out of, with all links followed.
    real: PathBuf,
    hidden: Hidden,
    enter: F,
}

/// A folder that is walked.
struct Folder {
    at: PathBuf,
    /// Its relative path, with a slash at its end where it has one; `None` where a name in it is not UTF-8.
    path: Option<String>,
}

impl Folder {
    /// The relative path of what has this name in it.
    fn path_of(&self, name: &OsString) -> Option<String> {
        Some(format!("{}{}", self.path.as_ref()?, name.to_str()?))
    }
}

/// What stands at one name of a folder.
enum Part {
    File(Result<Found, Diagnostic>),
    Folder(Folder),
}

impl<F: Fn(&str) -> bool + Sync> Walk<F> {
    fn folder(&self, folder: &Folder) -> Walked {
        match std::fs::read_dir(&folder.at).and_then(Iterator::collect) {
            Ok(entries) => self.listed(folder, entries),
            Err(reason) => Walked { files: Vec::new(), diagnostics: vec![unreadable(&folder.at, &reason)] },
        }
    }

    fn listed(&self, folder: &Folder, entries: Vec<DirEntry>) -> Walked {
        // Of folders no entry is kept: it would hold the folder above open while those below are walked.
        let mut parts: Vec<(OsString, bool, Part)> = entries
            .into_par_iter()
            .with_min_len(FILES)
            .filter_map(|entry| {
                let name = entry.file_name();
                let part = self.part(folder, &entry, &name)?;
                Some((name, matches!(part, Part::Folder(_)), part))
            })
            .collect();
        parts.sort_unstable_by(|(one, one_is_dir, _), (other, other_is_dir, _)| {
            by_name((one.as_ref(), *one_is_dir), (other.as_ref(), *other_is_dir))
        });
        let (mut walked, mut open, mut order) = (Walked::default(), Vec::new(), Vec::with_capacity(parts.len()));
        for (_, _, part) in parts {
            match part {
                Part::File(found) => order.push(Some(found)),
                Part::Folder(below) => {
                    order.push(None);
                    open.push(below);
                }
            }
        }
        let mut below: std::vec::IntoIter<Walked> =
            open.par_iter().map(|below| self.folder(below)).collect::<Vec<Walked>>().into_iter();
        for part in order {
            match part {
                Some(Ok(found)) => walked.files.push(found),
                Some(Err(diagnostic)) => walked.diagnostics.push(diagnostic),
                None => walked.take(below.next().unwrap_or_default()),
            }
        }
        walked
    }

    /// What stands at a name; `None` for what is passed over silently.
    fn part(&self, folder: &Folder, entry: &DirEntry, name: &OsString) -> Option<Part> {
        if is_debris_bytes(name.as_encoded_bytes(), self.hidden) {
            return None;
        }
        let at = || folder.at.join(name);
        let path = folder.path_of(name);
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                let wanted = path.as_ref().is_none_or(|path| (self.enter)(path));
                wanted.then(|| Part::Folder(Folder { at: at(), path: path.map(|path| path + "/") }))
            }
            Ok(kind) => match path {
                Some(path) => self
                    .stamp(entry, kind, &at)
                    .transpose()
                    .map(|stamp| Part::File(stamp.map(|stamp| Found { path, stamp }))),
                None => Some(Part::File(Err(not_utf8(&at())))),
            },
            Err(reason) => gone(&reason, &at).map(|diagnostic| Part::File(Err(diagnostic))),
        }
    }

    /// The size and time of a file that is wanted; nothing for one that is gone already.
    fn stamp(&self, entry: &DirEntry, kind: FileType, at: &dyn Fn() -> PathBuf) -> Result<Option<Stamp>, Diagnostic> {
        if kind.is_symlink() {
            let at = at();
            return if leads_to_a_file(&at, &self.real) { Ok(Stamp::at(&at)) } else { Err(passed_over(&at, true)) };
        }
        if !kind.is_file() {
            return Err(passed_over(&at(), false));
        }
        match entry.metadata() {
            Ok(metadata) => Ok(Some(Stamp::of(&metadata))),
            Err(reason) => gone(&reason, at).map_or(Ok(None), Err),
        }
    }
}

/// What is to be said of a file that cannot be asked about, unless it is gone.
fn gone(reason: &io::Error, at: &dyn Fn() -> PathBuf) -> Option<Diagnostic> {
    (reason.kind() != ErrorKind::NotFound).then(|| unreadable(&at(), reason))
}

impl Walked {
    fn take(&mut self, mut other: Self) {
        if self.files.is_empty() {
            self.files = other.files;
        } else {
            self.files.append(&mut other.files);
        }
        self.diagnostics.append(&mut other.diagnostics);
    }
}
