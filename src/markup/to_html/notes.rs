//! Footnotes: numbered by their first reference, set under the text, with a way there and back.
//!
//! Their roles are those of <https://www.w3.org/TR/dpub-aria-1.1/>, which readers announce in their own language.

use super::raw;
use pulldown_cmark::CowStr;
use std::collections::HashMap;
use std::fmt::Write as _;

/// The notes of a body, by number.
#[derive(Default)]
pub(super) struct Notes<'a> {
    numbers: HashMap<CowStr<'a>, usize>,
    list: Vec<Note>,
    /// The definitions that are being written: index of the note, and where its text begins.
    open: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Note {
    text: String,
    references: u32,
}

impl<'a> Notes<'a> {
    fn index(&mut self, name: CowStr<'a>) -> usize {
        let next = self.list.len();
        let index = *self.numbers.entry(name).or_insert(next);
        if index == next {
            self.list.push(Note::default());
        }
        index
    }

    /// Writes a reference to the note of that name.
    pub(super) fn reference(&mut self, name: CowStr<'a>, out: &mut String) {
        let index = self.index(name);
        let number = index + 1;
        let Some(note) = self.list.get_mut(index) else { return };
        note.references += 1;
        let _ = write!(out, "<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"fnref:{number}");
        if note.references > 1 {
            let _ = write!(out, "-{}", note.references);
        }
        let _ = write!(out, "\" role=\"doc-noteref\">{number}</a></sup>");
    }

    /// The definition of a note begins at `place`.
    pub(super) fn begin(&mut self, name: CowStr<'a>, place: usize) {
        let index = self.index(name);
        self.open.push((index, place));
    }

    /// A definition ends: its text leaves the body for the end.
    pub(super) fn end(&mut self, out: &mut String) {
        let Some((index, place)) = self.open.pop() else { return };
        if let Some(note) = self.list.get_mut(index) {
            note.text.push_str(out.get(place..).unwrap_or_default());
        }
        out.truncate(place);
    }

    /// Writes all notes; each goes through the sanitiser if the body has raw HTML.
    pub(super) fn write(&mut self, raw: bool, out: &mut String) {
        if self.list.is_empty() {
            return;
        }
        out.push_str("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for (number, note) in (1..).zip(&mut self.list) {
            if raw {
                raw::sanitise(&mut note.text, 0);
            }
            let text = note.text.trim();
            let (text, closing) = text.strip_suffix("</p>").map_or((text, ""), |text| (text, "</p>"));
            let _ = write!(out, "<li id=\"fn:{number}\">{text}");
            for nth in 1..=note.references {
                let _ = write!(out, " <a href=\"#fnref:{number}");
                if nth > 1 {
                    let _ = write!(out, "-{nth}");
                }
                out.push_str("\" role=\"doc-backlink\">↩\u{fe0e}</a>");
            }
            out.push_str(closing);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</div>\n");
    }
}
