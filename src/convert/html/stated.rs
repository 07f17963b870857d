//! The text that a page states for machines, as a measure of which blocks are the article's.

use super::blocks::Block;
use super::candidate::{Candidates, Field};
use super::plain;
use crate::markup::escape;
use crate::markup::to_markdown::fragment_to_markdown;
use crate::markup::tree::Tree;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Shortest stated text that is worth comparing; bytes.
const SHORTEST: usize = 300;
/// Words that are compared at a time.
const WORDS: usize = 3;

/// The share of a block that has to be in the stated text for it to be of the article.
pub(super) const SAID: f32 = 0.6;

/// For each block, the share of it that is in the stated text.
pub(super) struct Stated {
    pub(super) shares: Vec<f32>,
}

impl Stated {
    /// Compares; `None` if the stated text is short, or most of it is not on the page.
    pub(super) fn of(tree: &Tree, text: &str, blocks: &[Block]) -> Option<Self> {
        if text.len() < SHORTEST {
            return None;
        }
        let text = plain(text);
        let known: HashSet<u64> = shingles(&text).collect();
        let mut found = HashSet::new();
        let shares = blocks.iter().map(|block| {
            let text = block.text(tree);
            let (mut all, mut same) = (0u32, 0u32);
            for shingle in shingles(&text) {
                all += 1;
                if known.contains(&shingle) {
                    same += 1;
                    found.insert(shingle);
                }
            }
            if all == 0 { 0.0 } else { same as f32 / all as f32 }
        });
        let shares: Vec<f32> = shares.collect();
        (found.len() * 10 >= known.len() * 7).then_some(Self { shares })
    }
}

/// The stated text as a body, for pages that show less of it than they state: a paragraph for each line.
pub(super) fn as_body(candidates: &Candidates, shown: u32) -> Option<String> {
    let text = &candidates.best(Field::Text)?.value;
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    if text.len() < SHORTEST || letters(text) < 2 * shown as usize {
        return None;
    }
    if text.contains("</p>") || text.contains("<br") {
        return Some(fragment_to_markdown(text, ""));
    }
    let mut body = String::with_capacity(text.len() + text.len() / 16);
    for line in text.lines().map(plain).filter(|line| !line.is_empty()) {
        escape::block(&line, &mut body);
        body.push_str("\n\n");
    }
    Some(body)
}

/// Numbers for all stretches of some words; shorter texts have one.
fn shingles(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<u64> = words.map(|word| xxh3_64(word.to_lowercase().as_bytes())).collect();
    let count = if words.is_empty() { 0 } else { words.len().saturating_sub(WORDS - 1).max(1) };
    (0..count).map(move |at| {
        let stretch = words.get(at..(at + WORDS).min(words.len())).unwrap_or_default();
        stretch.iter().fold(0, |hash: u64, word| hash.rotate_left(21) ^ word)
    })
}
