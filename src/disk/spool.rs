//! Standard input as a file: what converts sources reads them more than once, and here and there.

use super::{failed, temporary};
use crate::diagnostic::Error;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A copy of what was read, which is gone when this is dropped.
#[derive(Debug)]
pub struct Spooled {
    folder: PathBuf,
    path: PathBuf,
}

impl Spooled {
    /// Reads all of `from`. The copy is always called `stdin/input`, so that what is made of it does not depend on where
    /// it lies.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn read(from: &mut dyn Read) -> Result<Self, Error> {
        let folder = temporary().join(format!("backfile-{}", std::process::id()));
        let path = folder.join("stdin").join("input");
        let inside = folder.join("stdin");
        std::fs::create_dir_all(&inside).map_err(failed("make", &inside))?;
        let spooled = Self { folder, path };
        let mut file = File::create(&spooled.path).map_err(failed("write", &spooled.path))?;
        std::io::copy(from, &mut file).map_err(failed("copy standard input to", &spooled.path))?;
        Ok(spooled)
    }

    /// Where the copy is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        // It lies in the folder of temporary files, where a leftover is nobody's loss.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
