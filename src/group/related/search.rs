//! The search for one article's related stories: a look through the index, and the best of what it leads to.
//!
//! What two articles score depends on those two and on coarse counts alone, never on what else lies between them. So an
//! article more is listed where its score places it, and changes nothing else.

use super::index::Index;
use super::reach::Windows;
use super::{Signature, score};
use crate::archive::{ArticleId, Related};
use std::cmp::Reverse;

/// How many of the best are put in order at once: more than a list has, as some are twins.
const AT_ONCE: usize = 32;

/// The working memory of one worker.
pub(super) struct Search<'a> {
    index: &'a Index<'a>,
    /// For each article the sum so far; all zero between targets.
    sums: Vec<u32>,
    touched: Vec<ArticleId>,
    /// Whom the last target met.
    windows: Option<Windows>,
    /// For each term, between which of its articles the last target looked: the next one stands near.
    cursors: Vec<[u32; 2]>,
    /// Score and article, as one number that sorts by score and then by lower article.
    found: Vec<u64>,
}

impl<'a> Search<'a> {
    pub(super) fn new(index: &'a Index<'a>) -> Self {
        Self {
            index,
            sums: vec![0; index.articles().len()],
            touched: Vec::new(),
            windows: None,
            cursors: vec![[0; 2]; index.len()],
            found: Vec::new(),
        }
    }

    /// The related stories of article `id`, best first.
    pub(super) fn related(&mut self, id: ArticleId, count: usize, least: u32) -> Vec<Related> {
        let Some(target) = self.index.articles().get(id as usize) else { return Vec::new() };
        let features = target.signature;
        self.weigh(id, least);
        let mut kept: Vec<Related> = Vec::with_capacity(count);
        let mut ordered = 0;
        let mut at = 0;
        while kept.len() < count && at < self.found.len() {
            if at == ordered {
                ordered += order(&mut self.found[at..]);
            }
            let (score, article) = unpacked(self.found[at]);
            at += 1;
            let Some(other) = self.index.features(article) else { continue };
            let is_twin = |twin: ArticleId| self.is_twin(twin, other);
            if target.excluded.contains(&article)
                || features.sketch.is_near(&other.sketch)
                || target.excluded.iter().copied().any(is_twin)
                || kept.iter().any(|related| is_twin(related.article))
            {
                continue;
            }
            let shared = score::shared(&features.terms, &other.terms, |term| self.index.rarity(term));
            kept.push(Related { article, score, shared });
        }
        kept
    }

    /// Every other article with what it scores beside article `id`, where that is at least `least`; in no order.
    pub(super) fn scores(&mut self, id: ArticleId, least: u32) -> impl Iterator<Item = (u32, ArticleId)> {
        self.weigh(id, least);
        self.found.iter().map(|found| unpacked(*found))
    }

    fn weigh(&mut self, id: ArticleId, least: u32) {
        self.sum_up(id);
        self.found.clear();
        let least = least.max(1);
        let (length, day) = self.index.measures(id);
        let least_sum = score::least_sum(least, length);
        for article in self.touched.drain(..) {
            let Some(sum) = self.sums.get_mut(article as usize).map(std::mem::take) else { continue };
            if sum < least_sum || article == id {
                continue;
            }
            let (other_length, other_day) = self.index.measures(article);
            let gap = day.zip(other_day).map(|(one, other)| one.abs_diff(other));
            let score = score::score(sum, [length, other_length], gap);
            if score >= least {
                self.found.push(u64::from(score) << 32 | u64::from(!article));
            }
        }
    }

    /// Sums up, for every article that a term of the target meets, what their shared terms are worth.
    fn sum_up(&mut self, id: ArticleId) {
        let Some(target) = self.index.features(id) else { return };
        let day = self.index.day(id);
        let windows = self.windows.take().filter(|windows| windows.day() == day);
        let windows = self.windows.insert(windows.unwrap_or_else(|| self.index.windows(day)));
        for weighted in &target.terms {
            let Some(number) = self.index.find(weighted.term()) else { continue };
            let worth = weighted.weight() * self.index.rarity_of(number);
            let Some(cursor) = self.cursors.get_mut(number) else { continue };
            if worth == 0 {
                continue;
            }
            for posting in self.index.met(number, windows, cursor) {
                let Some(sum) = self.sums.get_mut(posting.article() as usize) else { continue };
                if *sum == 0 {
                    self.touched.push(posting.article());
                }
                *sum += worth * posting.weight();
            }
        }
    }

    fn is_twin(&self, article: ArticleId, other: &Signature) -> bool {
        self.index.features(article).is_some_and(|article| article.sketch.is_near(&other.sketch))
    }
}

/// Moves the best to the front, best first; says how many.
fn order(found: &mut [u64]) -> usize {
    let best = found.len().min(AT_ONCE);
    if best < found.len() {
        found.select_nth_unstable_by_key(best, |found| Reverse(*found));
    }
    found[..best].sort_unstable_by_key(|found| Reverse(*found));
    best
}

fn unpacked(found: u64) -> (u32, ArticleId) {
    ((found >> 32) as u32, !(found as ArticleId))
}
