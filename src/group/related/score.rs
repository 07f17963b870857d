//! How near two articles are: integers only, from their own features and how rare their shared terms are.

use super::index::Features;
use super::signature::{MOST_TERMS, Signature, Weighted};
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

/// The terms of a target, found by a hash of the term: other articles are held against them many times.
pub(super) struct Target {
    wanted: Vec<Wanted>,
    /// Position in `wanted` and one more, at the term's lower bits or at the next place that was free; 0 for none.
    places: [u8; PLACES],
}

/// Sixteen for each term of a signature, so that nearly all others meet an empty one.
const PLACES: usize = 16 * MOST_TERMS;

impl Target {
    pub(super) fn new() -> Self {
        Self { wanted: Vec::with_capacity(MOST_TERMS), places: [0; PLACES] }
    }

    pub(super) fn clear(&mut self) {
        self.wanted.clear();
        self.places.fill(0);
    }

    /// Adds a term; more than a signature can have are left out.
    pub(super) fn add(&mut self, wanted: Wanted) {
        if self.wanted.len() == MOST_TERMS {
            return;
        }
        self.wanted.push(wanted);
        let mut place = wanted.term as usize % PLACES;
        while self.places[place] != 0 {
            place = (place + 1) % PLACES;
        }
        self.places[place] = self.wanted.len() as u8;
    }

    fn worth(&self, term: Term) -> Option<u32> {
        let mut place = term as usize % PLACES;
        loop {
            let wanted = self.wanted.get(usize::from(self.places[place]).checked_sub(1)?)?;
            if wanted.term == term {
                return Some(wanted.worth);
            }
            place = (place + 1) % PLACES;
        }
    }

    /// The sum over shared terms of both weights and the term's rarity.
    pub(super) fn product(&self, other: &[Weighted]) -> u64 {
        other.iter().filter_map(|held| Some(u64::from(self.worth(held.term())? * held.weight()))).sum()
    }

    /// The shared terms that add to the [`Target::product`], the weightiest first.
    pub(super) fn shared(&self, other: &[Weighted], most: usize) -> Box<[Term]> {
        let part = |held: &Weighted| Some((Reverse(self.worth(held.term())? * held.weight()), held.term()));
        let mut parts: Vec<(Reverse<u32>, Term)> = other.iter().filter_map(part).filter(|part| part.0.0 > 0).collect();
        parts.sort_unstable();
        parts.into_iter().take(most).map(|(_, term)| term).collect()
    }
}

/// The length of an article's weights as a vector with the pivot, in sixteenths.
pub(super) fn length(article: &Signature) -> u32 {
    (u64::from(article.norm()).pow(2) + PIVOT).isqrt() as u32
}

/// The score of a pair from its [`Target::product`].
pub(super) fn score(product: u64, target: &Features<'_>, other: &Features<'_>) -> u32 {
    // Both lengths are in sixteenths, so their product is in the unit of rarity, 1/256.
    let cosine = product * FULL / (u64::from(target.length) * u64::from(other.length)).max(1);
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
