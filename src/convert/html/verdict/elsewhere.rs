//! What stands among or after the text and is of something else.

use super::{Text, Verdict, are_near, fold, is_data};
use crate::convert::html::blocks::Block;
use crate::convert::html::body::sum;
use crate::convert::html::typical::Typical;
use crate::markup::tree::Tag;
use std::collections::HashSet;

/// Largest box that points to another story; letters.
const BOX: u32 = 700;
/// Largest box that offers something, and longest words of the link in it; letters.
const OFFER: u32 = 400;
const CALL: u32 = 30;
/// Letters of prose in a block that make it part of a text.
const PROSE: u32 = 40;

/// A small box among the text that is unlike it and links elsewhere is a pointer to another story; one that ends in a
/// link of a few words is an offer.
pub(super) fn boxes(text: &Text<'_>, verdicts: &mut [Verdict]) {
    let (tree, blocks, typical) = (text.tree, text.blocks, &text.typical);
    let of = |value: &dyn Fn(&Block) -> u32| sum(tree, blocks.iter().map(|block| (block.node, value(block))));
    let (letters, linked) = (of(&|block| block.letters), of(&|block| block.linked));
    let usual = of(&|block| if typical.is(tree, block) { block.prose() } else { 0 });
    let calls = of(&|block| u32::from(is_call(block)));
    for (block, verdict) in blocks.iter().zip(verdicts.iter_mut()) {
        let is_usual = typical.is(tree, block) || (block.tag == Tag::Li && typical.is_list_beside(tree, block));
        if matches!(verdict, Verdict::Drop(_)) || is_usual {
            continue;
        }
        // The largest part around it that holds nothing of the usual kind.
        let around = std::iter::once(block.node).chain(tree.ancestors(block.node));
        let outermost = around.take_while(|node| usual[*node as usize] == 0).last();
        let Some(outermost) = outermost.map(|node| node as usize) else { continue };
        let is_pointer = letters[outermost] < BOX && linked[outermost] * 4 >= letters[outermost];
        if is_pointer && *verdict == Verdict::Keep && block.tag.heading().is_none() {
            *verdict = Verdict::Drop("in a box that links elsewhere");
        } else if letters[outermost] < OFFER && calls[outermost] == 1 && letters[outermost] > 2 * CALL {
            *verdict = Verdict::Drop("in a box that offers something");
        }
    }
}

/// Whether a block is nothing but a link of a few words, as `See offers`.
fn is_call(block: &Block) -> bool {
    block.linked == block.letters && block.letters <= CALL && matches!(block.tag, Tag::Div | Tag::P | Tag::Section)
}

/// After the last text of the usual kind, what is unlike it and stands elsewhere is of something else.
pub(super) fn tail(text: &Text<'_>, verdicts: &mut [Verdict]) {
    let (tree, blocks, typical) = (text.tree, text.blocks, &text.typical);
    let is_usual = |(at, verdict): &(usize, &Verdict)| **verdict == Verdict::Keep && typical.is(tree, &blocks[*at]);
    let Some((last, _)) = verdicts.iter().enumerate().rfind(is_usual) else { return };
    let kept = |from: usize| {
        let blocks = blocks.iter().zip(verdicts.iter()).skip(from).filter(|(_, verdict)| **verdict == Verdict::Keep);
        blocks.map(|(block, _)| block.prose()).sum::<u32>()
    };
    if kept(last + 1) * 6 > kept(0) {
        return;
    }
    // What stands as some of the text before did.
    let known: HashSet<u64> = (0..=last)
        .filter(|at| verdicts[*at] == Verdict::Keep && blocks[*at].prose() >= PROSE)
        .map(|at| Typical::kind(tree, &blocks[at]))
        .collect();
    let is_question = |block: &Block| block.letters < 200 && block.text(tree).ends_with(['?', '？', '؟']);
    let mut answers = false;
    for (block, verdict) in blocks.iter().zip(verdicts.iter_mut()).skip(last + 1) {
        let belongs = are_near(tree, block, &blocks[last])
            || is_data(tree, block)
            || (block.tag == Tag::Li && typical.is_list_beside(tree, block))
            || known.contains(&Typical::kind(tree, block))
            || answers;
        if *verdict == Verdict::Keep && !belongs {
            *verdict = Verdict::Drop("after the article's text");
        }
        answers = is_question(block);
    }
}

/// Where readers' replies begin, the article has ended: at a line that repeats the headline after `Re:`, or says whose the
/// comments are.
pub(super) fn replies(text: &Text<'_>, headline: &str, verdicts: &mut [Verdict]) {
    let blocks = text.blocks;
    let is_reply = |block: &Block| {
        if block.letters > 400 {
            return false;
        }
        let folded = fold(&block.text(text.tree));
        let again = folded.strip_prefix("re").is_some_and(|rest| headline.len() > 8 && rest.starts_with(headline));
        again || folded.contains("commentsareownedby") || folded.contains("commentsarepropertyof")
    };
    let first = verdicts.iter().position(|verdict| *verdict == Verdict::Keep).unwrap_or(0);
    let reply = blocks.iter().skip(first).position(is_reply).map_or(blocks.len(), |at| first + at);
    verdicts.iter_mut().skip(reply).for_each(|verdict| *verdict = Verdict::Drop("readers' replies"));
}
