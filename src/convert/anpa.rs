//! `anpa`: wire stories in the format of ANPA Technical Bulletin 1312 (*High-Speed Wire Service Transmission Guidelines*,
//! 1979–1989) as news agencies of America sent them: a header of service level, number and selector, then priority, category,
//! slug, day and word count; a text in which `^` begins and `<` ends a line that is set apart.

use super::news::{self, Story};
use super::wire::reader::{self, Wire};
use super::wire::{self, messages};
use super::{Format, Source};
use crate::date::ArticleDate;
use crate::markup::escape;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "anpa",
    about: "wire stories of ANPA 1312, one or many a file",
    detect,
    convert: |source, sink| reader::convert(&WIRE, source, sink),
    split: reader::SPLIT,
};

fn detect(source: &Source<'_>) -> u8 {
    let Some(message) = messages::first(source) else { return 0 };
    let mut head = message.head();
    let is_numbered = head.next().and_then(|line| line.split_whitespace().next()).is_some_and(is_number);
    let is_slugged = message.head().skip(1).any(|line| wire::slug_line(line, &mut Story::default()));
    if is_numbered && is_slugged { 95 } else { 0 }
}

/// Whether a word is a service level and a number, as `r0123`.
fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    word.len() - digits.len() <= 3
        && (3..=5).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

const WIRE: Wire = Wire { header, body, sent, is_sent_in_text: true };

fn header(_: usize, line: &str, story: &mut Story) -> &'static str {
    if wire::slug_line(line, story) {
        return "extra";
    }
    let mut words = line.split_whitespace();
    match words.next() {
        Some(number) if is_number(number) && story.extra_text("number").is_empty() => {
            story.extra("number", number);
            story.extra("selector", &words.collect::<Vec<_>>().join(" "));
        }
        _ => story.extra("header", line),
    }
    "extra"
}

/// Reads the text: lines that are set apart above it are the headline, the byline and notes; in it, headings.
fn body(text: &str, story: &mut Story) {
    let mut rest = text.trim_start_matches(['\n', ' ']);
    if rest.starts_with('^') {
        while let Some((line, after)) = apart(rest) {
            rest = after.trim_start_matches('\n');
            above(&line, story);
        }
    } else {
        rest = messages::take_headline(rest, story);
    }
    let rest = messages::take_byline(rest, story);
    let mut part = String::with_capacity(rest.len());
    let mut left = rest;
    let mut is_first = true;
    loop {
        let found = apart(left);
        let line = if found.is_some() { "" } else { left.split_inclusive('\n').next().unwrap_or_default() };
        if found.is_some() || line.is_empty() {
            let markdown = wire::markdown(&std::mem::take(&mut part));
            let markdown = if is_first { wire::take_dateline(&markdown, story).to_owned() } else { markdown };
            is_first = is_first && markdown.is_empty();
            story.markdown(&markdown);
        }
        let Some((heading, after)) = found else {
            if line.is_empty() {
                return;
            }
            left = left.get(line.len()..).unwrap_or_default();
            if sent(line).is_none() || !left.trim_start().is_empty() {
                part.push_str(&typed(line));
            }
            continue;
        };
        left = after;
        let mut markdown = String::from("## ");
        escape::heading(&heading, &mut markdown);
        if !heading.is_empty() {
            story.markdown(&markdown);
        }
    }
}

/// A line between `^` and `<` at the start of a text, and what follows it.
fn apart(text: &str) -> Option<(String, &str)> {
    let (line, rest) = text.strip_prefix('^').map(|text| text.split_once('\n').unwrap_or((text, "")))?;
    let line = typed(line.trim_end().trim_end_matches(['<', '^']));
    Some((super::shape::collapse(&line).into_owned(), rest))
}

fn above(line: &str, story: &mut Story) {
    if messages::is_byline(line) {
        messages::byline(line, story);
    } else if line.starts_with("Eds:") || line.starts_with("EDS:") || line.starts_with("AP Photo") {
        story.extra("editorial_note", line);
    } else if story.front.title.is_empty() {
        line.clone_into(&mut story.front.title);
    } else if !story.front.authors.is_empty() {
        story.extra("byline_title", line);
    } else {
        story.extra("subheadline", line);
    }
}

/// A line as it is meant: quotes and dashes are written with other signs, and `<` ends a line that is not filled.
fn typed(line: &str) -> String {
    let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
    let line = line.trim_end().trim_end_matches('<');
    line.replace("``", "“").replace("''", "”").replace(" _ ", " — ") + end
}

/// When a story was sent: `SMW-02-26-87 1501EST`.
fn sent(line: &str) -> Option<ArticleDate> {
    let mut words = line.split_whitespace().map(|word| word.trim_end_matches('<'));
    let (month, day, year) = words.by_ref().take(8).find_map(|word| {
        let mut parts = word.rsplit('-');
        let (year, day, month) = (parts.next()?, parts.next()?, parts.next()?);
        let is_two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        (is_two(month) && is_two(day)).then(|| wire::year(year)).flatten().map(|year| (month, day, year))
    })?;
    let day = format!("{year}-{month}-{day}");
    let clock = words.next().unwrap_or_default();
    let zone = clock.trim_start_matches(|c: char| c.is_ascii_digit());
    let (Some(hour), Some(minute), 4) = (clock.get(..2), clock.get(2..4), clock.len() - zone.len()) else {
        return news::date(&day);
    };
    let zone = match zone.trim_matches(['(', ')']).to_ascii_uppercase().as_str() {
        "EST" | "CDT" => "-05:00",
        "EDT" => "-04:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        _ => "Z",
    };
    format!("{day}T{hour}:{minute}:00{zone}").parse().ok().or_else(|| news::date(&day))
}

#[cfg(test)]
mod tests {
    use super::sent;

    #[test]
    fn times_are_read() {
        let cases = [
            ("SMW-QS-02-26-87 1501EST<", "1987-02-26T15:01:00-05:00"),
            ("07-04-1991 0930EDT", "1991-07-04T09:30:00-04:00"),
            ("SMW-12-31-99", "1999-12-31"),
        ];
        for (line, expected) in cases {
            assert_eq!(sent(line).map(|date| date.to_string()).as_deref(), Some(expected), "{line}");
        }
        assert_eq!(sent("the twin-set-of 12-12"), None);
    }
}
