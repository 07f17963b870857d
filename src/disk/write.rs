//! Replacing single files: the old one or the new one is there at every moment, never half of either.

use super::failed;
use crate::diagnostic::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes `bytes` to `path`, by way of a file beside it whose name no reader of articles takes for one. Folders that
/// are missing are made.
///
/// # Errors
/// [`Error::Disk`]; the old file is then still there.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    stream(path, |file| file.write_all(bytes))
}

/// As [`replace`], where other processes may write the same file at the same time; each calls itself by another name.
///
/// # Errors
/// [`Error::Disk`]; the old file is then still there.
pub fn replace_as(writer: &str, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    by_way_of(&beside(path, writer), path, |file| file.write_all(bytes))
}

/// Writes a file piece by piece; otherwise as [`replace`].
///
/// # Errors
/// [`Error::Disk`]; the old file is then still there.
pub fn stream(path: &Path, fill: impl Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    by_way_of(&beside(path, ""), path, fill)
}

fn by_way_of(aside: &Path, path: &Path, fill: impl Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let filled = in_folder(aside, |aside| {
        let mut to = BufWriter::new(File::create(aside)?);
        fill(&mut to)?;
        to.flush()
    });
    let written = filled.and_then(|()| std::fs::rename(aside, path));
    if written.is_err() {
        // The reason for the failure is what counts; that the leftover cannot be removed either adds nothing.
        let _ = std::fs::remove_file(aside);
    }
    written.map_err(failed("write", path))
}

/// Removes a file, and the folders above it that are empty then, up to and without `root`. A file that is gone already
/// is no failure.
///
/// # Errors
/// [`Error::Disk`] where the file stays.
pub fn remove(path: &Path, root: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Err(failed("remove", path)(error))
        }
        _ => {
            remove_empty(path.parent(), root);
            Ok(())
        }
    }
}

/// Removes `folder` and those above it for as long as they are empty and below `root`.
pub(super) fn remove_empty(folder: Option<&Path>, root: &Path) {
    let mut folder = folder;
    while let Some(empty) = folder.filter(|folder| *folder != root && folder.starts_with(root)) {
        // The system refuses where something is left in it: that is the question and the answer in one call.
        if std::fs::remove_dir(empty).is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
            return;
        }
        folder = empty.parent();
    }
}

/// Runs `action` on a path, and once more after making the folder above if that was what it lacked.
pub(super) fn in_folder<T>(path: &Path, action: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    match (action(path), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            std::fs::create_dir_all(parent)?;
            action(path)
        }
        (done, _) => done,
    }
}

/// `.NAME.part` in the same folder, or `.NAME.WRITER.part`: hidden, so that a walk passes it over, and on the same disk, so that it can be
/// renamed in one step. Only the first 200 bytes of the name, as file systems allow 255.
fn beside(path: &Path, writer: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let end = (0..=name.len().min(200)).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    let dot = if writer.is_empty() { "" } else { "." };
    path.with_file_name(format!(".{}{dot}{writer}.part", name.get(..end).unwrap_or_default()))
}
