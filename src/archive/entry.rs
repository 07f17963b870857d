//! What the archive holds of each article.

use super::{ArticleId, SectionId, TaxonomyKind, TermId};
use crate::article::{Figure, Status};
use crate::date::{ArticleDate, CalendarDate};

/// What lists, cards and indexes need of an article.
///
/// A million of them are in memory at once: each takes some 140 bytes and those of its texts and terms, in two allocations
/// for most.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its path, its address, its headline and its standfirst.
    pub texts: Texts,
    /// Its byline, tags and places.
    pub terms: Terms,
    /// Hash of the bytes of its file.
    pub file_hash: u64,
    /// When it was published.
    pub date: Option<ArticleDate>,
    /// `date` in the archive's time zone.
    pub calendar: Option<CalendarDate>,
    /// When its text last changed.
    pub updated: Option<ArticleDate>,
    /// Its section.
    pub section: SectionId,
    /// Lead figure.
    pub image: Option<Box<Figure>>,
    /// Live, or withdrawn. Drafts do not reach the archive unless asked for.
    pub status: Status,
    /// What editors linked it with; none for most articles.
    pub links: Option<Box<Links>>,
    /// The pictures of the site that it shows; none for an article without any.
    pub pictures: Option<Box<Shown>>,
}

/// Pictures of the site, by their numbers in [`super::Archive::pictures`].
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// That of the lead figure.
    pub lead: Option<u64>,
    /// Those in the body, ascending.
    pub in_body: Box<[u64]>,
}

/// The texts of an entry, in one allocation.
#[derive(Clone, Debug)]
pub struct Texts {
    joined: Box<str>,
    /// Where each ends.
    ends: [u32; 4],
}

/// The terms of an entry, in one allocation.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    joined: Box<[TermId]>,
    /// Where each taxonomy's but the last's end.
    ends: [u32; 2],
}

/// Links of an article with others of the archive, as editors set them.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// For each item of the editor's list, the article it names, if it is in the archive and is the only one.
    pub see_also: Box<[Option<ArticleId>]>,
    /// Articles whose editor's list names this one, in the order of lists.
    pub cited_by: Box<[ArticleId]>,
    /// Addresses in its body that are other articles', as [`crate::markup::links`] numbers them, ascending.
    pub in_body: Box<[(u64, ArticleId)]>,
}

impl Links {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.see_also.is_empty() && self.cited_by.is_empty() && self.in_body.is_empty()
    }
}

impl Texts {
    /// The path of an article's file below `content/`, always with `/`; its root-relative permalink; its headline; its
    /// standfirst.
    pub fn new(path: &str, url: &str, title: &str, description: &str) -> Self {
        let lengths = [path.len(), url.len(), title.len(), description.len()];
        let mut end = 0;
        let ends = lengths.map(|length| {
            end += length as u32;
            end
        });
        Self { joined: [path, url, title, description].concat().into(), ends }
    }

    /// All of them, one after the other.
    pub(crate) fn joined(&self) -> &str {
        &self.joined
    }

    /// Their length in bytes, also while they are elsewhere.
    pub(crate) fn length(&self) -> usize {
        self.ends[3] as usize
    }

    /// Until [`Texts::take_back`] they are as if they were empty.
    pub(crate) fn give_up(&mut self) {
        self.joined = Box::default();
    }

    /// What [`Texts::joined`] was before they were given up.
    pub(crate) fn take_back(&mut self, joined: &str) {
        self.joined = joined.into();
    }

    fn part(&self, from: u32, to: u32) -> &str {
        self.joined.get(from as usize..to as usize).unwrap_or_default()
    }
}

impl Terms {
    /// The terms of an article in the order of [`TaxonomyKind::ALL`].
    pub fn new([authors, tags, places]: [&[TermId]; 3]) -> Self {
        let ends = [authors.len() as u32, (authors.len() + tags.len()) as u32];
        Self { joined: [authors, tags, places].concat().into(), ends }
    }

    /// Those of a taxonomy.
    pub fn of(&self, kind: TaxonomyKind) -> &[TermId] {
        let [first, second] = self.ends.map(|end| end as usize);
        let all = match kind {
            TaxonomyKind::Authors => self.joined.get(..first),
            TaxonomyKind::Tags => self.joined.get(first..second),
            TaxonomyKind::Places => self.joined.get(second..),
        };
        all.unwrap_or_default()
    }
}

impl Entry {
    /// Path of its file below `content/`, always with `/`.
    pub fn path(&self) -> &str {
        self.texts.part(0, self.texts.ends[0])
    }

    /// Root-relative permalink.
    pub fn url(&self) -> &str {
        self.texts.part(self.texts.ends[0], self.texts.ends[1])
    }

    /// Headline.
    pub fn title(&self) -> &str {
        self.texts.part(self.texts.ends[1], self.texts.ends[2])
    }

    /// Standfirst.
    pub fn description(&self) -> &str {
        self.texts.part(self.texts.ends[2], self.texts.ends[3])
    }

    /// Byline.
    pub fn authors(&self) -> &[TermId] {
        self.terms.of(TaxonomyKind::Authors)
    }

    /// Tags.
    pub fn tags(&self) -> &[TermId] {
        self.terms.of(TaxonomyKind::Tags)
    }

    /// Places.
    pub fn places(&self) -> &[TermId] {
        self.terms.of(TaxonomyKind::Places)
    }

    /// Its lead figure's picture in [`super::Archive::pictures`], if the site has it.
    pub fn picture(&self) -> Option<u64> {
        self.pictures.as_ref()?.lead
    }

    /// The pictures in its body that the site has, as numbers of [`super::Archive::pictures`], ascending.
    pub fn pictures_in_body(&self) -> &[u64] {
        self.pictures.as_ref().map_or(&[], |shown| &shown.in_body)
    }

    /// For each item of the editor's list, the article it names, if it is in the archive and is the only one.
    pub fn see_also(&self) -> &[Option<ArticleId>] {
        self.links.as_ref().map_or(&[], |links| &links.see_also)
    }

    /// Articles whose editor's list names this one, in the order of lists.
    pub fn cited_by(&self) -> &[ArticleId] {
        self.links.as_ref().map_or(&[], |links| &links.cited_by)
    }

    /// Addresses in its body that are other articles', as [`crate::markup::links`] numbers them, ascending.
    pub fn links_in_body(&self) -> &[(u64, ArticleId)] {
        self.links.as_ref().map_or(&[], |links| &links.in_body)
    }
}
