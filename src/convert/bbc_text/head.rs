//! The top of the page: section, date and headline, among menus.

use super::marks::{Mark, mark};
use crate::convert::byline::byline;
use crate::convert::dates::{self, Impossible};
use crate::convert::ledger::Ledger;
use crate::convert::lines::Line;
use crate::convert::shape::{at_most, collapse, is_prose, opening};
use crate::date::{ArticleDate, Precision};

/// How many lines from the top a page's date may stand.
pub(super) const LONGEST: usize = 200;
/// How many lines a menu between date and headline has at least; no story begins with so many short lines.
const MENU: usize = 4;

/// Longest headline, in bytes.
const HEADLINE: usize = 200;

/// What the top of the page says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) date: Option<ArticleDate>,
    /// As a path of the section's names.
    pub(super) section: Option<String>,
    /// Where the story begins: the line after the headline.
    pub(super) end: usize,
    /// What is wrong with the date, and in which line.
    pub(super) warning: Option<(u32, &'static str)>,
}

/// The date of a line that dates a page: it has a clock, a weekday or words such as "Last Updated".
pub(super) fn page_date(line: &str) -> Option<Result<ArticleDate, Impossible>> {
    let date = dates::line(line)?;
    let begins_with_day = line.starts_with(|c: char| c.is_ascii_digit());
    let timed = date.is_ok_and(|date| date.precision() == Precision::Time);
    let worded = line.contains(',') || line.contains(':');
    (timed || worded && !begins_with_day || date.is_err()).then_some(date)
}

/// Reads the top of a page; `None` where it has no headline that could be told.
pub(super) fn read(lines: &[Line<'_>], ledger: &mut Ledger) -> Option<Head> {
    let mut head = Head::default();
    let crumb = lines.iter().take(LONGEST).position(|line| mark(&line.text) == Some(Mark::Crumb));
    let (above, after) = match dated(lines, &mut head, ledger) {
        Some((at, after)) => (at, after),
        None => undated(lines, crumb?, &mut head, ledger)?,
    };
    let mut at = headline(lines, after, ledger)?;
    if let Some(named) = page_title(&lines[..above], &lines[at..]) {
        at += named.line;
        head.section = named.section;
    }
    let published = lines.get(above).is_some_and(|line| line.text.contains("ublished"));
    match crumb.filter(|crumb| *crumb < at) {
        Some(crumb) => head.section = read_crumb(&lines[crumb..at], ledger).or(head.section),
        None if published => {
            if let Some(next) = section_line(lines, at) {
                head.section = section_path(&lines[at].text);
                ledger.keep(&lines[at], "section");
                at = next;
            }
        }
        None => {}
    }
    head.end = at + 1;
    if lines[at].text.len() > HEADLINE {
        // The copy glued the headline to the story.
        head.title = opening(&lines[at].text);
        head.warning =
            head.warning.or(Some((lines[at].number, "no headline was found, so the first words stand for it")));
        head.end = at;
    } else {
        head.title = collapse(&lines[at].text).into_owned();
        ledger.keep(&lines[at], "title");
    }
    Some(head)
}

/// Finds the date line and notes what it says; returns its place and that of the line after it.
fn dated(lines: &[Line<'_>], head: &mut Head, ledger: &mut Ledger) -> Option<(usize, usize)> {
    let dated = |(at, line): (usize, &Line<'_>)| Some((at, page_date(&line.text)?));
    let (at, mut date) = lines.iter().enumerate().take(LONGEST).find_map(dated)?;
    let mut after = at + 1;
    // The clock may stand on a line of its own: `Published at 00:01 GMT`.
    let next = lines.get(after).filter(|next| next.text.len() < 60 && next.text.contains(':'));
    if let (Ok(day), Some(next)) = (date, next)
        && day.precision() == Precision::Day
        && let Some(Ok(whole)) = dates::line(&format!("{} {}", lines[at].text, next.text))
    {
        date = Ok(whole);
        ledger.keep(next, "date");
        after += 1;
    }
    ledger.drop_all(&lines[..at], "masthead and menu");
    ledger.keep(&lines[at], "date");
    match date {
        Ok(date) => head.date = Some(date),
        Err(Impossible) => {
            head.warning = Some((lines[at].number, "no calendar has this date, so the article has none"));
        }
    }
    Some((at, after))
}

/// The top of a page that lost its date: the headline is the first line after "You are in" that no menu has.
fn undated(lines: &[Line<'_>], crumb: usize, head: &mut Head, ledger: &mut Ledger) -> Option<(usize, usize)> {
    head.warning = Some((lines[crumb].number, "no date line was found, so the article has no date"));
    let first = lines.iter().skip(crumb + 1).position(|line| !at_most(&line.text, 3))?;
    ledger.drop_all(&lines[..crumb + 1 + first], "masthead and menu");
    Some((crumb, crumb + 1 + first))
}

/// The line of the headline, from the line after the date on. Menus and offers to mail the article may come first.
fn headline(lines: &[Line<'_>], from: usize, ledger: &mut Ledger) -> Option<usize> {
    let top = lines.get(from..)?;
    let story = top.iter().take(LONGEST).position(|line| is_prose(&line.text)).unwrap_or(top.len().min(LONGEST));
    let offer = top[..story].iter().rposition(|line| mark(&line.text) == Some(Mark::Mail));
    let text = |line: &&Line<'_>| !line.text.is_empty();
    let menu = top[..story].iter().take_while(|line| at_most(&line.text, 3)).filter(text).count();
    let skip = match offer {
        Some(offer) => offer + 1,
        None if menu >= MENU => top[..story].iter().take_while(|line| at_most(&line.text, 3)).count(),
        None => 0,
    };
    let begins = |line: &Line<'_>| !line.text.is_empty() && mark(&line.text).is_none();
    let at = from + skip + lines.get(from + skip..)?.iter().position(begins)?;
    ledger.drop_all(&lines[from..at], "menu");
    Some(at)
}

/// What a copy of the page's title says, `PAPER | World | Europe | Headline`.
struct Named {
    section: Option<String>,
    /// How many lines further down the headline stands.
    line: usize,
}

/// Finds the page's title above the date, by the headline that it ends with.
fn page_title(above: &[Line<'_>], below: &[Line<'_>]) -> Option<Named> {
    above.iter().find_map(|line| {
        let mut parts: Vec<&str> = line.text.split('|').map(str::trim).collect();
        let title = parts.pop().filter(|title| !title.is_empty() && parts.len() >= 2)?;
        let at = below.iter().take(LONGEST).position(|line| line.text == title)?;
        Some(Named { section: section_path(&parts[1..].join(":")), line: at })
    })
}

/// The section of "You are in: World: Europe", or of the line after it.
fn read_crumb(lines: &[Line<'_>], ledger: &mut Ledger) -> Option<String> {
    let crumb = lines.first()?;
    let (_, words) = crumb.text.split_once(':').unwrap_or((&crumb.text, ""));
    ledger.keep(crumb, "section");
    if let Some(section) = section_path(words) {
        return Some(section);
    }
    let next = lines.get(1).filter(|next| at_most(&next.text, 5) && dates::line(&next.text).is_none())?;
    let section = section_path(&next.text)?;
    ledger.keep(next, "section");
    Some(section)
}

/// The parts of `World: Asia-Pacific` as a path; a slash within a part is no separator.
pub(super) fn section_path(words: &str) -> Option<String> {
    let parts = words.split([':', '>', '|']).map(|part| unglued(part.trim())).filter(|part| !part.is_empty());
    let path = parts.fold(String::new(), |mut path, part| {
        if !path.is_empty() {
            path.push('/');
        }
        path.extend(part.chars().map(|c| if c == '/' { ' ' } else { c }));
        path
    });
    (!path.is_empty() && path.len() <= 100).then_some(path)
}

/// The words before a capital in the middle of a word, where the next line is glued to this one.
fn unglued(words: &str) -> &str {
    let mut before = ('\0', '\0');
    let glue = words.char_indices().find(|(_, c)| {
        let (second, last) = before;
        before = (last, *c);
        c.is_uppercase() && last.is_lowercase() && second.is_alphabetic()
    });
    glue.map_or(words, |(at, _)| &words[..at])
}

/// For a page that has its section between date and headline: the line of the headline, if the first line is a section.
/// Copies that lost all lines of one word have none.
fn section_line(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let first: &str = &lines[at].text;
    let next = at + 1 + lines.get(at + 1..)?.iter().position(|line| !line.text.is_empty())?;
    let second: &str = &lines[next].text;
    let is_headline = !is_prose(second) && !super::story::is_marked(second) && byline(second).is_none();
    let is_section = at_most(first, if first.contains(':') { 5 } else { 3 });
    (is_section && is_headline).then_some(next)
}
