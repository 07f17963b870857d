//! Builds that are killed at any moment: the next build completes them.

use super::faults;
use super::site::{Clean, Pages, Site, clean};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// When a build is killed.
#[derive(Debug)]
enum Moment {
    /// So many microseconds after it began.
    After(u64),
    /// When what lies in its cache has become another so many times, and some microseconds have passed.
    Cache(u64, u64),
}

/// A number below `end`: another for each kill, spread evenly (by the golden ratio).
fn spread(kill: u64, end: u64) -> u64 {
    kill.wrapping_mul(0x9e37_79b9_7f4a_7c15) % end.max(1)
}

impl Moment {
    /// Moments over all of a build that takes so long; more of them near its end, where files are moved, and where the
    /// cache is written.
    fn of(kill: u64, takes: u64) -> Self {
        match kill % 4 {
            0 => Self::After(spread(kill, takes)),
            1 => Self::After(takes * 2 / 3 + spread(kill, takes / 3)),
            _ => Self::Cache(1 + spread(kill, 12), spread(kill, 400)),
        }
    }
}

impl Site {
    /// Starts a build and kills it.
    fn kill(&self, moment: &Moment) {
        let mut build = self.command().spawn().unwrap();
        match *moment {
            Moment::After(micros) => thread::sleep(Duration::from_micros(micros)),
            Moment::Cache(times, micros) => {
                let mut last = self.names();
                let mut changes = 0;
                while changes < times && build.try_wait().unwrap().is_none() {
                    let now = self.names();
                    changes += u64::from(now != last);
                    last = now;
                }
                thread::sleep(Duration::from_micros(micros));
            }
        }
        let _ = build.kill();
        let _ = build.wait().unwrap();
    }

    /// What lies in the cache at this moment, as far as it does not vanish meanwhile.
    fn names(&self) -> BTreeSet<PathBuf> {
        let entries = walkdir::WalkDir::new(self.path(".backfile")).into_iter().filter_map(Result::ok);
        entries.map(walkdir::DirEntry::into_path).collect()
    }

    /// Whether the next build makes it what a clean build is, leaves nothing lying about, and the one after that has
    /// nothing to do.
    fn is_completed(&self, expected: &Clean, after: &str) {
        self.build();
        assert!(self.pages() == expected.pages, "{after}");
        assert_eq!(self.cache(), expected.cache, "{after}");
        let before = self.times();
        self.build();
        assert_eq!(self.times(), before, "{after}: written again");
    }

    fn times(&self) -> Vec<(PathBuf, std::time::SystemTime)> {
        let entries = walkdir::WalkDir::new(self.path("public")).sort_by_file_name().into_iter().map(Result::unwrap);
        entries.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap())).collect()
    }
}

#[test]
fn a_first_build_that_was_killed_is_completed() {
    let expected = clean(1);
    for kill in 0..faults() / 2 {
        let site = Site::of(1);
        let moment = Moment::of(kill, expected.takes);
        site.kill(&moment);
        site.is_completed(&expected, &format!("kill {kill} at {moment:?}"));
    }
}

#[test]
fn a_killed_build_leaves_whole_files_and_is_completed() {
    let editions: Vec<Clean> = (0..3).map(clean).collect();
    let takes = editions[0].takes;
    let site = Site::of(0);
    site.build();
    for kill in 0..faults() {
        let edition = (kill as usize + 1) % editions.len();
        site.write(edition as u32);
        let moment = Moment::of(kill, takes);
        site.kill(&moment);
        let after = format!("kill {kill} at {moment:?}");
        are_whole(&site, &editions, &after);
        if kill % 3 == 2 {
            // Or the articles change again before the next build has its turn.
            continue;
        }
        site.is_completed(&editions[edition], &after);
    }
    site.write(2);
    site.is_completed(&editions[2], "the last");
}

/// Every file is as in one of the editions.
fn are_whole(site: &Site, editions: &[Clean], after: &str) {
    for (path, bytes) in site.pages() {
        let is_of = |pages: &Pages| pages.get(&path) == Some(&bytes);
        let whole = site.path("public").join(&path).is_dir() || editions.iter().any(|clean| is_of(&clean.pages));
        assert!(whole, "{after}: {} is of no edition", path.display());
    }
}
