//! A site's folder on the disk, and what is in an output folder.

use super::inputs::Files;
use super::rng::Rng;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The bytes and the time of change of each file below a folder.
pub(crate) type Snapshot = BTreeMap<String, (Vec<u8>, SystemTime)>;

/// Folders for sites; in memory where the system has such a place.
pub(crate) fn temporary() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// All files below `dir`, hidden ones too.
pub(crate) fn snapshot(dir: &Path) -> Snapshot {
    let entries = walkdir::WalkDir::new(dir).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
    let file = |entry: walkdir::DirEntry| {
        (path(entry.path()), (fs::read(entry.path()).unwrap(), entry.metadata().unwrap().modified().unwrap()))
    };
    files.map(file).collect()
}

/// Folders below `dir` with nothing in them.
pub(crate) fn empty_folders(dir: &Path) -> Vec<PathBuf> {
    let folders = walkdir::WalkDir::new(dir).min_depth(1).into_iter().filter_map(Result::ok);
    let folders = folders.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
    folders.filter(|folder| fs::read_dir(folder).unwrap().next().is_none()).collect()
}

/// Writes a file with a time of change, making the folders above.
pub(crate) fn write(path: &Path, bytes: &[u8], time: SystemTime) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    set_time(path, time);
}

pub(crate) fn set_time(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

/// Removes a file, and the folders above it that are empty then.
pub(crate) fn remove(path: &Path, root: &Path) {
    fs::remove_file(path).unwrap();
    let above = path.ancestors().skip(1).take_while(|folder| *folder != root);
    let _ = above.map(fs::remove_dir).take_while(Result::is_ok).count();
}

/// A site's folder.
pub(crate) struct Disk {
    pub(crate) root: PathBuf,
    /// The files that are there.
    files: Files,
    /// How many times of change were given out.
    times: u64,
}

impl Disk {
    pub(crate) fn new(root: PathBuf) -> Self {
        fs::create_dir_all(&root).unwrap();
        Self { root, files: Files::new(), times: 0 }
    }

    /// A time that no other file has: about now, long ago, or in years to come. The clock of a file system is too coarse
    /// to tell two edits of the same millisecond apart.
    pub(crate) fn time(&mut self, rng: &mut Rng) -> SystemTime {
        self.times += 1;
        let apart = Duration::from_micros(self.times * 10_007);
        match rng.below(4) {
            0 => SystemTime::UNIX_EPOCH + Duration::from_hours(240_000) + apart,
            1 => SystemTime::UNIX_EPOCH + Duration::from_hours(700_000) + apart,
            _ => SystemTime::now() + Duration::from_nanos(self.times),
        }
    }

    /// Makes the files of the folder these, in any order. A file that was renamed keeps its time.
    pub(crate) fn sync(&mut self, wanted: &Files, rng: &mut Rng) {
        let gone: Vec<String> = self.files.keys().filter(|path| !wanted.contains_key(*path)).cloned().collect();
        let mut moved: BTreeMap<&[u8], &String> = gone.iter().map(|path| (&*self.files[path], path)).collect();
        let mut new: Vec<(&String, &Vec<u8>)> =
            wanted.iter().filter(|(path, bytes)| self.files.get(*path) != Some(*bytes)).collect();
        for at in (1..new.len()).rev() {
            new.swap(at, rng.below(at + 1));
        }
        let mut times = Vec::new();
        for (path, bytes) in new {
            let to = self.root.join(path);
            match moved.remove(&**bytes) {
                Some(from) if !self.files.contains_key(path) => {
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    fs::rename(self.root.join(from), to).unwrap();
                }
                _ => {
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    fs::write(&to, bytes).unwrap();
                    times.push(to);
                }
            }
        }
        for path in &gone {
            let path = self.root.join(path);
            if path.exists() {
                fs::remove_file(&path).unwrap();
            }
            let above = path.ancestors().skip(1).take_while(|folder| **folder != *self.root);
            let _ = above.map(fs::remove_dir).take_while(Result::is_ok).count();
        }
        for path in times {
            let time = self.time(rng);
            set_time(&path, time);
        }
        self.files.clone_from(wanted);
    }

    /// Every file the site is made from is as new as after a checkout.
    pub(crate) fn touch(&mut self, rng: &mut Rng) {
        let paths: Vec<PathBuf> = self.files.keys().map(|path| self.root.join(path)).collect();
        for path in paths {
            let time = self.time(rng);
            set_time(&path, time);
        }
    }
}

/// Writes a site's files into an empty folder, in any order.
pub(crate) fn write_all(root: &Path, files: &Files, rng: &mut Rng) {
    Disk::new(root.to_owned()).sync(files, rng);
}
