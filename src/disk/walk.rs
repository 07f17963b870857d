//! Finding files: every file below a folder, in the byte order of their relative paths.

mod all;

pub use all::walk;

use super::{Stamp, failed, shown as path_shown};
use crate::diagnostic::{Diagnostic, Error, Place};
use std::cmp::Ordering;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the folder, always with `/`.
    pub path: String,
    /// Size and time of change.
    pub stamp: Stamp,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// In the byte order of their paths.
    pub files: Vec<Found>,
    /// Files and folders that were passed over for a reason that a person should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// A path on the disk, with all links followed.
#[derive(Clone, Debug)]
pub struct Located {
    /// The path from the root of the disk.
    pub real: PathBuf,
    /// Whether it is a folder.
    pub is_dir: bool,
}

/// Finds `path` on the disk.
///
/// # Errors
/// [`Error::Disk`] where nothing is there.
pub fn locate(path: &Path) -> Result<Located, Error> {
    let real = std::fs::canonicalize(path).map_err(failed("read", path))?;
    let is_dir = real.is_dir();
    Ok(Located { real, is_dir })
}

/// Whether there is a folder at `path`.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether files and folders whose names begin with a dot are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// They belong to the system or to a tool.
    Skip,
    /// They may be part of the site, as `.well-known/` and `.nojekyll`. What is known to be a tool's is still skipped.
    Keep,
}

/// The relative paths of the files below `dir`, one by one in byte order, in memory that grows with the largest folder
/// only. A folder is entered where `enter` says so of its relative path.
///
/// What editors leave lying about is passed over silently, and hidden files where `hidden` says so. A name that is not UTF-8, a folder that
/// cannot be read and a link that leads out of `dir` or to a folder are passed over with a diagnostic.
///
/// # Errors
/// [`Error::Disk`] where `dir` itself cannot be read.
pub fn each(
    dir: &Path,
    hidden: Hidden,
    enter: impl Fn(&str) -> bool,
) -> Result<impl Iterator<Item = Result<String, Diagnostic>>, Error> {
    std::fs::read_dir(dir).map_err(failed("read", dir))?;
    let root = dir.to_path_buf();
    let real_root = std::fs::canonicalize(dir).map_err(failed("read", dir))?;
    let prune_root = root.clone();
    let prune = move |entry: &DirEntry| {
        let wanted = || !entry.file_type().is_dir() || may_enter(entry, &prune_root, &enter);
        entry.depth() == 0 || (!is_debris_entry(entry, hidden) && wanted())
    };
    let entries = WalkDir::new(dir).sort_by(by_relative_path).into_iter().filter_entry(prune);
    Ok(entries.filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => Some(accept(&entry, &root, &real_root)),
        Err(error) => {
            let path = error.path().unwrap_or(&root);
            Some(Err(error.io_error().map_or_else(|| unreadable(path, &error), |reason| unreadable(path, reason))))
        }
    }))
}

fn by_relative_path(a: &DirEntry, b: &DirEntry) -> Ordering {
    by_name((a.file_name(), a.file_type().is_dir()), (b.file_name(), b.file_type().is_dir()))
}

/// A folder sorts as if its name ended in `/`, which is what makes the order that of whole relative paths.
fn by_name(one: (&OsStr, bool), other: (&OsStr, bool)) -> Ordering {
    let end = |is_dir: bool| is_dir.then_some(b'/');
    let ((one, one_is_dir), (other, other_is_dir)) = (one, other);
    let (left, right) = (one.as_encoded_bytes().iter().copied(), other.as_encoded_bytes().iter().copied());
    left.chain(end(one_is_dir)).cmp(right.chain(end(other_is_dir)))
}

fn may_enter(entry: &DirEntry, root: &Path, enter: &impl Fn(&str) -> bool) -> bool {
    relative(entry.path(), root).is_none_or(|path| enter(&path))
}

fn accept(entry: &DirEntry, root: &Path, real_root: &Path) -> Result<String, Diagnostic> {
    let Some(path) = relative(entry.path(), root) else { return Err(not_utf8(entry.path())) };
    let is_wanted = if entry.file_type().is_symlink() {
        leads_to_a_file(entry.path(), real_root)
    } else {
        entry.file_type().is_file()
    };
    if is_wanted { Ok(path) } else { Err(passed_over(entry.path(), entry.file_type().is_symlink())) }
}

/// Whether a link leads to a file of the folder that is walked.
fn leads_to_a_file(link: &Path, real_root: &Path) -> bool {
    std::fs::canonicalize(link).is_ok_and(|target| target.starts_with(real_root) && target.is_file())
}

fn not_utf8(path: &Path) -> Diagnostic {
    let message = "the name of this file is not UTF-8, so it was passed over";
    Diagnostic::error(Place::file(path_shown(path)), message)
        .hint("rename it; it would have no address that a browser can ask for")
}

fn passed_over(path: &Path, is_link: bool) -> Diagnostic {
    let (message, hint) = if is_link {
        (
            "this link leads to no file of the same folder, so it was passed over",
            "put the file itself here, or name its own folder",
        )
    } else {
        ("this is no regular file, so it was passed over", "move it away")
    };
    Diagnostic::warning(Place::file(path_shown(path)), message).hint(hint)
}

/// `path` relative to `root` with `/`; `None` where a name is not UTF-8.
fn relative(path: &Path, root: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?.to_str()?;
    Some(if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() })
}

/// Whether a walk of `dir` would find the file at `path` below it, hidden files aside.
pub fn is_wanted(dir: &Path, path: &str) -> bool {
    published(dir, path, Hidden::Skip).is_some()
}

/// The file that a walk of `dir` would find at `path`, which has `/` between its names: no other can be reached by
/// names such as `..`, nor by links that lead elsewhere.
pub fn published(dir: &Path, path: &str, hidden: Hidden) -> Option<PathBuf> {
    let is_name = |name: &str| Path::new(name).components().eq([std::path::Component::Normal(name.as_ref())]);
    if !path.split('/').all(|name| is_name(name) && !is_debris(name, hidden)) {
        return None;
    }
    let mut at = dir.to_path_buf();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        at.push(name);
        let kind = std::fs::symlink_metadata(&at).ok()?.file_type();
        let is_last = names.peek().is_none();
        let inside = || Some(std::fs::canonicalize(&at).ok()?.starts_with(std::fs::canonicalize(dir).ok()?));
        let wanted =
            if is_last { kind.is_file() || kind.is_symlink() && inside()? && at.is_file() } else { kind.is_dir() };
        if !wanted {
            return None;
        }
    }
    Some(at)
}

fn is_debris_entry(entry: &DirEntry, hidden: Hidden) -> bool {
    is_debris_bytes(entry.file_name().as_encoded_bytes(), hidden)
}

/// Whether a file or folder of that name is passed over: hidden files, and what Emacs, Vim and most others keep
/// beside a file that is being edited.
pub fn is_debris(name: &str, hidden: Hidden) -> bool {
    is_debris_bytes(name.as_bytes(), hidden)
}

fn is_debris_bytes(name: &[u8], hidden: Hidden) -> bool {
    let of_a_tool = matches!(name, b".git" | b".hg" | b".svn" | b".DS_Store" | b".gitignore" | b".gitkeep");
    of_a_tool
        || (hidden == Hidden::Skip && name.starts_with(b"."))
        || (name.starts_with(b".") && name.ends_with(b".part"))
        || name.ends_with(b"~")
        || name.ends_with(b".swp")
        || name.ends_with(b"___jb_tmp___")
        || name.ends_with(b"___jb_old___")
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
}

fn unreadable(path: &Path, reason: &dyn std::fmt::Display) -> Diagnostic {
    let message = format!("cannot be read, so all below it was passed over: {reason}");
    Diagnostic::error(Place::file(path_shown(path)), message).hint("check who owns it and whether it may be read")
}

/// Whether a path has this ending, in upper or lower case.
pub fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// Whether there is a regular file at `path`.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is anything at `path`.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// The names of the folders right below `dir`, sorted; none where it cannot be read.
pub fn folders(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    let folder =
        |entry: std::fs::DirEntry| entry.path().is_dir().then(|| entry.file_name().into_string().ok()).flatten();
    let mut names: Vec<String> = entries.filter_map(folder).collect();
    names.sort();
    names
}
