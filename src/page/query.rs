//! What a template asks for beyond its view.

use crate::pack::packed;
use serde::Serialize;

/// `stories(section="town", limit=5)`: the newest articles to which all that is set applies.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Query {
    /// Path of a section; articles of those below it count.
    pub section: Option<String>,
    /// Name or slug of an author.
    pub author: Option<String>,
    /// Name or slug of a tag.
    pub tag: Option<String>,
    /// Name or slug of a place.
    pub place: Option<String>,
    /// A year.
    pub year: Option<i16>,
    /// A month of that year, from 1 to 12.
    pub month: Option<u8>,
    /// How many at most.
    pub limit: u32,
}

packed!(Query { section, author, tag, place, year, month, limit });

/// Answers such questions from the archive's indexes, and notes for each page what it asked.
///
/// An answer belongs to the page that asked: a text that is kept for other pages must ask for nothing, as they would not be
/// made again when the answer changes.
pub trait Lists: Send + Sync {
    /// The cards of the articles.
    fn stories(&self, query: &Query) -> tera::Value;
}

/// A site without articles.
#[derive(Clone, Copy, Debug)]
pub struct NoLists;

impl Lists for NoLists {
    fn stories(&self, _: &Query) -> tera::Value {
        tera::Value::from(Vec::<tera::Value>::new())
    }
}
