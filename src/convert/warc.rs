//! `warc`: what a crawler saved of a web site, one record for each thing that it asked for.
//!
//! Formats: WARC 1.0 (ISO 28500:2009) and 1.1 (ISO 28500:2017), and their predecessor ARC
//! (<https://archive.org/web/researcher/ArcFileFormat.php>), as they are or packed, record by record or as a whole. What a
//! record holds is an HTTP message (RFC 9112) or a thing by itself.
//!
//! - [`read`] cuts the file into records, also where it is damaged or its lengths are wrong.
//! - [`sort`] says of each record whether it is a page, a picture, a redirect or nothing to an archive of articles.
//! - [`http`] reads the heads of messages and unpacks their bodies.

mod http;
mod read;
mod sort;

use super::records::{Finder, Split};
use super::{Format, Sink, Source, html};
use crate::diagnostic::{Diagnostic, Place, Severity};
use read::Reader;
use std::io::BufRead;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "warc",
    about: "web archives (WARC and ARC) of any size, packed or not; each saved page is an article",
    detect,
    convert,
    split: Some(Split::Stream(split)),
};

fn detect(source: &Source<'_>) -> u8 {
    let start = source.bytes.trim_ascii_start();
    if start.starts_with(b"WARC/") || start.starts_with(b"filedesc://") { 100 } else { 0 }
}

/// Cuts a web archive; also for those that lie in other archives.
pub(super) fn split(source: &Source<'_>, input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let mut reader = Reader::new(source, input);
    while let Some(read) = reader.next() {
        let found = match read {
            Ok(raw) => {
                let warning = raw.warning;
                if let Some(warning) = warning.map(|message| warning_of(source, &raw.label(), message))
                    && finder(Err(warning)).is_break()
                {
                    return;
                }
                Ok(sort::sort(raw))
            }
            Err(diagnostic) => Err(diagnostic),
        };
        if finder(found).is_break() {
            return;
        }
    }
}

fn warning_of(source: &Source<'_>, label: &str, message: &'static str) -> Diagnostic {
    let path = if label.is_empty() { source.path.to_owned() } else { super::members::path(source, label) };
    let place = Place::file(path);
    Diagnostic::warning(place, message).hint("compare the article with another copy of the page")
}

/// Converts one saved page. Pages without an article, as the lists of a section, are part of every web archive.
pub(super) fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let Some(context) = source.context else { return };
    let body = http::unpacked(source.bytes, &context.coding, &source.limits);
    if let Err(message) = &body.whole {
        sink(Err(warning_of(source, "", message)));
    }
    let is_page =
        sort::is_html(&context.media_type) || super::detect(&Source { bytes: &body.bytes, ..*source }).is_none();
    let format = is_page.then_some(&html::FORMAT);
    let page = Source { bytes: &body.bytes, base_url: Some(&context.url), ..*source };
    super::convert(&page, format, &mut |made| {
        sink(made.map_err(|diagnostic| {
            let is_list = html::holds_no_article(&diagnostic);
            let severity = if is_list { Severity::Warning } else { diagnostic.severity };
            Diagnostic { severity, ..diagnostic }
        }));
    });
}
