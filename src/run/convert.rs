//! Sources to files of articles, in memory that does not grow with the sources but by some bytes for each.
//!
//! 1. [`inputs`]: what is to be converted, and the identity of each source.
//! 2. [`pass`]: every source is read and converted. An article that can have one place only is written at once.
//! 3. [`strays`]: files of articles that no source gave this time: their sources moved, or are gone.
//! 4. [`stories`]: articles that had to wait for that, and captures of one story, which become one article.
//! 5. [`tidy`]: old places of articles that moved are cleared; the report is written.
//!
//! A file that a person edited is never overwritten, and no file is ever half-written.

pub(super) mod document;
pub(super) mod inputs;
mod known;
mod media;
mod names;
mod notes;
mod parts;
mod pass;
mod patience;
mod pictures;
mod place;
mod redirects;
mod report;
mod said;
mod source;
mod stories;
mod strays;
mod stream;
mod tidy;

pub use parts::{Shard, all_there, forget};
pub use report::{ConvertReport, Counts};

use crate::config::SourceSettings;
use crate::config::limits::Limits;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::Cache;
use crate::disk::scratch::Scratch;
use crate::disk::{self, walk};
use crate::progress::Progress;
use inputs::Inputs;
use known::Known;
use media::Media;
use names::Names;
use patience::Patience;
use pictures::Pictures;
use redirects::Redirects;
use report::Lines;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What the person who starts a conversion decides.
#[derive(Clone, Debug, Default)]
pub struct ConvertOptions<'a> {
    /// The folder of the articles.
    pub into: PathBuf,
    /// Write nothing; only say what would be done.
    pub dry_run: bool,
    /// Take the source's text where a person edited the article.
    pub force: bool,
    /// Remove articles whose sources are gone.
    pub prune: bool,
    /// Where to write what became of each source: as a page where the name ends in `.html`, otherwise as JSON.
    pub reports: Vec<PathBuf>,
    /// How many articles of each format a page shows beside their sources.
    pub samples: usize,
    /// Stop when more sources than this were bad.
    pub max_bad: Option<usize>,
    /// Convert this part of the sources only.
    pub shard: Option<Shard>,
    /// What one document may ask for.
    pub limits: Limits,
    /// How many threads; 0 for as many as the machine has.
    pub jobs: usize,
    /// The cache of the site, if sources that are as they were when they were last converted are to be passed over; a
    /// part passes over none, and keeps there what the run that puts the parts together has to know.
    pub cache: Option<&'a Cache>,
}

impl ConvertOptions<'_> {
    /// The name of the run among those that are at work in one folder at the same time.
    fn writer(&self) -> String {
        self.shard.map_or_else(String::new, Shard::tag)
    }
}

/// A conversion under way.
struct Run<'a> {
    options: &'a ConvertOptions<'a>,
    inputs: &'a Inputs,
    /// Which digits the names of the articles had before.
    names: Names,
    media: Media,
    patience: Patience,
    /// What the last build knew of the sources; only where a build asks.
    known: Option<Known>,
    /// Hashes of the paths that the articles of this run belong at; sorted when the sources are done.
    places: Vec<u64>,
    /// Identities of the records that gave articles; sorted when the sources are done.
    identities: Vec<u64>,
    /// Hashes of the names of sources that could not be converted whole.
    bad_sources: Vec<u64>,
    /// Whether two records claim one place.
    contested: bool,
    /// Whether some of the sources could not be seen.
    passed_over: bool,
    /// Hashes of the paths of the articles that were put at their places last.
    claimed: HashSet<u64>,
    /// Records that got no place.
    unplaced: Vec<u64>,
    /// Articles that cannot be placed yet: their story, and where `scratch` has them.
    waiting: Vec<(u64, u64)>,
    scratch: Scratch,
    redirects: Redirects,
    pictures: Pictures,
    lines: Lines,
    report: ConvertReport,
    /// Where scratch files may be made.
    folder: PathBuf,
}

/// Converts the sources at `inputs` (paths relative to the working directory) to articles below `options.into`.
/// Sources inside `root` are known by their paths relative to it.
///
/// # Errors
/// [`Error::Usage`] where the inputs make no sense together, [`Error::Disk`]. What was written until then is whole.
pub fn convert(
    root: Option<&Path>,
    inputs: &[SourceSettings],
    options: &ConvertOptions<'_>,
    progress: &dyn Progress,
) -> Result<ConvertReport, Error> {
    let inputs = Inputs::resolve(root, inputs, &options.into)?;
    super::threads(options.jobs)?.install(|| {
        let mut run = Run::new(&inputs, options)?;
        run.pass(progress)?;
        if run.report.stopped {
            run.save_report()?;
            return Ok(run.report);
        }
        let strays = run.strays()?;
        run.stories(&strays)?;
        run.tidy(&strays)?;
        run.save_report()?;
        if let (Some(known), Some(cache), false) = (&run.known, options.cache, options.dry_run) {
            known.save(cache)?;
        }
        Ok(run.report)
    })
}

impl<'a> Run<'a> {
    fn new(inputs: &'a Inputs, options: &'a ConvertOptions<'a>) -> Result<Self, Error> {
        let passes_over = options.cache.is_some() && options.shard.is_none();
        let mut names = Names::below(&options.into, passes_over)?;
        let mut report = ConvertReport::default();
        let known = options.cache.map(|cache| {
            let load = || Known::load(cache, std::mem::take(&mut names.files));
            let (known, warning) = options.shard.map_or_else(load, |part| (Known::of_part(part), None));
            report.diagnostics.extend(warning);
            known
        });
        let writer = options.writer();
        let folder = if walk::is_folder(&options.into) { options.into.clone() } else { disk::temporary() };
        Ok(Self {
            options,
            inputs,
            names,
            patience: Patience::new(options.limits),
            media: Media::new(&options.into, writer.clone(), options.dry_run),
            known,
            places: Vec::new(),
            identities: Vec::new(),
            bad_sources: Vec::new(),
            contested: false,
            passed_over: false,
            claimed: HashSet::new(),
            unplaced: Vec::new(),
            waiting: Vec::new(),
            scratch: Scratch::new(&folder, "convert", &writer),
            pictures: Pictures::new(Scratch::new(&folder, "pictures", &writer)),
            redirects: Redirects::new(Scratch::new(&folder, "redirects", &writer)),
            lines: Lines::new(!options.reports.is_empty(), options.samples, Scratch::new(&folder, "report", &writer)),
            report,
            folder,
        })
    }

    /// An empty list that no run beside this one takes for its own.
    fn notes(&self, name: &str) -> Scratch {
        Scratch::new(&self.folder, name, &self.options.writer())
    }

    /// A source that could not be converted whole.
    fn bad(&mut self, source: &str, diagnostics: Vec<Diagnostic>) {
        if !diagnostics.is_empty() {
            let source = xxhash_rust::xxh3::xxh3_64(source.as_bytes());
            // A big source is taken note of piece by piece.
            if self.bad_sources.last() != Some(&source) {
                self.bad_sources.push(source);
                self.report.counts.bad += 1;
            }
            self.report.diagnostics.extend(diagnostics);
        }
    }
}
