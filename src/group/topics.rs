//! Authors, tags and places.

use super::{Digest, Said, digest};
use crate::archive::{ArticleId, Taxonomy, TaxonomyKind, Term, TermId, Terms};
use crate::markup::slug::slug;
use std::collections::{BTreeMap, HashMap};

/// What each name means, by taxonomy.
pub(super) struct Names([HashMap<Box<str>, TermId>; 3]);

impl Names {
    /// The terms of an article.
    pub(super) fn terms(&self, said: &Said<'_>) -> Terms {
        let terms = TaxonomyKind::ALL.map(|kind| {
            let mut ids: Vec<TermId> = Vec::new();
            for id in names(said, kind).iter().filter_map(|name| self.0[kind as usize].get(name)) {
                if !ids.contains(id) {
                    ids.push(*id);
                }
            }
            ids
        });
        Terms::new([&terms[0], &terms[1], &terms[2]])
    }
}

/// All taxonomies, and what the names in them mean.
pub(super) fn taxonomies(digests: &[&Digest]) -> ([Taxonomy; 3], Names) {
    let of = |kind| taxonomy(digests, kind);
    let (authors, (tags, places)) = rayon::join(
        || of(TaxonomyKind::Authors),
        || rayon::join(|| of(TaxonomyKind::Tags), || of(TaxonomyKind::Places)),
    );
    ([authors.0, tags.0, places.0], Names([authors.1, tags.1, places.1]))
}

fn names<'a>(said: &Said<'a>, kind: TaxonomyKind) -> digest::Texts<'a> {
    match kind {
        TaxonomyKind::Authors => said.authors,
        TaxonomyKind::Tags => said.tags,
        TaxonomyKind::Places => said.places,
    }
}

/// A term while it is gathered: how often each spelling stands, and the articles.
#[derive(Default)]
struct Gathered<'a> {
    spellings: BTreeMap<&'a str, u32>,
    members: Vec<ArticleId>,
}

/// One taxonomy. Names with one slug are one term, called as most articles call it.
fn taxonomy(digests: &[&Digest], kind: TaxonomyKind) -> (Taxonomy, HashMap<Box<str>, TermId>) {
    let mut slugs: HashMap<&str, Box<str>> = HashMap::new();
    let mut terms: BTreeMap<Box<str>, Gathered<'_>> = BTreeMap::new();
    for (id, digest) in (0 as ArticleId..).zip(digests) {
        for name in names(&digest.said(), kind).iter() {
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
    let numbered = slugs.iter().filter_map(|(name, slug)| Some(((*name).into(), *numbers.get(&**slug)?)));
    let meant: HashMap<Box<str>, TermId> = numbered.collect();
    drop(numbers);
    let terms = terms.into_iter().map(|(slug, term)| Term {
        name: commonest(&term.spellings).into(),
        slug,
        members: term.members,
    });
    (Taxonomy { terms: terms.collect() }, meant)
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
