//! How deep a page may nest.
//!
//! The parser's time grows with how deep elements nest and with how many formatting elements are left open: by the
//! square, if a page has nothing but such tags. No page that people wrote comes near the limits; from one that was made
//! to stall the program the tags beyond them are left out, and what they hold stays where it is.

use super::names::{A, BODY, CAPTION, FORMATTINGS, HTML, NOBR, Name, TABLE, TD, TH, TR};
use std::collections::HashMap;

/// Elements that stand in each other. Browsers stop at 512; of pages that people wrote hardly one reaches 50.
pub(super) const DEEPEST: usize = 150;
/// Formatting elements that are open at one time, which the parser opens again in every paragraph.
const FORMATTING: usize = 8;
/// Of one name.
const ALIKE: usize = 3;
/// Tags of `html` and `body`, whose attributes the parser gathers.
const ROOTS: u32 = 8;

/// The formatting elements that are open at a place of a page, about as the parser sees it, and the tags left out.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// Each with the number of table cells that were open around it.
    formatting: Vec<(Name, usize)>,
    /// The open tables: whether a cell of each is open.
    tables: Vec<bool>,
    /// How many of them have one.
    cells: usize,
    /// Start tags that were left out and whose end tags have to go too.
    missing: HashMap<Name, u32>,
    roots: u32,
}

impl Limits {
    /// Takes a start tag; tells whether the parser may have it.
    pub(super) fn start(&mut self, name: Name) -> bool {
        match name {
            HTML | BODY => {
                self.roots += 1;
                return self.roots <= ROOTS;
            }
            TABLE => self.tables.push(false),
            TD | TH | CAPTION => self.cell(true),
            TR => self.cell(false),
            name if FORMATTINGS.contains(&name) => return self.start_formatting(name),
            _ => {}
        }
        true
    }

    fn start_formatting(&mut self, name: Name) -> bool {
        if matches!(name, A | NOBR) {
            // A second one ends the first.
            self.formatting.retain(|(open, _)| *open != name);
        }
        let alike = self.formatting.iter().filter(|(open, _)| *open == name).count();
        if self.formatting.len() >= FORMATTING || alike >= ALIKE {
            self.miss(name);
            return false;
        }
        self.formatting.push((name, self.cells));
        true
    }

    /// The start tag just taken is left out after all.
    pub(super) fn leave_out(&mut self, name: Name) {
        self.close(name);
        self.miss(name);
    }

    fn miss(&mut self, name: Name) {
        *self.missing.entry(name).or_default() += 1;
    }

    /// Takes an end tag; tells whether the parser may have it.
    pub(super) fn end(&mut self, name: Name) -> bool {
        if !self.missing.is_empty()
            && let Some(missing) = self.missing.get_mut(&name).filter(|missing| **missing > 0)
        {
            *missing -= 1;
            return false;
        }
        self.close(name);
        true
    }

    fn close(&mut self, name: Name) {
        if matches!(name, TABLE | TD | TH | TR | CAPTION) {
            self.cell(false);
            if name == TABLE {
                self.tables.pop();
            }
        } else if let Some(last) = self.formatting.iter().rposition(|(open, _)| *open == name) {
            self.formatting.remove(last);
        }
    }

    /// A cell of the innermost table begins or ends; what formatting was left open in the one before ends there.
    fn cell(&mut self, begins: bool) {
        let Some(cell) = self.tables.last_mut() else { return };
        if std::mem::replace(cell, begins) {
            self.formatting.retain(|(_, around)| *around < self.cells);
            self.cells -= 1;
        }
        self.cells += usize::from(begins);
    }
}
