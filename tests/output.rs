//! The published folder: only what differs is written, and no failure leaves it half made.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use backfile::diagnostic::Error;
use backfile::disk::cache::Cache;
use backfile::disk::output::{Changes, Output};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// A folder for a site: `public` and `.backfile` in it.
struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, below: &str) -> std::path::PathBuf {
        self.0.path().join(below)
    }

    fn with<T>(&self, clean: bool, run: impl FnOnce(Output) -> T) -> T {
        let cache = Cache::open(&self.path(".backfile")).unwrap();
        run(Output::open(&cache, &self.path("public"), clean).unwrap())
    }

    fn build(&self, pages: &[(&str, &str)]) -> Changes {
        self.with(false, |output| {
            put_all(&output, pages);
            output.finish().unwrap()
        })
    }

    fn pages(&self) -> BTreeMap<String, String> {
        files(&self.path("public"))
    }
}

fn put_all(output: &Output, pages: &[(&str, &str)]) {
    for (path, text) in pages {
        output.put(path, None, text.as_bytes()).unwrap();
    }
}

fn files(dir: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
    {
        let path = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
        found.insert(path, fs::read_to_string(entry.path()).unwrap());
    }
    found
}

/// Every file and folder below `dir` with its time of change: what "nothing was written" means.
fn times(dir: &Path) -> BTreeMap<String, SystemTime> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap);
    entries.map(|entry| (entry.path().display().to_string(), entry.metadata().unwrap().modified().unwrap())).collect()
}

fn expected(pages: &[(&str, &str)]) -> BTreeMap<String, String> {
    pages.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn names(paths: &backfile::disk::output::Paths) -> Vec<&str> {
    paths.iter().collect()
}

const FIRST: &[(&str, &str)] = &[("index.html", "home"), ("town/quay/index.html", "quay"), ("town/mole.html", "mole")];
const SECOND: &[(&str, &str)] =
    &[("index.html", "home, new"), ("town/mole.html", "mole"), ("sport/index.html", "sport")];

#[test]
fn a_second_run_writes_what_differs_and_removes_what_is_gone() {
    let site = Site::new();
    let changes = site.build(FIRST);
    assert_eq!(names(&changes.added), ["index.html", "town/mole.html", "town/quay/index.html"]);
    fs::write(site.path("public/CNAME"), "archive.saltmere.example").unwrap();

    let changes = site.build(SECOND);
    assert_eq!(names(&changes.added), ["sport/index.html"]);
    assert_eq!(names(&changes.changed), ["index.html"]);
    assert_eq!(names(&changes.removed), ["town/quay/index.html"]);
    assert_eq!((changes.unchanged, changes.warnings.len()), (1, 0));
    let mut pages = expected(SECOND);
    pages.insert("CNAME".to_owned(), "archive.saltmere.example".to_owned());
    assert_eq!(site.pages(), pages, "a file that backfile did not write is left alone");
    assert!(!site.path("public/town/quay").exists(), "a folder that is empty now goes too");
}

#[test]
fn the_same_site_again_writes_nothing_at_all() {
    let site = Site::new();
    fs::write(site.path("quay.jpg"), "a picture").unwrap();
    let build = || {
        site.with(false, |output| {
            put_all(&output, FIRST);
            output.copy("media/quay.jpg", &site.path("quay.jpg")).unwrap();
            output.finish().unwrap()
        })
    };
    build();
    let before = (times(&site.path("public")), times(&site.path(".backfile")));
    let changes = build();
    assert_eq!((changes.unchanged, changes.bytes), (4, 0));
    assert_eq!((times(&site.path("public")), times(&site.path(".backfile"))), before);
}

#[test]
fn what_someone_removed_already_is_not_told_of() {
    let site = Site::new();
    site.build(&[("index.html", "front"), ("old/index.html", "old")]);
    fs::remove_dir_all(site.path("public/old")).unwrap();
    let changes = site.build(&[("index.html", "front")]);
    assert!(names(&changes.removed).is_empty() && names(&changes.changed).is_empty());
    fs::create_dir_all(site.path("public/old")).unwrap();
    fs::write(site.path("public/old/index.html"), "another's").unwrap();
    site.build(&[("index.html", "front")]);
    assert!(site.path("public/old/index.html").exists(), "it is not backfile's any more");
}

#[test]
fn content_decides_where_times_are_new() {
    let site = Site::new();
    site.build(FIRST);
    let later = SystemTime::now() + std::time::Duration::from_mins(1);
    for page in ["public/index.html", "public/town/mole.html"] {
        fs::File::options().write(true).open(site.path(page)).unwrap().set_modified(later).unwrap();
    }
    // Same size, other text, as a hand might have changed it.
    fs::write(site.path("public/town/quay/index.html"), "QUAY").unwrap();
    let changes = site.build(FIRST);
    assert_eq!(names(&changes.changed), ["town/quay/index.html"]);
    assert_eq!(site.pages(), expected(FIRST));
}

#[test]
fn a_run_that_gives_up_leaves_the_old_site() {
    let site = Site::new();
    site.with(false, |output| put_all(&output, FIRST));
    assert_eq!(site.pages(), BTreeMap::new(), "a first run leaves nothing behind");
    site.build(FIRST);
    site.with(false, |output| put_all(&output, SECOND));
    assert_eq!(site.pages(), expected(FIRST));
    assert!(site.build(FIRST).added.is_empty());
}

#[test]
fn a_page_becomes_a_folder_and_a_folder_a_page() {
    let site = Site::new();
    site.build(&[("a", "page"), ("b/c", "page")]);
    let swapped = [("a/d", "page"), ("b", "page")];
    site.build(&swapped);
    assert_eq!(site.pages(), expected(&swapped));
}

#[test]
fn clashes_are_found_before_the_old_site_is_touched() {
    let site = Site::new();
    site.build(FIRST);
    let clashes: [&[(&str, &str)]; 4] = [
        &[("index.html", "changed"), ("town/quay", "page"), ("town/quay/index.html", "quay")],
        &[("index.html", "changed"), ("sport/a", "page"), ("sport/a/b", "page")],
        &[("index.html", "changed"), ("index.html", "again")],
        &[("index.html", "changed"), ("new.html", "one"), ("new.html", "two")],
    ];
    for pages in clashes {
        let result = site.with(false, |output| {
            pages.iter().try_for_each(|(path, text)| output.put(path, None, text.as_bytes()))?;
            output.finish()
        });
        assert!(matches!(result, Err(Error::Site(_))), "{pages:?}: {result:?}");
        assert_eq!(site.pages(), expected(FIRST));
    }
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    let site = Site::new();
    let long = "x".repeat(256);
    site.with(false, |output| {
        for path in ["", "/etc/passwd", "../up", "a/../../up", "a//b", "a/./b", "a\0b", "a/", long.as_str()] {
            assert!(matches!(output.put(path, None, b""), Err(Error::Site(_))), "{path:?} was taken");
        }
    });
}

#[test]
fn two_runs_at_once_are_one_too_many() {
    let site = Site::new();
    let _first = Cache::open(&site.path(".backfile")).unwrap();
    assert!(matches!(Cache::open(&site.path(".backfile")), Err(Error::Usage { .. })));
}

#[test]
fn a_lost_or_damaged_cache_costs_a_warning_only() {
    let site = Site::new();
    site.build(FIRST);
    let manifest = walkdir::WalkDir::new(site.path(".backfile")).into_iter().map(Result::unwrap);
    let manifest = manifest.filter(|entry| entry.file_name() == "manifest").last().unwrap().into_path();
    let whole = fs::read(&manifest).unwrap();
    for cut in [0, 10, whole.len() / 2, whole.len() - 1] {
        fs::write(&manifest, &whole[..cut]).unwrap();
        let changes = site.build(FIRST);
        assert_eq!((changes.unchanged, changes.warnings.len()), (3, 2));
    }
    fs::remove_dir_all(site.path(".backfile")).unwrap();
    let changes = site.build(SECOND);
    assert_eq!(changes.warnings.len(), 2, "one for the record that is lost, one for a file that was replaced");
    assert!(site.pages().contains_key("town/quay/index.html"), "nobody knows whose it is");
    site.with(true, |output| {
        put_all(&output, SECOND);
        output.finish().unwrap()
    });
    assert_eq!(site.pages(), expected(SECOND), "--clean takes all for its own");
}

#[test]
fn the_output_may_not_be_the_site_itself() {
    let site = Site::new();
    let cache = Cache::open(&site.path(".backfile")).unwrap();
    assert!(matches!(Output::open(&cache, &site.path(""), false), Err(Error::Usage { .. })));
    assert!(matches!(Output::open(&cache, &site.path(".backfile/x"), false), Err(Error::Usage { .. })));
}
