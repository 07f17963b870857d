//! `.backfile/`: what one run remembers for the next. Safe to delete at any time.

use super::{Stamp, failed, shown, write};
use crate::diagnostic::{Diagnostic, Error, Place};
use std::fs::{File, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

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
            tail == self::tail(xxh3_128(content), version)
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
        let mut keeping = self.keep(name, version)?;
        keeping.add(content)?;
        keeping.finish().map(|_| ())
    }

    /// Begins to keep something under `name`, piece by piece.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn keep(&self, name: &str, version: u128) -> Result<Keeping<'_>, Error> {
        let part = self.path.join(format!(".{name}.part"));
        let file = File::create(&part).map_err(failed("write", &part))?;
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Keeping { _cache: self, path: self.path.join(name), part, version, file, hash: Xxh3::new() })
    }

    /// The time that files written now would get, by the clock of the disk that the cache is on.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn now(&self) -> Result<i64, Error> {
        let path = self.path.join("clock");
        std::fs::write(&path, "0").map_err(failed("write", &path))?;
        Ok(Stamp::at(&path).map_or(0, |stamp| stamp.mtime))
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
fn tail(hash: u128, version: u128) -> [u8; TAIL] {
    let mut tail = [0; TAIL];
    let (first, second) = tail.split_at_mut(TAIL / 2);
    first.copy_from_slice(&version.to_le_bytes());
    second.copy_from_slice(&hash.to_le_bytes());
    tail
}

/// Something that is being kept; dropped before [`Keeping::finish`], it leaves what was kept before.
pub struct Keeping<'a> {
    /// The cache stays locked as long as this is borrowed.
    _cache: &'a Cache,
    path: PathBuf,
    part: PathBuf,
    version: u128,
    file: BufWriter<File>,
    hash: Xxh3,
}

impl Keeping<'_> {
    /// Adds a piece.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hash.update(bytes);
        self.file.write_all(bytes).map_err(failed("write", &self.part))
    }

    /// What was added is whole now; gives the hash of it.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn finish(mut self) -> Result<u128, Error> {
        let hash = self.hash.digest128();
        let tail = tail(hash, self.version);
        self.file.write_all(&tail).and_then(|()| self.file.flush()).map_err(failed("write", &self.part))?;
        std::fs::rename(&self.part, &self.path).map_err(failed("write", &self.path))?;
        Ok(hash)
    }
}

impl Drop for Keeping<'_> {
    fn drop(&mut self) {
        // Gone already when it was finished; what cannot be removed is written over by the next run.
        let _ = std::fs::remove_file(&self.part);
    }
}
