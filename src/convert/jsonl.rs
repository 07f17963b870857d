//! `jsonl`: one JSON object on each line, <https://jsonlines.org/>, also called NDJSON: what databases and APIs export.
//!
//! Columns are read as [`super::rows`] says. The lines are cut in order, and parsed when they are converted.

use super::records::{Context, Finder, Found, Record, Split};
use super::rows::columns;
use super::rows::{self, Names};
use super::unpack::wrong;
use super::{Format, Sink, Source, decode, json};
use crate::diagnostic::{Diagnostic, Place};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "jsonl",
    about: "one JSON object a line (JSON Lines, NDJSON); each line is an article",
    detect,
    convert,
    split: Some(Split::Stream(split)),
};

fn detect(source: &Source<'_>) -> u8 {
    let start = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source.bytes).trim_ascii_start();
    if !start.starts_with(b"{") {
        return 0;
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
        _ => 0,
    }
}

fn split(source: &Source<'_>, input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let (mut names, mut number) = (Names::default(), 0);
    let wanted = source.settings.map.get("record").map(String::as_str);
    loop {
        let mut line = Vec::new();
        match rows::read_line(input, source.limits.bytes(), &mut line) {
            Ok(0) => return,
            Ok(_) => number += 1,
            Err(error) => return super::records::report(finder, wrong(source, &error)),
        }
        let start = if number == 1 && line.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let text = line[start..].trim_ascii();
        if text.is_empty() {
            continue;
        }
        let stated = identity(text, wanted);
        let name = names.name(&stated, number);
        let bytes = text.to_vec();
        let record = Record { name, label: format!("row {number}"), line: 0, bytes, context: Context::default() };
        if finder(Ok(Found::Record(record))).is_break() {
            return;
        }
    }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = decode::decode(source.bytes, None);
    let wrong = |message: String| {
        Err(Diagnostic::error(Place::file(source.path), message).hint("each line must hold one object, from { to }"))
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
        Ok(rows::identity(found, self.wanted))
    }
}

/// A key that is borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);
