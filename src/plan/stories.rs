//! The lists that templates ask for beyond their views: `stories(section=…, tag=…, year=…, limit=…)`.
//!
//! Every answer comes from indexes. Lists of articles ascend in number, and a year or a month is a stretch of numbers, so
//! the shortest list that applies is walked within that stretch, and the others are searched.

use super::Site;
use super::views::Card;
use crate::archive::{Archive, ArticleId, TaxonomyKind};
use crate::date::CalendarDate;
use crate::markup::slug::slug;
use crate::page::Query;
use crate::page::hashing::hash_of;
use std::ops::Range;

/// The newest articles to which all of a query applies.
pub fn ids(archive: &Archive, query: &Query) -> Vec<ArticleId> {
    let limit = query.limit as usize;
    let stretch = stretch(archive, query);
    let Some(mut lists) = lists(archive, query) else { return Vec::new() };
    lists.sort_unstable_by_key(|list| list.len());
    let Some((shortest, others)) = lists.split_first() else { return stretch.take(limit).collect() };
    let start = shortest.partition_point(|id| *id < stretch.start);
    let within = shortest.get(start..).unwrap_or_default().iter().copied().take_while(|id| *id < stretch.end);
    within.filter(|id| others.iter().all(|list| list.binary_search(id).is_ok())).take(limit).collect()
}

/// The cards of a query's articles.
pub fn cards(site: Site<'_>, query: &Query) -> tera::Value {
    let cards = Card::list(site, ids(site.archive, query));
    tera::Value::try_from_serializable(&cards).unwrap_or_else(|_| tera::Value::none())
}

/// A hash of those cards, without making them.
pub fn key(site: Site<'_>, query: &Query) -> u128 {
    let cards: Vec<u64> = ids(site.archive, query).into_iter().map(|id| site.ready.card(id)).collect();
    hash_of(&cards)
}

/// The numbers of the articles of the query's year or month; of all where it names none.
fn stretch(archive: &Archive, query: &Query) -> Range<ArticleId> {
    let Some(year) = query.year else { return 0..archive.articles.len() as ArticleId };
    let (periods, month) = match query.month {
        Some(month) => (&archive.months, month),
        None => (&archive.years, 0),
    };
    super::dates::find(periods, CalendarDate { year, month, day: 0 }).map_or(0..0, |period| period.articles())
}

/// The list of each thing that the query names; `None` where the archive has no such thing.
fn lists<'a>(archive: &'a Archive, query: &Query) -> Option<Vec<&'a [ArticleId]>> {
    let mut lists = Vec::new();
    if let Some(path) = query.section.as_deref().map(|path| path.trim_matches('/')).filter(|path| !path.is_empty()) {
        let at = archive.sections.binary_search_by(|section| (*section.path).cmp(path)).ok()?;
        lists.push(&*archive.sections.get(at)?.members);
    }
    let named = [
        (TaxonomyKind::Authors, &query.author),
        (TaxonomyKind::Tags, &query.tag),
        (TaxonomyKind::Places, &query.place),
    ];
    for (kind, name) in named {
        let Some(name) = name else { continue };
        let (terms, slug) = (&archive.taxonomy(kind).terms, slug(name));
        let at = terms.binary_search_by(|term| (*term.slug).cmp(slug.as_str())).ok()?;
        lists.push(&*terms.get(at)?.members);
    }
    Some(lists)
}
