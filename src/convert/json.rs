//! Objects of JSON whose keys are taken one by one, so that what is left over can be named.

use super::account::{Account, Fate};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::HashMap;

/// An object that is being read.
pub(super) struct Object<'v> {
    pub(super) map: &'v Map<String, Value>,
    fates: RefCell<HashMap<&'v str, Fate>>,
    accounting: bool,
    taken: RefCell<std::collections::HashSet<&'v str>>,
}

impl<'v> Object<'v> {
    pub(super) fn new(map: &'v Map<String, Value>, accounting: bool) -> Self {
        Self { map, fates: RefCell::default(), accounting, taken: RefCell::default() }
    }

    /// The value of a key, which is kept as `field`. Nothing, where it is null or missing.
    pub(super) fn get(&self, key: &str, field: &'static str) -> Option<&'v Value> {
        let (key, value) = self.map.get_key_value(key)?;
        self.note(key, Fate::Kept(field));
        Some(value).filter(|value| !value.is_null())
    }

    /// What a key says as a text; empty where it says none.
    pub(super) fn text(&self, key: &str, field: &'static str) -> String {
        self.get(key, field).map(said).unwrap_or_default()
    }

    /// The key is left out for that reason.
    pub(super) fn drop(&self, key: &str, reason: &'static str) {
        if let Some((key, _)) = self.map.get_key_value(key) {
            self.note(key, Fate::Dropped(reason));
        }
    }

    /// Whether something was said of a key yet.
    pub(super) fn taken(&self, key: &str) -> bool {
        self.taken.borrow().contains(key)
    }

    fn note(&self, key: &'v str, fate: Fate) {
        self.taken.borrow_mut().insert(key);
        if self.accounting {
            self.fates.borrow_mut().insert(key, fate);
        }
    }

    /// The keys that nothing was said of yet.
    pub(super) fn rest(&self, taken: &[&str]) -> impl Iterator<Item = (&'v str, &'v Value)> {
        self.map.iter().map(|(key, value)| (key.as_str(), value)).filter(move |(key, _)| !taken.contains(key))
    }

    /// What became of each key.
    pub(super) fn account(&self) -> Account {
        let mut account = Account::default();
        if self.accounting {
            let fates = self.fates.borrow();
            for (key, value) in self.map {
                let fate = fates.get(key.as_str()).copied().unwrap_or(Fate::Dropped("no field for it"));
                note_all(&mut account, key, value, fate);
            }
        }
        account
    }
}

/// A value as a text: texts, numbers and truths as they are; of a list the first that says something; of an object what
/// its name or its value says.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(values) => values.iter().map(plain).find(|text| !text.is_empty()).unwrap_or_default(),
        Value::Object(_) | Value::Null => plain(value),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(map) => ["value", "name", "title", "text", "label", "rendered"]
            .iter()
            .find_map(|key| map.get(*key)?.as_str())
            .unwrap_or_default()
            .trim()
            .to_owned(),
        _ => String::new(),
    }
}

/// What a value that may be a list says, one text each.
pub(super) fn list(value: &Value) -> Vec<String> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    values.iter().map(said).filter(|text| !text.is_empty()).collect()
}

/// The objects of a value that is one, or a list of them.
pub(super) fn objects(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    values.iter().filter_map(Value::as_object)
}

/// A key of an object as a text.
pub(super) fn part(map: &Map<String, Value>, key: &str) -> String {
    map.get(key).map(said).unwrap_or_default()
}

/// Notes all that a value says, each text under the names of the keys that lead to it.
fn note_all(account: &mut Account, key: &str, value: &Value, fate: Fate) {
    let mut left = vec![(key.to_owned(), value)];
    while let Some((path, value)) = left.pop() {
        match value {
            Value::Null => {}
            Value::String(text) => account.note(0, path, text, fate),
            Value::Bool(_) | Value::Number(_) => account.note(0, path, &value.to_string(), fate),
            Value::Array(values) => left.extend(values.iter().rev().map(|value| (path.clone(), value))),
            // A name as long as a text is no name.
            Value::Object(map) if path.len() > 120 => {
                left.extend(map.values().rev().map(|value| (path.clone(), value)));
            }
            Value::Object(map) => left.extend(map.iter().rev().map(|(key, value)| (format!("{path}.{key}"), value))),
        }
    }
}

/// Parses JSON; the message of a fault says what is wrong and where.
///
/// # Errors
/// The line, the column and what is wrong there.
pub(super) fn parse(text: &str) -> Result<Value, (u32, u32, String)> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        (error.line() as u32, error.column() as u32, message)
    })
}
