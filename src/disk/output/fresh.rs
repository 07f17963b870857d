//! What this run wrote so far, in little memory, filled from many threads.

use super::manifest::{Record, counted, hash_of_path};
use crate::disk::Stamp;
use std::sync::{Mutex, PoisonError};

/// More parts than threads, so that they seldom wait for each other.
const SHARDS: usize = 64;

/// How a file came to be as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
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

/// Files of one part. They lie in blocks that never move or grow, so that they take no more memory than they fill: 64
/// bytes a file and those of its path.
#[derive(Debug, Default)]
struct Shard {
    files: Vec<Vec<File>>,
    /// Each path behind its length in two bytes, and none over the end of a block.
    paths: Vec<Vec<u8>>,
}

/// Files in a block.
const FILES: usize = 1 << 10;
/// Bytes in a block of paths: more than the longest has.
const PATHS: usize = 1 << 16;

/// A [`Record`], where the path lies, and how the file came to be, without room between them.
#[derive(Clone, Copy, Debug)]
struct File([u64; 8]);

impl File {
    fn new(record: Record, how: How, place: u64) -> Self {
        let Record { path_hash, hash, stamp: Stamp { size, mtime }, key } = record;
        let halves = |whole: u128| [whole as u64, (whole >> 64) as u64];
        let ([hash, hash_above], [key, key_above]) = (halves(hash), halves(key));
        Self([path_hash, hash, hash_above, size, mtime.cast_unsigned(), key, key_above, place << 2 | how as u64])
    }

    fn record(self) -> Record {
        let [path_hash, hash, hash_above, size, mtime, key, key_above, _] = self.0;
        let whole = |half: u64, above: u64| u128::from(half) | u128::from(above) << 64;
        Record {
            path_hash,
            hash: whole(hash, hash_above),
            stamp: Stamp { size, mtime: mtime.cast_signed() },
            key: whole(key, key_above),
        }
    }

    fn how(self) -> How {
        match self.0[7] & 3 {
            0 => How::Found,
            1 => How::Added,
            _ => How::Changed,
        }
    }

    fn place(self) -> u64 {
        self.0[7] >> 2
    }
}

/// Something that has room for `more` in blocks of `size`.
fn room<T>(blocks: &mut Vec<Vec<T>>, more: usize, size: usize) -> (u64, &mut Vec<T>) {
    if blocks.last().is_none_or(|last| last.len() + more > size) {
        blocks.push(Vec::with_capacity(size));
    }
    let number = blocks.len() - 1;
    (number as u64, &mut blocks[number])
}

impl Shard {
    fn add(&mut self, path: &str, record: Record, how: How) {
        let (block, paths) = room(&mut self.paths, 2 + path.len(), PATHS);
        let place = block * PATHS as u64 + paths.len() as u64;
        paths.extend_from_slice(&(path.len() as u16).to_le_bytes());
        paths.extend_from_slice(path.as_bytes());
        room(&mut self.files, 1, FILES).1.push(File::new(record, how, place));
    }

    fn len(&self) -> usize {
        self.files.last().map_or(0, |last| (self.files.len() - 1) * FILES + last.len())
    }

    fn file(&self, at: u32) -> File {
        self.files[at as usize / FILES][at as usize % FILES]
    }
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
        let Content { hash, key } = content;
        shard.add(path, Record { path_hash, hash, stamp, key }, how);
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
        shards.flat_map(|(shard, files)| (0..files.len()).map(move |at| Written { shard: shard as u32, at: at as u32 }))
    }

    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(Shard::len).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn file(&self, written: Written) -> (&Shard, File) {
        let shard = &self.shards[written.shard as usize];
        (shard, shard.file(written.at))
    }

    pub(super) fn record(&self, written: Written) -> Record {
        self.file(written).1.record()
    }

    pub(super) fn how(&self, written: Written) -> How {
        self.file(written).1.how()
    }

    pub(super) fn path(&self, written: Written) -> &str {
        let (shard, file) = self.file(written);
        let place = file.place() as usize;
        shard.paths.get(place / PATHS).map_or("", |block| counted(block, place % PATHS))
    }
}
