//! The text of pages that scripts put together: it came with them as data, as HTML in a string of JSON or `JavaScript`.
//!
//! The names of the data differ from system to system, and some wrap strings in strings, as the flight data of Next.js
//! does; so any string counts that begins as HTML and holds paragraphs. The one with the most text is the article's.

use crate::markup::tree::Tree;
use memchr::{memchr, memchr2, memmem};
use std::borrow::Cow;

/// Strings in strings; deeper ones are left.
const DEEPEST: u32 = 3;
/// Shortest string that is looked at; bytes.
const SHORTEST: usize = 400;
/// Paragraphs that make it an article.
const PARAGRAPHS: usize = 2;

/// The longest text among the strings in a page's scripts, parsed.
pub(super) fn find(page: &str) -> Option<Tree> {
    let mut longest = String::new();
    for script in scripts(page) {
        search(script, DEEPEST, &mut longest);
    }
    (!longest.is_empty()).then(|| Tree::parse(&longest))
}

/// The contents of the `script` elements.
fn scripts(page: &str) -> impl Iterator<Item = &str> {
    let mut rest = page;
    std::iter::from_fn(move || {
        let script = rest.get(memmem::find(rest.as_bytes(), b"<script")?..)?;
        let script = script.get(memchr(b'>', script.as_bytes())? + 1..)?;
        // One that never ends is the last.
        let end = memmem::find(script.as_bytes(), b"</script")?;
        rest = script.get(end..)?;
        script.get(..end)
    })
}

/// Looks through the strings of `text` for a longer one that is HTML.
fn search(text: &str, depth: u32, longest: &mut String) {
    for string in strings(text) {
        let string = unescaped(string);
        if string.trim_start().starts_with('<') {
            if memmem::find_iter(string.as_bytes(), b"<p").count() >= PARAGRAPHS && string.len() > longest.len() {
                *longest = string.into_owned();
            }
        } else if depth > 1 && memmem::find(string.as_bytes(), b"\":").is_some() {
            search(&string, depth - 1, longest);
        }
    }
}

/// What stands between quotation marks, escapes and all; short ones are left out.
fn strings(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_at_checked(memchr(b'"', rest.as_bytes())? + 1)?;
            let end = end_of_string(after)?;
            let (string, next) = after.split_at_checked(end)?;
            rest = next.get(1..)?;
            if string.len() >= SHORTEST {
                return Some(string);
            }
        }
    })
}

/// Where a string ends that begins with `text`.
fn end_of_string(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr2(b'"', b'\\', text.as_bytes().get(at..)?)?;
        if text.as_bytes().get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// A string with its escapes resolved, as <https://www.rfc-editor.org/rfc/rfc8259#section-7> has them.
fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut signs = after.chars();
        let sign = signs.next().unwrap_or('\\');
        rest = signs.as_str();
        match sign {
            'n' | 't' | 'r' => out.push(if sign == 'n' { '\n' } else { ' ' }),
            'b' | 'f' => {}
            'u' => {
                let (c, used) = by_number(rest);
                out.push(c);
                rest = rest.get(used..).unwrap_or_default();
            }
            other => out.push(other),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The sign that four hexadecimal digits name, or two times four, and how many bytes they take.
fn by_number(text: &str) -> (char, usize) {
    let unit = |at: usize| u16::from_str_radix(text.get(at..at + 4)?, 16).ok();
    let Some(first) = unit(0) else { return (char::REPLACEMENT_CHARACTER, 0) };
    let second = text.get(4..6).filter(|mark| *mark == "\\u").and_then(|_| unit(6));
    let units = [Some(first), second];
    let mut decoded = char::decode_utf16(units.into_iter().flatten());
    match decoded.next() {
        Some(Ok(c)) => (c, if c.len_utf16() == 2 { 10 } else { 4 }),
        _ => (char::REPLACEMENT_CHARACTER, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::{find, unescaped};

    #[test]
    fn escapes_are_resolved() {
        for (string, text) in [
            (r#"a \"b\" \/ \\ c"#, r#"a "b" / \ c"#),
            (r"\u003cp\u003e", "<p>"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\u12", "\u{fffd}12"),
            ("a\\", "a\\"),
        ] {
            assert_eq!(unescaped(string), text, "{string}");
        }
    }

    #[test]
    fn strings_in_strings_are_found() {
        let text = "The mud goes to the quarry. ".repeat(20);
        let inner = format!(r#"{{"body":"<p class=\"a\">{text}</p><p>Garsby fears for its wells.</p>"}}"#);
        let outer = inner.replace('\\', r"\\").replace('"', "\\\"");
        for page in [format!("<script>let data = {inner};</script>"), format!("<script>f([1,\"{outer}\"])</script>")] {
            assert!(find(&page).is_some_and(|tree| tree.text_of(0).ends_with("quarry. Garsby fears for its wells.")));
        }
    }
}
