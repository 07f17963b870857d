//! `backfile convert`

use super::shard::Part;
use super::{Common, Environment, Outcome, Screen, root};
use crate::config::limits::Limits;
use crate::config::{Categories, Config, SourceSettings};
use crate::diagnostic::{Diagnostic, Error, counted};
use crate::disk::cache::Cache;
use crate::disk::spool::Spooled;
use crate::disk::walk;
use crate::run::convert::{self, ConvertOptions, ConvertReport, Shard};
use crate::run::{CACHE, CONTENT, Steps, settings, sources};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders to convert, or `-` for standard input [default: the sources in site.toml]
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// The folder to write articles to [default: content/ of the site, or here]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Write nothing; only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Write what became of each source to this file: for programs as JSON, or as a page with input beside output; may be
    /// given for both
    #[arg(long, value_name = "FILE.json|FILE.html")]
    report: Vec<PathBuf>,
    /// How many articles of each format the page shows beside their sources, half of them those that lost most
    #[arg(long, value_name = "N", default_value_t = 10)]
    samples: usize,
    /// Stop when more sources than this are bad
    #[arg(long, value_name = "N")]
    max_bad: Option<usize>,
    /// Take the text of the source where an article was edited by hand; the edit is lost
    #[arg(long)]
    force: bool,
    /// Remove articles whose sources are gone, unless they were edited by hand
    #[arg(long)]
    prune: bool,
    /// Convert only this part of the sources, as in 2/8 for the second of eight equal parts; `auto` takes the part from
    /// the variables of Slurm, Kubernetes, GitLab, GitHub or Buildkite
    #[arg(long, value_name = "I/N|auto")]
    shard: Option<Part>,
    /// Put together the parts that were converted with --shard; only what no part could know is converted
    #[arg(long, conflicts_with_all = ["shard", "into"])]
    merge: bool,
}

/// How to read sources; what is not stated is as site.toml says for the source.
#[derive(Debug, clap::Args)]
pub(super) struct Settings {
    /// The format of the inputs [default: auto, which tells it by content]
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// The section of articles whose source names none
    #[arg(long, value_name = "PATH")]
    section: Option<String>,
    /// The address that relative links of the sources start from
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The column that an article's key is in, as in `title=Headline`, `body=Text` or `html=Markup`; once for each
    #[arg(long, value_name = "KEY=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Of a database, the query whose rows are the articles, as in `SELECT * FROM articles`
    #[arg(long, value_name = "SQL")]
    query: Option<String>,
    /// What the categories of a blog become
    #[arg(long, value_name = "sections|tags")]
    categories: Option<CategoriesArgument>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum CategoriesArgument {
    Sections,
    Tags,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, column) = text.split_once('=').ok_or("as in title=Headline")?;
    Ok((key.trim().to_owned(), column.trim().to_owned()))
}

impl Settings {
    /// The inputs with these settings, and where these say nothing with those of `config`.
    pub(super) fn of(&self, inputs: &[PathBuf], site: Option<(&Path, &Config)>) -> Result<Vec<SourceSettings>, Error> {
        let mut sources = sources::named(inputs, site)?;
        for source in &mut sources {
            source.format = self.format.clone().or(source.format.take());
            source.section = self.section.clone().or(source.section.take());
            source.base_url = self.base_url.clone().or(source.base_url.take());
            source.query = self.query.clone().or(source.query.take());
            source.map.extend(self.map.iter().cloned());
            source.categories = match self.categories {
                Some(CategoriesArgument::Sections) => Categories::Sections,
                Some(CategoriesArgument::Tags) => Categories::Tags,
                None => source.categories,
            };
        }
        Ok(sources)
    }
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment, screen: &Screen) -> Result<Outcome, Error> {
    let site = match root::find(common.root.as_deref(), environment) {
        Ok(root) => Some((settings::config(&root)?, root)),
        // Converting needs no site, if it is told what to convert.
        Err(error) if args.inputs.is_empty() => return Err(error),
        Err(_) => None,
    };
    let site = site.as_ref().map(|(config, root)| (root.as_path(), config));
    // It is there until all is converted.
    let spooled =
        args.inputs.iter().any(|input| is_standard(input)).then(|| Spooled::read(&mut std::io::stdin().lock()));
    let spooled = spooled.transpose()?;
    let file = |input: &PathBuf| match &spooled {
        Some(spooled) if is_standard(input) => spooled.path().to_path_buf(),
        _ => input.clone(),
    };
    let inputs: Vec<PathBuf> = args.inputs.iter().map(file).collect();
    let sources = args.settings.of(&inputs, site)?;
    if sources.is_empty() {
        let hint = "name files or folders, or add `[[sources]]` with a `path` to site.toml";
        return Err(Error::usage("there is nothing to convert", hint));
    }
    let own = site.map_or_else(|| PathBuf::from(CONTENT), |(root, _)| root.join(CONTENT));
    let into = args.into.clone().unwrap_or_else(|| own.clone());
    let shard = args.shard.map(|part| part.resolve(|name| environment.variable(name))).transpose()?;
    let cache = cache(args, shard, site.map(|(root, _)| root).filter(|_| same_folder(&into, &own)))?;
    let options = ConvertOptions {
        into,
        dry_run: args.dry_run,
        force: args.force,
        prune: args.prune,
        reports: args.report.clone(),
        samples: args.samples,
        max_bad: args.max_bad,
        shard,
        limits: site.map_or_else(Limits::default, |(_, config)| config.limits),
        jobs: common.jobs(),
        cache: cache.as_ref().filter(|_| shard.is_some() || args.merge),
    };
    let mut steps = Steps::start(screen);
    let report = steps.step("converting", || crate::convert(site.map(|(root, _)| root), &sources, &options, screen))?;
    Ok(outcome(report, args.dry_run, steps.done().iter().map(|(_, time)| *time).sum()))
}

/// Whether an input is standard input.
fn is_standard(input: &Path) -> bool {
    input == Path::new("-")
}

/// The cache of the site at `root`, if its articles are what is converted. What it knows of the sources is forgotten where
/// that will no longer be so.
fn cache(args: &Args, shard: Option<Shard>, root: Option<&Path>) -> Result<Option<Cache>, Error> {
    let Some(path) = root.map(|root| root.join(CACHE)) else {
        let hint = "put the sources into a site, or convert them without --merge";
        return if args.merge { Err(Error::usage("only the parts of a site can be merged", hint)) } else { Ok(None) };
    };
    if args.merge {
        let cache = Cache::open(&path)?;
        convert::all_there(&cache)?;
        return Ok(Some(cache));
    }
    if args.dry_run || (shard.is_none() && !walk::is_folder(&path)) {
        return Ok(None);
    }
    let cache = if shard.is_some() { Cache::share(&path)? } else { Cache::open(&path)? };
    convert::forget(&cache, shard)?;
    Ok(Some(cache))
}

fn same_folder(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| walk::locate(path).map(|located| located.real).ok();
    one == other || real(one).is_some_and(|one| Some(one) == real(other))
}

fn outcome(report: ConvertReport, dry_run: bool, time: Duration) -> Outcome {
    let counts = report.counts;
    let articles = [
        ("written", counts.written),
        ("changed", counts.changed),
        ("moved", counts.moved),
        ("unchanged", counts.unchanged),
        ("kept as edited", counts.edited),
        ("folded into a newer capture", counts.folded),
        ("refused", counts.refused),
        ("without a source", counts.vanished),
        ("pruned", counts.pruned),
    ];
    let articles: Vec<String> =
        articles.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{count} {what}")).collect();
    let articles =
        if articles.is_empty() { "no article".to_owned() } else { format!("articles {}", articles.join(", ")) };
    let files: Vec<String> = [("copied", counts.files), ("not found", counts.files_missing)]
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{count} {what}"))
        .collect();
    let files = if files.is_empty() { String::new() } else { format!("; files {}", files.join(", ")) };
    let left_out: Vec<String> = report.left_out.iter().map(|(what, count)| counted(*count, what)).collect();
    let left_out = if left_out.is_empty() { String::new() } else { format!("; left out {}", left_out.join(", ")) };
    let verb = match (report.stopped, dry_run) {
        (true, _) => "stopped after",
        (_, true) => "would convert",
        _ => "converted",
    };
    let sources = counted(counts.sources as u64, "sources");
    let summary = format!("{verb} {sources}: {articles}{files}{left_out}, in {:.2} s", time.as_secs_f64());
    let diagnostics: Vec<Diagnostic> = report.diagnostics.into_iter().chain(report.edited).collect();
    Outcome { diagnostics, summary, failed: report.stopped, ..Outcome::default() }
}
