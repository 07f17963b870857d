//! Markdown → HTML that is safe to show: the body of an article as a page holds it.
//!
//! Everything in a body is untrusted. Addresses pass only with a harmless scheme, raw HTML only through a sanitiser.
//! News shapes get markup of their own: figures, pull quotes, tables that scroll, crossheads with anchors, notes.

mod address;
mod figure;
mod notes;
mod quote;
mod raw;
mod table;

use super::slug::slug;
use crate::picture::Picture;
use notes::Notes;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use quote::Quote;
use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use table::Table;

/// The Markdown of bodies: `CommonMark` with tables, footnotes and strikethrough. No smart punctuation: a paper's own
/// quotation marks stay as it set them.
pub(super) const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);

/// Appends the HTML of `markdown` to `out`. `base_path` (as in `/archive`, or empty) is put before every root-relative
/// address. Linear in the length of the body; allocates only for what is not prose.
///
/// - No heading is an `h1`: where a body has a `#` heading, all its headings move one level down. Each has an `id`.
/// - An image alone in its paragraph is a `figure.figure` with its title as the caption; one without an address, whose
///   file is lost, is a `figure.figure-lost` that shows what the picture was of.
/// - A block quote whose last line begins with `— ` is a `figure.pull-quote` with that line as the speaker.
/// - A table stands in a `div.table`, named by its column heads, that can be scrolled by keyboard.
pub fn to_html(markdown: &str, base_path: &str, out: &mut String) {
    to_html_at_home(markdown, base_path, &Nothing, out);
}

/// What is known of the site that a body stands in.
pub trait Known {
    /// The root-relative address that a link to `address` leads to instead.
    fn page(&self, address: &str) -> Option<String>;
    /// The picture of the site that is at `address`, or was at this address of the site that the body was taken from.
    fn picture(&self, address: &str) -> Option<&Picture>;
}

/// A body that stands alone.
struct Nothing;

impl Known for Nothing {
    fn page(&self, _: &str) -> Option<String> {
        None
    }

    fn picture(&self, _: &str) -> Option<&Picture> {
        None
    }
}

/// As [`to_html`]; links lead to the pages that are `known`, at the same fragment, and pictures have their sizes.
pub fn to_html_at_home(markdown: &str, base_path: &str, known: &dyn Known, out: &mut String) {
    let start = out.len();
    if Writer::new(markdown, base_path, known, out, 0).run(start) == Outcome::TopHeading {
        out.truncate(start);
        Writer::new(markdown, base_path, known, out, 1).run(start);
    }
}

/// Whether all was written, or has to be written again with the headings moved down.
#[derive(PartialEq, Eq)]
enum Outcome {
    Done,
    TopHeading,
}

struct Writer<'a, 'o> {
    events: Parser<'a>,
    /// Events that were read ahead.
    ahead: VecDeque<Event<'a>>,
    out: &'o mut String,
    base_path: &'o str,
    known: &'o dyn Known,
    /// How far headings move down.
    shift: u8,
    /// Open blocks that hold blocks, and open inline elements: what a pull quote needs to know its own last line.
    blocks: u32,
    inlines: u32,
    quotes: Vec<Quote>,
    /// Text of the heading or table head being written, for its anchor or name.
    label: String,
    /// Where in `out` that heading's tag or table's `div` ends, while one is open.
    labelled: Option<usize>,
    /// How often each anchor was asked for.
    anchors: HashMap<String, u32>,
    table: Table,
    notes: Notes<'a>,
    /// Whether the link that is open was written; a refused one leaves its text.
    linked: bool,
    /// Whether raw HTML was written.
    raw: bool,
}

impl<'a, 'o> Writer<'a, 'o> {
    fn new(markdown: &'a str, base_path: &'o str, known: &'o dyn Known, out: &'o mut String, shift: u8) -> Self {
        out.reserve(markdown.len() + markdown.len() / 8);
        Self {
            events: Parser::new_ext(markdown, OPTIONS),
            ahead: VecDeque::new(),
            out,
            base_path,
            known,
            shift,
            blocks: 0,
            inlines: 0,
            quotes: Vec::new(),
            label: String::new(),
            labelled: None,
            anchors: HashMap::new(),
            table: Table::default(),
            notes: Notes::default(),
            linked: false,
            raw: false,
        }
    }

    fn next(&mut self) -> Option<Event<'a>> {
        self.ahead.pop_front().or_else(|| self.events.next())
    }

    fn run(&mut self, start: usize) -> Outcome {
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if self.shift == 0 => {
                    return Outcome::TopHeading;
                }
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(tag),
                Event::Text(text) => self.text(&text),
                Event::Code(text) => {
                    self.out.push_str("<code>");
                    self.text(&text);
                    self.out.push_str("</code>");
                }
                Event::Html(html) | Event::InlineHtml(html) => self.raw |= raw::write(&html, self.base_path, self.out),
                Event::SoftBreak => self.line_break("\n"),
                Event::HardBreak => self.line_break("<br>\n"),
                Event::Rule => {
                    self.block_starts();
                    self.fresh_line();
                    self.out.push_str("<hr>\n");
                }
                Event::FootnoteReference(name) => self.notes.reference(name, self.out),
                // Extensions that are not switched on.
                Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
            }
        }
        // The notes apart, so that what the body left open ends with it.
        if self.raw {
            raw::sanitise(self.out, start);
        }
        self.notes.write(self.raw, self.out);
        Outcome::Done
    }

    fn text(&mut self, text: &str) {
        if self.labelled.is_some() {
            self.label.push_str(text);
        }
        escape(text, self.out);
    }

    fn line_break(&mut self, html: &str) {
        if self.labelled.is_some() {
            self.label.push(' ');
        }
        self.out.push_str(html);
        self.quote_line();
    }

    /// Block tags begin a line.
    fn fresh_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Opens a block that may hold blocks.
    fn open(&mut self, tag: &str) {
        self.block_starts();
        self.fresh_line();
        self.out.push_str(tag);
        self.blocks += 1;
    }

    fn close(&mut self, tag: &str) {
        self.out.push_str(tag);
        self.blocks = self.blocks.saturating_sub(1);
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => self.paragraph(),
            Tag::Heading { level, .. } => {
                self.block_starts();
                self.fresh_line();
                let _ = write!(self.out, "<h{}", self.level(level));
                self.begin_label();
                self.out.push('>');
            }
            Tag::BlockQuote(_) => self.quote_starts(),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::List(None) => self.open("<ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n"),
            Tag::List(Some(first)) => {
                self.open("<ol start=\"");
                let _ = writeln!(self.out, "{first}\">");
            }
            Tag::Item => self.open("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.block_starts();
                self.blocks += 1;
                self.notes.begin(name, self.out.len());
            }
            Tag::Table(alignments) => self.table_starts(alignments),
            Tag::TableHead => self.out.push_str("<thead><tr>"),
            Tag::TableRow => self.row_starts(),
            Tag::TableCell => self.cell_starts(),
            Tag::Emphasis => self.inline("<em>"),
            Tag::Strong => self.inline("<strong>"),
            Tag::Strikethrough => self.inline("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title),
            Tag::Image { dest_url, title, .. } => self.inline_image(&dest_url, &title),
            Tag::HtmlBlock => self.block_starts(),
            // Extensions that are not switched on.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => {
                self.anchor();
                let _ = writeln!(self.out, "</h{}>", self.level(level));
            }
            TagEnd::BlockQuote(_) => self.quote_ends(),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::FootnoteDefinition => {
                self.blocks = self.blocks.saturating_sub(1);
                self.notes.end(self.out);
            }
            TagEnd::Table => self.table_ends(),
            TagEnd::TableHead => self.head_ends(),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.cell_ends(),
            TagEnd::Emphasis => self.inline_ends("</em>"),
            TagEnd::Strong => self.inline_ends("</strong>"),
            TagEnd::Strikethrough => self.inline_ends("</del>"),
            TagEnd::Link => {
                let tag = if self.linked { "</a>" } else { "" };
                self.inline_ends(tag);
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        self.block_starts();
        self.fresh_line();
        if !self.lone_images() {
            self.quote_paragraph();
            self.out.push_str("<p>");
            self.quote_line();
        }
    }

    fn inline(&mut self, tag: &str) {
        self.inlines += 1;
        self.out.push_str(tag);
    }

    fn inline_ends(&mut self, tag: &str) {
        self.inlines = self.inlines.saturating_sub(1);
        self.out.push_str(tag);
    }

    fn link(&mut self, kind: LinkType, to: &str, title: &str) {
        self.inlines += 1;
        self.linked = if kind == LinkType::Email {
            self.out.push_str("<a href=\"mailto:");
            address::escape(to, self.out);
            self.out.push_str("\">");
            true
        } else {
            self.open_link(to, title)
        };
    }

    /// Writes `<a …>` and tells whether it did.
    fn open_link(&mut self, to: &str, title: &str) -> bool {
        let Some(page) = self.known.page(to) else { return address::open_link(to, title, self.base_path, self.out) };
        let fragment = to.find('#').map_or("", |at| &to[at..]);
        address::open_link(&(page + fragment), title, self.base_path, self.out)
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.block_starts();
        self.fresh_line();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.out.push_str("<pre><code>");
        } else {
            self.out.push_str("<pre><code class=\"language-");
            escape_attribute(language, self.out);
            self.out.push_str("\">");
        }
    }

    fn level(&self, level: HeadingLevel) -> u8 {
        (level as u8 + self.shift).min(6)
    }

    /// From here on, text is also gathered as a label, to be put in at this place when it is complete.
    fn begin_label(&mut self) {
        self.label.clear();
        self.labelled = Some(self.out.len());
    }

    /// Gives the heading just written an anchor that no other heading of the body has.
    fn anchor(&mut self) {
        let Some(place) = self.labelled.take() else { return };
        let wanted = slug(&self.label);
        if wanted.is_empty() {
            return;
        }
        let mut anchor = wanted.clone();
        let mut nth = self.anchors.get(&wanted).copied().unwrap_or(0);
        while self.anchors.contains_key(&anchor) {
            nth += 1;
            anchor = format!("{wanted}-{}", nth + 1);
        }
        self.out.insert_str(place, &format!(" id=\"{anchor}\""));
        self.anchors.insert(anchor, 0);
        self.anchors.insert(wanted, nth);
    }
}

/// Appends text, escaped for the content of an element.
fn escape(text: &str, out: &mut String) {
    let mut done = 0;
    for at in memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
        out.push_str(&text[done..at]);
        out.push_str(match text.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Appends text, escaped for an attribute between double quotes.
fn escape_attribute(text: &str, out: &mut String) {
    for (nth, part) in text.split('"').enumerate() {
        if nth > 0 {
            out.push_str("&quot;");
        }
        escape(part, out);
    }
}
