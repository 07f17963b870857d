//! How deep a page may nest.
//!
//! The parser's time grows with how deep elements nest and with how many formatting elements are left open: by the
//! square, if a page has nothing but such tags. No page that people wrote comes near the limits; from one that was made
//! to stall the program the tags beyond them are left out, and what they hold stays where it is.

use super::names::{
    A, BODY, CAPTION, DD, DIVISIONS, DT, FORMATTINGS, HEADINGS, HTML, LI, MATH, NOBR, Name, RAW_TEXTS, SVG, TABLE, TD,
    TH, TR, VOID,
};
use std::collections::HashMap;

/// Open elements at one time. Browsers stop at 512, but pages far below 100.
pub(super) const DEEPEST: usize = 200;
/// Formatting elements that are open at one time, which the parser opens again in every paragraph.
const FORMATTING: usize = 8;
/// Of one name.
const ALIKE: usize = 3;
/// Tags of `html` and `body`, whose attributes the parser gathers.
const ROOTS: u32 = 8;

/// What is open at a place of a page, about as the parser sees it.
#[derive(Debug, Default)]
pub(super) struct Limits {
    open: Vec<Name>,
    /// Open formatting elements, each with the number of table cells that were open around it.
    formatting: Vec<(Name, usize)>,
    /// The open tables: whether a cell of each is open.
    tables: Vec<bool>,
    /// Start tags that were left out and whose end tags have to go too.
    missing: HashMap<Name, u32>,
    /// Open drawings and formulas, in which there is no raw text.
    foreign: u32,
    roots: u32,
}

impl Limits {
    /// Whether a drawing or formula is open.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign > 0
    }

    /// Takes a start tag; tells whether the parser may have it.
    pub(super) fn start(&mut self, name: Name, empty: bool) -> bool {
        match name {
            HTML | BODY => {
                self.roots += 1;
                return self.roots <= ROOTS;
            }
            TD | TH | CAPTION => self.cell(true),
            TR => self.cell(false),
            name if RAW_TEXTS.contains(&name) && !self.is_foreign() => {}
            name if VOID.contains(&name) || (empty && (self.is_foreign() || matches!(name, SVG | MATH))) => {}
            name if FORMATTINGS.contains(&name) => return self.start_formatting(name),
            name => return self.start_element(name),
        }
        true
    }

    fn start_element(&mut self, name: Name) -> bool {
        match name {
            LI => self.close_item(&[LI]),
            DT | DD => self.close_item(&[DT, DD]),
            _ if HEADINGS.contains(&name) && self.open.last().is_some_and(|open| HEADINGS.contains(open)) => {
                self.open.pop();
            }
            _ => {}
        }
        if self.open.len() >= DEEPEST {
            *self.missing.entry(name).or_default() += 1;
            return false;
        }
        match name {
            TABLE => self.tables.push(false),
            SVG | MATH => self.foreign += 1,
            _ => {}
        }
        self.open.push(name);
        true
    }

    fn start_formatting(&mut self, name: Name) -> bool {
        if matches!(name, A | NOBR) {
            // A second one ends the first.
            self.formatting.retain(|(open, _)| *open != name);
        }
        let alike = self.formatting.iter().filter(|(open, _)| *open == name).count();
        if self.formatting.len() >= FORMATTING || alike >= ALIKE {
            *self.missing.entry(name).or_default() += 1;
            return false;
        }
        self.formatting.push((name, self.cells()));
        true
    }

    /// Takes an end tag; tells whether the parser may have it.
    pub(super) fn end(&mut self, name: Name) -> bool {
        if !self.missing.is_empty()
            && let Some(missing) = self.missing.get_mut(&name).filter(|missing| **missing > 0)
        {
            *missing -= 1;
            return false;
        }
        if FORMATTINGS.contains(&name) {
            if let Some(last) = self.formatting.iter().rposition(|(open, _)| *open == name) {
                self.formatting.remove(last);
            }
        } else if matches!(name, TD | TH | TR | CAPTION) {
            self.cell(false);
        } else if let Some(last) = self.open.iter().rposition(|open| *open == name) {
            self.close(last);
        }
        true
    }

    fn close(&mut self, last: usize) {
        while self.open.len() > last
            && let Some(closed) = self.open.pop()
        {
            match closed {
                TABLE => {
                    self.cell(false);
                    self.tables.pop();
                }
                SVG | MATH => self.foreign = self.foreign.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// How many table cells are open.
    fn cells(&self) -> usize {
        self.tables.iter().filter(|cell| **cell).count()
    }

    /// A cell of the innermost table begins or ends; what formatting was left open in the one before ends there.
    fn cell(&mut self, begins: bool) {
        let cells = self.cells();
        let Some(cell) = self.tables.last_mut() else { return };
        if std::mem::replace(cell, begins) {
            self.formatting.retain(|(_, around)| *around < cells);
        }
    }

    /// A list item ends the one before it, unless something other than a division stands between.
    fn close_item(&mut self, ended: &[Name]) {
        let same = |open: &Name| ended.contains(open);
        if let Some(last) = self.open.iter().rposition(|open| same(open) || !DIVISIONS.contains(open))
            && same(&self.open[last])
        {
            self.open.truncate(last);
        }
    }
}
