//! The text of a post as HTML: blocks of its editor, shortcodes, and paragraphs that were typed as such.

use super::blog::Blog;
use super::shortcodes;
use crate::convert::xml::escaped;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a text is read with.
pub(super) struct Context<'c> {
    pub(super) blog: &'c Blog,
    /// The number of the post.
    pub(super) post: &'c str,
    /// What settings say of shortcodes.
    pub(super) own: &'c BTreeMap<String, String>,
    /// What is left out, and why.
    pub(super) dropped: Vec<(String, &'static str)>,
}

/// How deep blocks that posts reuse may show each other.
const DEEPEST: usize = 3;

impl Context<'_> {
    /// The text as HTML.
    pub(super) fn html(&mut self, text: &str) -> String {
        let mut text = Cow::Borrowed(text);
        for _ in 0..DEEPEST {
            if memchr::memmem::find(text.as_bytes(), b"<!-- wp:block ").is_none() {
                break;
            }
            text = Cow::Owned(self.reused(&text));
        }
        let has_blocks = memchr::memmem::find(text.as_bytes(), b"<!-- wp:").is_some();
        if has_blocks {
            self.note_drawn(&text);
        }
        let text = if memchr::memchr(b'[', text.as_bytes()).is_some() {
            Cow::Owned(shortcodes::expand(&text, self))
        } else {
            text
        };
        paragraphs(&text, has_blocks)
    }

    /// The text with the blocks that it shares with other posts.
    fn reused(&self, text: &str) -> String {
        const OPEN: &str = "<!-- wp:block ";
        /// A block that shows itself, or a chain of them, must not fill the memory.
        const LARGEST: usize = 4 << 20;
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(OPEN) {
            let (before, block) = rest.split_at(at);
            out.push_str(before);
            let end = block.find("-->").map_or(block.len(), |end| end + 3);
            let (block, after) = block.split_at(end);
            let number = block.split("\"ref\":").nth(1).unwrap_or_default();
            let number = number.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            if let Some(inner) = self.blog.block(number).filter(|inner| out.len() + inner.len() < LARGEST) {
                out.push_str(inner);
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Notes the blocks that have no text of their own.
    fn note_drawn(&mut self, text: &str) {
        for at in memchr::memmem::find_iter(text.as_bytes(), b"<!-- wp:") {
            let rest = text.get(at + 8..).unwrap_or_default();
            let Some(block) = rest.find("-->").and_then(|end| rest.get(..end)) else { break };
            if block.trim_end().ends_with('/') && self.dropped.len() < 100 {
                let name = block.split_whitespace().next().unwrap_or_default();
                self.dropped.push((format!("block {name}"), "drawn by WordPress when a page is shown"));
            }
        }
    }
}

/// Elements that stand by themselves, so that a line that begins with one is no paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
];

/// Makes paragraphs of lines, as `wpautop` of `WordPress` does where a text was typed without the editor of blocks: blank
/// lines part them, and single ends of lines are kept. An address alone on its line is a link, as what it leads to would
/// be shown there.
fn paragraphs(text: &str, has_blocks: bool) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut open = false;
    let mut verbatim: Option<&'static str> = None;
    for line in text.split('\n') {
        let line = line.trim_end_matches('\r');
        let bare = line.trim();
        if let Some(end) = verbatim {
            out.push_str(line);
            out.push('\n');
            if line.contains(end) {
                verbatim = None;
            }
            continue;
        }
        let name = tag_name(bare);
        verbatim = [("pre", "</pre>"), ("script", "</script>"), ("style", "</style>")]
            .into_iter()
            .find(|(tag, end)| name == *tag && !bare.contains(end))
            .map(|(_, end)| end);
        let is_block = BLOCKS.binary_search(&name).is_ok() || bare.starts_with("<!--");
        if has_blocks || is_block || bare.is_empty() {
            if open {
                out.push_str("</p>\n");
                open = false;
            }
            match address(bare) {
                Some(address) => out.push_str(&link(address)),
                None => out.push_str(line),
            }
            out.push('\n');
            continue;
        }
        out.push_str(if open { "<br>\n" } else { "<p>" });
        open = true;
        match address(bare) {
            Some(address) => out.push_str(&link(address)),
            None => out.push_str(line),
        }
    }
    if open {
        out.push_str("</p>\n");
    }
    out
}

/// The name of the element whose tag a line begins with; empty where it begins with none.
fn tag_name(line: &str) -> &str {
    let Some(rest) = line.strip_prefix('<') else { return "" };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// A line that is an address and nothing else.
fn address(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"))?;
    (!rest.is_empty() && !rest.contains([' ', '<', '"', '\t'])).then_some(line)
}

fn link(address: &str) -> String {
    let address = escaped(address);
    format!("<p><a href=\"{address}\">{address}</a></p>")
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, paragraphs};

    #[test]
    fn names_are_in_order() {
        assert!(BLOCKS.is_sorted());
    }

    #[test]
    fn lines_become_paragraphs() {
        let text = "One\ntwo\n\n<h2>Three</h2>\nFour\n<pre>\na\n\nb</pre>\nhttp://saltmere.example/film\n";
        assert_eq!(
            paragraphs(text, false),
            "<p>One<br>\ntwo</p>\n\n<h2>Three</h2>\n<p>Four</p>\n<pre>\na\n\nb</pre>\n\
             <p><p><a href=\"http://saltmere.example/film\">http://saltmere.example/film</a></p></p>\n\n"
        );
    }
}
