//! Builds that are killed, or that the disk fails, at any moment: the next build completes them.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use std::{fs, thread};

/// How many builds are killed in each test. More find more; these few take a second or two.
const KILLS: u32 = 12;

/// A site of some hundred pages.
struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        fs::write(site.path("site.toml"), "title = \"Gazette\"\nbase_url = \"https://gazette.example\"\n").unwrap();
        fs::create_dir_all(site.path("content/town")).unwrap();
        site
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Articles of one edition of the archive: some of them are in every edition, with other words.
    fn write(&self, edition: u32) {
        fs::remove_dir_all(self.path("content/town")).unwrap();
        fs::create_dir_all(self.path("content/town")).unwrap();
        for number in (0..60).filter(|number| !(number + edition).is_multiple_of(5)) {
            let mut text = format!(
                "---\ntitle: Story {number}\ndate: 2000-{:02}-{:02}\n---\n\n",
                number % 12 + 1,
                (number + edition) % 28 + 1
            );
            for line in 0..number % 7 {
                let _ = writeln!(text, "Line {line} of edition {edition}, set by hand on the quay.\n");
            }
            fs::write(self.path(&format!("content/town/{number}.md")), text).unwrap();
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backfile"));
        command.args(["build", "--quiet", "--now", "2005-01-01"]).current_dir(self.0.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn build(&self) {
        let output = self.command().output().unwrap();
        assert!(output.status.success(), "{}", messages(&output));
    }

    /// Starts a build and kills it after a while.
    fn kill_after(&self, micros: u64) {
        let mut build = self.command().spawn().unwrap();
        thread::sleep(Duration::from_micros(micros));
        let _ = build.kill();
        let _ = build.wait().unwrap();
    }

    /// Every file with its bytes, and every folder with none.
    fn pages(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let public = self.path("public");
        let entries = walkdir::WalkDir::new(&public).min_depth(1).into_iter().filter_map(Result::ok);
        let bytes = |path: &Path| if path.is_dir() { Vec::new() } else { fs::read(path).unwrap() };
        let page = |path: &Path| (path.strip_prefix(&public).unwrap().to_owned(), bytes(path));
        entries.map(|entry| page(entry.path())).collect()
    }
}

fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a build of the edition gives in an empty folder, and how long it takes in microseconds.
fn clean(edition: u32) -> (BTreeMap<PathBuf, Vec<u8>>, u64) {
    let site = Site::new();
    site.write(edition);
    let start = std::time::Instant::now();
    site.build();
    (site.pages(), start.elapsed().as_micros() as u64)
}

#[test]
fn a_first_build_that_was_killed_is_completed() {
    let (expected, takes) = clean(1);
    for kill in 0..KILLS {
        let site = Site::new();
        site.write(1);
        site.kill_after(takes * u64::from(kill + 1) / u64::from(KILLS));
        site.build();
        assert!(site.pages() == expected, "killed at {kill} of {KILLS}");
    }
}

#[test]
fn a_killed_build_leaves_whole_files_and_is_completed() {
    let editions: Vec<_> = (0..3).map(clean).collect();
    let takes = editions[0].1;
    let site = Site::new();
    site.write(0);
    site.build();
    for kill in 0..KILLS {
        let edition = (kill as usize + 1) % editions.len();
        site.write(edition as u32);
        // The last part of a build is the one that moves files, so it is met more often.
        let part = u64::from(kill % 4);
        site.kill_after(takes * (12 + part * 2) / 18);
        for (path, bytes) in site.pages() {
            let whole = site.path("public").join(&path).is_dir()
                || editions.iter().any(|(pages, _)| pages.get(&path) == Some(&bytes));
            assert!(whole, "{} is of no edition", path.display());
        }
        if kill % 3 == 2 {
            // Or the articles change again before the next build has its turn.
            continue;
        }
        site.build();
        assert!(site.pages() == editions[edition].0, "killed at {kill} of {KILLS}");
    }
    site.write(2);
    site.build();
    assert!(site.pages() == editions[2].0);
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let (old, new) = (clean(0).0, clean(1).0);
    let site = Site::new();
    site.write(0);
    site.build();
    site.write(1);
    // No file may grow beyond so many blocks of 512 bytes: what a full disk is to a program that writes.
    for blocks in [0, 1, 4, 8, 16] {
        let backfile = env!("CARGO_BIN_EXE_backfile");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {backfile} build --quiet --now 2005-01-01");
        let output = Command::new("sh").args(["-c", &script]).current_dir(site.0.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {}", messages(&output));
        assert!(messages(&output).contains("cannot write"), "{}", messages(&output));
        assert!(site.pages() == old, "{blocks} blocks");
    }
    site.build();
    assert!(site.pages() == new);
}
