//! What this run wrote so far, in little memory, filled from many threads.

use super::manifest::{Record, counted, hash_of_path};
use crate::disk::Stamp;
use std::sync::{Mutex, PoisonError};

/// More parts than threads, so that they seldom wait for each other.
const SHARDS: usize = 64;

/// How a file came to be as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It was so already; only its time, or that it is there at all, is news to the manifest.
    Found,
    /// Written; there was none before.
    Added,
    /// Written over an older one.
    Changed,
}

/// What is in a file: the hash of its bytes, and the key of the page that it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    pub(super) hash: u128,
    pub(super) key: u128,
}

/// A file that this run wrote, or found to be as it should. Valid for the [`Fresh`] that gave it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    shard: u32,
    at: u32,
}

#[derive(Debug, Default)]
struct Shard {
    files: Vec<(Record, How, u64)>,
    /// Each path behind its length in two bytes.
    paths: Vec<u8>,
}

/// Files by the order in which threads came; nothing may depend on it.
#[derive(Debug)]
pub(super) struct Gathering {
    shards: Vec<Mutex<Shard>>,
}

impl Gathering {
    pub(super) fn new() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }

    pub(super) fn add(&self, path: &str, content: Content, stamp: Stamp, how: How) {
        let path_hash = hash_of_path(path);
        let Some(shard) = self.shards.get(path_hash as usize % SHARDS) else { return };
        // A thread that panicked while holding it had done nothing or all: the two pushes cannot panic midway.
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        let at = shard.paths.len() as u64;
        shard.paths.extend_from_slice(&(path.len() as u16).to_le_bytes());
        shard.paths.extend_from_slice(path.as_bytes());
        let Content { hash, key } = content;
        shard.files.push((Record { path_hash, hash, stamp, key }, how, at));
    }

    /// All that was added; nothing is left here.
    pub(super) fn take(&mut self) -> Fresh {
        let shards = std::mem::take(&mut self.shards);
        Fresh {
            shards: shards
                .into_iter()
                .map(|shard| shard.into_inner().unwrap_or_else(PoisonError::into_inner))
                .collect(),
        }
    }
}

/// What this run wrote, when no more is to come.
#[derive(Debug)]
pub(super) struct Fresh {
    shards: Vec<Shard>,
}

impl Fresh {
    pub(super) fn all(&self) -> impl Iterator<Item = Written> {
        let shards = self.shards.iter().enumerate();
        shards.flat_map(|(shard, files)| {
            (0..files.files.len()).map(move |at| Written { shard: shard as u32, at: at as u32 })
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.shards.iter().all(|shard| shard.files.is_empty())
    }

    fn file(&self, written: Written) -> (&Shard, &(Record, How, u64)) {
        let shard = &self.shards[written.shard as usize];
        (shard, &shard.files[written.at as usize])
    }

    pub(super) fn record(&self, written: Written) -> Record {
        self.file(written).1.0
    }

    pub(super) fn how(&self, written: Written) -> How {
        self.file(written).1.1
    }

    pub(super) fn path(&self, written: Written) -> &str {
        let (shard, file) = self.file(written);
        counted(&shard.paths, file.2 as usize)
    }
}
