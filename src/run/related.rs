//! Grouping, with the related stories of the last build at hand.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::{self, cache::Cache};
use crate::group::related::{self, Memory};
use crate::group::{self, Contents, Grouped, Showing};

/// The name in the cache.
const NAME: &str = "related";

/// The related stories of the last build, or why they cannot be used.
pub type Recalled = Result<Option<Memory>, Diagnostic>;

/// What the cache has of related stories.
///
/// # Errors
/// A warning for the person, where there was something that could not be used.
pub fn recall(cache: &Cache) -> Recalled {
    Ok(cache.load(NAME, disk::program())?.and_then(|bytes| Memory::parse(&bytes)))
}

/// Makes the archive, and keeps its related stories for the next build. With it comes the warning where what the last build
/// kept is of no use.
///
/// # Errors
/// [`Error::Disk`] where the cache cannot be written.
pub fn group(
    (contents, recalled): (Contents, Recalled),
    config: &Config,
    showing: Showing,
    cache: &Cache,
) -> Result<(Grouped, Option<Diagnostic>), Error> {
    let (memory, warning) = recalled.map_or_else(|warning| (None, Some(warning)), |memory| (memory, None));
    let grouped = group::group(contents, config, showing, memory);
    if let Some(prints) = &grouped.related {
        let mut keeping = cache.keep(NAME, disk::program())?;
        related::keep(&grouped.archive, prints, config.related_count, |bytes| keeping.add(bytes))?;
        keeping.finish()?;
    }
    Ok((grouped, warning))
}

/// What the next archive needs to find related stories only where something changed, for a run that goes on; none where
/// nothing that matters to them did.
pub fn kept(grouped: &Grouped, config: &Config) -> Option<Vec<u8>> {
    let prints = grouped.related.as_ref()?;
    let mut kept = Vec::new();
    let add = |bytes: &[u8]| {
        kept.extend_from_slice(bytes);
        Ok::<(), Error>(())
    };
    // Appending to memory does not fail; if it did, all would be searched again.
    related::keep(&grouped.archive, prints, config.related_count, add).ok()?;
    Some(kept)
}

/// The same after [`group()`], which leaves it in the cache where it is as it was.
pub fn in_memory(cache: &Cache, grouped: &Grouped, config: &Config) -> Vec<u8> {
    kept(grouped, config).or_else(|| cache.load(NAME, disk::program()).ok().flatten()).unwrap_or_default()
}
