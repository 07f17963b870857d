//! Namespaces, by the prefixes that everybody gives them.

use quick_xml::events::attributes::Attributes;

/// Beginnings of the names of namespaces, and the prefix that stands for each; the names of those with an empty one are
/// written without.
const KNOWN: &[(&str, &str)] = &[
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/dc/elements/", "dc"),
    ("purl.org/dc/terms/", "dcterms"),
    ("search.yahoo.com/mrss", "media"),
    ("www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("wordpress.org/export/1.0/excerpt", "excerpt"),
    ("wordpress.org/export/1.1/excerpt", "excerpt"),
    ("wordpress.org/export/1.2/excerpt", "excerpt"),
    ("wordpress.org/export/", "wp"),
    ("purl.org/rss/1.0/modules/slash", "slash"),
    ("wellformedweb.org/commentapi", "wfw"),
    ("www.w3.org/2005/atom", "atom"),
    ("purl.org/atom/ns", "atom"),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("www.w3.org/1999/xhtml", "xhtml"),
    ("www.georss.org/georss", "georss"),
    ("purl.org/rss/1.0/", ""),
    ("my.netscape.com/rdf/simple/0.9", ""),
    ("iptc.org/std/nar/", ""),
    ("iptc.org/std/nitf/", ""),
];

/// What the prefixes of a document stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::convert) struct Spaces {
    /// As the document writes them, and as they are known here.
    known: Vec<(String, &'static str)>,
}

/// Most prefixes that a document may have.
const MOST: usize = 64;

impl Spaces {
    /// Takes note of a declaration.
    fn declare(&mut self, prefix: &str, name: &str) {
        let name = name.trim().to_ascii_lowercase();
        let name = name.strip_prefix("http://").or_else(|| name.strip_prefix("https://")).unwrap_or(&name);
        let Some((_, usual)) = KNOWN.iter().find(|(start, _)| name.starts_with(start)) else { return };
        let is_new = || !self.known.iter().any(|(known, meant)| known == prefix && meant == usual);
        if prefix != *usual && !prefix.is_empty() && self.known.len() < MOST && is_new() {
            self.known.push((prefix.to_owned(), usual));
        }
    }

    /// Takes note of all declarations among attributes as they are written.
    pub(super) fn declare_all(&mut self, raw: &str) {
        for attribute in Attributes::html(raw, 0).with_checks(false).map_while(Result::ok) {
            let key: &str = attribute.key.as_ref();
            if let Some(prefix) = key.strip_prefix("xmlns:") {
                self.declare(prefix, &attribute.value);
            }
        }
    }

    /// The outermost element's own prefix stands for no other namespace than the document's.
    pub(super) fn home(&mut self, prefix: &str) {
        if !prefix.is_empty() && !matches!(prefix, "rdf") {
            self.known.insert(0, (prefix.to_owned(), ""));
        }
    }

    /// The usual prefix for a written one.
    pub(super) fn usual<'a>(&self, prefix: &'a str) -> &'a str {
        if self.known.is_empty() || prefix.is_empty() {
            return prefix;
        }
        self.known.iter().find(|(written, _)| written == prefix).map_or(prefix, |(_, usual)| usual)
    }
}
