//! Builds that are killed, that the disk fails, or that meet another: the old site stays, or the next build completes
//! the new one, and whoever has to know is told.
//!
//! `BACKFILE_FAULTS=200` has so many builds killed instead of a few.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "what could not be tested is said")]

mod full;
mod killed;
mod same;
mod site;

/// How many builds are killed in each test when nobody asks for more.
const FEW: u64 = 10;

/// How many builds fail in each test.
fn faults() -> u64 {
    std::env::var("BACKFILE_FAULTS").ok().and_then(|number| number.parse().ok()).unwrap_or(FEW)
}
