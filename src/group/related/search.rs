//! The search for one article's related stories: a bounded look through the index, then exact scores of the best.

use super::Candidate;
use super::index::{Index, Posting};
use super::score::{self, LEAST, Wanted};
use super::signature::MOST_TERMS;
use crate::archive::{ArticleId, Related};
use std::cmp::Reverse;

/// Of a term that more articles hold, only this many nearest in date are looked at.
const NEAREST: usize = 96;
/// Terms less telling than this find no candidates; they still count in scores.
const LEAST_RARE: u32 = 16;
/// Candidates that are scored in full, twins of the target not counted.
const SCORED: usize = 32;
/// Candidates that are looked at, twins included.
const LOOKED_AT: usize = 256;
/// Most shared terms that a related story carries.
const MOST_SHARED: usize = 5;

/// The working memory of one worker.
pub(super) struct Search<'a> {
    articles: &'a [Candidate<'a>],
    index: &'a Index,
    /// For each article the sum so far; all zero between targets.
    sums: Vec<u32>,
    touched: Vec<ArticleId>,
    wanted: Vec<Wanted>,
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
            found: Vec::new(),
        }
    }

    /// The related stories of article `id`, best first.
    pub(super) fn related(&mut self, id: ArticleId, count: usize) -> Vec<Related> {
        let Some(target) = self.articles.get(id as usize) else { return Vec::new() };
        self.look_up(id, target);
        self.collect(id, target);
        let mut scored = self.score(target);
        scored.sort_unstable_by_key(|(score, article)| (Reverse(*score), *article));
        let mut kept: Vec<Related> = Vec::new();
        for (score, article) in scored {
            if kept.len() == count || score < LEAST {
                break;
            }
            let Some(other) = self.articles.get(article as usize) else { continue };
            let twin = kept.iter().any(|related| self.is_twin(related.article, other));
            if !twin {
                kept.push(Related { article, score, shared: self.shared(other) });
            }
        }
        kept
    }

    /// Sums up, for every article that the index leads to, what its shared terms are worth.
    fn look_up(&mut self, id: ArticleId, target: &Candidate<'_>) {
        self.wanted.clear();
        for weighted in &target.signature.terms {
            let postings = self.index.postings(weighted.term());
            if postings.is_empty() {
                continue;
            }
            let rarity = score::rarity(postings.len(), self.index.scale());
            let worth = weighted.weight() * rarity;
            self.wanted.push(Wanted { weighted: *weighted, worth });
            if rarity < LEAST_RARE {
                continue;
            }
            for posting in nearest(postings, id) {
                let Some(sum) = self.sums.get_mut(posting.article() as usize) else { continue };
                if *sum == 0 {
                    self.touched.push(posting.article());
                }
                *sum += worth * posting.weight();
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
        if self.found.len() > LOOKED_AT {
            self.found.select_nth_unstable_by_key(LOOKED_AT, |found| Reverse(*found));
            self.found.truncate(LOOKED_AT);
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
            let product = score::product(&self.wanted, &other.signature.terms, |_, _| {});
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

    /// The terms that the target shares with `other`, the weightiest first.
    fn shared(&self, other: &Candidate<'_>) -> Box<[u32]> {
        let mut shared = Vec::new();
        score::product(&self.wanted, &other.signature.terms, |wanted, part| {
            if part > 0 {
                shared.push((Reverse(part), wanted.weighted.term()));
            }
        });
        shared.sort_unstable();
        shared.truncate(MOST_SHARED);
        shared.into_iter().map(|(_, term)| term).collect()
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
