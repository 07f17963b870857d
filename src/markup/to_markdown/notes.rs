//! Footnotes: a short link to a part of the page further down, and that part.

use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashMap;

/// The notes of a page, by the name that their links use.
#[derive(Default)]
pub(super) struct Notes {
    numbers: HashMap<String, usize>,
}

impl Notes {
    /// Finds the links that are marks of notes and whose notes are among `roots`.
    pub(super) fn find(tree: &Tree, roots: &[NodeId]) -> Self {
        let nodes = || roots.iter().flat_map(|root| *root..tree.end(*root));
        let mut marks: HashMap<&str, NodeId> = HashMap::new();
        for id in nodes().filter(|id| tree.tag(*id) == Tag::A) {
            let target = tree.attribute(id, Attribute::Href).and_then(|href| href.strip_prefix('#'));
            if let Some(target) = target.filter(|target| !target.is_empty() && is_mark(&tree.text_of(id))) {
                marks.entry(target).or_insert(id);
            }
        }
        let mut numbers = HashMap::new();
        if !marks.is_empty() {
            for id in nodes().filter(|id| is_note(tree.tag(*id))) {
                let name = tree.attribute_or_empty(id, Attribute::Id);
                if marks.get(name).is_some_and(|mark| *mark < id) {
                    let next = numbers.len() + 1;
                    numbers.entry(name.to_owned()).or_insert(next);
                }
            }
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

/// `1`, `[1]`, `*` and the like.
fn is_mark(text: &str) -> bool {
    let bare = text.trim_matches(['[', ']', '(', ')']);
    let is_number = !bare.is_empty() && bare.len() <= 3 && bare.bytes().all(|byte| byte.is_ascii_digit());
    is_number || matches!(bare, "*" | "**" | "†" | "‡" | "§")
}

fn is_note(tag: Tag) -> bool {
    matches!(tag, Tag::Li | Tag::P | Tag::Div | Tag::Dd)
}
