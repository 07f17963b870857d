//! Text to tree.

use super::{Document, Id, Node, Spaces, resolved};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// How deep elements may lie in each other; what is deeper is read as if it were beside its neighbours.
pub(super) const DEEPEST: usize = 256;
/// How many places that cannot be read are got over; what follows the last of them is left out. Each may cost a look at
/// all that follows.
const MOST_FAULTS: usize = 30;
/// How many open elements an end tag may look through for its own.
const NEAR: usize = 40;

struct Builder<'a, 's> {
    text: &'a str,
    nodes: Vec<Node<'a>>,
    open: Vec<Id>,
    spaces: &'s mut Spaces,
    /// Whether the outermost element was seen.
    rooted: bool,
    /// Elements that hold text alone, so that what begins in one shows that its end is missing.
    leaves: &'static [&'static str],
    fault: Option<(usize, String)>,
}

impl<'a> Document<'a> {
    /// Reads a document. `spaces` is what its prefixes stand for; what it declares is added. `line` is the line that it
    /// begins on.
    pub(in crate::convert) fn parse(text: &'a str, spaces: &mut Spaces, line: usize, accounting: bool) -> Self {
        Self::build(Builder::new(text, spaces, false), line, accounting)
    }

    /// Reads an element that was cut out of a document in which prefixes stand for `spaces`.
    pub(in crate::convert) fn parse_part(text: &'a str, spaces: &Spaces, line: usize, accounting: bool) -> Self {
        Self::build(Builder::new(text, &mut spaces.clone(), true), line, accounting)
    }

    /// Reads an element of a document in which those of the names `leaves` hold text alone.
    pub(in crate::convert) fn parse_part_with(
        text: &'a str,
        spaces: &Spaces,
        leaves: &'static [&'static str],
        line: usize,
        accounting: bool,
    ) -> Self {
        let spaces = &mut spaces.clone();
        Self::build(Builder { leaves, ..Builder::new(text, spaces, true) }, line, accounting)
    }

    fn build(mut builder: Builder<'a, '_>, line: usize, accounting: bool) -> Self {
        let text = builder.text;
        builder.nodes.push(Node::default());
        let mut from = 0;
        for _ in 0..MOST_FAULTS {
            match builder.read(from) {
                Some(at) => from = at,
                None => break,
            }
        }
        let end = builder.nodes.len() as Id;
        for id in builder.open {
            if let Some(node) = builder.nodes.get_mut(id as usize) {
                node.end = end;
            }
        }
        let fates = if accounting { vec![Cell::new(None); builder.nodes.len()] } else { Vec::new() };
        Self { nodes: builder.nodes, fates, called: RefCell::default(), text, line, fault: builder.fault }
    }
}

impl<'a, 's> Builder<'a, 's> {
    fn new(text: &'a str, spaces: &'s mut Spaces, rooted: bool) -> Self {
        Self { text, nodes: Vec::with_capacity(64), open: vec![0], spaces, rooted, leaves: &[], fault: None }
    }

    /// Reads on from an offset; returns where to begin again behind what cannot be read.
    fn read(&mut self, from: usize) -> Option<usize> {
        let mut reader = Reader::from_str(self.text.get(from..)?);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let at = from + reader.buffer_position() as usize;
            match reader.read_event() {
                Ok(Event::Eof) => return None,
                Ok(event) => self.event(event, at),
                Err(error) => {
                    let at = (from + reader.error_position() as usize).max(from);
                    self.fault.get_or_insert_with(|| (at, error.to_string()));
                    // What was cut short within a text is text to its end.
                    if let Some(cut) = self.text.get(at..)?.strip_prefix("<![CDATA[") {
                        self.push_text(Cow::Borrowed(cut), at);
                        return None;
                    }
                    // The sign that began it is text.
                    let sign = self.text.get(at..)?.chars().next()?;
                    let next = at + sign.len_utf8();
                    self.push_text(Cow::Borrowed(self.text.get(at..next)?), at);
                    return Some(next);
                }
            }
        }
    }

    fn event(&mut self, event: Event<'a>, at: usize) {
        match event {
            Event::Start(start) => self.start(&start, at, false),
            Event::Empty(start) => self.start(&start, at, true),
            Event::End(end) => self.end(end.name().as_ref()),
            Event::Text(text) => self.push_text(text.into_inner(), at),
            Event::CData(text) => self.push_text(text.into_inner(), at),
            Event::GeneralRef(reference) => {
                let written = format!("&{};", &*reference);
                let text = match resolved(&written) {
                    // What a document defines for itself stays as it is written.
                    Cow::Borrowed(text) => text.to_owned(),
                    Cow::Owned(text) => text,
                };
                self.push_text(Cow::Owned(text), at);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
    }

    fn push_text(&mut self, text: Cow<'a, str>, at: usize) {
        if text.is_empty() {
            return;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        if let Some(last) = self.nodes.last_mut()
            && last.name.is_empty()
            && last.parent == parent
            && !last.text.is_empty()
        {
            return last.text.to_mut().push_str(&text);
        }
        let end = self.nodes.len() as Id + 1;
        self.nodes.push(Node { text, parent, end, at: at as u32, ..Node::default() });
    }

    fn start(&mut self, start: &BytesStart<'_>, at: usize, is_empty: bool) {
        let (name, raw) = (start.name(), start.attributes_raw());
        let (name, raw) = (within(self.text, name.as_ref()), within(self.text, raw));
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if memchr::memmem::find(raw.as_bytes(), b"xmlns").is_some() {
            self.spaces.declare_all(raw);
        }
        if !self.rooted {
            self.spaces.home(prefix);
            self.rooted = true;
        }
        let prefix = self.spaces.usual(prefix);
        let id = self.nodes.len() as Id;
        if let Some(node) = self.open.last().and_then(|open| self.nodes.get_mut(*open as usize))
            && node.prefix.is_empty()
            && self.leaves.contains(&node.name)
        {
            node.end = id;
            self.fault.get_or_insert_with(|| (at, format!("`{}` has no end", node.name)));
            self.open.pop();
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let local = if local.is_empty() { "_" } else { local };
        let node = Node { name: local, prefix, attributes: raw, parent, end: id + 1, at: at as u32, ..Node::default() };
        self.nodes.push(node);
        if !is_empty && self.open.len() < DEEPEST {
            self.open.push(id);
        }
    }

    fn end(&mut self, name: &str) {
        let name = name.trim();
        let local = name.split_once(':').map_or(name, |(_, local)| local);
        let is_its = |id: &Id| self.nodes.get(*id as usize).is_some_and(|node| node.name == local);
        let near = self.open.iter().skip(1).rev().take(NEAR).position(is_its);
        let Some(above) = near else {
            self.fault.get_or_insert_with(|| (0, format!("an end tag `{name}` without its start")));
            return;
        };
        let end = self.nodes.len() as Id;
        for id in self.open.split_off(self.open.len() - above - 1) {
            if let Some(node) = self.nodes.get_mut(id as usize) {
                node.end = end;
            }
        }
    }
}

/// The same piece of text, as a part of the whole that it was cut from.
fn within<'a>(text: &'a str, part: &str) -> &'a str {
    let at = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    text.get(at..at.wrapping_add(part.len())).unwrap_or_default()
}
