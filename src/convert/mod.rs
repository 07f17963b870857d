//! Stage 1, `Source → [Article]`: one file per input format, one row each in [`FORMATS`].
//!
//! A converter is a function from a source's bytes to articles; it reads no file and knows no clock. It writes only
//! what the source states, and accounts for all it leaves out (see [`account`]).

pub mod account;

use crate::article::Article;
use crate::diagnostic::Diagnostic;
use account::Account;

/// One raw input, read whole.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its identity: path relative to the root, or to the folder that was converted; always with `/`.
    pub path: &'a str,
    /// Its content as it lies on the disk.
    pub bytes: &'a [u8],
    /// The section for articles whose source names none.
    pub section: Option<&'a str>,
    /// The address that relative links start from, where the source does not state its own.
    pub base_url: Option<&'a str>,
    /// Whether to account for every piece of the source (for `explain`); costs time and memory.
    pub accounting: bool,
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
    /// When the copy was made, if the source says so.
    pub captured: Option<crate::date::ArticleDate>,
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
}

/// Every input format that backfile reads.
pub const FORMATS: &[Format] = &[];
