//! Related stories of the last build, carried over where nothing that decides them changed.
//!
//! What an article's list depends on is known exactly: its own features and the editor's list, what each other article
//! scores beside it, and how many hold each of its terms and how far apart in time, coarsely. So after an edit those are
//! searched again whose list an edited article was in or has a score for, and those that hold a term that became coarsely
//! rarer or more common, and no others ([`again`]).

use super::index::{Index, Wanted};
use super::reach::{Reach, UNDATED};
use super::search::Search;
use super::signature::Signature;
use super::{Candidate, LEAST, score};
use crate::archive::{Archive, ArticleId, Lists, Related, Shared};
use crate::markup::words::Term;
use crate::pack::Pack;
use rayon::prelude::*;
use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
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
    /// Its day as an index has it.
    day: i32,
}

crate::pack::packed!(Print { path, order, signature, day });

/// The prints of all articles, in the order of lists.
#[derive(Clone, Debug, Default)]
pub struct Prints(Vec<Print>);

impl Prints {
    /// Takes for each article its two numbers, of identity and of order, and its features.
    pub fn new<'a>(articles: impl IndexedParallelIterator<Item = ((u64, u64), &'a Candidate<'a>)>) -> Self {
        let print = |bytes: &mut Vec<u8>, ((path, order), candidate): ((u64, u64), &Candidate<'_>)| Print {
            path,
            order,
            signature: number(candidate.signature, bytes),
            day: candidate.day.unwrap_or(UNDATED),
        };
        Self(articles.map_init(Vec::new, print).collect())
    }
}

fn number(signature: &Signature, bytes: &mut Vec<u8>) -> u64 {
    bytes.clear();
    signature.pack(bytes);
    xxh3_64(bytes)
}

/// What the last build found, without an allocation for each article.
#[derive(Debug)]
pub struct Memory {
    count: u32,
    prints: Vec<Print>,
    /// The editors' lists of all articles, one after the other; numbers are those of the last build.
    excluded: Vec<ArticleId>,
    /// The related stories of all articles, one after the other.
    related: Vec<Related>,
    /// For each article where its stretches of both begin; one more at the end.
    starts: Vec<[u32; 2]>,
}

impl Memory {
    /// Reads what [`keep`] wrote; `None` where that is something else.
    pub fn parse(mut bytes: &[u8]) -> Option<Self> {
        let count = u32::unpack(&mut bytes)?;
        let length = u32::unpack(&mut bytes)? as usize;
        let few = length.min(bytes.len());
        let mut memory = Self {
            count,
            prints: Vec::with_capacity(few),
            excluded: Vec::new(),
            related: Vec::with_capacity(few.saturating_mul(count as usize).min(bytes.len() / size_of::<Related>())),
            starts: vec![[0, 0]],
        };
        while !bytes.is_empty() {
            memory.prints.push(Print::unpack(&mut bytes)?);
            for _ in 0..u32::unpack(&mut bytes)? {
                memory.excluded.push(ArticleId::unpack(&mut bytes)?);
            }
            for _ in 0..u32::unpack(&mut bytes)? {
                memory.related.push(Related::unpack(&mut bytes)?);
            }
            memory.starts.push([memory.excluded.len() as u32, memory.related.len() as u32]);
        }
        (memory.prints.len() == length).then_some(memory)
    }

    fn stretch(&self, at: usize, which: usize) -> Range<usize> {
        let start = |at: usize| self.starts.get(at).map_or(0, |starts| starts[which] as usize);
        start(at)..start(at + 1)
    }

    /// The editor's list of the article at `at` in the last build's order.
    fn excluded(&self, at: usize) -> &[ArticleId] {
        self.excluded.get(self.stretch(at, 0)).unwrap_or_default()
    }

    /// Its related stories.
    fn related(&self, at: usize) -> &[Related] {
        self.related.get(self.stretch(at, 1)).unwrap_or_default()
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
    for ((print, entry), id) in prints.0.iter().zip(&archive.articles).zip(0..) {
        print.pack(&mut bytes);
        entry.see_also().iter().flatten().copied().collect::<Box<[u32]>>().pack(&mut bytes);
        let related = archive.related(id);
        (related.len() as u32).pack(&mut bytes);
        for related in related {
            related.pack(&mut bytes);
        }
        keep(&bytes)?;
        bytes.clear();
    }
    keep(&bytes)
}

/// Related stories, and whether they or anything they depend on are other than in the last build.
pub(in crate::group) struct Found {
    pub(in crate::group) related: Lists<Related>,
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
    let all = || Found { related: super::find(articles, count, LEAST), is_news: true };
    let Some(memory) = remembered.filter(|memory| memory.count as usize == count) else { return all() };
    let scale = |articles: usize| articles.max(1).ilog2();
    if count == 0 || scale(memory.prints.len()) != scale(articles.len()) {
        return all();
    }
    let Some(change) = Change::new(articles, prints, gone, &memory) else {
        drop(memory);
        return all();
    };
    if change.is_none() && memory.prints.len() == articles.len() && change.same_lists(articles, &memory) {
        return Found { related: change.carry_over(&memory, &[], &Lists::default()), is_news: false };
    }
    let again = change.dirty(articles, &memory, count);
    let terms = again.iter().filter_map(|id| articles.get(*id as usize)).flat_map(|article| article.signature.terms());
    let wanted = (again.len() < articles.len() / MANY).then(|| Wanted::new(terms));
    let index = Index::of(articles, wanted.as_ref());
    let found = super::search_all(&index, &again, count, LEAST);
    Found { related: change.carry_over(&memory, &again, &found), is_news: true }
}

/// What is other than in the last build.
struct Change {
    /// For each article of the last build its number now, if it is as it was.
    now: Vec<Option<ArticleId>>,
    /// For each article whether it is as it was.
    same: Vec<bool>,
    /// Articles of the last build that changed or are gone: their day then, and their terms.
    before: Vec<(i32, Vec<Term>)>,
}

impl Change {
    /// `None` where so much changed, or so little is known of what was before, that all is to be found anew.
    fn new<'a>(
        articles: &[Candidate<'_>],
        prints: &Prints,
        gone: impl Iterator<Item = (u64, &'a Signature)>,
        memory: &Memory,
    ) -> Option<Self> {
        let numbers =
            LazyCell::new(|| -> HashMap<u64, ArticleId> { prints.0.iter().map(|print| print.path).zip(0..).collect() });
        let mut guess = 0;
        let mut as_it_was = |was: &Print| {
            // Most articles stand where they stood, behind the one before them.
            let id = match prints.0.get(guess as usize) {
                Some(print) if print.path == was.path => guess,
                _ => numbers.get(&was.path).copied()?,
            };
            guess = id + 1;
            prints.0.get(id as usize).is_some_and(|print| print == was).then_some(id)
        };
        let now: Vec<Option<ArticleId>> = memory.prints.iter().map(&mut as_it_was).collect();
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
        for ((print, candidate), _) in prints.0.iter().zip(articles).zip(&same).filter(|(_, same)| !**same) {
            known.insert((print.path, print.signature), candidate.signature);
        }
        let mut before = Vec::new();
        for (was, _) in memory.prints.iter().zip(&now).filter(|(_, now)| now.is_none()) {
            let signature = known.get(&(was.path, was.signature))?;
            before.push((was.day, signature.terms().collect()));
        }
        Some(Self { now, same, before })
    }

    fn is_none(&self) -> bool {
        self.before.is_empty() && self.same.iter().all(|same| *same)
    }

    /// Whether every editor's list leads to the articles that it led to.
    fn same_lists(&self, articles: &[Candidate<'_>], memory: &Memory) -> bool {
        articles.iter().enumerate().all(|(at, is)| self.same_list(memory.excluded(at), is))
    }

    fn same_list(&self, was: &[ArticleId], is: &Candidate<'_>) -> bool {
        was.iter().map(|id| self.now_of(*id)).eq(is.excluded.iter().map(|id| Some(*id)))
    }

    fn now_of(&self, then: ArticleId) -> Option<ArticleId> {
        self.now.get(then as usize).copied().flatten()
    }

    fn changed(&self) -> Vec<ArticleId> {
        (0..).zip(&self.same).filter(|(_, same)| !**same).map(|(id, _)| id).collect()
    }

    /// Which articles are to be searched again.
    fn dirty(&self, articles: &[Candidate<'_>], memory: &Memory, count: usize) -> Vec<ArticleId> {
        let mut dirty: Vec<bool> = self.same.iter().map(|same| !same).collect();
        // What an article must score at least to be listed.
        let mut least = vec![LEAST; articles.len()];
        for (at, id) in self.now.iter().enumerate() {
            let Some(id) = id.map(|id| id as usize) else { continue };
            let related = memory.related(at);
            let lost = related.iter().any(|related| self.now_of(related.article).is_none());
            if let (Some(dirty), Some(is)) = (dirty.get_mut(id), articles.get(id)) {
                *dirty |= lost || !self.same_list(memory.excluded(at), is);
            }
            if let (Some(least), Some(last)) = (least.get_mut(id), related.get(count - 1)) {
                *least = last.score;
            }
        }
        let changed = self.changed();
        let now = changed.iter().filter_map(|id| articles.get(*id as usize));
        let terms: BTreeSet<Term> = now
            .flat_map(|article| article.signature.terms())
            .chain(self.before.iter().flat_map(|(_, terms)| terms.iter().copied()))
            .collect();
        let index = Index::of(articles, Some(&Wanted::new(terms.iter().copied())));
        self.mark_coarse_changes(&index, &terms, &mut dirty);
        let entered = |search: &mut Search<'_>, id: &ArticleId| -> Vec<ArticleId> {
            let enters = |(score, id): &(u32, ArticleId)| least.get(*id as usize).is_some_and(|least| score >= least);
            search.scores(*id, LEAST).filter(enters).map(|(_, id)| id).collect()
        };
        let entered: Vec<Vec<ArticleId>> =
            changed.par_iter().with_min_len(64).map_init(|| Search::new(&index), entered).collect();
        for id in entered.into_iter().flatten() {
            dirty[id as usize] = true;
        }
        (0..).zip(dirty).filter(|(_, dirty)| *dirty).map(|(id, _)| id).collect()
    }

    /// Marks all holders of those terms that are rarer or more common now, or reach another way, as far as that counts.
    fn mark_coarse_changes(&self, index: &Index<'_>, terms: &BTreeSet<Term>, dirty: &mut [bool]) {
        let mut gone: HashMap<Term, Vec<i32>> = HashMap::new();
        for (day, terms) in &self.before {
            for term in terms {
                gone.entry(*term).or_default().push(*day);
            }
        }
        for term in terms {
            let holders = index.postings(*term);
            let stayed = holders.iter().filter(|holder| self.same.get(holder.article() as usize) == Some(&true));
            let stayed = stayed.map(|holder| index.day(holder.article()));
            let mut then: Vec<i32> = stayed.chain(gone.get(term).into_iter().flatten().copied()).collect();
            then.sort_by_key(|day| Reverse(*day));
            // What only one article held told nothing of two.
            let told = then.len() > 1 && holders.len() > 1;
            let moved = score::coarse(then.len()) != score::coarse(holders.len())
                || Some(Reach::of(&then)) != index.find(*term).and_then(|number| index.reach_of(number));
            if told && moved {
                for holder in holders {
                    dirty[holder.article() as usize] = true;
                }
            }
        }
    }

    /// What was found, in the numbers of now: of the articles `again`, which ascend, what is in `found`.
    fn carry_over(&self, memory: &Memory, again: &[ArticleId], found: &Lists<Related>) -> Lists<Related> {
        let mut then: Vec<Option<u32>> = vec![None; self.same.len()];
        for (at, id) in (0..).zip(&self.now) {
            if let Some(place) = id.and_then(|id| then.get_mut(id as usize)) {
                *place = Some(at);
            }
        }
        let mut carried = Lists::with_capacity(self.same.len(), memory.related.len());
        let renumbered = |related: &Related| Some(Related { article: self.now_of(related.article)?, ..*related });
        let mut next = 0;
        for (id, then) in (0..).zip(then) {
            if again.get(next) == Some(&id) {
                carried.push(found.get(next).iter().copied());
                next += 1;
            } else {
                let was = then.map_or(&[][..], |at| memory.related(at as usize));
                carried.push(was.iter().filter_map(renumbered));
            }
        }
        carried
    }
}

crate::pack::packed!(Related { article, score, shared });

impl Pack for Shared {
    fn pack(&self, to: &mut Vec<u8>) {
        let mut terms: [Term; Self::MOST] = [0; Self::MOST];
        terms.iter_mut().zip(self.terms()).for_each(|(place, term)| *place = *term);
        for term in terms {
            term.pack(to);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let mut terms = [0; Self::MOST];
        for term in &mut terms {
            *term = Term::unpack(from)?;
        }
        Some(Self::new(terms))
    }
}

#[cfg(test)]
mod tests;
