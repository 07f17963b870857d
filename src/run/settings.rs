//! `site.toml`, and what the command line says instead.

use super::copies::STATIC;
use super::{BuildOptions, CONTENT};
use crate::config::Config;
use crate::diagnostic::Error;
use crate::disk::{self, read, walk};
use std::path::{Path, PathBuf};

/// Name of the settings file.
pub const FILE: &str = "site.toml";

/// Reads the settings of the site at `root`.
///
/// # Errors
/// [`Error::Disk`] where there are none, [`Error::Site`] where they are not as they should be.
pub fn config(root: &Path) -> Result<Config, Error> {
    let path = root.join(FILE);
    Ok(Config::parse(&read::read_required(&path)?, &disk::shown(&path))?)
}

/// Reads the settings of the site at `root`, with what `options` says instead.
///
/// # Errors
/// As [`config`], also about `options`.
pub fn read(root: &Path, options: &BuildOptions) -> Result<Config, Error> {
    let config = config(root)?;
    match &options.base_url {
        Some(base_url) => Ok(config.with_base_url(base_url)?),
        None => Ok(config),
    }
}

/// The folder that the site is written to.
///
/// # Errors
/// [`Error::Usage`] where the site is made from what is in that folder, or is around it: pages would mix with articles,
/// and `--clean` would remove them.
pub fn output(root: &Path, config: &Config, options: &BuildOptions) -> Result<PathBuf, Error> {
    let output = options.output.clone().unwrap_or_else(|| root.join(&config.output));
    let Ok(real) = walk::locate(&output) else { return Ok(output) };
    let sources = config.sources.iter().map(|source| source.path.as_str());
    for folder in [CONTENT, STATIC, "templates", "slots", "themes"].into_iter().chain(sources) {
        let taken = walk::locate(&root.join(folder)).is_ok_and(|folder| real.real.starts_with(folder.real));
        if taken {
            let message = format!("the site cannot be written to {}, which it is made from", disk::shown(&output));
            return Err(Error::usage(message, "name a folder of its own, as in `--output public`"));
        }
    }
    Ok(output)
}
