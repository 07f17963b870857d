//! The pass over all sources: a batch is read and converted by all threads, then taken note of in its order.

use super::inputs::{Job, Problem};
use super::notes::{Draft, Place};
use super::place::{self, There};
use super::source::{Done, source};
use super::{Run, report};
use crate::convert::destination::low_bits;
use crate::diagnostic::{Error, Severity};
use crate::progress::Progress;
use rayon::prelude::*;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// How many sources are in memory at once. Enough that threads seldom wait for the slowest of a batch.
const BATCH: usize = 256;

impl<'a> Run<'a> {
    /// Converts every source.
    pub(super) fn pass(&mut self, progress: &dyn Progress) -> Result<(), Error> {
        progress.begin("converting", None);
        let mut sources = self.inputs.sources();
        loop {
            let jobs = self.batch(&mut sources)?;
            if jobs.is_empty() {
                break;
            }
            let with_fields = self.options.report.is_some();
            let done: Vec<Result<Done, Error>> =
                jobs.par_iter().map(|job| source(job, &self.options.into, with_fields)).collect();
            let mut ready = Vec::new();
            for done in done {
                self.take(done?, &mut ready)?;
            }
            self.put(&ready)?;
            progress.advance(jobs.len() as u64);
        }
        self.places.sort_unstable();
        self.contested = self.places.windows(2).any(|two| two.first() == two.get(1));
        self.identities.sort_unstable();
        self.bad_sources.sort_unstable();
        Ok(())
    }

    /// The next sources that are of this shard. What was passed over on the way to them is noted.
    fn batch(&mut self, sources: &mut impl Iterator<Item = Result<Job<'a>, Problem>>) -> Result<Vec<Job<'a>>, Error> {
        let mut jobs = Vec::with_capacity(BATCH);
        for found in sources {
            match found {
                Ok(job) if self.options.shard.is_none_or(|shard| shard.has(&job.name())) => jobs.push(job),
                Ok(_) => {}
                Err(Problem::Stop(error)) => return Err(error),
                Err(Problem::PassedOver(diagnostic)) => {
                    self.passed_over |= diagnostic.severity == Severity::Error;
                    self.report.diagnostics.push(diagnostic);
                }
            }
            if jobs.len() == BATCH {
                break;
            }
        }
        Ok(jobs)
    }

    /// Takes note of a converted source. Articles that can have one place only are ready to be put there; the others
    /// wait until all sources are known.
    fn take(&mut self, done: Done, ready: &mut Vec<(Place, There)>) -> Result<(), Error> {
        let Done { name, drafts, bad, warnings } = done;
        self.report.counts.sources += 1;
        self.report.diagnostics.extend(warnings);
        self.lines.source(&name, &drafts, &bad, self.report.counts.articles)?;
        for Draft { mut place, there, story, .. } in drafts {
            place.number = self.report.counts.articles;
            self.report.counts.articles += 1;
            self.places.push(xxh3_64(place.path.as_bytes()));
            self.identities.push(place.identity);
            // Without a file of its name anywhere, the article was nowhere before.
            let was_elsewhere = there == There::Nothing && self.names.has(low_bits(place.identity));
            if story.is_none() && !was_elsewhere {
                ready.push((place, there));
            } else {
                let note = self.scratch.append(&place.to_note())?;
                self.waiting.push((story.unwrap_or(super::stories::ALONE), note));
            }
        }
        self.bad(&name, bad)
    }

    fn put(&mut self, ready: &[(Place, There)]) -> Result<(), Error> {
        // Two sources may claim one place. The first has it; the second looks again when the first is there.
        let mut claimed = HashSet::new();
        let (first, second): (Vec<_>, Vec<_>) =
            ready.iter().partition(|(place, _)| claimed.insert(place.path.as_str()));
        let (into, force, dry_run) = (&self.options.into, self.options.force, self.options.dry_run);
        let put = |(place, there): &(Place, There)| place::put(into, place, *there, force, dry_run);
        let outcomes: Vec<_> = first.par_iter().map(|ready| put(ready)).collect();
        for ((place, there), outcome) in first.into_iter().zip(outcomes) {
            self.note(place.number, *there, outcome?);
        }
        for (place, _) in second {
            let there = place::look(into, &place.path, &place.text, place.identity)?;
            self.note(place.number, there, place::put(into, place, there, force, dry_run)?);
        }
        Ok(())
    }

    /// Takes note of what became of an article.
    pub(super) fn note(&mut self, number: u64, there: There, result: report::Result) {
        let (outcome, diagnostic) = result;
        self.report.counts.add(outcome);
        self.lines.outcome(number, outcome);
        match there {
            // Nothing is new about it: it is said to those who ask, but it is no reason to warn.
            There::Edited { newer: false } => self.report.edited.extend(diagnostic),
            _ => self.report.diagnostics.extend(diagnostic),
        }
    }
}
