//! The pieces of a source beside the blocks of its article: which piece became which block.

use crate::convert::account::{Amount, Fate, Piece};
use std::collections::{BTreeSet, HashMap};

/// A front matter key with its value, or a block of the body, as the article's file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The key, as in `title` or `extra.slug`; empty for a block of the body.
    pub(super) key: String,
    pub(super) text: String,
}

/// Pieces that stand beside one block, or pieces and blocks that have nothing on the other side.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row<'s> {
    pub(super) pieces: Vec<&'s (Piece, Amount)>,
    pub(super) block: Option<usize>,
    /// Whether the block stands beside pieces above already.
    pub(super) again: bool,
}

/// The blocks of an article's file, but for where it came from.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let (front, body) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", text));
    let mut blocks: Vec<Block> = Vec::new();
    let mut key = "";
    for line in front.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let name = line.trim_start().split_once(':').map_or("", |(name, _)| name);
        if indent == 0 && !line.starts_with('-') {
            key = name;
            blocks
                .push(Block { key: name.to_owned(), text: line.get(name.len() + 1..).unwrap_or_default().to_owned() });
        } else if key == "extra" && indent == 2 && !line.trim_start().starts_with('-') {
            let text = line.get(2 + name.len() + 1..).unwrap_or_default().to_owned();
            blocks.push(Block { key: format!("extra.{name}"), text });
        } else if let Some(last) = blocks.last_mut() {
            last.text.push('\n');
            last.text.push_str(line);
        }
    }
    blocks.retain(|block| block.key != "source" && !(block.key == "extra" && block.text.trim().is_empty()));
    let mut is_fenced = false;
    let mut next = String::new();
    for line in body.lines().chain([""]) {
        is_fenced ^= line.starts_with("```") || line.starts_with("~~~");
        if line.is_empty() && !is_fenced {
            if !next.is_empty() {
                blocks.push(Block { key: String::new(), text: std::mem::take(&mut next) });
            }
            continue;
        }
        if !next.is_empty() {
            next.push('\n');
        }
        next.push_str(line);
    }
    if !next.is_empty() {
        blocks.push(Block { key: String::new(), text: next });
    }
    blocks
}

/// All pieces in the order of the source, each beside the block that it became; a block that no piece became stands behind
/// the one that it follows in the article.
pub(super) fn rows<'s>(pieces: &'s [(Piece, Amount)], blocks: &[Block]) -> Vec<Row<'s>> {
    let index = Index::of(blocks);
    let mut rows: Vec<Row<'s>> = Vec::new();
    let mut seen = BTreeSet::new();
    for piece in pieces {
        let block = index.block(&piece.0, blocks);
        match rows.last_mut() {
            Some(last) if last.block == block && !last.pieces.is_empty() => last.pieces.push(piece),
            _ => {
                let again = block.is_some_and(|block| !seen.insert(block));
                rows.push(Row { pieces: vec![piece], block, again });
            }
        }
    }
    let mut at = 0;
    for number in 0..blocks.len() {
        at = rows.iter().position(|row| row.block == Some(number) && !row.again).unwrap_or_else(|| {
            rows.insert(at, Row { pieces: Vec::new(), block: Some(number), again: false });
            at
        }) + 1;
    }
    rows
}

/// Which words are in which block.
struct Index {
    words: HashMap<String, Vec<usize>>,
}

impl Index {
    fn of(blocks: &[Block]) -> Self {
        let mut of_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, block) in blocks.iter().enumerate() {
            for word in words(&block.text) {
                let list = of_word.entry(word).or_default();
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        Self { words: of_word }
    }

    /// The block that a piece became.
    fn block(&self, piece: &Piece, blocks: &[Block]) -> Option<usize> {
        let Fate::Kept(field) = piece.fate else { return None };
        let keys: Vec<&str> = field.split(", ").map(|key| key.split([':', ' ']).next().unwrap_or(key)).collect();
        let is_of = |key: &str, block: &Block| match key {
            "body" | "text" => block.key.is_empty(),
            key => block.key == key || block.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')),
        };
        let wanted = |block: &Block| keys.iter().any(|key| is_of(key, block));
        let same = |number: &usize| blocks.get(*number).is_some_and(wanted);
        self.likest(&piece.text, same).or_else(|| {
            let first = blocks.iter().position(|block| !block.key.is_empty() && wanted(block));
            // A few words are in many places by chance.
            let is_long = words(&piece.text).nth(3).is_some();
            first.or_else(|| is_long.then(|| self.likest(&piece.text, |_| true)).flatten())
        })
    }

    /// The block with the most of the words of a text, if those are at least half of them.
    fn likest(&self, text: &str, may: impl Fn(&usize) -> bool) -> Option<usize> {
        let words: BTreeSet<String> = words(text).collect();
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for block in words.iter().filter_map(|word| self.words.get(word)).flatten().filter(|block| may(block)) {
            *counts.entry(*block).or_default() += 1;
        }
        let best = counts.into_iter().max_by_key(|(block, count)| (*count, std::cmp::Reverse(*block)))?;
        (best.1 * 2 >= words.len()).then_some(best.0)
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{blocks, rows};
    use crate::convert::account::{Account, Amount, Fate};

    #[test]
    fn pieces_stand_beside_what_they_became() {
        let blocks = blocks(
            "---\ntitle: Ferry sails\ntags:\n  - ferry\nextra:\n  slug: quay\nsource:\n  file: a\n---\n\nIt sails.\n\nAt noon.\n",
        );
        let names: Vec<_> = blocks.iter().map(|block| (block.key.as_str(), block.text.trim())).collect();
        let expected = [("title", "Ferry sails"), ("tags", "- ferry"), ("extra.slug", "quay")];
        assert_eq!(names, [&expected[..], &[("", "It sails."), ("", "At noon.")]].concat());
        let mut account = Account::default();
        account.note(1, "h1", "Ferry sails", Fate::Kept("title"));
        account.note(2, "nav", "Home", Fate::Dropped("a menu"));
        account.note(3, "p", "At noon.", Fate::Kept("body"));
        let pieces: Vec<_> = account.pieces.into_iter().map(|piece| (piece, Amount::default())).collect();
        let shown = rows(&pieces, &blocks);
        let found: Vec<_> = shown.iter().map(|row| (row.pieces.len(), row.block)).collect();
        assert_eq!(found, [(1, Some(0)), (0, Some(1)), (0, Some(2)), (0, Some(3)), (1, None), (1, Some(4))]);
    }
}
