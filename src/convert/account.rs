//! What became of each piece of a source: kept as which field, or left out and why.

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
    pub rejected: Vec<(&'static str, String, String, &'static str)>,
}
