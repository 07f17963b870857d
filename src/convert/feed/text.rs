//! The texts of an entry: plain, as HTML, or as XHTML among the elements of the feed.

use super::Feed;
use crate::convert::news;
use crate::convert::xml::{self, Become, Id};

/// A text.
pub(super) enum Words {
    Html {
        html: String,
        /// The address that its relative ones start from.
        base: String,
    },
    Plain(String),
}

impl Words {
    /// On one line, without marks.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Html { html, .. } => news::text(html),
            Self::Plain(text) => crate::convert::shape::collapse(text).into_owned(),
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Html { html: text, .. } | Self::Plain(text) => text.trim().is_empty(),
        }
    }
}

/// The first of these elements of an entry that says something; it becomes `field`.
pub(super) fn find(feed: &Feed<'_>, entry: Id, names: &[&str], field: &'static str) -> Option<Words> {
    let document = feed.document;
    // Of several contents the one that is a text, and of those the longest, is the article.
    for name in names {
        let mut best: Option<(usize, Id, Words)> = None;
        for id in document.all(entry, name) {
            let Some(words) = read(feed, id).filter(|words| !words.is_blank()) else { continue };
            let length = document.text(id).len();
            if best.as_ref().is_none_or(|(longest, ..)| length > *longest) {
                best = Some((length, id, words));
            }
        }
        if let Some((_, id, words)) = best {
            document.keep(id, field);
            return Some(words);
        }
    }
    None
}

fn read(feed: &Feed<'_>, id: Id) -> Option<Words> {
    let document = feed.document;
    let kind = document.attribute_or_empty(id, "type").to_ascii_lowercase();
    let mode = document.attribute_or_empty(id, "mode").to_ascii_lowercase();
    let base = feed.base(id);
    if let Some(address) = document.attribute(id, "src") {
        let address = news::web(&base, &address);
        let shown = xml::escaped(&address);
        return Some(Words::Html { html: format!("<p><a href=\"{shown}\">{shown}</a></p>"), base });
    }
    if !matches!(kind.as_str(), "" | "text" | "html" | "xhtml") && !kind.starts_with("text/") && !kind.contains("xml") {
        // Pictures and the like, as base64.
        return None;
    }
    if document.elements(id).next().is_some() {
        let html = xml::html(document, id, &|_| Become::Same);
        return Some(Words::Html { html, base });
    }
    let text = document.text(id).into_owned();
    let text = if mode == "base64" { crate::convert::news::base64(&text)? } else { text };
    let is_plain = matches!(kind.as_str(), "text" | "text/plain") && mode != "escaped" && mode != "base64";
    let is_atom = matches!(document.name(document.parent(id)), "entry" | "feed");
    // Atom's texts are plain unless they say what they are; RSS never says.
    let is_plain = is_plain || (is_atom && kind.is_empty() && mode.is_empty() && !news::is_html(&text));
    if is_plain || !(kind.contains("html") || news::is_html(&text)) {
        return Some(Words::Plain(text));
    }
    Some(Words::Html { html: text, base })
}

/// Longest text of a summary that is not taken for a whole article; letters.
const SHORT: usize = 600;

/// Whether a text is only the beginning of an article: a short summary, or one that says that it goes on elsewhere.
pub(super) fn is_teaser(markdown: &str, is_summary: bool) -> bool {
    let text = markdown.trim_end();
    if text.is_empty() {
        return is_summary;
    }
    let start = text.ceil_char_boundary(text.len().saturating_sub(200));
    let end = text[start..].to_lowercase();
    let last = end.rsplit("\n\n").next().unwrap_or_default();
    let goes_on = [
        "continue reading",
        "read more",
        "read the full",
        "read the rest",
        "weiterlesen",
        "lire la suite",
        "the post [",
    ];
    let is_cut =
        ["…", "...", "\\[…]", "[…]", "[...]", "\\[...]", "\\[&hellip;]"].iter().any(|sign| last.ends_with(sign));
    if goes_on.iter().any(|words| last.contains(words)) || is_cut {
        return true;
    }
    let paragraphs = text.split("\n\n").count();
    is_summary && text.chars().count() < SHORT && paragraphs < 3
}
