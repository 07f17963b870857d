//! The sources that `site.toml` names, converted before a build.

use super::CONTENT;
use super::convert::{ConvertOptions, ConvertReport};
use crate::config::{Config, SourceSettings};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::walk;
use crate::progress::Progress;
use std::path::Path;

/// Converts every `[[sources]]` entry of the settings.
///
/// # Errors
/// Those of converting, and [`Error::Site`] where an entry names a path that is not there.
pub fn convert(root: &Path, config: &Config, jobs: usize, progress: &dyn Progress) -> Result<ConvertReport, Error> {
    if config.sources.is_empty() {
        return Ok(ConvertReport::default());
    }
    let missing = |source: &&SourceSettings| !walk::exists(&root.join(&source.path));
    if let Some(source) = config.sources.iter().find(missing) {
        let message = format!("the source `{}` is not there", source.path);
        let hint = "paths in site.toml are relative to its folder";
        return Err(Diagnostic::error(Place::file(super::settings::FILE), message).hint(hint).into());
    }
    let at_root = |source: &SourceSettings| SourceSettings {
        path: root.join(&source.path).to_string_lossy().into_owned(),
        ..source.clone()
    };
    let sources: Vec<SourceSettings> = config.sources.iter().map(at_root).collect();
    let options = ConvertOptions { into: root.join(CONTENT), jobs, ..ConvertOptions::default() };
    crate::run::convert::convert(Some(root), &sources, &options, progress)
}
