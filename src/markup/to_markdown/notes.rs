//! Footnotes: a short link to a part of the page further down, and that part.

use crate::markup::tree::{Attribute, NodeId, Tag, Tree, Weight};
use std::collections::HashMap;

/// The notes of a page, by the name that their links use.
#[derive(Default)]
pub(super) struct Notes {
    numbers: HashMap<String, usize>,
}

impl Notes {
    /// Finds the links that are marks of notes and whose notes are among `roots` and will be written.
    pub(super) fn find(tree: &Tree, roots: &[NodeId], weights: &[Weight]) -> Self {
        let is_written = |id: NodeId| weights.get(id as usize).is_some_and(|weight| weight.letters > 0);
        let mut numbers = HashMap::new();
        for id in notes(tree, roots).into_iter().filter(|id| is_written(*id)) {
            let next = numbers.len() + 1;
            numbers.entry(tree.attribute_or_empty(id, Attribute::Id).to_owned()).or_insert(next);
        }
        Self { numbers }
    }

    /// The number of the note that a link leads to.
    pub(super) fn referred_by(&self, href: &str) -> Option<usize> {
        self.numbers.get(href.strip_prefix('#')?).copied()
    }

    /// The number of the note that an element is.
    pub(super) fn defined_by(&self, tree: &Tree, id: NodeId) -> Option<usize> {
        if self.numbers.is_empty() || !is_note(tree.tag(id)) {
            return None;
        }
        self.numbers.get(tree.attribute(id, Attribute::Id)?).copied()
    }
}

/// The notes below `roots`: what stands under the name that a short link further up, such as `1`, leads to.
pub fn notes(tree: &Tree, roots: &[NodeId]) -> Vec<NodeId> {
    let nodes = || roots.iter().flat_map(|root| *root..tree.end(*root));
    let mut marks: HashMap<&str, NodeId> = HashMap::new();
    for id in nodes().filter(|id| tree.tag(*id) == Tag::A) {
        let target = tree.attribute(id, Attribute::Href).and_then(|href| href.strip_prefix('#'));
        if let Some(target) = target.filter(|target| !target.is_empty())
            && tree.descendants(id).len() < 8
            && is_mark(&tree.text_of(id))
        {
            marks.entry(target).or_insert(id);
        }
    }
    let is_marked = |id: &NodeId| {
        is_note(tree.tag(*id)) && marks.get(tree.attribute_or_empty(*id, Attribute::Id)).is_some_and(|mark| mark < id)
    };
    if marks.is_empty() { Vec::new() } else { nodes().filter(is_marked).collect() }
}

/// `1`, `[1]`, `*` and the like.
fn is_mark(text: &str) -> bool {
    let bare = text.trim_matches(['[', ']', '(', ')']);
    let is_number = !bare.is_empty() && bare.len() <= 3 && bare.bytes().all(|byte| byte.is_ascii_digit());
    is_number || matches!(bare, "*" | "**" | "†" | "‡" | "§")
}

fn is_note(tag: Tag) -> bool {
    matches!(tag, Tag::Li | Tag::P | Tag::Div | Tag::Dd)
}
