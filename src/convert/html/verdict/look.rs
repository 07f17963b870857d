//! What a block is by itself.

use super::{Circumstances, Text, Verdict, data_row, fold};
use crate::convert::html::blocks::Block;
use crate::convert::html::lists::{List, list_of};
use crate::convert::html::phrases::is_furniture;
use crate::convert::html::stated::SAID;
use crate::convert::html::typical::Typical;
use crate::markup::tree::{NodeId, Tag, Tree};
use std::collections::HashMap;

/// How far on each side of a cell its row is looked at; blocks.
const CELLS: usize = 12;

/// The first look at a block: what is settled without its surroundings, and what is left open.
pub(super) fn first(nth: usize, text: &Text<'_>, given: &Circumstances<'_>, lists: &HashMap<NodeId, List>) -> Verdict {
    let (tree, blocks, typical) = (text.tree, text.blocks, &text.typical);
    let block = &blocks[nth];
    if let Some(reason) = given.noise.get(block.first as usize).copied().flatten() {
        return Verdict::Drop(reason);
    }
    if block.tag == Tag::Figcaption {
        return Verdict::Drop("a caption");
    }
    let words = if block.letters < 360 { block.text(tree) } else { String::new() };
    if !words.is_empty() && fold(&words) == given.headline {
        return Verdict::Drop("the headline");
    }
    if !words.is_empty() && is_furniture(&words) {
        return Verdict::Drop("a phrase of page furniture");
    }
    if is_count(tree, block, &words) {
        return Verdict::Drop("a number by itself");
    }
    if is_placeholder(&words) {
        return Verdict::Drop("a hole of the page's template");
    }
    let list = lists.get(&list_of(tree, block.node)).filter(|_| block.tag == Tag::Li);
    let leads_away = block.linked > 0 && given.home.is_left(tree, block);
    if list == Some(&List::Pointers) || list == Some(&List::References) && block.linked > 0 && !leads_away {
        return Verdict::Drop("a list of links");
    }
    if let Some(stated) = given.stated.get(nth) {
        if *stated >= SAID {
            return Verdict::Keep;
        }
        if block.letters >= 60 && block.tag.heading().is_none() && !matches!(block.tag, Tag::Td | Tag::Th) {
            return Verdict::Drop("not in the text that the page states");
        }
    }
    if block.is_linked() {
        let may_be = leads_away && (list.is_some() || is_reference(block, tree, typical))
            || is_own_pointer(nth, text, given)
            || is_named_in_data(text, nth);
        return if may_be { Verdict::Open } else { Verdict::Drop("nothing but links") };
    }
    if block.tag.heading().is_none() && block.prose() >= 40 && (block.letters >= 80 || typical.is(tree, block)) {
        return Verdict::Keep;
    }
    Verdict::Open
}

/// Whether a block of links to other sites may be the article's own references: a heading, or a sentence.
fn is_reference(block: &Block, tree: &Tree, typical: &Typical) -> bool {
    let is_usual = || typical.is(tree, block) || typical.is_beside(tree, block);
    let may_be = block.tag.heading().is_some() || block.ends > 0 && block.letters > 30 && is_usual();
    block.tag != Tag::Li && may_be
}

/// Whether a block of links may be of the article all the same: a sentence that is only mostly a link, a heading where the
/// text stands, or one whose words the text under it takes up.
fn is_own_pointer(nth: usize, text: &Text<'_>, given: &Circumstances<'_>) -> bool {
    let (tree, blocks, typical) = (text.tree, text.blocks, &text.typical);
    let block = &blocks[nth];
    if block.tag.heading().is_none() {
        return block.ends > 0 && block.linked < block.letters && typical.is(tree, block);
    }
    typical.is_beside(tree, block)
        || blocks.get(nth + 1).is_some_and(|next| {
            let is_text = next.prose() >= 80 && typical.is(tree, next) && given.noise[next.first as usize].is_none();
            is_text && is_taken_up(tree, block, &blocks[nth + 1..])
        })
}

/// Whether half of the long words of a heading occur in the first blocks under it.
fn is_taken_up(tree: &Tree, heading: &Block, under: &[Block]) -> bool {
    const BLOCKS: usize = 4;
    let text = heading.text(tree);
    let mut words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(fold).collect();
    words.retain(|word| word.chars().count() > 3);
    let mut missing = words.clone();
    for block in under.iter().take(BLOCKS).take_while(|block| block.tag.heading().is_none()) {
        let under = fold(&block.text(tree));
        missing.retain(|word| !under.contains(word.as_str()));
    }
    missing.len() * 2 <= words.len()
}

/// Whether a block is a number without a word to it in an element of its own: a count of votes, pictures or minutes.
fn is_count(tree: &Tree, block: &Block, words: &str) -> bool {
    (1..=7).contains(&words.chars().count())
        && matches!(block.tag, Tag::Div | Tag::Section)
        && words.starts_with(|c: char| c.is_ascii_digit())
        && words.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '/' | ' ' | ','))
        && tree.text_within(block.node, words.len()).is_some()
}

/// `$$ARTICLEAD$$`, `{{video}}`
fn is_placeholder(words: &str) -> bool {
    let filled = [("$$", "$$"), ("{{", "}}"), ("%%", "%%"), ("[[", "]]")];
    words.len() < 60
        && filled.iter().any(|(start, end)| words.len() > 4 && words.starts_with(start) && words.ends_with(end))
}

/// Whether a linked block is what a row of data is about: a cell of a table whose other cells are not links.
fn is_named_in_data(text: &Text<'_>, nth: usize) -> bool {
    let block = &text.blocks[nth];
    let Some(row) = data_row(text.tree, block) else { return false };
    let is_in_row = |block: &&Block| text.tree.contains(row, block.first);
    let after = text.blocks.get(nth + 1..).unwrap_or_default().iter().take(CELLS).take_while(is_in_row);
    let before = text.blocks.get(..nth).unwrap_or_default().iter().rev().take(CELLS).take_while(is_in_row);
    let (letters, linked) = after.chain(before).fold((0, 0), |sum, cell| (sum.0 + cell.letters, sum.1 + cell.linked));
    letters > linked * 2
}
