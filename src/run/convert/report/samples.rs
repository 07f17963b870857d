//! A few articles of each format with all pieces of their sources: those that lost most, and some that stand for the rest.
//! Which they are follows from the sources alone, whatever the number of threads.

use super::totals::Words;
use crate::convert::account::{Account, Amount, Fate, Piece};
use crate::convert::destination::identity;
use crate::run::convert::notes::Draft;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most pieces of a sample, most characters of one of them, and most bytes of an article's text.
const PIECES: usize = 400;
const LONGEST: usize = 2000;
const TEXT: usize = 100_000;
/// A piece that was left out and has so many words is a text, and no label or button.
const PROSE: u64 = 12;

/// An article, and what its source held.
pub(super) struct Sample {
    pub(super) source: String,
    pub(super) record: String,
    /// Below the folder of articles.
    pub(super) path: String,
    /// The pieces of the source, and the words that each of them lost.
    pub(super) pieces: Vec<(Piece, Amount)>,
    /// How many further ones there are.
    pub(super) more: usize,
    /// The file of the article.
    pub(super) text: String,
    pub(super) words: Words,
}

/// The samples of a run.
pub(super) struct Samples {
    /// How many of each format.
    size: usize,
    formats: BTreeMap<String, Few>,
}

/// The samples of a format.
#[derive(Default)]
struct Few {
    /// Those that lost most, by how much; the worst first.
    worst: Vec<((Reverse<u64>, u64), Sample)>,
    /// Those with the smallest numbers, which are as good as drawn.
    drawn: Vec<(u64, Sample)>,
}

impl Samples {
    pub(super) fn new(size: usize) -> Self {
        Self { size, formats: BTreeMap::new() }
    }

    /// Keeps an article, if it is among those to be kept.
    pub(super) fn offer(&mut self, source: &str, draft: &Draft, account: &Account, amounts: &[Amount]) {
        let score: u64 = account.pieces.iter().zip(amounts).map(|(piece, amount)| badness(piece, amount)).sum();
        let order = identity(source, &draft.record);
        let few = self.formats.entry(draft.format.clone()).or_default();
        let sample = || sample(source, draft, account, amounts);
        keep(&mut few.worst, self.size.div_ceil(2), (Reverse(score), order), sample, score > 0);
        // A few more, as some may be among the worst as well.
        keep(&mut few.drawn, self.size, order, sample, true);
    }

    /// The samples of a format: the worst, then those that were drawn.
    pub(super) fn of(&self, format: &str) -> (Vec<&Sample>, Vec<&Sample>) {
        let Some(few) = self.formats.get(format) else { return (Vec::new(), Vec::new()) };
        let worst: Vec<&Sample> = few.worst.iter().map(|(_, sample)| sample).collect();
        let is_worst = |sample: &&Sample| worst.iter().any(|worst| worst.path == sample.path);
        let drawn = few.drawn.iter().map(|(_, sample)| sample).filter(|sample| !is_worst(sample));
        let drawn = drawn.take(self.size.saturating_sub(worst.len())).collect();
        (worst, drawn)
    }
}

/// How much it speaks for looking at an article.
fn badness(piece: &Piece, amount: &Amount) -> u64 {
    match piece.fate {
        Fate::Kept(_) => 10 * amount.lost,
        Fate::Dropped(_) if amount.words >= PROSE => amount.words,
        Fate::Dropped(_) => 0,
    }
}

/// Keeps what has one of the `most` smallest keys; in their order.
fn keep<K: Ord + Copy>(list: &mut Vec<(K, Sample)>, most: usize, key: K, make: impl Fn() -> Sample, wanted: bool) {
    let at = list.partition_point(|(other, _)| *other < key);
    if wanted && at < most {
        list.insert(at, (key, make()));
        list.truncate(most);
    }
}

fn sample(source: &str, draft: &Draft, account: &Account, amounts: &[Amount]) -> Sample {
    let short = |piece: &Piece| {
        let mut piece = piece.clone();
        if let Some((end, _)) = piece.text.char_indices().nth(LONGEST) {
            piece.text.truncate(end);
            piece.text.push('…');
        }
        piece
    };
    let text = &draft.place.text;
    Sample {
        source: source.to_owned(),
        record: draft.record.clone(),
        path: draft.place.path.clone(),
        pieces: account.pieces.iter().map(short).zip(amounts.iter().cloned()).take(PIECES).collect(),
        more: account.pieces.len().saturating_sub(PIECES),
        text: text.get(..text.floor_char_boundary(TEXT)).unwrap_or_default().to_owned(),
        words: Words::of(account, amounts),
    }
}
