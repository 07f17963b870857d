//! The published folder: only what differs is written, and what the last run wrote and this one did not is removed.
//!
//! Files go to a staging folder first and are moved into place by [`Output::finish`], so that a run that fails leaves the
//! old site as it was. Into an empty folder they are written directly. The folder's state lies in the cache:
//!
//! - `manifest`: what was written last time (see [`manifest`]);
//! - `staging/`, `room`, `manifest.next` and `journal`: a change that is being made (see [`journal`]);
//! - `direct`: there while files are being written directly; what such a run leaves behind when it is killed is taken
//!   for its own by the next.
//!
//! What no manifest names was not written by backfile and is left alone, unless a page claims its very path.

mod against;
mod changes;
mod finish;
mod folders;
mod fresh;
mod journal;
mod left;
mod manifest;
mod recover;

pub use changes::{Changes, Paths};
pub use left::{Left, manifest_hash};

use super::cache::Cache;
use super::read::hash_of_file;
use super::{Stamp, failed, shown, write};
use crate::diagnostic::{Diagnostic, Error, Place};
use folders::Folders;
use fresh::{Content, Gathering, How};
use manifest::{Manifest, NO_KEY};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The file that is there while files are written directly.
const DIRECT: &str = "direct";
/// The list of the folders that are made for new files.
const ROOM: &str = "room";
/// Where files wait to be moved into place.
const STAGING: &str = "staging";
/// Longest name that common file systems allow, in bytes.
const LONGEST_NAME: usize = 255;
/// Longest path that is not refused, in bytes; systems stop at 4,096 for the whole of it.
const LONGEST_PATH: usize = 3000;

/// The published folder while a run writes to it. Dropped without [`Output::finish`], it leaves the old site as it was.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
    state: PathBuf,
    mode: Mode,
    old: Manifest,
    /// For each record of `old`, whether its path was put in this run.
    seen: Bits,
    /// For each record of `old`, whether all of it is still true.
    kept: Bits,
    fresh: Gathering,
    folders: Folders,
    /// How many files are right as the old manifest names them.
    unchanged: AtomicUsize,
    /// Bytes written.
    bytes: AtomicU64,
    /// Whether the old site is elsewhere: what the manifest names is as it says, and is not here.
    elsewhere: bool,
    /// Files that no manifest names and that are replaced: the least path, and how many.
    replaced: Mutex<(String, usize)>,
    warnings: Vec<Diagnostic>,
    /// Whether the new site is decided on: from then on it is completed, not undone.
    decided: bool,
}

/// How files get to their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Written where they belong: there is no old site to keep.
    Direct,
    /// Staged and moved.
    Staged,
}

impl Output {
    /// Opens the folder `root`, making it if it is missing, and completes what an earlier run left half done. With
    /// `clean`, all that is in the folder (but hidden files) counts as written by backfile, so what this run does not
    /// put is removed.
    ///
    /// # Errors
    /// [`Error::Usage`] where the folder holds the site itself, [`Error::Disk`].
    pub fn open(cache: &Cache, root: &Path, clean: bool) -> Result<Self, Error> {
        std::fs::create_dir_all(root).map_err(failed("make", root))?;
        let state = state_folder(cache, root)?;
        std::fs::create_dir_all(&state).map_err(failed("make", &state))?;
        recover::recover(root, &state)?;
        let marker = state.join(DIRECT);
        let killed = marker.exists();
        let empty = recover::is_empty(root)?;
        let mode = if killed || empty { Mode::Direct } else { Mode::Staged };
        if mode == Mode::Direct {
            File::create(&marker).map_err(failed("write", &marker))?;
        }
        let mut warnings = Vec::new();
        let mut old = if empty { Some(Manifest::default()) } else { recover::load_manifest(&state, &mut warnings) };
        if killed || clean {
            old = Some(recover::adopt(root, &old.unwrap_or_default())?);
        }
        if old.is_none() {
            let message = "there is no record of what backfile wrote to this folder";
            let hint = "what is in it and is no page of this build stays; `--clean` removes that";
            warnings.push(Diagnostic::warning(Place::file(shown(root)), message).hint(hint));
        }
        let old = old.unwrap_or_default();
        Ok(Self {
            root: root.to_path_buf(),
            state,
            mode,
            seen: Bits::new(old.len()),
            kept: Bits::new(old.len()),
            old,
            fresh: Gathering::new(),
            folders: Folders::new(),
            unchanged: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            elsewhere: false,
            replaced: Mutex::default(),
            warnings,
            decided: false,
        })
    }

    /// Whether the page at `path` was last made under the same `key`, and its file is still there as it was written. The
    /// path is then taken for this run, as by [`Output::put`]. May be called from many threads.
    ///
    /// # Errors
    /// [`Error::Site`] as [`Output::put`].
    pub fn has(&self, path: &str, key: u128) -> Result<bool, Error> {
        let found = self.old.find(path).map(|at| (at, self.old.record(at)));
        let Some((at, record)) = found.filter(|(_, record)| record.key == key && key != NO_KEY) else {
            return Ok(false);
        };
        if self.elsewhere {
            self.claim(path)?;
            self.keep(at);
            return Ok(true);
        }
        let target = self.root.join(path);
        let Some(there) = Stamp::at(&target).filter(|there| there.size == record.stamp.size) else { return Ok(false) };
        if there == record.stamp {
            self.claim(path)?;
            self.keep(at);
            return Ok(true);
        }
        // A copy of the site has other times; what is in the file decides.
        let same = hash_of_file(&target).is_ok_and(|hash| hash == record.hash);
        if same {
            self.claim(path)?;
            self.fresh.add(path, Content { hash: record.hash, key }, there, How::Found);
        }
        Ok(same)
    }

    /// Puts `bytes` at `path`, relative to the folder and with `/`; nothing is written where they are there already.
    /// `key` is what [`Output::has`] will be asked for; none for what is made anew each time. May be called from many
    /// threads.
    ///
    /// # Errors
    /// [`Error::Site`] where the path leads out of the folder, cannot be a path, or was put before; [`Error::Disk`].
    pub fn put(&self, path: &str, key: Option<u128>, bytes: &[u8]) -> Result<(), Error> {
        let known = self.claim(path)?;
        let content = Content { hash: xxh3_128(bytes), key: key.unwrap_or(NO_KEY) };
        if self.is_elsewhere(path, known, content) {
            return Ok(());
        }
        let target = self.root.join(path);
        let there = self.look(known, &target);
        if let Some(there) = there.filter(|there| there.size == bytes.len() as u64) {
            // Same size and time as it was written with: the hash then tells what is in it.
            let recorded = known.map(|at| (at, self.old.record(at))).filter(|(_, record)| record.stamp == there);
            if let Some((at, record)) = recorded {
                if record.hash == content.hash {
                    if record.key == content.key {
                        self.keep(at);
                    } else {
                        self.fresh.add(path, content, there, How::Found);
                    }
                    return Ok(());
                }
            } else if std::fs::read(&target).is_ok_and(|old| old == bytes) {
                self.fresh.add(path, content, there, How::Found);
                return Ok(());
            }
        }
        let how = self.how(path, known, there);
        let stamp = self.create(path, &target, |file| file.write_all(bytes))?;
        self.fresh.add(path, content, stamp, how);
        self.bytes.fetch_add(stamp.size, Ordering::Relaxed);
        Ok(())
    }

    /// Puts a copy of the file `from` at `path`, with its time of change, by which the next run sees without reading
    /// that neither has changed. May be called from many threads.
    ///
    /// # Errors
    /// As [`Output::put`], and [`Error::Disk`] where `from` cannot be read.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Error> {
        let known = self.claim(path)?;
        if self.elsewhere {
            let content = Content { hash: hash_of_file(from).map_err(failed("read", from))?, key: NO_KEY };
            if self.is_elsewhere(path, known, content) {
                return Ok(());
            }
        }
        let source = std::fs::metadata(from).map(|metadata| Stamp::of(&metadata)).map_err(failed("read", from))?;
        let target = self.root.join(path);
        let there = self.look(known, &target);
        let record = known.map(|at| (at, self.old.record(at)));
        if let Some((at, record)) = record
            && record.stamp == source
            && there == Some(source)
        {
            self.keep(at);
            return Ok(());
        }
        let hash = hash_of_file(from).map_err(failed("read", from))?;
        let content = Content { hash, key: NO_KEY };
        if let Some(there) = there.filter(|there| there.size == source.size) {
            let trusted = record.is_some_and(|(_, record)| record.stamp == there && record.hash == hash);
            if trusted || hash_of_file(&target).is_ok_and(|old| old == hash) {
                // Only its time is brought up to date, so that the next run need not read it.
                let touched =
                    File::options().write(true).open(&target).and_then(|file| file.set_modified(source.time()));
                let stamp = if touched.is_ok() { Stamp::at(&target).unwrap_or(there) } else { there };
                self.fresh.add(path, content, stamp, How::Found);
                return Ok(());
            }
        }
        let how = self.how(path, known, there);
        let stamp = self.create(path, &target, |file| {
            io::copy(&mut File::open(from)?, file)?;
            file.set_modified(source.time())
        })?;
        self.fresh.add(path, content, stamp, how);
        self.bytes.fetch_add(stamp.size, Ordering::Relaxed);
        Ok(())
    }

    /// Checks a path, takes it for this run, and finds its record.
    fn claim(&self, path: &str) -> Result<Option<usize>, Error> {
        check(path)?;
        let known = self.old.find(path);
        if known.is_some_and(|at| self.seen.set(at)) {
            return Err(finish::claimed_twice(path));
        }
        Ok(known)
    }

    /// The file that is there now. Into a folder that was empty, nobody is asked about files that cannot be there.
    fn look(&self, known: Option<usize>, target: &Path) -> Option<Stamp> {
        (known.is_some() || self.mode == Mode::Staged).then(|| Stamp::at(target)).flatten()
    }

    fn keep(&self, at: usize) {
        self.kept.set(at);
        self.unchanged.fetch_add(1, Ordering::Relaxed);
    }

    fn how(&self, path: &str, known: Option<usize>, there: Option<Stamp>) -> How {
        if known.is_none() && there.is_some() {
            let mut replaced = self.replaced.lock().unwrap_or_else(PoisonError::into_inner);
            if replaced.1 == 0 || path < replaced.0.as_str() {
                path.clone_into(&mut replaced.0);
            }
            replaced.1 += 1;
        }
        if there.is_some() || (self.elsewhere && known.is_some()) { How::Changed } else { How::Added }
    }

    /// Makes the file for `path`, where it belongs or in the staging folder, and fills it.
    fn create(&self, path: &str, target: &Path, fill: impl Fn(&mut File) -> io::Result<()>) -> Result<Stamp, Error> {
        let filled = |place: &Path| {
            let mut made = File::create(place)?;
            fill(&mut made)?;
            Ok(Stamp::of(&made.metadata()?))
        };
        let stamp = match self.mode {
            Mode::Direct => {
                // What stands in its way, the file itself will say.
                let _ = self.folders.make(&self.root, path);
                write::in_folder(target, filled)
            }
            Mode::Staged => write::in_folder(&journal::staged(&self.state.join(STAGING), path), filled),
        };
        stamp.map_err(|error| match error.kind() {
            io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory | io::ErrorKind::AlreadyExists
                if self.mode == Mode::Direct && self.root.is_dir() =>
            {
                finish::folder_clash(path)
            }
            _ => failed("write", target)(error),
        })
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.decided {
            let fresh = self.fresh.take();
            self.undo(&fresh);
        }
    }
}

/// Refuses paths that lead out of the folder or that no file system takes.
fn check(path: &str) -> Result<(), Error> {
    let refuse = |why: &str| {
        let hint = "change the `url` or alias that asks for it";
        Err(Diagnostic::error(Place::file(path), format!("cannot be a file of the site: {why}")).hint(hint).into())
    };
    if path.len() > LONGEST_PATH {
        return refuse("the path is too long");
    }
    if path.contains('\0') {
        return refuse("the path has a zero byte");
    }
    for name in path.split('/') {
        match name {
            "" => return refuse("a name in the path is empty"),
            "." | ".." => return refuse("the path leads elsewhere"),
            name if name.len() > LONGEST_NAME => return refuse("a name in the path is longer than 255 bytes"),
            _ => {}
        }
    }
    // What this system takes for a drive or for another separator.
    if Path::new(path).components().any(|part| !matches!(part, Component::Normal(_)))
        || cfg!(windows) && path.contains(['\\', ':'])
    {
        return refuse("the path leads elsewhere");
    }
    Ok(())
}

/// Where the state of the output folder `root` lies in the cache: by its place beside the cache, so that a restored
/// checkout elsewhere finds it again.
fn state_folder(cache: &Cache, root: &Path) -> Result<PathBuf, Error> {
    let real_root = std::fs::canonicalize(root).map_err(failed("read", root))?;
    let real_cache = std::fs::canonicalize(cache.path()).map_err(failed("read", cache.path()))?;
    if real_cache.starts_with(&real_root) || real_root.starts_with(&real_cache) {
        let message = format!("the site cannot be written to {}, which it is made from", shown(root));
        return Err(Error::usage(message, "name a folder of its own, as in `--output public`"));
    }
    let site = real_cache.parent().unwrap_or(&real_cache);
    let name = real_root.strip_prefix(site).unwrap_or(&real_root);
    Ok(cache.path().join(format!("output-{:016x}", xxh3_64(name.as_os_str().as_encoded_bytes()))))
}

/// A set of small numbers that many threads may fill.
#[derive(Debug)]
struct Bits(Vec<AtomicU64>);

impl Bits {
    fn new(count: usize) -> Self {
        Self((0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    /// Puts a number in; whether it was in already.
    fn set(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word.fetch_or(1 << (at % 64), Ordering::Relaxed) >> (at % 64) & 1 == 1)
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word.load(Ordering::Relaxed) >> (at % 64) & 1 == 1)
    }
}
