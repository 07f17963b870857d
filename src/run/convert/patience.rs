//! Documents that may take no longer than the limits say. One that does is given up, and its neighbours go on.
//!
//! Nothing can end a thread from outside, and no loop of a converter is trusted to look at the clock. So documents are
//! converted in threads of their own, a few documents at a time, and a thread that does not come back is left alone: it ends
//! with its document or with the program. Where several are left alone and still at work the run ends, as they would take
//! the machine's time from all others.

use crate::config::limits::{Limit, Limits};
use crate::diagnostic::Error;
use crate::run::STACK;
use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Most threads that are left alone and still at work.
const MOST: usize = 8;

/// How long a run waits for a document.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    limits: Limits,
    limit: Duration,
    /// How many threads were left alone and are still at work.
    alone: Arc<AtomicUsize>,
}

/// What is done, and since when the next item is at work.
struct Progress<T> {
    done: Vec<T>,
    since: Instant,
    is_given_up: bool,
}

type Job = Box<dyn FnOnce() + Send>;

thread_local! {
    /// The thread that works for this one, unless it was left alone.
    static HELPER: RefCell<Option<Sender<Job>>> = const { RefCell::new(None) };
}

impl Patience {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, limit: Duration::from_secs(limits.seconds.into()), alone: Arc::default() }
    }

    /// Does `work` on each item; what takes too long gives `late` instead.
    ///
    /// # Errors
    /// [`Error::Usage`] where too many items did not end, or no thread can be started.
    pub(super) fn each<I: Send + Sync + 'static, T: Send + 'static>(
        &self,
        items: Vec<I>,
        work: impl Fn(&I) -> T + Send + Sync + 'static,
        late: impl Fn(&I) -> T,
    ) -> Result<Vec<T>, Error> {
        let (items, work) = (Arc::new(items), Arc::new(work));
        let mut all: Vec<T> = Vec::with_capacity(items.len());
        while all.len() < items.len() {
            let progress = Arc::new(Mutex::new(Progress { done: Vec::new(), since: now(), is_given_up: false }));
            let (sender, ended) = channel::<()>();
            let (from, alone) = (all.len(), Arc::clone(&self.alone));
            let shared = (Arc::clone(&items), Arc::clone(&work), Arc::clone(&progress));
            hand_over(Box::new(move || {
                // The sender is dropped at the end, which wakes the one who waits.
                let _sender = sender;
                let (items, work, progress) = shared;
                for item in items.iter().skip(from) {
                    locked(&progress).since = now();
                    let result = work(item);
                    let mut progress = locked(&progress);
                    if progress.is_given_up {
                        alone.fetch_sub(1, Ordering::Relaxed);
                        return;
                    }
                    progress.done.push(result);
                }
            }))?;
            loop {
                let left = self.limit.saturating_sub(locked(&progress).since.elapsed());
                if !matches!(ended.recv_timeout(left), Err(RecvTimeoutError::Timeout)) {
                    all.append(&mut locked(&progress).done);
                    break;
                }
                let mut progress = locked(&progress);
                if progress.since.elapsed() >= self.limit && all.len() + progress.done.len() < items.len() {
                    progress.is_given_up = true;
                    all.append(&mut progress.done);
                    all.extend(items.get(all.len()).map(&late));
                    self.leave_alone()?;
                    break;
                }
            }
        }
        Ok(all)
    }

    fn leave_alone(&self) -> Result<(), Error> {
        HELPER.with_borrow_mut(|helper| *helper = None);
        let alone = self.alone.fetch_add(1, Ordering::Relaxed) + 1;
        if alone < MOST {
            return Ok(());
        }
        let message = format!("{alone} documents took more than {} s each and are still at work", self.limits.seconds);
        Err(Error::usage(message, Limit::Time.hint()))
    }
}

/// Gives work to the thread that works for this one.
fn hand_over(job: Job) -> Result<(), Error> {
    HELPER.with_borrow_mut(|helper| {
        let Some(known) = helper else { return start(helper, job) };
        match known.send(job) {
            Ok(()) => Ok(()),
            // It is gone, though no work should end it; a new one does as well.
            Err(back) => start(helper, back.0),
        }
    })
}

fn start(helper: &mut Option<Sender<Job>>, job: Job) -> Result<(), Error> {
    let (jobs, next) = channel::<Job>();
    let thread = thread::Builder::new().stack_size(STACK);
    thread
        .spawn(move || next.into_iter().for_each(|job| job()))
        .map_err(|error| super::stream::cannot_start(&error))?;
    // It has just begun to listen.
    let _ = jobs.send(job);
    *helper = Some(jobs);
    Ok(())
}

/// How long something takes is a matter of the clock, and shows in no article.
#[expect(clippy::disallowed_methods, reason = "a document that does not end is found by the clock alone")]
pub(super) fn now() -> Instant {
    Instant::now()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Arc, Duration, Patience};
    use crate::config::limits::Limits;
    use crate::diagnostic::Error;
    use std::thread::sleep;

    fn each(slow: &'static [u32], limit: Duration) -> Result<Vec<Option<u32>>, Error> {
        let patience = Patience { limits: Limits::default(), limit, alone: Arc::default() };
        let work = |item: &u32| {
            if slow.contains(item) {
                sleep(Duration::from_secs(30));
            }
            Some(*item)
        };
        patience.each((0..40).collect(), work, |_| None)
    }

    #[test]
    fn what_is_slow_costs_no_neighbour() {
        let done = each(&[0, 7, 39], Duration::from_secs(2)).unwrap();
        let late: Vec<usize> = (0..40).filter(|at| done[*at].is_none()).collect();
        assert_eq!(late, [0, 7, 39]);
        assert!((0..40).all(|at| done[at].is_none_or(|item| item as usize == at)));
    }

    #[test]
    fn too_many_slow_ones_end_the_run() {
        assert!(each(&[1, 2, 3, 4, 5, 6, 7, 8, 9], Duration::from_millis(50)).is_err());
    }
}
