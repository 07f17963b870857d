//! `text`: any other plain text of an article, its parts told by their shape and place.
//!
//! ```text
//! Council votes to dredge the harbour          the headline, perhaps underlined, perhaps a standfirst after it
//! By Ines Marrable in Quayside                 a byline: `By …`, or a name and an office
//! 3 March 1999                                 a date line
//!
//! QUAYSIDE, March 3 - The council has …        a dateline, then paragraphs between blank lines or by indentation
//! ```
//!
//! Labelled lines (`Headline: …`, `Date: …`) at the top are read as well.

pub(super) mod dateline;
mod head;
mod story;

use super::ledger::Ledger;
use super::lines::{lines, unwrap};
use super::{Converted, Format, Sink, Source, body, decode, refusal};
use crate::article::Article;
use crate::diagnostic::{Diagnostic, Place};

/// The row of the table of formats.
pub const FORMAT: Format =
    Format { name: "text", about: "any other plain text of an article", detect, convert, split: None };

/// How much of a source is looked at to tell its format.
const LOOK: usize = 16 * 1024;

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(LOOK)];
    let structured = |start: &[u8]| source.bytes.trim_ascii_start().starts_with(start);
    if refusal::not_text(source.bytes).is_some()
        || [b"<".as_slice(), b"{", b"---\n", b"+++\n"].into_iter().any(structured)
    {
        return 0;
    }
    let text = decode::decode(look, None);
    // Running text is nearly all letters; tables, logs and programs are not.
    let (mut letters, mut others, mut signs) = (0, 0, 0);
    for c in text.chars() {
        match c {
            c if c.is_alphabetic() || matches!(c, '.' | ',' | '\'') => letters += 1,
            c if c.is_whitespace() => {}
            '{' | '}' | '<' | '>' | ';' | '|' | '\\' | '\u{fffd}' => signs += 1,
            _ => others += 1,
        }
    }
    let runs = letters > 40 && letters > (others + signs) * 3 && letters > signs * 20;
    if runs { 20 } else { 0 }
}

pub(super) fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    if let Some((what, hint)) = refusal::not_text(source.bytes) {
        return sink(Err(Diagnostic::error(Place::file(source.path), what).hint(hint)));
    }
    let decoded = decode::decode(source.bytes, None);
    let raw = lines(&decoded);
    let mut ledger = Ledger::new(source.accounting, raw.len());
    let lines = unwrap(raw);
    let mut head = head::read(&lines, &mut ledger);
    let mut story = story::Story::new(body::Body::with_capacity(decoded.len() + decoded.len() / 16), &mut head.front);
    story.read(&lines[head.end..], &mut ledger);
    let (markdown, lead) = story.finish();
    if lead.is_empty() {
        let refused = Diagnostic::error(Place::file(source.path), "there is a headline but no article below it");
        return sink(Err(refused.hint("the first line is taken as the headline, the rest as the text")));
    }
    if head.front.description.is_empty() {
        head.front.description = lead;
    }
    let warning = head.warning.map(|(line, message)| Diagnostic::warning(Place::at(source.path, line, 0), message));
    sink(Ok(Converted {
        article: Article { front: head.front, body: markdown },
        account: ledger.account(&decoded),
        warnings: warning.into_iter().collect(),
        ..Converted::default()
    }));
}
