//! The parts of an item: words, people and places, pictures, and what else it says.

use super::name;
use crate::article::Figure;
use crate::convert::json::{self, Object, objects, part, said};
use crate::convert::news::{self, Story};
use serde_json::{Map, Value};

/// Headline, summary, body and pictures.
pub(super) fn words(object: &Object<'_>, story: &mut Story, base: &str) {
    let mut titles = vec![object.text("headline", "title")];
    titles.extend(by_role(object, "headlines", "title", &["main", "headline", "title"]));
    let mut titles = titles.into_iter().filter(|title| !title.is_empty());
    story.front.title = titles.next().map(|title| news::text(&title)).unwrap_or_default();
    titles.for_each(|title| story.extra("headline", &title));
    let title = object.text("title", "title");
    if story.front.title.is_empty() {
        story.front.title = title;
    } else {
        story.extra("title", &title);
    }
    let mut summaries = vec![object.text("description_text", "description")];
    for (key, _) in object.rest(&[]) {
        if let Some(role) = key.strip_prefix("description_") {
            let text = object.text(key, "description");
            if role != "text" {
                summaries.push(news::text(&text));
            }
        }
        if let Some(role) = key.strip_prefix("headline_") {
            let text = object.text(key, "extra");
            story.extra(&format!("headline_{role}"), &text);
        }
    }
    summaries.extend(
        by_role(object, "descriptions", "description", &["summary", "lead", "caption"])
            .iter()
            .map(|text| news::text(text)),
    );
    let mut summaries = summaries.into_iter().filter(|text| !text.is_empty());
    story.front.description = summaries.next().unwrap_or_default();
    for other in summaries {
        if other != story.front.description {
            story.extra("description", &other);
        }
    }
    body(object, story, base);
    credit(object, story);
    renditions(object, story);
    associations(object, story);
    if story.body.is_empty() {
        let description = story.front.description.clone();
        story.plain(&description);
    }
}

/// The texts of a list whose items have roles, those with the first of these roles first.
fn by_role(object: &Object<'_>, key: &str, field: &'static str, roles: &[&str]) -> Vec<String> {
    let Some(value) = object.get(key, field) else { return Vec::new() };
    let mut texts: Vec<(usize, String)> = objects(value)
        .map(|map| {
            let role = part(map, "role").to_lowercase();
            let role = role.rsplit(':').next().unwrap_or_default();
            (roles.iter().position(|known| *known == role).unwrap_or(roles.len()), part(map, "value"))
        })
        .collect();
    if texts.is_empty() {
        texts.extend(json::list(value).into_iter().map(|text| (0, text)));
    }
    texts.sort_by_key(|(rank, _)| *rank);
    texts.into_iter().map(|(_, text)| text).collect()
}

/// The body: as HTML where it is there in that form, else as plain text.
fn body(object: &Object<'_>, story: &mut Story, base: &str) {
    let mut bodies: Vec<(u8, String, bool)> = Vec::new();
    for (key, value) in object.rest(&[]) {
        if let Some(kind) = key.strip_prefix("body_") {
            object.get(key, "body");
            let is_html = kind.contains("html") || kind.contains("nitf");
            bodies.push((u8::from(is_html), said(value), is_html));
        }
    }
    for map in object.get("bodies", "body").map(objects).into_iter().flatten() {
        let kind = format!("{}{}", part(map, "contenttype"), part(map, "contentType")).to_lowercase();
        let (value, role) = (part(map, "value"), part(map, "role").to_lowercase());
        let is_html =
            kind.contains("html") || kind.contains("nitf") || (!kind.contains("plain") && news::is_html(&value));
        // The notes of the desk are no text of the article.
        let is_main =
            role.is_empty() || ["main", "body", "article", "story", "text"].iter().any(|known| role.contains(known));
        bodies.push((u8::from(is_html) + 2 * u8::from(is_main), value, is_html));
    }
    bodies.retain(|(_, text, _)| !text.is_empty());
    bodies.sort_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
    // One body in several forms is one text.
    let Some((_, text, is_html)) = bodies.into_iter().next() else { return };
    if is_html {
        story.html(&text, base);
    } else {
        story.plain(&text);
    }
}

fn credit(object: &Object<'_>, story: &mut Story) {
    for key in ["byline", "by"] {
        if let Some(value) = object.get(key, "authors") {
            for line in json::list(value) {
                story.byline(&line);
            }
        }
    }
    let credit = object.text("creditline", "extra.credit");
    story.extra("credit", &credit);
}

/// The renditions of a picture, sound or film: one becomes the figure or the link.
fn renditions(object: &Object<'_>, story: &mut Story) {
    let kind = object.text("type", "extra.type");
    if !matches!(kind.as_str(), "" | "text") {
        story.extra("type", &kind);
    }
    let Some(value) = object.get("renditions", "body") else { return };
    let Some(medium) = Medium::best(value) else { return };
    let credit = [story.extra_text("credit").to_owned(), story.front.authors.join(", ")];
    let credit = credit.into_iter().find(|credit| !credit.is_empty()).unwrap_or_default();
    if kind == "picture" || kind == "graphic" || medium.kind.starts_with("image") {
        let (alt, caption) = (story.front.title.clone(), story.front.description.clone());
        let figure = Figure { src: medium.href, alt, caption, credit };
        story.figure(&figure);
        story.front.image.get_or_insert(figure);
    } else {
        let text = story.front.description.clone();
        if story.body.is_empty() {
            story.plain(&text);
        }
        story.markdown(&news::link(&medium.what(&kind), &medium.href));
    }
}

/// A rendition.
struct Medium {
    href: String,
    kind: String,
}

impl Medium {
    /// That which a page would show: not the smallest, of a kind that browsers know.
    fn best(renditions: &Value) -> Option<Self> {
        // The first version has an object by name, the later ones a list.
        let named = renditions.as_object().filter(|map| !map.contains_key("href"));
        let named = named.into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), value.as_object()?)));
        let listed = renditions
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .map(|map| (part(map, "name"), map));
        let rank = |name: &str, map: &Map<String, Value>| {
            let kind = Self::kind(map);
            let is_small = name.to_lowercase().contains("thumb");
            let is_web = ["web", "main", "preview"].iter().any(|known| name.to_lowercase().contains(known));
            let is_shown = kind.is_empty()
                || ["jpeg", "jpg", "png", "gif", "webp", "mpeg", "mp4"].iter().any(|known| kind.contains(known));
            (is_shown, !is_small, is_web, map.get("width").and_then(Value::as_u64).unwrap_or(0))
        };
        named
            .chain(listed)
            .filter(|(_, map)| !part(map, "href").is_empty())
            .max_by_key(|(name, map)| rank(name, map))
            .map(|(_, map)| Self { href: part(map, "href"), kind: Self::kind(map) })
    }

    fn kind(map: &Map<String, Value>) -> String {
        ["mimetype", "contenttype", "contentType"]
            .iter()
            .map(|key| part(map, key))
            .find(|kind| !kind.is_empty())
            .unwrap_or_default()
    }

    fn what(&self, item: &str) -> String {
        let is = |what: &str| self.kind.starts_with(what) || item == what;
        (if is("audio") {
            "Audio"
        } else if is("video") {
            "Video"
        } else {
            ""
        })
        .to_owned()
    }
}

/// Items that go with this one: pictures are shown, others are listed.
fn associations(object: &Object<'_>, story: &mut Story) {
    let Some(value) = object.get("associations", "body") else { return };
    let named = value.as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object());
    let listed = value.as_array().into_iter().flatten().filter_map(Value::as_object);
    for item in named.chain(listed) {
        let inner = Object::new(item, false);
        let mut other = Story::default();
        let title = inner.text("headline", "title");
        let title = if title.is_empty() {
            by_role(&inner, "headlines", "title", &["main"]).into_iter().next().unwrap_or_default()
        } else {
            title
        };
        let mut caption = ["description_text", "description_caption", "body_text"]
            .iter()
            .map(|key| inner.text(key, ""))
            .find(|text| !text.is_empty());
        caption = caption.or_else(|| by_role(&inner, "descriptions", "", &["caption"]).into_iter().next());
        credit(&inner, &mut other);
        let credit = other.front.authors.join(", ");
        let medium = item.get("renditions").and_then(Medium::best);
        let kind = part(item, "type");
        match medium {
            Some(medium) if kind == "picture" || kind == "graphic" || medium.kind.starts_with("image") => {
                let caption = caption.map(|text| news::text(&text)).unwrap_or_default();
                story.figure(&Figure { src: medium.href, alt: title, caption, credit });
            }
            Some(medium) => {
                let what = medium.what(&kind);
                story.markdown(&news::link(if title.is_empty() { &what } else { &title }, &medium.href));
            }
            None => {
                let uri = part(item, "uri");
                let url = if uri.starts_with("http") { uri.clone() } else { String::new() };
                story.extra_record("package", &[("item", &uri), ("title", &title)]);
                if !title.is_empty() {
                    story.front.see_also.push(crate::article::SeeAlso { title, url, ..Default::default() });
                }
            }
        }
    }
}

/// What an item is about.
pub(super) fn people_and_places(object: &Object<'_>, story: &mut Story) {
    for (key, is_place) in [
        ("subject", false),
        ("subjects", false),
        ("person", false),
        ("people", false),
        ("organisation", false),
        ("organisations", false),
        ("event", false),
        ("events", false),
        ("object", false),
        ("objects", false),
        ("keywords", false),
        ("place", true),
        ("places", true),
    ] {
        let Some(value) = object.get(key, if is_place { "places" } else { "tags" }) else { continue };
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for thing in values {
            let name = name(thing);
            if is_place { story.place(&name) } else { story.tag(&name) }
        }
    }
    let located = object.get("located", "dateline").map(name).unwrap_or_default();
    if story.front.dateline.is_empty() {
        story.front.dateline = located;
    }
}

/// Keys that are kept under `extra`, and their names there.
const KEYS: [(&str, &str); 27] = [
    ("urgency", "urgency"),
    ("priority", "priority"),
    ("slugline", "slug"),
    ("ednote", "editorial_note"),
    ("edNote", "editorial_note"),
    ("copyrightholder", "copyright_holder"),
    ("copyrightHolder", "copyright_holder"),
    ("copyrightnotice", "rights"),
    ("copyrightNotice", "rights"),
    ("usageterms", "usage_terms"),
    ("usageTerms", "usage_terms"),
    ("infosource", "information_source"),
    ("infosources", "information_source"),
    ("infoSources", "information_source"),
    ("genre", "genre"),
    ("genres", "genre"),
    ("expires", "expires"),
    ("profile", "profile"),
    ("service", "service"),
    ("charcount", "characters"),
    ("wordcount", "words"),
    ("evolvedfrom", "evolved_from"),
    ("representationtype", "representation"),
    ("representationType", "representation"),
    ("altids", "other_ids"),
    ("altIds", "other_ids"),
    ("signals", "signal"),
];

/// What the front matter has no key for.
pub(super) fn others(object: &Object<'_>, story: &mut Story) {
    for (key, ours) in KEYS {
        if let Some(value) = object.get(key, "extra") {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in values {
                let text = name(value);
                let id = value.as_object().map(|map| {
                    map.iter()
                        .filter_map(|(key, value)| Some(format!("{key} {}", value.as_str()?)))
                        .collect::<Vec<_>>()
                        .join(", ")
                });
                story.extra(ours, &if text.is_empty() { id.unwrap_or_default() } else { text });
            }
        }
    }
    for key in ["trustindicator", "trustindicators", "trustIndicators"] {
        for indicator in object.get(key, "extra").map(objects).into_iter().flatten() {
            story.extra("trust_indicator", &[part(indicator, "title"), part(indicator, "href")].join(" "));
        }
    }
    for key in ["rightsinfo", "rightsInfo"] {
        if let Some(rights) = object.get(key, "extra").and_then(Value::as_object) {
            let texts = ["linkedrights", "linkedRights", "encodedrights", "encodedRights"].map(|key| part(rights, key));
            for text in &texts {
                story.extra("rights", text);
            }
        }
    }
    for key in ["standard", "$standard", "mimetype"] {
        object.drop(key, "of the transmission");
    }
    for (key, value) in object.rest(&["eventDetails", "eventdetails"]).filter(|(_, value)| value.is_string()) {
        let known = object.taken(key);
        if !known {
            object.get(key, "extra");
            story.extra(key, &said(value));
        }
    }
    event(object, story);
}

/// When and how something is to happen.
fn event(object: &Object<'_>, story: &mut Story) {
    if let Some(details) = object.get("eventDetails", "extra.event").and_then(Value::as_object) {
        for (key, value) in details {
            let text = match value {
                Value::Object(_) => ["date", "value", "name"]
                    .iter()
                    .find_map(|key| value.get(*key)?.as_str())
                    .unwrap_or_default()
                    .to_owned(),
                value => said(value),
            };
            story.extra(&format!("event_{key}"), &text);
        }
    }
}
