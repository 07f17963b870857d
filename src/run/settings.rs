//! `site.toml`, and what the command line says instead.

use super::BuildOptions;
use crate::config::Config;
use crate::diagnostic::Error;
use crate::disk::read;
use std::path::{Path, PathBuf};

/// Name of the settings file.
pub const FILE: &str = "site.toml";

/// Reads the settings of the site at `root`.
///
/// # Errors
/// [`Error::Disk`] where there are none, [`Error::Site`] where they are not as they should be.
pub fn config(root: &Path) -> Result<Config, Error> {
    let path = root.join(FILE);
    Ok(Config::parse(&read::read_required(&path)?, &path.display().to_string())?)
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
pub fn output(root: &Path, config: &Config, options: &BuildOptions) -> PathBuf {
    options.output.clone().unwrap_or_else(|| root.join(&config.output))
}
