//! The editor's list of related articles as papers print it: `18 Jul 00 | Asia-Pacific`, and a headline before or after.

use super::dates;
use super::shape::collapse;
use crate::article::SeeAlso;
use crate::date::ArticleDate;

/// A list that is being read.
#[derive(Debug, Default)]
pub(super) struct Related {
    /// The items so far.
    pub(super) items: Vec<SeeAlso>,
    /// The article's own date.
    date: Option<ArticleDate>,
    /// Whether the list gives each date before its headline or after it.
    dates_first: Option<bool>,
    /// A date whose headline is still to come.
    pending: Option<(Option<ArticleDate>, String)>,
}

impl Related {
    /// The list of an article of that date.
    pub(super) fn new(date: Option<ArticleDate>) -> Self {
        Self { date, ..Self::default() }
    }

    /// Takes a line: `18 Jul 00 | Asia-Pacific`, a headline, or both.
    pub(super) fn line(&mut self, line: &str) {
        if !self.dated(line) {
            self.title(line, "");
        }
    }

    /// Takes a line that begins with a date, and tells whether it was one.
    pub(super) fn dated(&mut self, line: &str) -> bool {
        let mut parts = line.split('|').map(str::trim);
        let Some(date) = parts.next().and_then(|date| dates::short(date, self.date)) else { return false };
        let section = collapse(parts.next().unwrap_or_default()).into_owned();
        let title = parts.next().map(|title| collapse(title).into_owned());
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            self.items.push(SeeAlso { title, date: Some(date), section, url: String::new() });
        } else if *self.dates_first.get_or_insert(true) {
            self.pending = Some((Some(date), section));
        } else if let Some(last) = self.items.last_mut() {
            (last.date, last.section) = (Some(date), section);
        }
        true
    }

    /// Takes a headline, and where it leads.
    pub(super) fn title(&mut self, title: &str, url: &str) {
        self.dates_first.get_or_insert(false);
        let (date, section) = self.pending.take().unwrap_or_default();
        self.items.push(SeeAlso { title: collapse(title).into_owned(), date, section, url: url.to_owned() });
    }
}
