//! One source: read, converted, and its articles compared with what is there.

use super::inputs::Job;
use super::known::{Known, Print};
use super::media::{Media, Tally};
use super::notes::{Draft, Place};
use super::place;
use crate::article::{Article, FrontMatter, Status};
use crate::convert::{self, Converted, Source, captures, destination, destination::identity};
use crate::diagnostic::{Diagnostic, Error, Place as Where};
use crate::disk::{Stamp, read};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

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
    /// What became of the files beside it.
    pub(super) files: Tally,
    /// What it is now, for the next build; `None` where that is nobody's business.
    pub(super) print: Option<Print>,
    /// Whether it is as the last build knew it, so that it was not converted.
    pub(super) same: bool,
}

impl Done {
    /// A source of which nothing became yet.
    fn of(name: String) -> Self {
        let (drafts, bad, warnings, files) = (Vec::new(), Vec::new(), Vec::new(), Tally::default());
        Self { name, drafts, bad, warnings, files, print: None, same: false }
    }
}

/// Reads and converts a source, unless it is as it was when it was last converted. Nothing that is in it ends the run.
pub(super) fn source(
    job: &Job<'_>,
    into: &Path,
    media: &Media,
    known: Option<&Known>,
    with_fields: bool,
) -> Result<Done, Error> {
    let name = job.name();
    let mut done = Done::of(name);
    let location = job.location();
    let stamp = known.and_then(|_| Stamp::at(&location));
    let last = known.and_then(|known| known.print(xxh3_64(done.name.as_bytes())));
    let settings = job.input.fingerprint();
    let last = last.filter(|last| last.settings == settings);
    if let Some(last) = last.filter(|last| Some(last.stamp) == stamp) {
        return Ok(Done { print: Some(last), same: true, ..done });
    }
    let bytes = match read::read(&location, &done.name, read::LARGEST) {
        Ok(bytes) => bytes,
        Err(diagnostic) => {
            done.bad.push(diagnostic);
            return Ok(done);
        }
    };
    done.print = stamp.map(|stamp| Print { stamp, hash: xxh3_64(&bytes), settings });
    // Its time is another, as after a fresh checkout, but what is in it is the same.
    if last.is_some_and(|last| done.print.is_some_and(|print| print.hash == last.hash)) {
        return Ok(Done { same: true, ..done });
    }
    let mut converted = Vec::new();
    convert(job, &done.name, &bytes, &mut |made| converted.push(made));
    let mut records = HashSet::new();
    for made in converted {
        match made {
            Ok(made) if !records.insert(made.record.clone()) => done.bad.push(same_record(&done.name, &made.record)),
            Ok(mut made) => {
                let files = media.take(&mut made, job.folder(), &job.path)?;
                done.files.copied += files.copied;
                done.files.missing += files.missing;
                let (draft, warnings) = draft(made, into, with_fields)?;
                done.drafts.push(draft);
                done.warnings.extend(warnings);
            }
            Err(diagnostic) => done.bad.push(diagnostic),
        }
    }
    Ok(done)
}

/// Runs the converter; a panic in it is one more thing that is wrong with the source.
fn convert(job: &Job<'_>, name: &str, bytes: &[u8], sink: &mut convert::Sink<'_>) {
    let source = Source {
        path: name,
        bytes,
        section: job.input.section.as_deref(),
        base_url: job.input.base_url.as_deref(),
        settings: &job.input.settings,
        accounting: false,
    };
    let finished = catch_unwind(AssertUnwindSafe(|| convert::convert(&source, job.input.format, sink)));
    if let Err(panic) = finished {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let message = format!("the converter failed: {}", text.unwrap_or("no reason was given"));
        sink(Err(Diagnostic::error(Where::file(name), message)
            .hint("this is an error in backfile; please report it with the source")));
    }
}

fn draft(made: Converted, into: &Path, with_fields: bool) -> Result<(Draft, Vec<Diagnostic>), Error> {
    let Converted { mut article, record, warnings, .. } = made;
    let path = destination(&article);
    let story = captures::story(&article);
    let fields = if with_fields { fields(&article) } else { Vec::new() };
    let text = article.to_sealed_text();
    let source = article.front.source.unwrap_or_default();
    let identity = identity(&source.file, &record);
    let there = place::look(into, &path, &text, identity)?;
    let place = Place { number: 0, identity, path, text };
    Ok((Draft { place, there, story, record, format: source.format, url: source.url, fields }, warnings))
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
