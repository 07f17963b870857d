//! A site whose articles come in editions.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// Every file with its bytes, and every folder with none.
pub(crate) type Pages = BTreeMap<PathBuf, Vec<u8>>;

/// A site of some hundred pages.
pub(crate) struct Site(pub(crate) tempfile::TempDir);

impl Site {
    pub(crate) fn new() -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        fs::write(site.path("site.toml"), "title = \"Gazette\"\nbase_url = \"https://gazette.example\"\n").unwrap();
        fs::create_dir_all(site.path("content/town")).unwrap();
        site
    }

    /// A site of an edition.
    pub(crate) fn of(edition: u32) -> Self {
        let site = Self::new();
        site.write(edition);
        site
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Articles of one edition of the archive: some of them are in every edition, with other words.
    pub(crate) fn write(&self, edition: u32) {
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

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backfile"));
        command.args(["build", "--quiet", "--now", "2005-01-01"]).current_dir(self.0.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn build(&self) {
        let output = self.command().output().unwrap();
        assert!(output.status.success(), "{}", messages(&output));
    }

    pub(crate) fn pages(&self) -> Pages {
        files(&self.path("public"))
    }

    /// The names of what lies in the cache.
    pub(crate) fn cache(&self) -> Vec<PathBuf> {
        files(&self.path(".backfile")).into_keys().collect()
    }
}

pub(crate) fn files(dir: &Path) -> Pages {
    let entries = walkdir::WalkDir::new(dir).min_depth(1).into_iter().filter_map(Result::ok);
    let bytes = |path: &Path| if path.is_dir() { Vec::new() } else { fs::read(path).unwrap() };
    let page = |path: &Path| (path.strip_prefix(dir).unwrap().to_owned(), bytes(path));
    entries.map(|entry| page(entry.path())).collect()
}

pub(crate) fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a build of an edition gives in an empty folder.
pub(crate) struct Clean {
    pub(crate) pages: Pages,
    pub(crate) cache: Vec<PathBuf>,
    /// How long it takes in microseconds.
    pub(crate) takes: u64,
}

pub(crate) fn clean(edition: u32) -> Clean {
    let site = Site::of(edition);
    let start = Instant::now();
    site.build();
    Clean { pages: site.pages(), cache: site.cache(), takes: start.elapsed().as_micros() as u64 }
}
