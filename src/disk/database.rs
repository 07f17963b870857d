//! Databases of `SQLite`, opened so that nothing in them or beside them is ever written or locked.

use super::shown;
use crate::diagnostic::{Diagnostic, Place};
use rusqlite::{Connection, OpenFlags};
use std::fmt::Write as _;
use std::path::Path;

/// Opens the database at `path`, which `name` stands for in messages; with a warning where changes lie beside it that it
/// does not have yet.
///
/// # Errors
/// A diagnostic where it cannot be opened.
pub fn open(path: &Path, name: &str) -> Result<(Connection, Option<Diagnostic>), Diagnostic> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri(path), flags).map_err(|error| {
        Diagnostic::error(Place::file(name), format!("cannot be opened: {error}"))
            .hint("check that it exists and may be read")
    })?;
    let beside = |ending: &str| format!("{}{ending}", path.display());
    let is_pending = |ending: &&str| std::fs::metadata(beside(ending)).is_ok_and(|metadata| metadata.len() > 0);
    let warning = ["-wal", "-journal"].into_iter().find(is_pending).map(|ending| {
        let file = format!("{}{ending}", shown(path));
        Diagnostic::warning(Place::file(name), format!("changes that are still in {file} were not read"))
            .hint("let the program that wrote it take them in, or run `PRAGMA wal_checkpoint`")
    });
    Ok((connection, warning))
}

/// The path as an address (<https://www.sqlite.org/uri.html>); immutable, so that no lock is asked for and no file beside it
/// is made.
fn uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.to_string_lossy().replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            // Writing into a string cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri + "?mode=ro&immutable=1"
}
