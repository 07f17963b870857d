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

use super::records::{Context, Finder, Found, Record, Shared, Split, report};
use super::unpack::wrong;
use super::xml::{self, Cut, Cutter, Document, Id, Look, Spaces};
use super::{Format, Sink, Source};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::address::resolve;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "feed",
    about: "feeds: RSS, Atom, RDF, JSON Feed, of any size; an article for each entry",
    detect,
    convert,
    split: Some(Split::Twice(collect, split)),
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

/// Reads what is said of the whole feed.
fn collect(source: &Source<'_>, input: &mut dyn BufRead) -> Shared {
    if matches!(is_json(input), Ok(true)) {
        return Arc::new(Head::default());
    }
    let mut cutter = Cutter::new(input, ENTRIES, source.limits.bytes()).keeping_rest();
    while cutter.next().is_some() {}
    let spaces = Arc::clone(cutter.spaces());
    let rest = cutter.into_rest();
    Arc::new(Head::of(&Document::parse(rest.trim_start(), &mut Spaces::default(), 1, false), spaces, source))
}

fn split(source: &Source<'_>, input: &mut dyn BufRead, shared: &Shared, finder: &mut Finder<'_>) {
    match is_json(input) {
        Ok(false) => {}
        Ok(true) => return whole(source, input, shared, finder),
        Err(error) => return report(finder, wrong(source, &error)),
    }
    let Some(head) = shared.downcast_ref::<Head>() else { return };
    let mut cutter = Cutter::new(input, ENTRIES, source.limits.bytes());
    let count = xml::hand_on(source, &mut cutter, false, finder, &mut |cut, cutter| {
        Look::Article(name(cut, cutter, head), Arc::clone(shared))
    });
    if count == 0 {
        let message = if head.is_feed { "the feed holds no entry" } else { "this is no feed" };
        let hint = "was its copy cut short?";
        report(
            finder,
            head.fault.clone().unwrap_or_else(|| Diagnostic::error(Place::file(source.path), message).hint(hint)),
        );
    }
}

fn is_json(input: &mut dyn BufRead) -> io::Result<bool> {
    let start = input.fill_buf()?;
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    Ok(start.trim_ascii_start().starts_with(b"{"))
}

/// A feed in JSON is one document.
fn whole(source: &Source<'_>, input: &mut dyn BufRead, shared: &Shared, finder: &mut Finder<'_>) {
    let mut bytes = Vec::new();
    // One byte more shows that it is too large.
    if let Err(error) = input.take(source.limits.bytes() + 1).read_to_end(&mut bytes)
        && finder(Err(wrong(source, &error))) == ControlFlow::Break(())
    {
        return;
    }
    let context = Context { shared: Some(Arc::clone(shared)), ..Context::default() };
    let _ = finder(Ok(Found::Record(Record { bytes, line: 1, context, ..Record::default() })));
}

/// What an entry is called.
fn name(cut: &Cut, cutter: &Cutter<'_>, head: &Head) -> String {
    let text = xml::decode_as(&cut.bytes, cutter.charset());
    let document = Document::parse_part_with(&text, cutter.spaces(), LEAVES, 1, false);
    entry::name(&Feed { document: &document, head }, document.root().unwrap_or_default())
}

/// Converts one entry, or a feed in JSON.
fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let (Some(head), Some(context)) = (source.shared::<Head>(), source.context) else { return };
    let text = xml::decode_as(source.bytes, &context.charset);
    if text.trim_start().starts_with('{') {
        return json_feed::read(&text, source, sink);
    }
    let (line, accounting) = (source.line as usize, source.accounting);
    let document = Document::parse_part_with(&text, &head.spaces, LEAVES, line, accounting);
    let mut made = entry::read(&Feed { document: &document, head }, document.root().unwrap_or_default());
    made.warnings.extend(xml::fault(&document, source));
    sink(Ok(made));
}

/// Elements that hold text alone.
const LEAVES: &[&str] = &["link", "guid", "pubDate", "comments", "id", "published", "updated", "issued", "modified"];
/// Local names of entries.
const ENTRIES: &[&str] = &["item", "entry", "ITEM"];

/// What is said of a whole feed, wherever in it that stands.
#[derive(Debug, Default)]
struct Head {
    spaces: Arc<Spaces>,
    /// The address that its relative addresses start from.
    base: String,
    language: String,
    rights: String,
    /// Those who wrote what names no author of its own, as the feed names them.
    people: Vec<String>,
    is_feed: bool,
    /// Where the feed is not well-formed beside its entries.
    fault: Option<Diagnostic>,
}

impl Head {
    fn of(document: &Document<'_>, spaces: Arc<Spaces>, source: &Source<'_>) -> Self {
        let root = document.root().unwrap_or_default();
        let head = document.child(root, "channel").unwrap_or(root);
        let lines = |names: &'static [&str]| {
            names
                .iter()
                .flat_map(|name| document.all(head, name))
                .map(|id| document.line_of(id))
                .filter(|text| !text.is_empty())
        };
        let home = document.child(head, "link").map(|link| match document.attribute(link, "href") {
            Some(href) => href,
            None => document.line_of(link),
        });
        let base = source.base_url.map(str::to_owned).or(home).unwrap_or_default();
        let language = document
            .inherited(head, "xml:lang")
            .or_else(|| lines(&["language", "dc:language"]).next())
            .unwrap_or_default();
        let fault = document.fault.as_ref().map(|(at, message)| {
            let wrong = format!("the feed is not well-formed: {message}");
            // Lines are those of the feed only up to its first entry.
            let line = memchr::memchr_iter(b'\n', document.before(*at).as_bytes()).count() as u32 + 1;
            let place = Place::at(source.path, if *at > 0 { line } else { 0 }, 0);
            Diagnostic::error(place, wrong).hint("was its copy cut short?")
        });
        Self {
            spaces,
            base: stated_base(document, head, &base),
            language,
            rights: lines(&["rights", "copyright", "dc:rights", "media:copyright"]).next().unwrap_or_default(),
            people: entry::people(document, head, &["author", "atom:author", "dc:creator"]),
            is_feed: document.root().is_some(),
            fault,
        }
    }
}

/// An entry's document, and what is said of all entries.
struct Feed<'d> {
    document: &'d Document<'d>,
    head: &'d Head,
}

impl Feed<'_> {
    /// The address that relative ones in an element start from: by `xml:base` of it and of those around it.
    fn base(&self, id: Id) -> String {
        stated_base(self.document, id, &self.head.base)
    }
}

/// The address that relative ones in an element start from, where those of the document start from `base`.
fn stated_base(document: &Document<'_>, id: Id, base: &str) -> String {
    let mut stated = Vec::new();
    let mut at = id;
    while at != 0 && stated.len() < 20 {
        stated.extend(document.attribute(at, "xml:base"));
        at = document.parent(at);
    }
    stated.iter().rev().fold(base.to_owned(), |base, next| resolve(&base, next).into_owned())
}
