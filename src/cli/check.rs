//! `backfile check`

use super::{Common, Environment, Outcome, Screen, root};
use crate::date::ArticleDate;
use crate::diagnostic::Error;
use crate::group::Showing;
use crate::run::BuildOptions;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Check drafts too
    #[arg(long)]
    drafts: bool,
    /// Check articles dated in the future too
    #[arg(long)]
    future: bool,
    /// The time that embargoes and future dates are held against [default: the clock]
    #[arg(long, value_name = "TIME")]
    now: Option<ArticleDate>,
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment, screen: &Screen) -> Result<Outcome, Error> {
    let root = root::find(common.root.as_deref(), environment)?;
    let options = BuildOptions {
        output: None,
        base_url: None,
        against: None,
        manifest: None,
        clean: false,
        jobs: common.jobs(),
        showing: Showing { now: root::now(args.now, environment), drafts: args.drafts, future: args.future },
    };
    let checked = crate::check::check(&root, &options, screen)?;
    let found: Vec<String> =
        checked.counts.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{count} {what}")).collect();
    let found = if found.is_empty() { String::new() } else { format!(": {}", found.join(", ")) };
    let summary = format!("checked {} articles and {} pages{found}", checked.articles, checked.pages);
    Ok(Outcome { diagnostics: checked.diagnostics, summary, counted: Some("errors"), ..Outcome::default() })
}
