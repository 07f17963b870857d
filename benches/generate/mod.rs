//! A made-up local paper of any size: articles with storylines, for measuring. Seeded, and each article can be made
//! without the others.

#![allow(dead_code, unreachable_pub, reason = "each bench uses a part")]

pub mod clock;
mod dump;
mod lexicon;
mod page;
mod rng;
pub mod shapes;
mod story;
mod storyline;
mod text;

use lexicon::{Lexicon, Zipf};
use rng::Rng;

/// How hard it is to tell the storylines apart.
#[derive(Clone, Copy, Debug)]
pub struct Difficulty {
    /// Of a hundred content words of an article, how many are its storyline's own.
    pub own: usize,
    /// Of a hundred people, how many have a surname that many stories have.
    pub shared_names: usize,
    /// How many words a storyline has beside its names.
    pub terms: usize,
    /// Of an article's mentions of its storyline, how many of a hundred are of its names.
    pub names: usize,
}

impl Difficulty {
    pub const EASY: Self = Self { own: 24, shared_names: 20, terms: 14, names: 50 };
    pub const MIDDLE: Self = Self { own: 14, shared_names: 50, terms: 20, names: 40 };
    pub const HARD: Self = Self { own: 9, shared_names: 80, terms: 24, names: 30 };
    pub const VERY_HARD: Self = Self { own: 6, shared_names: 95, terms: 24, names: 20 };
}

/// Makes the articles of one archive.
pub struct Generator {
    seed: u64,
    count: usize,
    difficulty: Difficulty,
    words: Lexicon,
    surnames: Lexicon,
    given: Lexicon,
    towns: Lexicon,
    word_ranks: Zipf,
    small_ranks: Zipf,
    topic_ranks: Zipf,
    surname_ranks: Zipf,
    town_ranks: Zipf,
    hot_days: Zipf,
}

impl Generator {
    /// An archive of `count` articles; `seed` decides all the rest.
    pub fn new(seed: u64, count: usize) -> Self {
        Self::with_difficulty(seed, count, Difficulty::MIDDLE)
    }

    /// The same, with storylines that are easier or harder to tell apart.
    pub fn with_difficulty(seed: u64, count: usize, difficulty: Difficulty) -> Self {
        let mut rng = Rng::of(&[seed, 0]);
        // A larger archive has more words (Heaps' law), about as the square root.
        let root = count.isqrt();
        let words = Lexicon::new(&mut rng, 12_000 + 60 * root);
        let surnames = Lexicon::new(&mut rng, 600 + 12 * root);
        let given = Lexicon::new(&mut rng, 300);
        let towns = Lexicon::new(&mut rng, 120 + root);
        Self {
            seed,
            count,
            difficulty,
            word_ranks: Zipf::new(words.len()),
            small_ranks: Zipf::new(lexicon::SMALL.len()),
            topic_ranks: Zipf::new(600),
            surname_ranks: Zipf::new(surnames.len()),
            town_ranks: Zipf::new(towns.len()),
            hot_days: Zipf::new(300),
            words,
            surnames,
            given,
            towns,
        }
    }

    /// How many articles there are.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// The number that follows `name` on the command line, or `default`.
pub fn argument(name: &str, default: usize) -> usize {
    text_argument(name).and_then(|given| given.parse().ok()).unwrap_or(default)
}

/// The word that follows `name` on the command line.
pub fn text_argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|given| given != name).nth(1)
}
