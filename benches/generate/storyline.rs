//! Storylines: what a run of articles over weeks or months is about.

use super::rng::Rng;
use super::{Difficulty, Generator};

/// Articles are laid out in blocks of so many, each with its own storylines, so that any article can be made alone.
pub const BLOCK: usize = 48;
/// Storylines of a block.
const LINES: usize = 4;
/// Articles of a block that belong to no storyline.
const ALONE: usize = 5;
/// Days from 1 January 1998 to 31 December 2007.
pub const DAYS: usize = 3652;

pub const SECTIONS: [&str; 12] = [
    "town",
    "town/harbour",
    "town/schools",
    "council",
    "business",
    "business/fishing",
    "sport",
    "sport/cricket",
    "sport/football",
    "arts",
    "country",
    "country/farming",
];

/// Where an article stands: in which storyline, as which of its articles.
#[derive(Clone, Copy)]
pub struct Place {
    pub storyline: u32,
    pub position: usize,
    pub size: usize,
}

/// What the articles of a storyline have in common.
pub struct Storyline {
    pub section: &'static str,
    pub topic: usize,
    pub people: Vec<[usize; 2]>,
    pub places: [usize; 2],
    pub body: usize,
    pub terms: Vec<usize>,
    /// Days since 1 January 1998.
    pub start: usize,
    /// Days.
    pub span: usize,
}

impl Generator {
    /// Where article `i` stands.
    pub fn place(&self, i: usize) -> Place {
        let (block, at) = (i / BLOCK, i % BLOCK);
        let mut rng = Rng::of(&[self.seed, 1, block as u64]);
        let shared = BLOCK - ALONE - 2 * LINES;
        let mut cuts = [0, rng.below(shared + 1), rng.below(shared + 1), rng.below(shared + 1), shared];
        cuts.sort_unstable();
        let mut first = 0;
        for line in 0..LINES {
            let size = cuts[line + 1] - cuts[line] + 2;
            if at < first + size {
                let storyline = (block * (LINES + ALONE) + line) as u32;
                return Place { storyline, position: at - first, size };
            }
            first += size;
        }
        let storyline = (block * (LINES + ALONE) + LINES + at - first) as u32;
        Place { storyline, position: 0, size: 1 }
    }

    /// What a storyline is about.
    pub fn storyline(&self, number: u32) -> Storyline {
        let mut rng = Rng::of(&[self.seed, 2, u64::from(number)]);
        let Difficulty { shared_names, terms, .. } = self.difficulty;
        let section = rng.below(SECTIONS.len());
        let person = |rng: &mut Rng| {
            let known = rng.chance(shared_names);
            let random = rng.next();
            let surname = if known { self.surname_ranks.rank(random) } else { random as usize >> 8 };
            [surname % self.surnames.len(), rng.below(self.given.len())]
        };
        let people = (0..4).map(|_| person(&mut rng)).collect();
        let topic = section * 3 + rng.below(3);
        // The words of a storyline are words of the language: other stories use them too.
        let terms = (0..terms)
            .map(|_| if rng.chance(40) { self.topic_word(topic, rng.next()) } else { rng.below(self.words.len()) })
            .collect();
        // Some days start many stories.
        let hot = rng.chance(25);
        let random = rng.next();
        let start = if hot { self.hot_days.rank(random) * 7919 } else { random as usize >> 8 } % (DAYS - 20);
        Storyline {
            section: SECTIONS[section],
            topic,
            people,
            places: [self.town_ranks.rank(rng.next()), rng.below(self.towns.len())],
            body: rng.below(self.words.len()),
            terms,
            start,
            span: 14 + rng.below(280),
        }
    }

    /// A word that stories of a topic use, the frequent ones more often.
    pub fn topic_word(&self, topic: usize, random: u64) -> usize {
        let rank = self.topic_ranks.rank(random);
        // Topics share some of their words, as a budget is a matter of councils and of clubs.
        let owner = if rank.is_multiple_of(3) { topic / 3 } else { topic + 100 };
        (owner * 7817 + rank * 6007) % self.words.len()
    }
}
