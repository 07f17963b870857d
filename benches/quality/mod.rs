//! How good lists of related stories are, against exact TF-IDF, where each article's storyline is known.

#![allow(unreachable_pub, reason = "each bench is a crate that nobody imports")]

mod exact;

use crate::generate::{Difficulty, Generator};
use backfile::article::Article;
use backfile::group::related::{Candidate, LEAST, Signature, related_from, signature};
use exact::Exact;
use std::collections::HashMap;

/// Most stories listed beside an article.
pub const LISTED: usize = 5;

/// A generated archive in the order of lists, with what is known of each article.
pub struct Labelled {
    pub articles: Vec<Article>,
    /// Days since 1970.
    pub days: Vec<i32>,
    storylines: Vec<u32>,
    /// Articles with the same number have nearly the same text.
    texts: Vec<usize>,
    members: HashMap<u32, Vec<usize>>,
}

impl Labelled {
    pub fn new(count: usize, difficulty: Difficulty) -> Self {
        let generator = Generator::with_difficulty(11, count, difficulty);
        let mut made: Vec<_> = (0..count).map(|i| (generator.article(i), generator.text_of(i))).collect();
        let seconds = |article: &Article| article.front.date.map_or(0, |date| date.seconds());
        made.sort_by(|((path_a, a, _), _), ((path_b, b, _), _)| seconds(b).cmp(&seconds(a)).then(path_a.cmp(path_b)));
        let days = made.iter().map(|((_, article, _), _)| (seconds(article) / 86_400) as i32).collect();
        let texts = made.iter().map(|(_, text)| *text).collect();
        let storylines: Vec<u32> = made.iter().map(|((.., storyline), _)| *storyline).collect();
        let mut members: HashMap<u32, Vec<usize>> = HashMap::new();
        for (i, storyline) in storylines.iter().enumerate() {
            members.entry(*storyline).or_default().push(i);
        }
        Self {
            articles: made.into_iter().map(|((_, article, _), _)| article).collect(),
            days,
            storylines,
            texts,
            members,
        }
    }

    /// The stories that ought to be listed beside article `i`: of its storyline, without its twin; of twins, one.
    fn wanted(&self, i: usize) -> usize {
        let mut texts: Vec<usize> = self.members[&self.storylines[i]].iter().map(|other| self.texts[*other]).collect();
        texts.sort_unstable();
        texts.dedup();
        texts.len() - 1
    }

    pub fn is_twin(&self, a: usize, b: usize) -> bool {
        self.texts[a] == self.texts[b]
    }
}

/// What a way of listing reaches, in percent.
#[derive(Default)]
pub struct Score {
    /// Of the (up to five) places that could hold a story of the same storyline, those that do.
    pub precision: f64,
    /// The same with the upper places counting more.
    pub ndcg: f64,
    /// Of all stories of the storyline, those listed.
    pub recall: f64,
    /// Of the stories listed, those of the storyline.
    pub right: f64,
    /// Of the articles without a storyline, those that list something all the same.
    pub chance: f64,
}

fn measure(labelled: &Labelled, lists: &[Vec<usize>]) -> Score {
    let gain = |place: usize| 1.0 / ((place + 2) as f64).log2();
    let mut score = Score::default();
    let (mut with, mut alone, mut listed, mut right) = (0.0, 0.0, 0.0, 0.0);
    for (i, list) in lists.iter().enumerate() {
        let wanted = labelled.wanted(i);
        let hit = |other: &usize| labelled.storylines[*other] == labelled.storylines[i];
        if wanted == 0 {
            alone += 1.0;
            score.chance += f64::from(u8::from(!list.is_empty()));
            continue;
        }
        let hits = list.iter().filter(|other| hit(other)).count() as f64;
        let gained: f64 = list.iter().enumerate().filter(|(_, other)| hit(other)).map(|(place, _)| gain(place)).sum();
        let places = wanted.min(LISTED);
        with += 1.0;
        listed += list.len() as f64;
        right += hits;
        score.precision += hits / places as f64;
        score.ndcg += gained / (0..places).map(gain).sum::<f64>();
        score.recall += hits / wanted as f64;
    }
    let percent = |part: f64, whole: f64| 100.0 * part / f64::max(whole, 1.0);
    Score {
        precision: percent(score.precision, with),
        ndcg: percent(score.ndcg, with),
        recall: percent(score.recall, with),
        right: percent(right, listed),
        chance: percent(score.chance, alone),
    }
}

/// Prints a table row for each way of listing.
pub fn compare(name: &str, count: usize, difficulty: Difficulty) {
    let labelled = Labelled::new(count, difficulty);
    let show = |way: &str, lists: &[Vec<usize>]| {
        let Score { precision, ndcg, recall, right, chance } = measure(&labelled, lists);
        println!("{name:10} {way:28} {precision:8.2} {ndcg:8.2} {recall:8.2} {right:8.2} {chance:8.2}");
    };
    show("exact TF-IDF, full text", &Exact::new(&labelled, false).lists(&labelled));
    show("exact, same weights and dates", &Exact::new(&labelled, true).lists(&labelled));
    let signatures: Vec<Signature> = labelled.articles.iter().map(|article| signature(article, "en")).collect();
    let candidates: Vec<Candidate<'_>> = (signatures.iter().zip(&labelled.days))
        .map(|(signature, day)| Candidate { signature, day: Some(*day), excluded: &[] })
        .collect();
    let listed = |least: u32| -> Vec<Vec<usize>> {
        let lists = related_from(&candidates, LISTED, least).into_iter();
        lists.map(|list| list.into_iter().map(|related| related.article as usize).collect()).collect()
    };
    show("backfile, without its floor", &listed(1));
    let lists = listed(LEAST);
    show("backfile", &lists);
    let twins = lists.iter().enumerate().filter(|(i, list)| list.iter().any(|other| labelled.is_twin(*i, *other)));
    println!("{name:10} articles that list their own twin: {}", twins.count());
}
