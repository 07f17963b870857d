//! Why the statements of a page were taken or not, for an account of it.

use super::candidate::{Candidate, Field};

/// What became of the statements. Empty unless an account is asked for.
#[derive(Debug, Default)]
pub(super) struct Fates {
    asked: bool,
    list: Vec<Fate>,
}

/// What became of one statement.
#[derive(Debug)]
pub(super) struct Fate {
    pub(super) field: Field,
    pub(super) from: &'static str,
    pub(super) value: String,
    /// Why it was not taken; empty if it was.
    pub(super) why_not: String,
}

impl Fates {
    pub(super) fn new(asked: bool) -> Self {
        Self { asked, list: Vec::new() }
    }

    /// Whether an account is asked for.
    pub(super) fn are_asked(&self) -> bool {
        self.asked
    }

    /// Notes a statement that became the field, or part of it.
    pub(super) fn took(&mut self, field: Field, from: &'static str, value: &str) {
        self.left(field, from, value, String::new());
    }

    /// Notes a statement that did not.
    pub(super) fn left(&mut self, field: Field, from: &'static str, value: &str, why_not: impl Into<String>) {
        if self.asked {
            self.list.push(Fate { field, from, value: value.to_owned(), why_not: why_not.into() });
        }
    }

    /// The same of a candidate as it was found.
    pub(super) fn leave(&mut self, candidate: &Candidate, why_not: &str) {
        self.left(candidate.field, candidate.from, &candidate.value, why_not);
    }

    pub(super) fn into_list(self) -> Vec<Fate> {
        self.list
    }
}
