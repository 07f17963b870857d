//! An article on its way to its place, and its form as a note of the scratch file.

use super::place::There;

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
}

/// A converted article.
pub(super) struct Draft {
    pub(super) place: Place,
    /// What is at its place now.
    pub(super) there: There,
    /// The number that all captures of its story have.
    pub(super) story: Option<u64>,
    pub(super) record: String,
    pub(super) format: String,
    /// The address that the source gives for itself.
    pub(super) url: String,
    /// The front matter keys that are set; empty unless a report was asked for.
    pub(super) fields: Vec<&'static str>,
}

impl Place {
    pub(super) fn to_note(&self) -> Vec<u8> {
        let mut note = Vec::with_capacity(24 + self.path.len() + self.text.len());
        for number in [self.number, self.identity, self.path.len() as u64] {
            note.extend_from_slice(&number.to_le_bytes());
        }
        note.extend_from_slice(self.path.as_bytes());
        note.extend_from_slice(self.text.as_bytes());
        note
    }

    /// The inverse of [`Place::to_note`]; `None` for bytes that are no such note.
    pub(super) fn from_note(note: &[u8]) -> Option<Self> {
        let (number, rest) = note.split_first_chunk::<8>()?;
        let (identity, rest) = rest.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let (path, text) = std::str::from_utf8(rest).ok()?.split_at_checked(u64::from_le_bytes(*length) as usize)?;
        let (number, identity) = (u64::from_le_bytes(*number), u64::from_le_bytes(*identity));
        Some(Self { number, identity, path: path.to_owned(), text: text.to_owned() })
    }
}
