//! What went wrong, where, and what to try: failure as data.
//!
//! A [`Diagnostic`] is about one input and lets the run go on; an [`Error`] ends the run.

use crate::pack::{Pack, packed};
use std::fmt;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing was lost; the person may want to know. `--strict` turns it into a failure.
    Warning,
    /// The input named was set aside.
    Error,
}

/// Where in which file; lines and columns count from 1, and 0 means "the whole file" or "the whole line".
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as the person would type it, relative to the working directory or the root.
    pub file: String,
    /// The line, from 1; 0 if the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 if the whole line is meant.
    pub column: u32,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0 }
    }

    /// A line (from 1) and column (from 1, or 0) of a file.
    pub fn at(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self { file: file.into(), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}", self.file),
            (line, 0) => write!(f, "{}:{line}", self.file),
            (line, column) => write!(f, "{}:{line}:{column}", self.file),
        }
    }
}

/// One message about one input: place, what is the matter, and a hint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub place: Place,
    /// How bad.
    pub severity: Severity,
    /// What, in lower case and without a full stop.
    pub message: String,
    /// What to try; empty if there is nothing to say.
    pub hint: String,
}

packed!(Place { file, line, column });
packed!(Diagnostic { place, severity, message, hint });

impl Pack for Severity {
    fn pack(&self, to: &mut Vec<u8>) {
        (*self as u8).pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        [Self::Warning, Self::Error].get(usize::from(u8::unpack(from)?)).copied()
    }
}

impl Diagnostic {
    /// An input that was set aside.
    pub fn error(place: Place, message: impl Into<String>) -> Self {
        Self { place, severity: Severity::Error, message: message.into(), hint: String::new() }
    }

    /// Something a person should know of an input that was used all the same.
    pub fn warning(place: Place, message: impl Into<String>) -> Self {
        Self { place, severity: Severity::Warning, message: message.into(), hint: String::new() }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same, about `file` at the line it already names: for a parser that does not know the file's name.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        file.clone_into(&mut self.place.file);
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{}: {kind}: {}", self.place, self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// Why a run could not be done at all (exit status 2).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The site as described cannot be built: settings, templates, clashing addresses.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Site(Vec<Diagnostic>),
    /// The disk refused: what was being done, to which path, and its own reason.
    #[error("cannot {action} {path}: {source}{}", hint_for(.source))]
    Disk {
        /// What was being done, as in "write".
        action: &'static str,
        /// To which path.
        path: String,
        /// The operating system's own reason.
        source: std::io::Error,
    },
    /// The command line asks for something that makes no sense here.
    #[error("{message}\n  hint: {hint}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to try.
        hint: String,
    },
}

impl Error {
    /// A usage error with its hint.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into() }
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Site(vec![diagnostic])
    }
}

fn hint_for(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as K;
    match error.kind() {
        K::PermissionDenied | K::ReadOnlyFilesystem => {
            "\n  hint: check who owns the folder and whether it may be written"
        }
        K::StorageFull | K::QuotaExceeded => "\n  hint: free some space; the old site was left as it was",
        K::NotFound => "\n  hint: check the path; paths are relative to the working directory",
        K::NotADirectory | K::AlreadyExists => "\n  hint: a file stands where a folder is needed; move it away",
        K::IsADirectory => "\n  hint: a folder stands where a file is needed; move it away",
        _ => "",
    }
}

/// A number with what it counts, which is given in the plural: `2 warnings`, `1 warning`, `1 page without an article`.
pub fn counted(number: u64, many: &str) -> String {
    if number != 1 {
        return format!("{number} {many}");
    }
    // What the things are of stays in the plural.
    let end = [" of ", " without ", " from "].iter().filter_map(|word| many.find(word)).min().unwrap_or(many.len());
    let (head, rest) = many.split_at(end);
    let one = |word: &str| {
        let (word, sign) = word.strip_suffix(',').map_or((word, ""), |word| (word, ","));
        let stem = |ending: &str| word.strip_suffix(ending);
        match (word, stem("ies"), stem("sses"), stem("s")) {
            ("and", ..) => "or".to_owned(),
            (_, Some(stem), ..) => format!("{stem}y{sign}"),
            (_, _, Some(stem), _) => format!("{stem}ss{sign}"),
            (_, _, _, Some(stem)) => format!("{stem}{sign}"),
            _ => format!("{word}{sign}"),
        }
    };
    let head: Vec<String> = head.split(' ').map(one).collect();
    format!("1 {}{rest}", head.join(" "))
}

/// The nearest of `known` to `word`, if near enough to be what was meant: for "did you mean".
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_no_plural() {
        assert_eq!(counted(2, "warnings"), "2 warnings");
        let ones =
            ["warnings", "stories", "styles, scripts and fonts", "pages without an article", "files of other kinds"];
        let said =
            ["1 warning", "1 story", "1 style, script or font", "1 page without an article", "1 file of other kinds"];
        assert_eq!(ones.map(|many| counted(1, many)), said);
    }
}
