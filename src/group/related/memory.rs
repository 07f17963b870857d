//! Related stories of the last build, carried over where nothing that decides them changed.
//!
//! What an article's search depends on is known exactly: its own features, the features of the articles whose postings
//! lie in the windows that it looks at, how many hold each of its terms as a power of two, and the editor's list. So
//! after an edit those articles are searched again whose windows the edit lies in, and no others ([`again`]).

use super::index::Index;
use super::search::{NEAREST, Search};
use super::signature::Signature;
use super::{Candidate, LEAST};
use crate::archive::{Archive, ArticleId, Related};
use crate::markup::words::Term;
use crate::pack::Pack;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use xxhash_rust::xxh3::xxh3_64;

/// Where more than this part of the articles changed, as one in so many, finding them all anew takes no longer.
const MANY: usize = 8;

/// What tells whether an article is as it was in all that related stories depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Print {
    /// Which article.
    path: u64,
    /// Its place in the order of lists.
    order: u64,
    /// Its features.
    signature: u64,
}

crate::pack::packed!(Print { path, order, signature });

/// The prints of all articles, in the order of lists.
#[derive(Clone, Debug, Default)]
pub struct Prints(Vec<Print>);

impl Prints {
    /// Takes for each article its two numbers, of identity and of order, and its features.
    pub fn new<'a>(articles: impl Iterator<Item = ((u64, u64), &'a Candidate<'a>)>) -> Self {
        let mut bytes = Vec::new();
        let print = |((path, order), candidate): ((u64, u64), &Candidate<'_>)| Print {
            path,
            order,
            signature: number(candidate.signature, &mut bytes),
        };
        Self(articles.map(print).collect())
    }
}

fn number(signature: &Signature, bytes: &mut Vec<u8>) -> u64 {
    bytes.clear();
    signature.pack(bytes);
    xxh3_64(bytes)
}

/// What the last build found.
#[derive(Debug)]
pub struct Memory {
    count: u32,
    articles: Vec<Known>,
}

/// An article of the last build.
#[derive(Debug)]
struct Known {
    print: Print,
    /// The articles of the editor's list; numbers are those of the last build.
    excluded: Box<[u32]>,
    related: Box<[Related]>,
}

crate::pack::packed!(Known { print, excluded, related });

impl Memory {
    /// Reads what [`keep`] wrote; `None` where that is something else.
    pub fn parse(mut bytes: &[u8]) -> Option<Self> {
        let count = u32::unpack(&mut bytes)?;
        let length = u32::unpack(&mut bytes)? as usize;
        let mut articles = Vec::with_capacity(length.min(bytes.len()));
        while !bytes.is_empty() {
            articles.push(Known::unpack(&mut bytes)?);
        }
        (articles.len() == length).then_some(Self { count, articles })
    }
}

/// Hands to `keep`, piece by piece, what the next build reads with [`Memory::parse`].
///
/// # Errors
/// Those of `keep`.
pub fn keep<E>(
    archive: &Archive,
    prints: &Prints,
    count: usize,
    mut keep: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut bytes = Vec::new();
    (count as u32).pack(&mut bytes);
    (prints.0.len() as u32).pack(&mut bytes);
    for (print, entry) in prints.0.iter().zip(&archive.articles) {
        print.pack(&mut bytes);
        entry.see_also.iter().flatten().copied().collect::<Box<[u32]>>().pack(&mut bytes);
        entry.related.pack(&mut bytes);
        keep(&bytes)?;
        bytes.clear();
    }
    keep(&bytes)
}

/// Related stories, and whether they or anything they depend on are other than in the last build.
pub(in crate::group) struct Found {
    pub(in crate::group) related: Vec<Vec<Related>>,
    pub(in crate::group) is_news: bool,
}

/// The related stories of all articles, the same as [`super::related`] finds. `gone` are features, by identity, of articles
/// that may have been listed in the last build in another form or are not any more.
pub(in crate::group) fn again<'a>(
    articles: &[Candidate<'_>],
    prints: &Prints,
    gone: impl Iterator<Item = (u64, &'a Signature)>,
    count: usize,
    remembered: Option<Memory>,
) -> Found {
    let all = || Found { related: super::related(articles, count), is_news: true };
    let Some(memory) = remembered.filter(|memory| memory.count as usize == count) else { return all() };
    let scale = |articles: usize| articles.max(1).ilog2();
    if count == 0 || scale(memory.articles.len()) != scale(articles.len()) {
        return all();
    }
    let Some(change) = Change::new(articles, prints, gone, &memory) else { return all() };
    if change.is_none() && memory.articles.len() == articles.len() && change.same_lists(articles, &memory) {
        return Found { related: change.carry_over(memory), is_news: false };
    }
    let index = Index::new(articles);
    let dirty = change.dirty(articles, &index, &memory);
    let again: Vec<ArticleId> = (0..).zip(&dirty).filter(|(_, dirty)| **dirty).map(|(id, _)| id).collect();
    let found: Vec<Vec<Related>> = again
        .par_iter()
        .with_min_len(256)
        .map_init(|| Search::new(articles, &index), |search, id| search.related(*id, count, LEAST))
        .collect();
    let mut related = change.carry_over(memory);
    for (id, found) in again.into_iter().zip(found) {
        if let Some(place) = related.get_mut(id as usize) {
            *place = found;
        }
    }
    Found { related, is_news: true }
}

/// What is other than in the last build.
struct Change {
    /// For each article of the last build its number now, if it is as it was.
    now: Vec<Option<ArticleId>>,
    /// For each article whether it is as it was.
    same: Vec<bool>,
    /// Articles of the last build that changed or are gone: their number then, and their terms.
    before: Vec<(usize, Vec<Term>)>,
}

impl Change {
    /// `None` where so much changed, or so little is known of what was before, that all is to be found anew.
    fn new<'a>(
        articles: &[Candidate<'_>],
        prints: &Prints,
        gone: impl Iterator<Item = (u64, &'a Signature)>,
        memory: &Memory,
    ) -> Option<Self> {
        let numbers: HashMap<u64, ArticleId> = prints.0.iter().map(|print| print.path).zip(0..).collect();
        let as_it_was = |known: &Known| {
            let id = numbers.get(&known.print.path).copied()?;
            prints.0.get(id as usize).is_some_and(|print| *print == known.print).then_some(id)
        };
        let now: Vec<Option<ArticleId>> = memory.articles.iter().map(as_it_was).collect();
        let mut same = vec![false; articles.len()];
        for place in now.iter().flatten().map(|id| *id as usize) {
            same[place] = true;
        }
        let changed = same.iter().filter(|same| !**same).count() + now.iter().filter(|now| now.is_none()).count();
        if changed > articles.len() / MANY + 16 {
            return None;
        }
        let mut bytes = Vec::new();
        let mut known: BTreeMap<(u64, u64), &Signature> =
            gone.map(|(path, signature)| ((path, number(signature, &mut bytes)), signature)).collect();
        // An article that only moved, or changed in nothing but its place, has its features still.
        for (print, candidate) in prints.0.iter().zip(articles).zip(&same).filter(|(_, same)| !**same).map(|(a, _)| a) {
            known.insert((print.path, print.signature), candidate.signature);
        }
        let mut before = Vec::new();
        for (at, was) in memory.articles.iter().enumerate().filter(|(at, _)| now.get(*at).is_some_and(Option::is_none))
        {
            let signature = known.get(&(was.print.path, was.print.signature))?;
            before.push((at, signature.terms.iter().map(|weighted| weighted.term()).collect()));
        }
        Some(Self { now, same, before })
    }

    fn is_none(&self) -> bool {
        self.before.is_empty() && self.same.iter().all(|same| *same)
    }

    /// Whether every editor's list leads to the articles that it led to.
    fn same_lists(&self, articles: &[Candidate<'_>], memory: &Memory) -> bool {
        memory.articles.iter().zip(articles).all(|(was, is)| self.same_list(was, is))
    }

    fn same_list(&self, was: &Known, is: &Candidate<'_>) -> bool {
        let then = was.excluded.iter().map(|id| self.now.get(*id as usize).copied().flatten());
        then.eq(is.excluded.iter().map(|id| Some(*id)))
    }

    /// Which articles are to be searched again.
    fn dirty(&self, articles: &[Candidate<'_>], index: &Index, memory: &Memory) -> Vec<bool> {
        let mut dirty: Vec<bool> = self.same.iter().map(|same| !same).collect();
        for (was, id) in memory.articles.iter().zip(&self.now) {
            let Some(id) = id.map(|id| id as usize) else { continue };
            let lost =
                was.related.iter().any(|related| self.now.get(related.article as usize).copied().flatten().is_none());
            if let (Some(dirty), Some(is)) = (dirty.get_mut(id), articles.get(id)) {
                *dirty |= lost || !self.same_list(was, is);
            }
        }
        let places = self.places();
        // A window reaches so far on either side at most, and each change may have moved it by one more.
        let reach = NEAREST + places.len();
        let mut holders: BTreeMap<Term, (usize, usize)> = BTreeMap::new();
        for (id, same) in (0..).zip(&self.same).filter(|(_, same)| !**same) {
            let _: &bool = same;
            for weighted in articles.get(id as usize).into_iter().flat_map(|article| article.signature.terms.iter()) {
                mark(index, weighted.term(), id, reach, &mut dirty);
                holders.entry(weighted.term()).or_default().0 += 1;
            }
        }
        for ((_, terms), place) in self.before.iter().zip(&places) {
            for term in terms {
                mark(index, *term, *place, reach, &mut dirty);
                holders.entry(*term).or_default().1 += 1;
            }
        }
        moved_buckets(articles, index, &holders, &mut dirty);
        dirty
    }

    /// For each article of the last build that is not as it was, the number of the article that it would now stand before.
    fn places(&self) -> Vec<ArticleId> {
        let mut after = 0;
        let mut places = Vec::new();
        let mut wanted = self.before.iter().map(|(at, _)| *at).peekable();
        for (at, now) in self.now.iter().enumerate() {
            if let Some(id) = now {
                after = id + 1;
            }
            if wanted.next_if_eq(&at).is_some() {
                places.push(after);
            }
        }
        places
    }

    /// What was found, in the numbers of now; nothing for articles that are not as they were.
    fn carry_over(&self, memory: Memory) -> Vec<Vec<Related>> {
        let mut related = vec![Vec::new(); self.same.len()];
        for (was, id) in memory.articles.into_iter().zip(&self.now) {
            let Some(place) = id.and_then(|id| related.get_mut(id as usize)) else { continue };
            let renumbered = |related: Related| {
                Some(Related { article: self.now.get(related.article as usize).copied().flatten()?, ..related })
            };
            *place = was.related.into_iter().filter_map(renumbered).collect();
        }
        related
    }
}

/// Marks the holders of a term whose windows may reach the place of article `id` among them.
fn mark(index: &Index, term: Term, id: ArticleId, reach: usize, dirty: &mut [bool]) {
    let postings = index.postings(term);
    let at = postings.partition_point(|posting| posting.article() < id);
    let around = at.saturating_sub(reach)..(at + reach + 1).min(postings.len());
    for posting in postings.get(around).unwrap_or_default() {
        if let Some(dirty) = dirty.get_mut(posting.article() as usize) {
            *dirty = true;
        }
    }
}

/// Marks all holders of terms that are rarer or more common now by a power of two, or that have no, one or several
/// holders where they had another of these.
fn moved_buckets(
    articles: &[Candidate<'_>],
    index: &Index,
    holders: &BTreeMap<Term, (usize, usize)>,
    dirty: &mut [bool],
) {
    // The index leaves out terms of one article; whether there is none or one is found by looking.
    let mut single: Vec<Term> = Vec::new();
    for (term, (added, removed)) in holders {
        let now = index.postings(*term).len();
        if now == 0 {
            single.push(*term);
            continue;
        }
        let then = (now + removed).saturating_sub(*added);
        if then.max(1).ilog2() != now.ilog2() {
            mark(index, *term, 0, now, dirty);
        }
    }
    if single.is_empty() {
        return;
    }
    let holds = |article: &Candidate<'_>| {
        article.signature.terms.iter().any(|weighted| single.binary_search(&weighted.term()).is_ok())
    };
    dirty
        .par_iter_mut()
        .zip(articles)
        .filter(|(dirty, article)| !**dirty && holds(article))
        .for_each(|(dirty, _)| *dirty = true);
}

impl Pack for Related {
    fn pack(&self, to: &mut Vec<u8>) {
        let Self { article, score, shared } = self;
        article.pack(to);
        score.pack(to);
        shared.pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(Self { article: Pack::unpack(from)?, score: Pack::unpack(from)?, shared: Pack::unpack(from)? })
    }
}
