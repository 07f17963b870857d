//! The paragraph that is being written: text, and the marks around it.
//!
//! Marks are opened when the first letter comes and closed when the first letter after them comes. So white space
//! never stands inside them, empty ones leave no trace, and a mark that spans paragraphs is closed and opened again.

use crate::markup::escape;
use crate::markup::tree::NodeId;

/// A mark around text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Deleted,
    /// A link, and where it leads.
    Link(String),
}

impl Mark {
    fn sign(&self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Deleted => "~~",
            Self::Link(_) => "[",
        }
    }
}

#[derive(Default)]
pub(super) struct Inline {
    /// The Markdown so far.
    out: String,
    /// Plain text that follows, not escaped yet: what an escape depends on may come in the next text.
    run: String,
    space: bool,
    breaks: u32,
    /// The marks of the open elements. A mark inside the same mark, or where it could not be opened, is `None`.
    wanted: Vec<(NodeId, Option<Mark>)>,
    /// The marks that are open in `out`: element, mark, and where its sign stands.
    open: Vec<(NodeId, Mark, usize)>,
    /// Signs that turned out not to work, as place and length.
    void: Vec<(usize, usize)>,
}

impl Inline {
    /// An element begins that marks its text.
    pub(super) fn mark(&mut self, id: NodeId, mark: Mark) {
        let doubled = self.wanted.iter().flatten_marks().any(|(_, open)| same(open, &mark));
        self.wanted.push((id, (!doubled).then_some(mark)));
    }

    /// The element that began last among those that mark ends.
    pub(super) fn unmark(&mut self) {
        self.wanted.pop();
    }

    pub(super) fn line_break(&mut self) {
        self.breaks += 1;
        self.space = false;
    }

    /// Whether `text`, if it comes next, is a paragraph of its own: after two line breaks, or one and an indent.
    pub(super) fn begins_paragraph(&self, text: &str) -> bool {
        let has_text = !text.trim().is_empty();
        let indented = || {
            let text = text.trim_start_matches([' ', '\t', '\n', '\r']);
            text.starts_with("\u{a0}\u{a0}") || text.starts_with('\u{3000}')
        };
        // In verse lines are indented too, but a paragraph begins after the end of a sentence.
        let ended = || {
            let before = if self.run.trim_end().is_empty() { &self.out } else { &self.run };
            let bare = before.trim_end_matches(['"', '”', '’', '\'', '»', ')', '*', ' ', '」', '』', '）']);
            bare.is_empty() || bare.ends_with(['.', '!', '?', ':', '…', '。', '！', '？'])
        };
        has_text && (self.breaks > 1 || (self.breaks == 1 && indented() && ended()))
    }

    /// Appends text; runs of white space count as one space.
    pub(super) fn text(&mut self, text: &str) {
        if is_tidy(text) {
            let bare = text.trim_matches(' ');
            self.space |= text.starts_with(' ');
            if !bare.is_empty() {
                self.word(bare);
                self.space = text.ends_with(' ');
            }
            return;
        }
        let mut from = None;
        for (at, c) in text.char_indices() {
            if is_space(c) {
                if let Some(start) = from.take() {
                    self.word(&text[start..at]);
                }
                // Soft hyphens and the like join what they stand in.
                self.space |= c.is_whitespace();
            } else if from.is_none() {
                from = Some(at);
            }
        }
        if let Some(start) = from {
            self.word(&text[start..]);
        }
    }

    /// Appends text without white space, but for no-break spaces, which are spaces at its ends.
    fn word(&mut self, word: &str) {
        let text = word.trim_start_matches('\u{a0}');
        self.space |= text.len() < word.len();
        let bare = text.trim_end_matches('\u{a0}');
        let Some(first) = bare.chars().next() else { return };
        self.sync(first);
        self.run.push_str(bare);
        self.space = bare.len() < text.len();
    }

    /// Appends what is Markdown already.
    pub(super) fn raw(&mut self, markdown: &str) {
        let Some(first) = markdown.chars().next() else { return };
        self.sync(first);
        self.end_run();
        self.out.push_str(markdown);
    }

    /// Appends code.
    pub(super) fn code(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        self.raw(&format!("{fence}{pad}{text}{pad}{fence}"));
    }

    /// The paragraph, which ends here; `None` if it is empty.
    pub(super) fn take(&mut self) -> Option<String> {
        self.space = false;
        self.breaks = 0;
        while !self.open.is_empty() {
            self.close(' ');
        }
        self.end_run();
        let mut text = std::mem::take(&mut self.out);
        if !self.void.is_empty() {
            text = self.without_void(&text);
        }
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| if trimmed.len() == text.len() { text.clone() } else { trimmed.to_owned() })
    }

    fn without_void(&mut self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        self.void.sort_unstable();
        for (at, length) in self.void.drain(..) {
            kept.push_str(text.get(from..at).unwrap_or_default());
            from = at + length;
        }
        kept.push_str(text.get(from..).unwrap_or_default());
        kept
    }

    /// Brings marks and white space up to where a text beginning with `next` can be appended.
    fn sync(&mut self, next: char) {
        let wanted = self.wanted.iter().flatten_marks();
        let kept = self.open.iter().zip(wanted).take_while(|(open, wanted)| same_mark(open, *wanted)).count();
        let gap = self.space || self.breaks > 0;
        while self.open.len() > kept {
            self.close(if gap { ' ' } else { next });
        }
        let is_first = self.out.is_empty() && self.run.is_empty();
        if self.breaks > 0 && !is_first {
            self.end_run();
            self.out.push_str("\\\n");
        } else if self.space && !is_first {
            self.run.push(' ');
        }
        (self.space, self.breaks) = (false, 0);
        if self.wanted.iter().flatten_marks().count() > kept {
            self.open(kept, next);
        }
    }

    /// Opens the marks that are wanted beyond the first `kept`. One that would not work is not wanted any more.
    fn open(&mut self, kept: usize, next: char) {
        self.end_run();
        let mut nth = 0;
        for (id, wanted) in &mut self.wanted {
            let Some(mark) = wanted else { continue };
            nth += 1;
            if nth <= kept {
                continue;
            }
            let before = self.out.chars().next_back().unwrap_or(' ');
            let works = match mark {
                Mark::Link(_) => true,
                // A sign right after a sign would be read as one.
                _ if matches!(before, '*' | '~')
                    && self.open.last().is_none_or(|last| last.2 + last.1.sign().len() < self.out.len()) =>
                {
                    false
                }
                _ => !is_mark(next) || !before.is_alphanumeric(),
            };
            if !works {
                *wanted = None;
                continue;
            }
            if matches!(mark, Mark::Link(_)) && before == '!' {
                self.out.pop();
                self.out.push_str("\\!");
            }
            self.open.push((*id, mark.clone(), self.out.len()));
            self.out.push_str(mark.sign());
        }
    }

    /// Closes the innermost mark, with `next` as the character that will follow.
    fn close(&mut self, next: char) {
        self.end_run();
        let Some((_, mark, place)) = self.open.pop() else { return };
        if let Mark::Link(to) = &mark {
            self.out.push_str("](");
            escape::destination(to, &mut self.out);
            self.out.push(')');
            return;
        }
        // What CommonMark calls a right-flanking delimiter run.
        let before = self.out.chars().next_back().unwrap_or(' ');
        if is_mark(before) && next.is_alphanumeric() {
            self.void.push((place, mark.sign().len()));
        } else {
            self.out.push_str(mark.sign());
        }
    }

    /// Escapes the plain text that has come together.
    fn end_run(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let in_link = self.open.iter().any(|(_, mark, _)| matches!(mark, Mark::Link(_)));
        let bare = run.trim_start();
        if bare.len() < run.len() {
            self.out.push(' ');
        }
        if in_link {
            escape::label(bare, &mut self.out);
        } else if self.out.is_empty() || self.out.ends_with('\n') {
            escape::block(bare, &mut self.out);
            if bare.ends_with(' ') {
                self.out.push(' ');
            }
        } else {
            escape::inline(bare, &mut self.out);
        }
        self.run = run;
        self.run.clear();
    }
}

/// Marks among the wanted ones that can be written.
trait Marks<'a> {
    fn flatten_marks(self) -> impl Iterator<Item = (NodeId, &'a Mark)>;
}

impl<'a, I: Iterator<Item = &'a (NodeId, Option<Mark>)>> Marks<'a> for I {
    fn flatten_marks(self) -> impl Iterator<Item = (NodeId, &'a Mark)> {
        self.filter_map(|(id, mark)| Some((*id, mark.as_ref()?)))
    }
}

/// What parts words, and what only stands between letters without being seen.
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}' || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// Whether all white space of a text is single spaces, so that it can be taken as one word: nearly all texts are.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Counting never stops early, which is the quickest way to know.
    let is_plain = bytes.iter().filter(|byte| **byte < 0x20).count() == 0;
    let is_odd = |c: char| !c.is_ascii() && (is_space(c) || c == '\u{a0}');
    is_plain && memchr::memmem::find(bytes, b"  ").is_none() && (text.is_ascii() || !text.contains(is_odd))
}

fn same(a: &Mark, b: &Mark) -> bool {
    a == b || matches!((a, b), (Mark::Link(_), Mark::Link(_)))
}

/// Whether an open mark can stay open for a wanted one. Two elements that mark alike and touch are one, but for links.
fn same_mark(open: &(NodeId, Mark, usize), wanted: (NodeId, &Mark)) -> bool {
    match &open.1 {
        Mark::Link(_) => open.0 == wanted.0,
        mark => mark == wanted.1,
    }
}

/// Neither letter, digit nor space.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}
