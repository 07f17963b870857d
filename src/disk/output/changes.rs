//! What a run did to the output folder.

use crate::diagnostic::Diagnostic;

/// What a run did to the output folder.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files that were not there before.
    pub added: Paths,
    /// Files whose content is another now.
    pub changed: Paths,
    /// Files of the last run that are gone.
    pub removed: Paths,
    /// How many files were right already.
    pub unchanged: usize,
    /// Bytes written to added and changed files.
    pub bytes: u64,
    /// What a person should know of the folder, though the run is done.
    pub warnings: Vec<Diagnostic>,
}

/// Many paths in byte order, in little more memory than their letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Paths {
    pub(super) fn sorted(mut paths: Vec<&str>) -> Self {
        paths.sort_unstable();
        let mut ends = Vec::with_capacity(paths.len());
        let mut text = String::with_capacity(paths.iter().map(|path| path.len()).sum());
        for path in paths {
            text.push_str(path);
            ends.push(text.len());
        }
        Self { text, ends }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The paths, relative to the output folder, always with `/`.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        let start = |at: usize| at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.iter().enumerate().map(move |(at, end)| &self.text[start(at)..*end])
    }

    /// Whether `path` is one of them.
    pub fn contains(&self, path: &str) -> bool {
        let start = |at: usize| at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if &self.text[start(middle)..self.ends[middle]] < path { low = middle + 1 } else { high = middle }
        }
        self.ends.get(low).is_some_and(|end| &self.text[start(low)..*end] == path)
    }
}

impl serde::Serialize for Paths {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
