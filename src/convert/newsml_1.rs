//! `newsml-1`: `NewsML` 1.0 to 1.2 of the IPTC, <https://iptc.org/std/NewsML/>: a message with news items, each a tree of
//! components that hold texts, pictures and what is said of them.
//!
//! Of several revisions of an item the newest becomes the article; one that is withheld or cancelled is withdrawn. Of
//! components that are equivalent, and of the sizes of a picture, one is taken.

mod content;
mod lines;
mod management;

use super::news::Story;
use super::newsml_g2;
use super::records::{Finder, Shared, Split, report};
use super::xml::{self, Cut, Cutter, Document, Id, Look, Spaces};
use super::{Converted, Format, Sink, Source};
use crate::article::Status;
use crate::date::ArticleDate;
use crate::diagnostic::{Diagnostic, Place};
use std::collections::HashMap;
use std::io::BufRead;
use std::sync::Arc;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "newsml-1",
    about: "NewsML 1.0 to 1.2 of news agencies, of any size",
    detect,
    convert,
    split: Some(Split::Twice(collect, split)),
};

/// Elements that are records; items in an item stay with it.
const ITEMS: &[&str] = &["NewsItem"];

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(8192)];
    let has = |mark: &[u8]| memchr::memmem::find(look, mark).is_some();
    let is_xml = look.trim_ascii_start().starts_with(b"<") || look.starts_with(b"\xef\xbb\xbf<");
    let is_item = has(b"<NewsItem") && (has(b"<Identification") || has(b"<NewsIdentifier"));
    if is_xml && (has(b"<NewsML") || is_item) { 98 } else { 0 }
}

/// Reads what is said once for all items.
fn collect(source: &Source<'_>, input: &mut dyn BufRead) -> Shared {
    let mut cutter = Cutter::new(input, ITEMS, source.limits.bytes()).keeping_rest();
    let mut whole = Whole::default();
    while let Some(cut) = cutter.next() {
        let Ok(cut) = cut else { continue };
        if is_of_topics(&cut) {
            let text = xml::decode_as(&cut.bytes, cutter.charset());
            whole.topics.take(&Document::parse_part(&text, cutter.spaces(), 1, false));
        }
    }
    whole.spaces.clone_from(cutter.spaces());
    let rest = cutter.into_rest();
    let document = Document::parse(&rest, &mut Spaces::default(), 1, false);
    whole.sent = document.find(0, "NewsEnvelope").and_then(|envelope| management::date_in(&document, envelope));
    whole.topics.take(&document);
    Arc::new(whole)
}

fn split(source: &Source<'_>, input: &mut dyn BufRead, shared: &Shared, finder: &mut Finder<'_>) {
    let mut cutter = Cutter::new(input, ITEMS, source.limits.bytes());
    // A file of one item is that item, in whichever revision.
    let count = xml::hand_on(source, &mut cutter, true, finder, &mut |cut, cutter| {
        if is_of_topics(cut) {
            return Look::Other("sets of topics");
        }
        Look::Article(name(cut, cutter), Arc::clone(shared))
    });
    if count == 0 {
        let wrong = Diagnostic::error(Place::file(source.path), "holds no news item");
        report(finder, wrong.hint("was its copy cut short? leave it out of the sources if it is a catalogue"));
    }
}

/// Whether an item only describes topics. An item's own topics are with its components, and are read with it.
fn is_of_topics(cut: &Cut) -> bool {
    let has = |mark: &[u8]| memchr::memmem::find(&cut.bytes, mark).is_some();
    has(b"<TopicSet") && !has(b"<NewsComponent")
}

/// What an item is called, from its beginning.
fn name(cut: &Cut, cutter: &Cutter<'_>) -> String {
    let end = memchr::memmem::find(&cut.bytes, b"</Identification>").unwrap_or(cut.bytes.len());
    let text = xml::decode_as(cut.bytes.get(..end).unwrap_or_default(), cutter.charset());
    let document = Document::parse_part(&text, cutter.spaces(), 1, false);
    let mut story = Story::default();
    management::read(&document, document.root().unwrap_or_default(), &mut story);
    story.record
}

/// Converts one item, and those in it.
fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let (Some(whole), Some(context)) = (source.shared::<Whole>(), source.context) else { return };
    let text = xml::decode_as(source.bytes, &context.charset);
    let document = Document::parse_part(&text, &whole.spaces, source.line as usize, source.accounting);
    let mut fault = xml::fault(&document, source);
    let mut own = Topics::default();
    own.take(&document);
    let topics = [&own, &whole.topics];
    for item in document.descendants(0).filter(|id| document.is(*id, "NewsItem")) {
        let made = read(&document, item, whole.sent, topics, source);
        sink(made.map(|mut made| {
            made.warnings.extend(fault.take());
            // Whoever cut off the outermost has named it.
            if document.parent(item) == 0 {
                made.record.clear();
            }
            made
        }));
    }
}

/// What is said once for all items.
#[derive(Debug, Default)]
struct Whole {
    spaces: Arc<Spaces>,
    /// When the message was sent.
    sent: Option<ArticleDate>,
    topics: Topics,
}

/// What items are about, by the names that they refer to it by.
#[derive(Debug, Default)]
struct Topics(HashMap<String, Topic>);

#[derive(Debug)]
struct Topic {
    name: String,
    is_place: bool,
}

impl Topics {
    /// Takes all that a document describes.
    fn take(&mut self, document: &Document<'_>) {
        for id in document.descendants(0).filter(|id| document.is(*id, "Topic")) {
            let Some(key) = document.attribute(id, "Duid") else { continue };
            let is_place = document.child(id, "TopicType").is_some_and(|id| {
                let kind = formal(document, id).to_ascii_lowercase();
                ["location", "geo", "country", "city"].iter().any(|known| kind.contains(known))
            });
            let said = document.child(id, "Description").or_else(|| document.child(id, "FormalName"));
            let name = said.map(|id| document.line_of(id)).unwrap_or_default();
            self.0.insert(key, Topic { name, is_place });
        }
    }
}

fn read(
    document: &Document<'_>,
    item: Id,
    sent: Option<ArticleDate>,
    topics: [&Topics; 2],
    source: &Source<'_>,
) -> Result<Converted, Diagnostic> {
    let mut story = Story::default();
    management::read(document, item, &mut story);
    if document.child(item, "NewsComponent").is_none() && story.front.status != Status::Withdrawn {
        let what = if document.child(item, "Update").is_some() {
            "holds changes to an item, and not the item"
        } else {
            "is a set of topics or a catalogue, and no news"
        };
        let message =
            format!("item {}: {what}", if story.record.is_empty() { "without a name" } else { &story.record });
        let place = Place::at(source.path, source.line, 0);
        return Err(Diagnostic::error(place, message).hint("leave it out of the sources"));
    }
    lines::read(document, item, topics, &mut story);
    content::read(document, item, &mut story, source.base_url.unwrap_or_default());
    newsml_g2::complete(&mut story);
    story.front.date = story.front.date.or(sent);
    let account = document.account(item);
    Ok(story.finish(account))
}

/// The value that an element states in its attribute `FormalName`, or else in words.
fn formal(document: &Document<'_>, id: Id) -> String {
    document.attribute(id, "FormalName").filter(|name| !name.is_empty()).unwrap_or_else(|| document.line_of(id))
}

/// The nodes of an item in order, without those of items in it; `visit` says whether to go into a node.
fn walk(document: &Document<'_>, item: Id, visit: &mut dyn FnMut(Id) -> bool) {
    let range = document.descendants(item);
    let mut next = range.start;
    while next < range.end {
        let goes_in = !document.is(next, "NewsItem") && visit(next);
        next = if goes_in { next + 1 } else { document.descendants(next).end };
    }
}

/// Whether a content item is no text: a picture, sound or film.
fn is_media(document: &Document<'_>, content: Id) -> bool {
    let part = |name: &str| document.child(content, name).map(|id| formal(document, id).to_ascii_lowercase());
    let (mime, media) = (part("MimeType").unwrap_or_default(), part("MediaType").unwrap_or_default());
    let is_known = |kind: &&str| mime.starts_with(&format!("{kind}/")) || media.contains(kind);
    let is_media = ["image", "video", "audio"].iter().any(is_known)
        || ["photo", "graphic", "picture", "animation"].iter().any(|kind| media.contains(kind));
    let has_data = document.find(content, "DataContent").is_some();
    document.attribute(content, "Href").is_some()
        && !has_data
        && (is_media || !(mime.starts_with("text/") || media == "text"))
}

/// Whether a component in another one is a picture, sound or film, so that what is said in it is said of that.
fn is_of_media(document: &Document<'_>, component: Id) -> bool {
    document.is(document.parent(component), "NewsComponent")
        && document.all(component, "ContentItem").any(|id| is_media(document, id))
}

/// What part a component plays, in lower case, as `photo` or `caption`.
fn role(document: &Document<'_>, component: Id) -> String {
    document.child(component, "Role").map(|id| formal(document, id).to_ascii_lowercase()).unwrap_or_default()
}
