//! Backfile: raw articles of any format in, a finished news archive out.
//!
//! ```text
//! sources ──convert──▶ content/*.md ──group──▶ Archive ──plan──▶ Pages ──render──▶ public/
//! ```
//!
//! 1. [`convert`](mod@convert) makes articles of sources: one file per input format.
//! 2. [`group`] makes the [`archive`] of articles: metadata of all of them and every index over it, and no body.
//! 3. [`plan`] makes pages of the archive: one file per page kind, each with the typed view that its template sees.
//! 4. [`render`] makes text of a page and a theme.
//!
//! Nouns are data ([`article`], [`archive`], [`page`], [`config`], [`date`], [`diagnostic`]); verbs are stages, and a
//! stage is a function from values to values. [`disk`] is the only place that touches files, and [`run`] is where
//! stages and disk meet; [`build`] below is all of it in the order in which it happens.
//!
//! What is absent: no stage knows another, the disk, the clock or the command line; no value is filled in after it is
//! made; nothing that holds all bodies, all pages or all views; no global state.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod archive;
pub mod article;
pub mod cli;
pub mod config;
pub mod convert;
pub mod date;
pub mod diagnostic;
pub mod disk;
pub mod group;
pub mod i18n;
pub mod markup;
pub mod pack;
pub mod page;
pub mod picture;
pub mod plan;
pub mod progress;
pub mod recall;
pub mod render;
pub mod run;
#[cfg(feature = "serve")]
pub mod serve;

use config::SourceSettings;
use diagnostic::Error;
use progress::Progress;
use run::convert::{ConvertOptions, ConvertReport};
use run::{BuildOptions, BuildReport, Steps, settings, standstill};
use std::path::Path;
use std::sync::Arc;

/// Converts sources to articles below `options.into`; `root` is the site they belong to, if there is one.
///
/// # Errors
/// As [`run::convert::convert`]. Bad sources are no errors: each is a diagnostic of the report.
pub fn convert(
    root: Option<&Path>,
    sources: &[SourceSettings],
    options: &ConvertOptions,
    progress: &dyn Progress,
) -> Result<ConvertReport, Error> {
    run::convert::convert(root, sources, options, progress)
}

/// Builds the site at `root` into its output folder.
///
/// # Errors
/// [`Error::Site`] where settings, templates or addresses make it impossible, [`Error::Disk`] where the disk does.
/// Either leaves the old output as it was. Bad articles are no errors: each is a diagnostic of the report.
pub fn build(root: &Path, options: &BuildOptions, progress: &(dyn Progress + Sync)) -> Result<BuildReport, Error> {
    let mut steps = Steps::start(progress);
    let config = settings::read(root, options)?;
    let cache = disk::cache::Cache::open(&root.join(run::CACHE))?;
    let converted =
        steps.step("converting", || run::sources::convert(root, &config, &cache, options.jobs, progress))?;

    run::threads(options.jobs)?.install(|| {
        let looked = steps.step("reading", || run::contents::look(root, &config, Some(&cache), progress))?;
        let layers = run::theme::layers(root, &config)?;
        let inputs = standstill::inputs(root, options, &layers)?;
        let seen = looked.seen();
        if looked.is_all_well()
            && converted.diagnostics.is_empty()
            && let Some(report) =
                steps.step("comparing", || standstill::report(root, &config, options, &cache, inputs, seen))?
        {
            return Ok(BuildReport { converted: converted.counts, timings: steps.done(), ..report });
        }
        let (contents, related) = steps.step("recalling", || run::recalled(root, looked, &cache))?;
        let config = run::contents::with_looks(&config, &contents.contents.sections);
        let known = (contents.contents, related);
        let (grouped, warning) =
            steps.step("grouping", || run::related::group(known, &config, options.showing, &cache))?;
        let words = run::theme::words(&layers, &config)?;
        let (config, archive) = (Arc::new(config), Arc::new(grouped.archive));
        let ready = Arc::new(plan::Ready::new(&config, &archive, Arc::clone(&words)));
        let site = plan::Site::new(&config, &archive, &ready);
        let shared = (Arc::clone(&config), Arc::clone(&archive), Arc::clone(&ready));
        let folder = settings::output(root, &config, options)?;
        let lists = Arc::new(run::lists::Lists::new(shared, &cache, &folder));
        let plan::Plan { pages, warnings } = steps.step("planning", || plan::plan(site).map_err(Error::Site))?;
        let answers = Arc::clone(&lists) as Arc<dyn page::Lists>;
        let theme = run::theme::load(&layers, &words, answers, site, render::Naming::ByContent)?;

        let output = run::pages::open(root, &config, options, &cache)?;
        let run::pages::Written { unread, is_outdated } =
            steps.step("rendering", || run::pages::write(root, site, &pages, (&theme, &lists), &output, progress))?;
        lists.save(&cache)?;
        let copied = steps.step("copying", || run::copies::write(root, &theme, &output))?;
        let changes = steps.step("publishing", || output.finish())?;

        let mut report = BuildReport {
            converted: converted.counts,
            articles: archive.articles.len(),
            pages: pages.len(),
            held_back: grouped.held_back,
            changes,
            diagnostics: [converted.diagnostics, contents.diagnostics, grouped.diagnostics, warnings, unread, copied]
                .concat(),
            timings: steps.done(),
        };
        if !is_outdated {
            standstill::note(root, &config, options, &cache, (inputs, seen, grouped.until), &report)?;
        }
        standstill::list(root, &config, options, &cache)?;
        // These are said once: the next build has what this one remembers.
        report.diagnostics.extend(contents.warning.into_iter().chain(warning));
        Ok(report)
    })
}
