//! The content of an item: text, pictures, sound and film; of a package, what it holds.

use crate::article::{Figure, SeeAlso};
use crate::convert::news::{self, Story};
use crate::convert::nitf;
use crate::convert::xml::{self, Become, Document, Id, escaped};
use std::fmt::Write as _;

/// Reads `contentSet` and `groupSet`.
pub(super) fn read(document: &Document<'_>, item: Id, story: &mut Story, base: &str) {
    for set in document.all(item, "contentSet") {
        let before = story.body.len();
        for part in document.all(set, "inlineXML") {
            inline_xml(document, part, story, base);
        }
        // What is in a set is the same in several forms; of plain texts each may be a part.
        let has_text = story.body.len() > before;
        for part in document.all(set, "inlineData") {
            if has_text {
                document.drop(part, "another form of the same");
            } else {
                inline_data(document, part, story, base);
            }
        }
        remote(document, item, set, story);
    }
    package(document, item, story);
    if story.body.is_empty() && story.front.description.is_empty() {
        return;
    }
    if story.body.is_empty() {
        let description = story.front.description.clone();
        story.plain(&description);
    }
}

fn inline_xml(document: &Document<'_>, part: Id, story: &mut Story, base: &str) {
    if let Some(nitf) = document.find(part, "nitf") {
        return nitf::read(document, nitf, story, base);
    }
    document.keep(part, "body");
    let root = document.elements(part).find(|id| document.name(*id) == "html");
    let body = root.and_then(|html| document.elements(html).find(|id| document.name(*id) == "body"));
    let head = root.and_then(|html| document.elements(html).find(|id| document.name(*id) == "head"));
    if let Some(title) = head.and_then(|head| document.elements(head).find(|id| document.name(*id) == "title")) {
        let title = document.line_of(title);
        if story.front.title.is_empty() {
            story.front.title = title;
        }
    }
    let content = body.unwrap_or(part);
    let is_text = document
        .descendants(content)
        .any(|id| matches!(document.name(id), "p" | "div" | "section" | "h1" | "h2" | "body.content"));
    if !is_text {
        // Results and prices in a markup of their own.
        document.drop(part, "a markup that is no text");
        return story.extra("content", document.elements(part).next().map_or("", |id| document.name(id)));
    }
    let page_head = page_head(document, content, &story.front.title);
    for id in page_head.into_iter().flat_map(|head| document.elements(head)).filter(|id| !is_long(document, *id)) {
        document.drop(id, "repeats what is said of the item");
    }
    let mut html = xml::html(document, content, &|id| {
        let is_said = page_head.is_some_and(|head| document.parent(id) == head) && !is_long(document, id);
        if is_said { Become::Nothing } else { nitf::become_html(document, id) }
    });
    // The headline above the text is the article's.
    let title = format!("<h1>{}</h1>", escaped(&story.front.title));
    if let Some(rest) = html.trim_start().strip_prefix(&title) {
        html = rest.to_owned();
    }
    story.html(&html, base);
}

/// What stands above a text that is a whole page, where that has the headline: it repeats what is said of the item.
fn page_head(document: &Document<'_>, body: Id, title: &str) -> Option<Id> {
    let is_headline = |id: Id| matches!(document.name(id), "h1" | "h2") && document.line_of(id) == title;
    let head = document.elements(body).find(|id| document.name(*id) == "header")?;
    document.descendants(head).any(is_headline).then_some(head)
}

/// Whether an element is a paragraph of some length, as a standfirst is.
fn is_long(document: &Document<'_>, id: Id) -> bool {
    document.name(id) == "p" && document.line_of(id).len() > 80
}

fn inline_data(document: &Document<'_>, part: Id, story: &mut Story, base: &str) {
    let text = document.text(part).into_owned();
    let kind = document.attribute_or_empty(part, "contenttype");
    let text = if document.attribute_or_empty(part, "encoding").contains("base64") {
        let decoded = news::base64(&text);
        if decoded.is_none() {
            return document.drop(part, "data that is no text");
        }
        decoded.unwrap_or_default()
    } else {
        text
    };
    document.keep(part, "body");
    if document.elements(part).next().is_some() {
        return story.html(&nitf::html(document, part), base);
    }
    if kind.contains("html") || (kind.is_empty() && news::is_html(&text)) {
        story.html(&text, base);
    } else {
        story.plain(&text);
    }
}

/// Pictures, sound and film that lie elsewhere: one of the renditions of each, as a figure or a link.
fn remote(document: &Document<'_>, item: Id, set: Id, story: &mut Story) {
    let renditions: Vec<Id> = document.all(set, "remoteContent").collect();
    let address = |id: Id| {
        let href = document.attribute(id, "href").or_else(|| document.attribute(id, "residref")).unwrap_or_default();
        // Files beside the item are written in many ways.
        href.trim_start_matches("file:///").trim_start_matches("./").trim().to_owned()
    };
    let number = |id: Id, name: &str| document.attribute_or_empty(id, name).parse::<u64>().unwrap_or(0);
    let rank = |id: &Id| {
        let (role, kind) =
            (document.attribute_or_empty(*id, "rendition"), document.attribute_or_empty(*id, "contenttype"));
        let is_small = role.contains("thumb") || role.contains("icon");
        let is_web = role.ends_with("web") || role.ends_with("main");
        let is_shown = ["jpeg", "jpg", "png", "gif", "webp"].iter().any(|known| kind.contains(known));
        (u8::from(is_shown), u8::from(!is_small), u8::from(is_web), number(*id, "width"), number(*id, "size"))
    };
    for id in &renditions {
        document.keep(*id, "body");
    }
    let Some(best) = renditions.into_iter().filter(|id| !address(*id).is_empty()).max_by_key(rank) else { return };
    let kind = document.attribute_or_empty(best, "contenttype");
    let src = address(best);
    let class =
        document.at(item, "itemMeta/itemClass").map(|id| document.attribute_or_empty(id, "qcode")).unwrap_or_default();
    if kind.starts_with("image/") || class.ends_with("picture") || class.ends_with("graphic") {
        let credit = [story.extra_text("credit").to_owned(), story.front.authors.join(", ")];
        let credit = credit.into_iter().find(|credit| !credit.is_empty()).unwrap_or_default();
        let caption = story.front.description.clone();
        let figure = Figure { src, alt: story.front.title.clone(), caption, credit };
        story.figure(&figure);
        story.front.image = Some(figure);
        return;
    }
    let what = match (kind.split('/').next(), class.rsplit(':').next()) {
        (Some("audio"), _) | (_, Some("audio")) => "Audio",
        (Some("video"), _) | (_, Some("video")) => "Video",
        _ => "",
    };
    if story.body.is_empty() {
        let description = story.front.description.clone();
        story.plain(&description);
    }
    story.note_file(&src);
    story.markdown(&news::link(what, &src));
}

/// What a package holds: its items, as the editor's own list, and as a list to read.
fn package(document: &Document<'_>, set: Id, story: &mut Story) {
    let mut list = String::new();
    for id in document.descendants(set).filter(|id| document.is(*id, "itemRef")) {
        document.keep(id, "see_also");
        let part = |name: &str| document.child(id, name).map(|id| document.line_of(id)).unwrap_or_default();
        let reference =
            document.attribute(id, "residref").or_else(|| document.attribute(id, "href")).unwrap_or_default();
        let title = [part("headline"), part("title")]
            .into_iter()
            .find(|title| !title.is_empty())
            .unwrap_or_else(|| reference.clone());
        if title.is_empty() || story.front.see_also.len() >= 200 {
            continue;
        }
        let url = if reference.starts_with("http") { reference.clone() } else { String::new() };
        story.extra_record("package", &[("item", &reference), ("title", &title)]);
        let text = part("description");
        let dash = if text.is_empty() { "" } else { ": " };
        // Writing into a string cannot fail.
        let _ = write!(list, "<li>{}{dash}{}</li>", escaped(&title), escaped(&text));
        story.front.see_also.push(SeeAlso { title, url, ..SeeAlso::default() });
    }
    if !list.is_empty() {
        story.html(&format!("<ul>{list}</ul>"), "");
    }
}
