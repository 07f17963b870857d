//! `backfile check`

use super::shown::Shown;
use super::{Common, Environment, Outcome, Screen, root};
use crate::diagnostic::Error;
use crate::run::{BuildOptions, check};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    shown: Shown,
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment, screen: &Screen) -> Result<Outcome, Error> {
    let root = root::find(common.root.as_deref(), environment)?;
    let options = BuildOptions::new(args.shown.showing(environment), common.jobs());
    let checked = check::check(&root, &options, screen)?;
    let found: Vec<String> =
        checked.counts.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{count} {what}")).collect();
    let found = if found.is_empty() { String::new() } else { format!(": {}", found.join(", ")) };
    let summary = format!("checked {} articles and {} pages{found}", checked.articles, checked.pages);
    Ok(Outcome { diagnostics: checked.diagnostics, summary, counted: Some("errors"), ..Outcome::default() })
}
