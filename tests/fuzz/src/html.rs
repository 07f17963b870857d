//! The converter of web pages on whatever libFuzzer thinks of: as it is, and repeated to a long page.
//! How to run it is in CONTRIBUTING.md.

#![no_main]

#[path = "../../properties/mod.rs"]
mod properties;

use libfuzzer_sys::fuzz_target;
use std::time::{Duration, Instant};

/// The most that a megabyte of page may take, and that a page of nothing may. A second is meant; what libFuzzer puts into
/// the program to watch it makes it some three times as slow.
const PER_MEGABYTE: Duration = Duration::from_secs(3);
const CONSTANT: Duration = Duration::from_millis(200);
/// The length to which a page is repeated, at which time that grows by the square shows.
const LONG: usize = 256 * 1024;

fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    // One in sixteen, as long pages take most of the time.
    let sum = bytes.iter().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    if !bytes.is_empty() && sum % 16 == 0 {
        check(&bytes.repeat(LONG / bytes.len()));
    }
});

/// Converts a page; fails where what came of it is not as it must be, or where it took too long.
fn check(page: &[u8]) {
    let clock = Clock::start();
    properties::html(page);
    let (took, limit) = (clock.elapsed(), CONSTANT + PER_MEGABYTE.mul_f64(page.len() as f64 / 1e6));
    assert!(took <= limit, "{} bytes took {took:?}", page.len());
}

/// Processor time of this thread where Linux tells it, as others share the machine; else wall time.
struct Clock {
    wall: Instant,
    cpu: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Self { wall: Instant::now(), cpu: thread_time() }
    }

    fn elapsed(&self) -> Duration {
        let wall = self.wall.elapsed();
        // Asking takes longer than most pages do.
        if wall < CONSTANT {
            return wall;
        }
        match (self.cpu, thread_time()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => wall,
        }
    }
}

/// Nanoseconds on the processor: the first field of `schedstat`.
fn thread_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_ascii_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
