//! Blocks that are too short to tell are what their neighbours are.

use super::{Text, Verdict, are_near, is_data};
use crate::convert::html::blocks::Block;
use crate::convert::html::lists::list_of;
use crate::markup::to_markdown::{is_picture_box, is_set_aside, picture};
use crate::markup::tree::{NodeId, Tag, Tree};

/// What is too short to tell is of the article where its neighbours are; those it keeps are neighbours to others.
pub(super) fn settle(text: &Text<'_>, verdicts: &mut [Verdict]) {
    keep_near(text, verdicts);
    keep_near(text, verdicts);
    for verdict in verdicts.iter_mut().filter(|verdict| **verdict == Verdict::Open) {
        *verdict = Verdict::Drop("short, and not among the article's text");
    }
}

fn keep_near(text: &Text<'_>, verdicts: &mut [Verdict]) {
    let (tree, blocks, typical) = (text.tree, text.blocks, &text.typical);
    // For each block, the nearest one of the article behind it.
    let mut after = vec![None; blocks.len()];
    let mut nearest = None;
    for at in (0..blocks.len()).rev() {
        after[at] = nearest;
        if verdicts[at] == Verdict::Keep {
            nearest = Some(at);
        }
    }
    let (mut before, mut prose): (Option<usize>, Option<usize>) = (None, None);
    for at in 0..blocks.len() {
        if verdicts[at] == Verdict::Open {
            let beside = |other: Option<usize>| other.is_some_and(|other| are_near(tree, &blocks[at], &blocks[other]));
            let block = &blocks[at];
            let is_heading = block.tag.heading().is_some() || block.tag == Tag::Dt;
            let is_item = |before: usize| {
                block.tag == Tag::Li
                    && block.linked == 0
                    && (typical.is_list_beside(tree, block) || goes_on(tree, &blocks[before], block))
            };
            let keep = match (before, after[at]) {
                (Some(_), Some(_)) => true,
                (Some(before), None) if is_item(before) => true,
                (Some(_), None) if block.linked == 0 && is_data(tree, block) => true,
                (Some(_), None) => (beside(before) || beside(prose)) && block.ends > 0 && !is_heading,
                (None, Some(after)) if is_heading && after == at + 1 => true,
                (None, Some(_)) => beside(after[at]) && (block.ends > 0 || is_heading) || is_caption(tree, block),
                (None, None) => false,
            };
            if keep {
                verdicts[at] = Verdict::Keep;
            }
        }
        if verdicts[at] == Verdict::Keep {
            before = Some(at);
            prose = if blocks[at].prose() > 0 && blocks[at].ends > 0 { before } else { prose };
        }
    }
}

/// Whether an item is of a list right in the element that holds the text before it, or of the list of the item before it.
fn goes_on(tree: &Tree, before: &Block, item: &Block) -> bool {
    let list = list_of(tree, item.node);
    let same = || list_of(tree, before.node) == list;
    list != 0 && if before.tag == Tag::Li { same() } else { tree.contains(before.node, list) }
}

/// Whether a block is the line under a picture in the same small box.
fn is_caption(tree: &Tree, block: &Block) -> bool {
    let is_picture = |id: NodeId| tree.tag(id) == Tag::Img && picture(tree, id, "").is_some();
    let is_box = |id: &NodeId| {
        let plain = *id == block.node && matches!(tree.tag(*id), Tag::Center | Tag::Td);
        let aside = || tree.tag(*id) == Tag::Div && is_set_aside(tree, *id);
        (plain || tree.tag(*id) == Tag::Table || is_picture_box(tree, *id) || aside())
            && tree.descendants(*id).len() < 24
            && tree.descendants(*id).any(is_picture)
    };
    block.letters < 300
        && block.linked * 4 <= block.letters
        && std::iter::once(block.node).chain(tree.ancestors(block.node)).take(4).any(|id| is_box(&id))
}
