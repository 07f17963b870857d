//! The smallest part of a page that holds the article's text.
//!
//! Prose is summed up the tree. From the root, or from the element that the page marks as the article, the way leads down
//! as long as one child holds nearly all of it, and up again where other parts of the text stand beside it.

use super::blocks::Block;
use super::body::sum;
use super::furniture::Furniture;
use super::title::Headline;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashMap;

/// Of all prose, the share in percent that a part needs for the way down to lead there.
const NEARLY_ALL: u64 = 90;
/// The same for a column of a table, and for a row that has columns.
const COLUMN: u64 = 66;
const ROW: u64 = 80;
/// Letters of prose that make an article, even where a page has more of other articles.
const ENOUGH: u32 = 500;
/// Letters of prose that make a part of a text that is in parts.
const PART: u32 = 300;
/// Answers that open on a click that make a part of questions.
const QUESTIONS: usize = 2;
/// Longest words under the headline of another story; letters.
const TEASER: u32 = 300;

/// A page with its prose counted.
pub(super) struct Page<'a> {
    tree: &'a Tree,
    blocks: &'a [Block],
    furniture: &'a Furniture,
    headline: &'a Headline,
    /// By node.
    prose: Vec<u32>,
}

impl<'a> Page<'a> {
    /// Counts the prose that is neither furniture nor the words under another story's headline.
    pub(super) fn of(tree: &'a Tree, blocks: &'a [Block], furniture: &'a Furniture, headline: &'a Headline) -> Self {
        let may_be = |block: &Block| furniture.is_free(block.first) || furniture.is_answer(tree, block.first);
        let teasers = teasers(tree, blocks);
        let counted = |(block, is_teaser): (&Block, &bool)| {
            (block.node, if may_be(block) && !is_teaser { block.prose() } else { 0 })
        };
        let prose = sum(tree, blocks.iter().zip(&teasers).map(counted));
        Self { tree, blocks, furniture, headline, prose }
    }

    /// The part that holds the text.
    pub(super) fn container(&self) -> NodeId {
        let start = self.start();
        self.widen(descend(self.tree, &self.prose, start), start)
    }

    /// The element that the page marks as the article, if it holds most prose; else the root.
    fn start(&self) -> NodeId {
        let (tree, prose, headline) = (self.tree, &self.prose, self.headline);
        let weight = |id: &NodeId| prose[*id as usize];
        let holds =
            |share: u32| move |id: &NodeId| u64::from(weight(id)) * 100 >= u64::from(prose[0]) * u64::from(share);
        let elements = || tree.descendants(0).filter(|id| tree.tag(*id) != Tag::Text);
        let stated = elements()
            .filter(|id| tree.attribute_or_empty(*id, Attribute::Itemprop).eq_ignore_ascii_case("articleBody"))
            .max_by_key(weight);
        let articles = || elements().filter(|id| tree.tag(*id) == Tag::Article);
        // A page may go on with other articles; the one with the headline is meant, if there is text in it.
        let headed =
            || articles().filter(|id| headline.node.is_some_and(|node| tree.contains(*id, node))).max_by_key(weight);
        let article = || articles().max_by_key(weight);
        let main = || {
            elements()
                .filter(|id| tree.tag(*id) == Tag::Main || tree.attribute(*id, Attribute::Role) == Some("main"))
                .max_by_key(weight)
        };
        stated
            .filter(holds(40))
            .or_else(|| headed().filter(holds(20)).filter(|id| weight(id) > ENOUGH))
            .or_else(|| article().filter(holds(50)))
            .or_else(|| main().filter(holds(50)))
            .unwrap_or(0)
    }

    /// Goes up again, no further than `start`, to the element that holds a part of the same kind, full of text that stands in
    /// the same elements: a text in sections is nearly all in one of them where that is long and the others are short.
    /// Paragraphs right before it are how the text begins; questions after it, whose answers open on a click, are of it, too.
    fn widen(&self, container: NodeId, start: NodeId) -> NodeId {
        let (tree, prose) = (self.tree, &self.prose);
        let kind = |id: NodeId| {
            let names = tree.attribute_or_empty(id, Attribute::Class);
            (tree.tag(id), names.split_ascii_whitespace().next())
        };
        let around = |block: &Block| (block.tag, kind(tree.parent(block.node)));
        let inside = |id: NodeId| self.inside(id);
        let mut usual: HashMap<_, u32> = HashMap::new();
        inside(container).for_each(|block| *usual.entry(around(block)).or_default() += block.prose());
        let is_usual =
            |block: &&Block| usual.get(&around(block)).is_some_and(|held| held * 4 >= prose[container as usize]);
        let is_part = |id: NodeId| {
            let alike: u32 = inside(id).filter(is_usual).map(Block::prose).sum();
            prose[id as usize] >= PART && alike * 10 >= prose[id as usize] * 8
        };
        let path = std::iter::once(container).chain(tree.ancestors(container)).take_while(|id| *id != start);
        let is_split = |id: &NodeId| {
            let others =
                || tree.children(tree.parent(*id)).filter(|other| other != id && tree.tag(*other) != Tag::Text);
            let is_more = |other: NodeId| {
                kind(other) == kind(*id) && is_part(other)
                    || other > *id && self.furniture.answers_in(tree, other) >= QUESTIONS
            };
            let before = others().take_while(|other| other < id).last();
            tree.tag(*id) != Tag::Article && (before.is_some_and(|other| self.is_prose(other)) || others().any(is_more))
        };
        path.filter(is_split).last().map_or(container, |id| tree.parent(id))
    }

    /// The blocks in a part.
    fn inside(&self, id: NodeId) -> impl Iterator<Item = &Block> {
        let at = |node: NodeId| self.blocks.partition_point(|block| block.first < node);
        self.blocks.get(at(id)..at(self.tree.end(id))).unwrap_or_default().iter()
    }

    /// Whether a part is paragraphs and hardly anything else.
    fn is_prose(&self, id: NodeId) -> bool {
        let letters = |is_counted: fn(&Block) -> bool| {
            self.inside(id).filter(|block| is_counted(block)).map(|block| block.letters).sum::<u32>()
        };
        let paragraphs = letters(|block| block.tag == Tag::P && block.prose() > 0);
        self.prose[id as usize] >= PART && paragraphs * 10 >= letters(|_| true) * 8
    }
}

/// The share in percent that a part needs. Of the columns of a table that lays out a page, one is the article's; a text
/// that goes on in the next column is about evenly spread.
fn share_needed(tree: &Tree, part: NodeId) -> u64 {
    let has_columns = |row| tree.children(row).filter(|id| tree.tag(*id) == Tag::Td).nth(1).is_some();
    match tree.tag(part) {
        Tag::Td if has_columns(tree.parent(part)) => COLUMN,
        Tag::Tr if has_columns(part) => ROW,
        _ => NEARLY_ALL,
    }
}

/// Goes down from `start` as long as one child holds nearly all.
pub(super) fn descend(tree: &Tree, prose: &[u32], start: NodeId) -> NodeId {
    let all = u64::from(prose[start as usize]);
    let mut node = start;
    loop {
        let best = tree.children(node).max_by_key(|child| prose[*child as usize]);
        match best {
            Some(child)
                if u64::from(prose[child as usize]) * 100 >= all * share_needed(tree, child)
                    && all > 0
                    && tree.tag(child) != Tag::P =>
            {
                node = child;
            }
            _ => return node,
        }
    }
}

/// For each block, whether it stands in a small box right under a line that is a link, as the words under the headline
/// of another story do. Such words say nothing about where the article is.
fn teasers(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let counts = sum(tree, blocks.iter().map(|block| (block.node, 1)));
    let is_link = |block: &Block| block.letters >= 15 && block.linked * 10 > block.letters * 7;
    let before = std::iter::once(None).chain(blocks.iter().map(Some));
    let is_teaser = |(block, before): (&Block, Option<&Block>)| {
        block.letters < TEASER
            && before.filter(|before| is_link(before)).is_some_and(|before| {
                let mut around = tree.ancestors(block.node).take(4).take_while(|id| counts[*id as usize] <= 4);
                around.any(|id| tree.contains(id, before.node))
            })
    };
    blocks.iter().zip(before).map(is_teaser).collect()
}
