//! Raw HTML in a body: written as it is, and the whole body then put through an allow-list.

use super::escape_attribute;
use crate::markup::tree::guard;
use ammonia::Builder;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Appends raw HTML and tells whether it needs the sanitiser. A line break alone does not; a comment is left out.
pub(super) fn write(html: &str, base_path: &str, out: &mut String) -> bool {
    let text = html.trim();
    if matches!(text, "<br>" | "<br/>" | "<br />") {
        out.push_str("<br>");
        return false;
    }
    if text.is_empty() || (text.starts_with("<!--") && text.find("-->") == text.len().checked_sub(3)) {
        return false;
    }
    let mut rest = html;
    while let Some(at) = root_relative(rest).filter(|_| !base_path.is_empty()) {
        out.push_str(&rest[..at]);
        escape_attribute(base_path, out);
        out.push('/');
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    true
}

/// Where the first root-relative address of an attribute begins.
fn root_relative(html: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    memchr::memchr_iter(b'=', bytes).find_map(|at| {
        let before = bytes.get(..at)?;
        let named = [b"href".as_slice(), b"src"]
            .iter()
            .any(|name| before.len() > name.len() && before[at - name.len()..].eq_ignore_ascii_case(name));
        let start = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'"' | b'\'')));
        let rooted = bytes.get(start) == Some(&b'/') && !matches!(bytes.get(start + 1), Some(b'/' | b'\\'));
        (named && rooted).then_some(start)
    })
}

/// Replaces everything from `start` by what of it is harmless.
pub(super) fn sanitise(out: &mut String, start: usize) {
    let clean = SANITISER.clean(&guard(&out[start..])).to_string();
    out.truncate(start);
    out.push_str(&clean);
}

/// What a body may hold: the elements of prose with few attributes, and the markup that this module writes itself.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(words(TAGS))
        .clean_content_tags(HashSet::from([
            "script", "style", "noscript", "template", "svg", "math", "iframe", "object",
        ]))
        .tag_attributes(HashMap::from(ATTRIBUTES.map(|(tag, names)| (tag, words(names)))))
        .generic_attributes(HashSet::from(["lang", "dir", "title"]))
        .allowed_classes(HashMap::from(CLASSES.map(|(tag, names)| (tag, words(names)))))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .set_tag_attribute_value("img", "loading", "lazy")
        .link_rel(Some("noopener"))
        .attribute_filter(|_, name, value| keep(name, value).then_some(Cow::Borrowed(value)));
    builder
});

fn words(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

/// Anchors and languages only in the forms that this module writes, so that none takes the name of a page's own part.
fn keep(name: &str, value: &str) -> bool {
    let is_slug = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    match name {
        "id" => is_slug(value.strip_prefix("fn:").or_else(|| value.strip_prefix("fnref:")).unwrap_or(value)),
        "role" => matches!(value, "region" | "doc-noteref" | "doc-backlink" | "doc-endnotes"),
        "tabindex" => value == "0",
        "decoding" => value == "async",
        _ => true,
    }
}

const TAGS: &str = "a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup dd del \
    details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp \
    section small span strong strike sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr";

const ATTRIBUTES: [(&str, &str); 18] = [
    ("a", "href id role"),
    ("blockquote", "cite"),
    ("col", "span"),
    ("del", "datetime"),
    ("div", "tabindex role aria-label"),
    ("h2", "id"),
    ("h3", "id"),
    ("h4", "id"),
    ("h5", "id"),
    ("h6", "id"),
    ("img", "src alt width height loading decoding"),
    ("ins", "datetime"),
    ("li", "id value"),
    ("ol", "start reversed"),
    ("section", "role"),
    ("td", "colspan rowspan headers"),
    ("th", "colspan rowspan headers scope"),
    ("time", "datetime"),
];

const CLASSES: [(&str, &str); 7] = [
    ("div", "table"),
    ("figure", "figure figure-lost pull-quote"),
    ("p", "figure-alt"),
    ("section", "footnotes"),
    ("sup", "footnote-ref"),
    ("td", "align-left align-center align-right"),
    ("th", "align-left align-center align-right"),
];
