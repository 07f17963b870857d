//! What a conversion has to say: numbers, diagnostics, and a file that tells what became of each source.

use super::notes::Draft;
use super::place::Outcome;
use super::{ConvertOptions, Run};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::scratch::Scratch;
use crate::disk::write;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

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
        let message = format!("stopped: more than {most} sources are bad");
        let hint = "what was converted until then is whole; the next run goes on";
        self.diagnostics.push(Diagnostic::error(Place::file("--max-bad"), message).hint(hint));
    }
}

/// The lines of the report file: one for each source, noted as the sources come, with the outcomes to be filled in.
pub(super) struct Lines {
    wanted: bool,
    scratch: Scratch,
    /// By format, how many articles there are, and in how many of them which field was set.
    formats: BTreeMap<String, (u64, BTreeMap<&'static str, u64>)>,
    /// By number of article.
    outcomes: Vec<u8>,
}

#[derive(Deserialize, Serialize)]
struct SourceLine<'a> {
    source: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Cow<'a, str>>,
    articles: Vec<ArticleLine<'a>>,
    bad: Vec<BadLine<'a>>,
}

#[derive(Deserialize, Serialize)]
struct ArticleLine<'a> {
    path: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    record: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    url: Cow<'a, str>,
    fields: Vec<Cow<'a, str>>,
    outcome: Cow<'a, str>,
}

#[derive(Deserialize, Serialize)]
struct BadLine<'a> {
    line: u32,
    message: Cow<'a, str>,
    hint: Cow<'a, str>,
}

impl Lines {
    pub(super) fn new(wanted: bool, scratch: Scratch) -> Self {
        Self { wanted, scratch, formats: BTreeMap::new(), outcomes: Vec::new() }
    }

    /// Notes a source whose first article has the number `first`.
    pub(super) fn source(
        &mut self,
        name: &str,
        drafts: &[Draft],
        bad: &[Diagnostic],
        first: u64,
    ) -> std::result::Result<(), Error> {
        if !self.wanted {
            return Ok(());
        }
        for draft in drafts {
            let (articles, fields) = self.formats.entry(draft.format.clone()).or_default();
            *articles += 1;
            draft.fields.iter().for_each(|field| *fields.entry(field).or_default() += 1);
        }
        let line = SourceLine {
            source: name.into(),
            format: drafts.first().map(|draft| draft.format.as_str().into()),
            articles: drafts.iter().map(article_line).collect(),
            bad: bad.iter().map(bad_line).collect(),
        };
        self.outcomes.resize(first as usize + drafts.len(), Outcome::Refused as u8);
        // Strings and numbers always serialise.
        self.scratch.append(&serde_json::to_vec(&(first, line)).unwrap_or_default()).map(|_| ())
    }

    pub(super) fn outcome(&mut self, number: u64, outcome: Outcome) {
        if let Some(noted) = self.outcomes.get_mut(number as usize) {
            *noted = outcome as u8;
        }
    }

    fn write(&self, report: &ConvertReport, to: &mut dyn std::io::Write) -> std::io::Result<()> {
        let (counts, left_out) = (serde_json::to_string(&report.counts)?, serde_json::to_string(&report.left_out)?);
        let format = |(name, (articles, fields)): (&String, &(u64, BTreeMap<&str, u64>))| {
            (name.clone(), serde_json::json!({ "articles": articles, "fields": fields }))
        };
        let formats: serde_json::Map<_, _> = self.formats.iter().map(format).collect();
        let formats = serde_json::to_string(&formats)?;
        write!(to, "{{\"counts\": {counts},\n\"left_out\": {left_out},\n\"formats\": {formats},\n\"sources\": [")?;
        let mut separator = "\n";
        for note in self.scratch.notes() {
            let note = note.map_err(std::io::Error::other)?;
            let (first, mut line): (u64, SourceLine<'_>) = serde_json::from_slice(&note)?;
            for (article, number) in line.articles.iter_mut().zip(first as usize..) {
                let outcome = self.outcomes.get(number).and_then(|outcome| Outcome::ALL.get(usize::from(*outcome)));
                article.outcome = outcome.map_or("", |outcome| outcome.name()).into();
            }
            write!(to, "{separator}{}", serde_json::to_string(&line)?)?;
            separator = ",\n";
        }
        to.write_all(b"\n]}\n")
    }
}

impl Run<'_> {
    /// Writes the report file, if one was asked for.
    pub(super) fn save_report(&self) -> std::result::Result<(), Error> {
        let ConvertOptions { report: Some(path), .. } = self.options else { return Ok(()) };
        write::stream(path, |to| self.lines.write(&self.report, to))
    }
}

fn article_line(draft: &Draft) -> ArticleLine<'_> {
    ArticleLine {
        path: draft.place.path.as_str().into(),
        record: draft.record.as_str().into(),
        url: draft.url.as_str().into(),
        fields: draft.fields.iter().map(|field| (*field).into()).collect(),
        outcome: "".into(),
    }
}

fn bad_line(diagnostic: &Diagnostic) -> BadLine<'_> {
    BadLine {
        line: diagnostic.place.line,
        message: diagnostic.message.as_str().into(),
        hint: diagnostic.hint.as_str().into(),
    }
}
