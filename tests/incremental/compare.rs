//! What must be the same after a build that had a past and after one that had none.

use super::disk::{Snapshot, empty_folders};
use super::sequence::text;
use backfile::diagnostic::{Diagnostic, Error};
use backfile::run::BuildReport;
use std::fmt::Write as _;
use std::path::Path;

/// Paths that a message shows at most.
const MOST: usize = 12;

/// What a build said, without what depends on where it ran.
pub(crate) struct Built {
    pub(crate) error: Option<String>,
    /// Messages about inputs, counts of pages.
    said: Vec<String>,
    added: Vec<String>,
    changed: Vec<String>,
    removed: Vec<String>,
}

impl Built {
    pub(crate) fn new(built: Result<BuildReport, Error>, root: &Path) -> Self {
        let place = |text: String| text.replace(root.to_str().unwrap(), "ROOT");
        let report = match built {
            Ok(report) => report,
            Err(error) => {
                let error = Some(place(error.to_string()));
                return Self { error, said: vec![], added: vec![], changed: vec![], removed: vec![] };
            }
        };
        let about_inputs = |diagnostic: &&Diagnostic| !diagnostic.place.file.contains(".backfile");
        let messages = report.diagnostics.iter().filter(about_inputs);
        let mut said: Vec<String> = messages.map(|diagnostic| place(diagnostic.to_string())).collect();
        said.sort();
        said.push(format!("{} articles, {} pages, {} held back", report.articles, report.pages, report.held_back));
        let paths = |paths: &backfile::disk::output::Paths| paths.iter().map(str::to_owned).collect();
        let told = &report.changes;
        let (added, changed, removed) = (paths(&told.added), paths(&told.changed), paths(&told.removed));
        Self { error: None, said, added, changed, removed }
    }
}

/// Both failed with the same error, or said the same of the inputs.
pub(crate) fn reports(built: &Built, expected: &Built) -> Result<(), String> {
    if built.error != expected.error {
        return Err(format!("the build gave {:?}, a clean one {:?}", built.error, expected.error));
    }
    if built.said != expected.said {
        return Err(format!("the build said\n{}\na clean one\n{}", built.said.join("\n"), expected.said.join("\n")));
    }
    Ok(())
}

/// After a failure the old site is as it was.
pub(crate) fn untouched(before: &Snapshot, after: &Snapshot) -> Result<(), String> {
    if before == after {
        return Ok(());
    }
    let same = |path: &&String| before.get(*path) != after.get(*path);
    let paths: Vec<&String> = before.keys().chain(after.keys()).filter(same).collect();
    Err(format!("a build that failed touched {}", listed(&paths)))
}

/// The lists of changes are exactly what happened to the files.
pub(crate) fn changes(built: &Built, before: &Snapshot, after: &Snapshot) -> Result<(), String> {
    let new = |path: &&String| !before.contains_key(*path);
    let other = |path: &&String| before.get(*path).is_some_and(|(bytes, _)| *bytes != after[*path].0);
    let gone = |path: &&String| !after.contains_key(*path);
    let happened: [(&str, Vec<&String>, &Vec<String>); 3] = [
        ("added", after.keys().filter(new).collect(), &built.added),
        ("changed", after.keys().filter(other).collect(), &built.changed),
        ("removed", before.keys().filter(gone).collect(), &built.removed),
    ];
    for (what, happened, told) in happened {
        if !happened.iter().copied().eq(told) {
            let untold: Vec<&String> = happened.iter().filter(|path| !told.contains(path)).copied().collect();
            let untrue: Vec<&String> = told.iter().filter(|path| !happened.contains(path)).collect();
            let (untold, untrue) = (listed(&untold), listed(&untrue));
            return Err(format!(
                "changes are told wrongly: {what}, but not told: {untold}; told, but not so: {untrue}"
            ));
        }
    }
    Ok(())
}

/// What has the same bytes was not written again.
pub(crate) fn times(before: &Snapshot, after: &Snapshot, copied: impl Fn(&str) -> bool) -> Result<(), String> {
    let written = |path: &&String| {
        let (bytes, time) = &after[*path];
        before.get(*path).is_some_and(|(old, then)| old == bytes && then != time)
    };
    let again: Vec<&String> = after.keys().filter(|path| !copied(path)).filter(written).collect();
    if again.is_empty() { Ok(()) } else { Err(format!("written though their bytes are the same: {}", listed(&again))) }
}

/// Every file of the clean site is there with its bytes.
pub(crate) fn bytes(after: &Snapshot, fresh: &Snapshot) -> Result<(), String> {
    let same = |path: &&String| after.get(*path).map(|(bytes, _)| bytes) == fresh.get(*path).map(|(bytes, _)| bytes);
    let wrong: Vec<&String> = fresh.keys().filter(|path| !same(path)).collect();
    let Some(first) = wrong.first() else { return Ok(()) };
    let there = if after.contains_key(*first) { "differs" } else { "is not there" };
    let difference = difference(&text(after, first), &text(fresh, first));
    Err(format!("not as a clean build has them: {}\n{first} {there} (- built, + clean):\n{difference}", listed(&wrong)))
}

/// Beside the site's files there are exactly those that are not backfile's; where it may have forgotten which are, at
/// most those that were there.
pub(crate) fn left_alone(
    before: &Snapshot,
    after: &Snapshot,
    fresh: &Snapshot,
    kept: impl Fn(&str) -> bool,
    forgot: bool,
) -> Result<(), String> {
    let fitting = |path: &&String| fresh.contains_key(*path) || before.contains_key(*path) && kept(path);
    let stale: Vec<&String> = after.keys().filter(|path| !fitting(path)).collect();
    if !stale.is_empty() {
        return Err(format!("still there though a clean build has them not: {}", listed(&stale)));
    }
    let lost = |path: &&String| kept(path) && !forgot && after.get(*path) != before.get(*path);
    let lost: Vec<&String> = before.keys().filter(lost).collect();
    if lost.is_empty() { Ok(()) } else { Err(format!("not backfile's, but touched: {}", listed(&lost))) }
}

/// No folder is left empty, but one that was so before.
pub(crate) fn tidy(before: &Snapshot, output: &Path) -> Result<(), String> {
    let was_empty = |folder: &str| !before.keys().any(|path| path.starts_with(folder));
    let name = |folder: &Path| folder.strip_prefix(output).unwrap().to_str().unwrap().to_owned() + "/";
    let empty: Vec<String> = empty_folders(output).iter().map(|folder| name(folder)).collect();
    let left: Vec<&String> = empty.iter().filter(|folder| !was_empty(folder)).collect();
    if left.is_empty() { Ok(()) } else { Err(format!("left empty: {}", listed(&left))) }
}

fn listed(paths: &[&String]) -> String {
    let mut list: Vec<&str> = paths.iter().take(MOST).map(|path| path.as_str()).collect();
    let more = format!("and {} more", paths.len().saturating_sub(MOST));
    if paths.len() > MOST {
        list.push(&more);
    }
    format!("[{}]", list.join(", "))
}

/// The lines between the first and the last that differ.
fn difference(built: &str, clean: &str) -> String {
    let (built, clean): (Vec<&str>, Vec<&str>) = (built.lines().collect(), clean.lines().collect());
    let start = built.iter().zip(&clean).take_while(|(one, other)| one == other).count();
    let (one, other) = (&built[start..], &clean[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let mut out = format!("from line {}\n", start + 1);
    for (sign, lines) in [('-', &one[..one.len() - end]), ('+', &other[..other.len() - end])] {
        for line in lines.iter().take(MOST) {
            let _ = writeln!(out, "{sign} {line}");
        }
        if lines.len() > MOST {
            let _ = writeln!(out, "{sign} … {} lines more", lines.len() - MOST);
        }
    }
    out
}
