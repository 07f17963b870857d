//! Where in `content/` a converted article goes. It follows from the article's source and date alone, so that the same
//! source always gives the same path, whatever else is converted beside it.

use crate::article::Article;
use crate::markup::slug::slug;
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// Folders of `content/` that hold no articles. A section of that name is kept in a folder beside; its articles name
/// their section themselves.
const TAKEN: [&str; 2] = ["media", "pages"];

/// Path below `content/`: `SECTION/YYYY/MM/DD-slug-hhhhhh.md`. Parts that are not known are left out, and `hhhhhh` are
/// the [`digits`] of the article's source. The date is taken as it is written, in no other time zone.
pub fn destination(article: &Article) -> String {
    let front = &article.front;
    let mut path = String::with_capacity(96);
    if let Some(section) = front.section.as_deref().filter(|section| !section.is_empty()) {
        if TAKEN.contains(&section.split('/').next().unwrap_or_default()) {
            path.push_str("section-");
        }
        path.push_str(section);
        path.push('/');
    }
    // Writing into a string cannot fail.
    if let Some(date) = front.date.map(|date| date.as_written()) {
        let _ = write!(path, "{:04}/", date.year);
        if date.month > 0 {
            let _ = write!(path, "{:02}/", date.month);
        }
        if date.day > 0 {
            let _ = write!(path, "{:02}-", date.day);
        }
    }
    let slug = slug(&front.title);
    if !slug.is_empty() {
        path.push_str(&slug);
        path.push('-');
    }
    let (file, record) =
        front.source.as_ref().map_or(("", ""), |source| (source.file.as_str(), source.record.as_str()));
    let _ = write!(path, "{:06x}.md", digits(file, record));
    path
}

/// The 24-bit number that tells apart the articles of one headline and day: the low bits of the [`identity`].
pub fn digits(file: &str, record: &str) -> u32 {
    low_bits(identity(file, record))
}

/// The digits of the article with that identity.
pub fn low_bits(identity: u64) -> u32 {
    (identity & 0x00ff_ffff) as u32
}

/// The number that stands for a source's record: XXH3 (64 bits) of the source's path, a zero byte and the record. It
/// never depends on the source's content.
pub fn identity(file: &str, record: &str) -> u64 {
    let mut text = Vec::with_capacity(file.len() + 1 + record.len());
    text.extend_from_slice(file.as_bytes());
    text.push(0);
    text.extend_from_slice(record.as_bytes());
    xxh3_64(&text)
}

/// The digits that a file name of [`destination`]'s form ends with; `None` for other names.
pub fn digits_of(path: &str) -> Option<u32> {
    let stem = path.strip_suffix(".md")?;
    let (before, digits) = stem.split_at_checked(stem.len().checked_sub(6)?)?;
    let lower_hex = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let apart = before.is_empty() || before.ends_with(['-', '/']);
    (lower_hex && apart).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::destination;
    use crate::article::{Article, FrontMatter, Provenance};

    #[test]
    fn leaves_out_what_is_not_known_and_keeps_out_of_other_folders() {
        let path = |section: &str, date: &str, title: &str| {
            let source = Provenance { file: "a.txt".to_owned(), ..Provenance::default() };
            let front = FrontMatter {
                title: title.to_owned(),
                section: Some(section.to_owned()),
                date: date.parse().ok(),
                source: Some(source),
                ..FrontMatter::default()
            };
            destination(&Article { front, body: String::new() })
        };
        let cases = [
            ("town/harbour", "2000-07-19T23:45:00-05:00", "Ferry sails", "town/harbour/2000/07/19-ferry-sails-"),
            ("", "2000-07", "Ferry sails", "2000/07/ferry-sails-"),
            ("town", "2000", "!", "town/2000/"),
            ("media", "", "Ferry sails", "section-media/ferry-sails-"),
        ];
        for (section, date, title, start) in cases {
            let path = path(section, date, title);
            let digits = path.strip_prefix(start).and_then(|rest| rest.strip_suffix(".md"));
            assert!(digits.is_some_and(|digits| digits.len() == 6), "{path}");
        }
    }
}
