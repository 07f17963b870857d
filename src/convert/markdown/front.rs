//! Front matter of three kinds: YAML between `---` lines, TOML between `+++` lines, or a JSON object.

use super::values::from_toml;
use crate::article::read::check_size;
use crate::config::place_of;
use crate::diagnostic::{Diagnostic, Place};
use serde_yaml::{Mapping, Value};

/// The parts of a file.
pub(super) struct Matter<'a> {
    /// What the front matter says.
    pub(super) values: Mapping,
    /// Its text, and the line of the file on which that begins.
    pub(super) text: &'a str,
    pub(super) line: u32,
    /// The article's text, and the line on which it begins.
    pub(super) body: &'a str,
    pub(super) body_line: u32,
}

/// Splits a file and reads its front matter; a file without any is all text.
///
/// # Errors
/// A diagnostic without a file name, at the line and column of what cannot be read.
pub(super) fn split(text: &str) -> Result<Matter<'_>, Diagnostic> {
    let first = text.lines().next().unwrap_or_default().trim_end();
    let (matter, parse): (_, Parse) = match first {
        "---" => (fenced(text, "---")?, parse_yaml),
        "+++" => (fenced(text, "+++")?, parse_toml),
        _ if first.starts_with('{') && !first.starts_with("{%") && !first.starts_with("{{") => {
            (braced(text)?, parse_json)
        }
        _ => {
            return Ok(Matter { values: Mapping::new(), text: "", line: 1, body: text, body_line: 1 });
        }
    };
    let (front, line, body) = matter;
    check_size(front)?;
    let fault = |fault: Fault| {
        let (message, at, hint) = fault;
        let (row, column) = at.unwrap_or((1, 0));
        Diagnostic::error(Place::at("", line + row - 1, column), message).hint(hint)
    };
    let values = match parse(front).map_err(fault)? {
        Value::Mapping(values) => values,
        Value::Null => Mapping::new(),
        _ => {
            let message = "the front matter is not made of keys and values";
            return Err(Diagnostic::error(Place::at("", line, 1), message).hint("as in `title: Council votes`"));
        }
    };
    let body_line = (text.len() - body.len()..text.len()).start;
    let body_line = text.get(..body_line).unwrap_or_default().matches('\n').count() as u32 + 1;
    Ok(Matter { values, text: front, line, body, body_line })
}

type Parse = fn(&str) -> Result<Value, Fault>;

/// What a parser found wrong: the message, the line and column in the front matter, and a hint.
type Fault = (String, Option<(u32, u32)>, &'static str);

/// The text between two lines of `fence`, the line it begins on, and what follows.
fn fenced<'a>(text: &'a str, fence: &str) -> Result<(&'a str, u32, &'a str), Diagnostic> {
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            return Ok((&text[start..at], 2, &text[at + line.len()..]));
        }
        at += line.len();
    }
    let message = format!("the front matter that begins with `{fence}` has no end");
    Err(Diagnostic::error(Place::at("", 1, 1), message).hint(format!("close it with a line `{fence}`")))
}

/// The JSON object at the start, and what follows it.
fn braced(text: &str) -> Result<(&str, u32, &str), Diagnostic> {
    let (mut depth, mut quoted, mut escaped) = (0u32, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Ok((&text[..=at], 1, text.get(at + 1..).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    Err(Diagnostic::error(Place::at("", 1, 1), "the JSON front matter has no end").hint("close it with a brace `}`"))
}

fn parse_yaml(text: &str) -> Result<Value, Fault> {
    serde_yaml::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        let place = error.location().map(|place| (place.line() as u32, place.column() as u32));
        (message, place, "a text with `: `, `#`, quotes or brackets needs quotes around it")
    })
}

fn parse_toml(text: &str) -> Result<Value, Fault> {
    let table: Result<toml::Table, _> = toml::from_str(text);
    table.map(|table| from_toml(toml::Value::Table(table))).map_err(|error| {
        let place = error.span().map(|span| place_of(text, "", span.start));
        (error.message().replace('\n', " "), place.map(|place| (place.line, place.column)), "texts need quotes in TOML")
    })
}

fn parse_json(text: &str) -> Result<Value, Fault> {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value
        .map_err(|error| {
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
            (message, Some((error.line() as u32, error.column() as u32)), "is a comma or quotation mark missing?")
        })
        .and_then(|value| serde_yaml::to_value(value).map_err(|error| (error.to_string(), None, "")))
}
