//! `backfile build`

use super::shown::Shown;
use super::{Common, Environment, Outcome, Screen, root};
use crate::diagnostic::{Error, counted};
use crate::disk::write;
use crate::run::{BuildOptions, BuildReport};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write the site to this folder instead of the one in site.toml
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Publish under this address instead of the one in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    shown: Shown,
    /// Remove everything from the output folder that this build does not write
    #[arg(long)]
    clean: bool,
    /// Write only what differs from the site of an earlier build, by the list that it wrote with --manifest
    #[arg(long, value_name = "FILE", conflicts_with = "clean")]
    against: Option<PathBuf>,
    /// Write a list of all files of the site, for --against of a later build, to this file
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Write the lists of added, changed and removed files to this file
    #[arg(long, value_name = "FILE.json")]
    changes: Option<PathBuf>,
}

impl Args {
    fn options(&self, jobs: usize, environment: &Environment) -> BuildOptions {
        BuildOptions {
            output: self.output.clone(),
            base_url: self.base_url.clone(),
            against: self.against.clone(),
            manifest: self.manifest.clone(),
            clean: self.clean,
            ..BuildOptions::new(self.shown.showing(environment), jobs)
        }
    }
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment, screen: &Screen) -> Result<Outcome, Error> {
    let root = root::find(common.root.as_deref(), environment)?;
    let report = crate::build(&root, &args.options(common.jobs(), environment), screen)?;
    if let Some(file) = &args.changes {
        write::replace(file, changes(&report).as_bytes())?;
    }
    let mut summary = vec![summary(&report)];
    if common.verbose {
        summary.extend(report.timings.iter().map(|(step, time)| format!("  {step}: {:.2} s", time.as_secs_f64())));
    }
    Ok(Outcome {
        text: String::new(),
        diagnostics: report.diagnostics,
        summary: summary.join("\n"),
        ..Outcome::default()
    })
}

fn changes(report: &BuildReport) -> String {
    let changes = &report.changes;
    let json = serde_json::json!({ "added": changes.added, "changed": changes.changed, "removed": changes.removed });
    format!("{json:#}\n")
}

fn summary(report: &BuildReport) -> String {
    let changes = &report.changes;
    let total: f64 = report.timings.iter().map(|(_, time)| time.as_secs_f64()).sum();
    let counts =
        [("added", changes.added.len()), ("changed", changes.changed.len()), ("removed", changes.removed.len())];
    let files: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{count} {what}")).collect();
    let files = if files.is_empty() { "no file changed".to_owned() } else { format!("files {}", files.join(", ")) };
    let held_back = match report.held_back {
        0 => String::new(),
        held => format!(" ({held} held back: drafts, embargoes, future dates)"),
    };
    let [articles, pages] =
        [(report.articles, "articles"), (report.pages, "pages")].map(|(n, what)| counted(n as u64, what));
    format!("built {articles}{held_back} as {pages}: {files}, in {total:.2} s")
}
