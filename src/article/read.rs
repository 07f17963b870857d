//! Text as front matter and body.
