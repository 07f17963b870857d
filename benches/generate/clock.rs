//! What a stretch of work took: wall time, and processor time of all threads, since others may share the machine.

use std::time::{Duration, Instant};

/// A stretch of work under way.
pub struct Clock {
    wall: Instant,
    cpu: Duration,
}

impl Clock {
    pub fn start() -> Self {
        Self { wall: Instant::now(), cpu: process_time() }
    }

    /// Wall time so far.
    pub fn wall(&self) -> Duration {
        self.wall.elapsed()
    }

    /// Processor time so far, in hundredths of a second; wall time where the system does not tell.
    pub fn cpu(&self) -> Duration {
        let now = process_time();
        if now.is_zero() { self.wall() } else { now.saturating_sub(self.cpu) }
    }
}

/// User and system time as Linux tells it: fields 14 and 15 of `stat`, in ticks of a hundredth of a second.
fn process_time() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}
