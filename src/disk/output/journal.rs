//! The journal: what is about to be moved and removed, written down before the first move, so that a run that is killed
//! in the middle is completed by the next.

use super::changes::Paths;
use super::manifest::hash_of_path;
use crate::diagnostic::Error;
use crate::disk::{failed, write};
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

const MAGIC: &[u8; 24] = b"backfile journal       1";
const CHECKSUM: usize = 16;

/// Where a file waits to be moved: by its path's hash, over 256 folders so that none grows too large.
pub(super) fn staged(staging: &Path, path: &str) -> PathBuf {
    let hash = hash_of_path(path);
    staging.join(format!("{:02x}/{hash:016x}", hash >> 56))
}

/// The moves and removals that make the old site the new one.
#[derive(Debug)]
pub(super) struct Journal<'a> {
    /// Files of the old site to remove.
    pub(super) removed: &'a Paths,
    /// Files to move from the staging folder.
    pub(super) moved: [&'a Paths; 2],
}

impl Journal<'_> {
    /// Does what it says. What is done already, by a run that was killed, is passed over.
    pub(super) fn apply(&self, root: &Path, staging: &Path) -> Result<(), Error> {
        // Removals come first: a page may stand where a folder was, and a folder where a page was.
        for path in self.removed.iter() {
            write::remove(&root.join(path), root)?;
        }
        let moved: Vec<&str> = self.moved.iter().flat_map(|paths| paths.iter()).collect();
        moved.into_par_iter().try_for_each(|path| {
            let target = root.join(path);
            write::in_folder(&target, |target| rename(&staged(staging, path), target))
                .map_err(failed("move into", &target))
        })
    }
}

/// Writes down paths to remove and paths to make, and makes sure that they are on the disk.
pub(super) fn save(path: &Path, removed: &Paths, made: [&Paths; 2]) -> Result<(), Error> {
    let mut bytes = MAGIC.to_vec();
    let lines = removed.iter().map(|path| (b'-', path));
    for (sign, path) in lines.chain(made.iter().flat_map(|paths| paths.iter()).map(|path| (b'+', path))) {
        bytes.push(sign);
        bytes.extend_from_slice(&(path.len() as u16).to_le_bytes());
        bytes.extend_from_slice(path.as_bytes());
    }
    let checksum = xxh3_128(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    write::replace(path, &bytes)?;
    std::fs::File::open(path).and_then(|file| file.sync_all()).map_err(failed("write", path))
}

/// The journal at `path`, if a run was killed while it did what the journal says: files to remove and files to move.
pub(super) fn load(path: &Path) -> Option<(Paths, Paths)> {
    let bytes = std::fs::read(path).ok()?;
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    if !content.starts_with(MAGIC) || xxh3_128(content).to_le_bytes() != *checksum {
        return None;
    }
    let (mut removed, mut moved) = (Vec::new(), Vec::new());
    let mut rest = content.get(MAGIC.len()..)?;
    while let Some((sign, after)) = rest.split_first() {
        let (length, after) = after.split_first_chunk::<2>()?;
        let (path, after) = after.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        let path = std::str::from_utf8(path).ok()?;
        if *sign == b'-' {
            removed.push(path);
        } else {
            moved.push(path);
        }
        rest = after;
    }
    Some((Paths::sorted(removed), Paths::sorted(moved)))
}

/// Moves a file; one that is no longer there was moved before. Between two disks it is copied beside its place first.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && !from.exists() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let aside = to.with_file_name(format!(".{:016x}.part", hash_of_path(&to.to_string_lossy())));
            std::fs::copy(from, &aside)?;
            let modified = std::fs::metadata(from)?.modified()?;
            std::fs::File::options().write(true).open(&aside)?.set_modified(modified)?;
            std::fs::rename(&aside, to)?;
            std::fs::remove_file(from)
        }
        done => done,
    }
}
