//! Files of articles that no source gave at their place this time: the source now belongs elsewhere, or is gone.

use super::Run;
use super::names::articles;
use crate::article::Article;
use crate::article::write::{Seal, seal};
use crate::convert::destination::{digits_of, identity};
use crate::diagnostic::{Diagnostic, Error, Place as Where};
use crate::disk::scratch::Scratch;
use crate::disk::{read, shown};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// How many files are looked at at once.
const BATCH: usize = 1024;

/// What was found where no article of this run belongs.
pub(super) struct Strays {
    /// Files that a person edited, by the record that they were converted from, where that record gave an article again.
    pub(super) held: BTreeMap<u64, String>,
    /// Records that gave an article again and have an unedited file at another place; sorted.
    pub(super) moved: Vec<u64>,
    /// Files to remove when all is placed: identity and path of each.
    pub(super) leaving: Scratch,
}

/// A file at a place that is no article's of this run.
struct Stray {
    path: String,
    /// The source that it was converted from.
    source: String,
    identity: u64,
    edited: bool,
}

impl Strays {
    /// Whether the record had an unedited file at another place.
    pub(super) fn moved(&self, identity: u64) -> bool {
        self.moved.binary_search(&identity).is_ok()
    }

    fn leaves(&mut self, stray: &Stray) -> Result<(), Error> {
        let mut note = stray.identity.to_le_bytes().to_vec();
        note.extend_from_slice(stray.path.as_bytes());
        self.leaving.append(&note).map(|_| ())
    }
}

impl Run<'_> {
    /// Looks at every file below the folder of articles that has a converter's name and is no article's place.
    pub(super) fn strays(&mut self) -> Result<Strays, Error> {
        let mut strays = Strays { held: BTreeMap::new(), moved: Vec::new(), leaving: self.notes("leaving") };
        let mut paths = articles(&self.options.into)?
            .filter(|path| digits_of(path).is_some() && self.places.binary_search(&xxh3_64(path.as_bytes())).is_err())
            .peekable();
        let mut gone = Vec::new();
        while paths.peek().is_some() {
            let batch: Vec<String> = paths.by_ref().take(BATCH).collect();
            let found: Vec<Option<Stray>> =
                batch.into_par_iter().map(|path| stray(&self.options.into, path)).collect::<Result<_, Error>>()?;
            for stray in found.into_iter().flatten() {
                if self.identities.binary_search(&stray.identity).is_err() {
                    gone.extend(Some(stray).filter(|stray| self.is_gone(&stray.source)));
                } else if stray.edited && !self.options.force {
                    strays.held.insert(stray.identity, stray.path);
                } else {
                    strays.moved.push(stray.identity);
                    strays.leaves(&stray)?;
                }
            }
        }
        strays.moved.sort_unstable();
        drop(paths);
        for stray in gone {
            self.vanished(&stray, &mut strays)?;
        }
        Ok(strays)
    }

    /// Whether a source of that name should have been seen in this run. One that was bad is still there.
    fn is_gone(&self, source: &str) -> bool {
        self.inputs.cover(source)
            && self.options.shard.is_none_or(|shard| shard.has(source))
            && self.bad_sources.binary_search(&xxh3_64(source.as_bytes())).is_err()
    }

    fn vanished(&mut self, stray: &Stray, strays: &mut Strays) -> Result<(), Error> {
        let place = Where::file(shown(&self.options.into.join(&stray.path)));
        let (why, hint) = match (self.options.prune, stray.edited, self.passed_over) {
            (true, false, false) => {
                self.report.counts.pruned += 1;
                return strays.leaves(stray);
            }
            (false, ..) => ("its article stays", "`backfile convert --prune` removes articles whose sources are gone"),
            (true, true, _) => ("its article was edited by hand and stays", "remove it yourself if it should go"),
            (true, false, true) => {
                ("its article stays", "nothing is pruned where some of the sources could not be read")
            }
        };
        self.report.counts.vanished += 1;
        let message = format!("its source {} is gone; {why}", stray.source);
        self.report.diagnostics.push(Diagnostic::warning(place, message).hint(hint));
        Ok(())
    }
}

/// The file at `path`, if it was converted from a source.
fn stray(into: &Path, path: String) -> Result<Option<Stray>, Error> {
    let Some(bytes) = read::read_if_there(&into.join(&path))? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let Some(source) = Article::parse(&text).ok().and_then(|article| article.front.source) else { return Ok(None) };
    if source.file.is_empty() || seal(&text) == Seal::Absent {
        return Ok(None);
    }
    let identity = identity(&source.file, &source.record);
    Ok(Some(Stray { path, source: source.file, identity, edited: seal(&text) != Seal::Whole }))
}
