//! `backfile completions`

use super::{Cli, Outcome};
use clap::CommandFactory as _;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell to complete for
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "backfile", &mut script);
    Outcome { text: String::from_utf8_lossy(&script).into_owned(), ..Outcome::default() }
}
