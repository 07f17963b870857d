//! The blocks of text of a page: paragraphs, headings, items, and stretches of text between line breaks.

use super::captions;
use crate::markup::tree::{NodeId, Tag, Tree};

/// Most nodes in an item that is only large.
const LARGEST_ITEM: usize = 40;

/// A stretch of text that stands on lines of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// The innermost block element around it.
    pub(super) node: NodeId,
    /// Its first and last text node.
    pub(super) first: NodeId,
    pub(super) last: NodeId,
    /// Letters, where a sign of Chinese or Japanese counts as three.
    pub(super) letters: u32,
    /// Those of them in links.
    pub(super) linked: u32,
    /// Ends of sentences.
    pub(super) ends: u32,
    /// What it is: a paragraph, item, cell, heading or other element.
    pub(super) tag: Tag,
}

impl Block {
    /// Whether it is nearly all links.
    pub(super) fn is_linked(&self) -> bool {
        self.linked * 100 > self.letters * 70
    }

    /// How much it looks like prose: its letters, if it is made of sentences and not of links.
    pub(super) fn prose(&self) -> u32 {
        let free = self.letters - self.linked.min(self.letters);
        if self.tag.heading().is_some() || self.tag == Tag::Figcaption || self.linked * 2 > self.letters {
            0
        } else if self.ends > 0 && self.letters >= 50 {
            free
        } else if self.letters >= 100 {
            free / 2
        } else {
            free / 10
        }
    }

    /// Its lines, between breaks, with single spaces.
    pub(super) fn lines(&self, tree: &Tree) -> Vec<String> {
        let mut lines = vec![String::new()];
        for id in self.first..=self.last {
            if tree.tag(id) == Tag::Br {
                lines.push(String::new());
            } else if let Some(line) = lines.last_mut() {
                line.push_str(tree.text(id));
            }
        }
        let lines = lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Its text, with single spaces.
    pub(super) fn text(&self, tree: &Tree) -> String {
        let mut text = String::new();
        for id in self.first..=self.last {
            if tree.tag(id) == Tag::Br && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            for word in tree.text(id).split_inclusive(char::is_whitespace) {
                let bare = word.trim_end();
                text.push_str(bare);
                if bare.len() < word.len() && !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// All blocks in document order, hidden ones too.
pub(super) fn blocks(tree: &Tree) -> Vec<Block> {
    scan(tree, true)
}

/// The same of a page that tells its story in the words under its pictures, as paragraphs.
pub(super) fn with_captions(tree: &Tree) -> Vec<Block> {
    scan(tree, false)
}

fn scan(tree: &Tree, apart: bool) -> Vec<Block> {
    let mut scan = Scan { tree, apart, blocks: Vec::new(), open: Vec::new(), link_end: 0, breaks: 0, split: true };
    let end = tree.len() as NodeId;
    let mut id = 0;
    while id < end {
        id = if scan.visit(id) { id + 1 } else { tree.end(id) };
    }
    scan.blocks
}

struct Scan<'t> {
    tree: &'t Tree,
    /// Whether the words under pictures are kept apart from paragraphs.
    apart: bool,
    blocks: Vec<Block>,
    /// The open block elements: first node after each, its number, and what it is.
    open: Vec<(NodeId, NodeId, Tag)>,
    link_end: NodeId,
    breaks: u32,
    /// Whether the next text begins a block.
    split: bool,
}

impl Scan<'_> {
    /// Visits a node and tells whether to go into it.
    fn visit(&mut self, id: NodeId) -> bool {
        while self.open.pop_if(|(end, _, _)| *end <= id).is_some() {
            self.split = true;
        }
        let tag = self.tree.tag(id);
        match tag {
            Tag::Text => self.text(id),
            Tag::Br => {
                self.breaks += 1;
                self.split |= self.breaks > 1;
            }
            Tag::A => self.link_end = self.link_end.max(self.tree.end(id)),
            _ if tag.is_silent() || matches!(tag, Tag::Iframe | Tag::Embed) || tag == Tag::Figcaption && self.apart => {
                self.split |= tag.is_block();
                return false;
            }
            _ if tag.is_block() => {
                self.split = true;
                // A paragraph in an item is part of the item, a division in a cell part of the cell.
                let outer = self.open.last().map(|(_, _, outer)| *outer);
                let kind = match (tag, outer) {
                    (Tag::Figcaption, _) => Tag::P,
                    (_, Some(Tag::Figcaption)) => Tag::Figcaption,
                    _ if self.apart && captions::is_named(self.tree, id) => Tag::Figcaption,
                    (
                        Tag::P | Tag::Div | Tag::Center,
                        Some(outer @ (Tag::Li | Tag::Td | Tag::Th | Tag::Blockquote)),
                    ) => outer,
                    // An item that is only large is no heading.
                    (tag, Some(Tag::Li)) if tag.heading().is_some() && self.fills(id) => Tag::Li,
                    (tag, _) => tag,
                };
                self.open.push((self.tree.end(id), id, kind));
            }
            _ => {}
        }
        true
    }

    /// Whether nothing else stands in the element around it.
    fn fills(&self, id: NodeId) -> bool {
        let tree = self.tree;
        let around = tree.descendants(tree.parent(id));
        around.len() < LARGEST_ITEM
            && around.filter(|other| !tree.contains(id, *other)).all(|other| tree.text(other).trim().is_empty())
    }

    fn text(&mut self, id: NodeId) {
        let text = self.tree.text(id);
        let (letters, ends) = measure(text);
        if letters == 0 {
            return;
        }
        self.breaks = 0;
        let (_, node, tag) = self.open.last().copied().unwrap_or((0, 0, Tag::Body));
        let linked = if id < self.link_end { letters } else { 0 };
        if std::mem::take(&mut self.split) {
            self.blocks.push(Block { node, first: id, last: id, letters, linked, ends, tag });
        } else if let Some(block) = self.blocks.last_mut() {
            block.last = id;
            block.letters += letters;
            block.linked += linked;
            block.ends += ends;
        }
    }
}

/// Letters, and ends of sentences, of a text.
fn measure(text: &str) -> (u32, u32) {
    let (mut letters, mut ends) = (0, 0);
    let mut ended = false;
    for c in text.chars() {
        if c.is_whitespace() {
            ends += u32::from(ended);
            ended = false;
            continue;
        }
        letters += if c >= '\u{2e80}' { 3 } else { 1 };
        match c {
            '。' | '！' | '？' | '।' => ends += 1,
            '.' | '!' | '?' | '…' | '؟' | '۔' => ended = true,
            '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' => {}
            _ => ended = false,
        }
    }
    (letters, ends + u32::from(ended))
}
