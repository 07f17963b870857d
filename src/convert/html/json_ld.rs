//! JSON-LD: what publishers tell search engines about an article, by <https://schema.org/NewsArticle>.

use super::candidate::{Candidates, Field};
use super::plain;
use crate::markup::tree::{Attribute, Tag, Tree};
use serde_json::Value;

/// Most values of one page that are looked at.
const MOST: usize = 20_000;

/// Gathers what the page's JSON-LD says of the article.
pub(super) fn gather(tree: &Tree, candidates: &mut Candidates) {
    let is_data =
        |id: &u32| tree.tag(*id) == Tag::Script && tree.attribute_or_empty(*id, Attribute::Type).contains("ld+json");
    let scripts = tree.descendants(0).filter(is_data);
    let texts = scripts.map(|id| tree.children(id).map(|text| tree.text(text)).collect::<String>());
    let graphs: Vec<Value> = texts.filter_map(|text| parse(&text).or_else(|| pick(&text))).collect();
    let objects = objects(&graphs);
    let article = objects.iter().filter(|object| is_article(object)).max_by_key(|object| {
        // Of several, the one that says most; a page may describe the stories it links to as well.
        let has = |key: &str| u8::from(object.get(key).is_some());
        (has("articleBody"), has("headline") + has("datePublished") + has("author") + has("image"))
    });
    if let Some(article) = article {
        of_article(article, &objects, candidates);
    }
    if let Some(page) = objects.iter().find(|object| is_type(object, |name| name == "WebPage" || name == "ItemPage")) {
        of_page(page, &objects, candidates);
    }
    for site in
        objects.iter().filter(|object| is_type(object, |name| name == "WebSite" || name.ends_with("Organization")))
    {
        candidates.add(Field::Site, &text(site.get("name")), "JSON-LD name", 30);
    }
}

/// Parses what is written as JSON, with the faults that templates make: comments around it and line ends in strings.
fn parse(text: &str) -> Option<Value> {
    let text =
        text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("/*<![CDATA[*/");
    let text =
        text.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("/*]]>*/").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let tame: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&tame).ok()
    })
}

/// What can be read of an article's description that is no JSON: the first strings with the names that matter.
fn pick(text: &str) -> Option<Value> {
    let kind = find(text, "@type").filter(|kind| is_article_type(kind))?;
    let mut picked = serde_json::Map::from_iter([("@type".to_owned(), Value::String(kind))]);
    for key in ["headline", "datePublished", "dateModified"] {
        picked.extend(find(text, key).map(|value| (key.to_owned(), Value::String(value))));
    }
    let author = text.split_once("\"author\"").and_then(|(_, rest)| find(rest, "name"));
    picked.extend(author.map(|name| ("author".to_owned(), Value::String(name))));
    Some(Value::Object(picked))
}

/// The string after the first `"key":`, if it ends on its line.
fn find(text: &str, key: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("\"{key}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let rest = rest.strip_prefix('[').unwrap_or(rest).trim_start().strip_prefix('"')?;
    let line = rest.lines().next()?;
    // Quotation marks that nobody escaped are in the value; it ends before a comma or the end of the line.
    let ends = line
        .match_indices('"')
        .map(|(at, _)| at)
        .filter(|at| !line.get(..*at).is_some_and(|before| before.ends_with('\\')));
    let is_last = |at: &usize| {
        let after = line.get(at + 1..).unwrap_or_default().trim_start();
        after.is_empty() || after.starts_with([',', '}', ']'])
    };
    let value = line.get(..ends.into_iter().find(is_last)?)?;
    serde_json::from_str(&format!("\"{value}\"")).ok().or_else(|| Some(value.to_owned()))
}

/// All objects, outer ones first.
fn objects(graphs: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Value> = graphs.iter().rev().collect();
    let mut seen = 0;
    while let Some(value) = waiting.pop().filter(|_| seen < MOST) {
        seen += 1;
        match value {
            Value::Object(map) => {
                found.push(value);
                waiting.extend(map.values().rev());
            }
            Value::Array(values) => waiting.extend(values.iter().rev()),
            _ => {}
        }
    }
    found
}

fn is_type(object: &Value, wanted: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(name)) => wanted(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(wanted),
        _ => false,
    }
}

fn is_article_type(name: &str) -> bool {
    let name = name.rsplit(['/', ':']).next().unwrap_or(name);
    name.ends_with("Article") || name.ends_with("Posting") || matches!(name, "Report" | "Review" | "CreativeWork")
}

fn is_article(object: &Value) -> bool {
    is_type(object, is_article_type) && (object.get("headline").is_some() || object.get("articleBody").is_some())
}

fn of_article(article: &Value, objects: &[&Value], candidates: &mut Candidates) {
    let mut add = |field, key: &str, from, trust| candidates.add(field, &text(article.get(key)), from, trust);
    add(Field::Title, "headline", "JSON-LD headline", 80);
    add(Field::Title, "name", "JSON-LD name", 50);
    add(Field::Published, "datePublished", "JSON-LD datePublished", 80);
    add(Field::Published, "dateCreated", "JSON-LD dateCreated", 40);
    add(Field::Modified, "dateModified", "JSON-LD dateModified", 80);
    add(Field::Description, "description", "JSON-LD description", 60);
    add(Field::Language, "inLanguage", "JSON-LD inLanguage", 40);
    for kind in each(article.get("@type")) {
        candidates.add(Field::Kind, &text(Some(kind)), "JSON-LD @type", 60);
    }
    for name in ["url", "mainEntityOfPage"] {
        let value = article.get(name);
        let url = value.and_then(|value| value.get("@id").or_else(|| value.get("url"))).or(value);
        candidates.add(Field::Canonical, url.and_then(Value::as_str).unwrap_or_default(), "JSON-LD url", 60);
    }
    let body = article.get("articleBody").and_then(Value::as_str).unwrap_or_default();
    candidates.add(Field::Text, body, "JSON-LD articleBody", 60);
    of_authors(article, objects, candidates);
    for section in each(article.get("articleSection")).take(1) {
        candidates.add(Field::Section, &text(Some(section)), "JSON-LD articleSection", 60);
    }
    for keyword in each(article.get("keywords")) {
        candidates.add(Field::Tag, &text(Some(keyword)), "JSON-LD keywords", 60);
    }
    if let Some(image) = each(article.get("image")).chain(each(article.get("thumbnailUrl"))).next() {
        let image = refer(image, objects);
        let url = image.get("url").or_else(|| image.get("contentUrl")).unwrap_or(image);
        candidates.add(Field::Image, url.as_str().unwrap_or_default(), "JSON-LD image", 60);
        candidates.add(
            Field::ImageCaption,
            &text(image.get("caption").or(image.get("description"))),
            "JSON-LD image",
            60,
        );
        let credit = ["creditText", "copyrightNotice", "creator", "author"].iter().find_map(|key| image.get(key));
        let credit = credit.and_then(|credit| each(Some(credit)).next()).map(|credit| refer(credit, objects));
        candidates.add(Field::ImageCredit, &text(credit), "JSON-LD image", 60);
    }
    let publisher = article.get("publisher").map(|publisher| refer(publisher, objects));
    candidates.add(Field::Site, &text(publisher.and_then(|publisher| publisher.get("name"))), "JSON-LD publisher", 60);
}

/// The authors. An organisation alone is the paper more often than not.
fn of_authors(article: &Value, objects: &[&Value], candidates: &mut Candidates) {
    let stated = each(article.get("author")).chain(each(article.get("creator")));
    let authors: Vec<&Value> = stated.map(|author| refer(author, objects)).collect();
    let is_organisation = |author: &&Value| is_type(author, |name| name.ends_with("Organization"));
    let alone = authors.iter().all(is_organisation);
    for author in &authors {
        let (from, trust) = if alone { ("JSON-LD author (organization)", 38) } else { ("JSON-LD author", 80) };
        for name in each(author.get("name").or(Some(author))).map(|name| text(Some(name))) {
            candidates.add(Field::Author, &name, from, trust);
        }
        if author.get("name").is_none() {
            let part = |key: &str| text(author.get(key));
            candidates.add(Field::Author, &format!("{} {}", part("givenName"), part("familyName")), from, trust);
        }
    }
}

/// What the description of the page says, which some pages give in place of the article's.
fn of_page(page: &Value, objects: &[&Value], candidates: &mut Candidates) {
    let mut add = |field, key: &str, from, trust| candidates.add(field, &text(page.get(key)), from, trust);
    add(Field::Published, "datePublished", "JSON-LD page datePublished", 62);
    add(Field::Modified, "dateModified", "JSON-LD page dateModified", 62);
    for author in each(page.get("author")) {
        candidates.add(Field::Author, &text(refer(author, objects).get("name")), "JSON-LD page author", 61);
    }
}

/// A value, or each of a list.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (one, many) = match value {
        Some(Value::Array(values)) => (None, values.as_slice()),
        value => (value, &[][..]),
    };
    one.into_iter().chain(many)
}

/// The object that a value stands for: `{"@id": …}` alone is a reference to one described elsewhere.
fn refer<'a>(value: &'a Value, objects: &[&'a Value]) -> &'a Value {
    let Some(id) = value.get("@id").filter(|_| value.get("name").is_none() && value.get("url").is_none()) else {
        return value;
    };
    let described =
        |object: &&&Value| object.get("@id") == Some(id) && object.as_object().is_some_and(|map| map.len() > 1);
    objects.iter().find(described).copied().unwrap_or(value)
}

/// The words of a string, or of the first string of a list.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => plain(text),
        Some(Value::Array(values)) => values.first().and_then(Value::as_str).map_or_else(String::new, plain),
        Some(Value::Object(map)) => map.get("name").and_then(Value::as_str).map_or_else(String::new, plain),
        _ => String::new(),
    }
}
