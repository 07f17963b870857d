//! Records as they stand in the file, whole, or as far as damage leaves them.

use crate::config::limits::Limit;
use crate::convert::Source;
use crate::convert::members;
use crate::convert::records::refused;
use crate::convert::unpack::{goes_on, wrong};
use crate::diagnostic::{Diagnostic, Place};
use memchr::memmem;
use std::io::{self, BufRead, ErrorKind, Read};

/// Longest head of a record, and longest line; bytes.
const LONGEST_HEAD: u64 = 256 << 10;
/// What follows a record of wrong length is looked through this far for the next one; bytes.
const LONGEST_REST: usize = 64 << 20;

/// A record: its named fields and its block.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// Names in lower case.
    fields: Vec<(String, String)>,
    pub(super) block: Vec<u8>,
    /// What is wrong with it, if anything.
    pub(super) warning: Option<&'static str>,
    /// Whether it is an ARC record, whose block is always what the server sent.
    pub(super) is_arc: bool,
}

impl Raw {
    /// The field of that name, in lower case; empty where there is none.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The address that it was taken from.
    pub(super) fn url(&self) -> &str {
        // Some tools wrote the brackets of the grammar.
        self.field("warc-target-uri").trim_start_matches('<').trim_end_matches('>')
    }

    /// How messages call it.
    pub(super) fn label(&self) -> String {
        let url = self.url();
        if url.is_empty() { self.field("warc-record-id").to_owned() } else { url.to_owned() }
    }
}

/// Reads records one by one.
pub(super) struct Reader<'r> {
    source: &'r Source<'r>,
    input: Again<'r>,
    /// Whether the end was reached.
    is_done: bool,
    /// Whether what comes next may be the rest of something damaged.
    is_lost: bool,
    is_arc: bool,
}

impl<'r> Reader<'r> {
    pub(super) fn new(source: &'r Source<'r>, input: &'r mut dyn BufRead) -> Self {
        let input = Again { back: Vec::new(), at: 0, input };
        Self { source, input, is_done: false, is_lost: false, is_arc: false }
    }

    /// The next record, or why there is none.
    pub(super) fn next(&mut self) -> Option<Result<Raw, Diagnostic>> {
        if self.is_done {
            return None;
        }
        match self.record() {
            Ok(raw) => raw.map(Ok),
            Err(Wrong::Record(diagnostic)) => Some(Err(diagnostic)),
            Err(Wrong::Input(error)) => {
                self.is_done = !goes_on(&error);
                self.is_lost = true;
                Some(Err(wrong(self.source, &error)))
            }
        }
    }

    fn record(&mut self) -> Result<Option<Raw>, Wrong> {
        let Some(first) = self.first_line()? else {
            self.is_done = true;
            return Ok(None);
        };
        let (mut raw, length) = if first.starts_with(b"WARC/") { self.warc_head()? } else { arc_head(&first) };
        let Some(length) = length else {
            self.is_lost = true;
            let place = Place::file(members::path(self.source, &raw.label()));
            return Err(Wrong::Record(
                Diagnostic::error(place, "does not say how long it is, so it was passed over")
                    .hint("the archive may be damaged; look for a better copy"),
            ));
        };
        let most = self.source.limits.bytes();
        if length > most {
            let skipped = io::copy(&mut (&mut self.input).take(length), &mut io::sink())?;
            self.is_lost = skipped == length;
            let path = members::path(self.source, &raw.label());
            return Err(Wrong::Record(refused(&Source { path: &path, ..*self.source }, Limit::Size)));
        }
        raw.block.reserve(length.min(1 << 20) as usize);
        if let Err(error) = (&mut self.input).take(length).read_to_end(&mut raw.block) {
            if error.kind() != ErrorKind::UnexpectedEof {
                return Err(error.into());
            }
            self.is_done = true;
        }
        if (raw.block.len() as u64) < length {
            raw.warning = Some("is cut short at the end of the file; what is there was converted");
            self.is_done = true;
        } else {
            self.end(&mut raw)?;
        }
        Ok(Some(raw))
    }

    /// The line that a record begins with, after blank lines and whatever damage left; `None` at the end.
    fn first_line(&mut self) -> Result<Option<Vec<u8>>, Wrong> {
        loop {
            self.input.skip_blank()?;
            let line = self.line()?;
            if line.is_empty() {
                return Ok(None);
            }
            let text = line.trim_ascii();
            if text.is_empty() {
                continue;
            }
            if text.starts_with(b"WARC/") {
                return Ok(Some(text.to_vec()));
            }
            self.is_arc |= text.starts_with(b"filedesc://");
            if self.is_arc && arc_head(text).1.is_some() {
                return Ok(Some(text.to_vec()));
            }
            if !self.is_lost {
                self.is_lost = true;
                return Err(Wrong::Record(
                    Diagnostic::error(Place::file(self.source.path), "something that is no record stands between two")
                        .hint("the archive may be damaged; what follows is converted"),
                ));
            }
        }
    }

    /// A line with its end; at most so long that it can be one of a head. Empty at the end of the file.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        (&mut self.input).take(LONGEST_HEAD).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// The fields of a record, and its length.
    fn warc_head(&mut self) -> Result<(Raw, Option<u64>), Wrong> {
        let mut raw = Raw::default();
        let mut size = 0;
        loop {
            let line = self.line()?;
            size += line.len() as u64;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if text.is_empty() || size > LONGEST_HEAD {
                break;
            }
            if let (true, Some((_, value))) = (text.starts_with([' ', '\t']), raw.fields.last_mut()) {
                value.push(' ');
                value.push_str(text.trim());
            } else {
                let (name, value) = text.split_once(':').unwrap_or((text, ""));
                raw.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        self.is_lost = false;
        let length = raw.field("content-length").parse().ok();
        Ok((raw, length))
    }

    /// Looks whether a record ends where it should, and mends its length where it does not.
    fn end(&mut self, raw: &mut Raw) -> Result<(), Wrong> {
        if raw.is_arc || self.input.is_at_end_of_record()? {
            return Ok(());
        }
        raw.warning = Some("has another length than it says; what is there was converted");
        if let Some(end) = memmem::find(&raw.block, b"\r\n\r\nWARC/1.") {
            let rest = raw.block.split_off(end);
            self.input.put_back(rest);
            return Ok(());
        }
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(());
            }
            if line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.") {
                self.input.put_back(line);
                while raw.block.ends_with(b"\r\n") {
                    raw.block.truncate(raw.block.len() - 2);
                }
                return Ok(());
            }
            if raw.block.len() < LONGEST_REST {
                raw.block.extend_from_slice(&line);
            }
        }
    }
}

/// What an ARC record's first line says: address, server, time, type, and at the end its length.
fn arc_head(line: &[u8]) -> (Raw, Option<u64>) {
    let text = String::from_utf8_lossy(line);
    let words: Vec<&str> = text.split(' ').collect();
    let is_time = |word: &str| matches!(word.len(), 12..=14) && word.bytes().all(|byte| byte.is_ascii_digit());
    // Addresses were written as they came, blanks included.
    let time_at = (2..words.len()).find(|at| words.get(*at).is_some_and(|word| is_time(word)));
    let Some((before, [time, media_type, .., length])) = time_at.and_then(|at| words.split_at_checked(at)) else {
        return (Raw::default(), None);
    };
    let url = &before.split_last().map(|(_, url)| url.join(" ")).unwrap_or_default();
    let length = length.parse().ok().filter(|_| url.contains(':'));
    let fields = [
        ("warc-type", if url.starts_with("filedesc:") { "warcinfo" } else { "response" }),
        ("warc-target-uri", url.as_str()),
        ("warc-date", time),
        ("content-type", media_type),
        ("warc-record-id", &format!("{time} {url}")),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    (Raw { fields, is_arc: true, ..Raw::default() }, length)
}

/// Why there is no record.
enum Wrong {
    /// It is no good, but the next may be.
    Record(Diagnostic),
    Input(io::Error),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Input(error)
    }
}

/// An input that takes back what was read too far.
struct Again<'r> {
    back: Vec<u8>,
    at: usize,
    input: &'r mut dyn BufRead,
}

impl Again<'_> {
    fn put_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(self.back.get(self.at..).unwrap_or_default());
        (self.back, self.at) = (bytes, 0);
    }

    /// Goes on to what is no end of a line.
    fn skip_blank(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.fill_buf()?;
            let blank = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_all = blank == ahead.len() && blank > 0;
            self.consume(blank);
            if !is_all {
                return Ok(());
            }
        }
    }

    /// Whether a blank line, the next record or the end of the file comes next.
    fn is_at_end_of_record(&mut self) -> io::Result<bool> {
        let ahead = self.fill_buf()?;
        Ok(ahead.is_empty() || ahead.starts_with(b"\r") || ahead.starts_with(b"\n") || ahead.starts_with(b"WARC/1."))
    }
}

impl Read for Again<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.back.len() {
            return self.input.read(buffer);
        }
        let count = self.back.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += count;
        Ok(count)
    }
}

impl BufRead for Again<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.back.get(self.at..) {
            Some(back) if !back.is_empty() => Ok(back),
            _ => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.back.len() {
            self.at = (self.at + count).min(self.back.len());
        } else {
            self.input.consume(count);
        }
    }
}
