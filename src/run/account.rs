//! The account of one source: what of it was kept as which field, and what was left out.

use super::convert::document::cut;
use super::convert::inputs::{Inputs, Job};
use crate::config::SourceSettings;
use crate::config::limits::Limits;
use crate::convert::account::{Account, Fate, check};
use crate::convert::records::{Found, INSIDE, Looked, convert_record, look};
use crate::convert::unpack::LOOK;
use crate::convert::{self, Converted, Source, destination};
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::read;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

/// How many letters of a piece are shown.
const SHOWN: usize = 72;
/// How many records are named where the one that is asked for is not there.
const NAMED: usize = 10;

/// Tells for the source that `settings` names what became of every piece of it, or of one record in it. Nothing is written.
///
/// # Errors
/// [`Error::Disk`] or [`Error::Site`] where the source cannot be read, [`Error::Usage`] where it is a folder, or holds no
/// such record.
pub fn explain_source(
    root: Option<&Path>,
    settings: &SourceSettings,
    record: Option<&str>,
    into: &Path,
) -> Result<String, Error> {
    let inputs = Inputs::resolve(root, std::slice::from_ref(settings), into)?;
    let job = inputs.single().ok_or_else(|| {
        Error::usage(format!("{} is a folder of sources", settings.path), "name one of the files in it")
    })?;
    let (name, limits) = (job.name(), Limits::default());
    let mut made = Vec::new();
    let (head, _) = read::head(&job.location(), &name, LOOK as u64)?;
    let source = Source { accounting: true, ..job.source(&name, &head, limits) };
    let looked = look(&source, job.input.format).filter(|looked| looked.format.split.is_some());
    if let (Some(looked), Some(wanted)) = (looked, record) {
        let mut names = Vec::new();
        one_record(&job, &looked, &source, wanted, &mut made, &mut names)?;
        return if made.is_empty() { Err(no_record(wanted, &names)) } else { Ok(explain(&name, made)) };
    }
    let bytes = read::source(&job.location(), &name, &limits)?;
    let source = Source { accounting: true, ..job.source(&name, &bytes, limits) };
    convert::convert(&source, job.input.format, &mut |result| made.push(result));
    if let Some(wanted) = record {
        let names: Vec<String> = made.iter().flatten().map(|made| made.record.clone()).collect();
        made.retain(|made| made.as_ref().is_ok_and(|made| made.record == wanted));
        if made.is_empty() {
            return Err(no_record(wanted, &names));
        }
    }
    Ok(explain(&name, made))
}

/// Converts the record that `wanted` names, or that holds the one that it names; the others are only cut off.
fn one_record(
    job: &Job<'_>,
    looked: &Looked<'_>,
    source: &Source<'_>,
    wanted: &str,
    made: &mut Vec<Result<Converted, Diagnostic>>,
    names: &mut Vec<String>,
) -> Result<(), Error> {
    let (mut file, _) = read::open(&job.location(), source.path)?;
    let inner = looked.inner(source);
    cut(source, job.input.format, (&job.location(), &mut file), &mut |found| {
        let Ok(Found::Record(record)) = found else { return ControlFlow::Continue(()) };
        let own = [&record.name, &record.label, &record.context.url];
        let is_it = own.contains(&&wanted.to_owned());
        let is_around = |name: &&String| !name.is_empty() && wanted.starts_with(&format!("{name}{INSIDE}"));
        if is_it || own.iter().any(is_around) {
            convert_record(looked.format, &inner, &record, &mut |result| match result {
                Ok(converted) if !is_it && converted.record != wanted => {}
                result => made.push(result),
            });
        } else if names.len() < NAMED {
            names.push(if record.label.is_empty() { record.name } else { record.label });
        }
        if is_it { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    Ok(())
}

fn no_record(wanted: &str, names: &[String]) -> Error {
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let hint =
        if shown.is_empty() { "it holds none".to_owned() } else { format!("the first are {}", shown.join(", ")) };
    Error::usage(format!("there is no record `{wanted}` in it"), hint)
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
    let mut pieces = converted.account.clone();
    // What no word of is in the article was not kept, whatever the converter calls it.
    check(&mut pieces, &converted.article);
    account(out, &pieces);
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
