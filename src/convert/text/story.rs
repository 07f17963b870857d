//! The story: paragraphs, crossheads, lists, quotations and verses, told by shape.

use super::dateline::dateline;
use super::head::is_rule;
use crate::article::FrontMatter;
use crate::convert::body::Body;
use crate::convert::ledger::Ledger;
use crate::convert::lines::{Line, bullet, numbered};
use crate::convert::shape::{is_crosshead, is_prose, is_speaker};

/// Lines longer than this, in bytes, are no verses.
const VERSE: usize = 60;

/// A story as it is read; fills in what its dateline says.
#[derive(Debug)]
pub(super) struct Story<'f> {
    body: Body,
    front: &'f mut FrontMatter,
}

impl<'f> Story<'f> {
    pub(super) fn new(body: Body, front: &'f mut FrontMatter) -> Self {
        Self { body, front }
    }

    /// The Markdown, and the first paragraph as plain text.
    pub(super) fn finish(self) -> (String, String) {
        self.body.finish()
    }

    /// Reads the story from its first line on.
    pub(super) fn read(&mut self, lines: &[Line<'_>], ledger: &mut Ledger) {
        let mut rest = lines;
        while let Some(start) = rest.iter().position(|line| !line.text.is_empty()) {
            rest = &rest[start..];
            let end = rest.iter().position(|line| line.text.is_empty()).unwrap_or(rest.len());
            let (block, after) = rest.split_at(end);
            let last = after.iter().all(|line| line.text.is_empty());
            self.block(block, last, ledger);
            rest = after;
        }
    }

    fn block(&mut self, block: &[Line<'_>], last: bool, ledger: &mut Ledger) {
        let kind = if self.list(block) || self.quotation(block) {
            "body: list or quotation"
        } else if let [one] = block
            && last
            && is_end(&one.text)
        {
            return ledger.drop(one, "end mark");
        } else if let [head] = block
            && !last
            && self.body.paragraphs() > 0
            && is_crosshead(&head.text)
        {
            self.body.crosshead(&head.text);
            "body: crosshead"
        } else if block.len() > 1
            && block.iter().all(|line| line.text.len() <= VERSE && !is_rule(&line.text))
            && is_verse(block)
        {
            self.body.verse(block.iter().map(|line| &*line.text));
            "body: lines"
        } else {
            return self.paragraphs(block, ledger);
        };
        for line in block {
            ledger.keep(line, kind);
        }
    }

    /// Every line a paragraph, but for crossheads that are underlined or in capitals.
    fn paragraphs(&mut self, block: &[Line<'_>], ledger: &mut Ledger) {
        for (at, line) in block.iter().enumerate() {
            let below = block.get(at + 1);
            if is_rule(&line.text) {
                ledger.drop(line, "rule");
            } else if below
                .is_some_and(|below| is_crosshead(&line.text) && (is_rule(&below.text) || is_capitals(&line.text)))
            {
                self.body.crosshead(&line.text);
                ledger.keep(line, "body: crosshead");
            } else {
                self.paragraph(&line.text);
                ledger.keep(line, "body: paragraph");
            }
        }
    }

    /// A paragraph; the first one may begin with a dateline, which leaves the text where it is kept whole elsewhere.
    fn paragraph(&mut self, text: &str) {
        let opening = if self.body.paragraphs() == 0 { dateline(text) } else { None };
        let Some(opening) = opening else { return self.body.paragraph(text) };
        if self.front.dateline.is_empty() {
            self.front.dateline = opening.place;
        }
        let mut kept = !opening.dated || self.front.date.is_some();
        if !opening.agency.is_empty() {
            if self.front.authors.is_empty() {
                self.front.authors.push(opening.agency.to_owned());
            }
            kept = kept && self.front.authors.iter().any(|author| author == opening.agency);
        }
        self.body.paragraph(if kept { opening.rest } else { text });
    }

    /// Writes the block as a list, if all its lines are items.
    fn list(&mut self, block: &[Line<'_>]) -> bool {
        if block.len() < 2 {
            return false;
        }
        if block.iter().all(|line| bullet(&line.text).is_some() && !is_rule(&line.text)) {
            for (at, words) in block.iter().filter_map(|line| bullet(&line.text)).enumerate() {
                self.body.item("-", words, at == 0);
            }
            return true;
        }
        let ordered = block.iter().all(|line| numbered(&line.text).is_some());
        if ordered {
            for (at, (number, words)) in block.iter().filter_map(|line| numbered(&line.text)).enumerate() {
                self.body.item(&format!("{number}."), words, at == 0);
            }
        }
        ordered
    }

    /// Writes the block as a quotation, if it is marked with `>` or ends with `— speaker`.
    fn quotation(&mut self, block: &[Line<'_>]) -> bool {
        let unmarked = |line: &Line<'_>| line.text.trim_start_matches('>').trim_start().to_owned();
        let marked = block.iter().all(|line| line.text.starts_with('>'));
        let speaker = block.last().map(unmarked).and_then(|last| {
            let name = ["— ", "– ", "-- ", "- "].iter().find_map(|dash| last.strip_prefix(dash))?;
            is_speaker(name).then(|| name.to_owned())
        });
        let speaker = speaker.filter(|_| block.len() > 1);
        if !marked && speaker.is_none() {
            return false;
        }
        let quoted = &block[..block.len() - usize::from(speaker.is_some())];
        let lines: Vec<String> = quoted.iter().map(unmarked).collect();
        self.body.quote(&lines.join(" "), speaker.as_deref().unwrap_or_default());
        true
    }
}

/// Lines that are short without having been broken to fit: those of a poem, an address, a table of results.
fn is_verse(block: &[Line<'_>]) -> bool {
    block.iter().filter(|line| is_prose(&line.text)).count() * 2 < block.len()
}

fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// What stands under the last paragraph of copy for print.
fn is_end(text: &str) -> bool {
    matches!(
        text.trim_matches(['-', '*', '(', ')', ' ', '.']),
        "ends" | "ENDS" | "Ends" | "END" | "30" | "###" | "more" | "MORE"
    ) || matches!(text, "###" | "-30-")
}
