//! An article on its way to its place, and its form as a note of the scratch file.

use super::pictures::Shown;
use super::place::There;
use super::report::Told;
use crate::pack::Pack;

/// Where an article belongs, and its text.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The article's number in this run, in the order of sources and records.
    pub(super) number: u64,
    /// Of its source and record.
    pub(super) identity: u64,
    /// Below the folder of articles.
    pub(super) path: String,
    /// Of its file, sealed.
    pub(super) text: String,
    /// What it shows that may lie in an archive.
    pub(super) shown: Shown,
}

/// A converted article.
pub(super) struct Draft {
    pub(super) place: Place,
    /// What is at its place now.
    pub(super) there: There,
    /// The number that all captures of its story have.
    pub(super) story: Option<u64>,
    /// The number of the address that it was saved from.
    pub(super) at: Option<u64>,
    pub(super) record: String,
    pub(super) format: String,
    /// The address that the source gives for itself.
    pub(super) url: String,
    /// What a report tells of it, if one was asked for.
    pub(super) told: Option<Box<Told>>,
}

impl Place {
    pub(super) fn to_note(&self) -> Vec<u8> {
        let mut note = Vec::with_capacity(64 + self.path.len() + self.text.len());
        self.number.pack(&mut note);
        self.identity.pack(&mut note);
        let shown: Vec<String> = self.shown.iter().map(|(written, number)| format!("{number} {written}")).collect();
        // No address has a line end in it.
        for text in [&self.path, &self.text, &shown.join("\n")] {
            text.pack(&mut note);
        }
        note
    }

    /// The inverse of [`Place::to_note`]; `None` for bytes that are no such note.
    pub(super) fn from_note(mut note: &[u8]) -> Option<Self> {
        let (number, identity) = (u64::unpack(&mut note)?, u64::unpack(&mut note)?);
        let (path, text, shown) = (String::unpack(&mut note)?, String::unpack(&mut note)?, String::unpack(&mut note)?);
        let picture = |line: &str| {
            let (number, written) = line.split_once(' ')?;
            Some((written.to_owned(), number.parse().ok()?))
        };
        Some(Self { number, identity, path, text, shown: shown.lines().filter_map(picture).collect() })
    }
}
