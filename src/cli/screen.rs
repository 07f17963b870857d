//! What a person sees while a command runs: progress and colour, as the terminal and the flags allow.

use super::{Cli, Color, Environment, MessageFormat};
use crate::diagnostic::{Diagnostic, Severity};
use crate::progress::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// Where something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// How to show things.
#[derive(Debug)]
pub struct Screen {
    /// Whether warnings count as bad inputs.
    pub strict: bool,
    pub(super) shown: Shown,
    pub(super) json: bool,
    color: bool,
    bar: ProgressBar,
    /// Prints for commands that have something to say before they end.
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "no other command says anything before it ends"))]
    print: fn(Stream, &str),
}

/// How much a person wants to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Errors,
    Usual,
    Everything,
}

impl Shown {
    fn of(quiet: bool, verbose: bool) -> Self {
        match (quiet, verbose) {
            (true, _) => Self::Errors,
            (_, true) => Self::Everything,
            _ => Self::Usual,
        }
    }
}

/// A bar is drawn so often in a second; more would cost time and show nothing more.
const DRAWN: u8 = 8;

impl Screen {
    /// As the arguments and the environment say; `print` is the program's own.
    pub fn of(cli: &Cli, environment: &Environment, print: fn(Stream, &str)) -> Self {
        let json = cli.common.message_format == MessageFormat::Json;
        let shown = environment.terminal && !environment.ci && !cli.common.quiet && !json;
        let target = if shown { ProgressDrawTarget::stderr_with_hz(DRAWN) } else { ProgressDrawTarget::hidden() };
        Self {
            strict: cli.common.strict,
            shown: Shown::of(cli.common.quiet, cli.common.verbose),
            json,
            color: match cli.common.color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => environment.terminal && !environment.no_color,
            },
            bar: ProgressBar::with_draw_target(None, target),
            print,
        }
    }

    /// Says how a command that goes on is doing; programs know it by `reason`.
    #[cfg(feature = "serve")]
    pub(super) fn say(&self, reason: &str, text: &str) {
        if self.json && !reason.is_empty() {
            (self.print)(Stream::Out, &format!("{}\n", serde_json::json!({ "reason": reason, "text": text })));
        } else if !self.json && self.shown != Shown::Errors {
            self.bar.suspend(|| (self.print)(Stream::Out, &format!("{}\n", strip_controls(text))));
        }
    }

    /// Shows messages of a command that goes on, as those are shown that it ends with.
    #[cfg(feature = "serve")]
    pub(super) fn show(&self, diagnostics: Vec<Diagnostic>) {
        let outcome = super::Outcome { diagnostics, ..super::Outcome::default() };
        if self.json {
            (self.print)(Stream::Out, &outcome.json_messages());
        } else {
            self.bar.suspend(|| (self.print)(Stream::Err, &outcome.messages(self)));
        }
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// A message, with the words `error`, `warning` and `hint` in colour.
    pub(super) fn paint(&self, diagnostic: &Diagnostic) -> String {
        let plain = diagnostic.to_string();
        let (word, code) = match diagnostic.severity {
            Severity::Error => ("error:", "1;31"),
            Severity::Warning => ("warning:", "1;33"),
        };
        let plain = strip_controls(&plain);
        if !self.color {
            return plain;
        }
        let painted = plain.replacen(word, &format!("\u{1b}[{code}m{word}\u{1b}[0m"), 1);
        painted.replacen("\n  hint:", "\n  \u{1b}[36mhint:\u{1b}[0m", 1)
    }

    /// The line that says why nothing was done.
    pub(super) fn error(&self, message: &str) -> String {
        let message = strip_controls(message);
        if self.color { format!("\u{1b}[1;31merror:\u{1b}[0m {message}") } else { format!("error: {message}") }
    }
}

/// A file's name or text may hold what a terminal would take as an order.
fn strip_controls(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

impl Progress for Screen {
    fn begin(&self, step: &str, items: Option<u64>) {
        self.bar.reset();
        self.bar.set_position(0);
        let template = match items {
            Some(count) => {
                self.bar.set_length(count);
                "{msg:>12} [{bar:30}] {human_pos}/{human_len} {eta}"
            }
            None => "{msg:>12} {spinner} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("=> "));
        }
        self.bar.set_message(step.to_owned());
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn advance(&self, items: u64) {
        self.bar.inc(items);
    }
}
