//! `wxr`: exports of `WordPress`, its extended RSS 1.0 to 1.2: RSS 2.0 with the namespace
//! `wordpress.org/export/`, as `wp-admin/includes/export.php` of `WordPress` writes it.
//!
//! Posts, pages and what plug-ins keep as posts become articles. Attachments are the pictures and sound of the articles
//! that show them; items of menus, revisions and pieces of the theme are no articles.

mod blog;
mod body;
mod item;
mod records;
mod shortcodes;

use super::{Format, Sink, Source, xml};
use crate::diagnostic::{Diagnostic, Place};
use blog::Blog;

/// The row of the table of formats.
pub const FORMAT: Format =
    Format { name: "wxr", about: "exports of WordPress (WXR, an .xml)", detect, convert, split: None };

/// How much of a source is looked at to tell its format; exports begin with a long comment.
const LOOK: usize = 16 * 1024;

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(LOOK)];
    let has = |mark: &str| memchr::memmem::find(look, mark.as_bytes()).is_some();
    if has("<rss") && (has("wordpress.org/export/") || has("<wp:wxr_version")) { 99 } else { 0 }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = xml::decode(source.bytes);
    let records = records::records(&text);
    let head = text.get(..records.first().map_or(text.len(), |first| first.start)).unwrap_or_default();
    let blog = Blog::read(head, &text, &records, source);
    if records.is_empty() {
        let message = "the export holds no item";
        return sink(Err(Diagnostic::error(Place::file(source.path), message)
            .hint("export all content from WordPress, under Tools; was the copy cut short?")));
    }
    let (mut line, mut counted) = (1, 0);
    let mut passed_over = Vec::new();
    let mut names = super::news::Records::default();
    for record in &records {
        if source.accounting {
            let between = text.get(counted..record.start).unwrap_or_default();
            line += memchr::memchr_iter(b'\n', between.as_bytes()).count();
            counted = record.start;
        }
        let raw = text.get(record.clone()).unwrap_or_default();
        match item::read(raw, &blog, source, line) {
            item::Read::Article(mut made) => {
                made.record = names.unique(&made.record);
                made.account.pieces.splice(0..0, passed_over.drain(..));
                sink(Ok(*made));
            }
            item::Read::Other(piece) => passed_over.extend(piece),
        }
    }
}
