//! Sources of any size: one thread reads and cuts, all others convert what it cut off, a batch at a time, so that no more
//! than a few batches are ever in memory.

use super::Run;
use super::document::{CHUNK, Held, Made, cut, found_in};
use super::source::{Big, Done};
use crate::convert::records::Found;
use crate::convert::{Source, records};
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::read;
use crate::run::STACK;
use rayon::prelude::*;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Most bytes and records of a batch, but for what its last record has beyond that.
const BATCH_BYTES: usize = 16 << 20;
const BATCH_RECORDS: usize = 512;
/// How many batches wait while one is converted.
const WAITING: usize = 1;

type Batch = Vec<Result<Found, Diagnostic>>;

impl Run<'_> {
    /// Converts a source that is too big to be in memory.
    pub(super) fn stream(&mut self, big: Big<'_>) -> Result<(), Error> {
        let Big { job, name, head, print } = big;
        let reader = match read::open(&job.location(), &name) {
            Ok((file, _)) => file,
            Err(diagnostic) => {
                let bad = vec![diagnostic];
                return self.take(Done { bad, ..Done::of(name) }, &mut Vec::new());
            }
        };
        let source = Source { accounting: self.shared().is_told, ..job.source(&name, &head, self.options.limits) };
        let format = job.input.format;
        let Some(held) = Held::of(&source, job) else { return self.take(Done::of(name), &mut Vec::new()) };
        let mut records = HashSet::new();
        let (send, receive) = sync_channel(WAITING);
        thread::scope(|scope| {
            let cutter = thread::Builder::new().stack_size(STACK);
            let cutting = move || cut_into_batches(source, format, (job.location(), reader), &send);
            cutter.spawn_scoped(scope, cutting).map_err(|error| cannot_start(&error))?;
            // Where this ends early, the cutter finds nobody to send to and ends too.
            for batch in receive {
                let shared = self.shared();
                let made: Vec<Result<Vec<Made>, Error>> =
                    chunks(batch).into_par_iter().map(|found| found_in(&held, shared.patience, found)).collect();
                let mut done = Done { print, ..Done::of(name.clone()) };
                for made in made {
                    for made in made? {
                        done.take(made, job, shared, &mut records)?;
                    }
                }
                let mut ready = Vec::new();
                self.take(done, &mut ready)?;
                self.put(ready)?;
            }
            Ok(())
        })
    }
}

/// The batch in pieces that are enough for a thread to work on for a while.
fn chunks(batch: Batch) -> Vec<Batch> {
    let mut chunks: Vec<Batch> = Vec::with_capacity(batch.len() / CHUNK + 1);
    for found in batch {
        match chunks.last_mut().filter(|chunk| chunk.len() < CHUNK) {
            Some(chunk) => chunk.push(found),
            None => chunks.push(vec![found]),
        }
    }
    chunks
}

fn cut_into_batches(
    source: Source<'_>,
    format: Option<&'static crate::convert::Format>,
    (location, mut reader): (PathBuf, impl records::ReadSeek),
    send: &SyncSender<Batch>,
) {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    cut(&source, format, (&location, &mut reader), &mut |found| {
        bytes += match &found {
            Ok(Found::Record(record)) => record.bytes.len(),
            Ok(Found::File { bytes, .. }) => bytes.len(),
            _ => 0,
        };
        batch.push(found);
        if bytes < BATCH_BYTES && batch.len() < BATCH_RECORDS {
            return ControlFlow::Continue(());
        }
        bytes = 0;
        match send.send(std::mem::take(&mut batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    // The last batch may be empty: then the source is taken note of all the same.
    let _ = send.send(batch);
}

pub(super) fn cannot_start(error: &std::io::Error) -> Error {
    Error::usage(format!("cannot start a thread: {error}"), "try again when the machine has fewer at work")
}
