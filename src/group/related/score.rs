//! How near two articles are: integers only, from their own features and how rare their shared terms are.

use super::Candidate;
use super::signature::Weighted;

/// The score of two equal texts of words that nobody else uses, on the same day.
pub(super) const FULL: u64 = 10_000;
/// Greatest value of [`rarity`].
pub(super) const MOST_RARE: u32 = 256;
/// Least score of a related story: below it, what two articles share is chance.
pub(super) const LEAST: u32 = 120;
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
    pub(super) weighted: Weighted,
    pub(super) worth: u32,
}

/// The sum over shared terms of both weights and the term's rarity, and how many of the shared terms are telling.
pub(super) fn product(target: &[Wanted], other: &[Weighted], mut shared: impl FnMut(Wanted, u32)) -> u64 {
    let mut sum = 0;
    let (mut target, mut other) = (target.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (target.peek(), other.peek()) {
        match a.weighted.term().cmp(&b.term()) {
            std::cmp::Ordering::Less => drop(target.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => {
                let part = a.worth * b.weight();
                sum += u64::from(part);
                shared(**a, part);
                target.next();
                other.next();
            }
        }
    }
    sum
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
