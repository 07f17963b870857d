//! Runs the built program, and watches what it takes.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Taken {
    pub(crate) wall: Duration,
    /// Processor time in user mode, and in all.
    pub(crate) user: Duration,
    pub(crate) cpu: Duration,
    /// Greatest resident memory in bytes.
    pub(crate) peak: u64,
}

/// The files that a build changed.
#[derive(Default, serde::Deserialize)]
pub(crate) struct Changes {
    pub(crate) added: Vec<String>,
    pub(crate) changed: Vec<String>,
    pub(crate) removed: Vec<String>,
}

impl Changes {
    pub(crate) fn all(&self) -> Vec<&str> {
        let mut all: Vec<&str> =
            [&self.added, &self.changed, &self.removed].into_iter().flatten().map(String::as_str).collect();
        all.sort_unstable();
        all
    }
}

/// Builds the site at `dir`.
pub(crate) fn build(dir: &Path) -> (Taken, Changes) {
    let changes = dir.join("changes.json");
    let taken = run(&["build".as_ref(), "--root".as_ref(), dir.as_os_str(), "--changes".as_ref(), changes.as_os_str()]);
    (taken, serde_json::from_str(&fs::read_to_string(&changes).unwrap()).unwrap())
}

/// Runs the program with these arguments.
pub(crate) fn run(arguments: &[&OsStr]) -> Taken {
    // What earlier work left to be written must not be written now.
    let _ = Command::new("sync").status();
    let (user, cpu) = children_time();
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_backfile")).args(arguments).arg("--quiet").spawn().unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_memory(&child));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = start.elapsed();
    assert!(status.success(), "backfile {arguments:?}: {status}");
    let (user_after, cpu_after) = children_time();
    Taken { wall, user: user_after.saturating_sub(user), cpu: cpu_after.saturating_sub(cpu), peak }
}

/// The high-water mark as Linux tells it; 0 elsewhere.
fn peak_memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// Processor time of all children that have ended, in user mode and in all: fields 16 and 17 of `stat`, in ticks of a
/// hundredth of a second.
fn children_time() -> (Duration, Duration) {
    times(13)
}

/// Processor time of this process itself: fields 14 and 15 of `stat` are those of the process, before its children's.
pub(crate) fn own_time() -> Duration {
    times(11).1
}

/// Two fields of `stat`, counted from behind the name: time in user mode, and in all.
fn times(skip: usize) -> (Duration, Duration) {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
    let mut ticks = fields.skip(skip).filter_map(|field| field.parse::<u64>().ok());
    let (user, system) = (ticks.next().unwrap_or(0), ticks.next().unwrap_or(0));
    (Duration::from_millis(10 * user), Duration::from_millis(10 * (user + system)))
}
