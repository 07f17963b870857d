//! `feed`: feeds of a site, an article for each entry: RSS 0.9 to 2.0 and RSS 1.0 (RDF), with the modules for content,
//! Dublin Core, media and podcasts; Atom 0.3 and 1.0 (RFC 4287); JSON Feed 1.0 and 1.1; Microsoft's CDF.
//! See <https://www.rssboard.org/rss-specification>, <https://www.rssboard.org/media-rss>, <https://www.jsonfeed.org>.
//!
//! An entry's full text counts before its summary. One that holds no more than the beginning of its article is marked
//! with `extra.teaser`.

mod entry;
mod json_feed;
mod media;
mod text;

use super::xml::{self, Document, Id, Spaces};
use super::{Format, Sink, Source};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::address::resolve;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "feed",
    about: "feeds: RSS, Atom, RDF, JSON Feed; an article for each entry",
    detect,
    convert,
    split: None,
};

/// How much of a source is looked at to tell its format.
const LOOK: usize = 4096;

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(LOOK)];
    let text = xml::decode(look);
    let start = text.trim_start();
    let has = |mark: &str| text.contains(mark);
    if start.starts_with('{') {
        return if has("jsonfeed.org/version/") || has("jsonfeed.org\\/version\\/") { 98 } else { 0 };
    }
    let lower = start.get(..200).unwrap_or(start).to_ascii_lowercase();
    if !start.starts_with('<') || lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return 0;
    }
    let is_rdf = has(":RDF") && (has("purl.org/rss/") || has("my.netscape.com/rdf"));
    let is_atom = has("<feed") || has("<entry") || has(":feed") || has(":entry");
    let is_atom = is_atom && (has("www.w3.org/2005/Atom") || has("purl.org/atom/") || has("<feed"));
    let is_channel = has("<channel") || has("<CHANNEL");
    match () {
        () if has("<rss") || has("<RSS") || has(":rss") || is_rdf || is_atom => 96,
        () if is_channel => 90,
        () => 0,
    }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = xml::decode(source.bytes);
    if text.trim_start().starts_with('{') {
        return json_feed::read(&text, source, sink);
    }
    let mut spaces = Spaces::default();
    let document = Document::parse(text.trim_start(), &mut spaces, 1, source.accounting);
    let feed = Feed::of(&document, source);
    let mut records = super::news::Records::default();
    for entry in &feed.entries {
        let mut made = entry::read(&feed, *entry);
        made.record = records.unique(&made.record);
        sink(Ok(made));
    }
    if let Some((at, message)) = &document.fault {
        let before = text.get(..*at).unwrap_or_default();
        let line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32;
        let place = Place::at(source.path, if *at > 0 { line } else { 0 }, 0);
        let wrong = format!("the feed is not well-formed: {message}");
        if feed.entries.is_empty() {
            return sink(Err(Diagnostic::error(place, wrong).hint("was its copy cut short?")));
        }
    }
    if feed.entries.is_empty() {
        let message = if document.root().is_some() { "the feed holds no entry" } else { "this is no feed" };
        sink(Err(Diagnostic::error(Place::file(source.path), message).hint("was its copy cut short?")));
    }
}

/// A feed and what its entries share.
struct Feed<'d> {
    document: &'d Document<'d>,
    entries: Vec<Id>,
    /// The element that says what the feed is.
    head: Id,
    /// The address that its relative addresses start from.
    base: String,
    language: String,
    rights: String,
}

/// Names of entries.
const ENTRIES: [&str; 4] = ["item", "entry", "atom:entry", "ITEM"];

impl<'d> Feed<'d> {
    fn of(document: &'d Document<'d>, source: &'d Source<'d>) -> Self {
        let is_entry = |id: &Id| ENTRIES.iter().any(|name| document.is(*id, name));
        let mut entries = Vec::new();
        let mut next = 0;
        let end = document.descendants(0).end;
        // Entries of entries, as those of a quoted feed, are no entries of this one.
        while next < end {
            if is_entry(&next) {
                entries.push(next);
                next = document.descendants(next).end;
            } else {
                next += 1;
            }
        }
        let root = document.root().unwrap_or_default();
        let head = document.child(root, "channel").unwrap_or(root);
        let line = |names: &[&str]| {
            names
                .iter()
                .filter_map(|name| document.child(head, name))
                .map(|id| document.line_of(id))
                .find(|text| !text.is_empty())
        };
        let home = document.child(head, "link").map(|link| match document.attribute(link, "href") {
            Some(href) => href,
            None => document.line_of(link),
        });
        let base = source.base_url.map(str::to_owned).or(home).unwrap_or_default();
        let language =
            document.inherited(head, "xml:lang").or_else(|| line(&["language", "dc:language"])).unwrap_or_default();
        let rights = line(&["rights", "copyright", "dc:rights", "media:copyright"]).unwrap_or_default();
        Self { document, entries, head, base, language, rights }
    }

    /// The address that relative ones in an element start from: by `xml:base` of it and of those around it.
    fn base(&self, id: Id) -> String {
        let mut stated = Vec::new();
        let mut at = id;
        while at != 0 && stated.len() < 20 {
            stated.extend(self.document.attribute(at, "xml:base"));
            at = self.document.parent(at);
        }
        stated.iter().rev().fold(self.base.clone(), |base, next| resolve(&base, next).into_owned())
    }
}
