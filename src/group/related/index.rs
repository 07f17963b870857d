//! Which articles hold a term: an inverted index of all signatures in three flat arrays.

use super::Candidate;
use super::reach::{FEW as FEW_HOLDERS, Reach, UNDATED, Windows};
use super::score;
use super::signature::Signature;
use crate::archive::ArticleId;
use crate::markup::words::Term;
use rayon::prelude::*;
use std::ops::Range;

/// A term's article with the weight of the term there, in one word; ordered by article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(u32);

impl Posting {
    fn new(article: ArticleId, weight: u32) -> Self {
        Self(article << 4 | weight)
    }

    pub(super) fn article(self) -> ArticleId {
        self.0 >> 4
    }

    pub(super) fn weight(self) -> u32 {
        self.0 & 15
    }
}

/// Terms that at least two articles hold, and those articles in order.
pub(super) struct Index<'a> {
    articles: &'a [Candidate<'a>],
    /// By article, its length and its day.
    measures: Vec<(u32, i32)>,
    /// Each term with the place where its postings begin, ascending; one more place at the end.
    terms: Vec<(Term, u32)>,
    postings: Vec<Posting>,
    /// How far each term reaches.
    reaches: Vec<Reach>,
    /// Where the terms with each value of their upper bits begin; one more at the end.
    directory: Vec<u32>,
    /// How far a term is shifted to its place in the directory.
    shift: u32,
    /// Articles, as a power of two.
    scale: u32,
}

/// Most articles of an index: what a posting can number.
pub(super) const MOST_ARTICLES: usize = 1 << 28;
const TERM_BITS: u32 = 28;
/// Bits of a term that choose the part of the index it is made in; the rest is sorted in two steps.
const PART_BITS: u32 = 6;
const STEP_BITS: u32 = (TERM_BITS - PART_BITS) / 2;
/// Pairs of term and article that are sorted at once, so that they never take much beside the finished arrays: 8 MB.
const AT_ONCE: usize = 1 << 20;
/// Up to so many pairs are sorted by comparing.
const FEW: usize = 4096;

/// Some terms, and perhaps a few others: a bit for each value of a term's lower bits.
pub(super) struct Wanted(Vec<u64>);

impl Wanted {
    const BITS: usize = 1 << 20;

    pub(super) fn new(terms: impl Iterator<Item = Term>) -> Self {
        let mut bits = vec![0_u64; Self::BITS / 64];
        for term in terms {
            bits[term as usize % Self::BITS / 64] |= 1_u64 << (term % 64);
        }
        Self(bits)
    }

    fn has(&self, term: Term) -> bool {
        self.0[term as usize % Self::BITS / 64] >> (term % 64) & 1 == 1
    }
}

impl<'a> Index<'a> {
    /// The index of all terms.
    pub(super) fn new(articles: &'a [Candidate<'a>]) -> Self {
        Self::of(articles, None)
    }

    /// The index of some terms; what it has of these is what an index of all has.
    pub(super) fn of(articles: &'a [Candidate<'a>], wanted: Option<&Wanted>) -> Self {
        let articles = &articles[..articles.len().min(MOST_ARTICLES)];
        let measure = |article: &Candidate<'a>| (score::length(article.signature), article.day.unwrap_or(UNDATED));
        let pairs: usize = match wanted {
            Some(_) => AT_ONCE,
            None => articles.iter().map(|article| article.signature.terms.len()).sum(),
        };
        let rounds = pairs.div_ceil(AT_ONCE).clamp(1, 1 << PART_BITS);
        let together = (1_usize << PART_BITS).div_ceil(rounds) as u32;
        let mut parts: Vec<Part> = Vec::with_capacity(1 << PART_BITS);
        for first in (0..1 << PART_BITS).step_by(together as usize) {
            parts.extend(round(articles, wanted, first..(first + together).min(1 << PART_BITS)));
        }
        let terms_len = parts.iter().map(|part| part.terms.len()).sum::<usize>() + 1;
        let postings_len = parts.iter().map(|part| part.postings.len()).sum();
        let mut index = Self {
            articles,
            measures: articles.par_iter().map(measure).collect(),
            terms: Vec::with_capacity(terms_len),
            postings: Vec::with_capacity(postings_len),
            reaches: Vec::new(),
            directory: Vec::new(),
            shift: 0,
            scale: articles.len().max(1).ilog2(),
        };
        for part in parts {
            let offset = index.postings.len() as u32;
            index.terms.extend(part.terms.into_iter().map(|(term, start)| (term, start + offset)));
            index.postings.extend(part.postings);
        }
        index.terms.push((Term::MAX, index.postings.len() as u32));
        index.make_directory();
        index.reaches = (0..index.len()).into_par_iter().with_min_len(4096).map(|number| index.reach(number)).collect();
        index
    }

    fn reach(&self, number: usize) -> Reach {
        let holders = self.holders(number);
        if holders.len() <= FEW_HOLDERS { Reach::of(&[]) } else { Reach::of(&self.days(holders).collect::<Vec<i32>>()) }
    }

    /// The days of articles.
    fn days(&self, holders: &[Posting]) -> impl Iterator<Item = i32> {
        holders.iter().map(|holder| self.day(holder.article()))
    }

    /// The day of an article.
    pub(super) fn day(&self, article: ArticleId) -> i32 {
        self.measures.get(article as usize).map_or(UNDATED, |(_, day)| *day)
    }

    fn make_directory(&mut self) {
        // About two terms for each place: a look-up reads one place and one or two terms.
        let bits = self.terms.len().max(2).ilog2().min(TERM_BITS);
        self.shift = TERM_BITS - bits;
        let mut next = 0;
        self.directory = (0..=1_u32 << bits)
            .map(|place| {
                while self.terms.get(next).is_some_and(|(term, _)| term >> self.shift < place) {
                    next += 1;
                }
                next as u32
            })
            .collect();
    }

    /// The number of a term among all of the index; `None` for a term of one article only.
    pub(super) fn find(&self, term: Term) -> Option<usize> {
        let place = (term >> self.shift) as usize;
        let [from, to] = *self.directory.get(place..)?.first_chunk()?;
        let near = self.terms.get(from as usize..to as usize)?;
        near.iter().position(|(known, _)| *known == term).map(|found| from as usize + found)
    }

    /// The articles that hold a term, in order; empty for a term of one article only.
    pub(super) fn postings(&self, term: Term) -> &[Posting] {
        self.find(term).map(|number| self.holders(number)).unwrap_or_default()
    }

    /// The articles that hold the term of that number, in order.
    pub(super) fn holders(&self, number: usize) -> &[Posting] {
        let bounds = self.terms.get(number).zip(self.terms.get(number + 1));
        bounds.and_then(|((_, from), (_, to))| self.postings.get(*from as usize..*to as usize)).unwrap_or_default()
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len() - 1
    }

    /// The articles that it is of.
    pub(super) fn articles(&self) -> &'a [Candidate<'a>] {
        self.articles
    }

    /// What is known of an article.
    pub(super) fn features(&self, article: ArticleId) -> Option<&'a Signature> {
        self.articles.get(article as usize).map(|article| article.signature)
    }

    /// The length of an article, and its day.
    pub(super) fn measures(&self, article: ArticleId) -> (u32, Option<i32>) {
        self.measures
            .get(article as usize)
            .map_or((0, None), |(length, day)| (*length, Some(*day).filter(|day| *day != UNDATED)))
    }

    /// How telling the term of that number is.
    pub(super) fn rarity_of(&self, number: usize) -> u32 {
        score::rarity(self.holders(number).len(), self.scale)
    }

    /// How telling a term is.
    pub(super) fn rarity(&self, term: Term) -> u32 {
        self.find(term).map_or(0, |number| self.rarity_of(number))
    }

    /// How far the term of that number reaches.
    pub(super) fn reach_of(&self, number: usize) -> Option<Reach> {
        self.reaches.get(number).copied()
    }

    /// The articles that hold the term of that number and that an article meets by it, whose windows these are. Where it
    /// looked last is in `cursor`.
    pub(super) fn met(&self, number: usize, windows: &Windows, cursor: &mut [u32; 2]) -> &[Posting] {
        let holders = self.holders(number);
        if holders.len() <= FEW_HOLDERS {
            return holders;
        }
        let Some(Range { start, end }) = self.reach_of(number).and_then(|reach| windows.of(reach)) else {
            return &[];
        };
        let before = |at: usize, article: ArticleId| holders.get(at).is_some_and(|holder| holder.article() < article);
        let from = position(holders.len(), cursor[0] as usize, |at| before(at, start));
        let to = position(holders.len(), cursor[1] as usize, |at| before(at, end));
        *cursor = [from as u32, to as u32];
        holders.get(from..to).unwrap_or_default()
    }

    /// Whom an article of that day meets.
    pub(super) fn windows(&self, day: i32) -> Windows {
        let first = |before: &dyn Fn(i32) -> bool| self.measures.partition_point(|(_, day)| before(*day)) as ArticleId;
        Windows::new(day, |(newest, oldest)| first(&|day| day > newest)..first(&|day| day >= oldest))
    }
}

/// The index of the terms with certain upper bits.
struct Part {
    terms: Vec<(Term, u32)>,
    postings: Vec<Posting>,
}

/// The parts of an index whose terms have one of these values in their upper bits.
fn round(articles: &[Candidate<'_>], wanted: Option<&Wanted>, parts: Range<u32>) -> Vec<Part> {
    let shift = TERM_BITS - PART_BITS;
    let size = articles.len().div_ceil(4 * rayon::current_num_threads()).max(1);
    // The pairs of each part from each stretch of articles, in the order of articles.
    let sorted_out: Vec<Vec<Vec<u64>>> = articles
        .par_chunks(size)
        .enumerate()
        .map(|(stretch, articles)| {
            let all = articles.iter().map(|article| article.signature.terms.len()).sum::<usize>() >> PART_BITS;
            let expected = if wanted.is_some() { 0 } else { all };
            let mut pairs: Vec<Vec<u64>> = parts.clone().map(|_| Vec::with_capacity(expected * 9 / 8)).collect();
            for (id, article) in (stretch * size..).zip(articles) {
                let terms = &article.signature.terms;
                let from = terms.partition_point(|weighted| weighted.term() >> shift < parts.start);
                for weighted in &terms[from..] {
                    if wanted.is_some_and(|wanted| !wanted.has(weighted.term())) {
                        continue;
                    }
                    let part = ((weighted.term() >> shift) - parts.start) as usize;
                    let Some(pairs) = pairs.get_mut(part) else { break };
                    let posting = Posting::new(id as ArticleId, weighted.weight());
                    pairs.push(u64::from(weighted.term()) << 32 | u64::from(posting.0));
                }
            }
            pairs
        })
        .collect();
    let part = |part: usize| Part::new(sorted_out.iter().filter_map(|stretch| stretch.get(part)));
    (0..parts.len()).into_par_iter().map(part).collect()
}

impl Part {
    /// Made of its pairs, of which those of each term are in the order of articles.
    fn new<'p>(pairs: impl Iterator<Item = &'p Vec<u64>> + Clone) -> Self {
        let len = pairs.clone().map(Vec::len).sum();
        let pairs = pairs.flatten().copied();
        let sorted: Vec<u64> = if len <= FEW {
            let mut few: Vec<u64> = pairs.collect();
            few.sort_unstable();
            few
        } else {
            let half = by_digit(pairs, len, 32);
            by_digit(half.iter().copied(), len, 32 + STEP_BITS)
        };
        let mut made = Self { terms: Vec::new(), postings: Vec::with_capacity(len) };
        for same in sorted.chunk_by(|a, b| a >> 32 == b >> 32).filter(|same| same.len() > 1) {
            made.terms.push(((same[0] >> 32) as Term, made.postings.len() as u32));
            made.postings.extend(same.iter().map(|pair| Posting(*pair as u32)));
        }
        made
    }
}

/// One step of a radix sort: by the bits from `shift` on, and what is equal there in the order it came in.
fn by_digit(pairs: impl Iterator<Item = u64> + Clone, len: usize, shift: u32) -> Vec<u64> {
    const DIGITS: usize = 1 << STEP_BITS;
    let digit = |pair: u64| (pair >> shift) as usize % DIGITS;
    let mut places = [0_u32; DIGITS];
    for pair in pairs.clone() {
        places[digit(pair)] += 1;
    }
    let mut next = 0;
    for place in &mut places {
        next += std::mem::replace(place, next);
    }
    let mut sorted = vec![0; len];
    for pair in pairs {
        let place = &mut places[digit(pair)];
        if let Some(slot) = sorted.get_mut(*place as usize) {
            *slot = pair;
        }
        *place += 1;
    }
    sorted
}

/// How many of the first `length` places `before` holds for, which it does for none after one for which it does not; the
/// nearer `guess` is to that, the faster it is found.
fn position(length: usize, guess: usize, before: impl Fn(usize) -> bool) -> usize {
    let before = |at: usize| at < length && before(at);
    let guess = guess.min(length);
    let (mut from, mut to, mut step) = (guess, guess, 1);
    while before(to) {
        (from, to, step) = (to + 1, to.saturating_add(step).min(length), step * 2);
    }
    while from > 0 && !before(from - 1) {
        (to, from, step) = (from - 1, from.saturating_sub(step), step * 2);
    }
    while from < to {
        let middle = from + (to - from) / 2;
        if before(middle) { from = middle + 1 } else { to = middle }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_found_from_any_guess() {
        for length in [0, 1, 2, 3, 50, 100] {
            for wanted in 0..=length {
                for guess in 0..length + 2 {
                    assert_eq!(position(length, guess, |at| at < wanted), wanted, "of {length} from {guess}");
                }
            }
        }
    }
}
