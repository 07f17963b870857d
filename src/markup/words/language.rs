//! What reading words needs to know of a language: its stemmer, its stop words, and whether it elides.

use super::stop;
use rust_stemmers::Algorithm;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A language as words are read in it: a row of a small table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(u8);

struct Row {
    /// Primary subtags of BCP 47, as in `en`.
    tags: &'static [&'static str],
    /// Its Snowball stemmer, if there is one.
    algorithm: Option<Algorithm>,
    /// Whether an apostrophe parts two words, as in `l'Assemblée`.
    elides: bool,
    /// Words that say nothing of what a text is about.
    stop: LazyLock<HashSet<&'static str>>,
}

macro_rules! row {
    ($tags:expr, $algorithm:expr, $elides:expr, $stop:expr) => {
        Row {
            tags: &$tags,
            algorithm: $algorithm,
            elides: $elides,
            stop: LazyLock::new(|| $stop.split_ascii_whitespace().collect()),
        }
    };
}

/// The first row is the default, the last stands for every language that is not listed.
static ROWS: [Row; 21] = [
    row!(["en"], Some(Algorithm::English), false, stop::ENGLISH),
    row!(["de"], Some(Algorithm::German), false, stop::GERMAN),
    row!(["fr"], Some(Algorithm::French), true, stop::FRENCH),
    row!(["es"], Some(Algorithm::Spanish), false, stop::SPANISH),
    row!(["it"], Some(Algorithm::Italian), true, stop::ITALIAN),
    row!(["pt"], Some(Algorithm::Portuguese), false, stop::PORTUGUESE),
    row!(["nl"], Some(Algorithm::Dutch), false, stop::DUTCH),
    row!(["sv"], Some(Algorithm::Swedish), false, stop::SWEDISH),
    row!(["da"], Some(Algorithm::Danish), false, stop::DANISH),
    row!(["no", "nb", "nn"], Some(Algorithm::Norwegian), false, stop::NORWEGIAN),
    row!(["ru"], Some(Algorithm::Russian), false, stop::RUSSIAN),
    row!(["ca"], None, true, ""),
    row!(["fi"], Some(Algorithm::Finnish), false, ""),
    row!(["hu"], Some(Algorithm::Hungarian), false, ""),
    row!(["ro"], Some(Algorithm::Romanian), false, ""),
    row!(["tr"], Some(Algorithm::Turkish), false, ""),
    row!(["el"], Some(Algorithm::Greek), false, ""),
    row!(["ar"], Some(Algorithm::Arabic), false, ""),
    row!(["ta"], Some(Algorithm::Tamil), false, ""),
    row!(["cy", "ga", "gd"], None, false, ""),
    row!([], None, false, ""),
];

impl Language {
    /// The language of a BCP 47 tag, as in `en-GB`; English for an empty one.
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.is_empty() {
            return Self(0);
        }
        let known = |row: &Row| row.tags.iter().any(|tag| tag.eq_ignore_ascii_case(primary));
        Self(ROWS.iter().position(known).unwrap_or(ROWS.len() - 1) as u8)
    }

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.0)]
    }

    /// Its number, for use in keys.
    pub(super) fn number(self) -> u8 {
        self.0
    }

    pub(super) fn elides(self) -> bool {
        self.row().elides
    }

    pub(super) fn stops(self, folded: &str) -> bool {
        self.row().stop.contains(folded)
    }

    pub(super) fn algorithm(self) -> Option<Algorithm> {
        self.row().algorithm
    }
}
