//! Takes the tree that html5ever builds: nodes in an arena, linked while they may still move, and then put in the order
//! of the document.

use super::parse::number;
use super::{Attribute, NodeId, Span, Tag, Tree};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute as Given, QualName};
use std::borrow::Cow;
use std::cell::RefCell;

/// An element as html5ever holds it: its place in the arena, and its name, which is asked for all the time.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    at: u32,
    name: QualName,
}

/// Stands for no node in a link.
const NONE: u32 = u32::MAX;

/// How many times the length of a page its copied attributes may be.
const COPIED: usize = 4;

/// A node that may still move.
#[derive(Clone, Copy, Debug)]
struct Linked {
    tag: Tag,
    parent: u32,
    first: u32,
    last: u32,
    before: u32,
    after: u32,
    /// How many nodes it stood in when it was put there.
    depth: u32,
    /// Of a text; of an element, the first and the end of its attributes.
    span: Span,
}

/// The arena.
#[derive(Debug)]
pub(super) struct Sink {
    arena: RefCell<Arena>,
    document: Handle,
}

#[derive(Debug, Default)]
struct Arena {
    nodes: Vec<Linked>,
    /// The attributes of all tags.
    attributes: Vec<(Attribute, Span)>,
    /// All text and attribute values.
    text: String,
    /// Where the attributes of the last tag end: those before are of tags that html5ever opens again.
    given: u32,
    /// How many more bytes of attributes such copies may have, so that a page is not read over and over.
    spare: usize,
    /// How deep the element stands that was put somewhere last.
    depth: u32,
}

impl Sink {
    /// With room for a page of `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        let name = QualName::new(None, html5ever::ns!(), html5ever::local_name!(""));
        let mut arena = Arena {
            nodes: Vec::with_capacity(size / 64),
            attributes: Vec::with_capacity(size / 64),
            text: String::with_capacity(size / 2),
            given: 0,
            spare: COPIED * size,
            depth: 0,
        };
        arena.push(Tag::Document, (0, 0));
        Self { arena: RefCell::new(arena), document: Handle { at: 0, name } }
    }

    /// Keeps the attributes of a tag. Gives back where they are, first and end.
    pub(super) fn keep<'a>(&self, attributes: impl Iterator<Item = (Attribute, Cow<'a, str>)>) -> Span {
        let arena = &mut *self.arena.borrow_mut();
        let start = arena.attributes.len();
        for (name, value) in attributes {
            if arena.attributes[start..].iter().all(|(known, _)| *known != name) {
                let value = arena.save(value.trim());
                arena.attributes.push((name, value));
            }
        }
        (start as u32, arena.attributes.len() as u32)
    }

    /// How deep the last element stands that was put somewhere since this was last asked.
    pub(super) fn take_depth(&self) -> usize {
        std::mem::take(&mut self.arena.borrow_mut().depth) as usize
    }

    /// How many nodes there are so far.
    pub(super) fn len(&self) -> usize {
        self.arena.borrow().nodes.len()
    }

    /// Whether the tag with those attributes is of a script that holds data.
    pub(super) fn is_data(&self, (start, end): Span) -> bool {
        let arena = self.arena.borrow();
        let attributes = arena.attributes.get(start as usize..end as usize).unwrap_or_default();
        let kind = attributes.iter().find(|(name, _)| *name == Attribute::Type).map(|(_, value)| *value);
        kind.and_then(|(from, to)| arena.text.get(from as usize..to as usize)).is_some_and(super::is_data)
    }
}

impl Arena {
    fn push(&mut self, tag: Tag, span: Span) -> u32 {
        let at = self.nodes.len() as u32;
        self.nodes.push(Linked {
            tag,
            parent: NONE,
            first: NONE,
            last: NONE,
            before: NONE,
            after: NONE,
            depth: 0,
            span,
        });
        at
    }

    fn save(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        (start, self.text.len() as u32)
    }

    /// The attributes for an element: none if they were given before and so often that they would be most of the page.
    fn give(&mut self, span: Span) -> Span {
        if span.1 > self.given {
            self.given = span.1;
            return span;
        }
        let attributes = self.attributes.get(span.0 as usize..span.1 as usize).unwrap_or_default();
        let size: usize = attributes.iter().map(|(_, (start, end))| (end - start) as usize).sum();
        if size > self.spare {
            return (0, 0);
        }
        self.spare -= size;
        span
    }

    fn node(&self, at: u32) -> Option<&Linked> {
        self.nodes.get(at as usize)
    }

    /// Changes a node; does nothing for [`NONE`].
    fn change(&mut self, at: u32, change: impl FnOnce(&mut Linked)) {
        if let Some(node) = self.nodes.get_mut(at as usize) {
            change(node);
        }
    }

    fn last(&self, parent: u32) -> u32 {
        self.node(parent).map_or(NONE, |node| node.last)
    }

    fn parent(&self, at: u32) -> u32 {
        self.node(at).map_or(NONE, |node| node.parent)
    }

    fn detach(&mut self, at: u32) {
        let Some(Linked { parent, before, after, .. }) = self.node(at).copied() else { return };
        self.change(before, |node| node.after = after);
        self.change(after, |node| node.before = before);
        self.change(parent, |node| {
            if node.first == at {
                node.first = after;
            }
            if node.last == at {
                node.last = before;
            }
        });
        self.change(at, |node| (node.parent, node.before, node.after) = (NONE, NONE, NONE));
    }

    /// Puts a node before the child `after` of `parent`, or last.
    fn insert(&mut self, at: u32, parent: u32, after: u32) {
        self.detach(at);
        let before = self.node(after).map_or_else(|| self.last(parent), |node| node.before);
        let depth = self.node(parent).map_or(0, |node| node.depth) + 1;
        self.change(at, |node| (node.parent, node.before, node.after, node.depth) = (parent, before, after, depth));
        if before == NONE {
            self.change(parent, |node| node.first = at);
        } else {
            self.change(before, |node| node.after = at);
        }
        if after == NONE {
            self.change(parent, |node| node.last = at);
        } else {
            self.change(after, |node| node.before = at);
        }
    }

    /// Puts a node or text before the child `after` of `parent`, or last. Text goes on the text before it, if that was
    /// the last one read; texts that only came to stand together are joined at the end.
    fn add(&mut self, child: NodeOrText<Handle>, parent: u32, after: u32) {
        let text = match child {
            NodeOrText::AppendNode(handle) => {
                self.insert(handle.at, parent, after);
                self.depth = self.node(handle.at).map_or(0, |node| node.depth);
                return;
            }
            NodeOrText::AppendText(text) => text,
        };
        let end = self.text.len() as u32;
        self.text.push_str(&text);
        let to = self.text.len() as u32;
        let before = self.node(after).map_or_else(|| self.last(parent), |node| node.before);
        match self.nodes.get_mut(before as usize) {
            Some(node) if node.tag == Tag::Text && node.span.1 == end => node.span.1 = to,
            _ => {
                let at = self.push(Tag::Text, (end, to));
                self.insert(at, parent, after);
            }
        }
    }

    /// The tree in document order.
    fn finish(self) -> Tree {
        let mut tree =
            Tree { attributes: self.attributes, text: self.text, nodes: Vec::with_capacity(self.nodes.len()) };
        let linked = self.nodes;
        tree.push(Tag::Document, 0, (0, 0));
        // The open copies: each with the sibling that comes after it.
        let mut open: Vec<(NodeId, u32)> = vec![(0, NONE)];
        let mut next = linked.first().map_or(NONE, |root| root.first);
        while let Some((parent, sibling)) = open.last().copied() {
            let Some(node) = linked.get(next as usize) else {
                tree.close(parent);
                open.pop();
                next = sibling;
                continue;
            };
            if node.tag == Tag::Text {
                tree.push_text(parent, node.span);
                next = node.after;
                continue;
            }
            let copy = tree.push(node.tag, parent, node.span);
            tree.show_button(copy);
            if node.first == NONE || !tree.is_wanted(copy) {
                next = node.after;
            } else {
                open.push((copy, node.after));
                next = node.first;
            }
        }
        tree
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        self.arena.into_inner().finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Given>, _: ElementFlags) -> Handle {
        let mut arena = self.arena.borrow_mut();
        let span = attributes.first().map_or((0, 0), |given| arena.give(number::read(&given.value)));
        let at = arena.push(Tag::named(&name.local), span);
        Handle { at, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        let at = self.arena.borrow_mut().push(Tag::Other, (0, 0));
        Handle { at, name: self.document.name.clone() }
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.arena.borrow_mut().add(child, parent.at, NONE);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let mut arena = self.arena.borrow_mut();
        match arena.parent(element.at) {
            NONE => arena.add(child, previous.at, NONE),
            parent => arena.add(child, parent, element.at),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.at == other.at
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut arena = self.arena.borrow_mut();
        let parent = arena.parent(sibling.at);
        arena.add(child, parent, sibling.at);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Given>) {
        let arena = &mut *self.arena.borrow_mut();
        let Some(more) = attributes.first().map(|given| number::read(&given.value)) else { return };
        let old = arena.node(target.at).map_or((0, 0), |node| node.span);
        let range = |(start, end): Span| start as usize..end as usize;
        let start = arena.attributes.len();
        // The ones that stand earlier win.
        arena.attributes.extend_from_within(range(old));
        arena.attributes.extend_from_within(range(more));
        let span = (start as u32, arena.attributes.len() as u32);
        arena.change(target.at, |node| node.span = span);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.arena.borrow_mut().detach(target.at);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut arena = self.arena.borrow_mut();
        while let Some(child) = arena.node(node.at).map(|node| node.first).filter(|child| *child != NONE) {
            arena.insert(child, parent.at, NONE);
        }
    }
}
