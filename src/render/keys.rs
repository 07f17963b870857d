//! What each template's text depends on, as one hash: its own source, all that it extends, includes and calls, and the
//! fields of the site that these name.

use super::layers::Templates;
use crate::page::hashing::hash_of;
use std::collections::{BTreeMap, BTreeSet};
use tera::Value;

/// The key of every template, by name. `site` is what templates see under that name.
pub(super) fn keys(
    templates: &Templates,
    site: &Value,
    addresses: &BTreeMap<String, String>,
    words: u128,
) -> BTreeMap<String, u128> {
    let names: Vec<&str> = templates.names().collect();
    let key = |name: &str| {
        let closure = closure(templates, &names, name);
        let texts: Vec<&str> = closure.iter().filter_map(|name| templates.text(name)).collect();
        let mut fields = BTreeSet::new();
        for text in &texts {
            add_fields(text, &mut fields);
        }
        let values: Vec<Value> = fields.iter().map(|field| value(site, field)).collect();
        // With a literal name the address stands in the text already; it may also be asked for by another.
        let assets = texts.iter().any(|text| text.contains("asset(")).then_some(addresses);
        // Words that stand for themselves are in the text already.
        let asks =
            closure.iter().any(|name| templates.get(name).is_some_and(|template| template.prepared.asks_for_words));
        hash_of(&(&closure, &texts, fields, values, assets, asks.then_some(words)))
    };
    names.iter().map(|name| ((*name).to_owned(), key(name))).collect()
}

/// The template, and all templates that it needs. A name in quotes counts as needed, and so does a component whose name
/// stands anywhere: one too many makes a page once too often, one too few would leave it as it was.
fn closure<'a>(templates: &'a Templates, names: &[&'a str], name: &'a str) -> BTreeSet<&'a str> {
    let mut closure = BTreeSet::from([name]);
    let mut open = vec![name];
    while let Some(text) = open.pop().map(|name| templates.text(name).unwrap_or_default()) {
        for other in names {
            let quoted = || ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("{quote}{other}{quote}")));
            let called = || templates.components_of(other).iter().any(|component| text.contains(component.as_str()));
            if !closure.contains(other) && (quoted() || called()) {
                closure.insert(other);
                open.push(other);
            }
        }
    }
    closure
}

/// The fields of the site that a template names, as `nav` or `settings.accent`; an empty one for all of it.
fn add_fields<'a>(text: &'a str, fields: &mut BTreeSet<&'a str>) {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for (at, _) in text.match_indices("site") {
        let before = text[..at].chars().next_back();
        let after = &text[at + "site".len()..];
        if before.is_some_and(|c| is_name(c) || c == '.') || after.starts_with(is_name) {
            continue;
        }
        let field = after.strip_prefix('.').unwrap_or("");
        let end = field.find(|c| !is_name(c)).unwrap_or(field.len());
        let (first, rest) = field.split_at(end);
        let second = rest.strip_prefix('.').filter(|_| first == "settings").unwrap_or("");
        let end = second.find(|c| !is_name(c)).map_or(second.len(), |end| end);
        fields.insert(if end == 0 { first } else { &field[..first.len() + 1 + end] });
    }
}

fn value(site: &Value, field: &str) -> Value {
    let part = |value: &Value, name: &str| {
        value
            .as_map()
            .and_then(|map| map.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, value)| value.clone()))
    };
    let mut value = Some(site.clone());
    for name in field.split('.').filter(|name| !name.is_empty()) {
        value = value.and_then(|value| part(&value, name));
    }
    value.unwrap_or_else(Value::none)
}
