//! Which blocks of the body's container are the article's.
//!
//! Each block gets a first look by itself; then passes over all of them, each with one purpose, settle what is open and
//! correct what its surroundings tell.

mod elsewhere;
mod headings;
mod look;
mod neighbours;
mod opening;

pub(super) use opening::is_byline;

use super::blocks::Block;
use super::home::Home;
use super::lists;
use super::typical::Typical;
use crate::markup::tree::{NodeId, Tag, Tree};

/// What is made of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Of the article.
    Keep,
    /// Not of the article, and why.
    Drop(&'static str),
    /// Too short to tell by itself.
    Open,
}

/// What the verdicts depend on besides the blocks.
pub(super) struct Circumstances<'a> {
    pub(super) tree: &'a Tree,
    /// Why a node is not of the article by its looks; by node.
    pub(super) noise: &'a [Option<&'static str>],
    /// The headline, folded.
    pub(super) headline: &'a str,
    /// What tells links to other sites from those that stay.
    pub(super) home: &'a Home,
    /// For each block, the share of it that is in the text that the page states for machines; empty if it states none.
    pub(super) stated: &'a [f32],
}

/// The blocks of the container, and what most of its text stands in.
struct Text<'a> {
    tree: &'a Tree,
    blocks: &'a [Block],
    typical: Typical,
}

/// A verdict for each of `blocks`, which are those of the container.
pub(super) fn verdicts(blocks: &[Block], given: &Circumstances<'_>) -> Vec<Verdict> {
    let text = Text { tree: given.tree, blocks, typical: Typical::of(given.tree, blocks) };
    let lists = lists::of(blocks, given, &text.typical);
    let mut verdicts: Vec<Verdict> = (0..blocks.len()).map(|nth| look::first(nth, &text, given, &lists)).collect();
    elsewhere::boxes(&text, &mut verdicts);
    if given.stated.is_empty() {
        elsewhere::tail(&text, &mut verdicts);
    }
    elsewhere::replies(&text, given.headline, &mut verdicts);
    opening::facts(&text, &mut verdicts);
    opening::said_before(&text, &mut verdicts);
    neighbours::settle(&text, &mut verdicts);
    headings::without_text(&text, &mut verdicts);
    headings::announcements(&text, &mut verdicts);
    verdicts
}

/// Whether a block is a cell of a table of data.
fn is_data(tree: &Tree, block: &Block) -> bool {
    data_row(tree, block).is_some()
}

/// The row of a cell in a table of data: one of several rows of several cells each.
fn data_row(tree: &Tree, cell: &Block) -> Option<NodeId> {
    if !matches!(cell.tag, Tag::Td | Tag::Th) {
        return None;
    }
    let nodes = std::iter::once(cell.node).chain(tree.ancestors(cell.node)).take(6);
    let row = nodes.into_iter().find(|id| tree.tag(*id) == Tag::Tr)?;
    let is_cell = |id: &NodeId| matches!(tree.tag(*id), Tag::Td | Tag::Th);
    let is_data = tree.children(row).filter(is_cell).take(2).count() > 1
        && tree.children(tree.parent(row)).filter(|id| tree.tag(*id) == Tag::Tr).take(3).count() > 2;
    is_data.then_some(row)
}

/// Whether two blocks stand side by side in the same element.
fn are_near(tree: &Tree, a: &Block, b: &Block) -> bool {
    a.node == b.node
        || tree.parent(a.node) == tree.parent(b.node)
        || tree.parent(a.node) == b.node
        || a.node == tree.parent(b.node)
}

/// Letters and digits only, in lower case: for telling whether two texts say the same.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}
