//! The encoding that a page declares, by the prescan of <https://html.spec.whatwg.org/multipage/parsing.html>.

use crate::convert::decode;
use std::borrow::Cow;

/// How far a declaration is looked for: the standard says 1,024 bytes, but pages began with long comments before it.
const PRESCAN: usize = 8192;

/// The text of a page. What the server said counts before what the page says, unless it said UTF-8 of what is none, as
/// servers do that say so of everything.
pub(super) fn decode<'b>(bytes: &'b [u8], by_server: &str) -> Cow<'b, str> {
    let is_right = |label: &&str| !label.eq_ignore_ascii_case("utf-8") || std::str::from_utf8(bytes).is_ok();
    match Some(by_server).filter(|label| !label.is_empty()).filter(is_right) {
        Some(label) => decode::decode(bytes, Some(label)),
        None => decode::decode(bytes, declared(&bytes[..bytes.len().min(PRESCAN)]).as_deref()),
    }
}

/// The label of the encoding that a `meta` tag or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        let tag = &bytes[at + found..];
        if tag.starts_with(b"<!--") {
            at += found + memchr::memmem::find(tag, b"-->").unwrap_or(tag.len());
            continue;
        }
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        let tag = &tag[..end];
        let name = if tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"<meta")) {
            value(tag, b"charset")
        } else if tag.starts_with(b"<?xml") {
            value(tag, b"encoding")
        } else {
            None
        };
        // A page that can be read as bytes to this point is not UTF-16, whatever it says.
        if let Some(name) = name {
            return Some(if name.starts_with("utf-16") { "utf-8".to_owned() } else { name });
        }
        at += found + end.max(1);
    }
    None
}

/// What follows `name =` in a tag, in lower case.
fn value(tag: &[u8], name: &[u8]) -> Option<String> {
    let tag = tag.to_ascii_lowercase();
    let after = memchr::memmem::find_iter(&tag, name).find_map(|at| {
        let rest = tag.get(at + name.len()..)?.trim_ascii_start();
        Some(rest.strip_prefix(b"=")?.trim_ascii_start())
    })?;
    let after = after.trim_ascii_start();
    let bare = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).unwrap_or(after);
    let end = bare.iter().position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'/' | b' ')).unwrap_or(bare.len());
    let label = std::str::from_utf8(&bare[..end]).ok()?.trim();
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn finds_the_declared_label() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"<html><META HTTP-EQUIV=Content-Type CONTENT=\"text/html; charset=ISO-8859-1\">", Some("iso-8859-1")),
            (b"<meta charset='koi8-r'>", Some("koi8-r")),
            (
                b"<!-- <meta charset=x> --><script charset=\"utf-8\"></script><meta charset = windows-1252 >",
                Some("windows-1252"),
            ),
            (b"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>", Some("iso-8859-2")),
            (b"<meta charset=utf-16>", Some("utf-8")),
            (b"<meta name=charset content=x><p>charset=y", None),
            (b"<", None),
        ];
        for (bytes, label) in cases {
            assert_eq!(declared(bytes).as_deref(), label);
        }
    }
}
