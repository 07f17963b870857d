//! The parts of a message that its HTML shows: pictures by content id or by location.

use crate::convert::decode::decode;
use crate::markup::to_markdown::Beside;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Message, MimeHeaders, PartType};
use std::collections::HashMap;

/// The pictures of a message, by the names that they get.
pub(super) struct Parts<'m> {
    /// By how the HTML calls it.
    names: HashMap<String, usize>,
    parts: Vec<(String, &'m [u8])>,
}

/// The HTML of a message, and the address that it was at; empty where that is not stated.
pub(super) fn html(message: &Message<'_>) -> Option<(String, String)> {
    let snapshot = message.header_raw("Snapshot-Content-Location").unwrap_or_default().trim().to_owned();
    let pages = || message.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let is_it = |part: &&mail_parser::MessagePart<'_>| part.content_location() == Some(snapshot.as_str());
    let is_html = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().and_then(|kind| kind.subtype()).is_some_and(|kind| kind.eq_ignore_ascii_case("html"))
    };
    let part = pages().find(is_it).or_else(|| pages().next()).or_else(|| message.parts.iter().find(is_html))?;
    let text = match &part.body {
        PartType::Html(text) if !is_still_quoted(part, text) => text.to_string(),
        _ => undecoded(message, part),
    };
    let url = if snapshot.is_empty() { part.content_location().unwrap_or_default().to_owned() } else { snapshot };
    Some((text, url))
}

/// Whether the text of a part is as it was sent, as no boundary ends it.
fn is_still_quoted(part: &mail_parser::MessagePart<'_>, text: &str) -> bool {
    let is_quoted = part.content_transfer_encoding().is_some_and(|name| name.eq_ignore_ascii_case("quoted-printable"));
    is_quoted && text.contains("=3D") && (text.contains("=\n") || text.contains("=\r\n"))
}

/// The text of a part that was left as it is, as no boundary ends it.
fn undecoded(message: &Message<'_>, part: &mail_parser::MessagePart<'_>) -> String {
    let raw = message.raw_message().get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    // The next boundary is no longer known, but looks like one.
    let is_boundary = |at: &usize| raw.get(at + 3).is_some_and(u8::is_ascii_graphic);
    let end = memchr::memmem::find_iter(raw, b"\n--").find(is_boundary).unwrap_or(raw.len());
    let raw = &raw[..end];
    let decoded = match part.content_transfer_encoding().map(str::to_ascii_lowercase).as_deref() {
        Some("quoted-printable") => Some(unquoted(raw)),
        Some("base64") => base64_decode(raw),
        _ => None,
    };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    decode(decoded.as_deref().unwrap_or(raw), charset).into_owned()
}

/// Quoted-printable text, with everything left as it is that is no such.
fn unquoted(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let hex = rest.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        if let Some(after) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) {
            rest = after;
        } else if let Some(byte) = hex {
            out.push(byte);
            rest = &rest[2..];
        } else {
            out.push(b'=');
        }
    }
    out.extend_from_slice(rest);
    out
}

impl<'m> Parts<'m> {
    pub(super) fn of(message: &'m Message<'_>) -> Self {
        let (mut names, mut parts) = (HashMap::new(), Vec::new());
        for part in &message.parts {
            let (PartType::Binary(bytes) | PartType::InlineBinary(bytes)) = &part.body else { continue };
            let ending = part.content_type().and_then(|kind| kind.subtype()).unwrap_or_default();
            let number = parts.len();
            if let Some(id) = part.content_id() {
                names.insert(format!("cid:{}", id.trim_start_matches('<').trim_end_matches('>')), number);
            }
            if let Some(location) = part.content_location() {
                names.insert(location.to_owned(), number);
            }
            parts.push((format!("part-{number}.{}", ending.to_ascii_lowercase()), &**bytes));
        }
        Self { names, parts }
    }

    /// The HTML with the parts' names for what it calls them; only whole values of attributes are looked at.
    pub(super) fn rename(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(at) = rest.find(['"', '\'']) {
            let quote = &rest[at..=at];
            let (before, after) = rest.split_at(at + 1);
            out.push_str(before);
            let value = after.split(quote).next().unwrap_or_default();
            let part =
                before.ends_with(&format!("={quote}")).then(|| self.names.get(&value.replace("&amp;", "&"))).flatten();
            match part.and_then(|part| self.parts.get(*part)) {
                Some((name, _)) => {
                    out.push_str(name);
                    rest = after.get(value.len()..).unwrap_or_default();
                }
                None => rest = after,
            }
        }
        out.push_str(rest);
        out
    }

    /// The parts that an article shows.
    pub(super) fn shown(&self, files: &[Beside]) -> Vec<(String, Vec<u8>)> {
        let is_shown = |name: &str| files.iter().any(|file| file.stated == name);
        let shown = self.parts.iter().filter(|(name, _)| is_shown(name));
        shown.map(|(name, bytes)| (name.clone(), bytes.to_vec())).collect()
    }
}
