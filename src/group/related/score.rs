//! How near two articles are: integers only, from their own features and how rare their shared terms are.

use super::Candidate;
use super::signature::Weighted;
use crate::markup::words::Term;
use std::cmp::Reverse;

/// The score of two equal texts of words that nobody else uses, on the same day.
pub(super) const FULL: u64 = 10_000;
/// Greatest value of [`rarity`].
pub(super) const MOST_RARE: u32 = 256;
/// Added to the squared length of each article, so that the few words of a short note do not outweigh a full story.
const PIVOT: u64 = 400 * 256;

/// How telling a term of `holders` articles is among `2^scale` articles, from 0 to 256: the square of its coarse inverse
/// document frequency, since a cosine has it in both articles' weights.
pub(super) fn rarity(holders: usize, scale: u32) -> u32 {
    let scale = scale + 1;
    let idf = scale.saturating_sub(holders.max(1).ilog2());
    MOST_RARE * idf * idf / (scale * scale)
}

/// A term of the target with what a match of it is worth for each unit of the other article's weight.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) term: Term,
    pub(super) worth: u32,
}

/// The sum over shared terms of both weights and the term's rarity; both lists are by term.
pub(super) fn product(target: &[Wanted], other: &[Weighted]) -> u64 {
    let (mut sum, mut a, mut b) = (0, 0, 0);
    // Without a branch on which term is the greater: it is as good as random.
    while let (Some(wanted), Some(held)) = (target.get(a), other.get(b)) {
        let equal = u32::from(wanted.term == held.term());
        sum += u64::from(equal * wanted.worth * held.weight());
        a += usize::from(wanted.term <= held.term());
        b += usize::from(held.term() <= wanted.term);
    }
    sum
}

/// The shared terms that add to the [`product`], the weightiest first.
pub(super) fn shared(target: &[Wanted], other: &[Weighted], most: usize) -> Box<[Term]> {
    let parts = target.iter().filter_map(|wanted| {
        let held = other.binary_search_by_key(&wanted.term, |held| held.term()).ok()?;
        Some((Reverse(wanted.worth * other.get(held)?.weight()), wanted.term))
    });
    let mut parts: Vec<(Reverse<u32>, Term)> = parts.filter(|(part, _)| part.0 > 0).collect();
    parts.sort_unstable();
    parts.into_iter().take(most).map(|(_, term)| term).collect()
}

/// The score of a pair from its [`product`].
pub(super) fn score(product: u64, target: &Candidate<'_>, other: &Candidate<'_>) -> u32 {
    let length = |article: &Candidate<'_>| (u64::from(article.signature.norm()).pow(2) + PIVOT).isqrt();
    // Both lengths are in sixteenths, so their product is in the unit of rarity, 1/256.
    let cosine = product * FULL / (length(target) * length(other)).max(1);
    (cosine * nearness(target.day, other.day) / 32) as u32
}

/// The preference for nearby dates: 32 on the same day, one less for each doubling of the gap, at least 20.
fn nearness(a: Option<i32>, b: Option<i32>) -> u64 {
    match (a, b) {
        (Some(a), Some(b)) => 32 - u64::from((a.abs_diff(b).saturating_add(1)).ilog2().min(12)),
        // An undated article is as far as a year from all others.
        _ => 24,
    }
}
