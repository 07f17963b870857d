//! Blocks of Markdown, one below another, and the quotations and lists that they stand in.

use std::fmt::Write as _;

/// What begins the lines of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Quote,
    /// An item of the list with that number.
    Bullet {
        list: u32,
    },
    Numbered {
        list: u32,
        number: u32,
    },
    Note(usize),
}

impl Marker {
    fn list(self) -> Option<u32> {
        match self {
            Self::Bullet { list } | Self::Numbered { list, .. } => Some(list),
            Self::Quote | Self::Note(_) => None,
        }
    }

    /// How far the lines after the first are indented.
    fn width(self) -> usize {
        match self {
            Self::Bullet { .. } => 2,
            Self::Numbered { number, .. } => number.checked_ilog10().unwrap_or(0) as usize + 3,
            Self::Note(_) => 4,
            Self::Quote => 0,
        }
    }
}

#[derive(Clone, Copy)]
struct Container {
    /// Tells containers apart.
    id: u32,
    marker: Marker,
    /// Whether its marker is written.
    begun: bool,
}

#[derive(Default)]
pub(super) struct Blocks {
    out: String,
    open: Vec<Container>,
    /// The containers of the block written last.
    last: Vec<(u32, Marker)>,
    containers: u32,
    /// Whether a rule is to part what comes from what was.
    rule: bool,
}

impl Blocks {
    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Whether no list or quotation is open.
    pub(super) fn at_top(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn open(&mut self, marker: Marker) {
        self.containers += 1;
        self.open.push(Container { id: self.containers, marker, begun: false });
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Writes a block outside of the containers that are open, which nothing has been written in.
    pub(super) fn write_at_top(&mut self, block: &str) {
        let open = std::mem::take(&mut self.open);
        self.write(block);
        self.open = open;
    }

    /// A rule, if there is something before it and something comes after it.
    pub(super) fn rule(&mut self) {
        self.rule = self.open.is_empty() && !self.out.is_empty();
    }

    /// Writes a block, a blank line below the one before; items of a list follow one another closely.
    pub(super) fn write(&mut self, block: &str) {
        let is_note = self.open.first().is_some_and(|container| matches!(container.marker, Marker::Note(_)));
        if std::mem::take(&mut self.rule) && !is_note {
            self.write_at_top("* * *");
        }
        let shared = self.open.iter().zip(&self.last).take_while(|(open, last)| open.id == last.0).count();
        if !self.out.is_empty() && !self.is_next_item(shared) {
            let mut line = String::new();
            for container in self.open.iter().take(shared) {
                prefix(container, &mut line);
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
        for line in block.lines() {
            let start = self.out.len();
            for container in &mut self.open {
                prefix(container, &mut self.out);
                container.begun = true;
            }
            if line.is_empty() {
                let kept = self.out[start..].trim_end().len();
                self.out.truncate(start + kept);
            }
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.last.clear();
        self.last.extend(self.open.iter().map(|container| (container.id, container.marker)));
    }

    /// Whether the block to come begins an item that follows an item of the same list, or the text of the item around.
    fn is_next_item(&self, shared: usize) -> bool {
        let Some(container) = self.open.last().filter(|container| !container.begun) else { return false };
        let Some(list) = container.marker.list() else { return false };
        if shared + 1 != self.open.len() {
            return false;
        }
        match self.last.get(shared) {
            Some((_, marker)) => marker.list() == Some(list),
            None => self.last.last().is_some_and(|(_, marker)| marker.list().is_some()),
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

fn prefix(container: &Container, out: &mut String) {
    match container.marker {
        Marker::Quote => out.push_str("> "),
        marker if container.begun => out.extend(std::iter::repeat_n(' ', marker.width())),
        Marker::Bullet { .. } => out.push_str("- "),
        Marker::Numbered { number, .. } => {
            let _ = write!(out, "{number}. ");
        }
        Marker::Note(number) => {
            let _ = write!(out, "[^{number}]: ");
        }
    }
}
