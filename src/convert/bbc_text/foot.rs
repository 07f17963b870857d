//! The boxes at the foot of the page: the editor's related articles, links out, and furniture.

use super::head::section_path;
use super::marks::{Mark, mark};
use crate::article::{Link, SeeAlso};
use crate::convert::dates;
use crate::convert::ledger::Ledger;
use crate::convert::lines::Line;
use crate::convert::shape::{collapse, is_stopped};
use crate::date::ArticleDate;

/// Running text at least this long, in bytes, is no item of a list.
const PARAGRAPH: usize = 90;

/// What the foot holds for the article.
#[derive(Debug, Default)]
pub(super) struct Foot {
    pub(super) see_also: Vec<SeeAlso>,
    pub(super) links: Vec<Link>,
    /// The section that "Links to more … stories" names.
    pub(super) section: Option<String>,
    /// The article's own date.
    date: Option<ArticleDate>,
    /// Whether the lists give each date before its headline, as to 2003, or after it.
    dates_first: Option<bool>,
    /// A date whose headline is still to come.
    pending: Option<(Option<ArticleDate>, String)>,
}

impl Foot {
    /// The foot of an article of that date.
    pub(super) fn new(date: Option<ArticleDate>) -> Self {
        Self { date, ..Self::default() }
    }

    /// Reads the boxes from line `from` on; returns where they end.
    pub(super) fn read(&mut self, lines: &[Line<'_>], from: usize, ledger: &mut Ledger) -> usize {
        let mut list = Mark::Search;
        for (at, line) in lines.iter().enumerate().skip(from) {
            if line.text.is_empty() {
                continue;
            }
            match mark(&line.text) {
                Some(mark) => {
                    list = mark;
                    self.furniture(mark, line, ledger);
                }
                None if line.text.len() >= PARAGRAPH && is_stopped(&line.text) && list != Mark::Others => return at,
                None => self.item(list, line, ledger),
            }
        }
        lines.len()
    }

    fn furniture(&mut self, mark: Mark, line: &Line<'_>, ledger: &mut Ledger) {
        if mark == Mark::Others && self.section.is_none() {
            let words = line.text.strip_prefix("Links to more ").and_then(|rest| rest.split_once(" stories"));
            self.section = words.and_then(|(section, _)| section_path(section));
        }
        let reason = match mark {
            Mark::SeeAlso | Mark::Links => "heading of a list",
            Mark::Others => "links to other stories",
            Mark::Disclaimer => "disclaimer",
            Mark::Mail => "mail and print offers",
            Mark::Search | Mark::Crumb | Mark::Masthead => "search box and furniture",
        };
        ledger.drop(line, reason);
    }

    fn item(&mut self, list: Mark, line: &Line<'_>, ledger: &mut Ledger) {
        match list {
            Mark::SeeAlso => {
                self.related(&line.text);
                ledger.keep(line, "see_also");
            }
            Mark::Links => {
                self.links.push(Link { title: collapse(&line.text).into_owned(), url: String::new() });
                ledger.keep(line, "links");
            }
            Mark::Others => ledger.drop(line, "links to other stories"),
            _ => ledger.drop(line, "search box and furniture"),
        }
    }

    /// Takes a line of the related list: `18 Jul 00 | Asia-Pacific`, a headline, or both.
    fn related(&mut self, line: &str) {
        let mut parts = line.split('|').map(str::trim);
        let date = parts.next().and_then(|date| dates::short(date, self.date));
        let Some(date) = date else { return self.related_title(line) };
        let section = collapse(parts.next().unwrap_or_default()).into_owned();
        let title = parts.next().map(|title| collapse(title).into_owned());
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            self.see_also.push(SeeAlso { title, date: Some(date), section, url: String::new() });
        } else if *self.dates_first.get_or_insert(true) {
            self.pending = Some((Some(date), section));
        } else if let Some(last) = self.see_also.last_mut() {
            (last.date, last.section) = (Some(date), section);
        }
    }

    fn related_title(&mut self, line: &str) {
        self.dates_first.get_or_insert(false);
        let (date, section) = self.pending.take().unwrap_or_default();
        self.see_also.push(SeeAlso { title: collapse(line).into_owned(), date, section, url: String::new() });
    }
}
