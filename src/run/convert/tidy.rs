//! The end of a conversion: files whose articles now stand elsewhere, or whose sources are gone, are removed.

use super::Run;
use super::strays::Strays;
use crate::diagnostic::Error;
use crate::disk::write;

impl Run<'_> {
    /// Removes what leaves, but for the old files of records that got no new place.
    pub(super) fn tidy(&mut self, strays: &Strays) -> Result<(), Error> {
        self.unplaced.sort_unstable();
        for note in strays.leaving.notes() {
            let note = note?;
            let (identity, path) = note.split_first_chunk::<8>().ok_or_else(|| strays.leaving.damaged())?;
            let unplaced = self.unplaced.binary_search(&u64::from_le_bytes(*identity)).is_ok();
            if !unplaced && !self.options.dry_run {
                let path = self.options.into.join(String::from_utf8_lossy(path).as_ref());
                write::remove(&path, &self.options.into)?;
            }
        }
        Ok(())
    }
}
