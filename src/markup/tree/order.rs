//! Nodes put down in the order of the document.

use super::{Attribute, Node, NodeId, Span, Tag, Tree};

/// How far inside a button its heading may stand; elements.
const BUTTON: usize = 4;

/// Most nodes of a question on a button.
const QUESTION: NodeId = 12;

impl Tree {
    pub(super) fn push(&mut self, tag: Tag, parent: NodeId, span: Span) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node { tag, parent, end: id + 1, span });
        id
    }

    /// Adds a text, or makes the one right before it longer.
    pub(super) fn push_text(&mut self, parent: NodeId, span: Span) {
        let Some(last) = self.nodes.last_mut().filter(|last| last.tag == Tag::Text && last.parent == parent) else {
            self.push(Tag::Text, parent, span);
            return;
        };
        // What was joined before stands at the end already.
        if last.span.1 as usize != self.text.len() {
            let start = self.text.len() as u32;
            self.text.extend_from_within(last.span.0 as usize..last.span.1 as usize);
            last.span.0 = start;
        }
        self.text.extend_from_within(span.0 as usize..span.1 as usize);
        last.span.1 = self.text.len() as u32;
    }

    /// A button that holds a heading, or stands in one, is that heading: a click on it opens what comes next.
    pub(super) fn show_button(&mut self, id: NodeId) {
        let is_heading = |id: NodeId| self.tag(id).heading().is_some();
        if self.tag(id) == Tag::Button && is_heading(self.parent(id)) {
            self.retag(id, Tag::Span);
        } else if is_heading(id) {
            let button = self.ancestors(id).take(BUTTON).find(|outer| self.tag(*outer) == Tag::Button);
            if let Some(button) = button {
                self.retag(button, Tag::Div);
            }
        }
    }

    fn retag(&mut self, id: NodeId, tag: Tag) {
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.tag = tag;
        }
    }

    pub(super) fn close(&mut self, id: NodeId) {
        let end = self.nodes.len() as NodeId;
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.end = end;
        }
        // A question on a button has its answer behind it.
        if self.tag(id) == Tag::Button && end - id < QUESTION && self.text_of(id).ends_with(['?', '？', '؟']) {
            self.retag(id, Tag::Div);
        }
    }

    /// Whether what an element holds is anything to a reader or says something of the page.
    pub(super) fn is_wanted(&self, id: NodeId) -> bool {
        match self.tag(id) {
            Tag::Style | Tag::Svg | Tag::Template => false,
            Tag::Script => super::is_data(self.attribute_or_empty(id, Attribute::Type)),
            _ => true,
        }
    }
}
