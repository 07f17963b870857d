//! Making the folders of new files, each once.

use std::io::{ErrorKind, Result};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The folders that are known to be there. Pages are written in the order of their paths, so it is enough that each thread
/// knows where its last file went: what is above that is there too, and a system that is asked for less makes files faster.
#[derive(Debug)]
pub(super) struct Folders {
    /// Of each thread, relative to the output folder; the last is for threads outside the pool.
    last: Vec<Mutex<String>>,
}

impl Folders {
    /// For the threads of the current pool.
    pub(super) fn new() -> Self {
        Self { last: (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect() }
    }

    /// Makes the folder of the file at `path` below `root`, and those above it.
    pub(super) fn make(&self, root: &Path, path: &str) -> Result<()> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        let thread = rayon::current_thread_index().filter(|thread| *thread < self.last.len());
        let Some(last) = self.last.get(thread.unwrap_or(self.last.len() - 1)) else { return Ok(()) };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        let known = common(&last, folder);
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for end in ends.filter(|end| *end > known) {
            match std::fs::create_dir(root.join(&folder[..end])) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    last.clear();
                    return Err(error);
                }
                _ => {}
            }
        }
        last.clear();
        last.push_str(folder);
        Ok(())
    }
}

/// The length of the folder that both are, or are in.
fn common(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let ends = |path: &str| path.len() == same || path.as_bytes().get(same) == Some(&b'/');
    if ends(one) && ends(other) {
        same
    } else {
        other.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_folders_have_in_common_are_whole_folders() {
        for (one, other, length) in [
            ("", "town", 0),
            ("town", "town", 4),
            ("town", "town/quay", 4),
            ("town/quay", "town", 4),
            ("town/quay", "town/quarry", 4),
            ("town", "townhall", 0),
            ("town/été", "town/êtes", 4),
        ] {
            assert_eq!(common(one, other), length, "{one} and {other}");
        }
    }
}
