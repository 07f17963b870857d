//! A look at `content/`: what changed since the last build is read and boiled down, and of the rest it is only known that
//! it is as it was. Where all of it is, nothing has to be recalled of what that build remembered.

use super::remembered::Remembered;
use super::{Item, Read, boil_down, named, parse};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::{Cache, Keeping};
use crate::disk::walk::Found;
use crate::disk::{Stamp, read};
use crate::progress::Progress;
use rayon::prelude::*;
use std::path::Path;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// How many files are boiled down before they are written to the cache: enough to keep all cores at work, and few
/// enough that what waits takes little memory.
const BATCH: usize = 8192;

/// What a look at `content/` found.
pub struct Looked {
    pub(super) remembered: Remembered,
    /// The files that are articles, pages or section indexes, in the order of their paths.
    items: Vec<Seen>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) warning: Option<Diagnostic>,
    seen: u128,
}

/// A file of `content/`, and what is known of it.
struct File<'a> {
    path: &'a str,
    stamp: Stamp,
    record: Option<usize>,
}

/// What a file is.
enum Seen {
    /// As the record of that number has it.
    As(u32),
    /// New, or another than it was.
    New(Box<Item>),
}

/// What came of looking at a file.
struct Look {
    seen: Result<Seen, Diagnostic>,
    /// The hash of its bytes.
    hash: u64,
    /// Its record, where the one that is there is not true any more.
    record: Vec<u8>,
}

impl Looked {
    /// Looks at the articles that were `found`, whose paths ascend, and keeps for the next build what it will need.
    ///
    /// # Errors
    /// [`Error::Disk`] where the cache cannot be written.
    pub(super) fn at(
        content: &Path,
        config: &Config,
        found: &[Found],
        (remembered, cache): (Remembered, Option<&Cache>),
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let records = remembered.find(found);
        let files = found.iter().zip(records);
        let files: Vec<File<'_>> =
            files.map(|(found, record)| File { path: &found.path, stamp: found.stamp, record }).collect();
        let is_current = |file: &File<'_>| file.record.is_some_and(|at| remembered.is_current(at, file.stamp));
        let all_current = files.len() == remembered.len() && files.iter().all(is_current);
        let mut keeping = cache.filter(|_| !all_current).map(|cache| remembered.keep(cache)).transpose()?;
        let (mut items, mut diagnostics, mut hash) = (Vec::with_capacity(files.len()), Vec::new(), Xxh3::new());
        for batch in files.chunks(BATCH) {
            let looks: Vec<Look> = batch
                .par_iter()
                .map(|file| {
                    progress.advance(1);
                    look(content, config, file, &remembered, keeping.is_some())
                })
                .collect();
            for (file, look) in batch.iter().zip(looks) {
                hash.update(file.path.as_bytes());
                hash.update(&[0]);
                hash.update(&look.hash.to_le_bytes());
                if let Some(keeping) = &mut keeping {
                    let kept = file.record.filter(|_| is_current(file) && look.seen.is_ok());
                    keeping.add(kept.map_or(&look.record, |at| remembered.kept(at)))?;
                }
                match look.seen {
                    Ok(seen) => items.push(seen),
                    Err(diagnostic) => diagnostics.push(diagnostic),
                }
            }
        }
        keeping.map(Keeping::finish).transpose()?;
        Ok(Self { remembered, items, diagnostics, warning: None, seen: hash.digest128() })
    }

    /// The hash of the paths of all articles and of the bytes in them.
    pub fn seen(&self) -> u128 {
        self.seen
    }

    /// Whether there is nothing to be said of it.
    pub fn is_all_well(&self) -> bool {
        self.diagnostics.is_empty() && self.warning.is_none()
    }

    /// All that was read, and all that is as it was.
    pub fn recall(self) -> Read {
        let Self { remembered, items, diagnostics, warning, .. } = self;
        let mut read = Read { diagnostics, warning, ..Read::default() };
        let mut stays = vec![false; remembered.len()];
        for at in items.iter().filter_map(|seen| if let Seen::As(at) = seen { Some(*at as usize) } else { None }) {
            stays[at] = true;
        }
        let recalled: Vec<Option<Item>> = items
            .into_par_iter()
            .with_min_len(256)
            .map(|seen| match seen {
                Seen::As(at) => remembered.item(at as usize),
                Seen::New(item) => Some(*item),
            })
            .collect();
        recalled.into_iter().flatten().for_each(|item| read.contents.take(item));
        let gone = (0..remembered.len()).filter(|at| !stays[*at]);
        read.contents.former = gone.filter_map(|at| remembered.item(at)?.article()).collect();
        read
    }
}

/// Reads a file, unless it is as it was by its size and time; with its new record, if one is to be kept.
fn look(content: &Path, config: &Config, file: &File<'_>, remembered: &Remembered, is_kept: bool) -> Look {
    let as_it_was = |at: usize, record| Look { seen: Ok(Seen::As(at as u32)), hash: remembered.hash(at), record };
    if let Some(at) = file.record.filter(|at| remembered.is_current(*at, file.stamp)) {
        return as_it_was(at, Vec::new());
    }
    let bytes = match read::read(&content.join(file.path), &named(file.path), read::LARGEST) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Look { seen: Err(diagnostic), hash: 0, record: Vec::new() },
    };
    let hash = xxh3_64(&bytes);
    if let Some(at) = file.record.filter(|at| remembered.has_hash(*at, hash)) {
        let record = if is_kept { remembered.renewed(at, file.stamp) } else { Vec::new() };
        return as_it_was(at, record);
    }
    let item = parse(file.path, bytes).and_then(|article| boil_down(file.path, &article, hash, config));
    let record = match &item {
        Ok(item) if is_kept => remembered.record(file.path, file.stamp, hash, item),
        _ => Vec::new(),
    };
    Look { seen: item.map(|item| Seen::New(Box::new(item))), hash, record }
}
