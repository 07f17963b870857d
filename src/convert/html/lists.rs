//! What the lists of a page are: the article's own, or ways to other pages.

use super::blocks::Block;
use super::typical::Typical;
use super::verdict::Circumstances;
use crate::markup::tree::{NodeId, Tag, Tree};
use std::collections::HashMap;

/// Longest item on average of a list that points to other stories; letters.
const POINTER: u32 = 120;

/// What a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Text that may have links in it.
    Text,
    /// Links to other pages of the site: nearly nothing else, or a link with a word or two in every item.
    Pointers,
    /// Links likewise, some of them to other sites, and where the text stands or announced by it.
    References,
}

/// What is counted of a list.
#[derive(Default)]
struct Count {
    /// The number of the block of the first item.
    first: usize,
    items: u32,
    pointing: u32,
    letters: u32,
    linked: u32,
    leads_away: bool,
}

/// Tells of each list among `blocks` what it is.
pub(super) fn of(blocks: &[Block], given: &Circumstances<'_>, typical: &Typical) -> HashMap<NodeId, List> {
    let mut lists: HashMap<NodeId, Count> = HashMap::new();
    for (nth, block) in blocks.iter().enumerate().filter(|(_, block)| block.tag == Tag::Li) {
        let list = lists.entry(list_of(given.tree, block.node)).or_insert_with(|| Count {
            first: nth,
            leads_away: true,
            ..Count::default()
        });
        list.items += 1;
        list.pointing += u32::from(block.linked * 2 > block.letters);
        list.letters += block.letters;
        list.linked += block.linked;
        list.leads_away = list.leads_away || block.linked > 0 && given.home.is_left(given.tree, block);
    }
    let kind = |list: &Count| {
        let points = list.linked * 10 > list.letters * 7
            || (list.linked * 2 > list.letters && list.pointing == list.items && list.letters < list.items * POINTER);
        match points {
            false => List::Text,
            true if list.leads_away && is_of_text(given.tree, blocks, list.first, typical) => List::References,
            true => List::Pointers,
        }
    };
    lists.iter().map(|(node, list)| (*node, kind(list))).collect()
}

/// Whether a list stands where the usual text stands, or right after a line that ends in a colon.
fn is_of_text(tree: &Tree, blocks: &[Block], first: usize, typical: &Typical) -> bool {
    let item = &blocks[first];
    let list = list_of(tree, item.node);
    let stands = |node: NodeId| typical.is_beside(tree, &Block { node, ..*item });
    let before = first.checked_sub(1).and_then(|before| blocks.get(before));
    let is_announced =
        || before.is_some_and(|before| !before.is_linked() && tree.text(before.last).trim_end().ends_with(':'));
    // A list may have an element of its own around it.
    typical.is(tree, item) || stands(item.node) || stands(list) || stands(tree.parent(list)) || is_announced()
}

/// The list that an item stands in; 0 for none.
pub(super) fn list_of(tree: &Tree, node: NodeId) -> NodeId {
    tree.ancestors(node).take(6).find(|id| matches!(tree.tag(*id), Tag::Ul | Tag::Ol | Tag::Dl)).unwrap_or(0)
}
