//! What the report files say, gathered as the sources come: a note for each source on the disk, sums in memory.

use super::samples::Samples;
use super::totals::{Files, Totals, Words};
use super::{ConvertReport, Outcome};
use crate::convert::account::{Account, Amount, Fate};
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::scratch::Scratch;
use crate::run::convert::media::Tally;
use crate::run::convert::notes::Draft;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What is told of an article where a report was asked for.
#[derive(Debug)]
pub(in crate::run::convert) struct Told {
    /// The front matter keys that are set, and `body`.
    pub(in crate::run::convert) fields: Vec<&'static str>,
    pub(in crate::run::convert) account: Account,
    /// Of its pieces.
    pub(in crate::run::convert) amounts: Vec<Amount>,
    /// What became of what it shows, as far as that is known at once.
    pub(in crate::run::convert) files: Tally,
}

/// What is noted of a source, or of a part of a big one: its articles, and what could not be converted.
#[derive(Deserialize, Serialize)]
pub(super) struct Line<'a> {
    /// The number of the first article.
    first: u64,
    pub(super) source: Cow<'a, str>,
    pub(super) articles: Vec<ArticleLine<'a>>,
    pub(super) bad: Vec<BadLine<'a>>,
    /// How many pieces of which kind were left out.
    pub(super) not_kept: BTreeMap<Cow<'a, str>, u64>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct ArticleLine<'a> {
    path: Cow<'a, str>,
    record: Cow<'a, str>,
    url: Cow<'a, str>,
    pub(super) format: Cow<'a, str>,
    fields: Vec<Cow<'a, str>>,
    pub(super) words: Words,
}

#[derive(Deserialize, Serialize)]
pub(super) struct BadLine<'a> {
    line: u32,
    message: Cow<'a, str>,
    hint: Cow<'a, str>,
}

/// What is known of an article only when all sources are.
#[derive(Clone, Copy)]
struct Later {
    outcome: u8,
    format: u8,
    /// Found, missing, never fetched.
    files: [u16; 3],
}

/// Most kinds of pieces that are named for one source.
const KINDS: usize = 60;

/// All that the files say.
pub(in crate::run::convert) struct Lines {
    wanted: bool,
    scratch: Scratch,
    /// By name, in the order in which they were met.
    formats: Vec<(String, Totals)>,
    pub(super) samples: Samples,
    /// By number of article.
    later: Vec<Later>,
}

impl Lines {
    /// Of a run that keeps so many samples of each format.
    pub(in crate::run::convert) fn new(wanted: bool, samples: usize, scratch: Scratch) -> Self {
        Self { wanted, scratch, formats: Vec::new(), samples: Samples::new(samples), later: Vec::new() }
    }

    /// Notes a source whose first article has the number `first`.
    pub(in crate::run::convert) fn source(
        &mut self,
        name: &str,
        drafts: &[Draft],
        bad: &[Diagnostic],
        first: u64,
    ) -> Result<(), Error> {
        if !self.wanted {
            return Ok(());
        }
        let mut not_kept: BTreeMap<Cow<'_, str>, u64> = BTreeMap::new();
        for draft in drafts {
            let Some(told) = draft.told.as_deref() else { continue };
            let format = self.format(&draft.format);
            self.formats[format].1.add(&told.fields, &told.account, &told.amounts);
            self.samples.offer(name, draft, &told.account, &told.amounts);
            let files = Files::of(told.files);
            self.formats[format].1.media.add(files);
            self.later.push(Later {
                outcome: Outcome::Refused as u8,
                format: u8::try_from(format).unwrap_or(u8::MAX),
                files: [files.found, files.missing, files.never_fetched].map(small),
            });
            for piece in told.account.pieces.iter().filter(|piece| matches!(piece.fate, Fate::Dropped(_))) {
                let is_full = not_kept.len() >= KINDS && !not_kept.contains_key(piece.what.as_str());
                let what = if is_full { "(others)" } else { piece.what.as_str() };
                *not_kept.entry(what.into()).or_default() += 1;
            }
        }
        let (articles, bad) = (drafts.iter().map(article_line).collect(), bad.iter().map(bad_line).collect());
        let line = Line { first, source: name.into(), articles, bad, not_kept };
        // Strings and numbers always serialise.
        self.scratch.append(&serde_json::to_vec(&line).unwrap_or_default()).map(|_| ())
    }

    fn format(&mut self, name: &str) -> usize {
        let known = self.formats.iter().position(|(known, _)| known == name);
        known.unwrap_or_else(|| {
            self.formats.push((name.to_owned(), Totals::default()));
            self.formats.len() - 1
        })
    }

    pub(in crate::run::convert) fn outcome(&mut self, number: u64, outcome: Outcome) {
        if let Some(noted) = self.later.get_mut(number as usize) {
            noted.outcome = outcome as u8;
        }
    }

    /// What became of the pictures of an article that had to wait for those.
    pub(in crate::run::convert) fn files(&mut self, number: u64, tally: Tally) {
        let Some(noted) = self.later.get_mut(number as usize) else { return };
        let files = Files::of(tally);
        for (to, count) in noted.files.iter_mut().zip([files.found, files.missing, files.never_fetched]) {
            *to = to.saturating_add(small(count));
        }
        if let Some((_, totals)) = self.formats.get_mut(usize::from(noted.format)) {
            totals.media.add(files);
        }
    }

    /// The formats of the run, in the order of the alphabet.
    pub(super) fn totals(&self) -> Vec<(&str, &Totals)> {
        let mut all: Vec<(&str, &Totals)> = self.formats.iter().map(|(name, totals)| (name.as_str(), totals)).collect();
        all.sort_by_key(|(name, _)| *name);
        all
    }

    /// Hands on every line, with the media of its articles.
    pub(super) fn each(&self, take: &mut dyn FnMut(Line<'static>) -> io::Result<()>) -> io::Result<()> {
        for note in self.scratch.notes() {
            let note = note.map_err(io::Error::other)?;
            take(serde_json::from_slice(&note)?)?;
        }
        Ok(())
    }

    /// What became of the article with that number: as reports call it, and its files.
    fn later(&self, number: u64) -> (&'static str, Files) {
        let Some(later) = self.later.get(number as usize) else { return ("", Files::default()) };
        let outcome = Outcome::ALL.get(usize::from(later.outcome)).map_or("", |outcome| outcome.name());
        let [found, missing, never_fetched] = later.files.map(u64::from);
        (outcome, Files { found, missing, never_fetched })
    }

    /// The files of the articles of a line, summed up.
    pub(super) fn files_of(&self, line: &Line<'_>) -> Files {
        let mut sum = Files::default();
        (line.first..).take(line.articles.len()).for_each(|number| sum.add(self.later(number).1));
        sum
    }

    /// Writes all as JSON; a source that was noted in parts is one again.
    pub(super) fn write(&self, report: &ConvertReport, to: &mut dyn Write) -> io::Result<()> {
        let (counts, left_out) = (serde_json::to_string(&report.counts)?, serde_json::to_string(&report.left_out)?);
        let formats = self.totals().into_iter().map(|(name, totals)| (name.to_owned(), totals.json()));
        let formats = serde_json::to_string(&formats.collect::<serde_json::Map<_, _>>())?;
        write!(to, "{{\"counts\": {counts},\n\"left_out\": {left_out},\n\"formats\": {formats},\n\"sources\": [")?;
        let mut open: Option<Open> = None;
        let mut separator = "\n";
        self.each(&mut |line| {
            if open.as_ref().is_none_or(|open| open.source != line.source) {
                if let Some(open) = open.take() {
                    open.close(to)?;
                }
                let format = line.articles.first().map(|article| article.format.as_ref());
                write!(to, "{separator}{{\"source\":{}", serde_json::to_string(&line.source)?)?;
                if let Some(format) = format {
                    write!(to, ",\"format\":{}", serde_json::to_string(format)?)?;
                }
                to.write_all(b",\"articles\":[")?;
                separator = ",\n";
                open = Some(Open::of(line.source.to_string()));
            }
            let Some(open) = &mut open else { return Ok(()) };
            for (article, number) in line.articles.iter().zip(line.first..) {
                let (outcome, files) = self.later(number);
                to.write_all(if open.is_empty { b"" } else { b"," })?;
                open.is_empty = false;
                open.words.add(article.words);
                open.files.add(files);
                to.write_all(article.json(outcome, files).to_string().as_bytes())?;
            }
            open.bad.extend(line.bad);
            line.not_kept.into_iter().for_each(|(what, count)| *open.not_kept.entry(what).or_default() += count);
            Ok(())
        })?;
        if let Some(open) = open {
            open.close(to)?;
        }
        to.write_all(b"\n]}\n")
    }
}

/// A source whose articles are being written.
struct Open {
    source: String,
    is_empty: bool,
    bad: Vec<BadLine<'static>>,
    not_kept: BTreeMap<Cow<'static, str>, u64>,
    words: Words,
    files: Files,
}

impl Open {
    fn of(source: String) -> Self {
        let (words, files) = (Words::default(), Files::default());
        Self { source, is_empty: true, bad: Vec::new(), not_kept: BTreeMap::new(), words, files }
    }

    fn close(self, to: &mut dyn Write) -> io::Result<()> {
        write!(to, "],\"bad\":{}", serde_json::to_string(&self.bad)?)?;
        if self.words != Words::default() {
            let [not_kept, words] = [serde_json::to_string(&self.not_kept)?, serde_json::to_string(&self.words)?];
            write!(to, ",\"not_kept\":{not_kept},\"words\":{words}")?;
        }
        if self.files != Files::default() {
            write!(to, ",\"media\":{}", serde_json::to_string(&self.files)?)?;
        }
        to.write_all(b"}")
    }
}

impl ArticleLine<'_> {
    fn json(&self, outcome: &str, files: Files) -> serde_json::Value {
        let mut json = serde_json::json!({ "path": self.path });
        for (key, value) in [("record", &self.record), ("url", &self.url)] {
            if !value.is_empty() {
                json[key] = value.as_ref().into();
            }
        }
        json["fields"] = serde_json::json!(self.fields);
        json["outcome"] = outcome.into();
        json["words"] = serde_json::json!(self.words);
        if files != Files::default() {
            json["media"] = serde_json::json!(files);
        }
        json
    }
}

fn article_line(draft: &Draft) -> ArticleLine<'_> {
    let told = draft.told.as_deref();
    ArticleLine {
        path: draft.place.path.as_str().into(),
        record: draft.record.as_str().into(),
        url: draft.url.as_str().into(),
        format: draft.format.as_str().into(),
        fields: told.into_iter().flat_map(|told| told.fields.iter().map(|field| (*field).into())).collect(),
        words: told.map(|told| Words::of(&told.account, &told.amounts)).unwrap_or_default(),
    }
}

fn bad_line(diagnostic: &Diagnostic) -> BadLine<'_> {
    BadLine {
        line: diagnostic.place.line,
        message: diagnostic.message.as_str().into(),
        hint: diagnostic.hint.as_str().into(),
    }
}

fn small(count: u64) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
