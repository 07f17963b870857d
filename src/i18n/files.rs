//! Reads `i18n/LANGUAGE.toml` files into one set of messages, the first file that has a key winning.

use super::File;
use super::dates::RawDates;
use super::message::Message;
use super::plurals::CATEGORIES;
use crate::config::{explain, find_key};
use crate::diagnostic::{Diagnostic, nearest};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The table that is about dates and holds no messages.
const DATES: &str = "dates";

/// What all files say.
#[derive(Default)]
pub(super) struct Merged {
    pub(super) messages: BTreeMap<String, Message>,
    pub(super) dates: RawDates,
    /// The content of each file used.
    pub(super) sources: Vec<Vec<u8>>,
}

/// The layer of a file, by its path as messages show it.
pub(super) fn layer(shown: &str) -> &str {
    shown.rsplit_once("i18n/").map_or(shown, |(layer, _)| layer)
}

/// One file while it is read.
struct Reader<'a> {
    text: &'a str,
    shown: &'a str,
    is_own: bool,
    wrong: &'a mut Vec<Diagnostic>,
}

impl Merged {
    /// Adds what `file` says and no file before it did. `is_own` tells whether it is in the site's language.
    pub(super) fn add(&mut self, file: &File<'_>, is_own: bool, wrong: &mut Vec<Diagnostic>) {
        let Ok(text) = std::str::from_utf8(file.bytes) else {
            let place = crate::diagnostic::Place::file(&*file.shown);
            wrong.push(Diagnostic::error(place, "is not text in UTF-8").hint("save it as UTF-8"));
            return;
        };
        let mut table: Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(error) => return wrong.push(explain(&error, text, &file.shown)),
        };
        self.sources.push(file.bytes.to_vec());
        let mut reader = Reader { text, shown: &file.shown, is_own, wrong };
        if let Some(dates) = table.remove(DATES) {
            match dates.try_into::<RawDates>() {
                Ok(dates) => self.dates.fill(dates),
                Err(error) => reader.complain(DATES, error.message().replace('\n', " "), ""),
            }
        }
        self.table(&table, "", &mut reader);
    }

    fn table(&mut self, table: &Table, above: &str, reader: &mut Reader<'_>) {
        for (name, value) in table {
            let key = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
            let message = match value {
                Value::String(text) => Some(Message::plain(text, reader.is_own)),
                Value::Table(forms) if forms.keys().any(|form| CATEGORIES.contains(&form.as_str())) => {
                    reader.plural(name, forms)
                }
                Value::Table(group) => {
                    self.table(group, &key, reader);
                    continue;
                }
                other => {
                    let message = format!("`{name}` is of type {}, not a text", other.type_str());
                    reader.complain(name, message, "a message is a text, or a table of texts by plural category");
                    continue;
                }
            };
            if let Some(message) = message {
                self.messages.entry(key).or_insert(message);
            }
        }
    }
}

impl Reader<'_> {
    fn plural(&mut self, name: &str, forms: &Table) -> Option<Message> {
        let mut texts = Vec::new();
        for (form, text) in forms {
            let category = CATEGORIES.iter().position(|category| category == form);
            match (category, text.as_str()) {
                (Some(category), Some(text)) => texts.push((category, text)),
                (None, _) => {
                    let known = || format!("the categories are {}", CATEGORIES.join(", "));
                    let hint = nearest(form, CATEGORIES).map_or_else(known, |near| format!("did you mean `{near}`?"));
                    self.complain(name, format!("`{name}` has an unknown plural category `{form}`"), &hint);
                }
                (_, None) => self.complain(name, format!("`{form}` of `{name}` is no text"), ""),
            }
        }
        let message = Message::plural(&texts, self.is_own);
        if message.is_none() {
            let hint = "it stands for every count that has no form of its own";
            self.complain(name, format!("`{name}` has no form `other`"), hint);
        }
        message
    }

    fn complain(&mut self, key: &str, message: String, hint: &str) {
        self.wrong.push(Diagnostic::error(find_key(self.text, self.shown, key), message).hint(hint));
    }
}
