//! Edge: the disk. The only place of the library that reads, writes, walks or locks files.
//!
//! - [`walk`] finds files, always in the same order, and [`read`] reads them with a limit.
//! - [`write`](mod@write) replaces single files so that none is ever half-written.
//! - `watch` tells which files change while a run goes on.
//! - [`scratch`] holds what a run notes for itself and memory does not.
//! - [`spool`] makes a file of standard input.
//! - `database` opens databases, so that nothing in them is written.
//! - [`cache`] is `.backfile/`: what one run remembers for the next, and the lock that keeps two runs apart.
//! - [`output`] is the published folder: only what differs is written, and a run that fails or is killed leaves either
//!   the old site or one that the next run completes.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "this is the edge that the bans protect")]

pub mod cache;
#[cfg(feature = "sqlite")]
pub mod database;
pub mod output;
pub mod read;
pub mod scratch;
pub mod spool;
pub mod walk;
#[cfg(feature = "serve")]
pub mod watch;
pub mod write;

use crate::diagnostic::Error;
use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What tells that a file is probably the one seen before: its size and when it was last written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub mtime: i64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        // Times outside 1970 to 2262 are of no use for comparing; they make the content decide.
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { size: metadata.len(), mtime: since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0) }
    }

    /// The regular file at `path`, through links; `None` where there is none.
    pub fn at(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().filter(Metadata::is_file).map(|metadata| Self::of(&metadata))
    }

    /// The stamp to remember, by a run that began at `now`: a file that changed right before it may change again without a
    /// new time, so that its time is no one's.
    #[must_use]
    pub fn trusted(self, now: i64) -> Self {
        /// In nanoseconds: clocks of file systems tick every ten milliseconds at worst.
        const TICK: i64 = 50_000_000;
        if self.mtime < now.saturating_sub(TICK) { self } else { Self { mtime: i64::MIN, ..self } }
    }

    fn time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_nanos(self.mtime.unsigned_abs())
    }
}

/// The system's folder for temporary files.
pub fn temporary() -> std::path::PathBuf {
    std::env::temp_dir()
}

/// A number that is another for every program: what one version remembered, another cannot trust.
pub fn program() -> u128 {
    // The file of a running program stays what it is, so it is read once.
    static PROGRAM: std::sync::OnceLock<u128> = std::sync::OnceLock::new();
    // A program that cannot read itself trusts what another such program remembered, which is the same one or none.
    *PROGRAM.get_or_init(|| std::env::current_exe().and_then(|path| read::hash_of_file(&path)).unwrap_or_default())
}

/// A path as messages show it: as a person would type it.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").ok().filter(|below| !below.as_os_str().is_empty()).unwrap_or(path);
    path.display().to_string()
}

/// Wraps the operating system's reason: `map_err(failed("write", path))`.
fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Disk { action, path: shown(path), source }
}
