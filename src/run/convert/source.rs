//! One source: read, converted, and its articles compared with what is there.

use super::document::{CHUNK, Held, Made, cut, found_in, whole};
use super::inputs::Job;
use super::known::{Known, Print};
use super::media::{Media, Tally};
use super::notes::{Draft, Place};
use super::patience::Patience;
use super::pictures::{self, Shown};
use super::place;
use super::report::Told;
use crate::article::{Article, FrontMatter, Status};
use crate::config::limits::Limits;
use crate::convert::account::check;
use crate::convert::html::holds_no_article;
use crate::convert::records::look;
use crate::convert::unpack::LOOK;
use crate::convert::{Converted, Source, captures, destination, destination::identity};
use crate::diagnostic::{Diagnostic, Error, Place as Where, Severity};
use crate::disk::{Stamp, read};
use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Most bytes of a source of many documents that is read as a whole, so that many such sources are converted at once.
pub(super) const IN_MEMORY: u64 = 4 << 20;

/// What became of a source.
pub(super) struct Done {
    /// Its identity.
    pub(super) name: String,
    /// Its articles, in its own order.
    pub(super) drafts: Vec<Draft>,
    /// What could not be converted.
    pub(super) bad: Vec<Diagnostic>,
    /// What a person should know of what was.
    pub(super) warnings: Vec<Diagnostic>,
    /// Addresses that led to others.
    pub(super) moved: Vec<(String, String)>,
    /// Files in it that articles may show.
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    /// What holds no article, and how much of it there is.
    pub(super) left_out: BTreeMap<&'static str, u64>,
    /// What became of the files beside it.
    pub(super) files: Tally,
    /// What it is now, for the next build; `None` where that is nobody's business.
    pub(super) print: Option<Print>,
    /// Whether it is as the last build knew it, so that it was not converted.
    pub(super) same: bool,
}

impl Done {
    /// A source of which nothing became yet.
    pub(super) fn of(name: String) -> Self {
        let (drafts, bad, warnings, moved) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (pictures, left_out, files) = (Vec::new(), BTreeMap::new(), Tally::default());
        Self { name, drafts, bad, warnings, moved, pictures, left_out, files, print: None, same: false }
    }

    /// Takes an article, or what is to be said of one that could not be made.
    pub(super) fn take(
        &mut self,
        made: Made,
        job: &Job<'_>,
        shared: Shared<'_>,
        records: &mut HashSet<u64>,
    ) -> Result<(), Error> {
        let (result, is_inside) = match made {
            Made::Article { result, is_inside } => (result, is_inside),
            Made::Moved(from, to) => {
                self.moved.push((from, to));
                return Ok(());
            }
            Made::File(address, bytes) => {
                self.pictures.push((address, bytes));
                return Ok(());
            }
            Made::LeftOut(what) => {
                *self.left_out.entry(what).or_default() += 1;
                return Ok(());
            }
        };
        match *result {
            Ok(article) if !records.insert(xxh3_64(article.record.as_bytes())) => {
                self.bad.push(same_record(&self.name, &article.record));
            }
            Ok(mut article) => {
                let shown = if is_inside { pictures::shown(&article, &self.name) } else { Vec::new() };
                let mut told = shared.is_told.then(|| told(&mut article));
                let mut files = Tally::default();
                if !is_inside || !article.parts.is_empty() {
                    let folder = Some(job.folder()).filter(|_| !is_inside);
                    files = shared.media.take(&mut article, folder, &job.path)?;
                    self.files.copied += files.copied;
                    self.files.missing += files.missing;
                }
                if let Some(told) = &mut told {
                    let is_later = is_inside && !article.at.is_empty();
                    told.files =
                        Tally { remote: if is_later { 0 } else { pictures::remote(&article.article) }, ..files };
                }
                let (draft, warnings) = draft(article, shown, shared.into, told)?;
                self.drafts.push(draft);
                self.warnings.extend(warnings);
            }
            // A crawl has lists of articles as well as articles.
            Err(diagnostic) if diagnostic.severity == Severity::Warning && holds_no_article(&diagnostic) => {
                *self.left_out.entry("pages without an article").or_default() += 1;
            }
            Err(diagnostic) if diagnostic.severity == Severity::Warning => self.warnings.push(diagnostic),
            Err(diagnostic) => self.bad.push(diagnostic),
        }
        Ok(())
    }
}

/// A source of many documents that is not read as a whole.
pub(super) struct Big<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) name: String,
    /// Its first bytes.
    pub(super) head: Vec<u8>,
    pub(super) print: Option<Print>,
}

/// What was done with a source at once.
pub(super) enum Step<'a> {
    Done(Done),
    Big(Big<'a>),
}

/// What the sources of a run have in common.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) into: &'a Path,
    pub(super) media: &'a Media,
    /// Whether a report is wanted.
    pub(super) is_told: bool,
    pub(super) limits: Limits,
    pub(super) patience: &'a Patience,
}

/// Reads and converts a source, unless it is as it was when it was last converted, or is so big that it has to be cut
/// first. Nothing that is in it ends the run.
pub(super) fn source<'a>(job: &'a Job<'a>, known: Option<&Known>, shared: Shared<'_>) -> Result<Step<'a>, Error> {
    let name = job.name();
    let mut done = Done::of(name);
    let location = job.location();
    let stamp = known.and_then(|_| Stamp::at(&location));
    let last = known.and_then(|known| known.print(xxh3_64(done.name.as_bytes())));
    let settings = job.input.fingerprint(&shared.limits);
    let last = last.filter(|last| last.settings == settings);
    if let Some(last) = last.filter(|last| Some(last.stamp) == stamp) {
        return Ok(Step::Done(Done { print: Some(last), same: true, ..done }));
    }
    let Content { mut bytes, is_cut, is_big } = match content(job, &done.name, shared.limits) {
        Ok(content) => content,
        Err(diagnostic) => {
            done.bad.push(diagnostic);
            return Ok(Step::Done(done));
        }
    };
    let hash = || if is_big { read::short_hash(&location) } else { Ok(xxh3_64(&bytes)) };
    if let Some(stamp) = stamp {
        done.print = Some(Print { stamp, hash: hash()?, settings });
    }
    // Its time is another, as after a fresh checkout, but what is in it is the same.
    if last.is_some_and(|last| done.print.is_some_and(|print| print.hash == last.hash)) {
        return Ok(Step::Done(Done { same: true, ..done }));
    }
    if is_big {
        bytes.truncate(LOOK);
        return Ok(Step::Big(Big { job, name: done.name, head: bytes, print: done.print }));
    }
    let name = done.name.clone();
    let source = Source { accounting: shared.is_told, ..job.source(&name, &[], shared.limits) };
    let made = if is_cut { parts(&source, job, shared, &bytes)? } else { whole(&source, job, shared.patience, bytes)? };
    let mut records = HashSet::new();
    for made in made {
        done.take(made, job, shared, &mut records)?;
    }
    Ok(Step::Done(done))
}

/// Cuts and converts a source that is all in memory.
fn parts(source: &Source<'_>, job: &Job<'_>, shared: Shared<'_>, bytes: &[u8]) -> Result<Vec<Made>, Error> {
    let source = Source { bytes, ..*source };
    let Some(held) = Held::of(&source, job) else { return Ok(Vec::new()) };
    let (mut made, mut chunk, mut failed) = (Vec::new(), Vec::new(), None);
    let mut convert = |chunk: &mut Vec<_>| match found_in(&held, shared.patience, std::mem::take(chunk)) {
        Ok(more) => {
            made.extend(more);
            ControlFlow::Continue(())
        }
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    };
    cut(&source, job.input.format, (&job.location(), &mut Cursor::new(bytes)), &mut |found| {
        chunk.push(found);
        if chunk.len() < CHUNK { ControlFlow::Continue(()) } else { convert(&mut chunk) }
    });
    let _ = convert(&mut chunk);
    failed.map_or(Ok(made), Err)
}

/// What is read of a source at first.
struct Content {
    /// All of it, or the first bytes of a big one.
    bytes: Vec<u8>,
    /// Whether it holds many documents.
    is_cut: bool,
    is_big: bool,
}

fn content(job: &Job<'_>, name: &str, limits: Limits) -> Result<Content, Diagnostic> {
    let location = job.location();
    let (bytes, size) = read::head(&location, name, IN_MEMORY)?;
    let is_whole = bytes.len() as u64 == size;
    let looked = look(&job.source(name, &bytes, limits), job.input.format);
    let is_cut = looked.is_some_and(|looked| looked.format.split.is_some());
    if is_whole || is_cut {
        return Ok(Content { bytes, is_cut, is_big: !is_whole });
    }
    Ok(Content { bytes: read::source(&location, name, &limits)?, is_cut, is_big: false })
}

/// What a report tells of an article; its account is taken out of it.
fn told(made: &mut Converted) -> Box<Told> {
    let mut account = std::mem::take(&mut made.account);
    let amounts = check(&mut account, &made.article);
    Box::new(Told { fields: fields(&made.article), account, amounts, files: Tally::default() })
}

fn draft(
    made: Converted,
    shown: Shown,
    into: &Path,
    told: Option<Box<Told>>,
) -> Result<(Draft, Vec<Diagnostic>), Error> {
    let Converted { mut article, record, at, warnings, .. } = made;
    let at = captures::place(&at);
    let path = destination(&article);
    let story = captures::story(&article);
    let text = article.to_sealed_text();
    let source = article.front.source.unwrap_or_default();
    let identity = identity(&source.file, &record);
    let there = place::look(into, &path, &text, identity)?;
    let place = Place { number: 0, identity, path, text, shown };
    Ok((Draft { place, there, story, at, record, format: source.format, url: source.url, told }, warnings))
}

fn same_record(name: &str, record: &str) -> Diagnostic {
    Diagnostic::error(Where::file(name), format!("two records are called `{record}`, so the second was set aside"))
        .hint("give each record a name of its own")
}

/// The front matter keys that the source set, and `body`.
fn fields(article: &Article) -> Vec<&'static str> {
    let FrontMatter {
        title,
        date,
        updated,
        section,
        authors,
        dateline,
        description,
        tags,
        places,
        language,
        image,
        see_also,
        links,
        url,
        aliases,
        status,
        embargo,
        corrections,
        source: _,
        extra,
    } = &article.front;
    let set = [
        ("title", !title.is_empty()),
        ("date", date.is_some()),
        ("updated", updated.is_some()),
        ("section", section.is_some()),
        ("authors", !authors.is_empty()),
        ("dateline", !dateline.is_empty()),
        ("description", !description.is_empty()),
        ("tags", !tags.is_empty()),
        ("places", !places.is_empty()),
        ("language", !language.is_empty()),
        ("image", image.is_some()),
        ("see_also", !see_also.is_empty()),
        ("links", !links.is_empty()),
        ("url", !url.is_empty()),
        ("aliases", !aliases.is_empty()),
        ("status", *status != Status::Live),
        ("embargo", embargo.is_some()),
        ("corrections", !corrections.is_empty()),
        ("extra", !extra.is_empty()),
        ("body", !article.body.is_empty()),
    ];
    set.into_iter().filter_map(|(name, set)| set.then_some(name)).collect()
}
