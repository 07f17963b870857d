//! Files that are published as they are: the theme's, the site's `static/`, and `content/media/`.

use super::CONTENT;
use super::contents::MEDIA;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::{output::Output, walk};
use crate::render::Theme;
use rayon::prelude::*;
use std::path::Path;

/// The folder of the site's own files, below the root.
pub(super) const STATIC: &str = "static";

/// Puts every such file; gives the diagnostics of those that were passed over.
///
/// # Errors
/// [`Error::Disk`], and [`Error::Site`] where two of them, or one and a page, claim one path.
pub fn write(root: &Path, theme: &Theme, output: &Output) -> Result<Vec<Diagnostic>, Error> {
    for (path, bytes) in theme.assets() {
        output.put(path, None, bytes)?;
    }
    let mut diagnostics = copy(&root.join(STATIC), "", output)?;
    diagnostics.extend(copy(&root.join(CONTENT).join(MEDIA), "media/", output)?);
    Ok(diagnostics)
}

/// The paths of those of the site itself, below the output folder.
///
/// # Errors
/// [`Error::Disk`].
pub fn paths(root: &Path) -> Result<Vec<String>, Error> {
    let mut paths = Vec::new();
    for (folder, below) in [(root.join(STATIC), ""), (root.join(CONTENT).join(MEDIA), "media/")] {
        if walk::is_folder(&folder) {
            let found = walk::each(&folder, walk::Hidden::Keep, |_| true)?;
            paths.extend(found.filter_map(Result::ok).map(|path| format!("{below}{path}")));
        }
    }
    Ok(paths)
}

fn copy(from: &Path, below: &str, output: &Output) -> Result<Vec<Diagnostic>, Error> {
    if !walk::is_folder(from) {
        return Ok(Vec::new());
    }
    let mut diagnostics = Vec::new();
    let files: Vec<String> = walk::each(from, walk::Hidden::Keep, |_| true)?
        .filter_map(|found| found.map_err(|diagnostic| diagnostics.push(diagnostic)).ok())
        .collect();
    files.par_iter().try_for_each(|path| output.copy(&format!("{below}{path}"), &from.join(path)))?;
    Ok(diagnostics)
}
