//! A tree of XML as HTML, so that one converter makes Markdown of both.

use super::{Document, Id};
use std::borrow::Cow;

/// What an element becomes in HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::convert) enum Become {
    /// An element of its own name, with its attributes.
    Same,
    /// An element of that name, with these attributes as they are written.
    Element(&'static str, String),
    /// What is in it.
    Inside,
    /// This HTML, and nothing of what is in it.
    Markup(String),
    /// Nothing.
    Nothing,
}

/// Elements of HTML that have no end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// What is in a node as HTML; `becomes` says what each element in it becomes.
pub(in crate::convert) fn html(document: &Document<'_>, id: Id, becomes: &dyn Fn(Id) -> Become) -> String {
    let mut out = String::new();
    let mut open: Vec<(Id, &str)> = Vec::new();
    let mut range = document.descendants(id);
    if document.name(id).is_empty() {
        range = id..id + 1;
    }
    let mut next = range.start;
    while next < range.end {
        close(&mut out, &mut open, next);
        let end = document.node(next).map_or(range.end, |node| node.end).max(next + 1);
        let name = document.name(next);
        if name.is_empty() {
            out.push_str(&escaped(document.node(next).map_or("", |node| &node.text)));
            next += 1;
            continue;
        }
        let (name, attributes) = match becomes(next) {
            Become::Same => (name, written(document, next)),
            Become::Element(name, attributes) => (name, attributes),
            Become::Inside => {
                next += 1;
                continue;
            }
            Become::Markup(markup) => {
                out.push_str(&markup);
                next = end;
                continue;
            }
            Become::Nothing => {
                next = end;
                continue;
            }
        };
        out.push('<');
        out.push_str(name);
        if !attributes.is_empty() {
            out.push(' ');
            out.push_str(&attributes);
        }
        out.push('>');
        if !VOID.contains(&name) {
            open.push((end, name));
        }
        next += 1;
    }
    close(&mut out, &mut open, Id::MAX);
    out
}

fn close(out: &mut String, open: &mut Vec<(Id, &str)>, at: Id) {
    while let Some((_, name)) = open.pop_if(|(end, _)| *end <= at) {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}

fn written(document: &Document<'_>, id: Id) -> String {
    let mut out = String::new();
    for (name, value) in document.attributes(id) {
        if name.starts_with("xmlns") {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&name);
        out.push_str("=\"");
        out.push_str(&escaped(&value));
        out.push('"');
    }
    out
}

/// A text as it is written in HTML, in quotes too.
pub(in crate::convert) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}
