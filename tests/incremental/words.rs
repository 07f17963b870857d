//! The text of made-up stories: each storyline has its own names and words, so that stories of one are related.

use super::rng::Rng;
use std::fmt::Write as _;

/// Names and words of a storyline, the frequent ones first.
const STORYLINES: [&[&str]; 8] = [
    &["dredger", "Marigold", "channel", "silt", "Penhale", "barge", "mooring", "Salt Bar", "sounding", "spoil"],
    &["cannery", "Hartnoll", "tinplate", "kipper", "redundancy", "Tanner's Row", "boiler", "foreman", "wages"],
    &["lifeboat", "Annie Cobbold", "coxswain", "Marram Point", "flare", "slipway", "breeches", "maroon", "squall"],
    &["bell", "Great Tib", "belfry", "St Bride", "clapper", "founder", "ringers", "tenor", "verger", "peal"],
    &["ferry", "Girl Edith", "Hollin", "receivers", "timetable", "pontoon", "purser", "gangway", "fares"],
    &["flood", "surge", "sluice", "culvert", "Wend", "sandbags", "embankment", "gauge", "Brandreth", "inquiry"],
    &["football", "Okoro", "Curers", "Brine Lane", "striker", "terrace", "penalty", "goalkeeper", "league"],
    &["railway", "Aldersey", "viaduct", "signalman", "sleepers", "locomotive", "platform", "guard", "Garsby"],
];

/// What every story speaks of.
const COMMON: [&str; 40] = [
    "the", "of", "town", "and", "said", "in", "council", "a", "on", "year", "people", "would", "street", "with",
    "after", "money", "morning", "harbour", "which", "meeting", "had", "letter", "before", "new", "old", "were",
    "winter", "they", "house", "told", "at", "by", "work", "Saltmere", "Gazette", "shop", "night", "again", "as",
    "not",
];

/// How many storylines there are.
pub(crate) const STORIES: usize = STORYLINES.len();

/// A word of the storyline, or of all.
fn word(rng: &mut Rng, storyline: usize, own: usize) -> &'static str {
    let words = STORYLINES[storyline % STORIES];
    if rng.chance(own) { words[rng.below(words.len()).min(rng.below(words.len()))] } else { rng.pick(&COMMON) }
}

/// A headline; most differ from all others.
pub(crate) fn headline(rng: &mut Rng, storyline: usize) -> String {
    let mut words: Vec<&str> = (0..3 + rng.below(3)).map(|_| word(rng, storyline, 55)).collect();
    words.push(word(rng, storyline, 100));
    let headline = words.join(" ");
    headline[..1].to_ascii_uppercase() + &headline[1..]
}

/// A sentence with a full stop.
pub(crate) fn sentence(rng: &mut Rng, storyline: usize) -> String {
    let words: Vec<&str> = (0..7 + rng.below(9)).map(|_| word(rng, storyline, 22)).collect();
    format!("They {}.", words.join(" "))
}

/// The body of a story as Markdown.
pub(crate) fn body(rng: &mut Rng, storyline: usize, paragraphs: usize) -> String {
    let mut body = String::new();
    for at in 0..paragraphs {
        let sentences: Vec<String> = (0..=rng.below(4)).map(|_| sentence(rng, storyline)).collect();
        let _ = writeln!(body, "{}\n", sentences.join(" "));
        match rng.below(16) {
            0 => _ = writeln!(body, "## {}\n", headline(rng, storyline)),
            1 => _ = writeln!(body, "> {}\n>\n> — Tomas Penhale\n", sentence(rng, storyline)),
            2 => _ = writeln!(body, "![The quay](/media/{}.jpg \"The quay, year {at}\")\n", rng.below(4)),
            3 => _ = writeln!(body, "See [the other report](/town/) and <em>more</em>.\n"),
            _ => {}
        }
    }
    body
}
