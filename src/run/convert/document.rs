//! The documents of a source: cut out of it, and converted, each within its time. Nothing that is in one ends the run.

use super::inputs::Job;
use super::patience::Patience;
use crate::config::SourceSettings;
use crate::config::limits::{Limit, Limits};
use crate::convert::records::{Finder, Found, INSIDE, ReadSeek, Record, convert_record, look};
#[cfg(feature = "sqlite")]
use crate::convert::records::{Looked, Split};
use crate::convert::{self, Converted, Format, Source};
use crate::diagnostic::{Diagnostic, Error, Place};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// How many records a thread converts before it says so: enough that handing them over costs little.
pub(super) const CHUNK: usize = 16;

/// What came of something that was found in a source.
pub(super) enum Made {
    Article {
        result: Box<Result<Converted, Diagnostic>>,
        /// Whether it was in an archive, so that no files lie beside it.
        is_inside: bool,
    },
    /// An address led to another.
    Moved(String, String),
    /// A file that articles may show.
    File(String, Vec<u8>),
    /// What holds no article.
    LeftOut(&'static str),
}

impl Made {
    fn bad(diagnostic: Diagnostic) -> Self {
        Self::Article { result: Box::new(Err(diagnostic)), is_inside: false }
    }
}

/// A source without its bytes, for threads that may outlive it.
pub(super) struct Held {
    path: String,
    file: String,
    section: Option<String>,
    base_url: Option<String>,
    settings: Arc<SourceSettings>,
    limits: Limits,
    accounting: bool,
    depth: u8,
    format: Option<&'static Format>,
}

impl Held {
    fn new(source: &Source<'_>, job: &Job<'_>, format: Option<&'static Format>) -> Arc<Self> {
        Arc::new(Self {
            path: source.path.to_owned(),
            file: source.file().to_owned(),
            section: source.section.map(str::to_owned),
            base_url: source.base_url.map(str::to_owned),
            settings: Arc::clone(&job.input.settings),
            limits: source.limits,
            accounting: source.accounting,
            depth: source.depth,
            format,
        })
    }

    /// Of a source that is cut; `None` where no format knows it.
    pub(super) fn of(source: &Source<'_>, job: &Job<'_>) -> Option<Arc<Self>> {
        let looked = look(source, job.input.format)?;
        Some(Self::new(&looked.inner(source), job, Some(looked.format)))
    }

    fn source<'a>(&'a self, bytes: &'a [u8]) -> Source<'a> {
        Source {
            path: &self.path,
            file: &self.file,
            bytes,
            section: self.section.as_deref(),
            base_url: self.base_url.as_deref(),
            settings: &self.settings,
            limits: self.limits,
            accounting: self.accounting,
            depth: self.depth,
            ..Source::default()
        }
    }

    /// The diagnostic for a document that took too long.
    fn late(&self, path: &str) -> Diagnostic {
        Diagnostic::error(Place::file(path), Limit::Time.message(&self.limits)).hint(Limit::Time.hint())
    }
}

/// Converts a source that is one document.
///
/// # Errors
/// As [`Patience::each`].
pub(super) fn whole(
    source: &Source<'_>,
    job: &Job<'_>,
    patience: &Patience,
    bytes: Vec<u8>,
) -> Result<Vec<Made>, Error> {
    let held = Held::new(source, job, job.input.format);
    let article = |result| Made::Article { result: Box::new(result), is_inside: false };
    let late = held.late(source.path);
    let work = move |bytes: &Vec<u8>| {
        let mut made = Vec::new();
        let source = held.source(bytes);
        guarded(source.path, &mut |result| made.push(article(result)), |sink| {
            convert::convert(&source, held.format, sink);
        });
        made
    };
    let made = patience.each(vec![bytes], work, |_| vec![Made::bad(late.clone())])?;
    Ok(made.into_iter().flatten().collect())
}

/// Converts what was found in a source, in its order.
///
/// # Errors
/// As [`Patience::each`].
pub(super) fn found_in(
    held: &Arc<Held>,
    patience: &Patience,
    found: Vec<Result<Found, Diagnostic>>,
) -> Result<Vec<Made>, Error> {
    let mut records = Vec::new();
    let mut others = Vec::with_capacity(found.len());
    for found in found {
        others.push(match found {
            Ok(Found::Record(record)) => {
                records.push(record);
                None
            }
            Ok(Found::Moved { from, to }) => Some(Made::Moved(from, to)),
            Ok(Found::LeftOut(what)) => Some(Made::LeftOut(what)),
            Ok(Found::File { address, bytes }) => Some(Made::File(address, bytes)),
            Err(diagnostic) => Some(Made::bad(diagnostic)),
        });
    }
    let shared = Arc::clone(held);
    let late = |record: &Record| {
        let label = if record.label.is_empty() { record.name.as_str() } else { &record.label };
        vec![Made::bad(held.late(&format!("{}{INSIDE}{label}", held.path)))]
    };
    let made = patience.each(records, move |record| converted(&shared, record), late)?;
    let mut made = made.into_iter();
    let in_order = others.into_iter().flat_map(|other| match other {
        Some(other) => vec![other],
        None => made.next().unwrap_or_default(),
    });
    Ok(in_order.collect())
}

fn converted(held: &Held, record: &Record) -> Vec<Made> {
    let (mut all, is_inside) = (Vec::new(), !record.label.is_empty());
    let Some(format) = held.format else { return all };
    guarded(&held.path, &mut |result| all.push(Made::Article { result: Box::new(result), is_inside }), |sink| {
        convert_record(format, &held.source(&[]), record, sink);
    });
    all
}

/// Cuts a source, whose file is at `location`. A panic in that is one more thing that is wrong with it.
pub(in crate::run) fn cut(
    source: &Source<'_>,
    format: Option<&'static Format>,
    (location, reader): (&Path, &mut dyn ReadSeek),
    finder: &mut Finder<'_>,
) {
    #[cfg(not(feature = "sqlite"))]
    let _ = location;
    let mut failed = None;
    guarded(source.path, &mut |result| failed = result.err(), |_| match look(source, format) {
        #[cfg(feature = "sqlite")]
        Some(Looked { format: Format { split: Some(Split::Database(split)), .. }, is_packed: false, .. }) => {
            ask(source, location, *split, finder);
        }
        Some(looked) => looked.cut(source, reader, finder),
        None => {}
    });
    if let Some(diagnostic) = failed {
        let _ = finder(Err(diagnostic));
    }
}

/// Cuts a database, which is never all in memory. Its next row may take no longer than a document.
#[cfg(feature = "sqlite")]
fn ask(
    source: &Source<'_>,
    location: &Path,
    split: fn(&Source<'_>, &rusqlite::Connection, &mut Finder<'_>),
    finder: &mut Finder<'_>,
) {
    use super::patience::now;
    use std::sync::{Mutex, PoisonError};
    use std::time::Duration;

    let (mut database, warning) = match crate::disk::database::open(location, source.path) {
        Ok(opened) => opened,
        Err(diagnostic) => return crate::convert::records::report(finder, diagnostic),
    };
    if let Some(warning) = warning
        && finder(Err(warning)).is_break()
    {
        return;
    }
    let since = Arc::new(Mutex::new(now()));
    let (asked, limit) = (Arc::clone(&since), Duration::from_secs(source.limits.seconds.into()));
    let is_over = move || asked.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > limit;
    // A thousand steps of its machine take some microseconds. Where it cannot be told to ask, it does not stop.
    let _ = database.progress_handler(1000, Some(is_over));
    split(source, &database, &mut |found| {
        let go_on = finder(found);
        *since.lock().unwrap_or_else(PoisonError::into_inner) = now();
        go_on
    });
}

/// Runs a converter; a panic in it is one more thing that is wrong with the source.
fn guarded(path: &str, sink: &mut convert::Sink<'_>, work: impl FnOnce(&mut convert::Sink<'_>)) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| work(sink))) {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let message = format!("the converter failed: {}", text.unwrap_or("no reason was given"));
        sink(Err(Diagnostic::error(Place::file(path), message)
            .hint("this is an error in backfile; please report it with the source")));
    }
}
