//! Tiny sites, built: `tests/build/<case>/` holds a site and `expect.txt`, which says what the result must show.
//!
//! Each line of `expect.txt` is one of
//!
//! ```text
//! # why the next lines matter
//! has PATH TEXT        the file holds the text (runs of white space count as one space)
//! lacks PATH TEXT      the file is there and does not hold it
//! order PATH A | B     the file holds A before B
//! none PATH            there is no such file
//! says TEXT            a message of the run holds the text
//! fails TEXT           the run could not be done, and says so
//! quiet                the run has no message
//! ```

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folders;

use backfile::diagnostic::Error;
use backfile::group::Showing;
use backfile::progress::Silent;
use backfile::run::BuildOptions;
use folders::copy;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// 1 July 2005: later than all articles but those that lie in the future.
const NOW: i64 = 1_120_176_000;

fn options(output: &Path, jobs: usize) -> BuildOptions {
    BuildOptions {
        output: Some(output.to_owned()),
        ..BuildOptions::new(Showing { now: NOW, drafts: false, future: false }, jobs)
    }
}

/// Every file below a folder with its content, by path.
fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    fn visit(dir: &Path, root: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                visit(&entry, root, found);
            } else {
                found.push((entry.strip_prefix(root).unwrap().display().to_string(), fs::read(&entry).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    visit(dir, dir, &mut found);
    found.sort();
    found
}

struct Built {
    output: PathBuf,
    messages: String,
    failed: bool,
}

fn build(site: &Path) -> Built {
    let output = site.join("public");
    match backfile::build(site, &options(&output, 0), &Silent) {
        Ok(report) => {
            let messages: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
            Built { output, messages: messages.join("\n"), failed: false }
        }
        Err(error) => Built { output, messages: error.to_string(), failed: true },
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page(built: &Built, path: &str) -> Result<String, String> {
    let bytes = fs::read(built.output.join(path)).map_err(|error| format!("{path} cannot be read: {error}"))?;
    Ok(folded(&String::from_utf8_lossy(&bytes)))
}

fn check(built: &Built, line: &str) -> Result<(), String> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (path, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let holds = |ok: bool, what: &str| if ok { Ok(()) } else { Err(what.to_owned()) };
    match verb {
        "has" => holds(page(built, path)?.contains(&folded(text)), "the text is not there"),
        "lacks" => holds(!page(built, path)?.contains(&folded(text)), "the text is there"),
        "order" => {
            let page = page(built, path)?;
            let places: Vec<Option<usize>> = text.split('|').map(|part| page.find(&folded(part))).collect();
            holds(places.iter().all(Option::is_some) && places.is_sorted(), &format!("found at {places:?}"))
        }
        "none" => holds(!built.output.join(path).exists(), "the file is there"),
        "says" => holds(folded(&built.messages).contains(&folded(rest)), "no message says so"),
        "fails" => {
            holds(built.failed && folded(&built.messages).contains(&folded(rest)), "it did not, or said otherwise")
        }
        "quiet" => holds(built.messages.is_empty(), "there are messages"),
        other => Err(format!("there is no check called `{other}`")),
    }
}

#[test]
fn every_case_shows_what_it_should() {
    let mut failures = Vec::new();
    for case in fs::read_dir("tests/build").unwrap().map(|entry| entry.unwrap().path()) {
        let scratch = tempfile::tempdir().unwrap();
        copy(&case, scratch.path());
        let built = build(scratch.path());
        let expect = fs::read_to_string(case.join("expect.txt"))
            .expect("a case has an expect.txt; see the head of tests/build.rs");
        let checks: Vec<&str> = expect.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert!(!checks.is_empty(), "{} checks nothing", case.display());
        let fails = checks.iter().any(|line| line.starts_with("fails"));
        if built.failed != fails {
            failures.push(format!("{}: the build said: {}", case.display(), built.messages));
        }
        for line in checks {
            if let Err(why) = check(&built, line) {
                failures.push(format!(
                    "{}/expect.txt: {line}\n    {why}\n    messages: {}",
                    case.display(),
                    built.messages
                ));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// The sample archive is large enough to have every kind of page.
fn sample(into: &Path) {
    copy(Path::new("content"), &into.join("content"));
    fs::copy("site.toml", into.join("site.toml")).unwrap();
}

#[test]
fn one_thread_and_many_give_the_same_bytes_and_a_second_build_writes_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    sample(scratch.path());
    let (one, many) = (scratch.path().join("one"), scratch.path().join("many"));
    backfile::build(scratch.path(), &options(&one, 1), &Silent).unwrap();
    backfile::build(scratch.path(), &options(&many, 8), &Silent).unwrap();
    let (one_files, many_files) = (files(&one), files(&many));
    let differing: Vec<&str> =
        one_files.iter().filter(|file| !many_files.contains(file)).map(|(path, _)| path.as_str()).collect();
    assert!(one_files.len() == many_files.len() && differing.is_empty(), "differ: {differing:?}");

    let again = backfile::build(scratch.path(), &options(&one, 2), &Silent).unwrap();
    let written = (again.changes.added, again.changes.changed, again.changes.removed);
    assert_eq!(written, Default::default(), "a second build must write nothing");
}

#[test]
fn what_is_gone_is_removed_and_what_is_not_ours_stays() {
    let scratch = tempfile::tempdir().unwrap();
    let article = scratch.path().join("content/town/2000/06-09-story.md");
    fs::create_dir_all(article.parent().unwrap()).unwrap();
    fs::write(scratch.path().join("site.toml"), "title = \"T\"\nbase_url = \"https://t.example\"\n").unwrap();
    fs::write(&article, "---\ntitle: Story\ndate: 2000-06-09\ntags: [pier]\n---\n\nText of the story.\n").unwrap();
    let output = scratch.path().join("public");
    backfile::build(scratch.path(), &options(&output, 0), &Silent).unwrap();
    fs::write(output.join("CNAME"), "t.example").unwrap();
    assert!(output.join("town/2000/06/09/story/index.html").is_file());

    fs::write(&article, "---\ntitle: Story told anew\ndate: 2000-06-09\n---\n\nText of the story.\n").unwrap();
    let report = backfile::build(scratch.path(), &options(&output, 0), &Silent).unwrap();
    assert!(!output.join("town/2000/06/09/story").exists(), "the old permalink's folder must go");
    assert!(!output.join("tags").exists(), "so must the tag that no article has");
    assert!(output.join("CNAME").is_file(), "what backfile did not write must stay");
    assert!(!report.changes.removed.iter().any(|path| path == "CNAME"));
}

#[test]
fn a_template_error_leaves_the_old_site_as_it_was() {
    let scratch = tempfile::tempdir().unwrap();
    sample(scratch.path());
    let output = scratch.path().join("public");
    backfile::build(scratch.path(), &options(&output, 0), &Silent).unwrap();
    let before = files(&output);
    fs::create_dir_all(scratch.path().join("slots")).unwrap();
    fs::write(scratch.path().join("slots/footer.html"), "<p>\n  {{ page.titel }}</p>\n").unwrap();
    let error = backfile::build(scratch.path(), &options(&output, 0), &Silent).unwrap_err();
    let Error::Site(diagnostics) = &error else { panic!("{error}") };
    assert!(diagnostics[0].place.file.ends_with("slots/footer.html"), "{error}");
    assert_eq!(diagnostics[0].place.line, 2, "{error}");
    assert!(files(&output) == before, "the old site must be as it was");
}

#[test]
fn long_lists_are_cut_by_the_calendar() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("site.toml"), "title = \"T\"\nbase_url = \"https://t.example\"\n").unwrap();
    // 230 stories in 2000, 8 in 1999, one without a date: over fifty in all, over two hundred in one year.
    let story = |name: &str, date: &str| {
        let path = scratch.path().join(format!("content/town/{name}.md"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("---\ntitle: Story {name}\n{date}tags: [pier]\n---\n\nText {name}.\n")).unwrap();
    };
    for at in 0..230 {
        story(&format!("y{at:03}"), &format!("date: 2000-{:02}-{:02}\n", at % 10 + 1, at % 28 + 1));
    }
    for at in 0..8 {
        story(&format!("x{at}"), &format!("date: 1999-12-0{}\n", at + 1));
    }
    story("nodate", "");
    let output = scratch.path().join("public");
    let report = backfile::build(scratch.path(), &options(&output, 0), &Silent).unwrap();
    assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
    let page = |path: &str| fs::read_to_string(output.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let stories_of = |path: &str| {
        let page = page(path);
        let urls =
            page.split("href=\"").filter_map(|rest| rest.split('"').next()).filter(|url| url.contains("/story-"));
        urls.map(str::to_owned).collect::<BTreeSet<_>>().len()
    };
    for list in ["town", "tags/pier"] {
        let stories = |part: &str| stories_of(&format!("{list}/{part}index.html"));
        assert_eq!(stories(""), 50, "the root of {list} shows the newest fifty");
        assert_eq!(stories("2000/"), 50, "a year with months shows its newest fifty");
        assert_eq!(stories("2000/03/"), 23, "a month is whole");
        assert_eq!(stories("1999/"), 8, "a short year is whole");
        assert_eq!(stories("undated/"), 1, "what has no date is not lost");
        assert!(!output.join(list).join("1999/12/index.html").exists(), "a short year needs no months");
        let leads_to =
            |from: &str, to: &str| page(&format!("{list}/{from}index.html")).contains(&format!("/{list}/{to}\""));
        assert!(leads_to("", "2000/") && leads_to("", "undated/"), "the root leads to its years");
        assert!(leads_to("2000/", "2000/03/"), "a year leads to its months");
    }
}

#[test]
fn a_build_against_a_list_writes_only_what_differs() {
    let site = tempfile::tempdir().unwrap();
    let root = site.path();
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let article = |title: &str, text: &str| format!("---\ntitle: {title}\ndate: 2001-03-02\n---\n\n{text}\n");
    write("site.toml", "title = \"Saltmere Gazette\"\nbase_url = \"https://gazette.example\"\n");
    write("content/town/quay.md", &article("The quay is mended", "Masons laid the last stone on Friday."));
    write("content/town/ferry.md", &article("The ferry sails late", "Fog kept the ferry at the quay until noon."));
    write(
        "content/sport/race.md",
        &article("Rowers win by a length", "The Saltmere four held their lead to the mole."),
    );
    write("static/robots.css", "p { margin: 0 }\n");
    let build = |output: &str, against: Option<&str>| {
        let list = root.join("site.list");
        let options = BuildOptions {
            against: against.map(|list| root.join(list)),
            manifest: Some(list),
            ..options(&root.join(output), 2)
        };
        backfile::build(root, &options, &Silent).unwrap()
    };
    build("first", None);
    fs::rename(root.join("site.list"), root.join("published.list")).unwrap();
    write("content/town/quay.md", &article("The quay is mended", "Masons laid the last stone on Saturday."));
    fs::remove_file(root.join("content/sport/race.md")).unwrap();
    // Another machine has the sources and the list, and neither the cache nor the site.
    fs::remove_dir_all(root.join(".backfile")).unwrap();
    let changes = build("changed", Some("published.list")).changes;
    let list = fs::read_to_string(root.join("site.list")).unwrap();
    build("clean", None);

    let files = |folder: &str| files(&root.join(folder)).into_iter().collect::<BTreeMap<String, Vec<u8>>>();
    let (first, written, clean) = (files("first"), files("changed"), files("clean"));
    let differs = |path: &&String| first.get(*path) != clean.get(*path);
    assert!(written.keys().eq(clean.keys().filter(differs)), "other files than those that differ were written");
    assert!(written.iter().all(|(path, bytes)| clean.get(path) == Some(bytes)), "a file has other bytes than it would");
    let removed: Vec<&str> = changes.removed.iter().collect();
    let gone: Vec<&str> = first.keys().filter(|path| !clean.contains_key(*path)).map(String::as_str).collect();
    assert_eq!(removed, gone, "other files than those that are gone were named as removed");
    assert_eq!(list, fs::read_to_string(root.join("site.list")).unwrap(), "the list is another than of a clean build");
}
