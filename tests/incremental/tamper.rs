//! What happens to caches and published files between builds.

use super::disk::{self, Disk, Snapshot};
use super::rng::Rng;
use std::fs;
use std::path::{Path, PathBuf};

const CACHE: &str = ".backfile";

/// A copy of the cache and of an output folder.
pub(crate) struct Backup {
    output: Snapshot,
    cache: Snapshot,
}

impl Backup {
    pub(crate) fn new(disk: &Disk, output: &str) -> Self {
        Self { output: disk::snapshot(&disk.root.join(output)), cache: disk::snapshot(&disk.root.join(CACHE)) }
    }
}

/// What is known after tampering.
pub(crate) struct Tampered {
    pub(crate) what: String,
    /// Whether the cache may no longer know which files of the output backfile wrote.
    pub(crate) forgot: bool,
}

/// Does one thing to the cache or to the output folder `output`.
pub(crate) fn tamper(disk: &mut Disk, output: &str, backup: Option<&Backup>, rng: &mut Rng) -> Tampered {
    let folder = disk.root.join(output);
    let known = |what: String| Tampered { what, forgot: false };
    match rng.below(14) {
        0 | 1 => Tampered { what: damage(disk, rng), forgot: true },
        2 => {
            let _ = fs::remove_dir_all(disk.root.join(CACHE));
            Tampered { what: "delete the cache".to_owned(), forgot: true }
        }
        3 => {
            disk.touch(rng);
            known("touch all inputs".to_owned())
        }
        4 => {
            disk.touch(rng);
            touch(disk, &folder, rng);
            known("touch all inputs and the output".to_owned())
        }
        5..=8 => known(change_output(disk, &folder, rng)),
        9 => {
            let _ = fs::remove_dir_all(&folder);
            known("delete the output".to_owned())
        }
        10 => known(foreign(disk, &folder, rng)),
        11 => {
            checkout(disk, rng);
            known("move the site elsewhere".to_owned())
        }
        _ => backup
            .map_or_else(|| known("no backup to restore".to_owned()), |backup| restore(disk, &folder, backup, rng)),
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn any(dir: &Path, rng: &mut Rng) -> Option<PathBuf> {
    let files = files(dir);
    (!files.is_empty()).then(|| files[rng.below(files.len())].clone())
}

/// Damages a file of the cache: cut off, emptied, another byte, more bytes, gone.
fn damage(disk: &Disk, rng: &mut Rng) -> String {
    let Some(path) = any(&disk.root.join(CACHE), rng) else { return "no cache to damage".to_owned() };
    let mut bytes = fs::read(&path).unwrap();
    let at = rng.below(bytes.len().max(1));
    let how = match rng.below(5) {
        0 => {
            bytes.truncate(at);
            "cut off"
        }
        1 => {
            bytes.clear();
            "empty"
        }
        2 if !bytes.is_empty() => {
            bytes[at] ^= 1 << rng.below(8);
            "flip a bit of"
        }
        3 => {
            bytes.extend_from_within(at..);
            "lengthen"
        }
        _ => {
            fs::remove_file(&path).unwrap();
            return format!("delete {}", path.strip_prefix(&disk.root).unwrap().display());
        }
    };
    fs::write(&path, bytes).unwrap();
    format!("{how} {} at {at}", path.strip_prefix(&disk.root).unwrap().display())
}

fn touch(disk: &mut Disk, folder: &Path, rng: &mut Rng) {
    for path in files(folder) {
        let time = disk.time(rng);
        disk::set_time(&path, time);
    }
}

/// Edits a published file by hand, or deletes it.
fn change_output(disk: &mut Disk, folder: &Path, rng: &mut Rng) -> String {
    let Some(path) = any(folder, rng) else { return "no output to change".to_owned() };
    let mut bytes = fs::read(&path).unwrap();
    let how = match rng.below(4) {
        0 | 1 if !bytes.is_empty() => {
            let at = rng.below(bytes.len());
            bytes[at] ^= 1;
            "edit, with the same size,"
        }
        2 => {
            bytes.extend(b"more");
            "lengthen"
        }
        _ => {
            disk::remove(&path, folder);
            return format!("delete the output {}", path.strip_prefix(folder).unwrap().display());
        }
    };
    disk::write(&path, &bytes, disk.time(rng));
    format!("{how} the output {}", path.strip_prefix(folder).unwrap().display())
}

/// Puts a file of someone else into the output folder, now and then where a page will be.
fn foreign(disk: &mut Disk, folder: &Path, rng: &mut Rng) -> String {
    let path = rng.pick(&["CNAME", ".nojekyll", "maps/harbour.html", "old/7.stm", "about/index.html", "ads.txt"]);
    disk::write(&folder.join(path), b"not ours", disk.time(rng));
    format!("put {path} into the output")
}

/// The whole folder in another place, as a checkout with a restored cache has it: every file written anew.
fn checkout(disk: &mut Disk, rng: &mut Rng) {
    let name = disk.root.file_name().unwrap().to_str().unwrap();
    let to = disk.root.with_file_name(format!("{name}x"));
    for (path, (bytes, _)) in disk::snapshot(&disk.root) {
        disk::write(&to.join(path), &bytes, disk.time(rng));
    }
    fs::remove_dir_all(&disk.root).unwrap();
    disk.root = to;
}

/// Puts back an older output, an older cache, or both; with their times or as new files.
fn restore(disk: &mut Disk, folder: &Path, backup: &Backup, rng: &mut Rng) -> Tampered {
    let (with_output, with_cache) = rng.pick(&[(true, false), (true, false), (false, true), (true, true)]);
    let keep_times = rng.chance(50);
    let parts = [(folder.to_owned(), &backup.output, with_output), (disk.root.join(CACHE), &backup.cache, with_cache)];
    for (to, snapshot, _) in parts.into_iter().filter(|(_, _, wanted)| *wanted) {
        let _ = fs::remove_dir_all(&to);
        for (path, (bytes, time)) in snapshot {
            let time = if keep_times { *time } else { disk.time(rng) };
            disk::write(&to.join(path), bytes, time);
        }
    }
    let what = format!("restore older copies: output {with_output}, cache {with_cache}, with times {keep_times}");
    Tampered { what, forgot: with_cache }
}
