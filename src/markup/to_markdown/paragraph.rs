//! The end of a paragraph: what it turned out to be.

use super::{Kind, Writer};

/// Longest bold paragraph that can be a crosshead; characters.
const LONGEST_CROSSHEAD: usize = 90;

impl Writer<'_> {
    /// Writes the paragraph that is complete, and the pictures that stood in it.
    pub(super) fn end_paragraph(&mut self) {
        if let Some(text) = self.inline.take() {
            match self.kind {
                Kind::Plain => self.paragraph(&text),
                Kind::Heading(level) => {
                    self.settle_crosshead(false);
                    let line = text.replace("\\\n", " ");
                    let end = if line.ends_with('#') { "\\" } else { "" };
                    let line = line.strip_suffix('#').map_or(line.clone(), |line| format!("{line}{end}#"));
                    self.blocks.write(&format!("{} {line}", "#".repeat(usize::from(level))));
                }
                Kind::Term => {
                    self.settle_crosshead(true);
                    self.blocks.write(&text);
                }
                Kind::Speaker => {
                    self.settle_crosshead(true);
                    let name = text.trim_start_matches(['—', '–', '―', '-', '~', '\\', ' ']);
                    self.blocks.write(&format!("— {name}"));
                }
            }
        }
        for figure in std::mem::take(&mut self.figures) {
            self.settle_crosshead(true);
            self.blocks.write(&figure);
        }
    }

    fn paragraph(&mut self, text: &str) {
        let inner = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
        let is_line = |inner: &str| {
            inner.chars().count() <= LONGEST_CROSSHEAD
                && !inner.contains("**")
                && !inner.contains(['\n', '['])
                && !inner.ends_with(['.', ':', ',', ';', '…', '*'])
        };
        let crosshead = inner.filter(|inner| is_line(inner) && !self.blocks.is_empty() && self.blocks.at_top());
        if let Some(words) = crosshead.map(str::to_owned) {
            self.settle_crosshead(false);
            self.crosshead = Some(words);
        } else {
            self.settle_crosshead(true);
            self.blocks.write(text);
        }
    }

    /// A line across the page.
    pub(super) fn rule(&mut self) {
        self.end_paragraph();
        self.settle_crosshead(true);
        self.blocks.rule();
    }

    /// Writes the bold line that waited: as a crosshead if text follows it.
    pub(super) fn settle_crosshead(&mut self, text_follows: bool) {
        if let Some(words) = self.crosshead.take() {
            self.blocks.write_at_top(&if text_follows { format!("## {words}") } else { format!("**{words}**") });
        }
    }
}
