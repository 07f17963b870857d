//! Structured data for search engines: schema.org `NewsArticle` as JSON-LD.

use super::Site;
use super::views::Head;
use crate::archive::{Entry, TaxonomyKind};
use crate::article::FrontMatter;
use serde_json::json;

/// The `NewsArticle` of an article, safe to stand in a script element.
pub(super) fn article(site: Site<'_>, entry: &Entry, front: &FrontMatter, head: &Head) -> tera::Value {
    let published = entry.date.map(|date| date.to_string());
    let names = site.archive.names(TaxonomyKind::Authors, &entry.authors);
    let people: Vec<_> = names.map(|name| json!({ "@type": "Person", "name": name })).collect();
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": head.title,
        "mainEntityOfPage": head.canonical,
        "publisher": { "@type": "NewsMediaOrganization", "name": site.config.title, "url": site.config.absolute("/") },
    });
    let Some(fields) = data.as_object_mut() else { return tera::Value::none() };
    let mut add = |key: &str, value: serde_json::Value| {
        fields.insert(key.to_owned(), value);
    };
    if let Some(published) = published {
        add("datePublished", json!(published));
    }
    if let Some(updated) = entry.updated {
        add("dateModified", json!(updated.to_string()));
    }
    if !people.is_empty() {
        add("author", json!(people));
    }
    if !head.description.is_empty() {
        add("description", json!(head.description));
    }
    if !head.preview.is_empty() {
        add("image", json!([head.preview]));
    }
    if entry.section != 0 {
        add("articleSection", json!(site.archive.section(entry.section).title));
    }
    if !front.dateline.is_empty() {
        add("dateline", json!(front.dateline));
    }
    safe(&data)
}

/// JSON in which nothing can end the script element it stands in.
fn safe(data: &serde_json::Value) -> tera::Value {
    let mut text = String::with_capacity(512);
    for c in data.to_string().chars() {
        match c {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            c => text.push(c),
        }
    }
    tera::Value::safe_string(&text)
}
