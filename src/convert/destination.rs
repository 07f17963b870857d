//! Where in `content/` a converted article goes. It follows from the article's source and date alone, so that the same
//! source always gives the same path, whatever else is converted beside it.

use crate::article::Article;
use crate::markup::slug::slug;
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// Path below `content/`: `SECTION/YYYY/MM/DD-slug-hhhhhh.md`. Parts that are not known are left out, and `hhhhhh` are
/// the [`digits`] of the article's source. The date is taken as it is written, in no other time zone.
pub fn destination(article: &Article) -> String {
    let front = &article.front;
    let mut path = String::with_capacity(96);
    if let Some(section) = front.section.as_deref().filter(|section| !section.is_empty()) {
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
