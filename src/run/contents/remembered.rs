//! What the last build read of `content/`: each file boiled down, so that a file that did not change is not read again.
//!
//! The hash of a file's bytes decides whether it changed. Its size and time of change are the shortcut: where both are
//! as they were, the file is not even opened.

use super::Item;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::{Cache, Keeping};
use crate::disk::walk::Found;
use crate::disk::{self, Stamp};
use crate::pack::{self, Pack};
use crate::page::hashing::hash_of;
use std::ops::Range;

/// The name in the cache.
const NAME: &str = "articles";

/// All files of the last build.
#[derive(Default)]
pub(super) struct Remembered {
    bytes: Vec<u8>,
    /// By path.
    records: Vec<Record>,
    version: u128,
    /// When this build began.
    now: i64,
}

/// One file of the last build.
struct Record {
    /// All of it.
    whole: Range<usize>,
    path: Range<usize>,
    stamp: Stamp,
    hash: u64,
    item: Range<usize>,
}

impl Remembered {
    /// What the cache has; a warning where that cannot be used. `now` is when this build began, by the clock of the disk.
    pub(super) fn load(cache: &Cache, config: &Config, now: i64) -> (Self, Option<Diagnostic>) {
        // A digest depends on these settings besides its file and the program.
        let matching = config.related_count > 0;
        let version =
            hash_of(&(disk::program(), &config.language, config.timezone.iana_name(), &config.base_url, matching));
        let (bytes, warning) = match cache.load(NAME, version) {
            Ok(bytes) => (bytes.unwrap_or_default(), None),
            Err(warning) => (Vec::new(), Some(warning)),
        };
        let records = records(&bytes).unwrap_or_default();
        (Self { bytes, records, version, now }, warning)
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// For each file that was `found`, whose paths ascend, its record.
    pub(super) fn find(&self, found: &[Found]) -> Vec<Option<usize>> {
        let mut at = 0;
        let find = |file: &Found| {
            while self.path(at).is_some_and(|known| known < file.path.as_str()) {
                at += 1;
            }
            (self.path(at) == Some(&file.path)).then_some(at)
        };
        found.iter().map(find).collect()
    }

    pub(super) fn path(&self, at: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(self.records.get(at)?.path.clone())?).ok()
    }

    /// Whether a file with that stamp is as it was.
    pub(super) fn is_current(&self, at: usize, stamp: Stamp) -> bool {
        self.records.get(at).is_some_and(|record| record.stamp == stamp)
    }

    /// Whether a file whose bytes have that hash is as it was.
    pub(super) fn has_hash(&self, at: usize, hash: u64) -> bool {
        self.records.get(at).is_some_and(|record| record.hash == hash)
    }

    /// The hash of the bytes that a file had.
    pub(super) fn hash(&self, at: usize) -> u64 {
        self.records.get(at).map_or(0, |record| record.hash)
    }

    /// The record of a file as it was kept.
    pub(super) fn kept(&self, at: usize) -> &[u8] {
        self.records.get(at).and_then(|record| self.bytes.get(record.whole.clone())).unwrap_or_default()
    }

    /// What the file was boiled down to.
    pub(super) fn item(&self, at: usize) -> Option<Item> {
        Item::unpack(&mut self.bytes.get(self.records.get(at)?.item.clone())?)
    }

    /// Begins to keep what this build sees.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub(super) fn keep<'a>(&self, cache: &'a Cache) -> Result<Keeping<'a>, Error> {
        cache.keep(NAME, self.version)
    }

    /// A record of this build. Records are kept in the order of their paths.
    pub(super) fn record(&self, path: &str, stamp: Stamp, hash: u64, item: &Item) -> Vec<u8> {
        let mut packed = Vec::with_capacity(1024);
        item.pack(&mut packed);
        self.with_item(path, stamp, hash, &packed)
    }

    /// The record of a file that is as it was, but has another time now.
    pub(super) fn renewed(&self, at: usize, stamp: Stamp) -> Vec<u8> {
        let item = self.records.get(at).and_then(|record| self.bytes.get(record.item.clone()));
        self.with_item(self.path(at).unwrap_or_default(), stamp, self.hash(at), item.unwrap_or_default())
    }

    fn with_item(&self, path: &str, stamp: Stamp, hash: u64, item: &[u8]) -> Vec<u8> {
        let mut record = Vec::with_capacity(64 + path.len() + item.len());
        let trusted = stamp.trusted(self.now);
        path.to_owned().pack(&mut record);
        trusted.size.pack(&mut record);
        trusted.mtime.pack(&mut record);
        hash.pack(&mut record);
        (item.len() as u32).pack(&mut record);
        record.extend_from_slice(item);
        record
    }
}

fn records(bytes: &[u8]) -> Option<Vec<Record>> {
    let mut records = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = |rest: &[u8]| bytes.len() - rest.len();
        let start = at(rest);
        let path_length = pack::text(&mut rest)?.len();
        let path = at(rest) - path_length..at(rest);
        let stamp = Stamp { size: u64::unpack(&mut rest)?, mtime: i64::unpack(&mut rest)? };
        let hash = u64::unpack(&mut rest)?;
        let length = u32::unpack(&mut rest)? as usize;
        let item = at(rest)..at(rest) + length;
        pack::take(&mut rest, length)?;
        records.push(Record { whole: start..at(rest), path, stamp, hash, item });
    }
    Some(records)
}
