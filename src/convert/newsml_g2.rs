//! `newsml-g2`: NewsML-G2 of the IPTC, versions 2.9 to 2.35, <https://iptc.org/std/NewsML-G2/>: news items, packages, and
//! messages that hold several of them.
//!
//! Of several versions of an item the newest becomes the article; one that is withheld or cancelled is withdrawn. Items
//! that describe concepts, plans or catalogues are no articles.

mod content;
mod meta;

use super::news::{Records, Story};
use super::xml::{self, Document, Id, Spaces};
use super::{Converted, Format, Sink, Source};
use crate::diagnostic::{Diagnostic, Place};
pub(super) use meta::{complete, is_withdrawn};

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "newsml-g2",
    about: "NewsML-G2: news items, packages and messages of news agencies",
    detect,
    convert,
    split: None,
};

const ITEMS: [&str; 2] = ["newsItem", "packageItem"];
const OTHERS: [(&str, &str); 5] = [
    ("conceptItem", "a concept"),
    ("knowledgeItem", "a set of concepts"),
    ("planningItem", "a plan of coverage"),
    ("catalogItem", "a catalogue"),
    ("schemeItem", "a scheme"),
];

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(8192)];
    let has = |mark: &str| memchr::memmem::find(look, mark.as_bytes()).is_some();
    let is_item =
        ITEMS.iter().chain(["newsMessage"].iter()).any(|name| has(name)) || OTHERS.iter().any(|(name, _)| has(name));
    let is_xml = look.trim_ascii_start().starts_with(b"<") || look.starts_with(b"\xef\xbb\xbf<");
    if is_xml && is_item && (has("iptc.org/std/nar/") || has("standard=\"NewsML-G2\"")) { 99 } else { 0 }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = xml::decode(source.bytes);
    let document = Document::parse(&text, &mut Spaces::default(), 1, source.accounting);
    let items: Vec<Id> = document.descendants(0).filter(|id| ITEMS.iter().any(|name| document.is(*id, name))).collect();
    let mut records = Records::default();
    for item in &items {
        let mut made = read(&document, *item, source);
        // A file of one item is that item, in whichever version.
        made.record = if items.len() > 1 { records.unique(&made.record) } else { String::new() };
        made.warnings.extend(xml::fault(&document, source).filter(|_| items.first() == Some(item)));
        sink(Ok(made));
    }
    if items.is_empty() {
        let other = document.descendants(0).find_map(|id| OTHERS.iter().find(|(name, _)| document.is(id, name)));
        let what = other.map_or("holds no news item".to_owned(), |(_, what)| format!("holds {what}, and no news"));
        sink(Err(Diagnostic::error(Place::file(source.path), what).hint("leave it out of the sources")));
    }
}

fn read(document: &Document<'_>, item: Id, source: &Source<'_>) -> Converted {
    let base = source.base_url.unwrap_or_default();
    let mut story = Story::default();
    let guid = document.attribute_or_empty(item, "guid");
    let version = document.attribute_or_empty(item, "version");
    story.record = if version.is_empty() { guid.clone() } else { format!("{guid} version {version}") };
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
