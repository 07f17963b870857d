//! A page as a tree that is quick to walk: nodes in document order, so that a node's descendants are the numbers right
//! after its own, and no walk needs recursion.
//!
//! Parsing is that of browsers, by `html5ever`; comments, styles, drawings and scripts are left out, but for JSON-LD.

mod guard;
mod limits;
mod names;
mod order;
mod parse;
mod references;
mod sink;
mod tag;
mod tokens;
mod weight;

pub use guard::guard;
pub use tag::{Attribute, Tag};
pub use weight::{Weight, weigh};

/// A text of HTML without tags, with its character references resolved.
pub fn resolve_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    references::resolve(text, false, &mut out);
    out
}

/// The number of a node, in document order; 0 is the root, which stands for the document.
pub type NodeId = u32;

/// A parsed page. Built complete; nothing in it changes.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(Attribute, Span)>,
    /// All text and attribute values.
    text: String,
}

/// Part of [`Tree::text`], as start and end.
type Span = (u32, u32);

#[derive(Clone, Copy, Debug)]
struct Node {
    tag: Tag,
    parent: NodeId,
    /// The first node after all descendants.
    end: NodeId,
    /// Of a text; of an element, the first and the end of its attributes.
    span: Span,
}

/// How many times as long as what is asked for the source of a short text may be, as white space takes room.
const LOOK: usize = 16;

/// Whether a script of that type is data that a page says of itself.
fn is_data(kind: &str) -> bool {
    kind.contains("ld+json")
}

impl Tree {
    /// Parses a page, or part of one. Linear: what no browser would nest so deep is left out, and what it holds stays.
    pub fn parse(html: &str) -> Self {
        parse::parse(html)
    }

    /// How many nodes there are; the root is one.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the page has nothing in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// What a node is; a number that is no node's counts as the document.
    pub fn tag(&self, id: NodeId) -> Tag {
        self.nodes.get(id as usize).map_or(Tag::Document, |node| node.tag)
    }

    /// The node that a node stands in; the root's is itself.
    pub fn parent(&self, id: NodeId) -> NodeId {
        self.nodes.get(id as usize).map_or(0, |node| node.parent)
    }

    /// The first number after a node and all its descendants.
    pub fn end(&self, id: NodeId) -> NodeId {
        self.nodes.get(id as usize).map_or(id + 1, |node| node.end)
    }

    /// All nodes inside a node, in document order.
    pub fn descendants(&self, id: NodeId) -> std::ops::Range<NodeId> {
        id + 1..self.end(id)
    }

    /// The nodes right inside a node, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(id);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.end(child);
            Some(child)
        })
    }

    /// A node's ancestors, the nearest first, without the root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(self.parent(id)), |id| Some(self.parent(*id))).take_while(|id| *id != 0)
    }

    /// Whether `inner` is `outer` or stands in it.
    pub fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer <= inner && inner < self.end(outer)
    }

    /// The text of a text node, as it stands in the source; empty for an element.
    pub fn text(&self, id: NodeId) -> &str {
        self.nodes.get(id as usize).filter(|node| node.tag == Tag::Text).map_or("", |node| self.slice(node.span))
    }

    /// All text in a node, with each run of white space as one space and none at the ends.
    pub fn text_of(&self, id: NodeId) -> String {
        self.gather(id..self.end(id))
    }

    /// The same, if it is at most `most` bytes; `None` where a look tells that it is not, so that to ask of all elements
    /// that stand in each other takes no longer than to ask of one.
    pub fn text_within(&self, id: NodeId, most: usize) -> Option<String> {
        let mut left = LOOK * most;
        for node in id..self.end(id) {
            left = left.checked_sub(1 + self.text(node).len())?;
        }
        Some(self.gather(id..self.end(id))).filter(|text| text.len() <= most)
    }

    fn gather(&self, nodes: std::ops::Range<NodeId>) -> String {
        let mut text = String::new();
        for node in nodes {
            for word in self.text(node).split_inclusive(char::is_whitespace) {
                let bare = word.trim_end();
                text.push_str(bare);
                if bare.len() < word.len() && !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            if self.tag(node).is_block() && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// An attribute's value, without white space at its ends; `None` where the element has none of that name.
    pub fn attribute(&self, id: NodeId, name: Attribute) -> Option<&str> {
        let node = self.nodes.get(id as usize).filter(|node| node.tag != Tag::Text)?;
        let attributes = self.attributes.get(node.span.0 as usize..node.span.1 as usize)?;
        attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| self.slice(*value))
    }

    /// The same, empty where there is none.
    pub fn attribute_or_empty(&self, id: NodeId, name: Attribute) -> &str {
        self.attribute(id, name).unwrap_or_default()
    }

    /// Whether browsers do not show an element, by what it says itself.
    pub fn is_hidden(&self, id: NodeId) -> bool {
        if self.attribute(id, Attribute::Hidden).is_some() {
            return true;
        }
        self.attribute(id, Attribute::Style).is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).take(200).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
    }

    fn slice(&self, (start, end): Span) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Attribute, Tag, Tree};

    #[test]
    fn descendants_follow_their_ancestor() {
        let tree = Tree::parse("<p id=a>One <b>two</b></p><svg><p></svg><!-- no --><p>three<script>x</script>");
        let paragraphs: Vec<_> = tree.descendants(0).filter(|id| tree.tag(*id) == Tag::P).collect();
        let texts: Vec<_> = paragraphs.iter().map(|id| tree.text_of(*id)).collect();
        assert_eq!(texts, ["One two", "", "three"]);
        assert_eq!(tree.attribute(paragraphs[0], Attribute::Id), Some("a"));
        assert_eq!(tree.children(paragraphs[0]).count(), 2);
        assert!(tree.contains(paragraphs[0], paragraphs[0] + 2));
    }

    #[test]
    fn of_a_hundred_thousand_open_elements_few_stand_in_each_other() {
        let mut html = "<div><b>".repeat(100_000);
        html.push_str("deep");
        html.push_str(&"</div>".repeat(100_000));
        html.push_str("<p>after");
        let tree = Tree::parse(&html);
        let deepest = tree.descendants(0).map(|id| tree.ancestors(id).count()).max();
        assert!(deepest.is_some_and(|deepest| deepest < 200), "{deepest:?}");
        assert_eq!(tree.text_of(0), "deep after");
    }
}
