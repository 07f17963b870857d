//! Tags, and what lies between two of them.

use memchr::memchr_iter;

/// Where a tag begins; `tag` is its beginning in lower case, as in `<topics>`.
pub(super) fn find_tag(bytes: &[u8], tag: &[u8]) -> Option<usize> {
    memchr_iter(b'<', bytes)
        .find(|at| bytes.get(*at..*at + tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

/// The number that a story has in its collection; empty where it has none.
pub(super) fn record_number(bytes: &[u8]) -> String {
    let end = memchr::memchr(b'>', bytes).unwrap_or(bytes.len());
    attribute(&String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()), "newid")
}

/// An attribute of a tag; `name` in lower case.
pub(super) fn attribute(tag: &str, name: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(name)) {
        let (start, end) = (from + at, from + at + name.len());
        from = end;
        let begins_word = start > 0 && lower.as_bytes()[start - 1].is_ascii_whitespace();
        let Some(value) = tag.get(end..).and_then(|rest| rest.trim_start().strip_prefix('=')).map(str::trim_start)
        else {
            continue;
        };
        if !begins_word {
            continue;
        }
        let is_end = |c: char| c.is_whitespace() || c == '>';
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => value.split(is_end).next(),
        };
        return value.unwrap_or_default().trim().chars().filter(char::is_ascii_graphic).take(40).collect();
    }
    String::new()
}

/// A field of a story.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'t> {
    /// Its tag, as it is written.
    pub(super) tag: &'t str,
    /// What is in it.
    pub(super) inner: &'t str,
    /// Where its tag begins.
    pub(super) at: usize,
}

impl<'t> Field<'t> {
    /// Where what is in it begins.
    pub(super) fn start(&self) -> usize {
        self.at + self.tag.len()
    }

    /// A field in this one, which lies where the text lies.
    pub(super) fn field(&self, name: &str) -> Option<Field<'t>> {
        field(self.inner, name).map(|found| Field { at: self.start() + found.at, ..found })
    }
}

/// The first field of that name in a text; one whose end is lost ends with the text. `name` is in lower case.
pub(super) fn field<'t>(text: &'t str, name: &str) -> Option<Field<'t>> {
    let mut from = 0;
    let (at, start) = loop {
        let at = from + find_tag(text.as_bytes().get(from..)?, format!("<{name}").as_bytes())?;
        let after = at + 1 + name.len();
        from = after;
        // `<text` is no beginning of `<textual>`.
        if text.as_bytes().get(after).is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace()) {
            break (at, after + text.get(after..)?.find('>')? + 1);
        }
    };
    let rest = text.get(start..)?;
    let end = find_tag(rest.as_bytes(), format!("</{name}>").as_bytes()).unwrap_or(rest.len());
    Some(Field { tag: text.get(at..start)?, inner: rest.get(..end)?, at })
}
