//! The command line: definitions, and one thin file per command.

mod build;
mod check;
mod completions;
mod convert;
mod explain;
mod new;
mod outcome;
mod root;
mod screen;
#[cfg(feature = "serve")]
mod serve;
mod shard;
mod shown;
mod theme;

use crate::diagnostic::Error;
use clap::{ArgAction, Parser, Subcommand, ValueEnum};
pub use outcome::Outcome;
pub use screen::{Screen, Stream};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What `main` finds out about the machine, so that no other file has to ask it.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The working directory.
    pub here: PathBuf,
    /// Seconds since 1970 by the clock.
    pub now: i64,
    /// `SOURCE_DATE_EPOCH`, in seconds since 1970: what to take for the clock in builds that must be repeatable.
    pub source_date_epoch: Option<i64>,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// Whether `CI` is set: then nobody watches a progress bar.
    pub ci: bool,
    /// Whether standard error is a terminal.
    pub terminal: bool,
    /// Those of [`variables`] that are set.
    pub variables: BTreeMap<&'static str, String>,
}

impl Environment {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }
}

/// The variables by which the engine that runs the program on many machines tells each which one it is.
pub fn variables() -> impl Iterator<Item = &'static str> {
    shard::variables()
}

/// Turns a news archive, in whatever shape it survived, into a static site.
#[derive(Debug, Parser)]
#[command(name = "backfile", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Common options")]
struct Common {
    /// The site's folder [default: the nearest folder upwards with a site.toml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Threads to use [default: one for each core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Print errors only
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Print every message and how long each step took
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// How to print messages
    #[arg(long, global = true, value_name = "FORM", default_value = "human")]
    message_format: MessageFormat,
    /// Treat warnings as bad inputs (exit status 1)
    #[arg(long, global = true, action = ArgAction::SetTrue)]
    strict: bool,
}

impl Common {
    /// How many threads; 0 for as many as the machine has.
    fn jobs(&self) -> usize {
        self.jobs.map_or(0, usize::from)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    Human,
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the folder of a new site
    New(new::Args),
    /// Turn raw articles of any format into Markdown files
    Convert(convert::Args),
    /// Build the site: convert what changed, then group, plan and render
    Build(build::Args),
    /// Look for what readers would stumble over, without building: links, pictures, lists, addresses, dates
    Check(check::Args),
    /// Make, change and check themes
    Theme(theme::Args),
    /// Show the site in a browser, and again with every change
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Print a script that completes commands and options in a shell
    Completions(completions::Args),
    /// Show what is known of an article, an address or a source, and why
    Explain(explain::Args),
}

/// Parses the arguments of this process; prints help and usage errors and ends the process by itself, as clap does.
pub fn parse() -> Cli {
    Cli::parse()
}

/// Runs the command.
///
/// # Errors
/// Whatever stops the command; see [`Error`].
pub fn run(cli: &Cli, environment: &Environment, screen: &Screen) -> Result<Outcome, Error> {
    match &cli.command {
        Command::New(args) => new::run(args),
        Command::Convert(args) => convert::run(args, &cli.common, environment, screen),
        Command::Build(args) => build::run(args, &cli.common, environment, screen),
        Command::Check(args) => check::run(args, &cli.common, environment, screen),
        Command::Theme(args) => theme::run(args, &cli.common, environment),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args, &cli.common, environment, screen),
        Command::Completions(args) => Ok(completions::run(args)),
        Command::Explain(args) => explain::run(args, &cli.common, environment),
    }
}
