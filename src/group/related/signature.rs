//! What matching knows of an article: its weightiest terms and a sketch of its text, from the article alone.

use super::sketch::{Sketch, Sketcher};
use crate::article::Article;
use crate::markup::words::{Case, Language, Reader, Term, Word};
use crate::pack::{Pack, packed};

/// Most terms of a signature.
pub(super) const MOST_TERMS: usize = 64;
/// Most words of a text that are looked at: twenty times a long story, so that no source takes all memory.
const MOST_WORDS: usize = 20_000;
/// Bits of a weight; the rest of the word is the term.
const WEIGHT_BITS: u32 = 4;
/// Greatest weight.
pub(super) const MOST_WEIGHT: u32 = (1 << WEIGHT_BITS) - 1;
/// Words of the body that count as its lead.
const LEAD_WORDS: u32 = 40;

/// A term with the weight that its article gives it, in one word; ordered by term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weighted(u32);

impl Weighted {
    fn new(term: Term, weight: u32) -> Self {
        Self(term << WEIGHT_BITS | weight.min(MOST_WEIGHT))
    }

    /// Which term.
    pub fn term(self) -> Term {
        self.0 >> WEIGHT_BITS
    }

    /// How much it says of the article, from 1 to 15.
    pub fn weight(self) -> u32 {
        self.0 & MOST_WEIGHT
    }
}

/// The features of one article that decide which others it is related to. A function of the article alone: no edit of
/// another article changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// By term, each term once.
    pub(super) terms: Box<[Weighted]>,
    pub(super) sketch: Sketch,
    /// Square root of the sum of the squared weights, of all terms of the article; see [`Signature::norm`].
    norm: u16,
}

impl Signature {
    /// Its terms, ascending.
    pub(super) fn terms(&self) -> impl Iterator<Item = Term> {
        self.terms.iter().map(|weighted| weighted.term())
    }

    /// The length of the article's weights as a vector, in sixteenths.
    pub(super) fn norm(&self) -> u32 {
        u32::from(self.norm)
    }
}

packed!(Signature { terms, sketch, norm });

impl Pack for Weighted {
    fn pack(&self, to: &mut Vec<u8>) {
        self.0.pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        u32::unpack(from).map(Self)
    }
}

/// What is counted of one term while a text is read.
#[derive(Clone, Copy, Default)]
struct Evidence {
    count: u32,
    headline: bool,
    lead: bool,
    names: u32,
    lower: u32,
    longest: u32,
}

const HEADLINE: u64 = 1;
const LEAD: u64 = 2;
const NAME: u64 = 4;
const LOWER: u64 = 8;
/// A mention that adds weight but is no further occurrence, as in a standfirst that repeats the first paragraph.
const REPEAT: u64 = 16;
/// Where the length of the mention is packed.
const LENGTH: u32 = 8;

/// The signature of an article, read in its own language or else the site's.
pub fn signature(article: &Article, site_language: &str) -> Signature {
    let front = &article.front;
    let tag = if front.language.is_empty() { site_language } else { &front.language };
    // A text has a word that counts for about ten bytes.
    let expected = (article.body.len() / 10).min(MOST_WORDS);
    let mut mentions = Mentions { packed: Vec::with_capacity(expected), ..Mentions::default() };
    let mut reader = Reader::new(Language::of(tag));
    reader.read(&front.title, &mut |word| mentions.add(word, HEADLINE));
    reader.read(&front.description, &mut |word| mentions.add(word, LEAD | REPEAT));
    mentions.position = 0;
    reader.read_markdown(&article.body, &mut |word| mentions.add(word, 0));
    mentions.into_signature()
}

/// Every mention of a term in an article: term, length and how it stands there, packed so that they sort by term.
#[derive(Default)]
struct Mentions {
    packed: Vec<u64>,
    position: u32,
    sketcher: Sketcher,
}

impl Mentions {
    fn add(&mut self, word: Word<'_>, place: u64) {
        if self.packed.len() >= MOST_WORDS {
            return;
        }
        // Capitals of a headline tell nothing: some papers write every word with one.
        let case = match word.case {
            Case::Name if place & HEADLINE == 0 => NAME,
            Case::Lower => LOWER,
            _ => 0,
        };
        let lead = if self.position < LEAD_WORDS { LEAD } else { 0 };
        let length = word.surface.len().min(255) as u64;
        self.packed.push(u64::from(word.term) << 32 | length << LENGTH | place | case | lead);
        self.position += 1;
        self.sketcher.add(word.term);
    }

    fn into_signature(mut self) -> Signature {
        self.packed.sort_unstable();
        // Of each term one number that sorts the weightiest first; the term itself is in its lower half.
        let mut ranked: Vec<u64> = Vec::with_capacity(self.packed.len());
        let mut squares = 0;
        for mentions in self.packed.chunk_by(|a, b| a >> 32 == b >> 32) {
            let Some(first) = mentions.first() else { continue };
            let evidence = Evidence::of(mentions);
            let weighted = Weighted::new((first >> 32) as Term, evidence.weight());
            squares += weighted.weight() * weighted.weight();
            // Of terms with equal weight the longer ones are kept: frequent words are short (Zipf's law of abbreviation).
            let rank = (MOST_WEIGHT - weighted.weight()) << 8 | (255 - evidence.longest);
            ranked.push(u64::from(rank) << 32 | u64::from(weighted.0));
        }
        if ranked.len() > MOST_TERMS {
            ranked.select_nth_unstable(MOST_TERMS);
            ranked.truncate(MOST_TERMS);
        }
        let mut terms: Box<[Weighted]> = ranked.into_iter().map(|ranked| Weighted(ranked as u32)).collect();
        terms.sort_unstable();
        let norm = (u64::from(squares) * 256).isqrt().min(u64::from(u16::MAX)) as u16;
        Signature { terms, sketch: self.sketcher.finish(), norm }
    }
}

impl Evidence {
    fn of(mentions: &[u64]) -> Self {
        let mut evidence = Self::default();
        for mention in mentions {
            let has = |flag: u64| mention & flag != 0;
            evidence.count += u32::from(!has(REPEAT));
            evidence.headline |= has(HEADLINE);
            evidence.lead |= has(LEAD);
            evidence.names += u32::from(has(NAME));
            evidence.lower += u32::from(has(LOWER));
            evidence.longest = evidence.longest.max((mention >> LENGTH) as u32 & 0xff);
        }
        evidence
    }

    /// What the article itself says of how much the term matters to it.
    fn weight(self) -> u32 {
        // 2 and 2 more for each doubling of the count.
        let often = 2 * self.count.max(1).ilog2() + u32::from(self.count == 3) + 2;
        let name = if self.names > self.lower { 2 } else { 0 };
        often + name + if self.headline { 4 } else { 0 } + u32::from(self.lead)
    }
}
