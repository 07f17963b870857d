//! What became of each piece of a source: kept as which field, or left out and why; and whether the words of what was
//! kept are indeed in the article.

mod check;

use crate::markup::blocks::blocks;
use crate::markup::tree::Tag;
pub use check::{Amount, check};
use std::fmt;

/// Longest text of a piece where an account is shown as text, in characters.
const LONGEST: usize = 100;

/// What became of one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Kept, as the front matter key or part of the body named.
    Kept(&'static str),
    /// Left out, and why.
    Dropped(&'static str),
}

/// One piece of a source: where it stands, its text, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Line of the source, from 1, or 0 where lines mean nothing.
    pub line: u32,
    /// What kind of piece, as `line`, `meta property="og:title"` or `div.related`.
    pub what: String,
    /// The piece's text, all of it.
    pub text: String,
    /// What became of it.
    pub fate: Fate,
}

/// The account of one source, in its own order. Empty and free unless accounting was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// In the source's order.
    pub pieces: Vec<Piece>,
    /// Per field, the candidates that lost, as (field, candidate, where from, why not).
    pub rejected: Vec<(&'static str, String, String, String)>,
}

impl Account {
    /// Notes what became of a piece. One of several blocks of text, as HTML or with blank lines between them, is noted
    /// block by block.
    pub fn note(&mut self, line: usize, what: impl Into<String>, text: &str, fate: Fate) {
        let (line, what, text) = (u32::try_from(line).unwrap_or(0), what.into(), text.trim());
        let is_markup = ["</", "<br", "<p>", "<img", "/>"].iter().any(|mark| text.contains(mark));
        if is_markup {
            let blocks = blocks(text);
            if !blocks.is_empty() {
                return self.pieces.extend(blocks.into_iter().map(|block| {
                    let what = match block.tag {
                        Tag::Document | Tag::Other | Tag::Body | Tag::Html => what.clone(),
                        tag => format!("{what} {}", format!("{tag:?}").to_lowercase()),
                    };
                    Piece { line, what, text: block.text, fate }
                }));
            }
        } else if text.contains("\n\n") {
            let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
            return self.pieces.extend(paragraphs.map(|text| Piece {
                line,
                what: what.clone(),
                text: text.to_owned(),
                fate,
            }));
        }
        self.pieces.push(Piece { line, what, text: text.to_owned(), fate });
    }
}

impl fmt::Display for Account {
    /// A line each: where, what became of it, what it is, and how it begins; then the candidates that lost.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            if piece.line > 0 {
                write!(f, "{:>5}  ", piece.line)?;
            }
            let (verb, detail) = match piece.fate {
                Fate::Kept(field) => ("kept", field),
                Fate::Dropped(reason) => ("dropped", reason),
            };
            let text: String = super::shape::collapse(&piece.text).chars().take(LONGEST).collect();
            writeln!(f, "{verb}: {detail} | {} | {text}", piece.what)?;
        }
        for (field, candidate, from, reason) in &self.rejected {
            writeln!(f, "{field} not from {from}: {reason} | {candidate}")?;
        }
        Ok(())
    }
}
