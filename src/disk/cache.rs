//! `.backfile/`: what one run remembers for the next. Safe to delete at any time.

use super::{failed, write};
use crate::diagnostic::Error;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

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
        std::fs::create_dir_all(path).map_err(failed("make", path))?;
        let file = path.join("lock");
        let lock = File::options().create(true).append(true).open(&file).map_err(failed("open", &file))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_path_buf(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::usage(
                format!("another run of backfile is at work on this site (it holds {})", file.display()),
                "wait for it to end, then run this again",
            )),
            Err(TryLockError::Error(error)) => Err(failed("lock", &file)(error)),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was kept under `name`, in one read; `None` where there is nothing.
    pub fn load(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.path.join(name)).ok()
    }

    /// Keeps `bytes` under `name`; the old ones are there until the new ones are whole.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn save(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        write::replace(&self.path.join(name), bytes)
    }
}
