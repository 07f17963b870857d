//! Sentences: small words of English, words of the topic, and what the storyline is about.

use super::Generator;
use super::lexicon::SMALL;
use super::rng::Rng;
use super::storyline::Storyline;

const ENDINGS: [&str; 16] = ["", "", "", "", "", "", "", "", "", "s", "s", "s", "s", "ed", "ed", "ing"];
const BODIES: [&str; 8] = ["Board", "Trust", "Society", "Club", "Company", "Committee", "Union", "Works"];

/// Writes the text of one article.
pub struct Writer<'g> {
    pub generator: &'g Generator,
    pub story: &'g Storyline,
    pub rng: Rng,
}

impl Writer<'_> {
    /// A sentence of about `words` words with a full stop.
    pub fn sentence(&mut self, words: usize, lead: bool) -> String {
        let mut sentence = String::with_capacity(words * 8);
        let own = self.generator.difficulty.own;
        self.words(&mut sentence, words, if lead { 2 * own } else { own }, 45);
        sentence.push('.');
        sentence
    }

    /// A headline: few small words, and three times as much of the storyline as in the text.
    pub fn headline(&mut self) -> String {
        let mut headline = String::new();
        let words = 5 + self.rng.below(4);
        self.words(&mut headline, words, 3 * self.generator.difficulty.own, 20);
        headline
    }

    /// A paragraph of some sentences, the lead with more of the storyline; returns how many words it has.
    pub fn paragraph(&mut self, paragraph: &mut String, lead: bool) -> usize {
        let mut total = 0;
        for n in 0..=self.rng.below(3) {
            let words = 8 + self.rng.below(14);
            if n > 0 {
                paragraph.push(' ');
            }
            paragraph.push_str(&self.sentence(words, lead));
            total += words;
        }
        total
    }

    fn words(&mut self, out: &mut String, words: usize, own: usize, small: usize) {
        let start = out.len();
        for n in 0..words {
            if n > 0 {
                let comma = self.rng.chance(6);
                out.push_str(if comma { ", " } else { " " });
            }
            if self.rng.chance(small) {
                out.push_str(SMALL[self.generator.small_ranks.rank(self.rng.next())]);
            } else if self.rng.chance(own) {
                self.mention(out);
            } else {
                self.content_word(out);
            }
        }
        // Every word that may begin a sentence is ASCII.
        let capital = out[start..=start].to_ascii_uppercase();
        out.replace_range(start..=start, &capital);
    }

    fn content_word(&mut self, out: &mut String) {
        let random = self.rng.next();
        let number = if random.is_multiple_of(4) {
            self.generator.topic_word(self.story.topic, random >> 8)
        } else {
            self.generator.word_ranks.rank(random >> 8)
        };
        out.push_str(self.generator.words.word(number));
        out.push_str(ENDINGS[(random >> 40) as usize % ENDINGS.len()]);
    }

    /// A name or a word of the storyline.
    fn mention(&mut self, out: &mut String) {
        if self.rng.chance(self.generator.difficulty.names) {
            let name = match self.rng.below(8) {
                0..=4 => {
                    let person = self.rng.pick(&self.story.people);
                    if self.rng.chance(40) {
                        self.generator.person(person)
                    } else {
                        self.generator.surnames.name(person[0])
                    }
                }
                5 | 6 => self.generator.towns.name(self.rng.pick(&self.story.places)),
                _ => self.generator.body(self.story.body),
            };
            out.push_str(&name);
        } else {
            let terms = &self.story.terms;
            // The first words of a storyline are its most frequent.
            let term = terms[self.rng.below(terms.len()).min(self.rng.below(terms.len()))];
            out.push_str(self.generator.words.word(term));
            out.push_str(self.rng.pick(&ENDINGS));
        }
    }
}

impl Generator {
    pub(super) fn person(&self, [surname, given]: [usize; 2]) -> String {
        format!("{} {}", self.given.name(given), self.surnames.name(surname))
    }

    fn body(&self, word: usize) -> String {
        format!("{} {}", self.words.name(word), BODIES[word % BODIES.len()])
    }
}
