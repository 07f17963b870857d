//! Which site a command is about.

use super::Environment;
use crate::diagnostic::Error;
use crate::disk::walk;
use crate::run::settings;
use std::path::{Path, PathBuf};

/// The site's folder: as stated, else the nearest folder upwards that has settings.
pub(super) fn find(stated: Option<&Path>, environment: &Environment) -> Result<PathBuf, Error> {
    if let Some(stated) = stated {
        return Ok(stated.to_owned());
    }
    let has_settings = |folder: &Path| walk::is_file(&folder.join(settings::FILE));
    // The working directory itself is named `.`, so that messages show paths as the person would type them.
    if has_settings(Path::new(".")) {
        return Ok(PathBuf::from("."));
    }
    let above = environment.here.ancestors().skip(1).find(|folder| has_settings(folder));
    above.map(Path::to_owned).ok_or_else(|| {
        Error::usage(
            format!("there is no {} here or in any folder above", settings::FILE),
            "`backfile new DIR` makes a site; or name the site's folder with --root",
        )
    })
}
