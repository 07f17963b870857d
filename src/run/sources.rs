//! The sources that `site.toml` names, converted before a build.

use super::CONTENT;
use super::convert::{ConvertOptions, ConvertReport};
use crate::config::{Config, SourceSettings};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::cache::Cache;
use crate::disk::walk;
use crate::progress::Progress;
use std::path::{Path, PathBuf};

/// Converts every `[[sources]]` entry of the settings.
///
/// # Errors
/// Those of converting, and [`Error::Site`] where an entry names a path that is not there.
pub fn convert(
    root: &Path,
    config: &Config,
    cache: &Cache,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<ConvertReport, Error> {
    if config.sources.is_empty() {
        return Ok(ConvertReport::default());
    }
    let missing = |source: &&SourceSettings| !walk::exists(&root.join(&source.path));
    if let Some(source) = config.sources.iter().find(missing) {
        let message = format!("the source `{}` is not there", source.path);
        let hint = "paths in site.toml are relative to its folder";
        return Err(Diagnostic::error(Place::file(super::settings::FILE), message).hint(hint).into());
    }
    let sources: Vec<SourceSettings> = config.sources.iter().map(|source| at_root(root, source)).collect();
    let (into, limits) = (root.join(CONTENT), config.limits);
    let options = ConvertOptions { into, limits, jobs, cache: Some(cache), ..ConvertOptions::default() };
    crate::run::convert::convert(Some(root), &sources, &options, progress)
}

fn at_root(root: &Path, source: &SourceSettings) -> SourceSettings {
    SourceSettings { path: root.join(&source.path).to_string_lossy().into_owned(), ..source.clone() }
}

/// The inputs that a person names, with the settings that `site.toml` has for them, or all of its sources if none is
/// named: so that a source gives the same article whichever command converts it.
///
/// # Errors
/// [`Error::Disk`] where there is no such input.
pub fn named(inputs: &[PathBuf], site: Option<(&Path, &Config)>) -> Result<Vec<SourceSettings>, Error> {
    let (root, configured) = site.map_or((Path::new(""), &[][..]), |(root, config)| (root, config.sources.as_slice()));
    let configured: Vec<SourceSettings> = configured.iter().map(|source| at_root(root, source)).collect();
    if inputs.is_empty() {
        return Ok(configured);
    }
    let real = |path: &Path| walk::locate(path).map(|located| located.real);
    // A source of site.toml that is not there is of no concern to those who name another.
    let configured: Vec<(PathBuf, SourceSettings)> =
        configured.into_iter().filter_map(|source| Some((real(Path::new(&source.path)).ok()?, source))).collect();
    let mut sources = Vec::new();
    for input in inputs {
        let place = real(input)?;
        let around = configured.iter().filter(|(folder, _)| place.starts_with(folder));
        let settings = around.max_by_key(|(folder, _)| folder.as_os_str().len()).map(|(_, settings)| settings.clone());
        let path = input.to_str().map(str::to_owned).ok_or_else(|| not_utf8(input))?;
        sources.push(SourceSettings { path, ..settings.unwrap_or_default() });
        let inside = configured.iter().filter(|(folder, _)| folder.starts_with(&place) && *folder != place);
        sources.extend(inside.map(|(_, settings)| settings.clone()));
    }
    Ok(sources)
}

fn not_utf8(path: &Path) -> Error {
    Error::usage(format!("the name {} is not UTF-8", path.display()), "rename it")
}
