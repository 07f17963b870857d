//! The command `backfile`: parses arguments, calls one command, prints and exits. No other file prints, exits, or looks
//! at the clock and the environment.

use backfile::cli::{self, Environment, Outcome, Screen, Stream};
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Views are made of many small texts on all threads at once, which is what the system's allocator is slowest at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let command = cli::parse();
    let environment = environment();
    let screen = Screen::of(&command, &environment, print);
    let outcome = cli::run(&command, &environment, &screen).unwrap_or_else(|error| Outcome::failure(&error));
    screen.finish();
    print(Stream::Err, &outcome.messages(&screen));
    print(Stream::Out, &outcome.text(&screen));
    ExitCode::from(outcome.exit_code(screen.strict))
}

fn print(stream: Stream, text: &str) {
    // A reader that went away, as `head` does, is no failure of ours.
    let _ = match stream {
        Stream::Out => std::io::stdout().lock().write_all(text.as_bytes()),
        Stream::Err => std::io::stderr().lock().write_all(text.as_bytes()),
    };
}

fn environment() -> Environment {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    Environment {
        here: std::env::current_dir().unwrap_or_default(),
        now: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64),
        source_date_epoch: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok()),
        no_color: set("NO_COLOR"),
        ci: set("CI"),
        terminal: std::io::stderr().is_terminal(),
        variables: cli::variables().filter_map(|name| Some((name, std::env::var(name).ok()?))).collect(),
    }
}
