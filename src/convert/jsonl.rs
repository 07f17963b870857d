//! `jsonl`: one JSON object on each line, <https://jsonlines.org/>, also called NDJSON: what databases and APIs export; or
//! one document with a list of objects, as `[{…}, {…}]` or `{"articles": [{…}, {…}]}` (RFC 8259).
//!
//! Columns are read as [`super::rows`] says. The objects are cut in order, and parsed when they are converted.

mod list;

use super::records::{Context, Finder, Found, Names, Record, Split};
use super::rows::{self, columns};
use super::unpack::wrong;
use super::{Format, Sink, Source, decode, json};
use crate::diagnostic::{Diagnostic, Place};
use list::List;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, Cursor};

/// How much of a source is looked at to tell its format.
const LOOK: usize = 64 << 10;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON objects, one a line (JSON Lines, NDJSON) or in one list; each is an article",
    detect,
    convert,
    split: Some(Split::Stream(split)),
};

fn detect(source: &Source<'_>) -> u8 {
    let start = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source.bytes).trim_ascii_start();
    if !start.starts_with(b"{") {
        return if start.starts_with(b"[") { list_of_articles(start, source) } else { 0 };
    }
    let name = source.path.to_ascii_lowercase();
    let named = [".jsonl", ".ndjson", ".jsonlines"].iter().any(|ending| name.ends_with(ending));
    let mut lines = start.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let is_object =
        |line: &[u8]| line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok();
    let first = lines.next().is_some_and(is_object);
    // No document of JSON has a second one behind it, so this is none of the formats that are one.
    let second = lines.next().is_some_and(|line| line.trim_ascii_start().starts_with(b"{"));
    match (first, second, named) {
        (true, true, _) => 99,
        (_, _, true) => 92,
        _ => list_of_articles(start, source),
    }
}

/// How sure it is that a document holds a list of articles: its first object has columns that articles have.
fn list_of_articles(start: &[u8], source: &Source<'_>) -> u8 {
    let start = &start[..start.len().min(LOOK)];
    let Some(first) = List::new(&mut Cursor::new(start), LOOK as u64).next().ok().flatten() else { return 0 };
    let text = decode::decode(&first, None);
    // What is longer than the look is cut short, and its first keys are all there is to tell by.
    let keys: Vec<String> = match json::parse(&text) {
        Ok(Value::Object(map)) => map.keys().cloned().collect(),
        _ => text.split('"').skip(1).step_by(2).take(40).map(str::to_owned).collect(),
    };
    let known = columns::known(keys.iter().map(String::as_str));
    let is_mapped =
        ["title", "body", "html", "markdown", "text"].iter().any(|key| source.settings.map.contains_key(*key));
    if is_mapped || (columns::has(&known, &["title"]) && columns::has(&known, &["body", "description"])) {
        80
    } else {
        0
    }
}

/// Cuts lines, or the objects of a list.
fn split(source: &Source<'_>, input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let most = source.limits.bytes();
    let result = match is_list(source, input) {
        Ok(true) => {
            let mut list = List::new(input, most);
            split_rows(source, finder, &mut || list.next())
        }
        Ok(false) => split_rows(source, finder, &mut || {
            let mut line = Vec::new();
            Ok((rows::read_line(input, most, &mut line)? > 0).then_some(line))
        }),
        Err(error) => Err(error),
    };
    if let Err(error) = result {
        super::records::report(finder, wrong(source, &error));
    }
}

/// Whether what comes is one document and no lines: the first line is no whole object.
fn is_list(source: &Source<'_>, input: &mut dyn BufRead) -> io::Result<bool> {
    let start = input.fill_buf()?;
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let mut lines = start.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    if start.starts_with(b"[") {
        return Ok(true);
    }
    let is_whole = serde_json::from_slice::<IgnoredAny>(first).is_ok();
    // One object on one line that holds a list of others, and nothing behind it.
    let is_alone = lines.all(|line| line.trim_ascii().is_empty());
    let holds_list = || matches!(List::new(&mut Cursor::new(start), u64::MAX).next(), Ok(Some(_)));
    Ok(match is_whole {
        true => is_alone && holds_list() && !is_article(first),
        // So long a line that its end is not in sight, or an object that goes on over lines.
        false if first.len() == start.len() => list_of_articles(first, source) > 0,
        false => holds_list(),
    })
}

/// Whether an object has a headline or a text itself.
fn is_article(object: &[u8]) -> bool {
    let map: serde_json::Map<String, Value> = serde_json::from_slice(object).unwrap_or_default();
    columns::has(&columns::known(map.keys().map(String::as_str)), &["title", "body"])
}

fn split_rows(
    source: &Source<'_>,
    finder: &mut Finder<'_>,
    next: &mut dyn FnMut() -> io::Result<Option<Vec<u8>>>,
) -> io::Result<()> {
    let (mut names, mut number) = (Names::default(), 0);
    let wanted = source.settings.map.get("record").map(String::as_str);
    while let Some(row) = next()? {
        number += 1;
        let start = if number == 1 && row.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let text = row[start..].trim_ascii();
        if text.is_empty() {
            continue;
        }
        let stated = identity(text, wanted);
        let name = names.row(&stated, number);
        let bytes = text.to_vec();
        let record = Record { name, label: format!("row {number}"), line: 0, bytes, context: Context::default() };
        if finder(Ok(Found::Record(record))).is_break() {
            break;
        }
    }
    Ok(())
}

pub(super) fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = decode::decode(source.bytes, None);
    let wrong = |message: String| {
        Err(Diagnostic::error(Place::file(source.path), message)
            .hint("each line, or each part of the list, must be one object, from { to }"))
    };
    sink(match json::parse(&text) {
        Ok(Value::Object(map)) => rows::convert(source, map),
        Ok(_) => wrong("this row is no object of JSON".to_owned()),
        Err((_, column, message)) => wrong(format!("this row is no JSON: {message} at column {column}")),
    });
}

/// The identity that a row states at the path `wanted`, or else in a column of a well known name.
fn identity(line: &[u8], wanted: Option<&str>) -> String {
    let mut read = serde_json::Deserializer::from_slice(line);
    Identity { wanted }.deserialize(&mut read).unwrap_or_default()
}

/// Reads the identity and passes over the rest.
struct Identity<'w> {
    wanted: Option<&'w str>,
}

impl<'de> DeserializeSeed<'de> for Identity<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Identity<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let mut found = serde_json::Map::new();
        while let Some(key) = map.next_key::<Key<'de>>()? {
            let is_wanted = match self.wanted {
                Some(path) => path.strip_prefix(&*key.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
                None => columns::is_for(&key.0, "record"),
            };
            if is_wanted {
                found.insert(key.0.into_owned(), map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(rows::identity(&found, self.wanted))
    }
}

/// A key that is borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);
