//! Articles from rows: what `jsonl`, `csv` and `tsv` share once a row is an object of columns.
//!
//! A column becomes a field because the settings map it, or else by its name (see [`columns`]). What becomes nothing else
//! is kept under `extra`.

pub(super) mod columns;
mod read;
mod values;

use super::account::{Account, Fate};
use super::{Converted, Source};
use crate::diagnostic::{Diagnostic, Place};
use columns::{Column, FIELDS, plain_name};
use serde_json::{Map, Value};
use std::io::{self, BufRead, Read};

/// A row that is being read: what is taken is gone from it.
pub(super) struct Row<'a> {
    source: &'a Source<'a>,
    map: Map<String, Value>,
    /// Its columns with well known names, the best name of each field first.
    known: Vec<Column>,
    account: Account,
}

impl<'a> Row<'a> {
    fn new(source: &'a Source<'a>, map: Map<String, Value>) -> Self {
        let known = columns::known(map.keys().map(String::as_str));
        let mut row = Self { source, map, known, account: Account::default() };
        let blobs: Vec<String> =
            row.map.iter().filter(|(_, value)| is_bytes(value)).map(|(name, _)| name.clone()).collect();
        for name in blobs {
            let value = row.map.shift_remove(&name).unwrap_or_default();
            row.note(&name, &value, Fate::Dropped("bytes that are neither text nor a picture"));
        }
        row
    }

    /// The value of `field`, and the column that it was in: the one that the settings name, or else the first of a well
    /// known name that says something.
    fn take(&mut self, field: &'static str) -> Option<(String, Value)> {
        let settings = &self.source.settings.map;
        if let Some(path) = settings.get(field) {
            let value = take_path(&mut self.map, path).filter(|value| !is_empty(value))?;
            self.note(path, &value, Fate::Kept(field));
            return Some((path.clone(), value));
        }
        let is_mapped = |name: &str| {
            settings
                .values()
                .any(|path| path == name || path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
        };
        let of_field = self.known.iter().filter(|column| FIELDS[column.field].0 == field);
        let mut names = of_field.map(|column| &column.name).filter(|name| !is_mapped(name));
        let name = names.find(|name| self.map.get(*name).is_some_and(|value| !is_empty(value)))?.clone();
        let value = self.map.shift_remove(&name)?;
        self.note(&name, &value, Fate::Kept(field));
        Some((name, value))
    }

    /// What `field` says on one line; empty where it says nothing.
    fn text(&mut self, field: &'static str) -> String {
        self.take(field).map(|(_, value)| values::text(&value)).unwrap_or_default()
    }

    fn note(&mut self, name: &str, value: &Value, fate: Fate) {
        if self.source.accounting {
            self.account.note(0, name, &values::text(value), fate);
        }
    }
}

/// Converts a row; one without a headline or a text is refused.
pub(super) fn convert(source: &Source<'_>, map: Map<String, Value>) -> Result<Converted, Diagnostic> {
    let mut row = Row::new(source, map);
    let story = read::read(&mut row);
    let made = story.finish(row.account);
    if made.article.front.title.is_empty() {
        return Err(Diagnostic::error(Place::file(source.path), "the row has neither a headline nor a text").hint(
            "say which columns hold them: `[sources.map]` of site.toml, or `--map title=COLUMN --map body=COLUMN`",
        ));
    }
    Ok(made)
}

/// The value at a path such as `body.html` or `images.0.url`, which is taken out; the name of a column may have stops
/// itself, and capitals and signs in it do not count.
fn take_path(map: &mut Map<String, Value>, path: &str) -> Option<Value> {
    if let Some(value) = map.shift_remove(path) {
        return Some(value);
    }
    for (stop, _) in path.match_indices('.') {
        let (first, rest) = (&path[..stop], &path[stop + 1..]);
        let Some(inner) = map.get_mut(first) else { continue };
        let value = match inner {
            Value::Object(inner) => take_path(inner, rest),
            Value::Array(list) => {
                let (index, rest) = rest.split_once('.').unwrap_or((rest, ""));
                match (index.parse().ok().and_then(|index: usize| list.get_mut(index)), rest) {
                    (Some(item), "") => Some(item.take()),
                    (Some(Value::Object(item)), rest) => take_path(item, rest),
                    _ => None,
                }
            }
            _ => None,
        };
        if value.is_some() {
            if is_empty(inner) {
                map.shift_remove(first);
            }
            return value;
        }
    }
    let plain = plain_name(path);
    let name = map.keys().find(|name| plain_name(name) == plain)?.clone();
    map.shift_remove(&name)
}

/// Whether a value says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        // As databases export what is missing.
        Value::String(text) => matches!(text.trim(), "" | "NULL" | "null" | "\\N" | "NaN" | "None"),
        Value::Array(values) => values.iter().all(is_empty),
        Value::Object(map) => map.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The key of what stands for bytes that are no text, with their count.
const BYTES: &str = "$bytes";

/// What stands for so many bytes that are no text.
#[cfg(feature = "sqlite")]
pub(super) fn bytes(count: usize) -> Value {
    serde_json::json!({ BYTES: format!("{count} bytes") })
}

fn is_bytes(value: &Value) -> bool {
    value.as_object().is_some_and(|map| map.len() == 1 && map.contains_key(BYTES))
}

/// The names of columns, no two of them the same: one that is taken gets the number of its column.
pub(super) fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        let mut number = unique.len();
        let mut own = name.clone();
        while unique.contains(&own) {
            number += 1;
            own = format!("{name} {number}");
        }
        unique.push(own);
    }
    unique
}

/// The identity that a row states at the path `wanted`, or else in a column of a well known name.
pub(super) fn identity(map: &Map<String, Value>, wanted: Option<&str>) -> String {
    let value = match wanted {
        Some(path) => take_path(&mut map.clone(), path),
        None => columns::known(map.keys().map(String::as_str))
            .iter()
            .filter(|column| FIELDS[column.field].0 == "record")
            .find_map(|column| map.get(&column.name).filter(|value| !is_empty(value)))
            .cloned(),
    };
    let value = value.filter(|value| !is_empty(value));
    let mut text = value.map(|value| values::text(&value)).unwrap_or_default();
    super::shape::shorten(&mut text, 300);
    text
}

/// Appends a line with its end; of one that is longer than `most` bytes a few more than those, and the rest is passed over.
///
/// # Errors
/// Where the source cannot be read.
pub(super) fn read_line(input: &mut dyn BufRead, most: u64, line: &mut Vec<u8>) -> io::Result<usize> {
    let read = (&mut *input).take(most.saturating_add(2)).read_until(b'\n', line)?;
    if read as u64 > most && line.last() != Some(&b'\n') {
        loop {
            let buffer = input.fill_buf()?;
            let end = memchr::memchr(b'\n', buffer);
            let length = end.map_or(buffer.len(), |end| end + 1);
            input.consume(length);
            if end.is_some() || length == 0 {
                break;
            }
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::take_path;
    use serde_json::{Value, json};

    #[test]
    fn paths_lead_into_objects_and_lists() {
        let Value::Object(mut map) =
            json!({"body": {"html": "a", "x": 1}, "a.b": 2, "list": [{"url": "u"}], "Main Text": 3})
        else {
            return;
        };
        let mut take = |path: &str| take_path(&mut map, path);
        assert_eq!(take("body.html"), Some(json!("a")));
        assert_eq!(take("a.b"), Some(json!(2)));
        assert_eq!(take("list.0.url"), Some(json!("u")));
        assert_eq!(take("main_text"), Some(json!(3)));
        assert_eq!((take("body.html"), take("list.7"), take("none")), (None, None, None));
        assert_eq!(map, *json!({"body": {"x": 1}}).as_object().unwrap_or(&serde_json::Map::new()));
    }
}
