//! `backfile explain`: what is known of an article, and why.

use super::{Common, Environment, Outcome, root};
use crate::diagnostic::Error;
use crate::run::explain;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A content file, an address of the site, or a source
    #[arg(value_name = "ARTICLE|URL|SOURCE")]
    what: String,
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment) -> Result<Outcome, Error> {
    let root = root::find(common.root.as_deref(), environment)?;
    let explained = explain::explain(&root, &args.what)?;
    Ok(Outcome { text: explained.text, diagnostics: explained.diagnostics, ..Outcome::default() })
}
