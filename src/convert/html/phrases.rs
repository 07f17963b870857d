//! Phrases of page furniture: lines that stand among an article's paragraphs on many sites and are not of it.

use super::verdict::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Lines, as [`fold`] leaves them.
static LINES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "advertisement advertisements advertising anzeige publicidad publicité publicidade pubblicità werbung annonce \
    reklame реклама share sharethisarticle print email comments related relatedarticles relatedstories relatedtopics \
    readmore seealso moreonthisstory topstories loading subscribe signup backtotop top tags topics skipadvertisement \
    storycontinuesbelowadvertisement articlecontinuesafterthisad save copylink linkcopied listentothisarticle \
    continuereading"
        .split_ascii_whitespace()
        .collect()
});

/// Beginnings of lines, likewise.
const BEGINNINGS: &str = "followuson signupfor signuptoour subscribeto clickhereto readmore alsoread readalso seealso lireaussi leggianche \
    leaanche leetambién lesenssieauch lesenssiehier lesensieauch mehrzumthema photocredit allrightsreserved \
    thisarticlewasoriginallypublished downloadour joinour recommendedreading";

/// Longest line that a beginning decides on; bytes.
const LONGEST: usize = 160;

/// Whether a block of text is page furniture wherever it stands.
pub(super) fn is_furniture(text: &str) -> bool {
    let folded = fold(text);
    LINES.contains(folded.as_str())
        || (text.len() < LONGEST && BEGINNINGS.split_ascii_whitespace().any(|start| folded.starts_with(start)))
        || text.starts_with('©')
}
