//! What an entry comes with: enclosures, and pictures, sound and film of Media RSS.

use super::Feed;
use crate::article::Figure;
use crate::convert::news::{self, Story};
use crate::convert::xml::Id;

/// One of them.
#[derive(Default)]
struct Medium {
    address: String,
    kind: String,
    title: String,
    caption: String,
    credit: String,
    width: u32,
}

/// Takes them all: pictures that the text does not show stand before it, sound and film are linked after it.
pub(super) fn read(feed: &Feed<'_>, entry: Id, base: &str, story: &mut Story) {
    let mut media: Vec<Medium> = Vec::new();
    let document = feed.document;
    for id in
        document.all(entry, "enclosure").chain(document.all(entry, "link")).chain(document.all(entry, "atom:link"))
    {
        let is_link = document.name(id) == "link";
        if is_link && document.attribute(id, "rel").as_deref() != Some("enclosure") {
            continue;
        }
        document.keep(id, "body");
        let address = document.attribute(id, if is_link { "href" } else { "url" }).unwrap_or_default();
        let (kind, title) = (document.attribute_or_empty(id, "type"), document.attribute_or_empty(id, "title"));
        media.push(Medium { address: news::web(base, &address), kind, title, ..Medium::default() });
    }
    let groups = document.all(entry, "media:group");
    for group in groups.chain([entry]) {
        let mut versions: Vec<Medium> = Vec::new();
        for id in document.all(group, "media:content") {
            document.keep(id, "image, body");
            versions.push(content(feed, id, group, base));
        }
        if group == entry {
            media.append(&mut versions);
        } else {
            // The contents of a group are one thing in several sizes.
            media.extend(versions.into_iter().max_by_key(|medium| medium.width));
            document.keep(group, "image, body");
        }
    }
    thumbnails(feed, entry, base, &mut media);
    place(story, media);
}

fn content(feed: &Feed<'_>, id: Id, group: Id, base: &str) -> Medium {
    let document = feed.document;
    let attribute = |name: &str| document.attribute_or_empty(id, name);
    let kind = [attribute("medium"), attribute("type")].into_iter().find(|kind| !kind.is_empty()).unwrap_or_default();
    let within = |name: &str| {
        [id, group]
            .iter()
            .find_map(|at| document.child(*at, name))
            .map(|id| news::text(&document.text(id)))
            .unwrap_or_default()
    };
    // What is said of the entry itself is said of its article.
    let own = |name: &str| document.child(id, name).map(|id| news::text(&document.text(id))).unwrap_or_default();
    Medium {
        address: news::web(base, &attribute("url")),
        kind,
        title: own("media:title"),
        caption: if document.is(group, "media:group") { within("media:description") } else { own("media:description") },
        credit: within("media:credit"),
        width: attribute("width").parse().unwrap_or(0),
    }
}

/// Small pictures stand for an entry that has no larger ones.
fn thumbnails(feed: &Feed<'_>, entry: Id, base: &str, media: &mut Vec<Medium>) {
    let document = feed.document;
    let mut found = Vec::new();
    for id in document.descendants(entry) {
        let (name, is_known) = match document.name(id) {
            "thumbnail" => ("url", document.is(id, "media:thumbnail")),
            "image" => ("href", document.is(id, "itunes:image")),
            _ => continue,
        };
        if is_known {
            document.keep(id, "image");
            let width = document.attribute_or_empty(id, "width").parse().unwrap_or(0);
            let address = news::web(base, &document.attribute_or_empty(id, name));
            found.push(Medium { address, kind: "image".to_owned(), width, ..Medium::default() });
        }
    }
    if !media.iter().any(Medium::is_picture) {
        media.extend(found.into_iter().max_by_key(|medium| medium.width));
    }
}

impl Medium {
    fn is_picture(&self) -> bool {
        let path = self.address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let has_ending =
            [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"].iter().any(|ending| path.ends_with(ending));
        self.kind.starts_with("image") || (self.kind.is_empty() && has_ending)
    }
}

fn place(story: &mut Story, media: Vec<Medium>) {
    let mut pictures = String::new();
    let mut others = String::new();
    for medium in media.into_iter().filter(|medium| !medium.address.is_empty()) {
        let file = medium.address.split(['?', '#']).next().unwrap_or_default();
        if story.body.contains(file) || pictures.contains(file) || others.contains(file) {
            continue;
        }
        if medium.is_picture() {
            let Medium { address, title, caption, credit, .. } = medium;
            let figure = Figure { src: address, alt: title, caption, credit };
            pictures.push_str(&news::figure(&figure));
            pictures.push_str("\n\n");
            if story.front.image.is_none() {
                story.front.image = Some(figure);
            }
            continue;
        }
        let kind = if medium.kind.starts_with("audio") {
            "Audio"
        } else if medium.kind.starts_with("video") {
            "Video"
        } else {
            file.rsplit('/').next().unwrap_or_default()
        };
        let title = if medium.title.is_empty() { kind } else { &medium.title };
        others.push_str(&news::link(title, &medium.address));
        others.push_str("\n\n");
    }
    if !pictures.is_empty() {
        story.body = format!("{pictures}{}", story.body);
    }
    story.markdown(&others);
}
