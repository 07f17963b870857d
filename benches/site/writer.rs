//! The yardstick: two threads that write the same files from memory and do nothing else.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What the writer took, and how many folders it made.
pub(crate) struct Plain {
    pub(crate) wall: Duration,
    pub(crate) folders: usize,
}

/// All files below `dir`, with their paths in it, in order.
pub(crate) fn load(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().strip_prefix(dir).unwrap().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

/// Writes them below `dir`, which must not be there.
pub(crate) fn write(dir: &Path, files: &[(PathBuf, Vec<u8>)]) -> Plain {
    let _ = Command::new("sync").status();
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
    let folders: HashSet<&Path> = files.iter().flat_map(|(path, _)| path.ancestors().skip(1)).collect();
    Plain { wall, folders: folders.len() }
}

/// Makes a folder; most have a parent already, so that is tried first.
fn make(folder: &Path) {
    if fs::create_dir(folder).is_err() {
        fs::create_dir_all(folder).unwrap();
    }
}
