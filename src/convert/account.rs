//! What became of each piece of a source: kept as which field, or left out and why.

use std::fmt;

/// Longest text of a piece in an account, in characters.
const LONGEST: usize = 100;

/// What became of one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Kept, as the front matter key or part of the body named.
    Kept(&'static str),
    /// Left out, and why.
    Dropped(&'static str),
}

/// One piece of a source: where it stands, how it begins, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Line of the source, from 1, or 0 where lines mean nothing.
    pub line: u32,
    /// What kind of piece, as `line`, `meta property="og:title"` or `div.related`.
    pub what: String,
    /// The piece's text, at most some hundred characters of it.
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
    /// Notes what became of a piece; the text is cut to what a report can show.
    pub fn note(&mut self, line: usize, what: impl Into<String>, text: &str, fate: Fate) {
        let text = text.trim();
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let text = text.get(..end).unwrap_or_default().to_owned();
        self.pieces.push(Piece { line: u32::try_from(line).unwrap_or(0), what: what.into(), text, fate });
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
            writeln!(f, "{verb}: {detail} | {} | {}", piece.what, piece.text)?;
        }
        for (field, candidate, from, reason) in &self.rejected {
            writeln!(f, "{field} not from {from}: {reason} | {candidate}")?;
        }
        Ok(())
    }
}
