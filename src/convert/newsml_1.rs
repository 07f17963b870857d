//! `newsml-1`: `NewsML` 1.0 to 1.2 of the IPTC, <https://iptc.org/std/NewsML/>: a message with news items, each a tree of
//! components that hold texts, pictures and what is said of them.
//!
//! Of several revisions of an item the newest becomes the article; one that is withheld or cancelled is withdrawn. Of
//! components that are equivalent, and of the sizes of a picture, one is taken.

mod content;
mod lines;
mod management;

use super::news::{Records, Story};
use super::newsml_g2;
use super::xml::{self, Document, Id, Spaces};
use super::{Converted, Format, Sink, Source};
use crate::article::Status;
use crate::date::ArticleDate;
use crate::diagnostic::{Diagnostic, Place};
use std::collections::HashMap;

/// The row of the table of formats.
pub const FORMAT: Format =
    Format { name: "newsml-1", about: "NewsML 1.0 to 1.2 of news agencies", detect, convert, split: None };

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(8192)];
    let has = |mark: &[u8]| memchr::memmem::find(look, mark).is_some();
    let is_xml = look.trim_ascii_start().starts_with(b"<") || look.starts_with(b"\xef\xbb\xbf<");
    let is_item = has(b"<NewsItem") && (has(b"<Identification") || has(b"<NewsIdentifier"));
    if is_xml && (has(b"<NewsML") || is_item) { 98 } else { 0 }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = xml::decode(source.bytes);
    let document = Document::parse(&text, &mut Spaces::default(), 1, source.accounting);
    let items: Vec<Id> = document.descendants(0).filter(|id| document.is(*id, "NewsItem")).collect();
    let whole = Whole::of(&document);
    let mut records = Records::default();
    for item in &items {
        match read(&document, *item, &whole, source) {
            Ok(mut made) => {
                // A file of one item is that item, in whichever revision.
                made.record = if items.len() > 1 { records.unique(&made.record) } else { String::new() };
                made.warnings.extend(xml::fault(&document, source).filter(|_| items.first() == Some(item)));
                sink(Ok(made));
            }
            Err(diagnostic) => sink(Err(diagnostic)),
        }
    }
    if items.is_empty() {
        sink(Err(Diagnostic::error(Place::file(source.path), "holds no news item")
            .hint("was its copy cut short? leave it out of the sources if it is a catalogue")));
    }
}

/// What is said once for all items.
struct Whole {
    /// When the message was sent.
    sent: Option<ArticleDate>,
    /// Descriptions of topics, by the names that items refer to them by.
    topics: HashMap<String, Id>,
}

impl Whole {
    fn of(document: &Document<'_>) -> Self {
        let topic = |id: Id| document.attribute(id, "Duid").map(|name| (name, id));
        Self {
            sent: document.find(0, "NewsEnvelope").and_then(|envelope| management::date_in(document, envelope)),
            topics: document.descendants(0).filter(|id| document.is(*id, "Topic")).filter_map(topic).collect(),
        }
    }
}

fn read(document: &Document<'_>, item: Id, whole: &Whole, source: &Source<'_>) -> Result<Converted, Diagnostic> {
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
        return Err(Diagnostic::error(Place::file(source.path), message).hint("leave it out of the sources"));
    }
    lines::read(document, item, whole, &mut story);
    content::read(document, item, &mut story, source.base_url.unwrap_or_default());
    newsml_g2::complete(&mut story);
    story.front.date = story.front.date.or(whole.sent);
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
