//! Which articles hold a term: an inverted index of all signatures in three flat arrays.

use super::Candidate;
use super::score;
use super::signature::Weighted;
use super::sketch::Sketch;
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

/// What a search reads of every article that it weighs, side by side in one line of a cache.
pub(super) struct Features<'a> {
    pub(super) terms: &'a [Weighted],
    pub(super) sketch: Sketch,
    pub(super) length: u32,
    pub(super) day: Option<i32>,
}

/// Terms that at least two articles hold, and those articles in order.
pub(super) struct Index<'a> {
    /// By article.
    features: Vec<Features<'a>>,
    /// Each term with the place where its postings begin, ascending; one more place at the end.
    terms: Vec<(Term, u32)>,
    postings: Vec<Posting>,
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
/// Pairs of term and article that are sorted at once, so that they never take much beside the finished arrays: 32 MB.
const AT_ONCE: usize = 1 << 22;
/// Up to so many pairs are sorted by comparing.
const FEW: usize = 4096;

impl<'a> Index<'a> {
    pub(super) fn new(articles: &[Candidate<'a>]) -> Self {
        let articles = &articles[..articles.len().min(MOST_ARTICLES)];
        let features: Vec<Features<'a>> = articles
            .par_iter()
            .map(|article| Features {
                terms: &article.signature.terms,
                sketch: article.signature.sketch,
                length: score::length(article.signature),
                day: article.day,
            })
            .collect();
        let pairs: usize = features.iter().map(|article| article.terms.len()).sum();
        let rounds = pairs.div_ceil(AT_ONCE).clamp(1, 1 << PART_BITS);
        let together = (1_usize << PART_BITS).div_ceil(rounds) as u32;
        let mut parts: Vec<Part> = Vec::with_capacity(1 << PART_BITS);
        for first in (0..1 << PART_BITS).step_by(together as usize) {
            parts.extend(round(&features, first..(first + together).min(1 << PART_BITS)));
        }
        let terms_len = parts.iter().map(|part| part.terms.len()).sum::<usize>() + 1;
        let postings_len = parts.iter().map(|part| part.postings.len()).sum();
        let mut index = Self {
            features,
            terms: Vec::with_capacity(terms_len),
            postings: Vec::with_capacity(postings_len),
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
        index
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

    /// What is known of an article.
    pub(super) fn features(&self, article: ArticleId) -> Option<&Features<'a>> {
        self.features.get(article as usize)
    }

    /// How many articles there are, as a power of two.
    pub(super) fn scale(&self) -> u32 {
        self.scale
    }
}

/// The index of the terms with certain upper bits.
struct Part {
    terms: Vec<(Term, u32)>,
    postings: Vec<Posting>,
}

/// The parts of an index whose terms have one of these values in their upper bits.
fn round(articles: &[Features<'_>], parts: Range<u32>) -> Vec<Part> {
    let shift = TERM_BITS - PART_BITS;
    let size = articles.len().div_ceil(4 * rayon::current_num_threads()).max(1);
    // The pairs of each part from each stretch of articles, in the order of articles.
    let sorted_out: Vec<Vec<Vec<u64>>> = articles
        .par_chunks(size)
        .enumerate()
        .map(|(stretch, articles)| {
            let expected = articles.iter().map(|article| article.terms.len()).sum::<usize>() >> PART_BITS;
            let mut pairs: Vec<Vec<u64>> = parts.clone().map(|_| Vec::with_capacity(expected * 9 / 8)).collect();
            for (id, article) in (stretch * size..).zip(articles) {
                let from = article.terms.partition_point(|weighted| weighted.term() >> shift < parts.start);
                for weighted in &article.terms[from..] {
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
