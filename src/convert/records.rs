//! Sources of many documents, cut into records: a web archive into its captures, a zip archive into its members, a
//! mailbox into its letters.
//!
//! Cutting is sequential and cheap, and needs no more memory than one record; converting a record is neither, and is
//! done for many at once by whoever runs the conversion.

mod names;

pub(super) use names::Names;

use super::unpack::{self, Unpack};
use super::{Format, Sink, Source, complete};
use crate::config::limits::Limit;
use crate::date::ArticleDate;
use crate::diagnostic::{Diagnostic, Place};
use std::any::Any;
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;

/// What stands between the path of a source and that of something in it, in messages and in names of records.
pub const INSIDE: &str = "!/";

/// How much of a source is read at once; bytes.
const BUFFER: usize = 256 << 10;

/// What the source of a record knows of it beside its bytes.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The absolute address that it was at.
    pub url: String,
    /// When the copy was made.
    pub captured: Option<ArticleDate>,
    /// Hash of its content as the source states it, as in `sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ`.
    pub digest: String,
    /// The encoding of its text, as the server named it.
    pub charset: String,
    /// What it is, as the server named it, as in `text/html`.
    pub media_type: String,
    /// How its bytes are packed, in the words of HTTP, the outermost first; empty where they are not.
    pub coding: String,
    /// The headline that the source has for it; for what states none itself.
    pub title: String,
    /// What the source says once for all its records.
    pub shared: Option<Shared>,
}

/// What all records of a source share, as the names of a blog's authors; a format knows the type of its own.
pub type Shared = Arc<dyn Any + Send + Sync>;

/// One document of a source.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Its identity in the source: an identifier, a path, or else a number. No two records of a source share one.
    pub name: String,
    /// How messages call it, behind the path of the source; empty where the line tells it better.
    pub label: String,
    /// The line of the source that it begins at, from 1; 0 where lines mean nothing.
    pub line: u32,
    /// Its content.
    pub bytes: Vec<u8>,
    /// What the source knows of it.
    pub context: Context,
}

/// What is found in a source of many documents.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all that is found are records")]
pub enum Found {
    /// A document to be converted.
    Record(Record),
    /// A file that documents may show, as a picture, and the address or the path in the source that they know it by.
    File {
        /// As `url` of a [`Context`], or the name of a record.
        address: String,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// An address that led to another one.
    Moved {
        /// The old address.
        from: String,
        /// Where it led.
        to: String,
    },
    /// Something that holds no article, as a style sheet: what, in the plural.
    LeftOut(&'static str),
}

/// Takes what is found, and says whether to go on.
pub type Finder<'f> = dyn FnMut(Result<Found, Diagnostic>) -> ControlFlow<()> + 'f;

/// Hands on what is the last to be said of a source.
pub(crate) fn report(finder: &mut Finder<'_>, diagnostic: Diagnostic) {
    let _ = finder(Err(diagnostic));
}

/// What can be read from any place on.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// How a format with many documents cuts its sources. The bytes of the source are the first few thousand or all; what is
/// to be cut is what the reader has.
#[derive(Clone, Copy)]
pub enum Split {
    /// From its start to its end.
    Stream(fn(&Source<'_>, &mut dyn BufRead, &mut Finder<'_>)),
    /// From its start to its end twice: at first for what its records share, wherever in the source it stands.
    Twice(fn(&Source<'_>, &mut dyn BufRead) -> Shared, fn(&Source<'_>, &mut dyn BufRead, &Shared, &mut Finder<'_>)),
    /// Here and there, as an archive whose list of contents is at its end.
    Seek(fn(&Source<'_>, &mut dyn ReadSeek, &mut Finder<'_>)),
    /// By asking a database, which whoever has the file opens.
    #[cfg(feature = "sqlite")]
    Database(fn(&Source<'_>, &rusqlite::Connection, &mut Finder<'_>)),
}

/// What a look at a source tells of it.
pub struct Looked<'a> {
    /// What it is, packed or not.
    pub format: &'static Format,
    /// Whether it is packed as a whole.
    pub is_packed: bool,
    /// The path of what is in it, if it is packed; otherwise its own.
    pub path: Cow<'a, str>,
}

/// Looks at a source of which at least the beginning is in memory; it is of `format`, or of the one that it is most surely
/// of. `None` where no format knows it.
pub fn look<'a>(source: &Source<'a>, format: Option<&'static Format>) -> Option<Looked<'a>> {
    let is_packed = unpack::is_packed(source.bytes);
    let format = format.or_else(|| super::detect(source))?;
    let path = if is_packed { unpack::path(source.path) } else { Cow::Borrowed(source.path) };
    Some(Looked { format, is_packed, path })
}

impl Looked<'_> {
    /// The source without its packing; its bytes are still packed.
    pub fn inner<'a>(&'a self, source: &Source<'a>) -> Source<'a> {
        Source { path: &self.path, file: source.file(), depth: source.depth + u8::from(self.is_packed), ..*source }
    }

    /// Cuts what `reader` has; nothing where the format is not cut.
    pub fn cut(&self, source: &Source<'_>, mut reader: &mut dyn ReadSeek, finder: &mut Finder<'_>) {
        let inner = self.inner(source);
        match (self.format.split, self.is_packed) {
            (Some(Split::Stream(split)), _) => split(&inner, &mut *self.reader(source, reader), finder),
            (Some(Split::Twice(collect, split)), _) => {
                let shared = collect(&inner, &mut *self.reader(source, reader));
                if let Err(error) = reader.seek(SeekFrom::Start(0)) {
                    return report(finder, unpack::wrong(source, &error));
                }
                split(&inner, &mut *self.reader(source, reader), &shared, finder);
            }
            (Some(Split::Seek(split)), false) => split(&inner, &mut reader, finder),
            (Some(Split::Seek(split)), true) => match unpack::all(&mut reader, &inner) {
                Ok(bytes) => split(&inner, &mut Cursor::new(bytes), finder),
                Err(diagnostic) => report(finder, diagnostic),
            },
            // What is in an archive is a database in memory.
            #[cfg(feature = "sqlite")]
            (Some(Split::Database(split)), is_packed) => {
                let read = if is_packed { unpack::all(&mut reader, &inner) } else { all(&mut reader, &inner) };
                match read.and_then(|bytes| super::sqlite::of_bytes(bytes, &inner)) {
                    Ok(database) => split(&inner, &database, finder),
                    Err(diagnostic) => report(finder, diagnostic),
                }
            }
            (None, _) => {}
        }
    }

    /// Reads what `reader` has, without its packing.
    fn reader<'r>(&self, source: &Source<'_>, reader: &'r mut dyn ReadSeek) -> Box<dyn BufRead + 'r> {
        if self.is_packed {
            return Box::new(BufReader::with_capacity(BUFFER, Unpack::new(reader, &source.limits)));
        }
        Box::new(BufReader::with_capacity(BUFFER, reader))
    }
}

/// All bytes of a source, of which no more is read than a document may have.
///
/// # Errors
/// A diagnostic where there are more, or it cannot be read.
pub(super) fn all(reader: impl Read, source: &Source<'_>) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    let read = reader.take(source.limits.bytes() + 1).read_to_end(&mut bytes);
    read.map_err(|error| unpack::wrong(source, &error))?;
    if bytes.len() as u64 > source.limits.bytes() { Err(refused(source, Limit::Size)) } else { Ok(bytes) }
}

/// Converts one record of `source`, which is of `format`, and completes its articles.
pub fn convert_record(format: &Format, source: &Source<'_>, record: &Record, sink: &mut Sink<'_>) {
    let path = match record.label.as_str() {
        "" => source.path.to_owned(),
        label => format!("{}{INSIDE}{label}", source.path),
    };
    let name = joined(source.record, &record.name);
    let inner = Source {
        path: &path,
        file: source.file(),
        record: &name,
        line: record.line,
        bytes: &record.bytes,
        context: Some(&record.context),
        depth: source.depth + 1,
        ..*source
    };
    if record.bytes.len() as u64 > source.limits.bytes() {
        return sink(Err(refused(&inner, Limit::Size)));
    }
    let mut origin = complete::Origin::new(format, &inner);
    (format.convert)(&inner, &mut |made| sink(made.and_then(|converted| origin.complete(converted))));
}

/// Converts a member of an archive as the source that it is; for the `convert` of formats whose records are files of any
/// kind.
pub fn convert_member(source: &Source<'_>, sink: &mut Sink<'_>) {
    super::convert(source, None, sink);
}

/// The diagnostic for a source that met a limit.
pub(super) fn refused(source: &Source<'_>, limit: Limit) -> Diagnostic {
    Diagnostic::error(Place::file(source.path), limit.message(&source.limits)).hint(limit.hint())
}

/// The name of a record in a record.
pub(super) fn joined(outer: &str, inner: &str) -> String {
    match (outer, inner) {
        ("", inner) => inner.to_owned(),
        (outer, "") => outer.to_owned(),
        (outer, inner) => format!("{outer}{INSIDE}{inner}"),
    }
}

/// Converts a source in memory of a format that is cut, one record after the other.
pub(super) fn convert_all(looked: &Looked<'_>, source: &Source<'_>, sink: &mut Sink<'_>) {
    looked.cut(source, &mut Cursor::new(source.bytes), &mut |found| {
        match found {
            Ok(Found::Record(record)) => convert_record(looked.format, &looked.inner(source), &record, sink),
            Ok(_) => {}
            Err(diagnostic) => sink(Err(diagnostic)),
        }
        ControlFlow::Continue(())
    });
}

/// Whether a source lies in so many archives that it is refused.
pub(super) fn is_too_deep(source: &Source<'_>) -> bool {
    source.depth > source.limits.depth
}
