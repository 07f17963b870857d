//! Sums over many articles: what was kept as which field, what was not and why, and how it begins.

use crate::convert::account::{Account, Amount, Fate, Piece};
use crate::convert::shape::collapse;
use crate::run::convert::media::Tally;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most kinds of pieces that are told apart in one format; classes of elements can be without end.
const KINDS: usize = 400;
/// Most beginnings of texts of one kind that are kept, and how long they are, in characters.
const EXAMPLES: usize = 3;
const LONGEST: usize = 160;
/// What all further kinds are called.
const OTHERS: &str = "(others)";

/// What was kept and what was not, of one format.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) articles: u64,
    /// In how many articles which front matter key was set.
    pub(super) set: BTreeMap<&'static str, u64>,
    pub(super) pieces: Vec<Kind>,
    /// Where each kind of piece is in `pieces`.
    known: BTreeMap<(String, Fate), usize>,
    pub(super) words: Words,
    pub(super) media: Files,
}

/// One kind of piece, and what became of those of it.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) what: String,
    pub(super) fate: Fate,
    pub(super) pieces: u64,
    pub(super) words: u64,
    pub(super) characters: u64,
    /// Words of it that are not in the articles though it was kept.
    pub(super) lost: u64,
    /// The longest that begin differently; of what was kept, only such as lost words.
    pub(super) examples: Vec<String>,
}

/// Words of sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Words {
    /// In pieces that were kept.
    pub(super) kept: u64,
    /// In pieces that were left out.
    pub(super) not_kept: u64,
    /// Characters in those.
    pub(super) not_kept_characters: u64,
    /// In pieces that were kept, but in no place of the article.
    pub(super) lost: u64,
}

/// Pictures, sound and film that articles show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Files {
    /// Kept with the article.
    pub(super) found: u64,
    /// Said to lie beside or in the source, but not there, or nothing that a page may show.
    pub(super) missing: u64,
    /// At an address of the web, and in no source.
    pub(super) never_fetched: u64,
}

impl Words {
    /// Those of one article.
    pub(super) fn of(account: &Account, amounts: &[Amount]) -> Self {
        let mut words = Self::default();
        for (piece, amount) in account.pieces.iter().zip(amounts) {
            if let Fate::Kept(_) = piece.fate {
                words.kept += amount.words;
                words.lost += amount.lost;
            } else {
                words.not_kept += amount.words;
                words.not_kept_characters += amount.characters;
            }
        }
        words
    }

    pub(super) fn add(&mut self, other: Self) {
        self.kept += other.kept;
        self.not_kept += other.not_kept;
        self.not_kept_characters += other.not_kept_characters;
        self.lost += other.lost;
    }
}

impl Files {
    pub(super) fn of(tally: Tally) -> Self {
        let Tally { found, missing, uncaptured, remote, .. } = tally;
        Self {
            found: found as u64,
            missing: missing.saturating_sub(uncaptured) as u64,
            never_fetched: (uncaptured + remote) as u64,
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.found += other.found;
        self.missing += other.missing;
        self.never_fetched += other.never_fetched;
    }
}

impl Totals {
    /// Takes note of an article.
    pub(super) fn add(&mut self, fields: &[&'static str], account: &Account, amounts: &[Amount]) {
        self.articles += 1;
        for field in fields {
            *self.set.entry(field).or_default() += 1;
        }
        self.words.add(Words::of(account, amounts));
        for (piece, amount) in account.pieces.iter().zip(amounts) {
            let kind = self.kind(piece);
            kind.pieces += 1;
            kind.words += amount.words;
            kind.characters += amount.characters;
            kind.lost += amount.lost;
            if matches!(piece.fate, Fate::Dropped(_)) || amount.lost > 0 {
                kind.example(&piece.text);
            }
        }
    }

    fn kind(&mut self, piece: &Piece) -> &mut Kind {
        let is_full = self.pieces.len() >= KINDS && !self.known.contains_key(&(piece.what.clone(), piece.fate));
        let what = if is_full { OTHERS } else { &piece.what };
        let count = self.pieces.len();
        let at = *self.known.entry((what.to_owned(), piece.fate)).or_insert(count);
        if at == count {
            self.pieces.push(Kind {
                what: what.to_owned(),
                fate: piece.fate,
                pieces: 0,
                words: 0,
                characters: 0,
                lost: 0,
                examples: Vec::new(),
            });
        }
        &mut self.pieces[at]
    }

    /// The kinds of pieces that were kept and those that were not, those with the most words first.
    pub(super) fn sorted(&self) -> (Vec<&Kind>, Vec<&Kind>) {
        let (mut kept, mut not): (Vec<&Kind>, Vec<&Kind>) =
            self.pieces.iter().partition(|kind| matches!(kind.fate, Fate::Kept(_)));
        let order = |kind: &&Kind| (std::cmp::Reverse(kind.words), kind.what.clone(), kind.fate);
        kept.sort_by_key(order);
        not.sort_by_key(order);
        (kept, not)
    }

    pub(super) fn json(&self) -> serde_json::Value {
        let (kept, not_kept) = self.sorted();
        let list = |kinds: Vec<&Kind>| kinds.into_iter().map(Kind::json).collect::<Vec<_>>();
        serde_json::json!({
            "articles": self.articles, "fields": self.set, "words": self.words, "media": self.media,
            "kept": list(kept), "not_kept": list(not_kept),
        })
    }
}

impl Kind {
    fn example(&mut self, text: &str) {
        let start: String = collapse(text.get(..text.floor_char_boundary(LONGEST * 8)).unwrap_or_default())
            .chars()
            .take(LONGEST)
            .collect();
        let length = |text: &str| text.chars().count();
        if start.is_empty() || self.examples.contains(&start) {
            return;
        }
        if self.examples.len() < EXAMPLES {
            self.examples.push(start);
        } else if let Some(shortest) = self.examples.iter_mut().min_by_key(|text| length(text))
            && length(shortest) < length(&start)
        {
            *shortest = start;
        }
    }

    fn json(&self) -> serde_json::Value {
        let Self { what, fate, pieces, words, characters, lost, examples } = self;
        match fate {
            Fate::Kept(field) => serde_json::json!({
                "what": what, "as": field, "pieces": pieces, "words": words, "characters": characters, "lost": lost,
                "examples_of_lost": examples,
            }),
            Fate::Dropped(reason) => serde_json::json!({
                "what": what, "why": reason, "pieces": pieces, "words": words, "characters": characters,
                "examples": examples,
            }),
        }
    }
}
