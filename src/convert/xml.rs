//! A tolerant tree of XML, for all formats that are written in it: feeds, exports of blogs, and the wire's own formats.
//!
//! It is read by `quick-xml` after the bytes were decoded; what is not well-formed is read as far as it can be, as
//! browsers read HTML: an end tag closes the nearest element of its name, a stray sign is text. Entities that a document
//! defines for itself are never expanded. Names are known by their namespace, not by the prefix a document gives it.

mod account;
mod cut;
mod hand_on;
mod input;
mod markup;
mod parse;
mod space;

use super::account::Fate;
use crate::diagnostic::{Diagnostic, Place};
pub(super) use cut::{Cut, Cutter};
pub(super) use hand_on::{Look, hand_on};
pub(super) use markup::{Become, escaped, html};
use quick_xml::events::attributes::Attributes;
pub(super) use space::Spaces;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// The number of a node in document order.
pub(super) type Id = u32;

/// A parsed piece of XML. Node 0 stands for the document.
pub(super) struct Document<'a> {
    nodes: Vec<Node<'a>>,
    /// What became of each node; empty unless it is asked for.
    fates: Vec<Cell<Option<Fate>>>,
    /// What accounts call nodes whose names say too little.
    called: RefCell<BTreeMap<Id, String>>,
    text: &'a str,
    /// The line that the text begins on.
    line: usize,
    /// Where it is not well-formed for the first time, and what is wrong there: byte offset and message.
    pub(super) fault: Option<(usize, String)>,
}

#[derive(Default)]
struct Node<'a> {
    /// Local name; empty for text.
    name: &'a str,
    /// The usual prefix of its namespace.
    prefix: &'a str,
    /// As they are written.
    attributes: &'a str,
    text: Cow<'a, str>,
    parent: Id,
    /// The first node after all in it.
    end: Id,
    /// Where it begins.
    at: u32,
}

/// The text of a source: by its byte order mark, by the encoding that its first line declares, or as it can be read.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(is_big) = is_utf_32(bytes) {
        return Cow::Owned(from_utf_32(bytes, is_big).trim_start_matches('\u{feff}').to_owned());
    }
    decode_as(bytes, declared(bytes).unwrap_or_default())
}

/// The text of a piece of a document that declares that encoding; an empty one is none.
pub(super) fn decode_as<'a>(bytes: &'a [u8], charset: &str) -> Cow<'a, str> {
    match super::decode::decode(bytes, Some(charset)) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Cow::Owned(text) => Cow::Owned(text),
    }
}

/// The encoding that the first line of a document declares; not one of those that show in its bytes.
fn declared(bytes: &[u8]) -> Option<&str> {
    const LOOK: usize = 200;
    let start = &bytes[..bytes.len().min(LOOK)];
    let line = memchr::memmem::find(start, b"?>").and_then(|end| start.get(..end))?;
    let at = memchr::memmem::find(line, b"encoding")? + "encoding".len();
    let value = line.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let end = value.iter().position(|byte| byte == quote)?;
    let label = std::str::from_utf8(value.get(..end)?).ok()?;
    Some(label).filter(|label| !label.to_ascii_lowercase().starts_with("utf-16"))
}

/// Whether a text has four bytes a sign, which browsers do not read, and whether the great ones come first; by its mark, or
/// by the `<` that XML begins with.
fn is_utf_32(bytes: &[u8]) -> Option<bool> {
    match bytes.get(..4)? {
        [0, 0, 0xfe, 0xff] | [0, 0, 0, b'<'] => Some(true),
        [0xff, 0xfe, 0, 0] | [b'<', 0, 0, 0] => Some(false),
        _ => None,
    }
}

fn from_utf_32(bytes: &[u8], is_big: bool) -> String {
    let code = |four: &[u8]| {
        let four: [u8; 4] = four.try_into().unwrap_or_default();
        if is_big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
    };
    bytes.chunks(4).map(|four| char::from_u32(code(four)).unwrap_or('\u{fffd}')).collect()
}

impl<'a> Document<'a> {
    /// The outermost element.
    pub(super) fn root(&self) -> Option<Id> {
        self.elements(0).next()
    }

    /// The text up to an offset.
    pub(super) fn before(&self, at: usize) -> &'a str {
        self.text.get(..at).unwrap_or_default()
    }

    fn node(&self, id: Id) -> Option<&Node<'a>> {
        self.nodes.get(id as usize)
    }

    /// The local name of an element; empty for text.
    pub(super) fn name(&self, id: Id) -> &'a str {
        self.node(id).map_or("", |node| node.name)
    }

    /// Whether an element has that name: `title`, or `dc:title` with the usual prefix of its namespace.
    pub(super) fn is(&self, id: Id, name: &str) -> bool {
        let Some(node) = self.node(id) else { return false };
        match name.split_once(':') {
            Some((prefix, local)) => node.name == local && node.prefix == prefix,
            None => node.name == name && node.prefix.is_empty(),
        }
    }

    /// The element that a node is in; the document for the outermost one.
    pub(super) fn parent(&self, id: Id) -> Id {
        self.node(id).map_or(0, |node| node.parent)
    }

    /// The nodes in an element, with those in them.
    pub(super) fn descendants(&self, id: Id) -> std::ops::Range<Id> {
        id + 1..self.node(id).map_or(id, |node| node.end).max(id + 1)
    }

    /// The nodes right in an element.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + use<'_, 'a> {
        let range = self.descendants(id);
        let mut next = range.start;
        std::iter::from_fn(move || {
            let here = (next < range.end).then_some(next)?;
            next = self.node(here).map_or(range.end, |node| node.end).max(here + 1);
            Some(here)
        })
    }

    /// The elements right in an element.
    pub(super) fn elements(&self, id: Id) -> impl Iterator<Item = Id> + use<'_, 'a> {
        self.children(id).filter(|id| !self.name(*id).is_empty())
    }

    /// The elements of that name right in an element.
    pub(super) fn all<'d>(&'d self, id: Id, name: &'d str) -> impl Iterator<Item = Id> + use<'d, 'a> {
        self.elements(id).filter(move |id| self.is(*id, name))
    }

    /// The first element of that name right in an element.
    pub(super) fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.elements(id).find(|id| self.is(*id, name))
    }

    /// The first element below `id` by the names on the way to it, as in `itemMeta/pubStatus`.
    pub(super) fn at(&self, id: Id, path: &str) -> Option<Id> {
        path.split('/').try_fold(id, |id, name| self.child(id, name))
    }

    /// The first element of that name anywhere in an element.
    pub(super) fn find(&self, id: Id, name: &str) -> Option<Id> {
        self.descendants(id).find(|id| self.is(*id, name))
    }

    /// All text in a node, as it is written.
    pub(super) fn text(&self, id: Id) -> Cow<'_, str> {
        let mut texts =
            self.descendants(id).chain([id]).filter_map(|id| self.node(id)).filter(|node| !node.text.is_empty());
        let Some(first) = texts.next() else { return Cow::Borrowed("") };
        let mut all = Cow::Borrowed(&*first.text);
        for node in texts {
            all.to_mut().push_str(&node.text);
        }
        all
    }

    /// The text right in an element, without that of the elements in it, on one line.
    pub(super) fn own_line(&self, id: Id) -> String {
        let own: String = self.children(id).filter_map(|id| self.node(id)).map(|node| &*node.text).collect();
        super::shape::collapse(&own).into_owned()
    }

    /// All text in a node on one line.
    pub(super) fn line_of(&self, id: Id) -> String {
        super::shape::collapse(&self.text(id)).into_owned()
    }

    /// An attribute by its name as it is written, as in `xml:lang`.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<String> {
        let raw = self.node(id)?.attributes;
        memchr::memmem::find(raw.as_bytes(), name.as_bytes())?;
        self.attributes(id).find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// An attribute, or an empty text.
    pub(super) fn attribute_or_empty(&self, id: Id, name: &str) -> String {
        self.attribute(id, name).unwrap_or_default()
    }

    /// All attributes of an element.
    pub(super) fn attributes(&self, id: Id) -> impl Iterator<Item = (String, String)> + use<'_, 'a> {
        let raw = self.node(id).map_or("", |node| node.attributes);
        let mut all = Attributes::html(raw, 0);
        all.with_checks(false);
        // What cannot be read as an attribute ends the list, as the parser may not get past it.
        all.map_while(Result::ok).map(|attribute| {
            let key: &str = attribute.key.as_ref();
            (key.to_owned(), resolved(&attribute.value).trim().to_owned())
        })
    }

    /// The value of an attribute of the nearest element around a node (itself too) that has it, as `xml:lang` is meant.
    pub(super) fn inherited(&self, id: Id, name: &str) -> Option<String> {
        let mut at = id;
        for _ in 0..parse::DEEPEST {
            if let Some(value) = self.attribute(at, name) {
                return Some(value);
            }
            if at == 0 {
                break;
            }
            at = self.parent(at);
        }
        None
    }
}

/// A text with its references resolved, those of HTML too.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(crate::markup::tree::resolve_references(text))
}

/// Where a source is not well-formed, as a warning.
pub(super) fn fault(document: &Document<'_>, source: &super::Source<'_>) -> Option<Diagnostic> {
    let (at, message) = document.fault.as_ref()?;
    let before = document.before(*at);
    let line = document.line + memchr::memchr_iter(b'\n', before.as_bytes()).count();
    let place = Place::at(source.path, if *at > 0 { line as u32 } else { 0 }, 0);
    let hint = "what could be read was read; compare the article with its source";
    Some(Diagnostic::warning(place, format!("not well-formed: {message}")).hint(hint))
}

#[cfg(test)]
mod tests;
