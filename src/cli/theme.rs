//! `backfile theme`: making themes, and looking into them.

use super::{Common, Environment, Outcome, root};
use crate::diagnostic::{Error, counted};
use crate::group::Showing;
use crate::run::theme::{check, context, making, stack};
use crate::run::{BuildOptions, settings};
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a theme in themes/NAME that stands on another one
    New {
        /// What the theme is called: small letters, digits and hyphens
        name: String,
        /// The theme that it stands on
        #[arg(long, value_name = "THEME", default_value = "gazette")]
        extends: String,
    },
    /// List the themes there are, and what each stands on
    List,
    /// Show where a file is looked for and which one wins; without FILE, all of them
    Which {
        /// As in byline, slots/byline.html, article.html or site.css
        file: Option<String>,
    },
    /// Copy a file of the theme to the site, so that it can be changed there
    Eject {
        /// As in byline, slots/byline.html, article.html or site.css
        file: String,
        /// Copy it to this theme of the site instead
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
    },
    /// Show how the site's own files differ from those that they stand in the place of
    Diff,
    /// Show what the template of a page sees, as JSON
    Context {
        /// The address of the page, as in /town/2000/06/09/slug/
        url: String,
    },
    /// Render a made-up archive of awkward articles, and look for mistakes on its pages
    Check {
        /// Write the pages to this folder, to look at them
        #[arg(long, short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment) -> Result<Outcome, Error> {
    let root = root::find(common.root.as_deref(), environment)?;
    let done = |summary: String| Outcome { summary, ..Outcome::default() };
    let shown = |text: String| Outcome { text, ..Outcome::default() };
    let config = settings::config(&root)?;
    let stack = || stack::Stack::read(&root, &config);
    Ok(match &args.command {
        Command::New { name, extends } => done(making::make(&root, name, extends)?),
        Command::List => shown(stack::list(&root, &config)?),
        Command::Which { file: None } => shown(stack()?.all()),
        Command::Which { file: Some(file) } => {
            let stack = stack()?;
            shown(stack.which(&stack.path_of(file)?))
        }
        Command::Eject { file, theme } => {
            let stack = stack()?;
            done(stack.eject(&root, &stack.path_of(file)?, theme.as_deref())?)
        }
        Command::Diff => match stack()?.diff() {
            text if text.is_empty() => done("nothing of this site stands in the place of a theme's file".to_owned()),
            text => shown(text),
        },
        Command::Context { url } => {
            shown(context::context(&root, &BuildOptions::new(Showing::EVERYTHING, common.jobs()), url)?)
        }
        Command::Check { output } => {
            let checked = check::check(&root, &config, output.as_deref())?;
            let pages = counted(checked.pages as u64, "pages of awkward articles");
            let summary = format!("looked at {pages} with the theme {}", config.theme);
            Outcome { diagnostics: checked.diagnostics, summary, counted: Some("mistakes"), ..Outcome::default() }
        }
    })
}
