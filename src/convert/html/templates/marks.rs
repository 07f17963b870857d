//! Comments that mark the parts of a page, as `<!-- S BO -->`. Comments are no part of a [`Tree`], so each mark is made
//! an element that parsing leaves where it stands, in tables too, and that nobody sees: an empty `template` with the
//! mark as its name.

use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashMap;
use std::ops::Range;

/// Longest mark; bytes.
const LONGEST: usize = 40;

/// The source of a page with its marks as elements.
pub(super) fn as_elements(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut from = 0;
    for at in memchr::memmem::find_iter(html.as_bytes(), b"<!--") {
        let inner = html.get(at + 4..).unwrap_or_default();
        let window = inner.as_bytes().get(..LONGEST + 8).unwrap_or(inner.as_bytes());
        let Some(mark) = memchr::memmem::find(window, b"-->").and_then(|end| inner.get(..end)) else { continue };
        let is_mark = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b' ';
        if at >= from && !mark.trim().is_empty() && mark.bytes().all(is_mark) {
            out.push_str(html.get(from..at).unwrap_or_default());
            out.push_str("<template id=\"");
            out.push_str(mark.trim());
            out.push_str("\"></template>");
            from = at + 4 + mark.len() + 3;
        }
    }
    out.push_str(html.get(from..).unwrap_or_default());
    out
}

/// The marks of a page.
pub(super) struct Marks<'t> {
    tree: &'t Tree,
    places: HashMap<&'t str, Vec<NodeId>>,
}

impl<'t> Marks<'t> {
    pub(super) fn of(tree: &'t Tree) -> Self {
        let mut places: HashMap<&str, Vec<NodeId>> = HashMap::new();
        for id in tree.descendants(0).filter(|id| tree.tag(*id) == Tag::Template) {
            places.entry(tree.attribute_or_empty(id, Attribute::Id)).or_default().push(id);
        }
        Self { tree, places }
    }

    /// Whether one of the marks stands in a stretch of nodes.
    pub(super) fn stands_in(&self, mark: &str, nodes: &Range<NodeId>) -> bool {
        self.places.get(mark).is_some_and(|places| places.iter().any(|place| nodes.contains(place)))
    }

    /// What stands between each mark `S NAME` and the `E NAME` after it; one that is not closed reaches to the end of the
    /// element that it stands in.
    pub(super) fn stretches(&self, name: &str) -> Vec<Range<NodeId>> {
        let ends = self.places.get(format!("E {name}").as_str()).map_or(&[][..], Vec::as_slice);
        let starts = self.places.get(format!("S {name}").as_str()).map_or(&[][..], Vec::as_slice);
        let mut reached = 0;
        let mut found = Vec::new();
        for start in starts {
            let end = ends.get(ends.partition_point(|end| end < start)).copied();
            let end = end.unwrap_or_else(|| self.tree.end(self.tree.parent(*start)));
            if *start >= reached {
                found.push(start + 1..end);
                reached = end;
            }
        }
        found
    }

    /// The outermost nodes that lie whole in a stretch.
    pub(super) fn whole(&self, stretch: &Range<NodeId>) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut id = stretch.start;
        while id < stretch.end {
            let end = self.tree.end(id);
            if end <= stretch.end {
                found.push(id);
                id = end;
            } else {
                id += 1;
            }
        }
        found
    }
}
