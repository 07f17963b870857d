//! JSON Feed 1.0 and 1.1, <https://www.jsonfeed.org/version/1.1/>.

use super::text::is_teaser;
use crate::article::Figure;
use crate::convert::json::{self, Object, objects, part};
use crate::convert::news::{self, Story};
use crate::convert::records::Names;
use crate::convert::{Converted, Sink, Source};
use crate::diagnostic::{Diagnostic, Place};
use serde_json::{Map, Value};

/// Reads a feed.
pub(super) fn read(text: &str, source: &Source<'_>, sink: &mut Sink<'_>) {
    let feed = match json::parse(text) {
        Ok(feed) => feed,
        Err((line, column, message)) => {
            let place = Place::at(source.path, line, column);
            return sink(Err(
                Diagnostic::error(place, format!("the feed is no JSON: {message}")).hint("was its copy cut short?")
            ));
        }
    };
    let nothing = Map::new();
    let feed = feed.as_object().unwrap_or(&nothing);
    let mut records = Names::default();
    let items = feed.get("items").map(objects).into_iter().flatten();
    let mut any = false;
    for item in items {
        any = true;
        let mut made = entry(item, feed, source);
        made.record = records.item(&made.record);
        sink(Ok(made));
    }
    if !any {
        sink(Err(
            Diagnostic::error(Place::file(source.path), "the feed holds no entry").hint("was its copy cut short?")
        ));
    }
}

fn entry(item: &Map<String, Value>, feed: &Map<String, Value>, source: &Source<'_>) -> Converted {
    let object = Object::new(item, source.accounting);
    let mut story = Story { record: object.text("id", "source.record"), ..Story::default() };
    let home = part(feed, "home_page_url");
    let base = source.base_url.unwrap_or(&home);
    let url = news::web(base, &object.text("url", "source.url"));
    let external = news::web(base, &object.text("external_url", "links"));
    story.link("", &external);
    story.alias(&url);
    if !url.is_empty() && news::same_host(&story.record, &url) {
        story.alias(&story.record.clone());
    }
    story.canonical.clone_from(if url.is_empty() && story.record.contains(':') { &story.record } else { &url });
    story.front.title = object.text("title", "title");
    let html = object.text("content_html", "body");
    let plain = object.text("content_text", "body");
    let summary = object.text("summary", "description");
    let base = if url.is_empty() { base } else { &url };
    if !html.is_empty() {
        story.html(&html, base);
    } else if !plain.is_empty() {
        story.plain(&plain);
    } else {
        story.plain(&summary);
    }
    if is_teaser(&story.body, html.is_empty() && plain.is_empty()) {
        story.front.extra.insert("teaser".into(), true.into());
    }
    story.front.description = news::text(&summary);
    let published = news::date(&object.text("date_published", "date"));
    let modified = news::date(&object.text("date_modified", "updated"));
    story.front.date = published.or(modified);
    story.front.updated = modified.filter(|date| published.is_some_and(|first| date.seconds() > first.seconds()));
    people(&object, feed, &mut story);
    for tag in object.get("tags", "tags").map(json::list).unwrap_or_default() {
        story.tag(&tag);
    }
    let language = object.text("language", "language");
    story.front.language = news::language(&if language.is_empty() { part(feed, "language") } else { language });
    pictures(&object, base, &mut story);
    for (key, value) in object.rest(&[]).filter(|(key, _)| key.starts_with('_')) {
        if let Some(text) = value.as_str() {
            object.get(key, "extra");
            story.extra(key.trim_start_matches('_'), text);
        }
    }
    let account = object.account();
    story.finish(account)
}

fn people(object: &Object<'_>, feed: &Map<String, Value>, story: &mut Story) {
    let own = ["authors", "author"].iter().filter_map(|key| object.get(key, "authors"));
    let shared = ["authors", "author"].iter().filter_map(|key| feed.get(*key));
    for people in own.chain(shared) {
        for person in objects(people) {
            story.author(&part(person, "name"));
        }
        if !story.front.authors.is_empty() {
            break;
        }
    }
}

fn pictures(object: &Object<'_>, base: &str, story: &mut Story) {
    for key in ["image", "banner_image"] {
        let src = news::web(base, &object.text(key, "image"));
        if src.is_empty() || story.body.contains(&src) {
            continue;
        }
        let figure = Figure { src, ..Figure::default() };
        story.body = format!("{}\n\n{}", news::figure(&figure), story.body);
        story.front.image.get_or_insert(figure);
    }
    for attachment in object.get("attachments", "body").map(objects).into_iter().flatten() {
        let (address, title) = (news::web(base, &part(attachment, "url")), part(attachment, "title"));
        let kind = part(attachment, "mime_type");
        let kind = match kind.split('/').next() {
            Some("audio") => "Audio",
            Some("video") => "Video",
            _ => "",
        };
        if !address.is_empty() && !story.body.contains(&address) {
            story.markdown(&news::link(if title.is_empty() { kind } else { &title }, &address));
        }
    }
}
