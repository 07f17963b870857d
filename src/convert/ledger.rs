//! What became of each line of a plain text, noted as the text is read.

use super::account::{Account, Fate};
use super::lines::Line;

/// The fates of a text's lines; notes nothing unless accounting was asked for.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By line; empty when nothing is noted.
    fates: Vec<Option<Fate>>,
}

impl Ledger {
    /// A ledger for a text of `count` lines.
    pub(super) fn new(accounting: bool, count: usize) -> Self {
        Self { fates: if accounting { vec![None; count] } else { Vec::new() } }
    }

    /// The line is kept as `field`.
    pub(super) fn keep(&mut self, line: &Line<'_>, field: &'static str) {
        self.note(line, Fate::Kept(field));
    }

    /// The line is left out for that reason.
    pub(super) fn drop(&mut self, line: &Line<'_>, reason: &'static str) {
        self.note(line, Fate::Dropped(reason));
    }

    /// The lines are left out for that reason.
    pub(super) fn drop_all(&mut self, lines: &[Line<'_>], reason: &'static str) {
        if !self.fates.is_empty() {
            for line in lines {
                self.drop(line, reason);
            }
        }
    }

    fn note(&mut self, line: &Line<'_>, fate: Fate) {
        if self.fates.is_empty() {
            return;
        }
        for at in line.number..line.number + line.count {
            if let Some(slot) = self.fates.get_mut(at as usize - 1) {
                *slot = Some(fate);
            }
        }
    }

    /// The account of the text, a piece for each line that is not blank.
    pub(super) fn account(self, text: &str) -> Account {
        let mut account = Account::default();
        for (at, (line, fate)) in super::decode::lines(text).zip(self.fates).enumerate() {
            if !line.trim().is_empty() {
                account.note(at + 1, "line", line, fate.unwrap_or(Fate::Dropped("not understood")));
            }
        }
        account
    }
}
