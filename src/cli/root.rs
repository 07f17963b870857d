//! Which site a command is about, and what time it is.

use super::Environment;
use crate::date::ArticleDate;
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

/// The moment that embargoes and future dates are held against: `--now`, else `SOURCE_DATE_EPOCH`, else the clock; in
/// seconds since 1970.
pub(super) fn now(stated: Option<ArticleDate>, environment: &Environment) -> i64 {
    stated.map(|date| date.seconds()).or(environment.source_date_epoch).unwrap_or(environment.now)
}
