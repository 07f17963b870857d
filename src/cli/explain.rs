//! `backfile explain`: what is known of an article or a source, and why.

use super::convert::Settings;
use super::{Common, Environment, Outcome, root};
use crate::config::Config;
use crate::convert::records::INSIDE;
use crate::diagnostic::Error;
use crate::disk::walk;
use crate::run::{CONTENT, account, explain, settings};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A content file, an address of the site, a source, or one record of a source, as in mail.mbox!/RECORD
    #[arg(value_name = "ARTICLE|URL|SOURCE[!/RECORD]")]
    what: String,
    #[command(flatten)]
    settings: Settings,
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment) -> Result<Outcome, Error> {
    let root = root::find(common.root.as_deref(), environment);
    if walk::is_file(Path::new(&args.what)) {
        let root = root.as_deref().ok();
        if !root.is_some_and(|root| is_article(root, Path::new(&args.what))) {
            return explain_source(args, &args.what, None, root);
        }
    }
    if let Some((file, record)) = record(&args.what) {
        return explain_source(args, file, Some(record), root.as_deref().ok());
    }
    let explained = explain::explain(&root?, &args.what)?;
    Ok(Outcome { text: explained.text, diagnostics: explained.diagnostics, ..Outcome::default() })
}

/// Whether the file is among the articles of the site: below `content/`, but in no folder of sources.
fn is_article(root: &Path, file: &Path) -> bool {
    let below = |file: PathBuf| Some(file.strip_prefix(walk::locate(&root.join(CONTENT)).ok()?.real).ok()?.to_owned());
    let path = walk::locate(file).ok().and_then(|located| below(located.real));
    path.is_some_and(|path| !path.iter().any(|name| name.as_encoded_bytes().starts_with(b"_") && name != "_index.md"))
}

/// The file and the record in it that are asked about.
fn record(what: &str) -> Option<(&str, &str)> {
    let parts = what.match_indices(INSIDE).map(|(at, sign)| (&what[..at], &what[at + sign.len()..]));
    parts.into_iter().find(|(file, _)| walk::is_file(Path::new(file)))
}

fn explain_source(args: &Args, file: &str, record: Option<&str>, root: Option<&Path>) -> Result<Outcome, Error> {
    let config: Option<Config> = root.map(settings::config).transpose()?;
    let sources = args.settings.of(&[PathBuf::from(file)], root.zip(config.as_ref()))?;
    let into = root.unwrap_or(Path::new("")).join(CONTENT);
    let text = sources.first().map(|source| account::explain_source(root, source, record, &into)).transpose()?;
    Ok(Outcome { text: text.unwrap_or_default(), ..Outcome::default() })
}
