//! HTML → Markdown: what of a page's tree is the text of an article, as `CommonMark` with tables and footnotes.
//!
//! The tree is walked once, in document order and without recursion; text is escaped so that it reads as it did.

mod beside;
mod blocks;
mod embed;
mod figure;
mod indent;
mod inline;
mod known;
mod notes;
mod paragraph;
mod picture;
mod pre;
mod table;

use super::address::resolve;
use super::tree::{Attribute, NodeId, Tag, Tree, Weight, weigh};
use beside::Collected;
pub use beside::{Beside, destinations, pictures, relink};
use blocks::{Blocks, Marker};
pub use embed::is_post;
pub use figure::{is_picture_box, is_set_aside};
use inline::Inline;
pub use known::Known;
use notes::Notes;
pub use notes::notes;
pub use picture::picture;
use std::collections::{HashMap, HashSet};

/// Which part of a page to write, and how to read it.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// The page.
    pub tree: &'a Tree,
    /// Its absolute address, which relative ones start from; empty if that is not known.
    pub base: &'a str,
    /// Whether a node and all in it is left out.
    pub dropped: &'a dyn Fn(NodeId) -> bool,
    /// What is known of nodes that their elements do not tell.
    pub known: Option<&'a HashMap<NodeId, Known>>,
    /// Pictures, in order, and the element that holds the words under each, for those without a box around the two.
    pub captions: &'a [(NodeId, NodeId)],
}

/// The Markdown of the nodes `roots` (in document order, none inside another) and all in them; and the files that it
/// shows and that may lie beside the page.
pub fn to_markdown(part: Part<'_>, roots: &[NodeId]) -> (String, Vec<Beside>) {
    let mut writer = Writer::new(part, roots);
    for root in roots {
        writer.walk(*root);
    }
    writer.finish()
}

/// The Markdown of a piece of HTML, such as the content of a feed's entry. What
/// browsers do not show and bars of links for sharing are left out.
pub fn fragment_to_markdown(html: &str, base: &str) -> String {
    let tree = Tree::parse(html);
    let dropped = |id| tree.is_hidden(id) || is_share_bar(&tree, id);
    to_markdown(Part { tree: &tree, base, dropped: &dropped, known: None, captions: &[] }, &[0]).0
}

fn is_share_bar(tree: &Tree, id: NodeId) -> bool {
    let names = [Attribute::Class, Attribute::Id].map(|name| tree.attribute_or_empty(id, name));
    let is_name = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.starts_with("share") || word.starts_with("sharing") || word.starts_with("social-")
    };
    names.iter().any(|names| names.split_ascii_whitespace().any(is_name))
}

/// What the paragraph being written is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Heading(u8),
    /// The speaker of a quotation.
    Speaker,
    /// What a definition follows.
    Term,
}

/// What ends with an element.
#[derive(Clone, Copy)]
enum Close {
    Nothing,
    Block,
    Mark,
    /// The paragraph's kind, back to plain.
    Kind,
    Term,
    List,
    Container,
    Quotation,
}

struct Writer<'a> {
    part: Part<'a>,
    weights: Vec<Weight>,
    inline: Inline,
    blocks: Blocks,
    kind: Kind,
    /// Elements that are open: the first node after each, and what to do there.
    open: Vec<(NodeId, Close)>,
    /// The open lists: number of the list, and the number of its next item if it is ordered.
    lists: Vec<(u32, Option<u32>)>,
    /// Pictures that stood inside the paragraph being written; they follow it.
    figures: Vec<String>,
    /// The pictures written, so that the copy for browsers without scripts does not come twice.
    pictures: HashSet<String>,
    /// A bold line that is a crosshead if text follows.
    crosshead: Option<String>,
    /// Letters of all that is written.
    total: u32,
    /// What is added to the level of a heading.
    shift: i8,
    notes: Notes,
    beside: Collected,
}

impl<'a> Writer<'a> {
    fn new(part: Part<'a>, roots: &[NodeId]) -> Self {
        // What is no picture counts as none.
        let is_blank = |id| part.tree.tag(id) == Tag::Img && picture(part.tree, id, "").is_none();
        let weights = weigh(part.tree, |id| (part.dropped)(id) || is_blank(id));
        let total: u32 = roots.iter().filter_map(|root| weights.get(*root as usize)).map(|weight| weight.letters).sum();
        let headings = roots.iter().flat_map(|root| *root..part.tree.end(*root));
        let heavy = |id: &NodeId| weights.get(*id as usize).is_some_and(|weight| weight.letters > 0);
        let top = headings.filter(heavy).filter_map(|id| part.tree.tag(id).heading()).min();
        Self {
            notes: Notes::find(part.tree, roots, &weights),
            part,
            weights,
            inline: Inline::default(),
            blocks: Blocks::default(),
            kind: Kind::Plain,
            open: Vec::new(),
            lists: Vec::new(),
            figures: Vec::new(),
            pictures: HashSet::new(),
            crosshead: None,
            total,
            beside: Collected::default(),
            shift: 2 - top.map_or(2, u8::cast_signed),
        }
    }

    fn walk(&mut self, root: NodeId) {
        let end = self.part.tree.end(root);
        let mut id = root;
        while id < end {
            self.close_before(id);
            id = match self.enter(id) {
                Some(close) => {
                    self.open.push((self.part.tree.end(id), close));
                    id + 1
                }
                None => self.part.tree.end(id),
            };
        }
        self.close_before(NodeId::MAX);
        self.end_paragraph();
    }

    fn close_before(&mut self, id: NodeId) {
        while let Some((_, close)) = self.open.pop_if(|(end, _)| *end <= id) {
            match close {
                Close::Nothing => {}
                Close::Block => self.end_paragraph(),
                Close::Mark => self.inline.unmark(),
                Close::Kind => {
                    self.end_paragraph();
                    self.kind = Kind::Plain;
                }
                Close::Term => {
                    self.end_paragraph();
                    self.inline.unmark();
                    self.kind = Kind::Plain;
                }
                Close::List => {
                    self.end_paragraph();
                    self.lists.pop();
                }
                Close::Container => {
                    self.end_paragraph();
                    self.blocks.close();
                }
                Close::Quotation => self.text("”"),
            }
        }
    }

    fn weight(&self, id: NodeId) -> Weight {
        self.weights.get(id as usize).copied().unwrap_or_default()
    }

    /// Writes what of a node can be written at once. Returns what to do at its end, or `None` if all of it is done.
    fn enter(&mut self, id: NodeId) -> Option<Close> {
        let tree = self.part.tree;
        let tag = tree.tag(id);
        if (self.part.dropped)(id) {
            return None;
        }
        if tag == Tag::Text {
            self.text(tree.text(id));
            return None;
        }
        if tag.is_silent() {
            return None;
        }
        if let Some(known) = self.part.known.and_then(|known| known.get(&id)) {
            return self.known(known, tag);
        }
        if let Some(number) = self.notes.defined_by(tree, id) {
            self.end_paragraph();
            self.blocks.open(Marker::Note(number));
            return Some(Close::Container);
        }
        match tag {
            Tag::Br => {
                self.inline.line_break();
                None
            }
            Tag::Hr => {
                self.rule();
                None
            }
            Tag::Img => {
                self.picture(id);
                None
            }
            Tag::A | Tag::B | Tag::Em | Tag::Del => self.mark(id, tag),
            Tag::Code if self.weight(id).letters < 80 => {
                self.inline.code(&tree.text_of(id));
                None
            }
            Tag::Sup | Tag::Sub => self.raised(id, tag),
            Tag::Q => {
                self.text("“");
                Some(Close::Quotation)
            }
            Tag::Wbr => None,
            Tag::Cite => Some(self.speaker(id)),
            Tag::Iframe | Tag::Embed | Tag::Video | Tag::Audio => {
                self.embed(id);
                None
            }
            tag if tag.is_block() => self.block(id, tag),
            _ => Some(Close::Nothing),
        }
    }

    fn block(&mut self, id: NodeId, tag: Tag) -> Option<Close> {
        let tree = self.part.tree;
        if tag == Tag::Footer {
            return Some(self.speaker(id));
        }
        self.end_paragraph();
        if self.figure(id, tag) {
            return None;
        }
        match tag {
            Tag::Table if self.table(id) => None,
            Tag::Pre => {
                self.preformatted(id);
                None
            }
            Tag::Ul | Tag::Dl | Tag::Ol => {
                let start = tree.attribute(id, Attribute::Start).and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((id, (tag == Tag::Ol).then_some(start)));
                Some(Close::List)
            }
            Tag::Li => Some(self.item()),
            Tag::Dt => Some(self.term(id)),
            Tag::Dd => Some(self.definition(id)),
            Tag::Blockquote | Tag::Div if self.post(id) => None,
            // Nobody quotes most of an article: pages were indented with it.
            Tag::Blockquote if self.is_most(id) => Some(Close::Block),
            Tag::Blockquote => {
                self.blocks.open(Marker::Quote);
                Some(Close::Container)
            }
            Tag::Summary => {
                self.kind = Kind::Heading(4);
                Some(Close::Kind)
            }
            tag => Some(match tag.heading() {
                Some(level) => {
                    let level = (level.cast_signed() + self.shift).clamp(2, 6).unsigned_abs();
                    self.kind = Kind::Heading(level);
                    Close::Kind
                }
                None => Close::Block,
            }),
        }
    }

    /// The end of a block quotation that names its speaker.
    fn speaker(&mut self, id: NodeId) -> Close {
        let tree = self.part.tree;
        if self.kind == Kind::Speaker {
            return Close::Nothing;
        }
        let quote = tree.ancestors(id).take(4).find(|node| tree.tag(*node) == Tag::Blockquote);
        let is_last = |quote: NodeId| {
            let rest = tree.end(id)..tree.end(quote);
            rest.len() < 32 && rest.into_iter().all(|after| tree.text(after).trim().is_empty())
        };
        if quote.is_some_and(is_last) {
            self.end_paragraph();
            self.kind = Kind::Speaker;
            return Close::Kind;
        }
        if tree.tag(id) == Tag::Footer { Close::Block } else { Close::Nothing }
    }

    fn mark(&mut self, id: NodeId, tag: Tag) -> Option<Close> {
        let tree = self.part.tree;
        let mark = match tag {
            Tag::B if matches!(self.kind, Kind::Heading(_)) => return Some(Close::Nothing),
            Tag::B => inline::Mark::Strong,
            Tag::Em => inline::Mark::Emphasis,
            Tag::Del => inline::Mark::Deleted,
            _ => {
                let href = tree.attribute_or_empty(id, Attribute::Href);
                if let Some(number) = self.notes.referred_by(href) {
                    self.inline.raw(&format!("[^{number}]"));
                    return None;
                }
                if self.weight(id).letters <= 1 && matches!(tree.text_of(id).as_str(), "↩" | "↑" | "⤴" | "^" | "↵")
                {
                    return None;
                }
                let to = resolve(self.part.base, href);
                if !is_followed(&to) {
                    return Some(Close::Nothing);
                }
                self.beside.link(href, &to);
                inline::Mark::Link(to.into_owned())
            }
        };
        self.inline.mark(id, mark);
        Some(Close::Mark)
    }

    /// Raised and lowered figures have characters of their own; other text is set as it is.
    fn raised(&mut self, id: NodeId, tag: Tag) -> Option<Close> {
        let digits = if tag == Tag::Sup { "⁰¹²³⁴⁵⁶⁷⁸⁹" } else { "₀₁₂₃₄₅₆₇₈₉" };
        let tree = self.part.tree;
        if self.weight(id).letters > 4 || self.weight(id).linked > 0 {
            return Some(Close::Nothing);
        }
        let text = tree.text_of(id);
        let raised: Option<String> = text.chars().map(|c| digits.chars().nth(c.to_digit(10)? as usize)).collect();
        self.text(raised.as_deref().unwrap_or(&text));
        None
    }

    fn text(&mut self, text: &str) {
        if self.inline.begins_paragraph(text) && self.kind == Kind::Plain {
            self.end_paragraph();
        }
        self.inline.text(text);
    }

    fn finish(mut self) -> (String, Vec<Beside>) {
        self.end_paragraph();
        self.settle_crosshead(false);
        (self.blocks.finish(), self.beside.found)
    }
}

/// Whether an address leads anywhere a reader could go.
fn is_followed(href: &str) -> bool {
    let known = super::address::scheme(href).is_none_or(|scheme| {
        ["http", "https", "mailto", "tel", "ftp"].iter().any(|known| known.eq_ignore_ascii_case(scheme))
    });
    !href.is_empty() && !href.starts_with('#') && known
}
