//! `iptc7901`: wire messages of IPTC 7901, *The IPTC Recommended Message Format*, 5th edition (1995): a header of
//! service, number, priority, category and word count, keywords, the text with its headline, and the day and time that it
//! was sent.

use super::news::{self, Story};
use super::wire::reader::{self, Wire};
use super::wire::{self, messages};
use super::{Format, Source};
use crate::date::ArticleDate;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "iptc7901",
    about: "wire messages of IPTC 7901, one or many a file",
    detect,
    convert: |source, sink| reader::convert(&WIRE, source, sink),
    split: reader::SPLIT,
};

fn detect(source: &Source<'_>) -> u8 {
    let Some(message) = messages::first(source) else { return 0 };
    let Some(header) = message.head().next().and_then(Header::read) else { return 0 };
    if header.priority.is_empty() { 0 } else { 96 }
}

/// The first line of a message, as in `smw0123 4 pl 210 Ferry`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Header<'h> {
    service: &'h str,
    number: &'h str,
    priority: &'h str,
    category: &'h str,
    words: &'h str,
    /// What else it says.
    others: Vec<&'h str>,
}

impl<'h> Header<'h> {
    fn read(line: &'h str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let first = words.next()?;
        let digits = first.find(|c: char| c.is_ascii_digit())?;
        let (service, number) = first.split_at_checked(digits)?;
        let all = |text: &str, is: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(is);
        if !all(service, u8::is_ascii_alphabetic) || !all(number, u8::is_ascii_digit) || first.len() > 12 {
            return None;
        }
        let mut header = Self { service, number, ..Self::default() };
        for word in words {
            let is_number = all(word, u8::is_ascii_digit);
            let slot = match word.len() {
                1 if is_number && header.priority.is_empty() => &mut header.priority,
                1..=3
                    if all(word, u8::is_ascii_alphabetic) && header.category.is_empty() && header.words.is_empty() =>
                {
                    &mut header.category
                }
                _ if is_number && header.words.is_empty() => &mut header.words,
                _ => {
                    header.others.push(word);
                    continue;
                }
            };
            *slot = word;
        }
        Some(header)
    }
}

const WIRE: Wire = Wire { header, body, sent, is_sent_in_text: false };

/// Reads a line of the header: the first, or else keywords.
fn header(number: usize, line: &str, story: &mut Story) -> &'static str {
    if number > 0 {
        keywords(line, story);
        return "tags, extra.slug";
    }
    first(line, story);
    "extra"
}

fn body(text: &str, story: &mut Story) {
    let body = messages::take_headline(text, story);
    let body = messages::take_byline(body, story);
    let body = wire::markdown(body);
    let body = wire::take_dateline(&body, story);
    story.markdown(body);
}

fn first(line: &str, story: &mut Story) {
    let Some(header) = Header::read(line) else { return story.extra("header", line) };
    story.extra("service", header.service);
    story.extra("number", header.number);
    story.extra("priority", header.priority);
    story.extra("category", header.category);
    story.extra("words", header.words);
    story.extra("header", &header.others.join(" "));
}

/// Keywords, between slashes.
fn keywords(line: &str, story: &mut Story) {
    let line = line.trim_matches(['/', '=', ' ']);
    story.extra("slug", line);
    for word in line.split('/').filter(|_| line.contains('/')) {
        story.tag(word);
    }
}

/// When a message was sent: `261130 GMT Feb 87`, the day and the time of day in one.
fn sent(trailer: &str) -> Option<ArticleDate> {
    let words: Vec<&str> = trailer.split_whitespace().collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let at = words.iter().position(|word| word.len() == 6 && is_number(word))?;
    let stamp = words.get(at)?;
    let (day, hour, minute) = (stamp.get(..2)?, stamp.get(2..4)?, stamp.get(4..)?);
    let rest = words.get(at + 1..)?.get(..4).unwrap_or(words.get(at + 1..)?);
    let year = rest.iter().find(|word| matches!(word.len(), 2 | 4) && is_number(word))?;
    let year = wire::year(year)?;
    let names: Vec<&str> =
        rest.iter().copied().filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit())).collect();
    let zone = |month: &str| names.iter().find(|name| **name != month).copied().unwrap_or_default();
    names.iter().find_map(|month| {
        // Without a known zone the clock alone counts.
        news::date(&format!("{day} {month} {year} {hour}:{minute} {}", zone(month)))
            .or_else(|| news::date(&format!("{day} {month} {year} {hour}:{minute}")))
    })
}

#[cfg(test)]
mod tests {
    use super::{Header, sent};

    #[test]
    fn headers_and_times_are_read() {
        let header = Header::read("smw0123 4 pl 210 ferry").unwrap();
        assert_eq!((header.service, header.number, header.priority), ("smw", "0123", "4"));
        assert_eq!((header.category, header.words, header.others), ("pl", "210", vec!["ferry"]));
        assert_eq!(Header::read("The ferry 4 pl"), None);
        let cases = [
            ("261130 GMT Feb 87", "1987-02-26T11:30:00Z"),
            ("\n 050905 MAR 2001 ", "2001-03-05T09:05:00Z"),
            ("051030 CET Jan 98", "1998-01-05T10:30:00+01:00"),
        ];
        for (trailer, expected) in cases {
            assert_eq!(sent(trailer).map(|date| date.to_string()).as_deref(), Some(expected), "{trailer}");
        }
        assert_eq!(sent("311130 GMT Feb 87"), None);
    }
}
