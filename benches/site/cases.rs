//! The measurements, each with what it is held against.

use crate::generate::Generator;
use crate::program::{self, Changes, Taken};
use crate::table::{self, Sample};
use crate::{make, writer};
use backfile::date::ArticleDate;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::xxh3_128;

/// A generated archive, and what is measured of it.
pub(crate) struct Bench<'g> {
    pub(crate) dir: PathBuf,
    pub(crate) generator: &'g Generator,
    pub(crate) run: usize,
    /// Articles that are added one by one in each run, of each kind.
    pub(crate) added: usize,
    /// Whether files written are held against those that differ between clean builds.
    pub(crate) exact: bool,
    pub(crate) samples: Vec<Sample>,
}

/// The hash of each published file.
type Hashes = BTreeMap<PathBuf, u128>;

impl Bench<'_> {
    /// A cold build, then the plain writer with its files.
    pub(crate) fn cold(&mut self, row: &'static str, related: usize) {
        make::settings(&self.dir, related);
        let (taken, changes) = program::build(&self.dir);
        let files = writer::load(&self.dir.join("public"));
        let plain = writer::write(&self.dir.join("plain"), &files);
        drop(files);
        self.aside("plain");
        let ratio = taken.wall.as_secs_f64() / plain.wall.as_secs_f64();
        println!(
            "{row}: {:.2} s, {:.0} articles a second; the plain writer: {:.2} s for {} files, {:.2} GB, in {} folders; \
             processor time {:.2} s to {:.2} s, {:.2} ×",
            taken.wall.as_secs_f64(),
            self.generator.count() as f64 / taken.wall.as_secs_f64(),
            plain.wall.as_secs_f64(),
            plain.files,
            plain.bytes as f64 / 1e9,
            plain.folders,
            taken.cpu.as_secs_f64(),
            plain.cpu.as_secs_f64(),
            taken.cpu.as_secs_f64() / plain.cpu.as_secs_f64().max(0.01)
        );
        self.add(row, taken, ratio, Some(changes.all().len()), None);
    }

    /// The site is there; builds after small changes.
    pub(crate) fn again(&mut self) {
        let (taken, changes) = program::build(&self.dir);
        self.add(table::AGAIN, taken, seconds(taken), Some(changes.all().len()), Some(changes.all().is_empty()));
        let mut before = if self.exact { hashes(&self.dir.join("public")) } else { Hashes::new() };

        let (path, mut article, _) = self.generator.article(self.generator.count() / 2 + self.run);
        let edited = self.dir.join("content").join(path);
        let text = fs::read_to_string(&edited).unwrap();
        article.body.push_str("\nThe clerk put the last line right by hand.\n");
        fs::write(&edited, article.to_text()).unwrap();
        let (taken, changes) = program::build(&self.dir);
        let exact = self.as_clean(&mut before, &changes);
        self.add(table::EDITED, taken, seconds(taken), Some(changes.all().len()), exact);

        let mut made = Vec::new();
        for (row, newest) in [(table::ADDED_OLD, false), (table::ADDED_NEW, true)] {
            for _ in 0..self.added {
                made.push(self.write_another(made.len(), newest));
                let (taken, changes) = program::build(&self.dir);
                let exact = self.as_clean(&mut before, &changes);
                let files = changes.all().len();
                self.add(row, taken, files as f64, Some(files), exact);
            }
        }
        self.checkout();
        fs::write(edited, text).unwrap();
        for path in made {
            fs::remove_file(path).unwrap();
        }
    }

    /// Writes an article that the archive has not.
    fn write_another(&self, number: usize, newest: bool) -> PathBuf {
        let (path, mut article, _) = self.generator.article(self.generator.count() + 100 * self.run + 7 * number);
        if newest {
            let day = jiff::civil::date(2008, 1, 1 + number as i8);
            article.front.date = Some(ArticleDate::day(day));
        }
        let path = self.dir.join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, article.to_text()).unwrap();
        path
    }

    /// Everything as it is, but all of it written just now.
    fn checkout(&mut self) {
        let now = SystemTime::now() + Duration::from_secs(1);
        for folder in ["content", "public"] {
            for entry in writer::files(&self.dir.join(folder)) {
                fs::File::options().write(true).open(entry.path()).unwrap().set_modified(now).unwrap();
            }
        }
        let (taken, changes) = program::build(&self.dir);
        let files = changes.all().len();
        self.add(table::CHECKOUT, taken, seconds(taken), Some(files), Some(files == 0));
    }

    /// Whether exactly those files were written that differ between clean builds before and after.
    fn as_clean(&self, before: &mut Hashes, changes: &Changes) -> Option<bool> {
        if !self.exact {
            return None;
        }
        let clean = self.dir.join("clean");
        fs::create_dir_all(&clean).unwrap();
        fs::copy(self.dir.join("site.toml"), clean.join("site.toml")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("../content", clean.join("content")).unwrap();
        program::build(&clean);
        let after = hashes(&clean.join("public"));
        self.aside("clean");
        let mut differ: Vec<&str> = before
            .keys()
            .chain(after.keys())
            .filter(|path| before.get(*path) != after.get(*path))
            .map(|path| path.to_str().unwrap())
            .collect();
        differ.sort_unstable();
        differ.dedup();
        let same = differ == changes.all();
        *before = after;
        Some(same)
    }

    /// Text dumps to Markdown, and a plain copy of them.
    pub(crate) fn convert(&mut self) {
        make::dumps(&self.dir, self.generator);
        let (dumps, into) = (self.dir.join("dumps"), self.dir.join("converted"));
        let taken = program::run(&["convert".as_ref(), dumps.as_os_str(), "--into".as_ref(), into.as_os_str()]);
        self.aside("converted");
        let copied = writer::copy(&dumps, &self.dir.join("copied"));
        self.aside("copied");
        let rate = self.generator.count() as f64 / taken.user.as_secs_f64().max(0.01);
        self.add(table::CONVERT, taken, rate, None, None);
        self.add(table::CONVERT_WALL, taken, seconds(taken) / copied.as_secs_f64(), None, None);
    }

    /// Moves what was made out of the way: deleting a tree disturbs what is measured next.
    pub(crate) fn aside(&self, name: &str) {
        let aside = self.dir.join("aside");
        fs::create_dir_all(&aside).unwrap();
        let to = (0..1_000_000).map(|number| aside.join(format!("{name}-{number}"))).find(|to| !to.exists()).unwrap();
        fs::rename(self.dir.join(name), to).unwrap();
    }

    fn add(&mut self, row: &'static str, taken: Taken, value: f64, files: Option<usize>, exact: Option<bool>) {
        self.samples.push(Sample { row, taken, value, files, exact });
    }
}

fn seconds(taken: Taken) -> f64 {
    taken.wall.as_secs_f64()
}

fn hashes(dir: &Path) -> Hashes {
    let hash = |path: &Path| (path.strip_prefix(dir).unwrap().to_owned(), xxh3_128(&fs::read(path).unwrap()));
    writer::files(dir).map(|entry| hash(entry.path())).collect()
}
