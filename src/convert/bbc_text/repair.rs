//! Copies that lost the lines of the page: a table of pipes instead of lines, or lines glued together.

use super::head::{self, page_date};
use crate::convert::dates;
use crate::convert::ledger::Ledger;
use crate::convert::lines::Line;
use memchr::memmem;
use std::borrow::Cow;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The page's lines, as far as they can be told.
pub(super) fn repair<'a>(lines: Vec<Line<'a>>, ledger: &mut Ledger) -> Vec<Line<'a>> {
    let (mut filled, mut piped) = (0, 0);
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        filled += 1;
        piped += usize::from(memchr::memchr(b'|', line.text.as_bytes()).is_some());
    }
    // A page has a few lines of its own with pipes, as in the list of related articles.
    let lines = if piped > 2 && piped * 2 > filled { cells(lines, ledger) } else { lines };
    let dated = lines.iter().take(head::LONGEST).any(|line| page_date(&line.text).is_some());
    if dated { lines } else { unglue(lines) }
}

/// The cells of a table as lines. The related list's `18 Jul 00 | Europe` is no row.
fn cells<'a>(lines: Vec<Line<'a>>, ledger: &mut Ledger) -> Vec<Line<'a>> {
    let mut all = Vec::with_capacity(lines.len() * 2);
    for line in lines {
        let text = line.text.trim_matches(['|', ' ', '\u{a0}']);
        let listed = text.split_once('|').is_some_and(|(date, _)| dates::short(date, None).is_some());
        if listed || !line.text.contains('|') {
            all.push(Line { text: Cow::Owned(text.to_owned()), ..line });
            continue;
        }
        ledger.drop(&line, "rule of a table");
        for cell in text.split('|').map(str::trim).filter(|cell| cell.contains(char::is_alphanumeric)) {
            all.push(Line { text: Cow::Owned(cell.to_owned()), ..line });
        }
    }
    all
}

/// Gives the page's date a line of its own where it is glued to what stands before or after it.
fn unglue(mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let found = lines.iter().take(head::LONGEST).enumerate().find_map(|(at, line)| Some((at, dated_part(&line.text)?)));
    let Some((at, (start, end))) = found else { return lines };
    let Some(line) = lines.get(at).cloned() else { return lines };
    let part = |text: &str| Line { text: Cow::Owned(text.trim().to_owned()), ..line.clone() };
    let parts = [part(&line.text[..start]), part(&line.text[start..end]), part(&line.text[end..])];
    lines.splice(at..=at, parts.into_iter().filter(|part| !part.text.is_empty()));
    lines
}

/// Where in a line a page's date stands: from the weekday to the last clock.
fn dated_part(line: &str) -> Option<(usize, usize)> {
    let clock = memmem::find(line.as_bytes(), b" GMT")? + 4;
    let start = WEEKDAYS.iter().filter_map(|day| line.get(..clock)?.rfind(day)).max()?;
    // The second clock, `11:46 UK`, is eight letters.
    let second = line.get(clock..).and_then(|rest| rest.trim_start().get(..8)).filter(|next| next.ends_with(" UK"));
    let end = second.and_then(|second| Some(clock + line.get(clock..)?.find(second)? + second.len())).unwrap_or(clock);
    page_date(line.get(start..end)?)?.is_ok().then_some((start, end))
}
