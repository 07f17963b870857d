//! What a conversion has to say: numbers, diagnostics, and files that tell what became of each source.
//!
//! [`lines`] gathers what the files say as the sources come, in memory that does not grow but by some bytes for each article;
//! [`totals`] sums up what was kept and what was not, by format; [`samples`] keeps a few articles with their sources for a
//! person to compare. The file is JSON for programs, or a [`page`] for people.

mod lines;
mod page;
mod samples;
mod totals;

use super::place::Outcome;
use super::{ConvertOptions, Run};
use crate::diagnostic::{Diagnostic, Error, Place, counted};
use crate::disk::write;
pub(super) use lines::{Lines, Told};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What became of an article, and what is to be said of that.
pub(super) type Result = (Outcome, Option<Diagnostic>);

/// How a conversion went.
#[derive(Debug, Default)]
pub struct ConvertReport {
    /// How many of what.
    pub counts: Counts,
    /// What was wrong, in the order of the sources; then what became of articles whose sources moved or are gone.
    pub diagnostics: Vec<Diagnostic>,
    /// What holds no article in sources of many documents, and how much of it there is.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Articles that a person edited and whose sources are the same as then: worth telling, but no reason to warn.
    pub edited: Vec<Diagnostic>,
    /// Whether the run ended early as too many sources were bad.
    pub stopped: bool,
}

/// Numbers of sources and articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Sources that were read.
    pub sources: usize,
    /// Of those, the ones that could not be converted whole.
    pub bad: usize,
    /// Articles that the sources gave.
    pub articles: u64,
    /// Articles written where nothing was.
    pub written: usize,
    /// Articles written over their older text.
    pub changed: usize,
    /// Articles written at another place than before.
    pub moved: usize,
    /// Articles that were right already.
    pub unchanged: usize,
    /// Articles kept as a person edited them.
    pub edited: usize,
    /// Captures that became part of a newer one's article.
    pub folded: usize,
    /// Articles not written, as another stands at their place.
    pub refused: usize,
    /// Articles whose sources are gone and that stay.
    pub vanished: usize,
    /// Articles whose sources are gone and that were removed.
    pub pruned: usize,
    /// Files beside sources that were copied.
    pub files: usize,
    /// Files that sources show and that are not beside them.
    pub files_missing: usize,
}

impl Counts {
    pub(super) fn add(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::Written => &mut self.written,
            Outcome::Changed => &mut self.changed,
            Outcome::Moved => &mut self.moved,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Edited => &mut self.edited,
            Outcome::Folded => &mut self.folded,
            Outcome::Refused => &mut self.refused,
        } += 1;
    }
}

impl ConvertReport {
    /// Too many sources are bad.
    pub(super) fn stop(&mut self, most: usize) {
        self.stopped = true;
        let are = if most == 1 { "is" } else { "are" };
        let message = format!("stopped: more than {} {are} bad", counted(most as u64, "sources"));
        let hint = "what was converted until then is whole; the next run goes on";
        self.diagnostics.push(Diagnostic::error(Place::file("--max-bad"), message).hint(hint));
    }
}

impl Run<'_> {
    /// Writes the report files that were asked for.
    pub(super) fn save_report(&self) -> std::result::Result<(), Error> {
        let ConvertOptions { reports, .. } = self.options;
        reports.iter().try_for_each(|path| {
            let is_page = is_page(path);
            write::stream(path, |to| {
                if is_page { page::write(&self.lines, &self.report, to) } else { self.lines.write(&self.report, to) }
            })
        })
    }
}

/// Whether a report of that name is for people to look at.
fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"))
}
