//! What the last run left in an output folder, for those who only want to know whether it is all there.

use super::manifest::{Manifest, tail_of};
use super::recover::settle;
use super::{DIRECT, ROOM, STAGING, state_folder};
use crate::diagnostic::Error;
use crate::disk::cache::Cache;
use crate::disk::read::hash_of_file;
use crate::disk::{Stamp, failed};
use rayon::prelude::*;
use std::path::Path;

/// What a run that came to its end left.
#[derive(Debug)]
pub struct Left {
    pub(super) manifest: Manifest,
    hash: u128,
}

impl Left {
    /// What is known of the folder `root`; `None` where nothing is, or where a run did not come to its end.
    pub fn load(cache: &Cache, root: &Path) -> Option<Self> {
        let state = state_folder(cache, root).ok()?;
        let open = [DIRECT, ROOM, STAGING, "journal", "manifest.next"];
        if open.iter().any(|name| state.join(name).exists()) {
            return None;
        }
        let bytes = std::fs::read(state.join("manifest")).ok()?;
        let hash = tail_of(&bytes)?;
        Some(Self { manifest: Manifest::parse(bytes)?, hash })
    }

    /// Looks whether every file is still there as it was left, by size and time, or else by what is in it: a copy of the
    /// site has other times, which are then known to the next run. `None` where a file is gone or another.
    ///
    /// # Errors
    /// [`Error::Disk`] where the times cannot be noted.
    pub fn looked_after(self, cache: &Cache, root: &Path) -> Result<Option<Self>, Error> {
        let look = |at: usize| {
            let (record, target) = (self.manifest.record(at), root.join(self.manifest.path(at)));
            let there = Stamp::at(&target).filter(|there| there.size == record.stamp.size)?;
            let same = there == record.stamp || hash_of_file(&target).is_ok_and(|hash| hash == record.hash);
            same.then_some(there)
        };
        let stamps: Option<Vec<Stamp>> = (0..self.len()).into_par_iter().with_min_len(128).map(look).collect();
        let Some(stamps) = stamps else { return Ok(None) };
        if stamps.iter().enumerate().all(|(at, stamp)| *stamp == self.manifest.record(at).stamp) {
            return Ok(Some(self));
        }
        let (manifest, hash) = self.manifest.with_times(&stamps);
        let state = state_folder(cache, root)?;
        let next = state.join("manifest.next");
        std::fs::write(&next, manifest.bytes()).map_err(failed("write", &next))?;
        settle(&state)?;
        Ok(Some(Self { manifest, hash }))
    }

    /// The hash of all that is known.
    pub fn hash(&self) -> u128 {
        self.hash
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.manifest.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The path of a file below the folder.
    pub fn path(&self, at: usize) -> &str {
        self.manifest.path(at)
    }
}

/// The hash of what is known of the folder `root` now.
pub fn manifest_hash(cache: &Cache, root: &Path) -> Option<u128> {
    let state = state_folder(cache, root).ok()?;
    tail_of(&std::fs::read(state.join("manifest")).ok()?)
}
