//! The place of one article: what is there now, and whether the new text may take it.

use super::notes::Place;
use crate::article::Article;
use crate::article::write::{Seal, seal};
use crate::convert::destination::identity;
use crate::diagnostic::{Diagnostic, Error, Place as Where};
use crate::disk::{read, shown, write};
use std::path::Path;

/// What is at the place of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    /// Nothing.
    Nothing,
    /// The very same text.
    Same,
    /// An older text of the same record, as it was written.
    Older,
    /// A text of the same record that a person edited; whether the source has changed since.
    Edited { newer: bool },
    /// An article of another source, or one that was never converted.
    Other,
}

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Outcome {
    /// Written where nothing was.
    Written,
    /// Written over its older text.
    Changed,
    /// Written at another place than before.
    Moved,
    /// As it was.
    Unchanged,
    /// Kept as a person edited it.
    Edited,
    /// Part of a newer capture's article.
    Folded,
    /// Not written: its place is another's.
    Refused,
}

impl Outcome {
    pub(super) const ALL: [Self; 7] =
        [Self::Written, Self::Changed, Self::Moved, Self::Unchanged, Self::Edited, Self::Folded, Self::Refused];

    /// As reports call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Unchanged => "unchanged",
            Self::Edited => "edited",
            Self::Folded => "folded",
            Self::Refused => "refused",
        }
    }
}

/// What is at `path` below `into`, where `text` of the record `who` belongs.
pub(super) fn look(into: &Path, path: &str, text: &str, who: u64) -> Result<There, Error> {
    let Some(bytes) = read::read_if_there(&into.join(path))? else { return Ok(There::Nothing) };
    if bytes == text.as_bytes() {
        return Ok(There::Same);
    }
    let there = String::from_utf8_lossy(&bytes);
    // Version control may have given the file other line ends; that is no edit.
    let there = if there.contains("\r\n") { there.replace("\r\n", "\n").into() } else { there };
    if there == text {
        return Ok(There::Same);
    }
    Ok(match record(&there) {
        Some((other, _)) if other != who => There::Other,
        Some(_) if seal(&there) == Seal::Whole => There::Older,
        Some((_, written)) => There::Edited { newer: record(text).is_none_or(|(_, now)| now != written) },
        None if Article::parse(&there).is_ok() => There::Other,
        // It has the name that only this record's article has, and is no article any more: an edit gone wrong.
        None => There::Edited { newer: true },
    })
}

/// The identity of the record that an article was converted from, and the hash that it was sealed with.
pub(super) fn record(text: &str) -> Option<(u64, String)> {
    let source = Article::parse(text).ok()?.front.source?;
    (!source.file.is_empty()).then(|| (identity(&source.file, &source.record), source.written))
}

/// Puts an article at its place, if nothing forbids it; says why where something does.
pub(super) fn put(
    into: &Path,
    place: &Place,
    there: There,
    force: bool,
    dry_run: bool,
) -> Result<(Outcome, Option<Diagnostic>), Error> {
    let outcome = match there {
        There::Nothing => Outcome::Written,
        There::Older => Outcome::Changed,
        There::Edited { .. } if force => Outcome::Changed,
        There::Same => return Ok((Outcome::Unchanged, None)),
        There::Edited { newer } => return Ok((Outcome::Edited, Some(edited(into, &place.path, newer)))),
        There::Other => return Ok((Outcome::Refused, Some(taken(into, place)))),
    };
    if !dry_run {
        write::replace(&into.join(&place.path), place.text.as_bytes())?;
    }
    Ok((outcome, None))
}

pub(super) fn edited(into: &Path, path: &str, newer: bool) -> Diagnostic {
    let place = Where::file(shown(&into.join(path)));
    let message = if newer {
        "was edited by hand, so it was kept, and the newer text of its source was not taken"
    } else {
        "was edited by hand, so it was kept"
    };
    Diagnostic::warning(place, message)
        .hint("`backfile convert --force` takes the text of the source; the edit is then lost")
}

fn taken(into: &Path, place: &Place) -> Diagnostic {
    let source = Article::parse(&place.text).ok().and_then(|article| article.front.source).unwrap_or_default().file;
    let message = format!("this is where the article of {source} belongs, but another article is here");
    Diagnostic::error(Where::file(shown(&into.join(&place.path))), message)
        .hint("rename one of the two sources, or the article, if it is no source's")
}
