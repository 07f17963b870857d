//! Reading what changed since the last build, and taking the rest from what that build remembered.

use super::remembered::Remembered;
use super::{Item, Read, boil_down, named, parse};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::Cache;
use crate::disk::{Stamp, read};
use crate::progress::Progress;
use rayon::prelude::*;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// How many files are boiled down before they are written to the cache: enough to keep all cores at work, and few
/// enough that what waits takes little memory.
const BATCH: usize = 8192;

/// A file of `content/`, and what is known of it.
struct File<'a> {
    path: &'a str,
    /// None where the file vanished after it was found, or cannot be asked about.
    stamp: Option<Stamp>,
    record: Option<usize>,
}

/// Fills `read` with the articles at `paths`, which ascend, and keeps for the next build what it will need.
///
/// # Errors
/// [`Error::Disk`] where the cache cannot be written.
pub(super) fn read(
    content: &Path,
    config: &Config,
    paths: &[String],
    remembered: &Remembered,
    cache: &Cache,
    progress: &dyn Progress,
    read: &mut Read,
) -> Result<(), Error> {
    let files: Vec<File<'_>> = paths
        .par_iter()
        .zip(remembered.find(paths))
        .map(|(path, record)| File { path, stamp: Stamp::at(&content.join(path)), record })
        .collect();
    let is_current = |file: &File<'_>| {
        file.record.zip(file.stamp).is_some_and(|(record, stamp)| remembered.is_current(record, stamp))
    };
    let nothing_changed = files.len() == remembered.len() && files.iter().all(is_current);
    let mut keeping = if nothing_changed { None } else { Some(remembered.keep(cache)?) };
    let mut unmatched: Vec<bool> = vec![true; remembered.len()];
    for batch in files.chunks(BATCH) {
        let seen: Vec<(Seen, Vec<u8>)> = batch
            .par_iter()
            .map(|file| {
                let seen = see(content, config, file, remembered);
                let record = match (&seen, file.stamp) {
                    // What is still true is kept as it lies.
                    (Seen::As(..), _) if is_current(file) => Vec::new(),
                    (Seen::As(item, hash) | Seen::New(item, hash), Some(stamp)) if !nothing_changed => {
                        remembered.record(file.path, stamp, *hash, item)
                    }
                    _ => Vec::new(),
                };
                progress.advance(1);
                (seen, record)
            })
            .collect();
        for (file, (seen, record)) in batch.iter().zip(seen) {
            if let Some(keeping) = &mut keeping {
                let kept = file.record.filter(|_| matches!(seen, Seen::As(..)) && is_current(file));
                keeping.add(kept.map_or(&record, |at| remembered.kept(at)))?;
            }
            if let (Seen::As(..), Some(matched)) = (&seen, file.record.and_then(|at| unmatched.get_mut(at))) {
                *matched = false;
            }
            read.take(seen.item());
        }
    }
    let gone = unmatched.iter().enumerate().filter(|(_, unmatched)| **unmatched);
    let former = gone.filter_map(|(at, _)| remembered.item(at)?.article());
    read.contents.former = former.collect();
    read.seen = match keeping {
        Some(keeping) => keeping.finish()?,
        None => remembered.hash_of_all(),
    };
    read.is_news = !nothing_changed;
    Ok(())
}

/// A file boiled down, and the hash of its bytes.
enum Seen {
    /// As it was remembered.
    As(Item, u64),
    /// It is new, or another than it was.
    New(Item, u64),
    /// It cannot be read.
    Bad(Diagnostic),
}

impl Seen {
    fn item(self) -> Result<Item, Diagnostic> {
        match self {
            Self::As(item, _) | Self::New(item, _) => Ok(item),
            Self::Bad(diagnostic) => Err(diagnostic),
        }
    }
}

/// The file boiled down: as remembered, if it is as it was.
fn see(content: &Path, config: &Config, file: &File<'_>, remembered: &Remembered) -> Seen {
    let as_it_was = |record| Some(Seen::As(remembered.item(record)?, remembered.hash(record)));
    let current = file.record.zip(file.stamp).filter(|(record, stamp)| remembered.is_current(*record, *stamp));
    if let Some(known) = current.and_then(|(record, _)| as_it_was(record)) {
        return known;
    }
    let bytes = match read::read(&content.join(file.path), &named(file.path), read::LARGEST) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Seen::Bad(diagnostic),
    };
    let hash = xxh3_64(&bytes);
    if let Some(known) = file.record.filter(|at| remembered.has_hash(*at, hash)).and_then(as_it_was) {
        return known;
    }
    match parse(file.path, bytes).and_then(|article| boil_down(file.path, &article, hash, config)) {
        Ok(item) => Seen::New(item, hash),
        Err(diagnostic) => Seen::Bad(diagnostic),
    }
}
