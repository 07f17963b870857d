//! From a folded word to its term: stop words out, stemmed, hashed; and a memory of the last answers.
//!
//! A stemmer takes several hundred nanoseconds and a text repeats its words, so answers are kept in a small table
//! that each worker has for itself. What it answers never depends on what it was asked before.

use super::{Language, Term, english};
use rust_stemmers::{Algorithm, Stemmer};
use std::cell::Cell;
use xxhash_rust::xxh3::xxh3_64;

/// Longest folded word in bytes that is remembered.
pub(super) const LONGEST_KEY: usize = 24;
/// Longest folded word in bytes that is stemmed; what is longer is no word of any language.
const LONGEST_STEMMED: usize = 40;
/// Bits of a term.
const TERM_BITS: u32 = 28;
/// Places in the table: 1 MB, so that it stays in a core's own cache.
const PLACES: usize = 32768;

/// A folded word padded with zeros; long enough for nearly all of them.
pub(super) type Key = [u8; LONGEST_KEY];

#[derive(Clone, Copy)]
struct Answer {
    word: [u64; 3],
    /// `language + 1`, so that an empty place matches nothing.
    language: u32,
    /// 0 for a stop word.
    term: Term,
}

/// The table of answers.
pub(super) struct Memo(Box<[Answer]>);

thread_local! {
    static SPARE: Cell<Option<Memo>> = const { Cell::new(None) };
}

impl Memo {
    /// The worker's own table, or a new one if that is in use.
    pub(super) fn take() -> Self {
        let empty = Answer { word: [0; 3], language: 0, term: 0 };
        SPARE.take().unwrap_or_else(|| Self(vec![empty; PLACES].into_boxed_slice()))
    }

    /// Keeps the table for the worker's next text.
    pub(super) fn put_back(self) {
        SPARE.set(Some(self));
    }

    /// The term of a word of at most [`LONGEST_KEY`] bytes; `None` for a stop word.
    pub(super) fn term(&mut self, key: &Key, length: usize, language: Language) -> Option<Term> {
        let (chunks, _) = key.as_chunks::<8>();
        let word = [0, 1, 2].map(|i: usize| chunks.get(i).map_or(0, |chunk| u64::from_le_bytes(*chunk)));
        let number = u32::from(language.number()) + 1;
        let place = &mut self.0[place(word, number)];
        if place.word != word || place.language != number {
            let folded = str::from_utf8(&key[..length.min(LONGEST_KEY)]).unwrap_or_default();
            *place = Answer { word, language: number, term: term(folded, language).unwrap_or(0) };
        }
        (place.term != 0).then_some(place.term)
    }
}

fn place(word: [u64; 3], language: u32) -> usize {
    // Odd constants with well-mixed bits: the fractional part of the golden ratio and two primes of xxHash.
    let mixed = (word[0] ^ u64::from(language)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ word[1].rotate_left(23).wrapping_mul(0xc2b2_ae3d_27d4_eb4f)
        ^ word[2].rotate_left(41).wrapping_mul(0x1656_67b1_9e37_79f9);
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % PLACES
}

/// The term of a folded word of any length; `None` for a stop word.
pub(super) fn term(folded: &str, language: Language) -> Option<Term> {
    if language.stops(folded) {
        return None;
    }
    match language.algorithm() {
        Some(Algorithm::English) if let Some(term) = english::stem(folded, number) => Some(term),
        Some(algorithm) if folded.len() <= LONGEST_STEMMED => {
            Some(number(Stemmer::create(algorithm).stem(folded).as_bytes()))
        }
        _ => Some(number(folded.as_bytes())),
    }
}

/// The number of a stem: never 0.
pub(super) fn number(stem: &[u8]) -> Term {
    ((xxh3_64(stem) >> (64 - TERM_BITS)) as Term).max(1)
}
