//! The words of the made-up town: pronounceable ones made from syllables, and the small words of plain English.

use super::rng::Rng;

const ONSETS: [&str; 32] = [
    "b", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr",
    "qu", "r", "s", "sh", "sl", "st", "t", "th", "tr", "v", "w",
];
const NUCLEI: [&str; 16] = ["a", "e", "i", "o", "u", "a", "e", "o", "ai", "ea", "ee", "oa", "ou", "or", "ar", "er"];
const CODAS: [&str; 24] = [
    "n", "l", "r", "m", "t", "d", "ck", "p", "nd", "nt", "st", "lk", "rn", "rt", "mp", "sk", "x", "b", "g", "ft", "ld",
    "rm", "sh", "th",
];

/// Function words, the most frequent first.
pub const SMALL: [&str; 96] = [
    "the", "of", "to", "and", "a", "in", "that", "for", "was", "on", "is", "it", "with", "as", "at", "by", "be", "he",
    "from", "said", "have", "has", "had", "but", "not", "they", "his", "will", "an", "are", "their", "which", "been",
    "were", "would", "who", "she", "this", "her", "more", "its", "after", "about", "also", "there", "when", "one",
    "up", "or", "out", "than", "over", "last", "could", "some", "into", "year", "two", "other", "first", "before",
    "if", "no", "what", "we", "can", "them", "time", "only", "may", "most", "new", "should", "him", "so", "people",
    "against", "now", "where", "between", "made", "many", "while", "under", "because", "three", "years", "any", "told",
    "such", "those", "still", "during", "then", "being", "how",
];

/// Words by number, all of one string.
pub struct Lexicon {
    text: String,
    ends: Vec<u32>,
}

impl Lexicon {
    /// `count` words of one to three syllables, the first ones the frequent ones and shorter, as in any language; a word
    /// may come twice, as homonyms do.
    pub fn new(rng: &mut Rng, count: usize) -> Self {
        let mut lexicon = Self { text: String::new(), ends: Vec::with_capacity(count) };
        for number in 0..count {
            let syllables = match number {
                0..500 => [0, 0, 1, 1],
                500..4000 => [0, 1, 1, 1],
                _ => [1, 1, 1, 2],
            };
            for _ in 0..rng.pick(&syllables) {
                lexicon.text.push_str(rng.pick(&ONSETS));
                lexicon.text.push_str(rng.pick(&NUCLEI));
            }
            lexicon.text.push_str(rng.pick(&ONSETS));
            lexicon.text.push_str(rng.pick(&NUCLEI));
            lexicon.text.push_str(rng.pick(&CODAS));
            lexicon.ends.push(lexicon.text.len() as u32);
        }
        lexicon
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn word(&self, number: usize) -> &str {
        let number = number % self.ends.len();
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.text[start as usize..self.ends[number] as usize]
    }

    /// The word as a name.
    pub fn name(&self, number: usize) -> String {
        let word = self.word(number);
        let mut name = word[..1].to_ascii_uppercase();
        name.push_str(&word[1..]);
        name
    }
}

/// Ranks drawn by Zipf's law: a table, since each word of each article asks.
pub struct Zipf(Box<[u32]>);

impl Zipf {
    const PLACES: usize = 1 << 16;

    /// Ranks below `ranks`, the first the most frequent.
    pub fn new(ranks: usize) -> Self {
        // The rank below which a part u of all mass lies is about ranks^u.
        let top = (ranks as f64).ln();
        let rank = |place: usize| ((place as f64 + 0.5) / Self::PLACES as f64 * top).exp() - 1.0;
        Self((0..Self::PLACES).map(|place| rank(place) as u32).collect())
    }

    pub fn rank(&self, random: u64) -> usize {
        self.0[random as usize % Self::PLACES] as usize
    }
}
