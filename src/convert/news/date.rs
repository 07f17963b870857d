//! Dates as feeds and the wire write them.

use crate::convert::dates;
use crate::date::ArticleDate;
use jiff::civil;

/// A date in the forms of feeds and the wire: RFC 3339, ISO 8601 with or without its signs, RFC 2822, or prose.
pub(in crate::convert) fn date(text: &str) -> Option<ArticleDate> {
    let text = text.trim();
    if text.is_empty() || text.starts_with("0000") {
        return None;
    }
    text.parse().ok().or_else(|| basic(text)).or_else(|| dates::parse(text)).or_else(|| {
        let tidy = text.replace(',', " ");
        dates::parse(&tidy).or_else(|| dates::find(text))
    })
}

/// ISO 8601 without signs, as `20000719T114500+0100`, `20000719T114500Z` or `20000719`.
fn basic(text: &str) -> Option<ArticleDate> {
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let date = civil::Date::new(digits(0..4)?, digits(4..6)? as i8, digits(6..8)? as i8).ok()?;
    let rest = text.get(8..)?;
    if rest.is_empty() {
        return Some(ArticleDate::day(date));
    }
    let clock = rest.strip_prefix(['T', 't', ' ']).unwrap_or(rest);
    let end = clock.find(|c: char| !c.is_ascii_digit()).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(end);
    let two = |at: usize| clock.get(at..at + 2).and_then(|part| part.parse::<i8>().ok());
    let (hour, minute, second) = (two(0)?, two(2)?, two(4).unwrap_or(0));
    let time = format!("{date}T{hour:02}:{minute:02}:{:02}{}", second.min(59), zone.trim());
    time.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::{is_html, plain};
    use super::date;

    #[test]
    fn dates_of_feeds_and_the_wire_are_read() {
        let cases = [
            ("Wed, 19 Jul 2000 11:45:00 GMT", "2000-07-19T11:45:00Z"),
            ("Wed, 19 Jul 2000 11:45:00 +0100", "2000-07-19T11:45:00+01:00"),
            ("19 Jul 2000 11:45 EST", "2000-07-19T11:45:00-05:00"),
            ("20000719T114500+0100", "2000-07-19T11:45:00+01:00"),
            ("20000719T114500Z", "2000-07-19T11:45:00Z"),
            ("20000719", "2000-07-19"),
            ("2000-07-19 11:45:00", "2000-07-19T11:45:00Z"),
            ("2000-07-19T11:45:00.250-05:00", "2000-07-19T11:45:00-05:00"),
            ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"),
            ("July 19, 2000", "2000-07-19"),
        ];
        for (text, expected) in cases {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(date("0000-00-00 00:00:00"), None);
    }

    #[test]
    fn plain_text_has_paragraphs() {
        assert_eq!(plain("One\ntwo\n\nThree *x*"), "One two\n\nThree \\*x\\*");
        assert_eq!(plain("One.\r\nTwo."), "One.\n\nTwo.");
        assert!(is_html("a <b>c</b>") && is_html("a &amp; b") && !is_html("a < b & c; d"));
    }
}
