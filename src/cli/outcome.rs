//! What a command did, as text for people or for programs.

use super::screen::{Screen, Shown};
use crate::diagnostic::{Diagnostic, Error, Severity, counted};
use std::fmt::Write as _;

/// Most messages that are shown to a person who did not ask for all.
const MOST: usize = 40;

/// What a command did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What the command was asked to show, for standard output.
    pub text: String,
    /// One message for each input that was set aside or that a person should look at.
    pub diagnostics: Vec<Diagnostic>,
    /// One line that says what was done.
    pub summary: String,
    /// What a message about a bad input counts as, if not as one that was set aside.
    pub counted: Option<&'static str>,
    /// Whether it could not be done.
    pub failed: bool,
}

impl Outcome {
    /// The outcome of a command that could not run.
    pub fn failure(error: &Error) -> Self {
        let diagnostics = match error {
            Error::Site(diagnostics) => diagnostics.clone(),
            _ => Vec::new(),
        };
        let summary = if diagnostics.is_empty() { error.to_string() } else { "nothing was written".to_owned() };
        Self { text: String::new(), diagnostics, summary, counted: None, failed: true }
    }

    /// 0 done, 1 done but some inputs were bad, 2 could not run. With `strict`, warnings count as bad inputs.
    pub fn exit_code(&self, strict: bool) -> u8 {
        let bad = |d: &Diagnostic| strict || d.severity == Severity::Error;
        if self.failed { 2 } else { u8::from(self.diagnostics.iter().any(bad)) }
    }

    /// What goes to standard error.
    pub fn messages(&self, screen: &Screen) -> String {
        if screen.json {
            return String::new();
        }
        let mut out = String::new();
        let shown = |d: &&Diagnostic| screen.shown != Shown::Errors || d.severity == Severity::Error;
        let all: Vec<&Diagnostic> = self.diagnostics.iter().filter(shown).collect();
        let most = if screen.shown == Shown::Everything { all.len() } else { MOST };
        for diagnostic in all.iter().take(most) {
            let _ = writeln!(out, "{}", screen.paint(diagnostic));
        }
        if all.len() > most {
            let _ = writeln!(out, "… and {} more messages\n  hint: --verbose shows all of them", all.len() - most);
        }
        if self.failed {
            let _ = writeln!(out, "{}", screen.error(&self.summary));
        }
        out
    }

    /// What goes to standard output.
    pub fn text(&self, screen: &Screen) -> String {
        if screen.json {
            return self.json();
        }
        let mut out = self.text.clone();
        if !self.failed && screen.shown != Shown::Errors && !self.summary.is_empty() {
            let bad = self.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
            let warnings = self.diagnostics.len() - bad;
            out.push_str(&self.summary);
            for (count, what) in [(bad, self.counted.unwrap_or("set aside")), (warnings, "warnings")] {
                if count > 0 {
                    let _ = write!(out, "; {}", counted(count as u64, what));
                }
            }
            out.push('\n');
        }
        out
    }

    /// One JSON object on each line: the messages.
    pub(super) fn json_messages(&self) -> String {
        let mut out = String::new();
        for d in &self.diagnostics {
            let severity = if d.severity == Severity::Error { "error" } else { "warning" };
            let line = serde_json::json!({
                "reason": "message", "severity": severity, "file": d.place.file, "line": d.place.line,
                "column": d.place.column, "message": d.message, "hint": d.hint,
            });
            let _ = writeln!(out, "{line}");
        }
        out
    }

    /// The same, then the outcome.
    fn json(&self) -> String {
        let mut out = self.json_messages();
        let line = serde_json::json!({
            "reason": "outcome", "success": !self.failed, "summary": self.summary, "text": self.text,
        });
        let _ = writeln!(out, "{line}");
        out
    }
}
