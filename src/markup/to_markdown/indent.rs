//! Elements of quotation and definition that pages used to indent their text with.

use super::blocks::Marker;
use super::{Close, Kind, NodeId, Tag, Writer, inline};

/// Letters of a definition that is a paragraph: its term heads it.
const PARAGRAPH: u32 = 60;
/// Shortest text of which a quotation can be too much; letters.
const SHORTEST: u32 = 300;

impl Writer<'_> {
    /// Whether an element holds most of the text.
    pub(super) fn is_most(&self, id: NodeId) -> bool {
        self.total >= SHORTEST && self.weight(id).letters * 10 > self.total * 7
    }

    /// A term, or the head of an item of news.
    pub(super) fn term(&mut self, id: NodeId) -> Close {
        if self.heads_news(self.part.tree.parent(id)) {
            self.kind = Kind::Heading(if self.blocks.at_top() { 2 } else { 4 });
            return Close::Kind;
        }
        self.kind = Kind::Term;
        self.inline.mark(id, inline::Mark::Strong);
        Close::Term
    }

    /// A definition: an item under its term. Lists of news have paragraphs there, and pages of the nineties indent
    /// paragraphs with it, without any term.
    pub(super) fn definition(&mut self, id: NodeId) -> Close {
        let tree = self.part.tree;
        let list = tree.parent(id);
        let defines = tree.tag(list) == Tag::Dl
            && tree.children(list).take(64).any(|node| tree.tag(node) == Tag::Dt && self.weight(node).letters > 0);
        if defines && !self.heads_news(list) { self.item() } else { Close::Block }
    }

    /// Whether the definitions of a list are as long as paragraphs.
    fn heads_news(&self, list: NodeId) -> bool {
        let tree = self.part.tree;
        let texts = tree.children(list).take(64).filter(|node| tree.tag(*node) == Tag::Dd);
        let (count, letters) =
            texts.fold((0, 0), |(count, letters), dd| (count + 1, letters + self.weight(dd).letters));
        tree.tag(list) == Tag::Dl && count > 0 && letters >= count * PARAGRAPH
    }

    /// The item of a list, or of none.
    pub(super) fn item(&mut self) -> Close {
        let marker = match self.lists.last_mut() {
            Some((list, Some(number))) => {
                *number = number.saturating_add(1);
                Marker::Numbered { list: *list, number: *number - 1 }
            }
            Some((list, None)) => Marker::Bullet { list: *list },
            None => Marker::Bullet { list: 0 },
        };
        self.blocks.open(marker);
        Close::Container
    }
}
