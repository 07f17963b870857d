//! A plain text as lines, with those that were only broken to fit a screen or page joined again.

use super::decode;
use std::borrow::Cow;
use std::collections::HashSet;

/// Lines longer than this, in characters, were not broken to fit anything.
const WIDEST: usize = 100;
/// Shorter lines were not broken for being full.
const NARROWEST: usize = 30;

/// A line, or several joined.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Without white space at its ends; empty for a blank line.
    pub(super) text: Cow<'a, str>,
    /// Where it begins, from 1.
    pub(super) number: u32,
    /// How many lines of the source it is made of.
    pub(super) count: u32,
    /// White space before its text, in characters, a tab counting as four.
    pub(super) indent: u32,
}

/// The lines of a text, blank ones too.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 32 + 8);
    for (at, raw) in decode::lines(text).enumerate() {
        let trimmed = raw.trim_start();
        let space = &raw[..raw.len() - trimmed.len()];
        let indent = if space.is_empty() { 0 } else { space.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum() };
        lines.push(Line { text: Cow::Borrowed(trimmed.trim_end()), number: at as u32 + 1, count: 1, indent });
    }
    lines
}

/// Joins the lines that were broken only because the next word did not fit. A text of whole paragraphs is left alone.
pub(super) fn unwrap(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let Some(width) = width(&lines) else { return lines };
    let mut words = None;
    let mut joined: Vec<Line<'_>> = Vec::with_capacity(lines.len() / 2);
    // What the last line as it stood in the source says of the next one.
    let mut last: Option<(usize, u32)> = None;
    for line in &lines {
        let continues = last.is_some_and(|(length, indent)| {
            let item = joined.last().is_some_and(|line| bullet(&line.text).is_some());
            !line.text.is_empty()
                && bullet(&line.text).is_none()
                && (line.indent <= indent || item)
                && (begins_lower(&line.text) && length >= NARROWEST || length + 1 + first_word(&line.text) > width)
        });
        match joined.last_mut().filter(|_| continues) {
            Some(open) => join(open, line, || words.get_or_insert_with(|| vocabulary(&lines))),
            None => joined.push(line.clone()),
        }
        last = (!line.text.is_empty()).then(|| (length(line), line.indent));
    }
    joined
}

/// The width that lines were broken to: that of the widest line that the next one surely continues, for it begins in
/// lower case or without the indentation of a paragraph. `None` where hardly any line is continued, or lines are of any
/// length.
fn width(lines: &[Line<'_>]) -> Option<usize> {
    let (mut widest, mut continued, mut long) = (0, 0, 0);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if line.text.len() < NARROWEST {
            continue;
        }
        let length = length(line);
        if length > WIDEST && line.text.contains(' ') {
            long += 1;
            // One long line may be a heading of the page; more are paragraphs.
            if long > 2 && long > continued {
                return None;
            }
        } else if length >= NARROWEST
            && !next.text.is_empty()
            && (begins_lower(&next.text) || line.indent >= next.indent + 3)
        {
            continued += 1;
            widest = widest.max(length);
        }
    }
    (continued >= 2 && continued > long).then_some(widest)
}

/// Appends a line to the one that it continues. A hyphen at the break is part of the word unless the text has the same
/// word without it.
fn join<'w, 'a: 'w>(open: &mut Line<'_>, line: &Line<'_>, words: impl FnOnce() -> &'w mut HashSet<&'a str>) {
    open.count += line.count;
    let text = open.text.to_mut();
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if text.ends_with('-') && text.len() > 1 && begins_lower(&line.text) {
        let head = text.trim_end_matches('-').rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let tail = line.text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if !head.is_empty() && words().contains(format!("{head}{tail}").as_str()) {
            text.pop();
        }
    } else {
        text.push(' ');
    }
    text.push_str(&line.text);
}

fn vocabulary<'l>(lines: &'l [Line<'_>]) -> HashSet<&'l str> {
    lines
        .iter()
        .flat_map(|line| line.text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .collect()
}

/// How far the line reached, with the white space before it.
fn length(line: &Line<'_>) -> usize {
    line.indent as usize + line.text.chars().count()
}

fn begins_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

fn first_word(text: &str) -> usize {
    text.split(char::is_whitespace).next().map_or(0, |word| word.chars().count())
}

/// The words of a list item, without its bullet.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['-', '*', '•', '·', '–', '—', 'o', '+', '■', '●', '»'])?;
    let words = rest.trim_start();
    (rest.len() > words.len() && !words.is_empty()).then_some(words)
}

/// The number and the words of a numbered list item, `1. Words` or `1) Words`.
pub(super) fn numbered(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let words = rest.strip_prefix(['.', ')'])?;
    let words = words.strip_prefix([' ', '\t'])?.trim_start();
    ((1..=3).contains(&digits) && !words.is_empty()).then_some((number, words))
}

#[cfg(test)]
mod tests {
    use super::{lines, unwrap};

    fn joined(text: &str) -> Vec<String> {
        unwrap(lines(text)).into_iter().map(|line| line.text.into_owned()).collect()
    }

    #[test]
    fn joins_what_a_screen_broke_and_nothing_else() {
        let wrapped = "The harbour master said that the new quay-\n\
                       side cranes would be good and above all well-\n\
                       paid work for the men of the town, and that\n\
                       the quayside would be busy again soon.\n\
                       A second paragraph.\n\
                       \n\
                       Short head\n\
                       The last one is of two lines, as are not so\n\
                       many.";
        assert_eq!(
            joined(wrapped),
            [
                "The harbour master said that the new quayside cranes would be good and above all well-paid work \
                 for the men of the town, and that the quayside would be busy again soon.",
                "A second paragraph.",
                "",
                "Short head",
                "The last one is of two lines, as are not so many.",
            ]
        );
        let whole = "A paragraph that is all on one line of its own.\nAnother such paragraph, shorter.";
        assert_eq!(joined(whole).len(), 2);
    }
}
