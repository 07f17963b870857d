//! Tables: in a region of their own that scrolls where the page is too narrow, named by the column heads.

use super::{Writer, escape_attribute};
use pulldown_cmark::Alignment;

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The column that comes next.
    column: usize,
    /// Whether the head is done, and whether the body was begun.
    in_body: bool,
    has_rows: bool,
}

impl Writer<'_, '_> {
    pub(super) fn table_starts(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, ..Table::default() };
        self.open("<div class=\"table\" tabindex=\"0\"");
        self.begin_label();
        self.out.push_str("><table>\n");
    }

    pub(super) fn row_starts(&mut self) {
        if !self.table.has_rows {
            self.out.push_str("<tbody>\n");
        }
        self.table.has_rows = true;
        self.table.column = 0;
        self.out.push_str("<tr>");
    }

    pub(super) fn cell_starts(&mut self) {
        self.out.push_str(if self.table.in_body { "<td" } else { "<th scope=\"col\"" });
        self.out.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
        self.table.column += 1;
    }

    pub(super) fn cell_ends(&mut self) {
        if self.table.in_body {
            self.out.push_str("</td>");
        } else {
            self.out.push_str("</th>");
            self.label.push_str(", ");
        }
    }

    /// The column heads are known: they name the region. One without a name may not be a region.
    pub(super) fn head_ends(&mut self) {
        self.out.push_str("</tr></thead>\n");
        self.table.in_body = true;
        let heads = std::mem::take(&mut self.label);
        let name = heads.trim_matches([',', ' ']);
        if let Some(place) = self.labelled.take()
            && !name.is_empty()
        {
            let mut attributes = String::from(" role=\"region\" aria-label=\"");
            escape_attribute(name, &mut attributes);
            attributes.push('"');
            self.out.insert_str(place, &attributes);
        }
    }

    pub(super) fn table_ends(&mut self) {
        if self.table.has_rows {
            self.out.push_str("</tbody>\n");
        }
        self.close("</table></div>\n");
    }
}
