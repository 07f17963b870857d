//! After any sequence of edits and builds the site is what a clean build makes of the same inputs, byte for byte; what
//! changed is told exactly, and nothing else is written.
//!
//! Each sequence has a seed. `BACKFILE_SEQUENCES=2000` runs so many, and `BACKFILE_SEED=17` that one alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "how fast sequences are is of interest to those who run many")]

mod compare;
mod disk;
mod edits;
mod held;
mod inputs;
#[path = "../../benches/generate/rng.rs"]
#[expect(unreachable_pub, reason = "benches use it too")]
mod rng;
mod sequence;
mod story;
mod tamper;
mod themes;
mod words;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// How many sequences are run when nobody asks for more.
const FEW: u64 = 40;
/// Seeds of sequences that once failed: files that someone had removed told as removed, and an error that named another
/// page with another number of threads.
const FAILED_ONCE: [u64; 3] = [812, 1425, 1991];

#[test]
fn a_build_with_a_past_is_a_clean_build() {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let seeds: Vec<u64> = if let Some(seed) = number("BACKFILE_SEED") {
        vec![seed]
    } else {
        let count = number("BACKFILE_SEQUENCES").unwrap_or(FEW);
        (0..count).chain(FAILED_ONCE.into_iter().filter(|seed| *seed >= count)).collect()
    };
    let folder = disk::temporary();
    let next = AtomicUsize::new(0);
    let failures: Mutex<Vec<String>> = Mutex::default();
    let start = Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while failures.lock().unwrap().is_empty() {
                    let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                    failures.lock().unwrap().extend(fails(*seed, folder.path()));
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("{} sequences in {seconds:.1} s", seeds.len());
}

/// What is wrong with the sequence of a seed, and how it came to it.
fn fails(seed: u64, folder: &Path) -> Option<String> {
    let mut log = Vec::new();
    let run = catch_unwind(AssertUnwindSafe(|| sequence::run(seed, folder, &mut log)));
    let wrong = run.unwrap_or_else(|panic| Err(format!("panicked: {}", said(&*panic)))).err()?;
    let alone = format!("BACKFILE_SEED={seed} cargo test --test incremental");
    Some(format!("sequence {seed}:\n  {}\n{wrong}\nalone: {alone}", log.join("\n  ")))
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}
