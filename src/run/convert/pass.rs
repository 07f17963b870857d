//! The pass over all sources: a batch is read and converted by all threads, then taken note of in its order.

use super::inputs::{Job, Problem};
use super::known::{Entry, Known};
use super::notes::{Draft, Place};
use super::place::{self, Outcome, There};
use super::said::Said;
use super::source::{Done, Shared, Step, source};
use super::{ConvertOptions, Run, report};
use crate::convert::destination::low_bits;
use crate::diagnostic::{Error, Severity};
use crate::progress::Progress;
use rayon::prelude::*;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// How many sources are in memory at once. Enough that threads seldom wait for the slowest of a batch.
const BATCH: usize = 256;

/// Articles that are ready to be put at their places. Two sources may claim one place: the first has it, and the second
/// looks again when the first is there.
#[derive(Default)]
struct Claims {
    first: Vec<(Place, There)>,
    /// Whose place one of the first has, or had one of the batch before, which was on its way while these were converted.
    second: Vec<(Place, There)>,
}

impl Claims {
    /// Puts those that came first at their places.
    fn put(&self, options: &ConvertOptions<'_>) -> Vec<Result<report::Result, Error>> {
        let ConvertOptions { into, force, dry_run, .. } = options;
        self.first.par_iter().map(|(place, there)| place::put(into, place, *there, *force, *dry_run)).collect()
    }
}

impl<'a> Run<'a> {
    /// Converts every source that is not as the last build knew it.
    pub(super) fn pass(&mut self, progress: &dyn Progress) -> Result<(), Error> {
        progress.begin("converting", None);
        self.convert_all(None, progress)?;
        if self.report.stopped {
            return Ok(());
        }
        if let Some(known) = &mut self.known {
            self.redirects.tell(known);
        }
        let again = self.known.as_mut().map(Known::again).unwrap_or_default();
        if !again.is_empty() {
            self.convert_all(Some(&again), progress)?;
        }
        self.places.sort_unstable();
        self.contested = self.places.windows(2).any(|two| two.first() == two.get(1));
        if let Some(known) = &self.known {
            for Entry { place, identity, .. } in known.passed_over() {
                self.places.push(place);
                self.identities.push(identity);
                self.report.counts.articles += 1;
                self.report.counts.add(Outcome::Unchanged);
            }
        }
        for list in [&mut self.places, &mut self.identities, &mut self.bad_sources] {
            list.sort_unstable();
        }
        Ok(())
    }

    fn convert_all(&mut self, only: Option<&HashSet<u64>>, progress: &dyn Progress) -> Result<(), Error> {
        let mut sources = self.inputs.sources();
        let mut last = Claims::default();
        loop {
            let jobs = self.batch(&mut sources, only)?;
            let (known, shared, options) = (self.known.as_ref(), self.shared(), self.options);
            // The articles of the last batch are put at their places while this one is converted.
            let convert = || jobs.par_iter().map(|job| source(job, known, shared)).collect();
            let (steps, outcomes): (Vec<Result<Step<'_>, Error>>, _) = rayon::join(convert, || last.put(options));
            self.note_all(std::mem::take(&mut last), outcomes)?;
            if jobs.is_empty() {
                return Ok(());
            }
            self.report.counts.sources += if only.is_none() { jobs.len() } else { 0 };
            let mut ready = Vec::new();
            for step in steps {
                match step? {
                    Step::Done(done) => self.take(done, &mut ready)?,
                    Step::Big(big) => {
                        self.put(std::mem::take(&mut ready))?;
                        self.stream(big)?;
                    }
                }
            }
            last = self.claims(ready);
            progress.advance(jobs.len() as u64);
            if let Some(most) = self.options.max_bad.filter(|most| self.report.counts.bad > *most) {
                let outcomes = last.put(self.options);
                self.note_all(last, outcomes)?;
                self.report.stop(most);
                return Ok(());
            }
        }
    }

    /// What the conversion of every source needs.
    pub(super) fn shared(&self) -> Shared<'_> {
        let ConvertOptions { into, reports, limits, .. } = self.options;
        Shared { into, media: &self.media, is_told: !reports.is_empty(), limits: *limits, patience: &self.patience }
    }

    /// The next sources that are of this shard and among `only`. What was passed over on the way to them is noted.
    fn batch(
        &mut self,
        sources: &mut impl Iterator<Item = Result<Job<'a>, Problem>>,
        only: Option<&HashSet<u64>>,
    ) -> Result<Vec<Job<'a>>, Error> {
        let wanted = |job: &Job<'_>| {
            self.options.shard.is_none_or(|shard| shard.has(&job.name()))
                && only.is_none_or(|only| only.contains(&xxh3_64(job.name().as_bytes())))
        };
        let mut jobs = Vec::with_capacity(BATCH);
        for found in sources {
            match found {
                Ok(job) if wanted(&job) => jobs.push(job),
                Ok(_) => {}
                Err(Problem::Stop(error)) => return Err(error),
                Err(Problem::PassedOver(_)) if only.is_some() => {}
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
    pub(super) fn take(&mut self, done: Done, ready: &mut Vec<(Place, There)>) -> Result<(), Error> {
        let Done { name, drafts, bad, warnings, moved, pictures, left_out, files, print, same } = done;
        let source = xxh3_64(name.as_bytes());
        if let (Some(known), true, Some(print)) = (&mut self.known, same, print) {
            if let Some(Said { bad, warnings, .. }) = known.same(source, print) {
                self.report.diagnostics.extend(warnings);
                self.bad(&name, bad);
            }
            return Ok(());
        }
        if let Some(known) = &mut self.known {
            known.changed(source);
        }
        if let (Some(known), false) = (&mut self.known, moved.is_empty() && pictures.is_empty()) {
            known.gives(source);
        }
        for (from, to) in moved {
            self.redirects.moved(source, &from, &to)?;
        }
        for (address, bytes) in pictures {
            self.pictures.note(&name, &address, &bytes)?;
        }
        for (what, count) in left_out {
            *self.report.left_out.entry(what).or_default() += count;
        }
        self.report.counts.files += files.copied;
        self.report.counts.files_missing += files.missing;
        self.lines.source(&name, &drafts, &bad, self.report.counts.articles)?;
        // What has to be said now has to be said by the next build as well; and it should know of what gives nothing.
        let is_quiet = bad.is_empty() && warnings.is_empty() && !drafts.is_empty();
        let mut said = (bad, warnings);
        if let (Some(known), Some(print), false) = (&mut self.known, print, is_quiet) {
            let all = Said { print, bad: said.0, warnings: said.1 };
            said = if known.say(source, &all) { (all.bad, all.warnings) } else { Default::default() };
        }
        let (bad, warnings) = said;
        self.report.diagnostics.extend(warnings);
        for Draft { mut place, there, story, at, .. } in drafts {
            if let (Some(at), Some(story)) = (at, story) {
                self.redirects.arrived(at, story, source);
            }
            place.number = self.report.counts.articles;
            self.report.counts.articles += 1;
            let hash = xxh3_64(place.path.as_bytes());
            self.places.push(hash);
            self.identities.push(place.identity);
            if let (Some(known), Some(print)) = (&mut self.known, print) {
                let (identity, story) = (place.identity, story.unwrap_or(super::stories::ALONE));
                known.add(place.number, Entry { source, print, place: hash, identity, story });
            }
            // Without a file of its name anywhere, the article was nowhere before.
            let was_elsewhere = there == There::Nothing && self.names.has(low_bits(place.identity));
            if story.is_none() && !was_elsewhere && place.shown.is_empty() {
                ready.push((place, there));
            } else {
                let note = self.scratch.append(&place.to_note())?;
                self.waiting.push((story.unwrap_or(super::stories::ALONE), note));
            }
        }
        self.bad(&name, bad);
        Ok(())
    }

    /// Puts articles at their places.
    pub(super) fn put(&mut self, ready: Vec<(Place, There)>) -> Result<(), Error> {
        let claims = self.claims(ready);
        let outcomes = claims.put(self.options);
        self.note_all(claims, outcomes)
    }

    fn claims(&mut self, ready: Vec<(Place, There)>) -> Claims {
        let before = std::mem::take(&mut self.claimed);
        let (first, second) = ready.into_iter().partition(|(place, _)| {
            let hash = xxh3_64(place.path.as_bytes());
            self.claimed.insert(hash) && !before.contains(&hash)
        });
        Claims { first, second }
    }

    /// Takes note of articles that were put at their places, and puts those there that came second.
    fn note_all(&mut self, claims: Claims, outcomes: Vec<Result<report::Result, Error>>) -> Result<(), Error> {
        for ((place, there), outcome) in claims.first.into_iter().zip(outcomes) {
            self.note(place.number, there, outcome?);
        }
        let ConvertOptions { into, force, dry_run, .. } = self.options;
        for (place, _) in claims.second {
            let there = place::look(into, &place.path, &place.text, place.identity)?;
            self.note(place.number, there, place::put(into, &place, there, *force, *dry_run)?);
        }
        Ok(())
    }

    /// Takes note of what became of an article.
    pub(super) fn note(&mut self, number: u64, there: There, result: report::Result) {
        let (outcome, diagnostic) = result;
        self.report.counts.add(outcome);
        self.lines.outcome(number, outcome);
        let again = outcome == Outcome::Refused || matches!(there, There::Edited { newer: true });
        if let (Some(known), true) = (&mut self.known, again) {
            known.unfit(number);
        }
        match there {
            // Nothing is new about it: it is said to those who ask, but it is no reason to warn.
            There::Edited { newer: false } => self.report.edited.extend(diagnostic),
            _ => self.report.diagnostics.extend(diagnostic),
        }
    }
}
