//! Which articles may have been there before, in 2 MiB however many there are.

use crate::convert::destination::digits_of;
use crate::diagnostic::Error;
use crate::disk::walk::{self, Hidden};
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// For each of the 2²⁴ numbers that names of articles end with, whether some name does.
pub(super) struct Names {
    bits: Vec<u64>,
    /// Hashes of the paths of all files that may be articles, sorted; only where they were asked for.
    pub(super) files: Vec<u64>,
}

impl Names {
    /// The names of the articles below `folder`, which need not be there.
    pub(super) fn below(folder: &Path, with_files: bool) -> Result<Self, Error> {
        let mut names = Self { bits: vec![0; 1 << 18], files: Vec::new() };
        for path in articles(folder)? {
            if with_files {
                names.files.push(xxh3_64(path.as_bytes()));
            }
            if let Some(digits) = digits_of(&path)
                && let Some(word) = names.bits.get_mut(digits as usize / 64)
            {
                *word |= 1 << (digits % 64);
            }
        }
        names.files.sort_unstable();
        Ok(names)
    }

    /// Whether the name of an article ends with these digits.
    pub(super) fn has(&self, digits: u32) -> bool {
        self.bits.get(digits as usize / 64).is_some_and(|word| word >> (digits % 64) & 1 == 1)
    }
}

/// The files below `folder` that may be articles. Folders whose names begin with `_` hold other things, as sources.
pub(super) fn articles(folder: &Path) -> Result<Box<dyn Iterator<Item = String> + '_>, Error> {
    if !walk::is_folder(folder) {
        return Ok(Box::new(std::iter::empty()));
    }
    let enter = |folder: &str| !folder.rsplit('/').next().is_some_and(|name| name.starts_with('_'));
    // What cannot be read is named by the build, which needs it; here it only means that nothing is known of it.
    Ok(Box::new(walk::each(folder, Hidden::Skip, enter)?.filter_map(Result::ok)))
}
