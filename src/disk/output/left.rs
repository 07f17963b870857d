//! What the last run left in an output folder, for those who only want to know whether it is all there.

use super::manifest::{Manifest, tail_of};
use super::{DIRECT, ROOM, STAGING, state_folder};
use crate::disk::Stamp;
use crate::disk::cache::Cache;
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

    /// Its size and time.
    pub fn stamp(&self, at: usize) -> Stamp {
        self.manifest.record(at).stamp
    }
}

/// The hash of what is known of the folder `root` now.
pub fn manifest_hash(cache: &Cache, root: &Path) -> Option<u128> {
    let state = state_folder(cache, root).ok()?;
    tail_of(&std::fs::read(state.join("manifest")).ok()?)
}
