//! The account of one source: what of it was kept as which field, and what was left out.

use super::convert::inputs::Inputs;
use crate::config::SourceSettings;
use crate::config::limits::Limits;
use crate::convert::account::{Account, Fate};
use crate::convert::{self, Converted, Source, destination};
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::read;
use std::fmt::Write as _;
use std::path::Path;

/// How many letters of a piece are shown.
const SHOWN: usize = 72;

/// Tells for the source that `settings` names what became of every piece of it. Nothing is written.
///
/// # Errors
/// [`Error::Disk`] or [`Error::Site`] where the source cannot be read, [`Error::Usage`] where it is a folder.
pub fn explain_source(root: Option<&Path>, settings: &SourceSettings, into: &Path) -> Result<String, Error> {
    let inputs = Inputs::resolve(root, std::slice::from_ref(settings), into)?;
    let job = inputs.single().ok_or_else(|| {
        Error::usage(format!("{} is a folder of sources", settings.path), "name one of the files in it")
    })?;
    let name = job.name();
    let limits = Limits::default();
    let bytes = read::source(&job.location(), &name, &limits)?;
    let mut made = Vec::new();
    let source = Source { accounting: true, ..job.source(&name, &bytes, limits) };
    convert::convert(&source, job.input.format, &mut |result| made.push(result));
    Ok(explain(&name, made))
}

fn explain(name: &str, made: Vec<Result<Converted, Diagnostic>>) -> String {
    let mut out = String::new();
    if made.is_empty() {
        // Writing into a string cannot fail, here and below.
        let _ = writeln!(out, "{name}: no article");
    }
    for made in made {
        match made {
            Ok(converted) => article(&mut out, name, &converted),
            Err(diagnostic) => {
                let _ = writeln!(out, "{diagnostic}");
            }
        }
    }
    out
}

fn article(out: &mut String, name: &str, converted: &Converted) {
    let front = &converted.article.front;
    let format = front.source.as_ref().map_or("", |source| source.format.as_str());
    let record = if converted.record.is_empty() { String::new() } else { format!(", record {}", converted.record) };
    let _ = writeln!(out, "{name}{record}, read as {format}\ngives {}", destination(&converted.article));
    for warning in &converted.warnings {
        let _ = writeln!(out, "{warning}");
    }
    account(out, &converted.account);
}

fn account(out: &mut String, account: &Account) {
    for piece in &account.pieces {
        let (sign, fate) = match piece.fate {
            Fate::Kept(field) => ('+', field),
            Fate::Dropped(why) => ('-', why),
        };
        let line = if piece.line > 0 { piece.line.to_string() } else { String::new() };
        let _ = writeln!(out, "{line:>6} {sign} {fate:<24} {}: {}", piece.what, shortened(&piece.text));
    }
    let kept = account.pieces.iter().filter(|piece| matches!(piece.fate, Fate::Kept(_))).count();
    let dropped = account.pieces.len() - kept;
    for (field, candidate, from, why) in &account.rejected {
        let _ = writeln!(out, "       ? {field:<24} {from}: {} ({why})", shortened(candidate));
    }
    let rejected = account.rejected.len();
    let _ = writeln!(out, "{kept} pieces kept (+), {dropped} left out (-), {rejected} candidates not taken (?)");
}

/// On one line, and not too long.
fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text,
    }
}
