//! The end of a paragraph: what it turned out to be.

use super::{Kind, Writer};

/// Shortest line that may have been broken to fit a column, and not for its sense; bytes.
const SHORTEST_WRAPPED: usize = 40;
/// Longest bold paragraph that can be a crosshead; characters.
const LONGEST_CROSSHEAD: usize = 90;

impl Writer<'_> {
    /// Writes the paragraph that is complete, and the pictures that stood in it.
    pub(super) fn end_paragraph(&mut self) {
        if let Some(text) = self.inline.take() {
            match self.kind {
                Kind::Plain => self.paragraph(&without_wraps(text)),
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

/// A paragraph without the breaks that only wrap its lines: after long lines that end within a sentence, if most breaks
/// are followed by a small letter. Verse and addresses keep theirs.
fn without_wraps(text: String) -> String {
    const BREAK: &str = "\\\n";
    if !text.contains(BREAK) {
        return text;
    }
    let lines: Vec<&str> = text.split(BREAK).collect();
    let is_open = |line: &str| {
        line.len() >= SHORTEST_WRAPPED && !line.ends_with(['.', '!', '?', ':', ';', '…', '"', '”', '»', '*'])
    };
    let pairs = || lines.iter().zip(lines.iter().skip(1));
    let is_wrap = |(line, next): &(&&str, &&str)| is_open(line) && next.starts_with(char::is_lowercase);
    if pairs().filter(is_wrap).count() * 2 < lines.len() - 1 {
        return text;
    }
    let mut joined = String::with_capacity(text.len());
    for (nth, line) in lines.iter().enumerate() {
        joined.push_str(line);
        if nth + 1 < lines.len() {
            joined.push_str(if is_open(line) { " " } else { BREAK });
        }
    }
    joined
}
