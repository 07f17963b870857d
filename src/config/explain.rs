//! Where something stands in a TOML file, and what its parser says of an error.

use crate::diagnostic::{Diagnostic, Place, nearest};
use std::collections::BTreeMap;

/// A TOML error as a diagnostic, with "did you mean" for keys that are not known.
pub(crate) fn explain(error: &toml::de::Error, text: &str, file: &str) -> Diagnostic {
    let place = error.span().map_or_else(|| Place::file(file), |span| place_of(text, file, span.start));
    let message = error.message().trim().replace('\n', " ");
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let hint = match quoted.split_first() {
        Some((unknown, known)) if message.starts_with("unknown field") => nearest(unknown, known.iter().copied())
            .map_or_else(|| format!("known here are {}", known.join(", ")), |near| format!("did you mean `{near}`?")),
        Some((missing, _)) if message.starts_with("missing field") => format!("add a line `{missing} = \"…\"`"),
        _ => String::new(),
    };
    let message = message.split(", expected one of").next().unwrap_or_default().to_owned();
    Diagnostic::error(place, message).hint(hint)
}

/// Line and column (in characters) of a byte offset.
pub(crate) fn place_of(text: &str, file: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place::at(file, u32::try_from(line).unwrap_or(0), u32::try_from(column).unwrap_or(0))
}

/// The line where `key` is set or its table begins; for errors that a parser without positions found.
pub(crate) fn find_key(text: &str, file: &str, key: &str) -> Place {
    let is_key = |line: &str| {
        let line = line.trim_start().trim_start_matches('[');
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
    };
    let line = text.lines().position(is_key).map_or(0, |at| at + 1);
    Place::at(file, u32::try_from(line).unwrap_or(0), u32::from(line > 0))
}

/// Where each key of a table stands: for errors about its values that are found later.
pub(super) fn keys_of(text: &str, file: &str, table: &str) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    let mut is_inside = false;
    for (line, text) in (1..).zip(text.lines()) {
        let trimmed = text.trim_start();
        if let Some(header) = trimmed.strip_prefix('[') {
            is_inside = header.trim_start().strip_prefix(table).is_some_and(|rest| rest.trim_start().starts_with(']'));
        } else if let (true, Some((key, _))) = (is_inside, trimmed.split_once('=')) {
            let column = u32::try_from(text.len() - trimmed.len()).unwrap_or(0) + 1;
            places.insert(key.trim().trim_matches('"').to_owned(), Place::at(file, line, column));
        }
    }
    places
}
