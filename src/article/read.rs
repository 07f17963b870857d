//! Text as front matter and body: YAML between `---` lines, then `CommonMark`.
//!
//! Untrusted: the YAML is refused before it is parsed where its size or nesting would make the parser slow.

use super::{Article, Correction, Figure, FrontMatter, Link, Provenance, SeeAlso, Status};
use crate::diagnostic::{Diagnostic, Place};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Largest front matter in bytes.
const LARGEST: usize = 64 * 1024;
/// Deepest nesting of `[` and `{`: the YAML scanner takes quadratic time in it.
const DEEPEST: usize = 64;

impl Article {
    /// Reads an article from the text of its file.
    ///
    /// # Errors
    /// One diagnostic without a file name (see [`Diagnostic::in_file`]) at the line and column of what cannot be read.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let (yaml, body) = split(text)?;
        let front = match super::plain::read(yaml) {
            Some(front) => front,
            None if yaml.trim().is_empty() => FrontMatter::default(),
            None => {
                check_size(yaml)?;
                parse_yaml(yaml)?
            }
        };
        Ok(Self { front, body: tidy_body(body) })
    }
}

/// The body without blank lines at its start and with one line feed at its end.
pub fn tidy_body(body: &str) -> String {
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        start += line.len();
    }
    let trimmed = body[start..].trim_end();
    let mut tidy = String::with_capacity(trimmed.len() + 1);
    // Line ends of other systems are a matter of the file, not of the text.
    if trimmed.contains('\r') {
        tidy.push_str(&trimmed.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        tidy.push_str(trimmed);
    }
    if !tidy.is_empty() {
        tidy.push('\n');
    }
    tidy
}

/// Front matter and body of a file's text; the front matter without its `---` lines.
///
/// # Errors
/// A diagnostic where there is no front matter, or no end of it.
pub fn split(text: &str) -> Result<(&str, &str), Diagnostic> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(rest) =
        text.strip_prefix("---").and_then(|rest| rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n")))
    else {
        let hint = match text.bytes().next() {
            Some(b'+' | b'{') => "TOML and JSON front matter are read by `backfile convert`, which writes YAML",
            _ => "an article begins with a line `---`, YAML such as `title: …`, and another line `---`",
        };
        return Err(Diagnostic::error(Place::at("", 1, 1), "no YAML front matter").hint(hint));
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    Err(Diagnostic::error(Place::at("", 1, 1), "the front matter has no end").hint("close it with a line `---`"))
}

/// Refuses front matter that the YAML parser would be slow on.
///
/// # Errors
/// A diagnostic where it is too long, or too deeply nested.
pub fn check_size(yaml: &str) -> Result<(), Diagnostic> {
    if yaml.len() > LARGEST {
        let message = format!("the front matter has {} bytes; the most is {LARGEST}", yaml.len());
        return Err(Diagnostic::error(Place::at("", 2, 1), message).hint("is its closing line `---` missing?"));
    }
    match deepest_line(yaml.as_bytes()) {
        Some(line) => {
            let message = format!("more than {DEEPEST} brackets are open at once");
            Err(Diagnostic::error(Place::at("", line, 0), message).hint("put the text in quotes"))
        }
        None => Ok(()),
    }
}

/// The file's line on which too many brackets are open, those within quotes not counted.
fn deepest_line(yaml: &[u8]) -> Option<u32> {
    let (mut depth, mut line, mut line_start, mut at) = (0usize, 2, 0, 0);
    while let Some(byte) = yaml.get(at) {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' => (line, line_start) = (line + 1, at + 1),
            // A quote opens a text only where a text can begin.
            quote @ (b'"' | b'\'') => {
                let before = yaml.get(line_start..at).unwrap_or_default();
                let spaced = before.last().is_none_or(|byte| b" [{".contains(byte));
                if spaced && before.trim_ascii_end().last().is_none_or(|byte| b":-,[{".contains(byte)) {
                    at += quoted(yaml.get(at + 1..).unwrap_or_default(), *quote);
                }
            }
            _ => {}
        }
        if depth > DEEPEST {
            return Some(line);
        }
        at += 1;
    }
    None
}

/// The length of the rest of a text in quotes with its closing quote, if that is on the same line; else 0.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while let Some(byte) = rest.get(at) {
        match byte {
            byte if *byte == quote => return at + 1,
            b'\n' => return 0,
            b'\\' if quote == b'"' => at += 2,
            _ => at += 1,
        }
    }
    0
}

pub(super) fn parse_yaml(yaml: &str) -> Result<FrontMatter, Diagnostic> {
    serde_yaml::from_str(yaml).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        // The front matter's first line is the file's second.
        let place = match (error.location(), second_line_of(yaml, message)) {
            (_, Some(line)) => Place::at("", line + 2, 1),
            (Some(at), None) => Place::at("", at.line() as u32 + 1, at.column() as u32),
            (None, None) => Place::at("", 2, 0),
        };
        Diagnostic::error(place, message.to_owned()).hint(hint(message))
    })
}

/// The line, from 0, of the second of two equal keys, where that is what the message is about: the parser only knows
/// where the mapping begins.
fn second_line_of(yaml: &str, message: &str) -> Option<u32> {
    let key = message.strip_suffix("` is there twice")?.rsplit('`').next()?;
    let is_key = |line: &str| line.trim_matches(['"', '\'']).strip_prefix(key).is_some_and(|rest| rest.contains(':'));
    yaml.lines().enumerate().filter(|(_, line)| is_key(line)).nth(1).map(|(at, _)| at as u32)
}

fn hint(message: &str) -> &'static str {
    if message.contains("is not a date") || message.contains("expected a date") {
        "use a date that the calendar has, in one of these forms"
    } else if message.contains("mapping values are not allowed") || message.contains("did not find expected") {
        "a text with `: `, `#`, quotes or brackets needs quotes around it"
    } else if message.contains("unknown field") || message.contains("invalid type") {
        "see the front matter reference for the keys and their types"
    } else {
        ""
    }
}

impl<'de> Deserialize<'de> for FrontMatter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FrontMatterVisitor)
    }
}

/// Takes known keys with their types and the rest as they are; a derived `flatten` would lose the line of an error.
struct FrontMatterVisitor;

impl<'de> Visitor<'de> for FrontMatterVisitor {
    type Value = FrontMatter;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("front matter as `key: value` lines")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FrontMatter, A::Error> {
        let mut front = FrontMatter::default();
        let mut seen: Vec<String> = Vec::new();
        while let Some(Text(key)) = map.next_key()? {
            if seen.contains(&key) {
                return Err(de::Error::custom(format!("the key `{key}` is there twice")));
            }
            read_key(&mut front, &key, &mut map)?;
            seen.push(key);
        }
        Ok(front)
    }
}

fn read_key<'de, A: MapAccess<'de>>(front: &mut FrontMatter, key: &str, map: &mut A) -> Result<(), A::Error> {
    match key {
        "title" => front.title = text(map)?,
        "date" => front.date = map.next_value()?,
        "updated" => front.updated = map.next_value()?,
        "section" => front.section = map.next_value::<Option<Text>>()?.map(|t| t.0.trim_matches('/').to_owned()),
        "authors" => front.authors = list::<Text, A>(map)?.into_iter().map(|t| t.0).collect(),
        "dateline" => front.dateline = text(map)?,
        "description" => front.description = text(map)?,
        "tags" => front.tags = list::<Text, A>(map)?.into_iter().map(|t| t.0).collect(),
        "places" => front.places = list::<Text, A>(map)?.into_iter().map(|t| t.0).collect(),
        "language" => front.language = text(map)?,
        "image" => front.image = map.next_value::<Option<Flexible<Figure>>>()?.map(|f| f.0),
        "see_also" => front.see_also = list::<Flexible<SeeAlso>, A>(map)?.into_iter().map(|f| f.0).collect(),
        "links" => front.links = list::<Flexible<Link>, A>(map)?.into_iter().map(|f| f.0).collect(),
        "url" => front.url = text(map)?,
        "aliases" => front.aliases = list::<Text, A>(map)?.into_iter().map(|t| t.0).collect(),
        "status" => front.status = map.next_value::<Option<Status>>()?.unwrap_or_default(),
        "embargo" => front.embargo = map.next_value()?,
        "corrections" => front.corrections = list::<Flexible<Correction>, A>(map)?.into_iter().map(|f| f.0).collect(),
        "source" => front.source = map.next_value()?,
        "extra" => front.extra.extend(map.next_value::<Option<serde_yaml::Mapping>>()?.unwrap_or_default()),
        _ => {
            let value: serde_yaml::Value = map.next_value()?;
            front.extra.insert(serde_yaml::Value::String(key.to_owned()), value);
        }
    }
    Ok(())
}

fn text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<String, A::Error> {
    Ok(map.next_value::<Option<Text>>()?.map(|t| t.0).unwrap_or_default())
}

fn list<'de, T: Deserialize<'de>, A: MapAccess<'de>>(map: &mut A) -> Result<Vec<T>, A::Error> {
    Ok(map.next_value::<Option<OneOrMany<T>>>()?.map(|list| list.0).unwrap_or_default())
}

/// A text; a bare number or truth value that a person wrote as a headline or tag is taken as its words.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl Visitor<'_> for TextVisitor {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_string<E: de::Error>(self, text: String) -> Result<Text, E> {
                Ok(Text(text))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Text, E> {
                Ok(Text(truth.to_string()))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

/// A list, or one item where only one is meant: `authors: Ines Marrable`.
struct OneOrMany<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
            type Value = OneOrMany<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(OneOrMany(items))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(text)).map(|item| OneOrMany(vec![item]))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|item| OneOrMany(vec![item]))
            }
        }
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// A mapping, or its main field alone: `image: /media/quay.jpg`.
struct Flexible<T>(T);

/// Which field a bare text stands for, and how a full mapping is read.
trait Main: Sized {
    fn from_main(text: &str) -> Self;
    fn from_parts<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

impl<'de, T: Main> Deserialize<'de> for Flexible<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PartsVisitor<T>(PhantomData<T>);
        impl<'de, T: Main> Visitor<'de> for PartsVisitor<T> {
            type Value = Flexible<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping, or a text")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Flexible(T::from_main(text)))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::from_parts(map).map(Flexible)
            }
        }
        deserializer.deserialize_any(PartsVisitor(PhantomData))
    }
}

/// Reads a mapping of texts and dates into a struct; unknown keys are errors, so that none is lost.
macro_rules! parts {
    ($type:ident, main: $main:ident, texts: [$($text:ident),*], dates: [$($date:ident),*], empty: $empty:expr) => {
        impl Main for $type {
            fn from_main(text: &str) -> Self {
                Self { $main: text.to_owned(), ..$empty }
            }
            fn from_parts<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                const KNOWN: &[&str] = &[$(stringify!($text),)* $(stringify!($date),)*];
                let mut made: Self = $empty;
                while let Some(Text(key)) = map.next_key()? {
                    match key.as_str() {
                        $(stringify!($text) => made.$text = text(&mut map)?,)*
                        $(stringify!($date) => made.$date = map.next_value()?,)*
                        _ => return Err(de::Error::unknown_field(&key, KNOWN)),
                    }
                }
                Ok(made)
            }
        }
    };
}

parts!(Figure, main: src, texts: [src, alt, caption, credit], dates: [], empty: Figure::default());
parts!(SeeAlso, main: title, texts: [title, section, url], dates: [date], empty: SeeAlso::default());
parts!(Link, main: url, texts: [title, url], dates: [], empty: Link::default());
parts!(Correction, main: text, texts: [text], dates: [date], empty: Correction { date: None, text: String::new() });
parts!(Provenance, main: file, texts: [format, file, record, sha256, digest, url, written], dates: [captured],
    empty: Provenance::default());

impl<'de> Deserialize<'de> for Provenance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Flexible::deserialize(deserializer).map(|parts| parts.0)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StatusVisitor;
        impl Visitor<'_> for StatusVisitor {
            type Value = Status;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one of `live`, `draft`, `withdrawn`")
            }
            // The error has to come from in here: only then does the parser add its line and column.
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Status, E> {
                match text {
                    "live" => Ok(Status::Live),
                    "draft" => Ok(Status::Draft),
                    "withdrawn" => Ok(Status::Withdrawn),
                    other => Err(E::unknown_variant(other, &["live", "draft", "withdrawn"])),
                }
            }
        }
        deserializer.deserialize_str(StatusVisitor)
    }
}
