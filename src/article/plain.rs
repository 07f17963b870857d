//! Front matter of the plain form that converters and most people write, read without a YAML parser.
//!
//! One key on each line, texts on one line, lists in brackets, mappings in braces or as indented lines. Whatever is
//! beyond that is left to the parser: the answer is then `None`, never a guess. The tests hold the two against each
//! other. It takes a tenth of the parser's time, which would otherwise be more than that of the text.

use super::{Correction, Figure, FrontMatter, Link, Provenance, SeeAlso, Status};
use crate::date::ArticleDate;

/// Reads the front matter, or leaves it to the parser.
pub(super) fn read(yaml: &str) -> Option<FrontMatter> {
    if yaml.contains(['\r', '\t']) || (!yaml.is_ascii() && yaml.chars().any(breaks_lines)) {
        return None;
    }
    let mut front = FrontMatter::default();
    let mut seen: Vec<&str> = Vec::new();
    let mut lines = yaml.lines().peekable();
    while let Some(line) = lines.next() {
        let (key, value) = line.split_once(':')?;
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with(' ')) {
            block.push(line.strip_prefix("  ")?);
        }
        if block.is_empty() {
            one_line(&mut front, key, Cursor(value.strip_prefix(' ')?))?;
        } else if value.is_empty() {
            many_lines(&mut front, key, &block)?;
        } else {
            return None;
        }
    }
    Some(front)
}

/// What YAML 1.1 takes for the end of a line, or may not stand in it.
fn breaks_lines(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn one_line(front: &mut FrontMatter, key: &str, mut value: Cursor<'_>) -> Option<()> {
    match key {
        "title" => front.title = value.line()?,
        "date" => front.date = Some(value.date_line()?),
        "updated" => front.updated = Some(value.date_line()?),
        "section" => front.section = Some(value.line()?.trim_matches('/').to_owned()),
        "authors" => front.authors = value.list()?,
        "dateline" => front.dateline = value.line()?,
        "description" => front.description = value.line()?,
        "tags" => front.tags = value.list()?,
        "places" => front.places = value.list()?,
        "language" => front.language = value.line()?,
        "image" => {
            let image = front.image.insert(Figure::default());
            value.mapping(|name, value| {
                *text_of(
                    name,
                    [
                        ("src", &mut image.src),
                        ("alt", &mut image.alt),
                        ("caption", &mut image.caption),
                        ("credit", &mut image.credit),
                    ],
                )? = value.flow()?;
                Some(())
            })?;
        }
        "url" => front.url = value.line()?,
        "aliases" => front.aliases = value.list()?,
        "status" => {
            front.status = match value.0 {
                "live" => Status::Live,
                "draft" => Status::Draft,
                "withdrawn" => Status::Withdrawn,
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}

fn many_lines(front: &mut FrontMatter, key: &str, block: &[&str]) -> Option<()> {
    let items = || block.iter().map(|line| line.strip_prefix("- ").map(Cursor));
    match key {
        "see_also" => {
            for item in items() {
                let mut see = SeeAlso::default();
                item?.mapping(|name, value| {
                    if name == "date" {
                        see.date = Some(value.flow_date()?);
                        return Some(());
                    }
                    let fields = [("title", &mut see.title), ("section", &mut see.section), ("url", &mut see.url)];
                    *text_of(name, fields)? = value.flow()?;
                    Some(())
                })?;
                front.see_also.push(see);
            }
        }
        "links" => {
            for item in items() {
                let mut link = Link::default();
                item?.mapping(|name, value| {
                    *text_of(name, [("title", &mut link.title), ("url", &mut link.url)])? = value.flow()?;
                    Some(())
                })?;
                front.links.push(link);
            }
        }
        "corrections" => {
            for item in items() {
                let mut correction = Correction { date: None, text: String::new() };
                item?.mapping(|name, value| {
                    match name {
                        "date" => correction.date = Some(value.flow_date()?),
                        "text" => correction.text = value.flow()?,
                        _ => return None,
                    }
                    Some(())
                })?;
                front.corrections.push(correction);
            }
        }
        "source" => front.source = Some(source(block)?),
        _ => return None,
    }
    Some(())
}

fn source(block: &[&str]) -> Option<Provenance> {
    let mut source = Provenance::default();
    let mut seen: Vec<&str> = Vec::new();
    for line in block {
        let (name, value) = line.split_once(": ")?;
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        let mut value = Cursor(value);
        if name == "captured" {
            source.captured = Some(value.date_line()?);
            continue;
        }
        let Provenance { format, file, record, sha256, digest, url, written, .. } = &mut source;
        let fields = [
            ("format", format),
            ("file", file),
            ("record", record),
            ("sha256", sha256),
            ("digest", digest),
            ("url", url),
            ("written", written),
        ];
        *text_of(name, fields)? = value.line()?;
    }
    Some(source)
}

/// The field of that name; a field that is set already was named twice, which the parser reports.
fn text_of<'a, const N: usize>(name: &str, fields: [(&str, &'a mut String); N]) -> Option<&'a mut String> {
    fields.into_iter().find(|(known, field)| *known == name && field.is_empty()).map(|(_, field)| field)
}

/// The rest of a line.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    /// A text that is all of the line.
    fn line(&mut self) -> Option<String> {
        if self.0.starts_with(['"', '\'']) {
            return self.quoted().filter(|_| self.0.is_empty());
        }
        plain(self.0, false).map(str::to_owned)
    }

    fn date_line(&mut self) -> Option<ArticleDate> {
        is_date(self.0).then(|| self.0.parse().ok()).flatten()
    }

    /// `[a, b]`, all of the line.
    fn list(&mut self) -> Option<Vec<String>> {
        self.0 = self.0.strip_prefix('[')?;
        let mut items = Vec::new();
        loop {
            items.push(self.flow()?);
            match self.0 {
                "]" => return Some(items),
                rest => self.0 = rest.strip_prefix(", ")?,
            }
        }
    }

    /// `{a: …, b: …}`, all of the line; each field is read by `field`.
    fn mapping(mut self, mut field: impl FnMut(&str, &mut Cursor<'a>) -> Option<()>) -> Option<()> {
        self.0 = self.0.strip_prefix('{')?;
        loop {
            let (name, rest) = self.0.split_once(": ")?;
            self.0 = rest;
            field(name, &mut self)?;
            match self.0 {
                "}" => return Some(()),
                rest => self.0 = rest.strip_prefix(", ")?,
            }
        }
    }

    /// A text within brackets or braces.
    fn flow(&mut self) -> Option<String> {
        if self.0.starts_with(['"', '\'']) {
            return self.quoted();
        }
        let end = self.0.find([',', ']', '}'])?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest;
        plain(text, true).map(str::to_owned)
    }

    fn flow_date(&mut self) -> Option<ArticleDate> {
        let end = self.0.find([',', '}'])?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest;
        is_date(text).then(|| text.parse().ok()).flatten()
    }

    fn quoted(&mut self) -> Option<String> {
        let quote = self.0.chars().next()?;
        let mut text = String::new();
        let mut chars = self.0.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' if quote == '\'' && chars.next_if(|(_, next)| *next == '\'').is_some() => text.push('\''),
                c if c == quote => {
                    self.0 = self.0.get(at + 1..)?;
                    return Some(text);
                }
                '\\' if quote == '"' => text.push(match chars.next()?.1 {
                    '"' => '"',
                    '\\' => '\\',
                    'n' => '\n',
                    _ => return None,
                }),
                c if c.is_control() => return None,
                c => text.push(c),
            }
        }
        None
    }
}

/// A text without quotes, where nothing in it means anything to YAML.
fn plain(text: &str, in_flow: bool) -> Option<&str> {
    let starts_well = text.chars().next().is_some_and(char::is_alphabetic) || (text.starts_with('/') && text.len() > 1);
    let means_something = text.ends_with([' ', ':'])
        || text.contains(": ")
        || text.contains(" #")
        || super::write::is_word_of_yaml(text)
        || text.chars().any(char::is_control)
        || (in_flow && text.contains(['[', ']', '{', '}', ':', '"', '\'', '#', '?']));
    (starts_well && !means_something).then_some(text)
}

/// Whether a text can only be a date to the parser too, and no number in some notation.
fn is_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && !text.contains([' ', '#']) && (text.len() > 4 || !text.starts_with('0'))
}
