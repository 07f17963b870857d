//! The top of a text: headline, standfirst, byline, date line, in any order that begins with the headline.

use crate::article::FrontMatter;
use crate::convert::byline::{byline, names_and_place, office};
use crate::convert::dates::{self, Impossible};
use crate::convert::ledger::Ledger;
use crate::convert::lines::Line;
use crate::convert::shape::{collapse, is_name, is_prose, opening};

/// How many lines that are not blank the top has at most.
const LONGEST: usize = 12;

/// What the top says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) front: FrontMatter,
    /// Where the story begins.
    pub(super) end: usize,
    /// What is wrong with the date, and in which line.
    pub(super) warning: Option<(u32, &'static str)>,
    /// Whether a date line was read.
    dated: bool,
}

/// Reads the top of a text, up to its first paragraph.
pub(super) fn read(lines: &[Line<'_>], ledger: &mut Ledger) -> Head {
    let mut head = Head::default();
    let filled = lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty());
    for (at, line) in filled.take(LONGEST) {
        let below = lines.get(at + 1).filter(|line| !line.text.is_empty());
        if !head.takes(line, below, at, ledger) {
            break;
        }
        head.end = at + 1;
    }
    if head.front.title.is_empty()
        && let Some(first) = lines[head.end..].iter().find(|line| !line.text.is_empty())
    {
        head.front.title = opening(&first.text);
        head.warning = head.warning.or(Some((first.number, "no headline was found, so the first words stand for it")));
    }
    head
}

/// Whether the line only underlines the one above it.
pub(super) fn is_rule(text: &str) -> bool {
    let mut signs = text.bytes().filter(|byte| *byte != b' ');
    signs.next().is_some_and(|first| {
        b"-=_*~#".contains(&first) && signs.clone().count() >= 2 && signs.all(|sign| sign == first)
    })
}

impl Head {
    /// Takes the line if it is part of the top.
    fn takes(&mut self, line: &Line<'_>, below: Option<&Line<'_>>, at: usize, ledger: &mut Ledger) -> bool {
        let field = if is_rule(&line.text) {
            ledger.drop(line, "rule");
            return true;
        } else if let Some(field) = self.labelled(line) {
            field
        } else if let Some(date) = dates::line(&line.text).filter(|_| !self.dated) {
            self.date(date, line.number);
            "date"
        } else if self.front.title.is_empty() {
            // A text that begins with a paragraph has no headline; an old paper's headline may have a full stop.
            let alone = below.is_none() && line.text.len() <= 120;
            if is_prose(&line.text) && !alone {
                return false;
            }
            self.front.title = collapse(&line.text).into_owned();
            "title"
        } else if self.front.authors.is_empty() && self.byline(line, below) {
            "authors"
        } else if self.is_office(line) {
            "dateline"
        } else if at == self.end && self.front.authors.is_empty() && !self.dated {
            let Some(field) = self.deck(line, below) else { return false };
            field
        } else {
            return false;
        };
        ledger.keep(line, field);
        true
    }

    fn date(&mut self, date: Result<crate::date::ArticleDate, Impossible>, number: u32) {
        self.dated = true;
        match date {
            Ok(date) => self.front.date = Some(date),
            Err(Impossible) => self.warning = Some((number, "no calendar has this date, so the article has none")),
        }
    }

    /// `Headline: …`, `Byline: …`, as agencies and databases write. The field that it fills.
    fn labelled(&mut self, line: &Line<'_>) -> Option<&'static str> {
        let (label, value) = line.text.split_once(':').filter(|(label, _)| label.len() <= 20)?;
        let value = collapse(value.trim());
        if value.is_empty() {
            return None;
        }
        let is = |labels: &[&str]| labels.iter().any(|known| label.trim().eq_ignore_ascii_case(known));
        if is(&["headline", "title", "subject"]) && self.front.title.is_empty() {
            self.front.title = value.into_owned();
            Some("title")
        } else if is(&["date", "published", "publication date", "issue date"]) && !self.dated {
            self.date(dates::line(&value)?, line.number);
            Some("date")
        } else if is(&["byline", "author", "authors", "reporter"]) && self.front.authors.is_empty() {
            let found = byline(&value).or_else(|| names_and_place(&value))?;
            (self.front.authors, self.front.dateline) = (found.authors, found.place);
            Some("authors")
        } else if is(&["section", "category"]) && self.front.section.is_none() {
            self.front.section = Some(value.into_owned());
            Some("section")
        } else if is(&["summary", "standfirst", "abstract"]) && self.front.description.is_empty() {
            self.front.description = value.into_owned();
            Some("description")
        } else if is(&["dateline", "place"]) && self.front.dateline.is_empty() {
            self.front.dateline = value.into_owned();
            Some("dateline")
        } else {
            None
        }
    }

    /// `By Ines Marrable`, `Ines Marrable, harbour reporter`, or a name above an office or a date.
    fn byline(&mut self, line: &Line<'_>, below: Option<&Line<'_>>) -> bool {
        let found = byline(&line.text).or_else(|| {
            let (name, rest) = line.text.split_once(',').unwrap_or((&line.text, ""));
            let below = below.is_some_and(|below| office(&below.text).is_some() || dates::line(&below.text).is_some());
            let told = if rest.is_empty() { below } else { office(rest.trim()).is_some() };
            (told && is_name(name, 4) && name.contains(' ')).then(|| names_and_place(&line.text))?
        });
        let Some(found) = found else { return false };
        self.front.authors = found.authors;
        self.front.dateline = found.place;
        true
    }

    /// The writer's office on a line of its own under the byline.
    fn is_office(&mut self, line: &Line<'_>) -> bool {
        if self.front.authors.is_empty() {
            return false;
        }
        let Some(place) = office(&line.text) else { return false };
        if self.front.dateline.is_empty() {
            self.front.dateline = place;
        }
        true
    }

    /// A second line of the headline (both in capitals), or a standfirst: glued to the headline, and not yet the text.
    /// The field that it fills.
    fn deck(&mut self, line: &Line<'_>, below: Option<&Line<'_>>) -> Option<&'static str> {
        let capitals = |text: &str| text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        if capitals(&self.front.title) && capitals(&line.text) && line.text.len() <= 80 {
            self.front.title.push(' ');
            self.front.title.push_str(&collapse(&line.text));
            return Some("title");
        }
        let last = below.is_none_or(|below| byline(&below.text).is_some() || dates::line(&below.text).is_some());
        if !last || line.text.len() > 200 || !self.front.description.is_empty() {
            return None;
        }
        self.front.description = collapse(&line.text).into_owned();
        Some("description")
    }
}
