//! The tags and texts of a page, found without a letter being copied.
//!
//! Follows the tokeniser of <https://html.spec.whatwg.org/multipage/parsing.html>, but for what makes no difference to a
//! reader: errors are not told, and character references are left to [`super::references`].

use super::names::{Name, SCRIPT, STYLE, ends_name, read_name};

/// Attributes of one tag that are read.
const ATTRIBUTES: usize = 256;

/// A part of the source, as start and end.
pub(super) type Place = (usize, usize);

/// A piece of the source.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    Text(Place),
    Start(Tag),
    End(Tag),
    Comment(Place),
    /// A document type, processing instruction or another thing that begins as markup does.
    Declaration(Place),
}

/// What a start or end tag is like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) name: Name,
    pub(super) start: usize,
    pub(super) name_end: usize,
    pub(super) end: usize,
    /// Whether it ends in `/>`.
    pub(super) empty: bool,
    /// Where its attributes are cut off, if there are too many.
    pub(super) cut: Option<usize>,
}

/// Reads the tokens of a source one by one.
pub(super) struct Tokens<'a> {
    html: &'a str,
    /// Where the next token begins.
    pub(super) at: usize,
    /// The attributes of the last start tag: name, and value without quotes.
    pub(super) attributes: Vec<(Place, Place)>,
    /// Whether scripts in comments are read as nesting.
    nested: bool,
    /// Elements of raw text that no end tag follows any more.
    endless: Vec<Name>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0, attributes: Vec::new(), nested: true, endless: Vec::new() }
    }

    /// Part of the source.
    pub(super) fn source(&self, (start, end): Place) -> &'a str {
        self.html.get(start..end).unwrap_or_default()
    }

    /// The next token; `None` at the end, and where a tag is not finished.
    pub(super) fn next(&mut self) -> Option<Token> {
        let bytes = self.html.as_bytes();
        let start = self.at;
        let open = openings(bytes, start).find(|at| opens(bytes, *at)).unwrap_or(bytes.len());
        if open > start {
            self.at = open;
            return Some(Token::Text((start, open)));
        }
        let token = match (bytes.get(open + 1)?, bytes.get(open + 2)) {
            (b'/', Some(letter)) if letter.is_ascii_alphabetic() => Token::End(self.tag(open, open + 2)?),
            (b'!', _) if bytes[open..].starts_with(b"<!--") => {
                self.at = comment_end(bytes, open + 4);
                Token::Comment((open, self.at))
            }
            (b'!' | b'?' | b'/', _) => {
                self.at = after(bytes, open + 2, b'>');
                Token::Declaration((open, self.at))
            }
            _ => Token::Start(self.tag(open, open + 1)?),
        };
        Some(token)
    }

    /// Reads the tag whose name begins at `at`.
    fn tag(&mut self, start: usize, at: usize) -> Option<Tag> {
        let bytes = self.html.as_bytes();
        let (name, name_end) = read_name(bytes, at);
        let (mut at, mut cut) = (name_end, None);
        self.attributes.clear();
        loop {
            while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
                at += 1;
            }
            let Some(byte) = bytes.get(at) else {
                self.at = at;
                return None;
            };
            if *byte == b'>' {
                self.at = at + 1;
                return Some(Tag { name, start, name_end, end: at + 1, empty: bytes[at - 1] == b'/', cut });
            }
            let (name, value, end) = attribute(bytes, at);
            if self.attributes.len() < ATTRIBUTES {
                self.attributes.push((name, value));
            } else {
                cut.get_or_insert(at);
            }
            at = end;
        }
    }

    /// Where the raw text of the element that has just begun ends: at its end tag, or with the source.
    pub(super) fn raw_end(&mut self, element: Name) -> usize {
        let bytes = self.html.as_bytes();
        let end = self.raw_end_tag(element).unwrap_or(bytes.len());
        let raw = bytes.get(self.at..end).unwrap_or_default();
        if element != SCRIPT || !self.nested || memchr::memmem::find(raw, b"<!--").is_none() {
            return end;
        }
        // Where that reading finds no end, it is not tried again: each try may take it to the end of the source.
        nested_script_end(bytes, self.at).unwrap_or_else(|| {
            self.nested = false;
            end
        })
    }

    /// Where the next end tag of an element is, if there is one. Looked for in vain only once for each name.
    fn raw_end_tag(&mut self, element: Name) -> Option<usize> {
        if self.endless.contains(&element) {
            return None;
        }
        let bytes = self.html.as_bytes();
        let end = openings(bytes, self.at).find(|at| is_end(bytes, *at, element));
        if end.is_none() {
            self.endless.push(element);
        }
        end
    }

    /// Where the text of a title, form or frame that has no end tag ends: before the next tag. To browsers it is the
    /// rest of the page; but then the page is damaged, and its text in there.
    pub(super) fn damaged_end(&mut self, element: Name) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let is_program = matches!(element, SCRIPT | STYLE);
        if is_program || self.raw_end_tag(element).is_some() {
            return None;
        }
        Some(openings(bytes, self.at).find(|at| opens(bytes, *at)).unwrap_or(bytes.len()))
    }
}

/// Where a script ends that is in a comment, as those were that older browsers were not to show: scripts nest in there.
fn nested_script_end(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut comment, mut inner) = (false, false);
    let mut last = from;
    for at in openings(bytes, from) {
        if comment && memchr::memmem::find(bytes.get(last..at)?, b"-->").is_some() {
            (comment, inner) = (false, false);
        }
        if is_end(bytes, at, SCRIPT) {
            if !inner {
                return Some(at);
            }
            inner = false;
        } else if bytes.get(at..)?.starts_with(b"<!--") {
            comment = true;
        } else if comment && read_name(bytes, at + 1).0 == SCRIPT {
            inner = true;
        }
        last = at;
    }
    None
}

fn is_end(bytes: &[u8], at: usize, element: Name) -> bool {
    bytes.get(at + 1) == Some(&b'/') && read_name(bytes, at + 2).0 == element
}

/// The places of all `<` from a place on.
fn openings(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'<', bytes.get(from..).unwrap_or_default()).map(move |found| from + found)
}

/// Whether markup begins with the `<` at that place.
fn opens(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/'))
}

/// The attribute that begins at `at`: its name, its value without quotes, and where it ends.
fn attribute(bytes: &[u8], start: usize) -> (Place, Place, usize) {
    let space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    // An equals sign may begin a name.
    let mut at = start + 1;
    while bytes.get(at).is_some_and(|byte| !ends_name(*byte) && *byte != b'=') {
        at += 1;
    }
    let name = (start, at);
    let mut value = at;
    while space(value) {
        value += 1;
    }
    if bytes.get(value) != Some(&b'=') {
        return (name, (at, at), at);
    }
    value += 1;
    while space(value) {
        value += 1;
    }
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(value) {
        let end = after(bytes, value + 1, *quote);
        // Where the quote is missing the source ends, and the tag is dropped with it.
        return (name, (value + 1, end.saturating_sub(1).max(value + 1)), end);
    }
    let start = value;
    while bytes.get(value).is_some_and(|byte| *byte != b'>' && !byte.is_ascii_whitespace()) {
        value += 1;
    }
    (name, (start, value), value)
}

/// Right after the next `byte`, or the end.
fn after(bytes: &[u8], at: usize, byte: u8) -> usize {
    bytes.get(at..).and_then(|rest| memchr::memchr(byte, rest)).map_or(bytes.len(), |found| at + found + 1)
}

/// Right after the comment whose text begins at `at`.
fn comment_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    if rest.starts_with(b">") {
        return at + 1;
    }
    if rest.starts_with(b"->") {
        return at + 2;
    }
    let closes = |found: &usize| matches!(rest[found + 2..], [b'>', ..] | [b'!', b'>', ..]);
    let mut dashes = memchr::memchr_iter(b'-', rest).filter(|found| rest.get(found + 1) == Some(&b'-'));
    dashes.find(closes).map_or(bytes.len(), |found| after(bytes, at + found, b'>'))
}
