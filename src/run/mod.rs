//! Where stages and disk meet: what `lib.rs` names as steps, with the reading and writing that each needs.

pub mod account;
pub mod check;
pub mod contents;
pub mod convert;
pub mod copies;
pub mod explain;
pub mod lists;
pub mod pages;
mod pictures;
pub mod related;
pub mod session;
pub mod settings;
pub mod sources;
pub mod standstill;
pub mod theme;

use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::Cache;
use crate::disk::output::Changes;
use crate::group::Showing;
use crate::progress::Progress;
use convert::Counts;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The folder that holds articles, below the root.
pub const CONTENT: &str = "content";
/// Stack of a worker, in bytes: documents nest as deeply as their authors like.
pub(crate) const STACK: usize = 16 << 20;
/// The folder of the build cache, below the root.
pub const CACHE: &str = ".backfile";

/// What a build is asked for beyond `site.toml`.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Where to write instead of the setting `output`; relative to the working directory.
    pub output: Option<PathBuf>,
    /// The address to publish under instead of the setting.
    pub base_url: Option<String>,
    /// A list of the files of the published site, written by an earlier build: what it names is not written again.
    pub against: Option<PathBuf>,
    /// Where to write such a list of this build's site.
    pub manifest: Option<PathBuf>,
    /// Whether everything in the output folder counts as written by backfile.
    pub clean: bool,
    /// Which articles are shown.
    pub showing: Showing,
    /// How many threads; 0 for as many as the machine has.
    pub jobs: usize,
}

impl BuildOptions {
    /// A build as `site.toml` says.
    pub fn new(showing: Showing, jobs: usize) -> Self {
        Self { output: None, base_url: None, against: None, manifest: None, clean: false, showing, jobs }
    }
}

/// What a build did.
#[derive(Debug)]
pub struct BuildReport {
    /// What became of the sources.
    pub converted: Counts,
    /// Articles shown.
    pub articles: usize,
    /// Pages of the site, feeds and sitemaps included.
    pub pages: usize,
    /// Articles not shown: drafts, under embargo, or dated in the future.
    pub held_back: usize,
    /// The files added, changed and removed.
    pub changes: Changes,
    /// What was set aside, and what a person should know.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each step took.
    pub timings: Vec<(&'static str, Duration)>,
}

/// Threads for the work of a run: `jobs` of them, or as many as the machine has if that is 0.
///
/// # Errors
/// [`Error::Usage`] where the system gives no such threads.
pub fn threads(jobs: usize) -> Result<rayon::ThreadPool, Error> {
    rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build().map_err(|error| {
        Error::usage(format!("cannot start {jobs} threads: {error}"), "ask for fewer with --jobs, as in `--jobs 2`")
    })
}

/// What was looked at, as a whole, and what the last build remembered of related stories.
///
/// # Errors
/// As [`contents::recall`].
pub fn recalled(
    root: &Path,
    looked: contents::Looked,
    cache: &Cache,
) -> Result<(contents::Read, related::Recalled), Error> {
    let (contents, related) = rayon::join(|| contents::recall(root, looked, Some(cache)), || related::recall(cache));
    Ok((contents?, related))
}

/// Tells the progress of a run step by step and takes the time of each.
pub struct Steps<'a> {
    progress: &'a dyn Progress,
    timings: Vec<(&'static str, Duration)>,
}

impl<'a> Steps<'a> {
    /// Before the first step.
    pub fn start(progress: &'a dyn Progress) -> Self {
        Self { progress, timings: Vec::new() }
    }

    /// Does one step.
    ///
    /// # Errors
    /// Those of the step.
    #[expect(clippy::disallowed_methods, reason = "how long a step took is shown to people and reaches no output")]
    pub fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        self.progress.begin(name, None);
        let start = Instant::now();
        let result = work();
        self.timings.push((name, start.elapsed()));
        result
    }

    /// After the last step: how long each took.
    pub fn done(self) -> Vec<(&'static str, Duration)> {
        self.timings
    }
}
