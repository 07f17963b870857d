//! What became of each element.

use super::{Document, Id};
use crate::convert::account::{Account, Fate};
use crate::convert::shape::collapse;

impl Document<'_> {
    /// The element and all in it became `field`.
    pub(in crate::convert) fn keep(&self, id: Id, field: &'static str) {
        self.note(id, Fate::Kept(field));
    }

    /// The element and all in it is left out for that reason.
    pub(in crate::convert) fn drop(&self, id: Id, reason: &'static str) {
        self.note(id, Fate::Dropped(reason));
    }

    fn note(&self, id: Id, fate: Fate) {
        if let Some(slot) = self.fates.get(id as usize) {
            slot.set(Some(fate));
        }
    }

    /// The text of the first element of that name on one line, which is kept as `field`.
    pub(in crate::convert) fn take(&self, id: Id, path: &str, field: &'static str) -> Option<String> {
        let found = self.at(id, path)?;
        self.keep(found, field);
        Some(self.line_of(found)).filter(|text| !text.is_empty())
    }

    /// What became of every element below `id` that says something.
    pub(in crate::convert) fn account(&self, id: Id) -> Account {
        let mut account = Account::default();
        if self.fates.is_empty() {
            return account;
        }
        let (mut line, mut counted) = (self.line, 0);
        // Bodies that are looked into, block by block: the first node after each, and what became of it.
        let mut bodies: Vec<(Id, Fate)> = Vec::new();
        let mut next = id;
        let end = self.descendants(id).end;
        while next < end {
            let Some(node) = self.node(next) else { break };
            let at = node.at as usize;
            if let Some(between) = self.text.get(counted..at) {
                line += memchr::memchr_iter(b'\n', between.as_bytes()).count();
                counted = at;
            }
            while bodies.pop_if(|(end, _)| *end <= next).is_some() {}
            let own = self.fates.get(next as usize).and_then(std::cell::Cell::get);
            let fate = own.or(bodies.last().map(|(_, fate)| *fate));
            let is_leaf = node.name.is_empty() || self.elements(next).next().is_none();
            if !is_leaf && (fate.is_none() || (fate == Some(Fate::Kept("body")) && self.holds_blocks(next))) {
                bodies.extend(fate.map(|fate| (node.end, fate)));
                next += 1;
                continue;
            }
            let fate = fate.unwrap_or(Fate::Dropped("no field for it"));
            let (what, text) = (self.path(next, id), self.text(next));
            if text.trim().is_empty() {
                for (name, value) in self.attributes(next).filter(|(_, value)| !value.is_empty()) {
                    account.note(line, format!("{what}/@{name}"), &value, fate);
                }
            } else if fate == Fate::Kept("body") {
                account.note(line, what, &text, fate);
            } else {
                account.note(line, what, &collapse(&text), fate);
            }
            next = node.end.max(next + 1);
        }
        account
    }

    /// Whether an element has no text of its own beside the elements in it.
    fn holds_blocks(&self, id: Id) -> bool {
        let is_blank = |id: Id| self.node(id).is_some_and(|node| !node.name.is_empty() || node.text.trim().is_empty());
        self.children(id).all(is_blank)
    }

    /// Accounts call an element by that name.
    pub(in crate::convert) fn call(&self, id: Id, name: impl FnOnce() -> String) {
        if !self.fates.is_empty() {
            self.called.borrow_mut().insert(id, name());
        }
    }

    /// What an element is called, or the names of the elements around it, up to `top`.
    fn path(&self, id: Id, top: Id) -> String {
        if let Some(name) = self.called.borrow().get(&id) {
            return name.clone();
        }
        let mut names = Vec::new();
        let mut at = id;
        while at != top && at != 0 && names.len() < 12 {
            if let Some(node) = self.node(at).filter(|node| !node.name.is_empty()) {
                let colon = if node.prefix.is_empty() { "" } else { ":" };
                names.push(format!("{}{colon}{}", node.prefix, node.name));
            }
            at = self.parent(at);
        }
        names.reverse();
        if names.is_empty() { self.name(id).to_owned() } else { names.join("/") }
    }
}
