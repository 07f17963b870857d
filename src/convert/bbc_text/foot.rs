//! The boxes at the foot of the page: the editor's related articles, links out, and furniture.

use super::head::section_path;
use super::marks::{Mark, mark};
use crate::article::Link;
use crate::convert::ledger::Ledger;
use crate::convert::lines::Line;
use crate::convert::related::Related;
use crate::convert::shape::{collapse, is_stopped};
use crate::date::ArticleDate;

/// Running text at least this long, in bytes, is no item of a list.
const PARAGRAPH: usize = 90;

/// What the foot holds for the article.
#[derive(Debug, Default)]
pub(super) struct Foot {
    pub(super) see_also: Related,
    pub(super) links: Vec<Link>,
    /// The section that "Links to more … stories" names.
    pub(super) section: Option<String>,
}

impl Foot {
    /// The foot of an article of that date.
    pub(super) fn new(date: Option<ArticleDate>) -> Self {
        Self { see_also: Related::new(date), ..Self::default() }
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
                self.see_also.line(&line.text);
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
}
