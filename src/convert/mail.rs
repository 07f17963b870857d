//! What is kept in the form of mail: `eml`, a letter (a newsletter); `mbox`, a mailbox of them; `mhtml`, a web page that a
//! browser saved together with its pictures.
//!
//! Formats: Internet Message Format (RFC 5322), MIME (RFC 2045 to 2047, 2231), MHTML (RFC 2557), mbox (RFC 4155, and
//! the quoting of `From ` lines that qmail calls mboxrd).

mod letter;
mod parts;

use super::records::{Context, Finder, Found, Record, Split};
use super::unpack::wrong;
use super::{Converted, Format, Sink, Source, html};
use crate::diagnostic::{Diagnostic, Place};
use mail_parser::{Message, MessageParser};
use std::collections::HashMap;
use std::io::{BufRead, Read};
use xxhash_rust::xxh3::xxh3_64;

/// Letters.
pub const EML: Format = Format {
    name: "eml",
    about: "letters and newsletters, one article each",
    detect: |source| if has_head(source, b"") && !is_saved_page(source) { 85 } else { 0 },
    convert: letter,
    split: None,
};

/// Mailboxes.
pub const MBOX: Format = Format {
    name: "mbox",
    about: "mailboxes of any size; each letter is an article",
    detect: |source| if source.bytes.starts_with(b"From ") && has_head(source, b"From ") { 95 } else { 0 },
    convert: letter,
    split: Some(Split::Stream(split)),
};

/// Web pages with their pictures.
pub const MHTML: Format = Format {
    name: "mhtml",
    about: "web pages that a browser saved in one file with their pictures (.mhtml, .mht)",
    detect: |source| if has_head(source, b"") && is_saved_page(source) { 96 } else { 0 },
    convert: page,
    split: None,
};

/// How much of a source is looked at.
const LOOK: usize = 16 << 10;
/// Fields of which a letter's head has some.
const FIELDS: [&[u8]; 12] = [
    b"from:",
    b"to:",
    b"date:",
    b"subject:",
    b"mime-version:",
    b"message-id:",
    b"received:",
    b"return-path:",
    b"delivered-to:",
    b"content-type:",
    b"snapshot-content-location:",
    b"list-id:",
];

fn head<'a>(source: &Source<'a>) -> &'a [u8] {
    let start = source.bytes.get(..LOOK).unwrap_or(source.bytes);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let end = memchr::memmem::find(start, b"\n\n").or_else(|| memchr::memmem::find(start, b"\r\n\r\n"));
    &start[..end.unwrap_or(start.len())]
}

/// Whether the source begins, after the line with `first`, as a letter does: with fields, three of them well known ones.
fn has_head(source: &Source<'_>, first: &[u8]) -> bool {
    let mut lines = head(source).split(|byte| *byte == b'\n').skip(usize::from(!first.is_empty()));
    let mut known: Vec<&[u8]> = Vec::new();
    let is_head = lines.all(|line| {
        let line = line.trim_ascii_end();
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_field = name.len() < line.len() && name.iter().all(u8::is_ascii_graphic);
        let field =
            FIELDS.iter().find(|field| line.get(..field.len()).is_some_and(|start| start.eq_ignore_ascii_case(field)));
        known.extend(field);
        is_field || line.starts_with(b" ") || line.starts_with(b"\t") || line.starts_with(b">From ") || line.is_empty()
    });
    known.sort_unstable();
    known.dedup();
    is_head && known.len() >= 3
}

fn is_saved_page(source: &Source<'_>) -> bool {
    let head = head(source).to_ascii_lowercase();
    let has = |words: &[u8]| memchr::memmem::find(&head, words).is_some();
    has(b"multipart/related")
        && (has(b"snapshot-content-location:") || has(b"saved by") || has(b"text/html") && !has(b"\nto:"))
}

/// Cuts a mailbox into letters.
fn split(source: &Source<'_>, input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let (mut letter, mut number, mut line_number, mut start) = (Vec::new(), 0_u32, 0_u32, 0_u32);
    let (mut after_blank, mut is_done) = (true, false);
    while !is_done {
        let mut line = Vec::new();
        let read = (&mut *input).take(source.limits.bytes()).read_until(b'\n', &mut line);
        line_number = line_number.saturating_add(1);
        if let Err(error) = &read {
            let _ = finder(Err(wrong(source, error)));
        }
        is_done = line.is_empty();
        if is_done || (after_blank && is_envelope(&line)) {
            if number > 0 {
                let letter = std::mem::take(&mut letter);
                let name = name(&letter, number, &mut numbers);
                let label = format!("letter {number}");
                let record = Record { name, label, line: start, bytes: letter, context: Context::default() };
                if finder(Ok(Found::Record(record))).is_break() {
                    return;
                }
            }
            (number, start, after_blank) = (number.saturating_add(1), line_number + 1, false);
            continue;
        }
        after_blank = line.trim_ascii().is_empty();
        let is_quoted = line.starts_with(b">") && line.iter().find(|byte| **byte != b'>') == Some(&b'F');
        let quotes = line.iter().take_while(|byte| **byte == b'>').count();
        let unquoted = if is_quoted && line[quotes..].starts_with(b"From ") { &line[1..] } else { &line[..] };
        // What is longer than any document is refused when it is converted.
        if letter.len() as u64 <= source.limits.bytes() {
            letter.extend_from_slice(unquoted);
        }
    }
}

/// Whether a line stands before a letter: `From ADDRESS DAY MONTH … HH:MM … YYYY`. Texts begin lines with "From" too.
fn is_envelope(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let digits = |word: &[u8]| word.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
    let is_time = |word: &[u8]| word.contains(&b':') && digits(word);
    let is_year = |word: &[u8]| word.len() == 4 && digits(word);
    words().any(is_time) && words().any(is_year)
}

/// The identity of a letter: the one that it states, or else its number.
fn name(letter: &[u8], number: u32, numbers: &mut HashMap<u64, u32>) -> String {
    let parsed = MessageParser::new().parse_headers(letter);
    let stated = parsed.as_ref().and_then(Message::message_id).unwrap_or_default();
    if stated.is_empty() {
        return number.to_string();
    }
    let count = numbers.entry(xxh3_64(stated.as_bytes())).or_default();
    *count += 1;
    if *count == 1 { stated.to_owned() } else { format!("{stated} {count}") }
}

fn parse<'a>(source: &Source<'a>) -> Result<Message<'a>, Diagnostic> {
    MessageParser::new().parse(source.bytes).ok_or_else(|| {
        Diagnostic::error(Place::file(source.path), "is no letter: it has no head with fields")
            .hint("name its format with --format if it is another")
    })
}

fn letter(source: &Source<'_>, sink: &mut Sink<'_>) {
    sink(parse(source).and_then(|message| letter::read(source, &message)));
}

/// Converts a saved page: its HTML with the pictures that came with it.
fn page(source: &Source<'_>, sink: &mut Sink<'_>) {
    let message = match parse(source) {
        Ok(message) => message,
        Err(diagnostic) => return sink(Err(diagnostic)),
    };
    let Some((text, url)) = parts::html(&message) else {
        return sink(Err(
            Diagnostic::error(Place::file(source.path), "holds no web page").hint("was its copy cut short?")
        ));
    };
    let parts = parts::Parts::of(&message);
    let text = parts.rename(&text);
    let captured = letter::date(&message);
    let base_url = Some(url.as_str()).filter(|url| url.contains("://")).or(source.base_url);
    let context = Context { url: url.clone(), charset: "utf-8".to_owned(), ..Context::default() };
    let inner = Source { bytes: text.as_bytes(), base_url, context: Some(&context), ..*source };
    (html::FORMAT.convert)(&inner, &mut |made| {
        sink(made.map(|made| {
            let canonical = if made.canonical.is_empty() { url.clone() } else { made.canonical.clone() };
            let parts = parts.shown(&made.files);
            Converted { canonical, captured: made.captured.or(captured), parts, ..made }
        }));
    });
}
