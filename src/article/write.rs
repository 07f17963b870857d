//! Front matter and body as text, in one fixed form: the inverse of [`read`](super::read).
//!
//! Keys stand in the order of the reference, empty ones are left out, and a text is quoted only where YAML would read
//! it as something else.

use super::{Article, Correction, Figure, FrontMatter, Link, Provenance, SeeAlso, Status};
use crate::date::ArticleDate;
use std::fmt::Write as _;
use std::ops::Range;
use xxhash_rust::xxh3::Xxh3;

/// What the hash in `source.written` says of a file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// The text is as it was written.
    Whole,
    /// Someone changed the text since.
    Broken,
    /// The text was not written by a converter.
    Absent,
}

const SEAL_LINE: &str = "  written: ";

impl Article {
    /// The text of the article's file.
    pub fn to_text(&self) -> String {
        let mut out = String::with_capacity(self.body.len() + 512);
        out.push_str("---\n");
        write_front(&mut out, &self.front);
        out.push_str("---\n");
        if !self.body.is_empty() {
            out.push('\n');
            out.push_str(&self.body);
        }
        out
    }

    /// The text of the article's file with `source.written` set to the hash of the rest. Needs a `source`; without one
    /// the text is not sealed.
    pub fn to_sealed_text(&mut self) -> String {
        let Some(source) = &mut self.front.source else { return self.to_text() };
        source.written = String::from("0");
        let mut text = self.to_text();
        if let (Some(seal), Some(source)) = (Sealed::of(&text), &mut self.front.source) {
            let line = seal.line.clone();
            source.written = seal.hash;
            text.replace_range(line, &format!("{SEAL_LINE}{}\n", source.written));
        }
        text
    }
}

/// Whether a person edited the text of a file since a converter wrote it.
pub fn seal(text: &str) -> Seal {
    match Sealed::of(text) {
        None => Seal::Absent,
        Some(seal) if seal.stated == seal.hash => Seal::Whole,
        Some(_) => Seal::Broken,
    }
}

/// A text that has a line with a hash.
struct Sealed<'t> {
    /// Where that line stands, with its end.
    line: Range<usize>,
    /// The hash that it states.
    stated: &'t str,
    /// The hash of the text without the line.
    hash: String,
}

impl<'t> Sealed<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (front, _) = super::read::split(text).ok()?;
        let line_start = front.find("\nsource:\n")?;
        let at = line_start + front[line_start..].find(&format!("\n{SEAL_LINE}"))? + 1;
        let line = front[at..].split_inclusive('\n').next()?;
        // `front` is a slice of `text`, so the offset between the two is the length of what precedes it.
        let start = text.find(front)? + at;
        let mut hash = Xxh3::new();
        hash.update(&text.as_bytes()[..start]);
        hash.update(&text.as_bytes()[start + line.len()..]);
        let hash = format!("xxh3-{:032x}", hash.digest128());
        Some(Self { line: start..start + line.len(), stated: line.strip_prefix(SEAL_LINE)?.trim_end(), hash })
    }
}

fn write_front(out: &mut String, front: &FrontMatter) {
    text(out, "", "title", &front.title);
    date(out, "", "date", front.date);
    date(out, "", "updated", front.updated);
    if let Some(section) = &front.section {
        key(out, "", "section");
        scalar(out, section, false);
        out.push('\n');
    }
    texts(out, "authors", &front.authors);
    text(out, "", "dateline", &front.dateline);
    text(out, "", "description", &front.description);
    texts(out, "tags", &front.tags);
    texts(out, "places", &front.places);
    text(out, "", "language", &front.language);
    if let Some(Figure { src, alt, caption, credit }) = &front.image {
        out.push_str("image: ");
        flow(out, &[("src", src), ("alt", alt), ("caption", caption), ("credit", credit)], None);
    }
    items(out, "see_also", &front.see_also, |out, SeeAlso { title, date, section, url }| {
        flow(out, &[("title", title), ("section", section), ("url", url)], *date);
    });
    items(out, "links", &front.links, |out, Link { title, url }| flow(out, &[("title", title), ("url", url)], None));
    text(out, "", "url", &front.url);
    texts(out, "aliases", &front.aliases);
    match front.status {
        Status::Live => {}
        Status::Draft => out.push_str("status: draft\n"),
        Status::Withdrawn => out.push_str("status: withdrawn\n"),
    }
    date(out, "", "embargo", front.embargo);
    items(out, "corrections", &front.corrections, |out, Correction { date, text }| flow(out, &[("text", text)], *date));
    if !front.extra.is_empty() {
        write_extra(out, &front.extra);
    }
    if let Some(source) = &front.source {
        write_source(out, source);
    }
}

fn write_extra(out: &mut String, extra: &serde_yaml::Mapping) {
    // A mapping that was read from YAML always writes; the branch keeps a template-only value from losing the file.
    let Ok(yaml) = serde_yaml::to_string(extra) else { return };
    out.push_str("extra:\n");
    for line in yaml.lines() {
        if !line.is_empty() {
            out.push_str("  ");
        }
        out.push_str(line);
        out.push('\n');
    }
}

fn write_source(out: &mut String, source: &Provenance) {
    out.push_str("source:\n");
    text(out, "  ", "format", &source.format);
    text(out, "  ", "file", &source.file);
    text(out, "  ", "record", &source.record);
    text(out, "  ", "sha256", &source.sha256);
    text(out, "  ", "digest", &source.digest);
    text(out, "  ", "url", &source.url);
    date(out, "  ", "captured", source.captured);
    if !source.written.is_empty() {
        let _ = writeln!(out, "{SEAL_LINE}{}", source.written);
    }
}

fn key(out: &mut String, indent: &str, key: &str) {
    out.push_str(indent);
    out.push_str(key);
    out.push_str(": ");
}

fn text(out: &mut String, indent: &str, name: &str, value: &str) {
    if !value.is_empty() {
        key(out, indent, name);
        scalar(out, value, false);
        out.push('\n');
    }
}

fn date(out: &mut String, indent: &str, name: &str, value: Option<ArticleDate>) {
    if let Some(date) = value {
        let _ = writeln!(out, "{indent}{name}: {date}");
    }
}

fn texts(out: &mut String, name: &str, values: &[String]) {
    if values.is_empty() {
        return;
    }
    key(out, "", name);
    out.push('[');
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        scalar(out, value, true);
    }
    out.push_str("]\n");
}

fn items<T>(out: &mut String, name: &str, values: &[T], write: impl Fn(&mut String, &T)) {
    if values.is_empty() {
        return;
    }
    let _ = writeln!(out, "{name}:");
    for value in values {
        out.push_str("  - ");
        write(out, value);
    }
}

/// `{a: …, b: …}` and a line feed; a date, if there is one, stands after the first field.
fn flow(out: &mut String, fields: &[(&str, &str)], date: Option<ArticleDate>) {
    out.push('{');
    let mut first = true;
    let mut comma = |out: &mut String| {
        if !std::mem::take(&mut first) {
            out.push_str(", ");
        }
    };
    for (at, (name, value)) in fields.iter().enumerate() {
        if !value.is_empty() {
            comma(out);
            key(out, "", name);
            scalar(out, value, true);
        }
        if let Some(date) = date.filter(|_| at == 0) {
            comma(out);
            let _ = write!(out, "date: {date}");
        }
    }
    out.push_str("}\n");
}

/// A text as a YAML scalar: as it is where that is read back as the same text, else in double quotes.
fn scalar(out: &mut String, value: &str, in_flow: bool) {
    if is_plain(value, in_flow) {
        out.push_str(value);
        return;
    }
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_unprintable(c) => {
                let code = u32::from(c);
                let _ = if code > 0xffff { write!(out, "\\U{code:08x}") } else { write!(out, "\\u{code:04x}") };
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// YAML 1.2 §5.1: what a reader may refuse or change when it stands in the text as it is.
fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn is_plain(value: &str, in_flow: bool) -> bool {
    let starts_well = value.chars().next().is_some_and(|c| c.is_alphabetic() || (c == '/' && value.len() > 1));
    let ends_well = !value.ends_with([' ', ':']);
    starts_well
        && ends_well
        && !is_word_of_yaml(value)
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.chars().any(is_unprintable)
        && !(in_flow && value.contains([',', '[', ']', '{', '}', ':', '"', '\'']))
}

/// Words that some version of YAML reads as a truth value, nothing, or a number.
pub(super) fn is_word_of_yaml(value: &str) -> bool {
    const WORDS: [&str; 13] =
        ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "infinity", "nil"];
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}
