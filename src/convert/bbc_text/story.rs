//! The story itself. Its blocks stand between blank lines; what belongs to a block without being text is glued to its
//! start: what a picture shows and the words under it, a speaker's name, the byline.

use crate::article::Figure;
use crate::convert::body::Body;
use crate::convert::byline::{byline, office};
use crate::convert::ledger::Ledger;
use crate::convert::lines::Line;
use crate::convert::shape::{
    at_most, collapse, is_caption, is_crosshead, is_prose, is_punctuated, is_quote, is_speaker, is_stopped,
};

/// A block of more lines is from a copy without blank lines; a short line in it is no caption for being glued.
const LARGE: usize = 8;

/// Longest words of a marked picture, in bytes.
const LONGEST_LABEL: usize = 300;

/// A story as it is read.
#[derive(Debug, Default)]
pub(super) struct Story {
    body: Body,
    authors: Vec<String>,
    dateline: String,
    image: Option<Figure>,
}

/// Whether the line is a picture's place of 1997 to 1999: `image: [ caption ]` or `[ image: caption ]`.
pub(super) fn is_marked(line: &str) -> bool {
    marked(line).is_some()
}

/// What the picture shows, and what stands after its place on the same line.
fn marked(line: &str) -> Option<(&str, &str)> {
    let inner = match line.strip_prefix('[') {
        Some(rest) => rest.trim_start().strip_prefix("image:")?,
        None => line.strip_prefix("image:")?.trim_start().strip_prefix('[')?,
    };
    let (alt, tail) = inner.split_once(']').unwrap_or((inner, ""));
    (alt.len() <= LONGEST_LABEL).then(|| (alt.trim(), tail.trim()))
}

/// Whether the words under a picture are what it shows.
fn repeats(alt: &str, caption: &str) -> bool {
    !alt.is_empty() && caption.len() <= LONGEST_LABEL && (caption.starts_with(alt) || alt.starts_with(caption))
}

impl Story {
    pub(super) fn new(body: Body) -> Self {
        Self { body, ..Self::default() }
    }

    /// Authors, dateline, lead figure, and the body with its first paragraph.
    pub(super) fn finish(self) -> (Vec<String>, String, Option<Figure>, (String, String)) {
        (self.authors, self.dateline, self.image, self.body.finish())
    }

    /// Reads a stretch of the story.
    pub(super) fn read(&mut self, lines: &[Line<'_>], ledger: &mut Ledger) {
        let mut blocks = Blocks { rest: lines };
        let mut next = blocks.next();
        // Right after the headline a short line is the lead figure's, not a crosshead.
        let first = self.body.paragraphs() == 0 && self.image.is_none();
        let mut glued = first && lines.first().is_some_and(|line| !line.text.is_empty());
        while let Some(block) = next {
            next = blocks.next();
            if let [one] = block
                && (!glued || is_marked(&one.text))
            {
                let used = self.alone(one, next, blocks.clone(), ledger);
                next = next.and_then(|next| next.get(used..)).filter(|rest| !rest.is_empty()).or_else(|| blocks.next());
            } else {
                self.block(block, ledger);
            }
            glued = false;
        }
    }

    /// A line alone in its block; what it is shows in the blocks after it. Returns how many lines of the next block went
    /// with it.
    fn alone(
        &mut self,
        line: &Line<'_>,
        next: Option<&[Line<'_>]>,
        mut after: Blocks<'_, '_>,
        ledger: &mut Ledger,
    ) -> usize {
        match next {
            Some([caption, ..])
                if marked(&line.text).is_some_and(|(alt, tail)| tail.is_empty() && repeats(alt, &caption.text)) =>
            {
                self.marked_figure(&[line.clone(), caption.clone()], ledger);
                1
            }
            Some([speaker, text, rest @ ..])
                if is_quotation(&line.text)
                    && (is_speaker(&speaker.text) || rest.is_empty() && is_office_holder(&speaker.text))
                    && (is_prose(&text.text) || is_caption(&text.text)) =>
            {
                self.body.quote(&line.text, &speaker.text);
                ledger.keep(line, "body: pull quote");
                ledger.keep(speaker, "body: pull quote's speaker");
                1
            }
            // In a copy with a blank line after every line a figure is two short lines before a paragraph.
            Some([caption])
                if is_crosshead(&line.text)
                    && is_label(line)
                    && is_label(caption)
                    && after.next().is_some_and(|block| is_prose(&block[0].text)) =>
            {
                self.pair(line, caption, ledger);
                1
            }
            Some(_) if self.body.paragraphs() > 0 && is_crosshead(&line.text) && !self.is_byline(&line.text) => {
                self.body.crosshead(&line.text);
                ledger.keep(line, "body: crosshead");
                0
            }
            _ => {
                self.block(std::slice::from_ref(line), ledger);
                0
            }
        }
    }

    /// A block of lines: glued labels, then text, and so on.
    fn block(&mut self, block: &[Line<'_>], ledger: &mut Ledger) {
        let mut rest = block;
        while let Some(line) = rest.first() {
            let used = self.marked_figure(rest, ledger);
            let used = if used > 0 { used } else { self.byline(rest, ledger) };
            let used = if used > 0 { used } else { self.glued(rest, block.len() >= LARGE, ledger) };
            if used == 0 {
                self.body.paragraph(&line.text);
                ledger.keep(line, "body: paragraph");
            }
            rest = rest.get(used.max(1)..).unwrap_or_default();
        }
    }

    /// `[ image: X]`, and X again as the caption, on the next line or on the same. Returns how many lines it took.
    fn marked_figure(&mut self, lines: &[Line<'_>], ledger: &mut Ledger) -> usize {
        let Some((line, (alt, tail))) = lines.first().and_then(|line| Some((line, marked(&line.text)?))) else {
            return 0;
        };
        let next = lines
            .get(1)
            .filter(|next| tail.is_empty() && (repeats(alt, &next.text) || is_label(next) && lines.len() > 2));
        let (caption, text) = match next {
            Some(next) => (&*next.text, ""),
            None => match tail.strip_prefix(alt) {
                Some(text) if !tail.is_empty() && !alt.is_empty() => (alt, text.trim_start()),
                _ if is_prose(tail) => ("", tail),
                _ => (tail, ""),
            },
        };
        if alt.is_empty() && caption.is_empty() {
            ledger.drop(line, "a picture that nothing is said of");
        } else {
            ledger.keep(line, "body: picture");
            self.figure(alt, caption);
        }
        if let Some(next) = next {
            ledger.keep(next, "body: caption");
        }
        if !text.is_empty() {
            self.body.paragraph(text);
            ledger.keep(line, "body: paragraph");
        }
        1 + usize::from(next.is_some())
    }

    /// A byline and the writer's office under it. Returns how many lines it took.
    fn byline(&mut self, lines: &[Line<'_>], ledger: &mut Ledger) -> usize {
        let Some(line) = lines.first().filter(|line| self.is_byline(&line.text)) else { return 0 };
        let Some(found) = byline(&line.text) else { return 0 };
        self.authors = found.authors;
        self.dateline = found.place;
        ledger.keep(line, "authors");
        let Some((line, place)) = lines.get(1).and_then(|line| Some((line, office(&line.text)?))) else { return 1 };
        if place.is_empty() {
            ledger.drop(line, "the writer's office");
        } else {
            ledger.keep(line, "dateline");
            self.dateline = place;
        }
        2
    }

    /// Bylines stand at the top of a story; further down a line that looks like one is something else.
    fn is_byline(&self, line: &str) -> bool {
        self.authors.is_empty() && self.body.paragraphs() < 2 && byline(line).is_some()
    }

    /// Labels glued before text: what a picture shows and its caption, or one of them. Returns how many lines it took.
    fn glued(&mut self, lines: &[Line<'_>], large: bool, ledger: &mut Ledger) -> usize {
        let labels = lines.iter().take(5).take_while(|line| is_label(line)).count();
        let text_follows = lines.len() > labels;
        match (labels, lines) {
            // A caption may end with a full stop.
            (1, [alt, caption, _, ..])
                if !large && is_stopped(&caption.text) && is_caption(&caption.text) && at_most(&alt.text, 10) =>
            {
                self.pair(alt, caption, ledger)
            }
            (2 | 4, [quote, speaker])
                if is_quotation(&quote.text) && is_speaker(&speaker.text) && !at_most(&quote.text, 8) =>
            {
                self.body.quote(&quote.text, &speaker.text);
                ledger.keep(quote, "body: pull quote");
                ledger.keep(speaker, "body: pull quote's speaker");
                2
            }
            (2..=4, [alt, caption, ..]) if text_follows || labels == 2 => self.pair(alt, caption, ledger),
            (1, [line, ..]) if large && text_follows && is_crosshead(&line.text) && self.body.paragraphs() > 0 => {
                self.body.crosshead(&line.text);
                ledger.keep(line, "body: crosshead");
                1
            }
            // One of the two is lost. Few words say what a picture shows, more are its caption.
            (1, [line, ..]) if text_follows || (self.body.paragraphs() == 0 && line.text.len() <= 70) => {
                let short = at_most(&line.text, 3);
                let (alt, caption) = if short { (&*line.text, "") } else { ("", &*line.text) };
                self.figure(alt, caption);
                ledger.keep(line, if short { "body: picture" } else { "body: caption" });
                1
            }
            _ => 0,
        }
    }

    fn pair(&mut self, alt: &Line<'_>, caption: &Line<'_>, ledger: &mut Ledger) -> usize {
        self.figure(&alt.text, &caption.text);
        ledger.keep(alt, "body: picture");
        ledger.keep(caption, "body: caption");
        2
    }

    /// Sets a figure; one before all text is the lead figure.
    fn figure(&mut self, alt: &str, caption: &str) {
        let figure =
            Figure { alt: collapse(alt).into_owned(), caption: collapse(caption).into_owned(), ..Figure::default() };
        self.body.figure(&figure);
        if self.image.is_none() {
            self.image = Some(figure);
        }
    }
}

/// Whether the line could say what a picture shows, or be the words under it.
fn is_label(line: &Line<'_>) -> bool {
    !is_prose(&line.text) && is_caption(&line.text) && byline(&line.text).is_none()
}

/// Whether the words could be a pull quote's: several, without the stop of a sentence.
fn is_quotation(text: &str) -> bool {
    let quoted = text.starts_with(is_quote) && text.ends_with(is_quote);
    quoted || (!is_punctuated(text) && !at_most(text, 5))
}

/// Whether the line could name a speaker by office, as "Spokesman for the harbour board".
fn is_office_holder(text: &str) -> bool {
    text.len() <= 60 && at_most(text, 8) && text.starts_with(char::is_uppercase) && !is_punctuated(text)
}

/// The stretches between blank lines.
#[derive(Clone)]
struct Blocks<'l, 'a> {
    rest: &'l [Line<'a>],
}

impl<'l, 'a> Iterator for Blocks<'l, 'a> {
    type Item = &'l [Line<'a>];

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.iter().position(|line| !line.text.is_empty())?;
        let rest = &self.rest[start..];
        let end = rest.iter().position(|line| line.text.is_empty()).unwrap_or(rest.len());
        let (block, rest) = rest.split_at(end);
        self.rest = rest;
        Some(block)
    }
}
