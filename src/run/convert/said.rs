//! What was said of sources when they were last converted, so that a build which passes over them says it again.

use super::known::Print;
use crate::diagnostic::Diagnostic;
use crate::disk::Stamp;
use crate::pack::{Pack, packed};
use std::collections::{BTreeMap, HashSet};

/// What was said of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// What the source was then.
    pub(super) print: Print,
    /// What could not be converted.
    pub(super) bad: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
}

packed!(Stamp { size, mtime });
packed!(Print { stamp, hash, settings });
packed!(Said { print, bad, warnings });
packed!(Line { source, said });

/// A source, by the hash of its name, and what was said of it.
struct Line {
    source: u64,
    said: Said,
}

/// What was said of all sources of which something was said, or that gave no article, by the hashes of their names.
#[derive(Debug, Default)]
pub(super) struct AllSaid {
    last: BTreeMap<u64, Said>,
    now: BTreeMap<u64, Said>,
    /// Sources of which it was said again in this run.
    again: HashSet<u64>,
}

impl AllSaid {
    /// The inverse of [`AllSaid::to_bytes`]; `None` for other bytes.
    pub(super) fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let list = Vec::<Line>::unpack(&mut bytes)?;
        Some(Self { last: list.into_iter().map(|Line { source, said }| (source, said)).collect(), ..Self::default() })
    }

    /// What the next build has to know: what was said now, and what was said again, of sources that it `may` pass over.
    pub(super) fn to_bytes(&self, may: impl Fn(u64) -> bool) -> Vec<u8> {
        let kept = self.last.iter().filter(|(source, _)| self.again.contains(source) && !self.now.contains_key(source));
        let all = kept.chain(&self.now).filter(|(source, _)| may(**source));
        let mut list: Vec<Line> = all.map(|(source, said)| Line { source: *source, said: said.clone() }).collect();
        list.sort_unstable_by_key(|line| line.source);
        let mut bytes = Vec::new();
        list.pack(&mut bytes);
        bytes
    }

    /// Whether the next build has to know something else than this one knew.
    pub(super) fn is_news(&self) -> bool {
        !self.now.is_empty() || self.last.keys().any(|source| !self.again.contains(source))
    }

    /// What the source was when something was said of it.
    pub(super) fn print(&self, source: u64) -> Option<Print> {
        self.last.get(&source).map(|said| said.print)
    }

    /// What has to be said again of a source that is as it was, which has that print now.
    pub(super) fn again(&mut self, source: u64, print: Print) -> Option<Said> {
        let said = self.last.get_mut(&source)?;
        self.again.insert(source);
        if said.print != print {
            said.print = print;
            self.now.insert(source, said.clone());
        }
        Some(said.clone())
    }

    /// Takes note of what is said of a source that was converted, perhaps of one more part of it. Whether it is news: it is
    /// none where the source is as it was, and was only converted because others changed.
    pub(super) fn note(&mut self, source: u64, said: &Said) -> bool {
        let all =
            self.now.entry(source).or_insert_with(|| Said { bad: Vec::new(), warnings: Vec::new(), ..said.clone() });
        all.bad.extend_from_slice(&said.bad);
        all.warnings.extend_from_slice(&said.warnings);
        !self.again.contains(&source)
    }
}

#[cfg(test)]
mod tests {
    use super::{AllSaid, Said};
    use crate::diagnostic::{Diagnostic, Place};
    use crate::disk::Stamp;
    use crate::run::convert::known::Print;

    #[test]
    fn what_was_said_is_said_again() {
        let print = |size| Print { stamp: Stamp { size, mtime: 1 }, hash: 2, settings: 3 };
        let said = |text: &str| {
            let warnings = vec![Diagnostic::warning(Place::file("a"), text)];
            Said { print: print(1), bad: Vec::new(), warnings }
        };
        let mut first = AllSaid::default();
        assert!(first.note(7, &said("one")) && first.note(7, &said("two")) && first.note(8, &said("gone")));
        let mut second = AllSaid::from_bytes(&first.to_bytes(|_| true)).unwrap();
        assert_eq!((second.print(7), second.print(9)), (Some(print(1)), None));
        assert_eq!(second.again(7, print(1)).unwrap().warnings.len(), 2);
        assert!(second.is_news(), "a source is gone");
        let mut third = AllSaid::from_bytes(&second.to_bytes(|_| true)).unwrap();
        assert_eq!(third.print(8), None);
        assert!(third.again(7, print(5)).is_some() && third.is_news());
        assert!(!third.note(7, &said("one")), "it was said in this run");
    }
}
