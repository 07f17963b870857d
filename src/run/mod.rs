//! The work of `convert` and `explain` where stages, the disk and threads meet.
//!
//! [`lib.rs`](crate) tells what happens in what order; this is the part of it that has to remember things between
//! sources: what was there before, what is still waiting, and what is to be said in the end.

pub mod account;
pub mod convert;

use crate::diagnostic::Error;

/// Stack of a worker, in bytes: documents nest as deeply as their authors like.
const STACK: usize = 16 << 20;

/// Threads for the work of a run: `jobs` of them, or as many as the machine has if that is 0.
///
/// # Errors
/// [`Error::Usage`] where the system gives no such threads.
pub fn threads(jobs: usize) -> Result<rayon::ThreadPool, Error> {
    rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build().map_err(|error| {
        Error::usage(format!("cannot start {jobs} threads: {error}"), "ask for fewer with --jobs, as in `--jobs 2`")
    })
}
