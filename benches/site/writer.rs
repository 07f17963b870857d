//! The yardstick: two threads that write the same files from memory and do nothing else.

use crate::program::own_time;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What the writer took, and what it wrote.
pub(crate) struct Plain {
    pub(crate) wall: Duration,
    /// Processor time: what other work on the machine changes less.
    pub(crate) cpu: Duration,
    pub(crate) files: usize,
    pub(crate) bytes: usize,
    pub(crate) folders: usize,
}

/// All files below `dir`, with their paths in it, in order.
pub(crate) fn load(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files(dir)
        .map(|entry| (entry.path().strip_prefix(dir).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// The files below `dir`, in order.
pub(crate) fn files(dir: &Path) -> impl Iterator<Item = walkdir::DirEntry> {
    let entries = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file())
}

/// Writes them below `dir`, which must not be there.
pub(crate) fn write(dir: &Path, files: &[(PathBuf, Vec<u8>)]) -> Plain {
    let _ = Command::new("sync").status();
    let before = own_time();
    let start = Instant::now();
    fs::create_dir(dir).unwrap();
    let halves: Vec<_> = files.chunks(files.len().div_ceil(2).max(1)).collect();
    std::thread::scope(|scope| {
        for half in halves {
            scope.spawn(move || {
                let mut last: Option<PathBuf> = None;
                for (path, bytes) in half {
                    let path = dir.join(path);
                    let folder = path.parent().unwrap();
                    if last.as_deref() != Some(folder) {
                        make(folder);
                        last = Some(folder.to_owned());
                    }
                    fs::write(&path, bytes).unwrap();
                }
            });
        }
    });
    let wall = start.elapsed();
    let cpu = own_time().saturating_sub(before);
    let folders: HashSet<&Path> = files.iter().flat_map(|(path, _)| path.ancestors().skip(1)).collect();
    let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum();
    Plain { wall, cpu, files: files.len(), bytes, folders: folders.len() }
}

/// Copies all files below `from`, sorted by path, to `to`, which must not be there, on two threads.
pub(crate) fn copy(from: &Path, to: &Path) -> Duration {
    let paths: Vec<PathBuf> = files(from).map(|entry| entry.path().strip_prefix(from).unwrap().to_owned()).collect();
    let _ = Command::new("sync").status();
    let start = Instant::now();
    fs::create_dir(to).unwrap();
    std::thread::scope(|scope| {
        for half in paths.chunks(paths.len().div_ceil(2).max(1)) {
            scope.spawn(move || {
                for path in half {
                    let target = to.join(path);
                    if fs::copy(from.join(path), &target).is_err() {
                        fs::create_dir_all(target.parent().unwrap()).unwrap();
                        fs::copy(from.join(path), target).unwrap();
                    }
                }
            });
        }
    });
    start.elapsed()
}

/// Makes a folder; most have a parent already, so that is tried first.
fn make(folder: &Path) {
    if fs::create_dir(folder).is_err() {
        fs::create_dir_all(folder).unwrap();
    }
}
