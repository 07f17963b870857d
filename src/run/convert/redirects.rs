//! Addresses that led to others when the sources were saved: they become aliases of the articles that they led to.

use super::known::Known;
use crate::convert::captures::place;
use crate::diagnostic::Error;
use crate::disk::scratch::Scratch;
use crate::markup::address::split_origin;
use std::collections::HashMap;

/// How many redirects in a row are followed.
const LONGEST: usize = 10;

/// One address that led to another.
struct Moved {
    from: u64,
    to: u64,
    source: u64,
    /// Where the old address is noted; `None` where it is no address of the same site.
    note: Option<u64>,
}

/// All of a run. Addresses are numbers, so that a million of them take some tens of megabytes.
pub(super) struct Redirects {
    moved: Vec<Moved>,
    /// By the address that a record was at: the story that it is a capture of, and the source.
    stories: HashMap<u64, (u64, u64)>,
    scratch: Scratch,
}

/// Old addresses by the story that they led to.
#[derive(Default)]
pub(super) struct Resolved {
    notes: HashMap<u64, Vec<u64>>,
    /// Sources with addresses that led to nothing that became an article, and how many.
    pub(super) lost: u64,
}

impl Redirects {
    pub(super) fn new(scratch: Scratch) -> Self {
        Self { moved: Vec::new(), stories: HashMap::new(), scratch }
    }

    /// In `source`, `from` led to `to`.
    pub(super) fn moved(&mut self, source: u64, from: &str, to: &str) -> Result<(), Error> {
        let (Some(old), Some(new)) = (place(from), place(to)) else { return Ok(()) };
        let (origin, path) = split_origin(from.split('#').next().unwrap_or_default());
        let host = |origin: &str| {
            let host = origin.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
            host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
        };
        let is_of_the_site = old != new && path.starts_with('/') && host(origin) == host(split_origin(to).0);
        let note = is_of_the_site.then(|| self.scratch.append(path.as_bytes())).transpose()?;
        self.moved.push(Moved { from: old, to: new, source, note });
        Ok(())
    }

    /// A record of `source` that was at the address `at` is a capture of `story`.
    pub(super) fn arrived(&mut self, at: u64, story: u64, source: u64) {
        self.stories.insert(at, (story, source));
    }

    /// Makes the next build convert anew what depends on more than one source.
    pub(super) fn tell(&self, known: &mut Known) {
        for moved in &self.moved {
            if self.stories.get(&moved.to).is_none_or(|(_, source)| *source != moved.source) {
                known.loud(moved.source);
                known.touch(moved.to);
            }
        }
    }

    /// Follows all of them.
    pub(super) fn resolve(&self) -> Resolved {
        let next: HashMap<u64, u64> = self.moved.iter().map(|moved| (moved.from, moved.to)).collect();
        let mut resolved = Resolved::default();
        for moved in &self.moved {
            let steps = std::iter::successors(Some(moved.to), |at| next.get(at).copied().filter(|to| to != at));
            match steps.take(LONGEST).find_map(|at| self.stories.get(&at)) {
                Some((story, _)) => resolved.notes.entry(*story).or_default().extend(moved.note),
                None => resolved.lost += 1,
            }
        }
        resolved
    }

    /// The old addresses that led to `story`.
    pub(super) fn of(&self, resolved: &Resolved, story: u64) -> Result<Vec<String>, Error> {
        let notes = resolved.notes.get(&story).map(Vec::as_slice).unwrap_or_default();
        notes.iter().map(|note| Ok(String::from_utf8_lossy(&self.scratch.read(*note)?).into_owned())).collect()
    }
}
