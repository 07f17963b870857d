//! Preformatted text: program code, or the typewriter text of pages from the early web.

use super::{Attribute, NodeId, Tag, Writer};

impl Writer<'_> {
    pub(super) fn preformatted(&mut self, id: NodeId) {
        let tree = self.part.tree;
        let text: String = tree.descendants(id).map(|node| tree.text(node)).collect();
        let text = text.trim_matches(['\n', '\r']).trim_end();
        if text.trim().is_empty() {
            return;
        }
        let class = tree.attribute_or_empty(id, Attribute::Class);
        let code = tree.children(id).find(|node| tree.tag(*node) == Tag::Code);
        if code.is_some() || class.contains("code") || class.contains("lang") {
            let class = code.map_or(class, |code| tree.attribute_or_empty(code, Attribute::Class));
            self.settle_crosshead(true);
            return self.blocks.write(&fenced(text, class.split_ascii_whitespace().find_map(language).unwrap_or("")));
        }
        for paragraph in paragraphs(text) {
            let letters: usize = paragraph.iter().map(|line| line.chars().count()).sum();
            // Lines of prose were wrapped at a column; short ones are verse, an address or a list.
            let wrapped = letters > paragraph.len() * 40;
            for line in paragraph {
                self.inline.text(line);
                if wrapped { self.inline.text(" ") } else { self.inline.line_break() }
            }
            self.end_paragraph();
        }
    }
}

/// The lines of each paragraph, without the blank ones between.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()).map(<[&str]>::to_vec).collect()
}

/// `rust` from `language-rust`.
fn language(class: &str) -> Option<&str> {
    class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))
}

/// A block of code, in a fence longer than any in it.
pub(super) fn fenced(code: &str, language: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{code}\n{fence}")
}
