//! How near two articles are: integers only, from their own features and how rare their shared terms are.

use super::signature::{Signature, Weighted};
use crate::archive::Shared;
use crate::markup::words::Term;
use std::cmp::{Ordering, Reverse};

/// The score of two equal texts of words that nobody else uses, on the same day.
pub(super) const FULL: u64 = 10_000;
/// Greatest value of [`rarity`].
const MOST_RARE: u32 = 256;
/// Added to the squared length of each article, so that the few words of a short note do not outweigh a full story.
const PIVOT: u64 = 400 * 256;

/// How many articles hold a term, coarsely: twice the logarithm, rounded down, so that one holder more seldom counts.
pub(super) fn coarse(holders: usize) -> u32 {
    (holders.max(1) as u64).pow(2).ilog2()
}

/// How telling a term of `holders` articles is among `2^scale` articles, from 0 to 256: the square of its coarse inverse
/// document frequency, since a cosine has it in both articles' weights.
pub(super) fn rarity(holders: usize, scale: u32) -> u32 {
    let scale = 2 * scale + 3;
    let idf = scale.saturating_sub(coarse(holders));
    MOST_RARE * idf * idf / (scale * scale)
}

/// The terms that both articles hold, those that add most to their likeness first.
pub(super) fn shared(one: &[Weighted], other: &[Weighted], rarity: impl Fn(Term) -> u32) -> Shared {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut parts: Vec<(Reverse<u32>, Term)> = Vec::new();
    while let (Some(left), Some(right)) = (one.peek(), other.peek()) {
        match left.term().cmp(&right.term()) {
            Ordering::Less => _ = one.next(),
            Ordering::Greater => _ = other.next(),
            Ordering::Equal => {
                let part = left.weight() * right.weight() * rarity(left.term());
                if part > 0 {
                    parts.push((Reverse(part), left.term()));
                }
                one.next();
                other.next();
            }
        }
    }
    parts.sort_unstable();
    Shared::new(parts.into_iter().map(|(_, term)| term))
}

/// The length of an article's weights as a vector with the pivot, in sixteenths.
pub(super) fn length(article: &Signature) -> u32 {
    (u64::from(article.norm()).pow(2) + PIVOT).isqrt() as u32
}

/// Least length of an article.
pub(super) const SHORTEST: u64 = 320;

/// The score of a pair from the sum over its shared terms of both weights and the term's rarity, the lengths of both, and
/// the days between them.
pub(super) fn score(sum: u32, lengths: [u32; 2], gap: Option<u32>) -> u32 {
    // Both lengths are in sixteenths, so their product is in the unit of rarity, 1/256.
    let [one, other] = lengths.map(u64::from);
    let cosine = u64::from(sum) * FULL / (one * other).max(1);
    (cosine * nearness(gap) / 32) as u32
}

/// The least sum that can reach a score beside an article of that length.
pub(super) fn least_sum(score: u32, length: u32) -> u32 {
    (u64::from(score) * u64::from(length) * SHORTEST / FULL) as u32
}

/// The preference for nearby dates: 32 on the same day, one less for each doubling of the gap, at least 20.
fn nearness(gap: Option<u32>) -> u64 {
    match gap {
        Some(days) => 32 - u64::from(days.saturating_add(1).ilog2().min(12)),
        // An undated article is as far as a year from all others.
        None => 24,
    }
}
