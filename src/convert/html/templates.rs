//! Well-known templates of archives: pages that one system made by the thousand, whose parts are told by its own marks.
//!
//! A row of [`TEMPLATES`] knows the marks of one template and where on such a page what stands. What it does not tell is
//! found as on any other page. What a page says is read from the page; the name of the paper plays no part.

mod bbc;
mod bbc_columns;
mod bbc_tables;
mod marks;

use super::address::Address;
use super::blocks::Block;
use super::candidate::Candidates;
use super::title::Headline;
use crate::article::{Link, SeeAlso};
use crate::convert::Converted;
use crate::markup::address::split_origin;
use crate::markup::to_markdown::Known;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::borrow::Cow;
use std::collections::HashMap;

/// A template: a row of [`TEMPLATES`].
pub(super) struct Template {
    /// Whether a page is made with it, by marks in its source. Asked of every page, so it must be quick.
    detect: fn(&str) -> bool,
    /// Reads a page; what it says of itself goes to the candidates.
    read: fn(&Page<'_>, &mut Candidates) -> Story,
}

/// All templates that are known.
const TEMPLATES: &[Template] = &[bbc_tables::TEMPLATE, bbc_columns::TEMPLATE];

/// A page that was made with a template.
struct Page<'a> {
    tree: &'a Tree,
    /// What relative links start from.
    base: &'a str,
}

/// What a template tells of a page.
#[derive(Default)]
pub(super) struct Story {
    pub(super) headline: Option<Headline>,
    /// `None` where its place on the page is not told.
    pub(super) text: Option<Text>,
    dateline: String,
    see_also: Vec<SeeAlso>,
    links: Vec<Link>,
}

/// The article's text.
#[derive(Default)]
pub(super) struct Text {
    /// The nodes that hold it, in document order, none inside another.
    pub(super) roots: Vec<NodeId>,
    /// Nodes in there that are none of it, and what they are.
    pub(super) left_out: Vec<(NodeId, &'static str)>,
    /// Parts that their elements do not tell.
    pub(super) known: HashMap<NodeId, Known>,
}

/// The template that a page was made with, and the page's source with its marks made elements.
pub(super) fn find(text: Cow<'_, str>) -> (Option<&'static Template>, Cow<'_, str>) {
    let found = TEMPLATES.iter().find(|template| (template.detect)(&text));
    let text = if found.is_some() { marks::as_elements(&text).into() } else { text };
    (found, text)
}

impl Text {
    /// The blocks that are neither left out nor parts of a figure, a quotation or a box.
    fn story(&self, page: &Page<'_>, blocks: &[Block]) -> Vec<Block> {
        let gone = page.mask(self.left_out.iter().map(|(node, _)| *node).chain(self.known.keys().copied()));
        blocks.iter().copied().filter(|block| !gone.get(block.first as usize).copied().unwrap_or(true)).collect()
    }
}

impl Template {
    pub(super) fn read(&self, tree: &Tree, address: &Address, candidates: &mut Candidates) -> Story {
        (self.read)(&Page { tree, base: &address.base }, candidates)
    }
}

impl Story {
    /// Gives the article what the template tells beside its text: its lists, and its addresses.
    pub(super) fn complete(self, tree: &Tree, address: &Address, candidates: &Candidates, made: &mut Converted) {
        let front = &mut made.article.front;
        (front.dateline, front.see_also, front.links) = (self.dateline, self.see_also, self.links);
        let mut stated = bbc::addresses(tree, candidates, &front.aliases);
        let Some(at) = stated.iter().position(|path| path.contains("/hi/")).or((!stated.is_empty()).then_some(0))
        else {
            return;
        };
        front.url = stated.remove(at);
        front.aliases = stated;
        // Whatever path a capture was made at, the story is the same.
        let origin = [&made.canonical, &address.base].map(|url| split_origin(url).0);
        let origin = origin.into_iter().find(|origin| !origin.is_empty()).unwrap_or_default();
        made.canonical = format!("{origin}{}", front.url);
    }
}

/// The story's number in an address of such a page, which is the same in all its addresses.
pub(in crate::convert) fn story_id(path: &str) -> Option<&str> {
    bbc::story_id(path)
}

impl Page<'_> {
    /// The elements that have a class, in document order.
    fn of_class<'a>(&'a self, class: &'a str) -> impl Iterator<Item = NodeId> + 'a {
        self.tree.descendants(0).filter(move |id| self.has_class(*id, class))
    }

    fn has_class(&self, id: NodeId, class: &str) -> bool {
        let names = self.tree.attribute_or_empty(id, Attribute::Class);
        names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(class))
    }

    /// The nodes of `found` that stand in none of the others.
    fn outermost(&self, found: impl Iterator<Item = NodeId>) -> Vec<NodeId> {
        let mut end = 0;
        let is_outer = |id: &NodeId| {
            *id >= end && {
                end = self.tree.end(*id);
                true
            }
        };
        found.filter(is_outer).collect()
    }

    /// By node: whether it is one of `nodes` or stands in one.
    fn mask(&self, nodes: impl Iterator<Item = NodeId>) -> Vec<bool> {
        let mut sorted: Vec<NodeId> = nodes.collect();
        sorted.sort_unstable();
        let mut mask = vec![false; self.tree.len()];
        for node in self.outermost(sorted.into_iter()) {
            if let Some(inside) = mask.get_mut(node as usize..self.tree.end(node) as usize) {
                inside.fill(true);
            }
        }
        mask
    }

    /// The texts in a stretch of nodes, each with single spaces; blank ones are left out.
    fn lines(&self, nodes: std::ops::Range<NodeId>) -> Vec<String> {
        let texts = nodes.filter(|id| self.tree.tag(*id) == Tag::Text && !self.is_silent(*id));
        texts.map(|id| self.tree.text_of(id)).filter(|text| !text.is_empty()).collect()
    }

    fn is_silent(&self, id: NodeId) -> bool {
        self.tree.tag(self.tree.parent(id)).is_silent()
    }
}
