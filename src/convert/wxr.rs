//! `wxr`: exports of `WordPress`, its extended RSS 1.0 to 1.2: RSS 2.0 with the namespace
//! `wordpress.org/export/`, as `wp-admin/includes/export.php` of `WordPress` writes it.
//!
//! Posts, pages and what plug-ins keep as posts become articles. Attachments are the pictures and sound of the articles
//! that show them; items of menus, revisions and pieces of the theme are no articles.
//!
//! An export may be of any size, and its attachments may stand before or after the posts that show them. So it is read
//! twice: at first for the channel, the attachments and the blocks that posts share (see [`blog`]), then for the posts.

mod blog;
mod body;
mod item;
mod shortcodes;

use super::records::{Finder, Shared, Split, report};
use super::xml::{self, Cutter, Document, Look};
use super::{Format, Sink, Source};
use crate::diagnostic::{Diagnostic, Place};
use blog::Blog;
use std::io::BufRead;
use std::sync::Arc;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "wxr",
    about: "exports of WordPress (WXR, an .xml) of any size",
    detect,
    convert,
    split: Some(Split::Twice(collect, split)),
};

/// How much of a source is looked at to tell its format; exports begin with a long comment.
const LOOK: usize = 16 * 1024;
/// Elements that are records.
const ITEMS: &[&str] = &["item"];

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(LOOK)];
    let has = |mark: &str| memchr::memmem::find(look, mark.as_bytes()).is_some();
    if has("<rss") && (has("wordpress.org/export/") || has("<wp:wxr_version")) { 99 } else { 0 }
}

/// Reads what all posts share.
fn collect(source: &Source<'_>, input: &mut dyn BufRead) -> Shared {
    let mut cutter = Cutter::new(input, ITEMS, source.limits.bytes()).keeping_rest();
    let mut blog = Blog::default();
    // What cannot be read is told when it is read for the posts.
    while let Some(cut) = cutter.next() {
        let Ok(cut) = cut else { continue };
        let kind = item::kind(&cut.bytes);
        if matches!(kind, "attachment" | "wp_block") {
            let text = xml::decode_as(&cut.bytes, cutter.charset());
            let document = Document::parse_part(&text, cutter.spaces(), 1, false);
            if let Some(item) = document.root() {
                blog.shared(&document, item, kind);
            }
        }
    }
    blog.spaces.clone_from(cutter.spaces());
    blog.head(&cutter.into_rest(), source);
    Arc::new(blog)
}

fn split(source: &Source<'_>, input: &mut dyn BufRead, shared: &Shared, finder: &mut Finder<'_>) {
    let mut cutter = Cutter::new(input, ITEMS, source.limits.bytes());
    let mut any = false;
    xml::hand_on(source, &mut cutter, false, finder, &mut |cut, _| {
        any = true;
        match item::other(item::kind(&cut.bytes)) {
            Some(what) => Look::Other(what),
            None => Look::Article(item::number(&cut.bytes).to_owned(), Arc::clone(shared)),
        }
    });
    if !any {
        let wrong = Diagnostic::error(Place::file(source.path), "the export holds no item");
        report(finder, wrong.hint("export all content from WordPress, under Tools; was the copy cut short?"));
    }
}

/// Converts one item.
fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let (Some(blog), Some(context)) = (source.shared::<Blog>(), source.context) else { return };
    let text = xml::decode_as(source.bytes, &context.charset);
    sink(Ok(item::read(&text, blog, source)));
}
