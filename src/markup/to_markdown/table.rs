//! Tables: those with data become tables of Markdown; those that only laid out a page are unfolded.

use super::inline::{Inline, Mark};
use super::{Tag, Writer, is_followed};
use crate::markup::address::resolve;
use crate::markup::tree::{Attribute, NodeId};

/// Widest table that is written as one; columns.
const WIDEST: usize = 40;
/// Longest table; rows.
const LONGEST: usize = 20_000;

impl Writer<'_> {
    /// Writes a table of data and tells whether it was one.
    pub(super) fn table(&mut self, id: NodeId) -> bool {
        if !self.may_be_data(id) {
            return false;
        }
        let mut rows = self.rows(id);
        if !self.is_data(id, &rows) {
            return false;
        }
        let title = self.title_row(&mut rows);
        let mut text: Vec<Vec<String>> = self.cells(&rows);
        let columns = text.iter().map(Vec::len).max().unwrap_or(0);
        let tree = self.part.tree;
        let headed = rows.first().is_some_and(|row| row.iter().any(|cell| tree.tag(*cell) == Tag::Th))
            || text.split_first_mut().is_some_and(|(first, rest)| !rest.is_empty() && unbold(first));
        if !(2..=WIDEST).contains(&columns) {
            return false;
        }
        if let Some(caption) = tree.children(id).find(|node| tree.tag(*node) == Tag::Caption) {
            let words = self.cell(caption);
            self.inline.raw(&words);
            self.end_paragraph();
        }
        if let Some(words) = title {
            self.inline.raw(&words);
            self.end_paragraph();
        }
        let line = |row: &[String]| {
            let cells = (0..columns).map(|nth| row.get(nth).map_or("", String::as_str));
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines = text.iter();
        let head = if headed { lines.next().map_or(&[][..], Vec::as_slice) } else { &[] };
        let mut table = line(head);
        table.push_str(&["|", &" --- |".repeat(columns), "\n"].concat());
        lines.for_each(|row| table.push_str(&line(row)));
        self.settle_crosshead(true);
        self.blocks.write(&table);
        true
    }

    /// Takes out a first row that is one cell over all columns, which says what the table is.
    fn title_row(&self, rows: &mut Vec<Vec<NodeId>>) -> Option<String> {
        let tree = self.part.tree;
        let [cell] = rows.first()?.as_slice() else { return None };
        let spans = tree.attribute(*cell, Attribute::Colspan).and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
        let is_title = spans > 1 && rows.len() > 2 && rows.get(1).is_some_and(|row| row.len() > 1);
        let words = is_title.then(|| self.cell(*cell))?;
        rows.remove(0);
        Some(words)
    }

    /// What tells without a look at the rows.
    fn may_be_data(&self, id: NodeId) -> bool {
        let tree = self.part.tree;
        let weight = self.weight(id);
        let is_layout = matches!(tree.attribute(id, Attribute::Role), Some("presentation" | "none"))
            || tree.descendants(id).any(|node| {
                matches!(tree.tag(node), Tag::Table | Tag::Pre | Tag::Iframe | Tag::Form) || self.is_known(node)
            });
        !is_layout && weight.letters > 0 && weight.images == 0
    }

    /// The cells of each row.
    fn rows(&self, id: NodeId) -> Vec<Vec<NodeId>> {
        let tree = self.part.tree;
        let rows = tree.descendants(id).filter(|node| tree.tag(*node) == Tag::Tr).take(LONGEST + 1);
        let is_cell = |node: &NodeId| matches!(tree.tag(*node), Tag::Td | Tag::Th) && !(self.part.dropped)(*node);
        rows.map(|row| tree.children(row).filter(is_cell).collect::<Vec<_>>()).filter(|row| !row.is_empty()).collect()
    }

    fn is_data(&self, id: NodeId, rows: &[Vec<NodeId>]) -> bool {
        let tree = self.part.tree;
        let cells = || rows.iter().flatten();
        let (count, weight) = (cells().count() as u32, self.weight(id));
        let longest = cells().map(|cell| self.weight(*cell).letters).max().unwrap_or(0);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if rows.len() < 2 || rows.len() > LONGEST || width < 2 {
            return false;
        }
        if cells().any(|cell| tree.tag(*cell) == Tag::Th) {
            return longest <= 800;
        }
        let even = rows.iter().filter(|row| row.len() == width).count() * 10 >= rows.len() * 7;
        even && longest <= 200 && weight.letters <= count * 60 && weight.linked * 2 <= weight.letters
    }

    /// The text of each cell in its column; a cell that spans several leaves the others empty.
    fn cells(&self, rows: &[Vec<NodeId>]) -> Vec<Vec<String>> {
        let tree = self.part.tree;
        let span = |cell, name| {
            let span = tree.attribute(cell, name).and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
            span.clamp(1, WIDEST + 1)
        };
        // For each column, how many more rows the cell above reaches down.
        let mut taken: Vec<usize> = Vec::new();
        let mut table = Vec::with_capacity(rows.len());
        for row in rows {
            let mut line: Vec<String> = Vec::new();
            for cell in row {
                while let Some(rows) = taken.get_mut(line.len()).filter(|rows| **rows > 0) {
                    *rows -= 1;
                    line.push(String::new());
                }
                let (wide, high) = (span(*cell, Attribute::Colspan), span(*cell, Attribute::Rowspan));
                let mut text = self.cell(*cell);
                for _ in 0..wide.min((WIDEST + 1).saturating_sub(line.len())) {
                    if taken.len() <= line.len() {
                        taken.resize(line.len() + 1, 0);
                    }
                    taken[line.len()] = high - 1;
                    line.push(std::mem::take(&mut text));
                }
            }
            table.push(line);
        }
        table
    }

    /// A cell's text with its marks, on one line.
    fn cell(&self, id: NodeId) -> String {
        let tree = self.part.tree;
        let mut inline = Inline::default();
        let mut open: Vec<NodeId> = Vec::new();
        let mut node = id + 1;
        while node < tree.end(id) {
            while open.pop_if(|end| *end <= node).is_some() {
                inline.unmark();
            }
            let tag = tree.tag(node);
            if tag.is_silent() || (self.part.dropped)(node) {
                node = tree.end(node);
                continue;
            }
            let mark = match tag {
                Tag::B if tree.tag(id) != Tag::Th => Some(Mark::Strong),
                Tag::Em => Some(Mark::Emphasis),
                Tag::A => {
                    let to = resolve(self.part.base, tree.attribute_or_empty(node, Attribute::Href));
                    is_followed(&to).then(|| Mark::Link(to.into_owned()))
                }
                _ => None,
            };
            if let Some(mark) = mark {
                inline.mark(node, mark);
                open.push(tree.end(node));
            }
            inline.text(if tag.is_block() { " " } else { tree.text(node) });
            node += 1;
        }
        inline.take().unwrap_or_default()
    }
}

/// Whether all cells of a row are bold, as the head of a table was before `th`; then they are no more.
fn unbold(row: &mut [String]) -> bool {
    let bare = |cell: &String| {
        let inner = cell.strip_prefix("**")?.strip_suffix("**")?;
        (!inner.contains("**")).then(|| inner.to_owned())
    };
    let cells: Option<Vec<String>> =
        row.iter().map(|cell| if cell.is_empty() { Some(String::new()) } else { bare(cell) }).collect();
    let is_head = cells.as_ref().is_some_and(|cells| cells.iter().any(|cell| !cell.is_empty()));
    if let Some(cells) = cells.filter(|_| is_head) {
        row.clone_from_slice(&cells);
    }
    is_head
}
