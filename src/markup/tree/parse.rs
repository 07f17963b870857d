//! Reads a page: our tokens, html5ever's rules of how they make a tree, our tree.
//!
//! Most of a page of today is scripts, styles, drawings and attributes that nobody reads. What is not wanted is passed
//! over where it stands and copied nowhere; html5ever gets tags, and texts as parts of one buffer.

use super::limits::{DEEPEST, Limits};
use super::names::{FOREIGN_HTML, FOREIGN_OBJECTS, FORMATTINGS, SCRIPT, STYLE, SVG, TEXTAREA, VOID, letters};
use super::references;
use super::sink::{Handle, Sink};
use super::tokens::{self, Place, Token, Tokens};
use super::{Attribute, Span, Tree};
use html5ever::interface::TreeSink as _;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token as Given, TokenSink as _, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute as GivenAttribute, LocalName, QualName};
use std::borrow::Cow;

/// Parses a page, or part of one.
pub(super) fn parse(html: &str) -> Tree {
    let html = plain(html);
    let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let mut feed = Feed {
        html: &html,
        page: StrTendril::from_slice(&html),
        tokens: Tokens::new(&html),
        limits: Limits::default(),
        builder: TreeBuilder::new(Sink::new(html.len()), options),
        names: Names::default(),
        open_drawing: html.len(),
    };
    while let Some(token) = feed.tokens.next() {
        feed.token(token);
    }
    let _ = feed.builder.process_token(Given::EOFToken, 1);
    feed.builder.sink.finish()
}

/// The page with line feeds as its only line ends, and without zero bytes, as the standard reads both.
fn plain(html: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\r', b'\0', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr2(b'\r', b'\0', rest.as_bytes()) {
        let (before, found) = rest.split_at(at);
        plain.push_str(before);
        if found.starts_with('\r') && !found.starts_with("\r\n") {
            plain.push('\n');
        }
        rest = found.get(1..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Nodes of a tree beyond one for each byte of the page.
const SPARE: usize = 10_000;

struct Feed<'a> {
    html: &'a str,
    /// The same, for texts to be parts of.
    page: StrTendril,
    tokens: Tokens<'a>,
    limits: Limits,
    builder: TreeBuilder<Handle, Sink>,
    names: Names,
    /// Beyond this place, no drawing ends.
    open_drawing: usize,
}

impl Feed<'_> {
    fn token(&mut self, token: Token) {
        match token {
            Token::Text(place) => self.text(place, true),
            Token::Start(tag) => self.start(&tag),
            Token::End(tag) => {
                if self.limits.end(tag.name) {
                    self.end(&tag, tag.start + 2);
                }
            }
            Token::Declaration(place) => {
                if let Some(doctype) = doctype(self.tokens.source(place)) {
                    let _ = self.builder.process_token(Given::DoctypeToken(doctype), 1);
                }
            }
            Token::Comment(_) => {}
        }
    }

    fn text(&self, (start, end): Place, references: bool) {
        let text = self.tokens.source((start, end));
        let text = if references && memchr::memchr(b'&', text.as_bytes()).is_some() {
            let mut resolved = String::with_capacity(text.len());
            references::resolve(text, false, &mut resolved);
            StrTendril::from(resolved)
        } else {
            self.page.subtendril(start as u32, (end - start) as u32)
        };
        let _ = self.builder.process_token(Given::CharacterTokens(text), 1);
    }

    fn start(&mut self, tag: &tokens::Tag) {
        if !self.limits.start(tag.name) {
            return;
        }
        let kept = self.attributes();
        let is_program = matches!(tag.name, SCRIPT | STYLE | TEXTAREA) && !self.builder.sink.is_data(kept);
        let attributes = if kept.0 == kept.1 { Vec::new() } else { vec![number::write(kept)] };
        let given = self.given(tag, tag.start + 1, TagKind::StartTag, attributes);
        self.builder.sink.take_depth();
        match self.builder.process_token(given, 1) {
            TokenSinkResult::RawData(kind) => {
                let damaged = self.tokens.damaged_end(tag.name);
                let end = damaged.unwrap_or_else(|| self.tokens.raw_end(tag.name));
                if !is_program {
                    self.text((tag.end, end), kind == RawKind::Rcdata);
                }
                self.tokens.at = end;
                if damaged.is_some() {
                    self.end(tag, tag.start + 1);
                }
            }
            TokenSinkResult::Plaintext => {
                self.text((tag.end, self.html.len()), false);
                self.tokens.at = self.html.len();
            }
            _ if tag.name == SVG && !tag.empty => self.drawing(tag),
            _ => self.confine(tag),
        }
    }

    /// Ends the element that just began if it is too deep, and all formatting if opening it again makes most of the tree.
    fn confine(&mut self, tag: &tokens::Tag) {
        if self.builder.sink.take_depth() > DEEPEST && !VOID.contains(&tag.name) {
            self.limits.leave_out(tag.name);
            self.end(tag, tag.start + 1);
        }
        if self.builder.sink.len() > self.tokens.at + SPARE {
            for name in FORMATTINGS {
                self.limits.end(name);
                self.end_named(LocalName::from(letters(name)));
            }
        }
    }

    fn end_named(&self, name: LocalName) {
        let end =
            Tag { kind: TagKind::EndTag, name, self_closing: false, attrs: vec![], had_duplicate_attributes: false };
        let _ = self.builder.process_token(Given::TagToken(end), 1);
    }

    /// Ends the element whose name begins at `name_start`.
    fn end(&mut self, tag: &tokens::Tag, name_start: usize) {
        let given = self.given(tag, name_start, TagKind::EndTag, Vec::new());
        let _ = self.builder.process_token(given, 1);
    }

    fn given(&mut self, tag: &tokens::Tag, name_start: usize, kind: TagKind, attrs: Vec<GivenAttribute>) -> Given {
        let name = self.names.local(self.tokens.source((name_start, tag.name_end)), tag.name);
        Given::TagToken(Tag { kind, name, self_closing: tag.empty, attrs, had_duplicate_attributes: false })
    }

    /// Keeps the attributes of the tag just read that mean something here.
    fn attributes(&self) -> Span {
        let known = self.tokens.attributes.iter().filter_map(|(name, value)| {
            let name = Attribute::written(self.tokens.source(*name))?;
            let value = self.tokens.source(*value);
            if memchr::memchr(b'&', value.as_bytes()).is_none() {
                return Some((name, Cow::Borrowed(value)));
            }
            let mut resolved = String::with_capacity(value.len());
            references::resolve(value, true, &mut resolved);
            Some((name, Cow::Owned(resolved)))
        });
        self.builder.sink.keep(known)
    }

    /// Passes over what a drawing holds: up to its end, or to a tag that ends it because no drawing can hold it.
    fn drawing(&mut self, tag: &tokens::Tag) {
        let (mut depth, mut foreign) = (1, 0);
        while self.tokens.at < self.open_drawing
            && let Some(token) = self.tokens.next()
        {
            match token {
                Token::Start(inner) if FOREIGN_OBJECTS.contains(&inner.name) && !inner.empty => foreign += 1,
                Token::End(inner) if FOREIGN_OBJECTS.contains(&inner.name) => foreign -= 1,
                Token::Start(inner) if inner.name == SVG && !inner.empty => depth += 1,
                Token::Start(inner) if foreign <= 0 && FOREIGN_HTML.contains(&inner.name) => {
                    return self.end_drawing(tag, inner.start);
                }
                Token::End(inner) if inner.name == SVG => {
                    depth -= 1;
                    if depth == 0 {
                        return self.end_drawing(tag, inner.end);
                    }
                }
                _ => {}
            }
        }
        // A page whose drawing has no end is damaged: what follows may be its text.
        self.open_drawing = self.open_drawing.min(tag.end);
        self.end_drawing(tag, tag.end);
    }

    fn end_drawing(&mut self, tag: &tokens::Tag, at: usize) {
        self.limits.end(SVG);
        self.end_named(html5ever::local_name!("svg"));
        self.tokens.at = at.max(tag.end);
    }
}

/// A document type, if a declaration is one; it decides how html5ever treats a table after a paragraph.
fn doctype(declaration: &str) -> Option<Doctype> {
    let rest = declaration.strip_prefix("<!")?;
    let rest = rest.get(..7).filter(|word| word.eq_ignore_ascii_case("doctype")).and_then(|_| rest.get(7..))?;
    let rest = rest.trim_end_matches('>').trim();
    let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let rest = rest.trim_start();
    let is_word = |word: &str| rest.get(..6).is_some_and(|found| found.eq_ignore_ascii_case(word));
    let mut quoted = rest.split(['"', '\'']).skip(1).step_by(2).map(StrTendril::from_slice);
    let (public_id, system_id) = match (is_word("public"), is_word("system")) {
        (true, _) => (quoted.next(), quoted.next()),
        (_, true) => (None, quoted.next()),
        _ => (None, None),
    };
    let name = (!name.is_empty()).then(|| StrTendril::from(name.to_ascii_lowercase()));
    Some(Doctype { force_quirks: name.is_none(), name, public_id, system_id })
}

/// The names of tags met lately, as html5ever wants them: finding one anew takes longer than all else about a tag.
struct Names(Vec<Option<LocalName>>);

/// How many are remembered.
const NAMES: usize = 256;

impl Default for Names {
    fn default() -> Self {
        Self(vec![None; NAMES])
    }
}

impl Names {
    fn local(&mut self, written: &str, start: super::names::Name) -> LocalName {
        let slot = start.wrapping_add(written.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        let new = || LocalName::from(written.to_ascii_lowercase());
        let Some(known) = self.0.get_mut(slot as usize) else { return new() };
        match known {
            Some(name) if str::eq_ignore_ascii_case(name, written) => name.clone(),
            _ => known.insert(new()).clone(),
        }
    }
}

/// The attributes of a tag as html5ever carries them: one, whose value says where the sink finds them all. It copies the
/// tags of formatting elements as often as a page opens them again, and so copies no more than that.
pub(super) mod number {
    use super::{GivenAttribute, QualName, Span, StrTendril};

    pub(in super::super) fn write((start, end): Span) -> GivenAttribute {
        let mut letters = [0; 8];
        let number = u64::from(start) << 16 | u64::from(end - start).min(0xffff);
        for (nth, letter) in letters.iter_mut().enumerate() {
            *letter = 0x40 | (number >> (6 * nth) & 0x3f) as u8;
        }
        let value = StrTendril::from_slice(std::str::from_utf8(&letters).unwrap_or_default());
        GivenAttribute { name: QualName::new(None, html5ever::ns!(), html5ever::local_name!("id")), value }
    }

    pub(in super::super) fn read(value: &str) -> Span {
        let number = value.bytes().rev().fold(0, |number, letter| number << 6 | u64::from(letter & 0x3f));
        ((number >> 16) as u32, (number >> 16) as u32 + (number & 0xffff) as u32)
    }
}
