//! The words that a theme puts on pages, and dates and counts, in the site's language.
//!
//! They come from `i18n/LANGUAGE.toml` of a site and its themes, one file for each language. A message is a text, in
//! which `{name}` stands for what a template hands over, or a table of texts by plural category:
//!
//! ```toml
//! by = "By {names}"
//! stories = { one = "{count} story", other = "{count} stories" }
//! [dates]
//! months = ["January", "February", …]
//! ```
//!
//! A message that a file lacks is taken from the same language one layer down, then from English.

mod dates;
mod files;
mod message;
mod numbers;
mod plurals;

use crate::diagnostic::Diagnostic;
use crate::page::hashing::hash_of;
pub use dates::{DateForm, Dates};
pub use message::{Message, Pattern, Piece};
use plurals::Plurals;
use std::collections::BTreeMap;

/// The language that everything falls back to.
pub const FALLBACK: &str = "en";

/// One `i18n/LANGUAGE.toml`.
#[derive(Clone, Debug)]
pub struct File<'a> {
    /// As messages show it.
    pub shown: String,
    /// BCP 47 tag, from its name.
    pub language: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// All words of one site.
#[derive(Debug)]
pub struct Translations {
    messages: BTreeMap<String, Message>,
    dates: Dates,
    /// What stands between thousands.
    group: &'static str,
    plurals: Plurals,
    english: Plurals,
    /// Keys whose message is in English though the site is not.
    untranslated: Vec<String>,
    hash: u128,
}

impl Translations {
    /// The words of `files`, those of the topmost layer first, in `language`, a BCP 47 tag.
    ///
    /// # Errors
    /// A diagnostic for each thing in them that is not as it should be.
    pub fn new(files: &[File<'_>], language: &str) -> Result<Self, Vec<Diagnostic>> {
        let chain = chain(language);
        let mut wrong = Vec::new();
        let mut merged = files::Merged::default();
        let rank = |file: &File<'_>| chain.iter().position(|tag| tag.eq_ignore_ascii_case(file.language));
        // The site's own language of all layers goes before English; within a layer, `de-AT` before `de`.
        let mut own: Vec<(usize, usize, &File<'_>)> = Vec::new();
        let layers = files.chunk_by(|one, other| files::layer(&one.shown) == files::layer(&other.shown));
        for (layer, files) in layers.enumerate() {
            own.extend(files.iter().filter_map(|file| rank(file).map(|rank| (layer, rank, file))));
        }
        own.sort_by_key(|(layer, rank, _)| (*layer, *rank));
        for (_, _, file) in own {
            merged.add(file, true, &mut wrong);
        }
        let is_english = chain.iter().any(|tag| tag.eq_ignore_ascii_case(FALLBACK));
        for file in files.iter().filter(|file| !is_english && file.language.eq_ignore_ascii_case(FALLBACK)) {
            merged.add(file, false, &mut wrong);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let lost = |(key, message): (&String, &Message)| (!message.is_own).then(|| key.clone());
        let group = numbers::group(language);
        Ok(Self {
            untranslated: merged.messages.iter().filter_map(lost).collect(),
            hash: hash_of(&(&merged.sources, language)),
            dates: merged.dates.finish(),
            messages: merged.messages,
            group,
            plurals: Plurals::of(language),
            english: Plurals::of(FALLBACK),
        })
    }

    /// The message of a key.
    pub fn get(&self, key: &str) -> Option<&Message> {
        self.messages.get(key)
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }

    /// The text of a message that wants nothing; the key itself where there is none, which the tests of the built-in
    /// theme would show.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).and_then(Message::text).unwrap_or(key)
    }

    /// The message's form for `count`, or its only one.
    pub fn form<'a>(&self, message: &'a Message, count: Option<i64>) -> &'a Pattern {
        let plurals = if message.is_own { &self.plurals } else { &self.english };
        message.form(count.map(|count| plurals.category(count)))
    }

    /// A whole number with its thousands set apart.
    pub fn number(&self, n: i64) -> String {
        numbers::grouped(n, self.group)
    }

    /// Names of months and days, and the order in which dates are written.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// Keys of messages that the site's language lacks.
    pub fn untranslated(&self) -> &[String] {
        &self.untranslated
    }

    /// Two sites with the same hash have the same words.
    pub fn hash(&self) -> u128 {
        self.hash
    }
}

/// `zh-Hant-TW`, `zh-Hant`, `zh`.
fn chain(language: &str) -> Vec<&str> {
    let mut chain = vec![language];
    let mut rest = language;
    while let Some((above, _)) = rest.rsplit_once('-') {
        chain.push(above);
        rest = above;
    }
    chain
}

#[cfg(test)]
mod tests;
