//! The archive: what is known of all articles, and every index over them. It holds no body.
//!
//! Articles are numbered in the order of every list: newest first, then by content path; undated ones last. So a day,
//! a month and a year are ranges of numbers, and an index of anything else is an ascending list of numbers.

mod entry;
mod lists;

use crate::date::CalendarDate;
use crate::picture::Pictures;
pub use entry::{Entry, Links, Shown, Terms, Texts};
pub use lists::Lists;
use std::ops::Range;
use std::sync::Arc;

/// The number of an article in [`Archive::articles`].
pub type ArticleId = u32;
/// The number of a section in [`Archive::sections`].
pub type SectionId = u32;

/// Metadata of all articles, and indexes over it. Complete when made; nothing in it changes afterwards.
#[derive(Debug, Default)]
pub struct Archive {
    /// The articles that lists name, in the order of lists.
    pub articles: Vec<Entry>,
    /// The computed related stories of each article, best first.
    pub related: Lists<Related>,
    /// Withdrawn articles: no list names them, but their addresses answer.
    pub withdrawn: Vec<Entry>,
    /// The section tree, by path; the first is the root, whose path is empty.
    pub sections: Vec<Section>,
    /// The days that have articles, newest first. Articles known only by month or year are in no day.
    pub days: Vec<Period>,
    /// The months that have articles, newest first, each with its days' articles and those known by month only.
    pub months: Vec<Period>,
    /// The years that have articles, newest first.
    pub years: Vec<Period>,
    /// For each day of the year (month, day) that has articles: those articles, newest first; in calendar order.
    pub anniversaries: Vec<(u8, u8, Vec<ArticleId>)>,
    /// Authors, tags and places, in the order of [`TaxonomyKind`].
    pub taxonomies: [Taxonomy; 3],
    /// Pages that stand outside the sections, by path.
    pub standalone: Vec<Standalone>,
    /// Old addresses (root-relative) and where they lead, by old address.
    pub redirects: Vec<(Box<str>, Target)>,
    /// The pictures of the site.
    pub pictures: Arc<Pictures>,
}

/// Where an old address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an article of [`Archive::articles`].
    Article(ArticleId),
    /// To an article of [`Archive::withdrawn`].
    Withdrawn(u32),
    /// To a page of [`Archive::standalone`].
    Standalone(u32),
}

/// The number of a term in its taxonomy.
pub type TermId = u32;

/// A computed related story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Related {
    /// Which.
    pub article: ArticleId,
    /// Integer similarity; for `explain` only, never shown to templates.
    pub score: u32,
    /// Terms that both share, the weightiest first.
    pub shared: Shared,
}

/// Up to five terms, as [`crate::markup::words`] numbers them; in place, as an archive has five of these for each article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared([u32; Shared::MOST]);

impl Shared {
    /// Most terms.
    pub const MOST: usize = 5;

    /// The first of some terms.
    pub fn new(terms: impl IntoIterator<Item = u32>) -> Self {
        let mut shared = Self::default();
        for (place, term) in shared.0.iter_mut().zip(terms) {
            *place = term;
        }
        shared
    }

    /// The terms; none of them has the number 0.
    pub fn terms(&self) -> &[u32] {
        let end = self.0.iter().position(|term| *term == 0).unwrap_or(Self::MOST);
        self.0.get(..end).unwrap_or_default()
    }
}

/// A section of the tree.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// As in `town/harbour`; empty for the root.
    pub path: Box<str>,
    /// From `_index.md`, else the path's last part with capitals.
    pub title: Box<str>,
    /// From `_index.md`.
    pub description: Box<str>,
    /// Order among its siblings, from `_index.md`; then by title.
    pub weight: i64,
    /// Its `_index.md`, if it has one.
    pub index: Option<IndexFile>,
    /// The section above; the root's is the root.
    pub parent: SectionId,
    /// Sections right below, in order.
    pub children: Vec<SectionId>,
    /// Articles of the section and all below it, in the order of lists. Empty for the root, which means all.
    pub members: Vec<ArticleId>,
}

/// The file that says what a section is called.
#[derive(Clone, Debug)]
pub struct IndexFile {
    /// Path below `content/`.
    pub path: Box<str>,
    /// Hash of its bytes.
    pub file_hash: u64,
}

/// A stretch of the calendar and the articles in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Unknown parts are 0: a month has day 0, a year has month 0 and day 0.
    pub date: CalendarDate,
    /// First article, as a number in the order of lists.
    pub first: ArticleId,
    /// How many.
    pub count: u32,
}

impl Period {
    /// The articles, as a range of numbers.
    pub fn articles(&self) -> Range<ArticleId> {
        self.first..self.first + self.count
    }
}

/// A way of grouping articles by named terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxonomyKind {
    /// By byline.
    Authors,
    /// By tag.
    Tags,
    /// By place.
    Places,
}

impl TaxonomyKind {
    /// All of them, in the order of [`Archive::taxonomies`].
    pub const ALL: [Self; 3] = [Self::Authors, Self::Tags, Self::Places];

    /// The name in addresses and front matter, as in `tags`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authors => "authors",
            Self::Tags => "tags",
            Self::Places => "places",
        }
    }
}

/// One taxonomy: its terms by slug.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    /// By slug, each slug once.
    pub terms: Vec<Term>,
}

/// One term of a taxonomy.
#[derive(Clone, Debug)]
pub struct Term {
    /// As most articles write it.
    pub name: Box<str>,
    /// In addresses.
    pub slug: Box<str>,
    /// In the order of lists.
    pub members: Vec<ArticleId>,
}

/// A page that stands outside the sections, as "About".
#[derive(Clone, Debug)]
pub struct Standalone {
    /// Path of its file below `content/`.
    pub path: Box<str>,
    /// Hash of the bytes of that file.
    pub file_hash: u64,
    /// Root-relative address.
    pub url: Box<str>,
    /// Heading.
    pub title: Box<str>,
    /// Summary.
    pub description: Box<str>,
}

impl Archive {
    /// The article with that number; numbers come from this archive's own indexes.
    pub fn article(&self, id: ArticleId) -> &Entry {
        &self.articles[id as usize]
    }

    /// The computed related stories of an article, best first.
    pub fn related(&self, id: ArticleId) -> &[Related] {
        self.related.get(id as usize)
    }

    /// The section with that number.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id as usize]
    }

    /// The terms of a taxonomy.
    pub fn taxonomy(&self, kind: TaxonomyKind) -> &Taxonomy {
        &self.taxonomies[kind as usize]
    }

    /// The names of some terms of a taxonomy.
    pub fn names<'a>(&'a self, kind: TaxonomyKind, ids: &'a [TermId]) -> impl Iterator<Item = &'a str> {
        let terms = &self.taxonomy(kind).terms;
        ids.iter().filter_map(|id| terms.get(*id as usize)).map(|term| &*term.name)
    }
}
