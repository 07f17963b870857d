//! Structured data for search engines: schema.org `NewsArticle` as JSON-LD.

use super::Site;
use super::views::Head;
use crate::archive::{Entry, TaxonomyKind};
use crate::article::FrontMatter;
use std::fmt::Write as _;

/// The `NewsArticle` of an article, safe to stand in a script element.
pub(super) fn article(site: Site<'_>, entry: &Entry, front: &FrontMatter, head: &Head) -> tera::Value {
    let mut out = String::with_capacity(512 + head.title.len() + head.description.len());
    out.push_str(r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"#);
    string(&mut out, &head.title);
    field(&mut out, "mainEntityOfPage", &head.canonical);
    out.push_str(r#","publisher":{"@type":"NewsMediaOrganization","name":"#);
    string(&mut out, &site.config.title);
    field(&mut out, "url", &site.config.absolute("/"));
    out.push('}');
    if let Some(published) = entry.date {
        field(&mut out, "datePublished", &published.to_string());
    }
    if let Some(updated) = entry.updated {
        field(&mut out, "dateModified", &updated.to_string());
    }
    for (nth, name) in site.archive.names(TaxonomyKind::Authors, entry.authors()).enumerate() {
        out.push_str(if nth == 0 { r#","author":["# } else { "," });
        out.push_str(r#"{"@type":"Person","name":"#);
        string(&mut out, name);
        out.push('}');
    }
    if site.archive.names(TaxonomyKind::Authors, entry.authors()).next().is_some() {
        out.push(']');
    }
    if !head.description.is_empty() {
        field(&mut out, "description", &head.description);
    }
    if !head.preview.is_empty() {
        out.push_str(r#","image":["#);
        string(&mut out, &head.preview);
        out.push(']');
    }
    if entry.section != 0 {
        field(&mut out, "articleSection", &site.archive.section(entry.section).title);
    }
    if !front.dateline.is_empty() {
        field(&mut out, "dateline", &front.dateline);
    }
    out.push('}');
    tera::Value::safe_string(&out)
}

/// One more field whose value is a text.
fn field(out: &mut String, name: &str, text: &str) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
    string(out, text);
}

/// A text as a JSON string (RFC 8259, section 7) in which nothing can end the script element it stands in.
fn string(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let code = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..' ' => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(code);
        if code.is_empty() {
            // Writing into a string cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_json_and_ends_no_script() {
        let text = "The \"Skerry\"\u{2028}</script>\\ \u{1} & more\n\r\t\u{8} – end";
        let mut out = String::new();
        string(&mut out, text);
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        assert!(!out.contains(['<', '>', '&', '\u{2028}', '\u{1}', '\n']), "{out}");
    }
}
