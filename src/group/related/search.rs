//! The search for one article's related stories: a bounded look through the index, then exact scores of the best.

use super::Candidate;
use super::index::{Features, Index, Posting};
use super::score::{self, Target, Wanted};
use super::signature::MOST_TERMS;
use crate::archive::{ArticleId, Related};
use std::cmp::Reverse;

/// Of a term that more articles hold, only this many nearest in date are looked at.
pub(super) const NEAREST: usize = 64;
/// Postings that are looked at for one article, those of its most telling terms first.
const LOOKED_AT: usize = 1536;
/// Candidates that are weighed, and how many of them are scored in full: twins are not.
const WEIGHED: usize = 64;
const SCORED: usize = 32;
/// Most shared terms that a related story carries.
const MOST_SHARED: usize = 5;

/// The working memory of one worker.
pub(super) struct Search<'a> {
    articles: &'a [Candidate<'a>],
    index: &'a Index<'a>,
    /// For each article the sum so far; all zero between targets.
    sums: Vec<u32>,
    touched: Vec<ArticleId>,
    /// For each term, where the last target stood among its articles: the next one stands near.
    cursors: Vec<u32>,
    /// The target's terms without those that no other article holds.
    target: Target,
    /// Of each, the worth and its number in the index.
    lists: Vec<(Wanted, u32)>,
    /// Sum and article, as one number that sorts by sum and then by lower article.
    found: Vec<u64>,
}

impl<'a> Search<'a> {
    pub(super) fn new(articles: &'a [Candidate<'a>], index: &'a Index<'a>) -> Self {
        Self {
            articles,
            index,
            sums: vec![0; articles.len()],
            touched: Vec::new(),
            cursors: vec![0; index.len()],
            target: Target::new(),
            lists: Vec::with_capacity(MOST_TERMS),
            found: Vec::new(),
        }
    }

    /// The related stories of article `id`, best first.
    pub(super) fn related(&mut self, id: ArticleId, count: usize, least: u32) -> Vec<Related> {
        let Some(target) = self.articles.get(id as usize) else { return Vec::new() };
        let Some(features) = self.index.features(id) else { return Vec::new() };
        self.look_up(features);
        self.sum_up(id);
        self.collect(id, target);
        let mut scored = self.score(target, features);
        scored.sort_unstable_by_key(|(score, article)| (Reverse(*score), *article));
        let mut kept: Vec<Related> = Vec::new();
        for (score, article) in scored {
            if kept.len() == count || score < least.max(1) {
                break;
            }
            let Some(other) = self.index.features(article) else { continue };
            let twin = kept.iter().any(|related| self.is_twin(related.article, other));
            if !twin {
                kept.push(Related { article, score, shared: self.target.shared(other.terms, MOST_SHARED) });
            }
        }
        kept
    }

    /// Finds what each of the target's terms is worth.
    fn look_up(&mut self, target: &Features<'_>) {
        self.target.clear();
        self.lists.clear();
        for weighted in target.terms {
            let Some(number) = self.index.find(weighted.term()) else { continue };
            let holders = self.index.holders(number).len();
            let worth = weighted.weight() * score::rarity(holders, self.index.scale());
            if worth > 0 {
                let wanted = Wanted { term: weighted.term(), worth };
                self.target.add(wanted);
                self.lists.push((wanted, number as u32));
            }
        }
        self.lists.sort_unstable_by_key(|(wanted, _)| (Reverse(wanted.worth), wanted.term));
    }

    /// Sums up, for every article that the index leads to, what its shared terms are worth.
    fn sum_up(&mut self, id: ArticleId) {
        let mut left = LOOKED_AT;
        for (wanted, number) in &self.lists {
            let Some(cursor) = self.cursors.get_mut(*number as usize) else { continue };
            let postings = nearest(self.index.holders(*number as usize), id, cursor);
            // Counted as powers of two, so that one more article does not move the end of the look.
            let Some(rest) = left.checked_sub(postings.len().next_power_of_two()) else { break };
            left = rest;
            for posting in postings {
                let Some(sum) = self.sums.get_mut(posting.article() as usize) else { continue };
                if *sum == 0 {
                    self.touched.push(posting.article());
                }
                *sum += wanted.worth * posting.weight();
            }
        }
    }

    /// Moves the best sums to `found`, best first, and clears them all.
    fn collect(&mut self, id: ArticleId, target: &Candidate<'_>) {
        self.found.clear();
        for article in self.touched.drain(..) {
            let Some(sum) = self.sums.get_mut(article as usize) else { continue };
            if article != id && !target.excluded.contains(&article) {
                self.found.push(u64::from(*sum) << 32 | u64::from(!article));
            }
            *sum = 0;
        }
        if self.found.len() > WEIGHED {
            self.found.select_nth_unstable_by_key(WEIGHED, |found| Reverse(*found));
            self.found.truncate(WEIGHED);
        }
        self.found.sort_unstable_by_key(|found| Reverse(*found));
    }

    /// Scores the best of what was found.
    fn score(&self, target: &Candidate<'_>, features: &Features<'_>) -> Vec<(u32, ArticleId)> {
        let mut scored = Vec::with_capacity(SCORED);
        for article in self.found.iter().map(|found| !(*found as ArticleId)) {
            let Some(other) = self.index.features(article) else { continue };
            let near = |twin: ArticleId| self.is_twin(twin, other);
            if features.sketch.is_near(&other.sketch) || target.excluded.iter().copied().any(near) {
                continue;
            }
            let product = self.target.product(other.terms);
            scored.push((score::score(product, features, other), article));
            if scored.len() == SCORED {
                break;
            }
        }
        scored
    }

    fn is_twin(&self, article: ArticleId, other: &Features<'_>) -> bool {
        self.index.features(article).is_some_and(|article| article.sketch.is_near(&other.sketch))
    }
}

/// The postings around article `id`'s own: all, or as many before as after it as far as there are any.
fn nearest<'p>(postings: &'p [Posting], id: ArticleId, cursor: &mut u32) -> &'p [Posting] {
    if postings.len() <= NEAREST {
        return postings;
    }
    let own = position(postings, id, *cursor as usize);
    *cursor = own as u32 + 1;
    let start = own.saturating_sub(NEAREST / 2).min(postings.len() - NEAREST);
    &postings[start..start + NEAREST]
}

/// How many postings are of articles before `id`; the nearer `guess` is to that, the faster it is found.
fn position(postings: &[Posting], id: ArticleId, guess: usize) -> usize {
    let before = |at: usize| postings.get(at).is_some_and(|posting| posting.article() < id);
    let guess = guess.min(postings.len());
    let (mut from, mut to, mut step) = (guess, guess, 1);
    while before(to) {
        (from, to, step) = (to + 1, to.saturating_add(step).min(postings.len()), step * 2);
    }
    while from > 0 && !before(from - 1) {
        (to, from, step) = (from - 1, from.saturating_sub(step), step * 2);
    }
    from + postings[from..to].partition_point(|posting| posting.article() < id)
}

#[cfg(test)]
mod tests {
    use super::super::Candidate;
    use super::super::signature::{Signature, signature};
    use super::*;
    use crate::article::Article;

    #[test]
    fn a_position_is_found_from_any_guess() {
        let article = Article { body: "dredger ".to_owned(), ..Article::default() };
        let (own, empty) = (signature(&article, "en"), Signature::default());
        let candidate = |signature| Candidate { signature, day: None, excluded: &[] };
        // Every third article holds the term.
        let articles: Vec<_> = (0..300).map(|id| candidate(if id % 3 == 0 { &own } else { &empty })).collect();
        let index = Index::new(&articles);
        let postings = index.holders(0);
        assert_eq!((index.len(), postings.len()), (1, 100));
        for id in 0..300 {
            for guess in 0..102 {
                assert_eq!(position(postings, id, guess), id.div_ceil(3) as usize, "{id} from {guess}");
            }
        }
    }
}
