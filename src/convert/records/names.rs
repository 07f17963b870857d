//! What the records of a source are called.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use xxhash_rust::xxh3::xxh3_64;

/// The names of a source's records: no two are the same, since an article is known by the name of its record.
#[derive(Default)]
pub(in crate::convert) struct Names {
    /// The last number that each name has been given; by the name's hash.
    given: HashMap<u64, u32>,
    items: u32,
}

impl Names {
    /// What a record states that it is called, or else its number among all.
    pub(in crate::convert) fn item(&mut self, stated: &str) -> String {
        self.items += 1;
        self.own(if stated.is_empty() { format!("item {}", self.items) } else { stated.to_owned() })
    }

    /// What the row with that number states that it is called, or else its number.
    pub(in crate::convert) fn row(&mut self, stated: &str, number: u64) -> String {
        self.own(if stated.is_empty() { format!("row {number}") } else { stated.to_owned() })
    }

    /// The name, with a number where it is taken.
    fn own(&mut self, name: String) -> String {
        let hash = xxh3_64(name.as_bytes());
        let Some(mut number) = self.given.get(&hash).copied() else {
            self.given.insert(hash, 1);
            return name;
        };
        loop {
            number += 1;
            let own = format!("{name} ({number})");
            // Another record may state just that.
            if let Entry::Vacant(vacant) = self.given.entry(xxh3_64(own.as_bytes())) {
                vacant.insert(1);
                self.given.insert(hash, number);
                return own;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn no_two_are_the_same() {
        let mut names = Names::default();
        let given: Vec<String> = ["a", "a", "a (2)", "a", ""].map(|stated| names.item(stated)).into();
        assert_eq!(given, ["a", "a (2)", "a (2) (2)", "a (3)", "item 5"]);
        let mut names = Names::default();
        let given: Vec<String> = ["a", "a (2)", "a"].map(|stated| names.row(stated, 7)).into();
        assert_eq!(given, ["a", "a (2)", "a (3)"]);
    }
}
