//! `nitf`: the News Industry Text Format 2.5 to 3.6 of the IPTC, <https://iptc.org/standards/nitf/>.
//!
//! Its body is HTML in all but names, so it is read as HTML: headings inside the text become crossheads, media become
//! figures with captions and credits.

use super::news::{self, Story};
use super::xml::{self, Become, Document, Id, Spaces, escaped};
use super::{Format, Sink, Source};
use crate::article::Status;
use crate::diagnostic::{Diagnostic, Place};

/// The row of the table of formats.
pub const FORMAT: Format =
    Format { name: "nitf", about: "NITF, the text format of news agencies", detect, convert, split: None };

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(4096)];
    let is_xml = look.trim_ascii_start().starts_with(b"<") || look.starts_with(b"\xef\xbb\xbf<");
    if is_xml && memchr::memmem::find(look, b"<nitf").is_some() && memchr::memmem::find(look, b"ewsItem").is_none() {
        97
    } else {
        0
    }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = xml::decode(source.bytes);
    let document = Document::parse(&text, &mut Spaces::default(), 1, source.accounting);
    let Some(nitf) = document.find(0, "nitf") else {
        return sink(Err(Diagnostic::error(Place::file(source.path), "this is no NITF: it has no element `nitf`")
            .hint("name the format with --format if it is another")));
    };
    let mut story = Story::default();
    read(&document, nitf, &mut story, source.base_url.unwrap_or_default());
    story.warnings.extend(xml::fault(&document, source));
    let account = document.account(nitf);
    sink(Ok(story.finish(account)));
}

/// Reads an article; what the story has already, from whatever it was wrapped in, stays.
pub(super) fn read(document: &Document<'_>, nitf: Id, story: &mut Story, base: &str) {
    if let Some(head) = document.child(nitf, "head") {
        self::head(document, head, story);
    }
    let body = document.child(nitf, "body");
    if let Some(head) = body.and_then(|body| document.child(body, "body.head")) {
        body_head(document, head, story, base);
    }
    // The headline stands in the body; the head's own title is that of the page.
    if let Some(title) = document.take(nitf, "head/title", "title").filter(|_| story.front.title.is_empty()) {
        story.front.title = title;
    }
    let Some(body) = body else { return };
    let content = document.child(body, "body.content").unwrap_or(body);
    if let Some(content) = Some(content).filter(|content| *content != body || document.child(body, "p").is_some()) {
        document.keep(content, "body");
        story.html(&html(document, content), base);
    }
    if let Some(end) = document.child(body, "body.end") {
        document.keep(end, "body");
        story.html(&html(document, end), base);
    }
    if let Some(language) = document.attribute(nitf, "xml:lang").filter(|_| story.front.language.is_empty()) {
        story.front.language = news::language(&language);
    }
}

fn head(document: &Document<'_>, head: Id, story: &mut Story) {
    for id in document.descendants(head) {
        let get = |name: &str| document.attribute_or_empty(id, name);
        match document.name(id) {
            "doc-id" => set_record(story, &get("id-string")),
            "date.issue" => set_date(&mut story.front.date, &get("norm")),
            "date.release" => set_date(&mut story.front.embargo, &get("norm")),
            "date.expire" => story.extra("expires", &get("norm")),
            "urgency" => story.extra("urgency", &get("ed-urg")),
            "fixture" => story.extra("fixture", &get("fix-id")),
            "du-key" => story.extra("slug", &get("key")),
            "ed-msg" => story.extra("editorial_note", &[get("info"), document.line_of(id)].join(" ")),
            "doc.copyright" => story.extra("rights", &format!("© {} {}", get("year"), get("holder"))),
            "doc.rights" => story.extra("rights", &get("owner")),
            "keyword" => story.tag(&get("key")),
            "classifier" | "object.title" | "person" | "org" | "event" => {
                let text = [document.line_of(id), get("value")].into_iter().find(|text| !text.is_empty());
                story.tag(&text.unwrap_or_default());
            }
            "location" => story.place(&document.line_of(id)),
            "tobject.subject" => {
                let parts = ["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"].map(get);
                story.tag(parts.iter().find(|part| !part.is_empty()).map_or("", String::as_str));
            }
            "tobject" => story.extra("type", &get("tobject.type")),
            "pubdata" => publication(document, id, story),
            "series" => story.extra("series", &get("series.name")),
            "revision-history" => story.extra("revision", &[get("name"), get("function"), get("comment")].join(" ")),
            "meta" => meta(document, id, story),
            _ => continue,
        }
        document.keep(id, "front matter");
    }
    if document
        .find(head, "docdata")
        .is_some_and(|data| document.attribute_or_empty(data, "management-status") == "canceled")
    {
        story.front.status = Status::Withdrawn;
    }
    // An embargo is news only where it ends after the issue.
    if story.front.embargo.is_some_and(|held| story.front.date.is_none_or(|date| held.seconds() <= date.seconds())) {
        let released = story.front.embargo.take();
        story.front.date = story.front.date.or(released);
    }
}

fn set_record(story: &mut Story, id: &str) {
    if story.canonical.is_empty() && id.contains(':') {
        id.clone_into(&mut story.canonical);
    }
    story.extra("doc_id", id);
}

fn set_date(slot: &mut Option<crate::date::ArticleDate>, text: &str) {
    if slot.is_none() {
        *slot = news::date(text);
    }
}

fn publication(document: &Document<'_>, id: Id, story: &mut Story) {
    let get = |name: &str| document.attribute_or_empty(id, name);
    story.extra("publication", &get("name"));
    for (name, key) in [
        ("edition.name", "edition"),
        ("edition.area", "edition"),
        ("position.sequence", "page"),
        ("volume", "volume"),
        ("number", "issue"),
        ("issn", "issn"),
    ] {
        story.extra(key, &get(name));
    }
    let section = news::section([get("position.section").as_str()]);
    if story.front.section.is_none() && !section.is_empty() {
        story.front.section = Some(section);
    }
    set_date(&mut story.front.date, &get("date.publication"));
    story.alias(&get("ex-ref"));
}

fn meta(document: &Document<'_>, id: Id, story: &mut Story) {
    let (name, content) = (document.attribute_or_empty(id, "name"), document.attribute_or_empty(id, "content"));
    let name = name.to_lowercase().replace([' ', '-', '.', ':'], "_");
    if !name.is_empty() && name.len() < 60 {
        story.extra(&name, &content);
    }
}

fn body_head(document: &Document<'_>, head: Id, story: &mut Story, base: &str) {
    for (path, first) in [("hedline/hl1", true), ("hedline/hl2", false), ("hedline", true)] {
        let Some(text) = document.take(head, path, "title") else { continue };
        if first && story.front.title.is_empty() {
            story.front.title = text;
        } else if first {
            let is_same = text == story.front.title || path == "hedline";
            story.extra("headline", if is_same { "" } else { &text });
        } else {
            story.extra("subheadline", &text);
        }
    }
    for byline in document.all(head, "byline") {
        document.keep(byline, "authors");
        self::byline(document, byline, story);
    }
    if let Some(dateline) = document.child(head, "dateline") {
        document.keep(dateline, "dateline");
        let place = document.take(dateline, "location", "dateline").unwrap_or_else(|| document.own_line(dateline));
        if story.front.dateline.is_empty() {
            place.trim_matches([',', ' ']).clone_into(&mut story.front.dateline);
        }
        if let Some(date) = document.child(dateline, "story.date") {
            set_date(&mut story.front.date, &document.attribute_or_empty(date, "norm"));
        }
    }
    for (name, key) in
        [("distributor", "distributor"), ("note", "editorial_note"), ("rights", "rights"), ("series", "series")]
    {
        if let Some(text) = document.take(head, name, "extra") {
            story.extra(key, &text);
        }
    }
    if let Some(summary) = document.child(head, "abstract") {
        document.keep(summary, "description");
        if story.front.description.is_empty() {
            story.front.description = news::text(&html(document, summary));
        }
    }
    let media: String = document.all(head, "media").map(|id| figure(document, id)).collect();
    story.html(&media, base);
}

fn byline(document: &Document<'_>, byline: Id, story: &mut Story) {
    let people: Vec<String> = document.all(byline, "person").map(|id| document.line_of(id)).collect();
    if people.is_empty() {
        story.byline(document.own_line(byline).trim_end_matches([',', ' ']));
    }
    for person in &people {
        story.author(person);
    }
    if let Some(title) = document.child(byline, "byttl") {
        story.extra("byline_title", &document.line_of(title));
    }
}

/// What is in an element of NITF as HTML.
pub(super) fn html(document: &Document<'_>, id: Id) -> String {
    xml::html(document, id, &|id| become_html(document, id))
}

/// What an element of a text becomes.
pub(super) fn become_html(document: &Document<'_>, id: Id) -> Become {
    let named = |name| Become::Element(name, String::new());
    match document.name(id) {
        "p" | "em" | "strong" | "br" | "hr" | "q" | "sub" | "sup" | "pre" | "ol" | "ul" | "li" | "dl" | "dt" | "dd"
        | "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "th" | "td" | "a" | "img" | "b" | "i" | "u"
        | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "figure" | "figcaption" | "div" | "span"
        | "section" | "code" | "iframe" | "video" | "audio" | "source" | "aside" => Become::Same,
        "hl1" | "hl2" => named("h2"),
        "bq" => named("blockquote"),
        "credit" => named("cite"),
        "block" | "note" | "fn" | "tagline" | "bibliography" => named("div"),
        "media" => Become::Markup(figure(document, id)),
        "media-metadata" | "nitf-colgroup" | "nitf-table-metadata" | "col" | "colgroup" | "script" | "style" => {
            Become::Nothing
        }
        // What is said of the text belongs to the head.
        "body.head" | "hedline" | "byline" | "dateline" | "distributor" | "abstract" if is_of_head(document, id) => {
            Become::Nothing
        }
        _ => Become::Inside,
    }
}

fn is_of_head(document: &Document<'_>, id: Id) -> bool {
    document.is(document.parent(id), "body")
}

/// A picture with its caption and credit, or sound or film as a link.
fn figure(document: &Document<'_>, media: Id) -> String {
    let reference =
        |id: Id| ["source", "data-location", "href"].into_iter().find_map(|name| document.attribute(id, name));
    let width = |id: Id| document.attribute_or_empty(id, "width").parse::<u32>().unwrap_or(0);
    let best = document.all(media, "media-reference").filter(|id| reference(*id).is_some()).max_by_key(|id| width(*id));
    let src = best.and_then(reference).unwrap_or_default();
    let alt = best.map(|id| document.attribute_or_empty(id, "alternate-text")).unwrap_or_default();
    let part = |name: &str| document.child(media, name).map(|id| document.line_of(id)).unwrap_or_default();
    let caption: Vec<String> = document.all(media, "media-caption").map(|id| document.line_of(id)).collect();
    let (caption, credit) = (caption.join(" "), part("media-producer"));
    let words = match (caption.is_empty(), credit.is_empty()) {
        (false, false) => format!("{} — {}", escaped(&caption), escaped(&credit)),
        _ => format!("{}{}", escaped(&caption), escaped(&credit)),
    };
    let (src, kind) = (escaped(&src), document.attribute_or_empty(media, "media-type"));
    match kind.as_str() {
        "audio" | "video" if !src.is_empty() => format!("<{kind} src=\"{src}\" title=\"{words}\"></{kind}>"),
        _ if src.is_empty() => format!("<p>{words}</p>"),
        _ => format!("<figure><img src=\"{src}\" alt=\"{}\"><figcaption>{words}</figcaption></figure>", escaped(&alt)),
    }
}
