//! Stage 1, `Source → [Article]`: one file per input format, one row each in [`FORMATS`].
//!
//! A converter is a function from a source's bytes to articles; it reads no file and knows no clock. It writes only
//! what the source states, and accounts for all it leaves out (see [`account`]).

pub mod account;
pub mod anpa;
pub mod bbc_text;
mod body;
mod byline;
pub mod captures;
mod complete;
pub mod csv;
pub mod dates;
pub mod decode;
pub mod destination;
mod embeds;
pub mod feed;
pub mod html;
pub mod iptc7901;
mod json;
pub mod jsonl;
mod ledger;
mod lines;
pub mod mail;
pub mod markdown;
mod members;
mod news;
pub mod newsml_1;
pub mod newsml_g2;
pub mod ninjs;
pub mod nitf;
pub mod records;
mod refusal;
mod related;
mod rows;
pub mod sgml_reuters;
pub(crate) mod shape;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod table;
pub mod tar;
pub mod text;
pub mod tsv;
pub mod unpack;
pub mod wacz;
pub mod warc;
mod wire;
pub mod wxr;
mod xml;
pub mod zip;

use crate::article::Article;
use crate::config::SourceSettings;
use crate::config::limits::{Limit, Limits};
use crate::diagnostic::Diagnostic;
use crate::markup::to_markdown::Beside;
use account::Account;
pub use destination::destination;
use records::{Context, Split};

/// One raw input, or one record of an input that holds many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// How messages call it, and what its ending is read from: its path relative to the root, or to the folder that was
    /// converted, always with `/`; for something in an archive, behind the archive's path and `!/`.
    pub path: &'a str,
    /// Its content as it lies on the disk; of a format that is cut into records perhaps only the first thousands of bytes.
    pub bytes: &'a [u8],
    /// The section for articles whose source names none.
    pub section: Option<&'a str>,
    /// The address that relative links start from, where the source does not state its own.
    pub base_url: Option<&'a str>,
    /// What else site.toml says of it.
    pub settings: &'a SourceSettings,
    /// Whether to account for every piece of the source (for `explain`); costs time and memory.
    pub accounting: bool,
    /// What one document may ask for.
    pub limits: Limits,
    /// The file on the disk that it is in, where that is not `path`.
    pub file: &'a str,
    /// Which record of that file it is; empty for the file itself.
    pub record: &'a str,
    /// The line of the file that it begins at, from 1; 0 where lines mean nothing.
    pub line: u32,
    /// What the file knows of it; only of records.
    pub context: Option<&'a Context>,
    /// How many archives it lies in.
    pub depth: u8,
}

impl<'a> Source<'a> {
    /// The path of the file on the disk, which is its identity.
    pub fn file(&self) -> &'a str {
        if self.file.is_empty() { self.path } else { self.file }
    }

    /// What the file says once for all its records, of the type that its format gave it.
    fn shared<T: 'static>(&self) -> Option<&'a T> {
        self.context?.shared.as_deref()?.downcast_ref()
    }
}

/// One article made from a source, before it has a place in `content/`.
#[derive(Clone, Debug, Default)]
pub struct Converted {
    /// The article; its `source` is filled in by [`convert`].
    pub article: Article,
    /// Which record of the source; empty where the source is one article.
    pub record: String,
    /// The address that the source gives for itself, if any: its canonical URL. Captures with equal ones are one story.
    pub canonical: String,
    /// The address that the archive has it from; filled in by [`convert`].
    pub at: String,
    /// When the copy was made, if the source says so.
    pub captured: Option<crate::date::ArticleDate>,
    /// Files that the article shows and that may lie beside its source.
    pub files: Vec<Beside>,
    /// Those that came with it, by the addresses that `files` states for them.
    pub parts: Vec<(String, Vec<u8>)>,
    /// What became of each piece of the source; empty unless asked for.
    pub account: Account,
    /// What a person should know though the article was made, as a date that no calendar has.
    pub warnings: Vec<Diagnostic>,
}

/// Takes articles, and records that could not be converted, as a converter finds them.
pub type Sink<'s> = dyn FnMut(Result<Converted, Diagnostic>) + 's;

/// An input format: a row of [`FORMATS`].
pub struct Format {
    /// As `--format` and front matter name it.
    pub name: &'static str,
    /// One line for `--help` and the manual.
    pub about: &'static str,
    /// How sure a look at the source makes us that it is of this format: 0 no, 100 certain. The surest wins; between
    /// equals, the first row.
    pub detect: fn(&Source<'_>) -> u8,
    /// Converts the source; hands each article to the sink.
    pub convert: fn(&Source<'_>, &mut Sink<'_>),
    /// How its sources are cut into records, each of which `convert` then converts; `None` where `convert` takes a whole
    /// source.
    pub split: Option<Split>,
}

/// Every input format that backfile reads.
pub const FORMATS: &[Format] = &[
    bbc_text::FORMAT,
    html::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
    tsv::FORMAT,
    #[cfg(feature = "sqlite")]
    sqlite::FORMAT,
    wxr::FORMAT,
    newsml_g2::FORMAT,
    newsml_1::FORMAT,
    nitf::FORMAT,
    ninjs::FORMAT,
    feed::FORMAT,
    mail::EML,
    mail::MBOX,
    mail::MHTML,
    markdown::FORMAT,
    sgml_reuters::FORMAT,
    iptc7901::FORMAT,
    anpa::FORMAT,
    tar::FORMAT,
    text::FORMAT,
    wacz::FORMAT,
    warc::FORMAT,
    zip::FORMAT,
];

/// Converts `source` as `format`, or as the format that it is most surely of, and completes each article: where it came
/// from, its section, its standfirst and its lead figure. What cannot be converted reaches the sink as a diagnostic.
pub fn convert(source: &Source<'_>, format: Option<&'static Format>, sink: &mut Sink<'_>) {
    if records::is_too_deep(source) {
        return sink(Err(records::refused(source, Limit::Depth)));
    }
    let Some(looked) = records::look(source, format) else {
        return sink(Err(refusal::refusal(source)));
    };
    if looked.format.split.is_some() {
        return records::convert_all(&looked, source, sink);
    }
    let unpacked = looked.is_packed.then(|| unpack::all(source.bytes, source)).transpose();
    let inner = looked.inner(source);
    let inner = match &unpacked {
        Ok(bytes) => Source { bytes: bytes.as_deref().unwrap_or(source.bytes), ..inner },
        Err(diagnostic) => return sink(Err(diagnostic.clone())),
    };
    let mut origin = complete::Origin::new(looked.format, &inner);
    (looked.format.convert)(&inner, &mut |made| sink(made.and_then(|converted| origin.complete(converted))));
}

/// The format that `source` is most surely of, or what it unpacks to; `None` where no format knows it.
pub fn detect(source: &Source<'_>) -> Option<&'static Format> {
    if unpack::is_packed(source.bytes) {
        let (path, head) = (unpack::path(source.path), unpack::head(source.bytes, &source.limits));
        let inner = Source { path: &path, bytes: &head, depth: source.depth + 1, ..*source };
        return if unpack::is_packed(&head) { None } else { detect(&inner) };
    }
    let mut surest = None;
    let mut most = 0;
    for format in FORMATS {
        let sure = (format.detect)(source);
        if sure > most {
            (most, surest) = (sure, Some(format));
        }
        if sure >= 100 {
            break;
        }
    }
    surest
}

/// The format with that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The names of all formats, in the order of the table: for messages and "did you mean".
pub fn names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.name)
}
