//! `newsml-g2`: NewsML-G2 of the IPTC, versions 2.9 to 2.35, <https://iptc.org/std/NewsML-G2/>: news items, packages, and
//! messages that hold several of them.
//!
//! Of several versions of an item the newest becomes the article; one that is withheld or cancelled is withdrawn. Items
//! that describe concepts, plans or catalogues are no articles.

mod content;
mod meta;

use super::news::Story;
use super::records::{Finder, Shared, Split, report};
use super::xml::{self, Cut, Cutter, Document, Id, Look, Spaces};
use super::{Converted, Format, Sink, Source};
use crate::diagnostic::{Diagnostic, Place};
pub(super) use meta::{complete, is_withdrawn};
use std::io::BufRead;
use std::sync::Arc;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "newsml-g2",
    about: "NewsML-G2: news items, packages and messages of news agencies, of any size",
    detect,
    convert,
    split: Some(Split::Stream(split)),
};

/// Elements that are items, and what they hold where that is no news: one of them, and several.
const ITEMS: [(&str, Option<(&str, &str)>); 7] = [
    ("newsItem", None),
    ("packageItem", None),
    ("conceptItem", Some(("a concept", "concepts"))),
    ("knowledgeItem", Some(("a set of concepts", "sets of concepts"))),
    ("planningItem", Some(("a plan of coverage", "plans of coverage"))),
    ("catalogItem", Some(("a catalogue", "catalogues"))),
    ("schemeItem", Some(("a scheme", "schemes"))),
];
/// The names of all of them.
const NAMES: &[&str] = &[ITEMS[0].0, ITEMS[1].0, ITEMS[2].0, ITEMS[3].0, ITEMS[4].0, ITEMS[5].0, ITEMS[6].0];

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(8192)];
    let has = |mark: &str| memchr::memmem::find(look, mark.as_bytes()).is_some();
    let is_item = has("newsMessage") || NAMES.iter().any(|name| has(name));
    let is_xml = look.trim_ascii_start().starts_with(b"<") || look.starts_with(b"\xef\xbb\xbf<");
    if is_xml && is_item && (has("iptc.org/std/nar/") || has("standard=\"NewsML-G2\"")) { 99 } else { 0 }
}

fn split(source: &Source<'_>, input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let mut cutter = Cutter::new(input, NAMES, source.limits.bytes());
    let mut other = None;
    // A file of one item is that item, in whichever version.
    let count = xml::hand_on(source, &mut cutter, true, finder, &mut |cut, cutter| match ITEMS
        .iter()
        .find(|(name, _)| *name == cut.name)
        .and_then(|(_, what)| *what)
    {
        Some((one, several)) => {
            other = Some(one);
            Look::Other(several)
        }
        None => Look::Article(name(cut), Arc::<Spaces>::clone(cutter.spaces()) as Shared),
    });
    if count == 0 {
        let what = other.map_or("holds no news item".to_owned(), |what| format!("holds {what}, and no news"));
        report(finder, Diagnostic::error(Place::file(source.path), what).hint("leave it out of the sources"));
    }
}

/// What an item is called: its identity and its version.
fn name(cut: &Cut) -> String {
    let tag = memchr::memchr(b'>', &cut.bytes).and_then(|end| cut.bytes.get(..=end)).unwrap_or_default();
    let tag = String::from_utf8_lossy(tag);
    let document = Document::parse_part(&tag, &Spaces::default(), 1, false);
    let item = document.root().unwrap_or_default();
    let (guid, version) = (document.attribute_or_empty(item, "guid"), document.attribute_or_empty(item, "version"));
    if version.is_empty() { guid } else { format!("{guid} version {version}") }
}

/// Converts one item.
fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let (Some(spaces), Some(context)) = (source.shared::<Spaces>(), source.context) else { return };
    let text = xml::decode_as(source.bytes, &context.charset);
    let document = Document::parse_part(&text, spaces, source.line as usize, source.accounting);
    let mut made = read(&document, document.root().unwrap_or_default(), source);
    made.warnings.extend(xml::fault(&document, source));
    sink(Ok(made));
}

fn read(document: &Document<'_>, item: Id, source: &Source<'_>) -> Converted {
    let base = source.base_url.unwrap_or_default();
    let mut story = Story::default();
    let guid = document.attribute_or_empty(item, "guid");
    let version = document.attribute_or_empty(item, "version");
    story.canonical = guid;
    if let Ok(version) = version.parse() {
        story.extra_number("version", version);
    }
    meta::read(document, item, &mut story);
    content::read(document, item, &mut story, base);
    meta::complete(&mut story);
    let account = document.account(item);
    story.finish(account)
}
