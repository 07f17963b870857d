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
        let own = tree.attribute_or_empty(id, Attribute::Class);
        // Some put the pre into a box that says what it is.
        let around = tree.attribute_or_empty(tree.parent(id), Attribute::Class);
        let class = if around.contains("highlight") && own.is_empty() { around } else { own };
        let code = tree.children(id).find(|node| tree.tag(*node) == Tag::Code);
        if code.is_some() || ["code", "lang", "highlight"].iter().any(|word| class.contains(word)) {
            let class = code.map(|code| tree.attribute_or_empty(code, Attribute::Class)).filter(|own| !own.is_empty());
            let class = class.unwrap_or(around).to_owned() + " " + own;
            self.settle_crosshead(true);
            return self.blocks.write(&fenced(text, class.split_ascii_whitespace().find_map(language).unwrap_or("")));
        }
        for paragraph in paragraphs(text) {
            if is_tabular(&paragraph) {
                self.settle_crosshead(true);
                let indent = paragraph.iter().map(|line| indent(line)).min().unwrap_or(0);
                let lines: Vec<&str> =
                    paragraph.iter().map(|line| line.get(indent..).unwrap_or(line).trim_end()).collect();
                self.blocks.write(&fenced(&lines.join("\n"), ""));
                continue;
            }
            let letters: usize = paragraph.iter().map(|line| line.trim().chars().count()).sum();
            // Lines of prose were wrapped at a column; short ones are verse, an address or a list.
            let wrapped = letters > paragraph.len() * 40;
            for (nth, line) in paragraph.iter().enumerate() {
                if wrapped && nth > 0 && begins_paragraph(&paragraph, nth) {
                    self.end_paragraph();
                }
                self.inline.text(line.trim());
                if wrapped { self.inline.text(" ") } else { self.inline.line_break() }
            }
            self.end_paragraph();
        }
    }
}

/// The lines of each stretch without blank ones.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().collect();
    lines.split(|line| line.trim().is_empty()).filter(|lines| !lines.is_empty()).map(<[&str]>::to_vec).collect()
}

/// How many bytes of white space a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether the lines are rows of columns, as those of tables and results.
fn is_tabular(lines: &[&str]) -> bool {
    let rows = lines.iter().filter(|line| line.trim().contains("   ") || line.trim().contains('\t')).count();
    lines.len() > 1 && rows * 3 >= lines.len() * 2
}

/// Whether a line is indented, and the lines around it are not, as the first of a paragraph that no blank line parts
/// from the one before.
fn begins_paragraph(lines: &[&str], nth: usize) -> bool {
    let indent_of = |nth: usize| lines.get(nth).map(|line| indent(line));
    let Some((before, own)) = indent_of(nth - 1).zip(indent_of(nth)) else { return false };
    let after = indent_of(nth + 1);
    own >= 2
        && after.is_none_or(|after| after < own)
        && (before < own || nth == 1 || begins_paragraph_before(lines, nth))
}

/// Whether the line before is a paragraph by itself.
fn begins_paragraph_before(lines: &[&str], nth: usize) -> bool {
    lines.get(nth - 1).zip(lines.get(nth)).is_some_and(|(before, own)| indent(before) == indent(own))
}

/// `rust` from `language-rust`.
fn language(class: &str) -> Option<&str> {
    ["language-", "lang-", "highlight-source-"].iter().find_map(|start| class.strip_prefix(start))
}

/// A block of code, in a fence longer than any in it.
pub(super) fn fenced(code: &str, language: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{code}\n{fence}")
}
