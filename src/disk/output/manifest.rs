//! The manifest: which files backfile wrote to the output folder last time, and what was in them.
//!
//! One file, read in one call and used as it lies: a header, a record of fixed width per file in the order of the
//! paths' hashes, the paths, and a hash of all that. All numbers are little-endian.

use super::fresh::{Fresh, Written};
use crate::diagnostic::Error;
use crate::disk::{Stamp, failed};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

/// Names the file and its version; another version is another first line.
const MAGIC: &[u8; 24] = b"backfile manifest      2";
/// Magic, number of records, bytes of paths.
const HEADER: usize = 24 + 8 + 8;
/// Hash of path, hash of content, size, time, key, offset of the path.
const RECORD: usize = 8 + 16 + 8 + 8 + 16 + 8;
/// Where the time stands in a record.
const TIME: usize = 8 + 16 + 8;
const CHECKSUM: usize = 16;

/// The key of a file that is no page, or of a page whose text is to be made again.
pub(super) const NO_KEY: u128 = 0;

/// What is known of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) path_hash: u64,
    pub(super) hash: u128,
    pub(super) stamp: Stamp,
    /// The key of the page that the file is, or [`NO_KEY`].
    pub(super) key: u128,
}

/// The manifest of the last run, as its bytes.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    bytes: Vec<u8>,
    count: usize,
}

pub(super) fn hash_of_path(path: &str) -> u64 {
    xxh3_64(path.as_bytes())
}

impl Manifest {
    /// The manifest in `bytes`; `None` where they are not a whole manifest of this version.
    pub(super) fn parse(bytes: Vec<u8>) -> Option<Self> {
        let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
        if !content.starts_with(MAGIC) || xxh3_128(content).to_le_bytes() != *checksum {
            return None;
        }
        let count = usize::try_from(number(content, MAGIC.len())).ok()?;
        Some(Self { bytes, count })
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The place of `path` among the records.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        let wanted = hash_of_path(path);
        let (mut low, mut high) = (0, self.count);
        let (mut least, mut most) = (0, u64::MAX);
        while low < high {
            // Hashes lie evenly, so a few looks find the place, where halving takes one for each power of two.
            let share = u128::from(wanted - least) * (high - low) as u128 / (u128::from(most - least) + 1);
            let middle = low + share as usize;
            match self.path_hash(middle) {
                before if before < wanted => (low, least) = (middle + 1, before),
                other => (high, most) = (middle, other),
            }
        }
        (low..self.count).take_while(|at| self.path_hash(*at) == wanted).find(|at| self.path(*at) == path)
    }

    fn path_hash(&self, at: usize) -> u64 {
        number(&self.bytes, HEADER + at * RECORD)
    }

    pub(super) fn record(&self, at: usize) -> Record {
        let from = HEADER + at * RECORD;
        let part = |offset: usize| number(&self.bytes, from + offset);
        Record {
            path_hash: part(0),
            hash: u128::from(part(8)) | u128::from(part(16)) << 64,
            stamp: Stamp { size: part(24), mtime: part(TIME).cast_signed() },
            key: u128::from(part(40)) | u128::from(part(48)) << 64,
        }
    }

    /// The same with other times, and the hash that it ends with.
    pub(super) fn with_times(mut self, stamps: &[Stamp]) -> (Self, u128) {
        for (at, stamp) in stamps.iter().enumerate() {
            let from = HEADER + at * RECORD + TIME;
            if let Some(place) = self.bytes.get_mut(from..from + 8) {
                place.copy_from_slice(&stamp.mtime.to_le_bytes());
            }
        }
        let end = self.bytes.len().saturating_sub(CHECKSUM);
        let (content, checksum) = self.bytes.split_at_mut(end);
        let hash = xxh3_128(content);
        checksum.copy_from_slice(&hash.to_le_bytes());
        (self, hash)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn path(&self, at: usize) -> &str {
        let start = HEADER + self.count * RECORD + number(&self.bytes, HEADER + at * RECORD + 56) as usize;
        counted(&self.bytes, start)
    }
}

/// The hash that a manifest ends with.
pub(super) fn tail_of(bytes: &[u8]) -> Option<u128> {
    bytes.last_chunk::<CHECKSUM>().map(|tail| u128::from_le_bytes(*tail))
}

/// The path that stands at `start` behind its length.
pub(super) fn counted(bytes: &[u8], start: usize) -> &str {
    let length = bytes.get(start..start + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes);
    let path = bytes.get(start + 2..start + 2 + usize::from(length)).unwrap_or_default();
    std::str::from_utf8(path).unwrap_or_default()
}

fn number(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// A file of the new manifest: a record of the old one that still holds, or one that this run wrote.
#[derive(Clone, Copy, Debug)]
pub(super) enum Line {
    Old(usize),
    New(Written),
}

/// Old and new records together.
pub(super) struct Lines<'a> {
    pub(super) old: &'a Manifest,
    pub(super) fresh: &'a Fresh,
    /// In the order of the paths' hashes, then of the paths.
    pub(super) all: Vec<(u64, Line)>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(old: &'a Manifest, fresh: &'a Fresh, kept: impl Fn(usize) -> bool) -> Self {
        let old_lines = (0..old.len()).filter(|at| kept(*at)).map(|at| (old.path_hash(at), Line::Old(at)));
        let new_lines = fresh.all().map(|written| (fresh.record(written).path_hash, Line::New(written)));
        let unsorted = Self { old, fresh, all: Vec::new() };
        let path = |line: &Line| unsorted.path(*line);
        let mut all: Vec<(u64, Line)> = Vec::with_capacity(fresh.len() + old_lines.clone().count());
        all.extend(old_lines.chain(new_lines));
        all.sort_unstable_by(|(a, left), (b, right)| a.cmp(b).then_with(|| path(left).cmp(path(right))));
        Self { all, ..unsorted }
    }

    pub(super) fn path(&self, line: Line) -> &'a str {
        match line {
            Line::Old(at) => self.old.path(at),
            Line::New(written) => self.fresh.path(written),
        }
    }

    fn record(&self, line: Line) -> Record {
        match line {
            Line::Old(at) => self.old.record(at),
            Line::New(written) => self.fresh.record(written),
        }
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        let wanted = hash_of_path(path);
        let from = self.all.partition_point(|(hash, _)| *hash < wanted);
        let same_hash = self.all.get(from..).unwrap_or_default().iter().take_while(|(hash, _)| *hash == wanted);
        same_hash.into_iter().any(|(_, line)| self.path(*line) == path)
    }

    /// A path that stands here twice.
    pub(super) fn twice(&self) -> Option<&'a str> {
        let twice = |pair: &&[(u64, Line)]| match pair {
            [(a, left), (b, right)] => a == b && self.path(*left) == self.path(*right),
            _ => false,
        };
        self.all.windows(2).find(twice).and_then(|pair| pair.first()).map(|(_, line)| self.path(*line))
    }

    /// Writes the manifest to `path`.
    pub(super) fn save(&self, path: &Path) -> Result<(), Error> {
        let file = File::create(path).map_err(failed("write", path))?;
        let mut file = BufWriter::with_capacity(1 << 18, file);
        self.write(&mut file).and_then(|()| file.flush()).map_err(failed("write", path))
    }

    /// The same as a manifest in memory.
    pub(super) fn manifest(&self) -> Manifest {
        let mut bytes = Vec::new();
        // Writing to memory cannot fail; if it did, the bytes would be no manifest and nothing would be taken as known.
        let whole = self.write(&mut bytes).is_ok();
        Some(bytes).filter(|_| whole).and_then(Manifest::parse).unwrap_or_default()
    }

    fn write(&self, to: &mut impl Write) -> std::io::Result<()> {
        let mut file = Hashing { to, hash: Xxh3::new() };
        let paths: usize = self.all.iter().map(|(_, line)| 2 + self.path(*line).len()).sum();
        file.put(MAGIC)?;
        file.put(&(self.all.len() as u64).to_le_bytes())?;
        file.put(&(paths as u64).to_le_bytes())?;
        let mut offset = 0u64;
        for (_, line) in &self.all {
            let record = self.record(*line);
            file.put(&record.path_hash.to_le_bytes())?;
            file.put(&record.hash.to_le_bytes())?;
            file.put(&record.stamp.size.to_le_bytes())?;
            file.put(&record.stamp.mtime.to_le_bytes())?;
            file.put(&record.key.to_le_bytes())?;
            file.put(&offset.to_le_bytes())?;
            offset += 2 + self.path(*line).len() as u64;
        }
        for (_, line) in &self.all {
            let path = self.path(*line);
            file.put(&(path.len() as u16).to_le_bytes())?;
            file.put(path.as_bytes())?;
        }
        let checksum = file.hash.digest128();
        file.to.write_all(&checksum.to_le_bytes())
    }
}

/// Writes and hashes at once.
struct Hashing<'w, W> {
    to: &'w mut W,
    hash: Xxh3,
}

impl<W: Write> Hashing<'_, W> {
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.hash.update(bytes);
        self.to.write_all(bytes)
    }
}
