//! How much of what a node holds: found for all nodes in one pass.

use super::{NodeId, Tag, Tree};

/// What a node and its descendants hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Characters that are not white space.
    pub letters: u32,
    /// Those of them that are in links.
    pub linked: u32,
    /// Image elements.
    pub images: u32,
    /// Paragraphs, list items, headings, table cells and breaks: places where a line may end.
    pub lines: u32,
}

/// How many characters of a text are not white space.
fn letters(text: &str) -> u32 {
    if text.is_ascii() {
        return text.bytes().map(|byte| u32::from(byte != b' ' && !(9..=13).contains(&byte))).sum();
    }
    text.chars().filter(|c| !c.is_whitespace()).count() as u32
}

/// The weights of all nodes of a tree, by number. What is silent, and what `dropped` says, weighs nothing.
pub fn weigh(tree: &Tree, dropped: impl Fn(NodeId) -> bool) -> Vec<Weight> {
    let count = tree.len() as NodeId;
    let mut weights = vec![Weight::default(); tree.len()];
    // Downwards, to know what is in a link or dropped; its end is enough to remember.
    let (mut link_end, mut id) = (0, 0);
    while id < count {
        let tag = tree.tag(id);
        if tag.is_silent() || dropped(id) {
            id = tree.end(id);
            continue;
        }
        if let Some(weight) = weights.get_mut(id as usize) {
            match tag {
                Tag::Text => {
                    weight.letters = letters(tree.text(id));
                    weight.linked = if id < link_end { weight.letters } else { 0 };
                }
                Tag::A => link_end = link_end.max(tree.end(id)),
                Tag::Img => weight.images = 1,
                Tag::P | Tag::Li | Tag::Td | Tag::Th | Tag::Br | Tag::Dt | Tag::Dd => weight.lines = 1,
                tag if tag.heading().is_some() => weight.lines = 1,
                _ => {}
            }
        }
        id += 1;
    }
    for id in (1..count).rev() {
        let Some(inner) = weights.get(id as usize).copied() else { continue };
        if let Some(outer) = weights.get_mut(tree.parent(id) as usize) {
            outer.letters += inner.letters;
            outer.linked += inner.linked;
            outer.images += inner.images;
            outer.lines += inner.lines;
        }
    }
    weights
}
