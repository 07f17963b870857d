//! One article boiled down to what the archive needs of it.

use super::linked;
use super::related::{self, Signature};
use crate::archive::{ArticleId, Entry, Related, SectionId, TermId};
use crate::article::{Article, Figure, SeeAlso, Status};
use crate::config::Config;
use crate::date::{ArticleDate, CalendarDate};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::{slug, to_text};
use crate::pack::{Pack, packed};
use std::cmp::Reverse;
use xxhash_rust::xxh3::xxh3_64;

/// Longest description made from a first paragraph, in characters.
const LONGEST_DESCRIPTION: usize = 300;

/// What the archive needs of one article; its own features only, nothing that depends on another article.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    pub(super) path: Box<str>,
    /// Hash of the bytes of its file.
    pub(super) file_hash: u64,
    pub(super) title: Box<str>,
    pub(super) description: Box<str>,
    pub(super) date: Option<ArticleDate>,
    pub(super) calendar: Option<CalendarDate>,
    pub(super) updated: Option<ArticleDate>,
    pub(super) embargo: Option<ArticleDate>,
    pub(super) status: Status,
    /// Path of its section; empty for none.
    pub(super) section: Box<str>,
    pub(super) authors: Box<[Box<str>]>,
    pub(super) tags: Box<[Box<str>]>,
    pub(super) places: Box<[Box<str>]>,
    pub(super) image: Option<Box<Figure>>,
    pub(super) see_also: Box<[SeeAlso]>,
    /// The permalink: as the front matter states it, or empty until it is assigned.
    pub(super) url: Box<str>,
    pub(super) aliases: Box<[Box<str>]>,
    pub(super) signature: Signature,
    /// The numbers of the addresses that it was known by, as [`crate::markup::links`] gives them.
    pub(super) known_by: Box<[u64]>,
    /// The numbers of the addresses that its body may link to, ascending.
    pub(super) links: Box<[u64]>,
}

/// Boils an article down. `path` is that of its file below `content/`, `file_hash` the hash of its bytes.
///
/// # Errors
/// A diagnostic where the article has no headline: then no list could name it.
pub fn digest(path: &str, file_hash: u64, article: &Article, config: &Config) -> Result<Digest, Diagnostic> {
    let front = &article.front;
    if front.title.trim().is_empty() {
        return Err(Diagnostic::error(Place::at(path, 2, 1), "the article has no title")
            .hint("add a line `title: …` to its front matter"));
    }
    let boxed =
        |texts: &[String]| texts.iter().filter(|text| !text.trim().is_empty()).map(|text| text.trim().into()).collect();
    Ok(Digest {
        path: path.into(),
        file_hash,
        title: front.title.trim().into(),
        description: description(article).into(),
        date: front.date,
        calendar: front.date.map(|date| date.calendar(&config.timezone)),
        updated: front.updated,
        embargo: front.embargo,
        status: front.status,
        section: section(path, front.section.as_deref()).into(),
        authors: boxed(&front.authors),
        tags: boxed(&front.tags),
        places: boxed(&front.places),
        image: front.image.clone().map(Box::new),
        see_also: front.see_also.clone().into(),
        url: front.url.trim().into(),
        aliases: boxed(&front.aliases),
        // Reading all words of an article takes as long as all else that is done with it here.
        signature: if config.related_count == 0 {
            Signature::default()
        } else {
            related::signature(article, &config.language)
        },
        known_by: linked::known_by(article, config),
        links: linked::links(article, config),
    })
}

fn description(article: &Article) -> String {
    let stated = article.front.description.trim();
    if !stated.is_empty() {
        return stated.to_owned();
    }
    let first = to_text::first_paragraph(&article.body);
    match first.char_indices().nth(LONGEST_DESCRIPTION) {
        None => first,
        Some((cut, _)) => {
            let end = first[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", first[..end].trim_end_matches([',', ';', ':', ' ', '-', '–']))
        }
    }
}

/// The section as stated, or as the folder says: its parts down to the year's folder.
fn section(path: &str, stated: Option<&str>) -> String {
    if let Some(stated) = stated {
        return slug::section_path(stated);
    }
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let parts: Vec<&str> = folder.split('/').take_while(|part| !is_year(part)).collect();
    slug::section_path(&parts.join("/"))
}

packed!(Digest {
    path,
    file_hash,
    title,
    description,
    date,
    calendar,
    updated,
    embargo,
    status,
    section,
    authors,
    tags,
    places,
    image,
    see_also,
    url,
    aliases,
    signature,
    known_by,
    links,
});

impl Digest {
    /// Path of its file below `content/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Sorts into the order of lists: newest first, undated last, then by content path.
    pub(super) fn order(&self) -> (bool, Reverse<(CalendarDate, i64)>, &str) {
        let calendar = self.calendar.unwrap_or_default();
        let seconds = self.date.map_or(0, |date| date.seconds());
        (self.calendar.is_none(), Reverse((calendar, seconds)), &self.path)
    }

    /// A number for the article, and one for its place in the order of lists.
    pub(super) fn identity(&self) -> (u64, u64) {
        let mut order = Vec::with_capacity(16);
        self.date.map(|date| date.seconds()).pack(&mut order);
        self.calendar.pack(&mut order);
        (xxh3_64(self.path.as_bytes()), xxh3_64(&order))
    }

    /// Days since 1970 on which the article stands, or its month or year begins.
    pub(super) fn day_number(&self) -> Option<i32> {
        let date = self.calendar?;
        let date = jiff::civil::Date::new(date.year, date.month.max(1) as i8, date.day.max(1) as i8).ok()?;
        let epoch = jiff::civil::Date::new(1970, 1, 1).ok()?;
        date.since(epoch).ok().map(|span| span.get_days())
    }

    /// The archive's entry of this article; what matching knew of it is given up.
    pub(super) fn into_entry(
        self,
        section: SectionId,
        [authors, tags, places]: [Box<[TermId]>; 3],
        see_also: Box<[Option<ArticleId>]>,
        cited_by: Box<[ArticleId]>,
        related: Box<[Related]>,
        links: Box<[(u64, ArticleId)]>,
    ) -> Entry {
        Entry {
            path: self.path,
            file_hash: self.file_hash,
            url: self.url,
            title: self.title,
            description: self.description,
            date: self.date,
            calendar: self.calendar,
            updated: self.updated,
            section,
            authors,
            tags,
            places,
            image: self.image,
            status: self.status,
            see_also,
            cited_by,
            related,
            links,
        }
    }
}
