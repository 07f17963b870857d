//! Nothing changed since the last build: then nothing is to be done, and this is found without grouping anything.
//!
//! The last build notes what it was made from, as hashes: settings, options, theme, files that are published as they are,
//! and the articles; and what it left, as the hash of the manifest. Where all that is still so, and every file that the
//! manifest names is there as it was left, the site is the one that a build would make. Times are the shortcut and contents
//! decide, so a fresh checkout whose every file was written just now stands still as well.

use super::copies::STATIC;
use super::{BuildOptions, BuildReport, CONTENT, contents, settings};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::Cache;
use crate::disk::output::{self, Changes};
use crate::disk::{self, read, walk, write};
use crate::pack::{Pack, packed};
use crate::page::hashing::hash_of;
use crate::render::Layer;
use std::path::Path;

/// The name in the cache.
const NAME: &str = "last";

/// What a build is made from besides the articles, as one hash.
///
/// # Errors
/// Those of reading the settings and the theme.
pub fn inputs(root: &Path, options: &BuildOptions, layers: &[Layer]) -> Result<u128, Error> {
    let settings_file = read::read_if_there(&root.join(settings::FILE))?;
    let mut hashes = vec![hash_of(&(settings_file, &options.base_url, options.showing.drafts, options.showing.future))];
    for layer in layers {
        hashes.push(hash_of(&layer.name));
        hashes.extend(layer.files.iter().map(|(path, bytes)| hash_of(&(path, bytes))));
    }
    for folder in [root.join(STATIC), root.join(CONTENT).join(contents::MEDIA)] {
        let files = if walk::is_folder(&folder) {
            walk::walk(&folder, walk::Hidden::Keep, |_| true)?.files
        } else {
            Vec::new()
        };
        let file = |found: &walk::Found| hash_of(&(&found.path, found.stamp.size, found.stamp.mtime));
        hashes.push(hash_of(&files.iter().map(file).collect::<Vec<u128>>()));
    }
    Ok(hash_of(&hashes))
}

/// What the last build was made from, and what it said.
struct Last {
    inputs: [u8; 16],
    articles_seen: [u8; 16],
    manifest: [u8; 16],
    /// The moment that embargoes were held against, and the first at which one of them ends.
    now: i64,
    until: i64,
    articles: u32,
    pages: u32,
    held_back: u32,
    diagnostics: Box<[Diagnostic]>,
}

packed!(Last { inputs, articles_seen, manifest, now, until, articles, pages, held_back, diagnostics });

/// What a build would do that finds the articles as the last one saw them: nothing, if all else is as it was too.
///
/// # Errors
/// Those of finding the output folder, and [`Error::Disk`] where the cache cannot be written.
pub fn report(
    root: &Path,
    config: &Config,
    options: &BuildOptions,
    cache: &Cache,
    inputs: u128,
    seen: u128,
) -> Result<Option<BuildReport>, Error> {
    if options.clean || options.against.is_some() {
        return Ok(None);
    }
    let folder = settings::output(root, config, options)?;
    let Ok(Some(bytes)) = cache.load(&name(&folder), disk::program()) else { return Ok(None) };
    let now = options.showing.now;
    let Some(last) = Last::unpack(&mut bytes.as_slice()).filter(|last| {
        last.inputs == inputs.to_le_bytes()
            && last.articles_seen == seen.to_le_bytes()
            && (last.now..last.until).contains(&now)
    }) else {
        return Ok(None);
    };
    let known = output::Left::load(cache, &folder).filter(|left| left.hash().to_le_bytes() == last.manifest);
    let Some(left) = known.map_or(Ok(None), |left| left.looked_after(cache, &folder))? else { return Ok(None) };
    let manifest = left.hash().to_le_bytes();
    let renewed = last.manifest != manifest;
    let last = Last { manifest, ..last };
    if renewed {
        last.save(cache, &folder)?;
    }
    list(root, config, options, cache)?;
    Ok(Some(BuildReport {
        converted: super::convert::Counts::default(),
        articles: last.articles as usize,
        pages: last.pages as usize,
        held_back: last.held_back as usize,
        changes: Changes { unchanged: left.len(), ..Changes::default() },
        diagnostics: last.diagnostics.into_vec(),
        timings: Vec::new(),
    }))
}

/// Notes for the next build what this one was made from. `until` is when the first article that is held back now is due.
///
/// # Errors
/// [`Error::Disk`].
pub fn note(
    root: &Path,
    config: &Config,
    options: &BuildOptions,
    cache: &Cache,
    (inputs, seen, until): (u128, u128, i64),
    report: &BuildReport,
) -> Result<(), Error> {
    let folder = settings::output(root, config, options)?;
    let Some(manifest) = output::manifest_hash(cache, &folder) else { return Ok(()) };
    let last = Last {
        inputs: inputs.to_le_bytes(),
        articles_seen: seen.to_le_bytes(),
        manifest: manifest.to_le_bytes(),
        now: options.showing.now,
        until,
        articles: report.articles as u32,
        pages: report.pages as u32,
        held_back: report.held_back as u32,
        diagnostics: report.diagnostics.clone().into(),
    };
    last.save(cache, &folder)
}

impl Last {
    fn save(&self, cache: &Cache, folder: &Path) -> Result<(), Error> {
        let mut bytes = Vec::new();
        self.pack(&mut bytes);
        cache.save(&name(folder), disk::program(), &bytes)
    }
}

/// Writes the list of the site's files that the options ask for, for a build elsewhere that has this one's cache or not
/// but not its output.
///
/// # Errors
/// [`Error::Disk`].
pub fn list(root: &Path, config: &Config, options: &BuildOptions, cache: &Cache) -> Result<(), Error> {
    let Some(file) = &options.manifest else { return Ok(()) };
    let left = output::Left::load(cache, &settings::output(root, config, options)?);
    let listing = left.map(|left| left.listing()).unwrap_or_default();
    write::replace(file, listing.as_bytes())
}

/// By the folder as it is given: another name for it only means that all is looked at.
fn name(folder: &Path) -> String {
    format!("{NAME}-{:016x}", hash_of(&folder.as_os_str().as_encoded_bytes()) as u64)
}
