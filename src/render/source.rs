//! A template's text made ready for the engine, with the way back from every place in it to the file.
//!
//! Four things change, none of which a template's author needs to know of:
//! - `"next"` in `extends` and `include` becomes the name under which the layer below is loaded;
//! - `asset("site.css")` becomes the file's address, so that a wrong name is found before any page is made;
//! - `t("key")` becomes the words themselves, so that they cost a page nothing;
//! - indentation, blank lines and the line ends of tags that stand alone go, so that pages do not carry them.

use super::assets::Assets;
use super::escape::escape;
use crate::i18n::{Message, Translations};
use std::ops::Range;

/// A name that a template extends or includes.
pub(super) struct Reference {
    pub(super) name: String,
    /// Where it stands in the file.
    pub(super) offset: usize,
}

/// A template ready for the engine.
pub(super) struct Prepared {
    pub(super) text: String,
    /// Pairs of a place in `text` and the place in the file that it comes from, ascending.
    places: Vec<(usize, usize)>,
    pub(super) references: Vec<Reference>,
    /// Names of the components it defines.
    pub(super) components: Vec<String>,
    /// Names given to `asset` that no static file has.
    pub(super) lost_assets: Vec<Reference>,
    /// Keys given to `t` that no message has, or whose message wants more.
    pub(super) lost_words: Vec<Reference>,
    /// Whether it asks for words that depend on the page.
    pub(super) asks_for_words: bool,
    /// Where `"next"` is asked for, if it is.
    pub(super) next: Option<usize>,
}

/// What names in a template mean.
pub(super) struct Names<'a> {
    /// The engine's name of the same file one layer down, if there is one.
    pub(super) next: Option<&'a str>,
    /// The static files.
    pub(super) assets: &'a Assets,
    /// The site's words.
    pub(super) words: &'a Translations,
    /// Whether white space between tags says nothing, as in HTML and XML.
    pub(super) tighten: bool,
}

/// Elements in which white space is text.
const VERBATIM: [&str; 4] = ["pre", "textarea", "script", "style"];

/// Makes the template `source` ready.
pub(super) fn prepare<'a>(source: &'a str, names: &'a Names<'a>) -> Prepared {
    let prepared = Prepared {
        text: String::with_capacity(source.len()),
        places: Vec::new(),
        references: Vec::new(),
        components: Vec::new(),
        lost_assets: Vec::new(),
        lost_words: Vec::new(),
        asks_for_words: false,
        next: None,
    };
    let mut writer = Writer { source, names, out: prepared, at: 0, verbatim: None, alone: true };
    writer.run();
    writer.out
}

impl Prepared {
    /// The place in the file that a place in [`Prepared::text`] comes from.
    pub(super) fn original(&self, place: usize) -> usize {
        let nth = self.places.partition_point(|(here, _)| *here <= place);
        match nth.checked_sub(1).and_then(|nth| self.places.get(nth)) {
            Some((here, there)) => there + (place - here),
            None => place,
        }
    }
}

struct Writer<'a> {
    source: &'a str,
    names: &'a Names<'a>,
    out: Prepared,
    at: usize,
    /// The element whose text is kept as it is.
    verbatim: Option<&'static str>,
    /// Whether what was written last is a tag alone on its line, so that the line's end goes.
    alone: bool,
}

impl Writer<'_> {
    fn run(&mut self) {
        while self.at < self.source.len() {
            let rest = &self.source[self.at..];
            let text = tag_start(rest).unwrap_or(rest.len());
            self.text(self.at + text);
            if let Some(length) = tag_length(&self.source[self.at..]) {
                self.tag(self.at + length);
            } else {
                // A tag without an end: the engine says so.
                self.copy(self.source.len());
            }
        }
    }

    /// Copies up to `end` as it is.
    fn copy(&mut self, end: usize) {
        self.put(self.at, &self.source[self.at..end]);
        self.at = end;
    }

    /// Writes what stands for the source from `from`.
    fn put(&mut self, from: usize, text: &str) {
        if !text.is_empty() {
            self.out.places.push((self.out.text.len(), from));
            self.out.text.push_str(text);
        }
    }

    /// Writes the text up to `end`, where a tag or the file's end is.
    fn text(&mut self, end: usize) {
        if !self.names.tighten {
            return self.copy(end);
        }
        if self.alone && self.verbatim.is_none() {
            self.at += leading_space(&self.source[self.at..end]);
        }
        while self.at < end {
            let rest = &self.source[self.at..end];
            let Some(element) = self.verbatim else {
                match verbatim_start(rest) {
                    Some((length, element)) => {
                        self.lines(self.at + length);
                        self.verbatim = Some(element);
                    }
                    None => self.lines(end),
                }
                continue;
            };
            match rest.find(&format!("</{element}")) {
                Some(length) => {
                    self.copy(self.at + length);
                    self.verbatim = None;
                }
                None => self.copy(end),
            }
        }
    }

    /// Writes text in which each white space that holds a line end is one line end.
    fn lines(&mut self, end: usize) {
        while self.at < end {
            let rest = &self.source[self.at..end];
            let Some(line) = rest.find('\n') else { return self.copy(end) };
            let kept = rest[..line].trim_end_matches([' ', '\t', '\r']).len();
            self.copy(self.at + kept);
            let space = leading_space(&self.source[self.at..end]);
            self.put(self.at, "\n");
            self.at += space;
        }
    }

    /// Writes the tag that ends at `end`.
    fn tag(&mut self, end: usize) {
        let tag = &self.source[self.at..end];
        let inside = tag.trim_start_matches(['{', '%', '-']).trim_start();
        let word = inside.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("");
        let starts_line = self.out.text.is_empty() || self.out.text.ends_with('\n') || self.alone;
        let ends_line = self.source[end..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        let is_block = tag.starts_with("{%");
        if is_block && word == "endcomponent" && self.names.tighten {
            // What calls a component ends the line itself.
            let kept = self.out.text.trim_end().len();
            self.out.text.truncate(kept);
            self.out.places.truncate(self.out.places.partition_point(|(here, _)| *here < kept));
        }
        if tag.starts_with("{#") && self.names.tighten {
            self.at = end;
        } else if is_block && word == "raw" {
            self.copy(end);
            let raw_end = self.source[end..].find("endraw").map_or(self.source.len(), |at| end + at);
            self.copy(raw_end);
            let tag_end = self.source[raw_end..].find("%}").map_or(self.source.len(), |at| raw_end + at + 2);
            self.copy(tag_end);
        } else {
            if is_block && word == "component" {
                let name = inside["component".len()..].trim_start().split(['(', ' ']).next().unwrap_or("");
                self.out.components.push(name.to_owned());
            }
            let refers = is_block && (word == "extends" || word == "include");
            self.literals(end, refers);
        }
        self.alone = !tag.starts_with("{{") && starts_line && (ends_line || end == self.source.len());
    }

    /// Writes `t("key")`, which begins at `call`, as its words, or as a call with a name for the key where the words depend
    /// on what else is handed over.
    fn words(&mut self, call: usize, (start, stop): (usize, usize), end: usize, closes: bool) {
        let key = &self.source[start + 1..stop - 1];
        let message = self.names.words.get(key);
        if !closes {
            self.copy(start);
            self.put(start, "key=");
            self.copy(stop);
            self.out.asks_for_words = true;
        } else if let Some(text) = message.and_then(Message::text) {
            let close = self.source[stop..end].find(')').map_or(stop, |at| stop + at + 1);
            let is_alone = self.source[self.at..call].trim() == "{{" && self.source[close..end].trim() == "}}";
            if is_alone && !text.contains('{') && self.names.tighten {
                let mut escaped = Vec::new();
                // Writing to memory cannot fail.
                let _ = escape(text, &mut escaped);
                self.put(start, &String::from_utf8_lossy(&escaped));
                self.at = end;
            } else {
                self.copy(call);
                self.put(start, &literal(text));
                self.at = close;
            }
        } else {
            self.copy(stop);
        }
        let is_lost = message.is_none() || (closes && message.and_then(Message::text).is_none());
        if is_lost {
            self.out.lost_words.push(Reference { name: key.to_owned(), offset: start });
        }
    }

    /// Copies the tag that ends at `end`, replacing what stands for something else in it.
    fn literals(&mut self, end: usize, refers: bool) {
        while let Some((start, stop)) = string_literal(&self.source[self.at..end]) {
            let (start, stop) = (self.at + start, self.at + stop);
            let name = &self.source[start + 1..stop - 1];
            let reference = || Reference { name: name.to_owned(), offset: start };
            let before = self.source[self.at..start].trim_end();
            let call = called(before, "asset");
            let closes = self.source[stop..end].trim_start().starts_with(')');
            if let Some(before) = call.filter(|_| closes) {
                self.copy(self.at + before);
                match self.names.assets.address(name) {
                    Some(address) => self.put(start, &format!("\"{address}\"")),
                    None => self.out.lost_assets.push(reference()),
                }
                self.at = self.source[stop..end].find(')').map_or(stop, |at| stop + at + 1);
            } else if let Some(before) = called(before, "t") {
                self.words(self.at + before, (start, stop), end, closes);
            } else if refers && name == "next" {
                self.copy(start);
                self.out.next = Some(start);
                self.put(start, &format!("\"{}\"", self.names.next.unwrap_or(name)));
                self.at = stop;
            } else {
                if refers {
                    self.out.references.push(reference());
                }
                self.copy(stop);
            }
        }
        self.copy(end);
    }
}

/// Where the name of the function begins whose call `before` ends with, if that is `name`.
fn called(before: &str, name: &str) -> Option<usize> {
    let start = before.strip_suffix('(')?.trim_end().strip_suffix(name)?;
    let is_longer = start.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    (!is_longer).then_some(start.len())
}

/// A text as a literal of the template language.
fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// Where the tags and expressions of a prepared template stand, but for those that are shown and not followed.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + tag_start(text.get(from..)?)?;
        let end = start + tag_length(&text[start..])?;
        from = end;
        if text[start..end].trim_start_matches(['{', '%', '-']).trim_start().starts_with("raw") {
            from = text[end..].find("endraw").map_or(text.len(), |at| end + at);
        }
        Some(start..end)
    })
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len()
}

/// Where the next tag, expression or comment begins.
fn tag_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'{', bytes).find(|at| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#')))
}

/// The length of the tag, expression or comment that `text` begins with; `None` if it has no end. A `%}` in a string
/// ends no tag.
fn tag_length(text: &str) -> Option<usize> {
    let end = match text.as_bytes().get(1) {
        Some(b'#') => return text.get(2..)?.find("#}").map(|at| at + 4),
        Some(b'%') => "%}",
        _ => "}}",
    };
    let mut at = 2;
    loop {
        let rest = text.get(at..)?;
        let close = rest.find(end)?;
        match string_literal(rest) {
            Some((start, stop)) if start < close => at += stop,
            _ => return Some(at + close + end.len()),
        }
    }
}

/// The first string literal, from its opening quote to behind its closing one.
fn string_literal(text: &str) -> Option<(usize, usize)> {
    let start = text.find(['"', '\'', '`'])?;
    let quote = char::from(*text.as_bytes().get(start)?);
    let mut from = start + 1;
    loop {
        let at = from + text.get(from..)?.find(quote)?;
        let slashes = text[start + 1..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if slashes % 2 == 0 {
            return Some((start, at + 1));
        }
        from = at + 1;
    }
}

/// Where the first element whose text is kept begins, from its name on, and its name.
fn verbatim_start(text: &str) -> Option<(usize, &'static str)> {
    memchr::memchr_iter(b'<', text.as_bytes()).find_map(|at| {
        let name = &text[at + 1..];
        let element = VERBATIM.iter().find(|element| {
            name.strip_prefix(**element).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '>', '\n']))
        })?;
        Some((at + 1 + element.len(), *element))
    })
}
