//! Which articles hold a term: an inverted index of all signatures in three flat arrays.

use super::Candidate;
use super::signature::Weighted;
use crate::archive::ArticleId;
use crate::markup::words::Term;
use rayon::prelude::*;

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
pub(super) struct Index {
    /// Ascending.
    terms: Vec<Term>,
    /// Where the postings of each term begin; one more at the end.
    starts: Vec<u32>,
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
/// Bits of a term that choose the part of the index it is made in.
const PART_BITS: u32 = 6;
const TERM_BITS: u32 = 28;

impl Index {
    pub(super) fn new(articles: &[Candidate<'_>]) -> Self {
        let articles = &articles[..articles.len().min(MOST_ARTICLES)];
        // Made part by part, so that the pairs being sorted never take much beside the finished arrays.
        let parts: Vec<Part> = (0..1 << PART_BITS).into_par_iter().map(|part| Part::new(articles, part)).collect();
        let terms_len = parts.iter().map(|part| part.terms.len()).sum();
        let postings_len = parts.iter().map(|part| part.postings.len()).sum();
        let mut index = Self {
            terms: Vec::with_capacity(terms_len),
            starts: Vec::with_capacity(terms_len + 1),
            postings: Vec::with_capacity(postings_len),
            directory: Vec::new(),
            shift: 0,
            scale: articles.len().max(1).ilog2(),
        };
        for part in parts {
            let offset = index.postings.len() as u32;
            index.terms.extend(part.terms);
            index.starts.extend(part.starts.into_iter().map(|start| start + offset));
            index.postings.extend(part.postings);
        }
        index.starts.push(index.postings.len() as u32);
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
                while self.terms.get(next).is_some_and(|term| term >> self.shift < place) {
                    next += 1;
                }
                next as u32
            })
            .collect();
    }

    /// The articles that hold a term, in order; empty for a term of one article only.
    pub(super) fn postings(&self, term: Term) -> &[Posting] {
        let place = (term >> self.shift) as usize;
        let bound = |at: usize| self.directory.get(at).map_or(0, |bound| *bound as usize);
        let (from, to) = (bound(place), bound(place + 1));
        let found = self.terms.get(from..to).and_then(|terms| terms.iter().position(|known| *known == term));
        let Some(at) = found.map(|found| from + found) else { return &[] };
        let start = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.postings.get(start(at)..start(at + 1)).unwrap_or_default()
    }

    /// How many articles there are, as a power of two.
    pub(super) fn scale(&self) -> u32 {
        self.scale
    }
}

/// The index of the terms with certain upper bits.
struct Part {
    terms: Vec<Term>,
    starts: Vec<u32>,
    postings: Vec<Posting>,
}

impl Part {
    fn new(articles: &[Candidate<'_>], part: u32) -> Self {
        let shift = TERM_BITS - PART_BITS;
        let mut pairs: Vec<u64> = Vec::new();
        for (id, article) in articles.iter().enumerate() {
            let terms = &article.signature.terms;
            let from = terms.partition_point(|weighted| weighted.term() >> shift < part);
            let own = terms[from..].iter().take_while(|weighted| weighted.term() >> shift == part);
            pairs.extend(own.map(|weighted: &Weighted| {
                u64::from(weighted.term()) << 32 | u64::from(Posting::new(id as ArticleId, weighted.weight()).0)
            }));
        }
        pairs.sort_unstable();
        let mut made = Self { terms: Vec::new(), starts: Vec::new(), postings: Vec::new() };
        for same in pairs.chunk_by(|a, b| a >> 32 == b >> 32).filter(|same| same.len() > 1) {
            made.terms.push((same[0] >> 32) as Term);
            made.starts.push(made.postings.len() as u32);
            made.postings.extend(same.iter().map(|pair| Posting(*pair as u32)));
        }
        made
    }
}
