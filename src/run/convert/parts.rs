//! Parts of the sources, for archives beyond one machine; and what is left for the run that puts the parts together.
//!
//! A source's name decides which part it is in, so parts write different articles. Only captures of one story may lie in
//! several parts, which nobody can know before all sources are read. So each part leaves in the cache what it learned of
//! its sources, and the whole run after them passes over all sources but those: their stories are made anew, from all of
//! their captures. Without that knowledge, or with some of it missing, the whole run converts everything and gives the
//! same.

use super::known::Entry;
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::cache::Cache;
use crate::disk::shown;
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;
use xxhash_rust::xxh3::xxh3_64;

/// What the sources are known by in the cache; the knowledge of a part has its numbers behind it.
pub(super) const NAME: &str = "sources";

/// One of several equal parts of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub index: u32,
    /// Of how many.
    pub count: u32,
}

impl Shard {
    /// Whether a source of that name is in it.
    pub(super) fn has(self, source: &str) -> bool {
        xxh3_64(source.as_bytes()) % u64::from(self.count.max(1)) + 1 == u64::from(self.index)
    }

    /// As part of the name of a file.
    pub(super) fn tag(self) -> String {
        format!("{}-of-{}", self.index, self.count)
    }

    /// What its knowledge is called in the cache.
    pub(super) fn name(self) -> String {
        format!("{NAME}-{}", self.tag())
    }

    /// The part whose knowledge has that name.
    fn named(name: &str) -> Option<Self> {
        let (index, count) = name.strip_prefix(NAME)?.strip_prefix('-')?.split_once("-of-")?;
        format!("{index}/{count}").parse().ok()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    /// Reads `I/N`, as in `2/8`.
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match parts {
            Some((index, count)) if (1..=count).contains(&index) => Ok(Self { index, count }),
            _ => Err(format!("`{text}` is not a part of a whole; write it as 2/8, from 1/8 to 8/8")),
        }
    }
}

/// The parts that left something in the cache.
fn left(cache: &Cache) -> Vec<Shard> {
    let mut left: Vec<Shard> = cache.names().iter().filter_map(|name| Shard::named(name)).collect();
    left.sort_unstable_by_key(|part| (part.count, part.index));
    left
}

/// How many parts there should be, and those that are missing; `None` where nothing was left by any.
fn missing(left: &[Shard]) -> Option<(u32, Vec<Shard>)> {
    let count = left.last()?.count;
    let there: HashSet<u32> = left.iter().filter(|part| part.count == count).map(|part| part.index).collect();
    let missing = (1..=count).filter(|index| !there.contains(index)).map(|index| Shard { index, count });
    Some((count, missing.collect()))
}

/// The first few of them, for a message.
fn list(parts: &[Shard]) -> String {
    let first: Vec<String> = parts.iter().take(5).map(Shard::to_string).collect();
    let rest = parts.len() - first.len();
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    first.join(", ") + &rest
}

/// Makes sure that all parts are there to be put together.
///
/// # Errors
/// [`Error::Usage`] which names those that are not.
pub fn all_there(cache: &Cache) -> Result<(), Error> {
    let (message, hint) = match missing(&left(cache)) {
        None => (
            format!("no part left anything in {}", shown(cache.path())),
            "convert the parts with --shard, and bring their folders together here, .backfile/ included".to_owned(),
        ),
        Some((_, missing)) if missing.is_empty() => return Ok(()),
        Some((count, missing)) => (
            format!("of the {count} parts, {} left nothing in {}", list(&missing), shown(cache.path())),
            "convert those parts, or convert everything without --shard and --merge".to_owned(),
        ),
    };
    Err(Error::usage(message, hint))
}

/// Forgets all that is known of the sources, before articles are written without taking note of it: by a part, or by a
/// person who converts some sources again.
///
/// # Errors
/// [`Error::Disk`].
pub fn forget(cache: &Cache, part: Option<Shard>) -> Result<(), Error> {
    // The other parts of the same whole may be at work now.
    let others = |left: &Shard| part.is_some_and(|part| part.count == left.count && part.index != left.index);
    cache.forget(NAME)?;
    left(cache).iter().filter(|left| !others(left)).try_for_each(|left| cache.forget(&left.name()))
}

/// Forgets what parts knew, once they are put together.
pub(super) fn forget_parts(cache: &Cache) -> Result<(), Error> {
    left(cache).iter().try_for_each(|left| cache.forget(&left.name()))
}

/// What all parts know together.
pub(super) struct Parts {
    /// Ascending.
    pub(super) entries: Vec<Entry>,
    /// Stories with captures in several parts.
    pub(super) shared: HashSet<u64>,
}

impl Parts {
    /// What the cache has of parts, if all of them are there; a warning where some are not.
    pub(super) fn load(cache: &Cache, version: u128) -> Result<Option<Self>, Diagnostic> {
        let left = left(cache);
        let Some((count, missing)) = missing(&left) else { return Ok(None) };
        if !missing.is_empty() {
            let message = format!("{} of {count} parts are missing, so all sources are converted", missing.len());
            return Err(Diagnostic::warning(Place::file(shown(cache.path())), message)
                .hint(format!("convert {} as well before the parts are put together", list(&missing))));
        }
        let mut entries = Vec::new();
        let mut stories = Vec::new();
        for part in left.into_iter().filter(|part| part.count == count) {
            let first = entries.len();
            let bytes = cache.load(&part.name(), version)?.unwrap_or_default();
            entries.extend(Entry::all(&bytes));
            let of_a_story = entries.iter().skip(first).filter(|entry: &&Entry| entry.story != 0);
            stories.extend(of_a_story.map(|entry| (entry.story, part.index)));
        }
        entries.sort_unstable_by_key(Entry::order);
        stories.sort_unstable();
        stories.dedup();
        let shared = stories.chunk_by(|a, b| a.0 == b.0).filter(|parts| parts.len() > 1);
        let shared = shared.filter_map(|parts| parts.first()).map(|(story, _)| *story).collect();
        Ok(Some(Self { entries, shared }))
    }
}
