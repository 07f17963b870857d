//! Finding and reading files: always in the same order, and nothing that lies about ends a run.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

use backfile::diagnostic::Diagnostic;
use backfile::disk::read;
use backfile::disk::scratch::Scratch;
use backfile::disk::walk::{Hidden, each, walk};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

fn make(dir: &Path, paths: &[&str]) {
    for path in paths {
        fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
        fs::write(dir.join(path), path).unwrap();
    }
}

fn names(dir: &Path, hidden: Hidden) -> Vec<String> {
    each(dir, hidden, |folder| folder != "skipped").unwrap().filter_map(Result::ok).collect()
}

#[test]
fn files_come_in_the_order_of_their_paths() {
    let dir = tempfile::tempdir().unwrap();
    let paths = ["A", "a-b", "a.md", "a/b", "a/b-c/d", "a/b/", "ab", "skipped/x", "é"];
    make(dir.path(), &paths.map(|path| if path.ends_with('/') { "a/z" } else { path }));
    assert_eq!(names(dir.path(), Hidden::Skip), ["A", "a-b", "a.md", "a/b", "a/b-c/d", "a/z", "ab", "é"]);
    let walked = walk(dir.path(), Hidden::Skip, |_| true).unwrap();
    let sizes: Vec<(&str, u64)> = walked.files.iter().map(|found| (found.path.as_str(), found.stamp.size)).collect();
    assert!(sizes.is_sorted() && sizes.iter().all(|(path, size)| path.len() as u64 == *size), "{sizes:?}");
}

#[test]
fn what_tools_leave_about_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path(), &["a.md", "a.md~", "#a.md#", ".a.md.swp", ".a.md.part", ".git/x", ".well-known/y", "b.swp"]);
    assert_eq!(names(dir.path(), Hidden::Skip), ["a.md"]);
    assert_eq!(names(dir.path(), Hidden::Keep), [".well-known/y", "a.md"]);
}

#[test]
fn what_cannot_be_used_is_named() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    make(dir.path(), &["a.md", "folder/b.md"]);
    make(outside.path(), &["secret"]);
    symlink("a.md", dir.path().join("inside")).unwrap();
    symlink(outside.path().join("secret"), dir.path().join("outside")).unwrap();
    symlink("folder", dir.path().join("linked")).unwrap();
    symlink(".", dir.path().join("folder/round")).unwrap();
    fs::write(dir.path().join(OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
    let (found, named): (Vec<_>, Vec<_>) = each(dir.path(), Hidden::Skip, |_| true).unwrap().partition(Result::is_ok);
    let found: Vec<String> = found.into_iter().filter_map(Result::ok).collect();
    assert_eq!(found, ["a.md", "folder/b.md", "inside"]);
    let named: Vec<Diagnostic> = named.into_iter().filter_map(Result::err).collect();
    assert_eq!(named.len(), 4, "{named:?}");
    assert!(named.iter().any(|diagnostic| diagnostic.message.contains("UTF-8")));
}

#[test]
fn reading_has_limits() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    fs::write(&path, "12345").unwrap();
    assert_eq!(read::read(&path, "a.md", 5).unwrap(), b"12345");
    assert!(read::read(&path, "a.md", 4).unwrap_err().to_string().contains("a.md: error: is larger than"));
    assert!(read::read(dir.path(), "a", 5).unwrap_err().message.contains("no regular file"));
    assert!(read::read(&dir.path().join("b"), "b", 5).unwrap_err().message.contains("cannot be read"));
    fs::write(&path, b"one\ntwo\nthr\xe9e").unwrap();
    assert_eq!(read::read_text(&path, "a.md", 99).unwrap_err().place.line, 3);
    fs::write(&path, "\u{feff}text").unwrap();
    assert_eq!(read::read_text(&path, "a.md", 99).unwrap(), "text");
}

#[test]
fn notes_outgrow_memory() {
    let dir = tempfile::tempdir().unwrap();
    let mut scratch = Scratch::new(dir.path(), "notes", "2-of-8");
    let note = |at: usize| vec![at as u8; 1 << (at % 21)];
    let places: Vec<u64> = (0..300).map(|at| scratch.append(&note(at)).unwrap()).collect();
    for (at, place) in places.iter().enumerate().rev() {
        assert!(scratch.read(*place).unwrap() == note(at), "note {at}");
    }
    assert!(scratch.notes().map(Result::unwrap).eq((0..300).map(note)));
    drop(scratch);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is left");
}
