//! `ninjs`: News in JSON of the IPTC, versions 1 to 3, <https://iptc.org/std/ninjs/>: single items, and lists of them.
//!
//! The versions differ in the case of their keys, and in whether there may be several headlines, bodies and so on; all are
//! read alike. Of several versions of an item the newest becomes the article.

mod parts;

use super::json::{self, Object, objects, part};
use super::news::{self, Story};
use super::newsml_g2::is_withdrawn;
use super::records::Names;
use super::{Converted, Format, Sink, Source, decode};
use crate::article::Status;
use crate::diagnostic::{Diagnostic, Place};
use serde_json::{Map, Value};

/// The row of the table of formats.
pub const FORMAT: Format =
    Format { name: "ninjs", about: "ninjs 1 to 3, news in JSON, one item or a list", detect, convert, split: None };

/// Keys of items, in the spellings of all versions.
const KEYS: [&str; 14] = [
    "\"versioncreated\"",
    "\"versionCreated\"",
    "\"pubstatus\"",
    "\"pubStatus\"",
    "\"body_xhtml\"",
    "\"body_html\"",
    "\"body_text\"",
    "\"bodies\"",
    "\"headlines\"",
    "\"renditions\"",
    "\"associations\"",
    "\"representationtype\"",
    "\"eventDetails\"",
    "\"headline\"",
];

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(16 * 1024)];
    let start = look.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if !start.starts_with(b"{") && !start.starts_with(b"[") {
        return 0;
    }
    let has = |mark: &str| memchr::memmem::find(look, mark.as_bytes()).is_some();
    // A schema describes items and is none.
    if has("\"$id\"") && has("\"properties\"") {
        return 0;
    }
    let known = KEYS.iter().filter(|key| has(key)).count();
    match (has("\"uri\""), known) {
        (true, 2..) => 97,
        (true, 1) if has("ninjs") || has("eventDetails") => 90,
        _ => 0,
    }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    let text = decode::decode(source.bytes, None);
    let value = match json::parse(text.trim_start_matches('\u{feff}')) {
        Ok(value) => value,
        Err((line, column, message)) => {
            let place = Place::at(source.path, line, column);
            return sink(Err(
                Diagnostic::error(place, format!("this is no JSON: {message}")).hint("was its copy cut short?")
            ));
        }
    };
    let mut items: Vec<&Map<String, Value>> = objects(&value).collect();
    // Some services wrap the items of a search.
    if let [single] = items.as_slice()
        && !single.contains_key("uri")
        && let Some(inner) = ["items", "_items", "data", "results", "hits"].iter().find_map(|key| single.get(*key))
    {
        items = objects(inner).collect();
    }
    let mut records = Names::default();
    let count = items.len();
    for item in items {
        let mut made = read(item, source);
        made.record = if count > 1 { records.item(&made.record) } else { String::new() };
        sink(Ok(made));
    }
    if count == 0 {
        sink(Err(
            Diagnostic::error(Place::file(source.path), "it holds no item of news").hint("was its copy cut short?")
        ));
    }
}

/// The spelling of a key that an item has: those of version 3 have capitals inside.
fn spelled<'k>(item: &Map<String, Value>, key: &'k str, lower: &'k str) -> &'k str {
    if item.contains_key(key) { key } else { lower }
}

fn read(item: &Map<String, Value>, source: &Source<'_>) -> Converted {
    let object = Object::new(item, source.accounting);
    let mut story = Story::default();
    let uri = object.text("uri", "source.url");
    let version = object.text("version", "extra.version");
    story.record = if version.is_empty() { uri.clone() } else { format!("{uri} version {version}") };
    if uri.starts_with("http") {
        story.alias(&uri);
    }
    story.canonical = uri;
    if let Ok(version) = version.parse() {
        story.extra_number("version", version);
    }
    let text = |key: &str, lower: &str, field: &'static str| object.text(spelled(item, key, lower), field);
    let created = news::date(&text("firstCreated", "firstcreated", "date"));
    let made = news::date(&text("contentCreated", "contentcreated", "date"));
    let changed = news::date(&text("versionCreated", "versioncreated", "updated"));
    let date = created.or(made).or(changed);
    story.front.date = date;
    story.front.updated = changed.filter(|changed| date.is_some_and(|date| changed.seconds() > date.seconds()));
    story.front.embargo = news::date(&object.text("embargoed", "embargo"));
    story.front.embargo = story.front.embargo.or(news::date(&object.text("embargo", "embargo")));
    let status = text("pubStatus", "pubstatus", "status");
    if is_withdrawn(&status) {
        story.front.status = Status::Withdrawn;
        story.extra("publication_status", &status);
    }
    story.front.language = news::language(&object.text("language", "language"));
    parts::words(&object, &mut story, source.base_url.unwrap_or_default());
    parts::people_and_places(&object, &mut story);
    parts::others(&object, &mut story);
    let account = object.account();
    story.finish(account)
}

/// The name of a thing: a text, or an object with a name, or one in the language of the item.
fn name(thing: &Value) -> String {
    match thing {
        Value::Object(map) => {
            let keys = ["name", "headline", "value", "literal", "title", "code", "uri"];
            keys.iter().map(|key| part(map, key)).find(|text| !text.is_empty()).unwrap_or_default()
        }
        other => json::said(other),
    }
}
