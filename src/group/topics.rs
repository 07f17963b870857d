//! Authors, tags and places.

use super::Digest;
use crate::archive::{ArticleId, Taxonomy, TaxonomyKind, Term, TermId};
use crate::markup::slug::slug;
use std::collections::{BTreeMap, HashMap};

/// The terms of one article in the order of [`TaxonomyKind::ALL`].
pub(super) type Terms = [Box<[TermId]>; 3];

/// No terms.
pub(super) fn none() -> Terms {
    [[].into(), [].into(), [].into()]
}

/// All taxonomies, and the terms of each article.
pub(super) fn taxonomies(digests: &[Digest]) -> ([Taxonomy; 3], Vec<Terms>) {
    let [authors, tags, places] = TaxonomyKind::ALL.map(|kind| taxonomy(digests, kind));
    let terms =
        authors.1.into_iter().zip(tags.1).zip(places.1).map(|((authors, tags), places)| [authors, tags, places]);
    ([authors.0, tags.0, places.0], terms.collect())
}

fn names(digest: &Digest, kind: TaxonomyKind) -> &[Box<str>] {
    match kind {
        TaxonomyKind::Authors => &digest.authors,
        TaxonomyKind::Tags => &digest.tags,
        TaxonomyKind::Places => &digest.places,
    }
}

/// A term while it is gathered: how often each spelling stands, and the articles.
#[derive(Default)]
struct Gathered<'a> {
    spellings: BTreeMap<&'a str, u32>,
    members: Vec<ArticleId>,
}

/// One taxonomy. Names with one slug are one term, called as most articles call it.
fn taxonomy(digests: &[Digest], kind: TaxonomyKind) -> (Taxonomy, Vec<Box<[TermId]>>) {
    let mut slugs: HashMap<&str, Box<str>> = HashMap::new();
    let mut terms: BTreeMap<Box<str>, Gathered<'_>> = BTreeMap::new();
    for (id, digest) in (0 as ArticleId..).zip(digests) {
        for name in names(digest, kind) {
            let slug = slugs.entry(name).or_insert_with(|| slug_of(name));
            if !terms.contains_key(slug) {
                terms.insert(slug.clone(), Gathered::default());
            }
            let Some(term) = terms.get_mut(slug) else { continue };
            *term.spellings.entry(name).or_default() += 1;
            if term.members.last() != Some(&id) {
                term.members.push(id);
            }
        }
    }
    let numbers: HashMap<&str, TermId> = terms.keys().zip(0..).map(|(slug, number)| (&**slug, number)).collect();
    let number = |name: &str| slugs.get(name).and_then(|slug| numbers.get(&**slug)).copied();
    let of_article = |digest: &Digest| {
        let mut ids: Vec<TermId> = Vec::new();
        for id in names(digest, kind).iter().filter_map(|name| number(name)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids.into()
    };
    let of_articles = digests.iter().map(of_article).collect();
    drop(numbers);
    let terms = terms.into_iter().map(|(slug, term)| Term {
        name: commonest(&term.spellings).into(),
        slug,
        members: term.members,
    });
    (Taxonomy { terms: terms.collect() }, of_articles)
}

/// The spelling that most articles use; between equals, the first by the alphabet.
fn commonest<'a>(spellings: &BTreeMap<&'a str, u32>) -> &'a str {
    spellings.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name))).map_or("", |(name, _)| name)
}

/// A name without a letter or digit still needs an address of its own.
fn slug_of(name: &str) -> Box<str> {
    let slug = slug(name);
    if slug.is_empty() {
        format!("{:06x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()) & 0xff_ffff).into()
    } else {
        slug.into()
    }
}
