//! A body as it is written: the shapes of a story as blocks of Markdown.

use super::shape::collapse;
use crate::article::Figure;
use crate::markup::escape;

/// The Markdown of a body, block by block.
#[derive(Debug, Default)]
pub(super) struct Body {
    markdown: String,
    /// The first paragraph, as plain text.
    lead: String,
    paragraphs: usize,
}

impl Body {
    /// A body that will be about as long as `length` bytes.
    pub(super) fn with_capacity(length: usize) -> Self {
        Self { markdown: String::with_capacity(length), ..Self::default() }
    }

    /// How many paragraphs it has.
    pub(super) fn paragraphs(&self) -> usize {
        self.paragraphs
    }

    /// Begins a block.
    fn open(&mut self) {
        if !self.markdown.is_empty() {
            self.markdown.push('\n');
        }
    }

    /// A paragraph of plain text.
    pub(super) fn paragraph(&mut self, text: &str) {
        let text = collapse(text);
        if self.paragraphs == 0 {
            self.lead = text.clone().into_owned();
        }
        self.paragraphs += 1;
        self.open();
        escape::block(&text, &mut self.markdown);
        self.markdown.push('\n');
    }

    /// A paragraph whose lines stay lines, as those of a poem or an address do.
    pub(super) fn verse<'t>(&mut self, lines: impl Iterator<Item = &'t str>) {
        self.open();
        self.paragraphs += 1;
        let start = self.markdown.len();
        for line in lines {
            if self.markdown.len() > start {
                self.markdown.push_str("\\\n");
            }
            escape::block(&collapse(line), &mut self.markdown);
        }
        self.markdown.push('\n');
    }

    /// A crosshead.
    pub(super) fn crosshead(&mut self, text: &str) {
        self.open();
        self.markdown.push_str("## ");
        escape::heading(&collapse(text), &mut self.markdown);
        self.markdown.push('\n');
    }

    /// A figure in a paragraph of its own, its caption as the title.
    pub(super) fn figure(&mut self, figure: &Figure) {
        self.open();
        self.markdown.push_str("![");
        escape::label(&figure.alt, &mut self.markdown);
        self.markdown.push_str("](");
        escape::destination(&figure.src, &mut self.markdown);
        if !figure.caption.is_empty() {
            self.markdown.push_str(" \"");
            escape::title(&figure.caption, &mut self.markdown);
            self.markdown.push('"');
        }
        self.markdown.push_str(")\n");
    }

    /// A quotation, with who said it if that is known.
    pub(super) fn quote(&mut self, text: &str, speaker: &str) {
        self.open();
        self.markdown.push_str("> ");
        escape::block(&collapse(text), &mut self.markdown);
        if !speaker.is_empty() {
            self.markdown.push_str("\n>\n> — ");
            escape::inline(&collapse(speaker), &mut self.markdown);
        }
        self.markdown.push('\n');
    }

    /// An item of a list; `marker` is `-`, or a number with its stop. The first item of a list begins a block.
    pub(super) fn item(&mut self, marker: &str, text: &str, first: bool) {
        if first {
            self.open();
        }
        self.markdown.push_str(marker);
        self.markdown.push(' ');
        escape::block(&collapse(text), &mut self.markdown);
        self.markdown.push('\n');
    }

    /// The Markdown, and the first paragraph as plain text.
    pub(super) fn finish(self) -> (String, String) {
        (self.markdown, self.lead)
    }
}
