//! The search for one article's related stories: a bounded look through the index, then exact scores of the best.

use super::Candidate;
use super::index::{Index, Posting};
use super::score::{self, Wanted};
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
    index: &'a Index,
    /// For each article the sum so far; all zero between targets.
    sums: Vec<u32>,
    touched: Vec<ArticleId>,
    /// The target's terms, by term, without those that no other article holds.
    wanted: Vec<Wanted>,
    /// Of each, the worth and the postings around the target's own.
    lists: Vec<(Wanted, &'a [Posting])>,
    /// Sum and article, as one number that sorts by sum and then by lower article.
    found: Vec<u64>,
}

impl<'a> Search<'a> {
    pub(super) fn new(articles: &'a [Candidate<'a>], index: &'a Index) -> Self {
        Self {
            articles,
            index,
            sums: vec![0; articles.len()],
            touched: Vec::new(),
            wanted: Vec::with_capacity(MOST_TERMS),
            lists: Vec::with_capacity(MOST_TERMS),
            found: Vec::new(),
        }
    }

    /// The related stories of article `id`, best first.
    pub(super) fn related(&mut self, id: ArticleId, count: usize, least: u32) -> Vec<Related> {
        let Some(target) = self.articles.get(id as usize) else { return Vec::new() };
        self.look_up(id, target);
        self.sum_up();
        self.collect(id, target);
        let mut scored = self.score(target);
        scored.sort_unstable_by_key(|(score, article)| (Reverse(*score), *article));
        let mut kept: Vec<Related> = Vec::new();
        for (score, article) in scored {
            if kept.len() == count || score < least.max(1) {
                break;
            }
            let Some(other) = self.articles.get(article as usize) else { continue };
            let twin = kept.iter().any(|related| self.is_twin(related.article, other));
            if !twin {
                kept.push(Related {
                    article,
                    score,
                    shared: score::shared(&self.wanted, &other.signature.terms, MOST_SHARED),
                });
            }
        }
        kept
    }

    /// Finds what each of the target's terms is worth, and the postings that lead to its neighbours.
    fn look_up(&mut self, id: ArticleId, target: &Candidate<'_>) {
        self.wanted.clear();
        self.lists.clear();
        for weighted in &target.signature.terms {
            let postings = self.index.postings(weighted.term());
            let worth = weighted.weight() * score::rarity(postings.len(), self.index.scale());
            if postings.len() > 1 && worth > 0 {
                let wanted = Wanted { term: weighted.term(), worth };
                self.wanted.push(wanted);
                self.lists.push((wanted, nearest(postings, id)));
            }
        }
        self.lists.sort_unstable_by_key(|(wanted, _)| (Reverse(wanted.worth), wanted.term));
    }

    /// Sums up, for every article that the index leads to, what its shared terms are worth.
    fn sum_up(&mut self) {
        let mut left = LOOKED_AT;
        for (wanted, postings) in &self.lists {
            // Counted as powers of two, so that one more article does not move the end of the look.
            let Some(rest) = left.checked_sub(postings.len().next_power_of_two()) else { break };
            left = rest;
            for posting in *postings {
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
    fn score(&self, target: &Candidate<'_>) -> Vec<(u32, ArticleId)> {
        let mut scored = Vec::with_capacity(SCORED);
        for article in self.found.iter().map(|found| !(*found as ArticleId)) {
            let Some(other) = self.articles.get(article as usize) else { continue };
            let near = |twin: ArticleId| self.is_twin(twin, other);
            if target.signature.sketch.is_near(&other.signature.sketch) || target.excluded.iter().copied().any(near) {
                continue;
            }
            let product = score::product(&self.wanted, &other.signature.terms);
            scored.push((score::score(product, target, other), article));
            if scored.len() == SCORED {
                break;
            }
        }
        scored
    }

    fn is_twin(&self, article: ArticleId, other: &Candidate<'_>) -> bool {
        let article = self.articles.get(article as usize);
        article.is_some_and(|article| article.signature.sketch.is_near(&other.signature.sketch))
    }
}

/// The postings around article `id`'s own: all, or as many before as after it as far as there are any.
fn nearest(postings: &[Posting], id: ArticleId) -> &[Posting] {
    if postings.len() <= NEAREST {
        return postings;
    }
    let own = postings.partition_point(|posting| posting.article() < id);
    let start = own.saturating_sub(NEAREST / 2).min(postings.len() - NEAREST);
    &postings[start..start + NEAREST]
}
