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
/// Places for words of at most eight bytes, and for longer ones: 1 MB in all, so that it stays in a core's own cache.
const SHORT_PLACES: usize = 32768;
const LONG_PLACES: usize = 16384;

/// A folded word padded with zeros, eight bytes in each number; long enough for nearly all of them.
pub(super) type Folded = [u64; LONGEST_KEY / 8];

/// Packs a word of at most [`LONGEST_KEY`] bytes; what is longer is cut.
pub(super) fn fold(word: &[u8]) -> Folded {
    let mut folded = Folded::default();
    for (part, bytes) in folded.iter_mut().zip(word.chunks(8)) {
        let mut eight = [0; 8];
        eight[..bytes.len()].copy_from_slice(bytes);
        *part = u64::from_le_bytes(eight);
    }
    folded
}

#[derive(Clone, Copy)]
struct Answer<const N: usize> {
    word: [u64; N],
    /// `language + 1`, so that an empty place matches nothing.
    language: u32,
    /// 0 for a stop word.
    term: Term,
}

/// Answers for words of one size.
struct Table<const N: usize>(Box<[Answer<N>]>);

/// The tables of answers: most words are short, and closely packed they keep each other in the cache.
pub(super) struct Memo {
    short: Table<1>,
    long: Table<{ LONGEST_KEY / 8 }>,
}

thread_local! {
    static SPARE: Cell<Option<Memo>> = const { Cell::new(None) };
}

impl Memo {
    /// The worker's own table, or a new one if that is in use.
    pub(super) fn take() -> Self {
        SPARE.take().unwrap_or_else(|| Self { short: Table::new(SHORT_PLACES), long: Table::new(LONG_PLACES) })
    }

    /// Keeps the table for the worker's next text.
    pub(super) fn put_back(self) {
        SPARE.set(Some(self));
    }

    /// The term of a word; `None` for a stop word.
    pub(super) fn term(&mut self, word: Folded, language: Language) -> Option<Term> {
        let [first, rest @ ..] = word;
        let term = if rest == [0; 2] { self.short.term([first], language) } else { self.long.term(word, language) };
        (term != 0).then_some(term)
    }
}

impl<const N: usize> Table<N> {
    fn new(places: usize) -> Self {
        Self(vec![Answer { word: [0; N], language: 0, term: 0 }; places].into_boxed_slice())
    }

    fn term(&mut self, word: [u64; N], language: Language) -> Term {
        let number = u32::from(language.number()) + 1;
        // An odd constant with well-mixed bits, the fractional part of the golden ratio: its upper bits depend on all.
        let mixed = word
            .iter()
            .fold(u64::from(number), |mixed, part| (mixed.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        // The number of places is a power of two.
        let last = self.0.len() - 1;
        let place = &mut self.0[(mixed >> 48) as usize & last];
        if place.word != word || place.language != number {
            *place = Answer { word, language: number, term: unknown(&word, language) };
        }
        place.term
    }
}

/// The term of a word that no table knows; 0 for a stop word.
#[cold]
fn unknown(word: &[u64], language: Language) -> Term {
    let mut bytes = [0; LONGEST_KEY];
    for (eight, part) in bytes.chunks_mut(8).zip(word) {
        eight.copy_from_slice(&part.to_le_bytes());
    }
    let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(LONGEST_KEY);
    term(str::from_utf8(&bytes[..length]).unwrap_or_default(), language).unwrap_or(0)
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
