//! Watching files: which paths changed, gathered until it is quiet.
//!
//! What is told is a hint where to look. What is there is read from the disk, so that an event too many costs a look, and
//! it does not matter in which order they come.

use super::{failed, shown};
use crate::diagnostic::{Diagnostic, Error, Place};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// So long after the last event it is quiet: editors write, rename and remove within this time.
const QUIET: Duration = Duration::from_millis(25);
/// So long after the first event what came is looked at, though more may come: a checkout of many files goes on for long.
const LONGEST: Duration = Duration::from_millis(500);
/// How often files are looked at where the system tells of no changes.
const POLL: Duration = Duration::from_secs(1);

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Files and folders, from the root of the disk.
    pub paths: BTreeSet<PathBuf>,
    /// Whether events were lost, so that anything may have changed.
    pub lost: bool,
}

/// Files and folders that are watched.
pub struct Watch {
    events: Receiver<notify::Result<Event>>,
    sender: Sender<notify::Result<Event>>,
    watcher: Box<dyn Watcher + Send>,
    polls: bool,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches nothing yet; with `poll`, by looking every second, as disks of other machines need.
    ///
    /// # Errors
    /// [`Error::Disk`] where the system gives no means to watch.
    pub fn new(poll: bool) -> Result<Self, Error> {
        let (sender, events) = channel();
        let watcher = watcher(&sender, poll).map_err(|error| failed("watch", Path::new("."))(reason(error)))?;
        Ok(Self { events, sender, watcher, polls: poll, watched: BTreeSet::new() })
    }

    /// Watches also `path` and, with `below`, all that is below it. A path that is watched already, or at which nothing is,
    /// is passed over. Gives a warning where the system cannot tell of changes and files are looked at every second.
    ///
    /// # Errors
    /// [`Error::Disk`] where it cannot be watched in any manner.
    pub fn add(&mut self, path: &Path, below: bool) -> Result<Option<Diagnostic>, Error> {
        let Ok(real) = std::fs::canonicalize(path) else { return Ok(None) };
        if !self.watched.insert(real.clone()) {
            return Ok(None);
        }
        let mode = if below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        match self.watcher.watch(&real, mode) {
            Ok(()) => Ok(None),
            Err(error) if !self.polls => {
                self.poll_instead()?;
                let message = format!("cannot be watched ({error}), so files are looked at every second");
                let hint = "on Linux, a higher fs.inotify.max_user_watches lets the system tell of changes";
                Ok(Some(Diagnostic::warning(Place::file(shown(path)), message).hint(hint)))
            }
            Err(error) => Err(failed("watch", path)(reason(error))),
        }
    }

    /// Begins again by looking at files.
    fn poll_instead(&mut self) -> Result<(), Error> {
        let cannot = |error: notify::Error| failed("watch", Path::new("."))(reason(error));
        self.watcher = watcher(&self.sender, true).map_err(cannot)?;
        self.polls = true;
        // How deep a path was watched is not known here; too deep costs time only.
        for path in &self.watched {
            self.watcher.watch(path, RecursiveMode::Recursive).map_err(cannot)?;
        }
        Ok(())
    }

    /// Forgets a path that is gone, so that it can be added when it is there again.
    pub fn forget_gone(&mut self) {
        self.watched.retain(|path| path.exists());
    }

    /// Waits for a change, and then until it is quiet. `None` where none can come any more.
    pub fn wait(&mut self) -> Option<Seen> {
        let mut seen = Seen::default();
        loop {
            note(self.events.recv().ok()?, &mut seen);
            if seen != Seen::default() {
                break;
            }
        }
        let until = Instant::now() + LONGEST;
        while Instant::now() < until {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => note(event, &mut seen),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        // The watcher tells of a folder that is new before it watches it, and answers only when that is done.
        let _ = self.watcher.configure(Config::default());
        // What was made in place of a folder that is gone is to be watched again.
        self.watched.retain(|path| !seen.paths.contains(path));
        Some(seen)
    }
}

fn watcher(sender: &Sender<notify::Result<Event>>, poll: bool) -> notify::Result<Box<dyn Watcher + Send>> {
    let sender = sender.clone();
    // Nobody listens any more when the run ends; then nothing is to be told.
    let tell = move |event| {
        let _ = sender.send(event);
    };
    if poll {
        let config = Config::default().with_poll_interval(POLL);
        return Ok(Box::new(PollWatcher::new(tell, config)?));
    }
    Ok(Box::new(notify::recommended_watcher(tell)?))
}

fn note(event: notify::Result<Event>, seen: &mut Seen) {
    match event {
        Ok(event) if event.need_rescan() => seen.lost = true,
        // Reading a file is no change of it, and this program reads those that it watches.
        Ok(Event { kind: EventKind::Access(kind), .. }) if kind != AccessKind::Close(AccessMode::Write) => {}
        Ok(event) => seen.paths.extend(event.paths),
        Err(error) => seen.paths.extend(error.paths),
    }
}

fn reason(error: notify::Error) -> io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        _ => io::Error::other(error.to_string()),
    }
}

/// The path with all links followed, also of a file that is gone.
pub fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
