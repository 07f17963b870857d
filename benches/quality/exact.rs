//! The yardstick: cosine of TF-IDF over all words, in floating point, with exact document counts.

use super::{LISTED, Labelled};
use backfile::article::Article;
use backfile::markup::words::{Case, Language, Reader, Term};
use std::collections::{BTreeMap, HashMap};

/// The articles as unit vectors, and for each term the articles that hold it.
pub struct Exact {
    vectors: Vec<Vec<(usize, f64)>>,
    holders: Vec<Vec<(usize, f64)>>,
    dates: bool,
}

impl Exact {
    /// `favoured` weighs headlines and names as backfile does, and prefers nearby dates as it does.
    pub fn new(labelled: &Labelled, favoured: bool) -> Self {
        let mut numbers: HashMap<Term, usize> = HashMap::new();
        let mut held: Vec<usize> = Vec::new();
        let mut vectors: Vec<Vec<(usize, f64)>> = Vec::new();
        for article in &labelled.articles {
            let mut vector = Vec::new();
            for (term, mentions) in mentions(article) {
                let number = *numbers.entry(term).or_insert(held.len());
                if number == held.len() {
                    held.push(0);
                }
                held[number] += 1;
                vector.push((number, if favoured { mentions.favoured() } else { 1.0 + mentions.count.ln() }));
            }
            vectors.push(vector);
        }
        let all = vectors.len() as f64;
        let mut holders = vec![Vec::new(); held.len()];
        for (i, vector) in vectors.iter_mut().enumerate() {
            for (term, weight) in vector.iter_mut() {
                *weight *= (all / held[*term] as f64).ln();
            }
            let norm = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            for (term, weight) in vector.iter_mut() {
                *weight /= norm;
                holders[*term].push((i, *weight));
            }
        }
        Self { vectors, holders, dates: favoured }
    }

    /// For each article the nearest others, without its twins (which it is told of) and without twins of each other.
    pub fn lists(&self, labelled: &Labelled) -> Vec<Vec<usize>> {
        let mut sums = vec![0.0; self.vectors.len()];
        (0..self.vectors.len()).map(|i| self.list(labelled, i, &mut sums)).collect()
    }

    fn list(&self, labelled: &Labelled, i: usize, sums: &mut [f64]) -> Vec<usize> {
        sums.fill(0.0);
        for (term, weight) in &self.vectors[i] {
            for (other, there) in &self.holders[*term] {
                sums[*other] += weight * there;
            }
        }
        if self.dates {
            for (other, sum) in sums.iter_mut().enumerate() {
                let gap = f64::from(labelled.days[i].abs_diff(labelled.days[other]) + 1).log2();
                *sum *= 32.0 - gap.min(12.0);
            }
        }
        let mut order: Vec<usize> = (0..sums.len()).filter(|other| *other != i && sums[*other] > 0.0).collect();
        let best = (4 * LISTED).min(order.len());
        if best < order.len() {
            order.select_nth_unstable_by(best, |a, b| sums[*b].total_cmp(&sums[*a]));
            order.truncate(best);
        }
        order.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]).then(a.cmp(b)));
        let mut list: Vec<usize> = Vec::new();
        for other in order {
            if list.len() < LISTED && !list.iter().chain([&i]).any(|known| labelled.is_twin(*known, other)) {
                list.push(other);
            }
        }
        list
    }
}

#[derive(Default)]
struct Mentions {
    count: f64,
    headline: bool,
    lead: bool,
    names: u32,
    lower: u32,
}

impl Mentions {
    fn favoured(&self) -> f64 {
        let mut weight = 2.0 + 2.0 * self.count.max(1.0).log2();
        for (has, more) in [(self.names > self.lower, 2.0), (self.headline, 4.0), (self.lead, 1.0)] {
            weight += if has { more } else { 0.0 };
        }
        weight
    }
}

fn mentions(article: &Article) -> BTreeMap<Term, Mentions> {
    let mut all: BTreeMap<Term, Mentions> = BTreeMap::new();
    let mut reader = Reader::new(Language::of("en"));
    reader.read(&article.front.title, &mut |word| {
        let mentions = all.entry(word.term).or_default();
        mentions.count += 1.0;
        mentions.headline = true;
    });
    let mut position = 0;
    reader.read_markdown(&article.body, &mut |word| {
        let mentions = all.entry(word.term).or_default();
        mentions.count += 1.0;
        mentions.lead |= position < 40;
        mentions.names += u32::from(word.case == Case::Name);
        mentions.lower += u32::from(word.case == Case::Lower);
        position += 1;
    });
    all
}
