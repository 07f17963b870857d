//! Reading files, with a limit, and with failure as a diagnostic: one bad file never ends a run.

use super::failed;
use crate::config::limits::{Limit, Limits};
use crate::diagnostic::{Diagnostic, Error, Place};
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// Most bytes of one article of the archive, which a person may have made long.
pub const LARGEST: u64 = 64 << 20;

/// The bytes of a file; `name` stands for it in messages.
///
/// # Errors
/// A diagnostic where it cannot be read, is no regular file, or is larger than `limit` bytes.
pub fn read(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let (bytes, size) = head(path, name, limit)?;
    if bytes.len() as u64 == size {
        return Ok(bytes);
    }
    let message = format!("is larger than {} MiB, which is more than any article", limit >> 20);
    Err(Diagnostic::error(Place::file(name), message).hint("split it, or leave it out"))
}

/// The bytes of a source.
///
/// # Errors
/// As [`read`], where it is larger than a document may be.
pub fn source(path: &Path, name: &str, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
    let (bytes, size) = head(path, name, limits.bytes())?;
    if bytes.len() as u64 == size {
        return Ok(bytes);
    }
    Err(Diagnostic::error(Place::file(name), Limit::Size.message(limits)).hint(Limit::Size.hint()))
}

/// The first bytes of a file, `most` of them at most, and how many there are in all; `name` stands for it in messages.
///
/// # Errors
/// A diagnostic where it cannot be read or is no regular file.
pub fn head(path: &Path, name: &str, most: u64) -> Result<(Vec<u8>, u64), Diagnostic> {
    let (file, size) = open(path, name)?;
    let mut bytes = Vec::with_capacity(size.min(most) as usize + 1);
    file.take(most + 1).read_to_end(&mut bytes).map_err(|reason| unreadable(name, &reason))?;
    let count = bytes.len() as u64;
    bytes.truncate(most as usize);
    // A file may grow while it is read.
    Ok((bytes, if count > most { size.max(count) } else { count }))
}

/// Opens a file; returns it with its size.
///
/// # Errors
/// A diagnostic where it cannot be read or is no regular file.
pub fn open(path: &Path, name: &str) -> Result<(impl Read + Seek + Send + use<>, u64), Diagnostic> {
    // Opening a pipe would wait for a writer, so what it is comes first.
    let metadata = std::fs::metadata(path).map_err(|reason| unreadable(name, &reason))?;
    if !metadata.is_file() {
        return Err(Diagnostic::error(Place::file(name), "is no regular file").hint("name a file or a folder"));
    }
    Ok((File::open(path).map_err(|reason| unreadable(name, &reason))?, metadata.len()))
}

fn unreadable(name: &str, reason: &std::io::Error) -> Diagnostic {
    Diagnostic::error(Place::file(name), format!("cannot be read: {reason}"))
        .hint("check that it exists and may be read")
}

/// The text of a file of ours, which is UTF-8; a byte order mark at its start is dropped.
///
/// # Errors
/// As [`read`], and a diagnostic with the line of the first byte that is not UTF-8.
pub fn read_text(path: &Path, name: &str, limit: u64) -> Result<String, Diagnostic> {
    text(read(path, name, limit)?, name)
}

/// The bytes of a file of ours as text; see [`read_text`].
///
/// # Errors
/// As [`read_text`].
pub fn text(bytes: Vec<u8>, name: &str) -> Result<String, Diagnostic> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..good).unwrap_or_default();
            let line = 1 + memchr::memchr_iter(b'\n', before).count();
            Err(Diagnostic::error(Place::at(name, line as u32, 0), "is not UTF-8 text")
                .hint("save it as UTF-8; files in other encodings can be converted as sources"))
        }
    }
}

/// The bytes of a file, or `None` where there is none.
///
/// # Errors
/// [`Error::Disk`] where there is something that cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
    }
}

/// The bytes of the regular file at `path` (with `/`) below `folder`, by no link on the way from there; `None` where there
/// is none, or one that cannot be read or is larger than `limit`.
pub fn plain(folder: &Path, path: &str, limit: u64) -> Option<Vec<u8>> {
    let mut at = folder.to_path_buf();
    for part in path.split('/') {
        at.push(part);
        if std::fs::symlink_metadata(&at).ok()?.is_symlink() {
            return None;
        }
    }
    read(&at, path, limit).ok()
}

/// The hash of a file's bytes, in little memory.
pub(super) fn hash_of_file(path: &Path) -> std::io::Result<u128> {
    hash(path, Xxh3::digest128)
}

fn hash<T>(path: &Path, digest: impl Fn(&Xxh3) -> T) -> std::io::Result<T> {
    let (mut file, mut hash) = (File::open(path)?, Xxh3::new());
    // Most files of a site fit in it; one on the heap would be cleared and given back for each of them.
    let mut buffer = [0; 1 << 14];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(digest(&hash)),
            Ok(count) => hash.update(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The hash of a file's bytes in 64 bits, in little memory; equal to that of the bytes at once.
///
/// # Errors
/// [`Error::Disk`].
pub fn short_hash(path: &Path) -> Result<u64, Error> {
    hash(path, Xxh3::digest).map_err(failed("read", path))
}

/// The text of a file that a run cannot do without, as `site.toml`.
///
/// # Errors
/// [`Error::Disk`] where it cannot be read, [`Error::Site`] where it is not UTF-8.
pub fn read_required(path: &Path) -> Result<String, Error> {
    let bytes = std::fs::read(path).map_err(failed("read", path))?;
    Ok(text(bytes, &super::shown(path))?)
}

/// A file that is read piece by piece.
#[derive(Debug)]
pub struct Pieces {
    file: File,
    /// Its size and time of change.
    pub stamp: super::Stamp,
}

impl Pieces {
    /// Opens the regular file at `path`.
    ///
    /// # Errors
    /// The system's reason why it cannot be read.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let file = File::open(path)?;
        let stamp = super::Stamp::of(&file.metadata()?);
        Ok(Self { file, stamp })
    }

    /// At most `most` bytes from `from` on; fewer only at the end.
    ///
    /// # Errors
    /// The system's reason why it cannot be read.
    pub fn read(&mut self, from: u64, most: u64) -> std::io::Result<Vec<u8>> {
        let mut piece = Vec::with_capacity(most as usize);
        self.file.seek(SeekFrom::Start(from))?;
        (&mut self.file).take(most).read_to_end(&mut piece)?;
        Ok(piece)
    }
}
