//! Runs the built program, and watches what it takes.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// What one run took.
pub(crate) struct Taken {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    /// Greatest resident memory in bytes.
    pub(crate) peak: u64,
}

/// Builds the site at `dir` into an empty output folder.
pub(crate) fn build(dir: &Path) -> Taken {
    for old in ["public", ".backfile", "aside"] {
        assert!(!dir.join(old).exists() || old == "aside", "{}/{old} is in the way: move it", dir.display());
    }
    run(dir)
}

/// Builds it once more, with nothing changed.
pub(crate) fn build_again(dir: &Path) -> Taken {
    run(dir)
}

fn run(dir: &Path) -> Taken {
    // What earlier work left to be written must not be written now.
    let _ = Command::new("sync").status();
    let before = children_time();
    let start = Instant::now();
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_backfile")).args(["build", "--quiet", "--root"]).arg(dir).spawn().unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_memory(&child));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let wall = start.elapsed();
    assert!(status.success(), "backfile build: {status}");
    Taken { wall, cpu: children_time().saturating_sub(before), peak }
}

/// The high-water mark as Linux tells it; 0 elsewhere.
fn peak_memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// Processor time of all children that have ended: fields 16 and 17 of `stat`, in ticks of a hundredth of a second.
fn children_time() -> Duration {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
    let ticks: u64 = fields.skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}
