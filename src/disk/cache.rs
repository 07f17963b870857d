//! `.backfile/`: what one run remembers for the next. Safe to delete at any time.

use super::{failed, shown, write};
use crate::diagnostic::{Diagnostic, Error, Place};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

/// The opened cache folder. While it is open no other run on the same site can open it.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    /// Held, not read: the operating system lets go of the lock when the process ends, however it ends.
    _lock: File,
}

impl Cache {
    /// Opens the cache at `path`, making the folder if it is missing.
    ///
    /// # Errors
    /// [`Error::Usage`] where another run has it open, [`Error::Disk`] where it cannot be made.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::locked(path, File::try_lock)
    }

    /// Opens the cache together with others that open it this way: runs that take care to keep different things in it.
    ///
    /// # Errors
    /// As [`Cache::open`].
    pub fn share(path: &Path) -> Result<Self, Error> {
        Self::locked(path, File::try_lock_shared)
    }

    fn locked(path: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Self, Error> {
        std::fs::create_dir_all(path).map_err(failed("make", path))?;
        let file = path.join("lock");
        let held = File::options().create(true).append(true).open(&file).map_err(failed("open", &file))?;
        match lock(&held) {
            Ok(()) => Ok(Self { path: path.to_path_buf(), _lock: held }),
            Err(TryLockError::WouldBlock) => Err(Error::usage(
                format!("another run of backfile is at work on this site (it holds {})", shown(&file)),
                "wait for it to end, then run this again",
            )),
            Err(TryLockError::Error(error)) => Err(failed("lock", &file)(error)),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was kept under `name` by the same version, in one read. What is damaged or of another version is as good
    /// as nothing.
    ///
    /// # Errors
    /// A warning for the person, where there was something that could not be used.
    pub fn load(&self, name: &str, version: u128) -> Result<Option<Vec<u8>>, Diagnostic> {
        let path = self.path.join(name);
        let Ok(mut bytes) = std::fs::read(&path) else { return Ok(None) };
        let content = bytes.len().checked_sub(TAIL).filter(|content| {
            let (content, tail) = bytes.split_at(*content);
            tail == self::tail(content, version)
        });
        let Some(content) = content else {
            let message = "is damaged or of another version of backfile, so it was ignored";
            return Err(Diagnostic::warning(Place::file(shown(&path)), message));
        };
        bytes.truncate(content);
        Ok(Some(bytes))
    }

    /// Keeps `content` under `name`; what was kept before is there until this is whole.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn save(&self, name: &str, version: u128, content: &[u8]) -> Result<(), Error> {
        write::stream(&self.path.join(name), |file| {
            file.write_all(content)?;
            file.write_all(&tail(content, version))
        })
    }

    /// The names that something is kept under, in no order.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.path).into_iter().flatten().filter_map(Result::ok);
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
    }

    /// Forgets what was kept under `name`, if anything was.
    ///
    /// # Errors
    /// [`Error::Disk`] where it stays.
    pub fn forget(&self, name: &str) -> Result<(), Error> {
        write::remove(&self.path.join(name), &self.path)
    }
}

/// Bytes that follow what is kept.
const TAIL: usize = 32;

/// Version and hash, which tell that what stands before them is whole and can be read.
fn tail(content: &[u8], version: u128) -> [u8; TAIL] {
    let mut tail = [0; TAIL];
    let (first, second) = tail.split_at_mut(TAIL / 2);
    first.copy_from_slice(&version.to_le_bytes());
    second.copy_from_slice(&xxh3_128(content).to_le_bytes());
    tail
}
