//! The rules of the house, as far as a look at the sources can tell whether they are kept.
//!
//! What the compiler and clippy check is not checked here; see `clippy.toml` and `[lints]` in `Cargo.toml`.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Most lines of a file, and of a function's body.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

/// The stages of the pipeline, in the order in which they run.
const STAGES: [&str; 4] = ["convert", "group", "plan", "render"];
/// What a stage may import besides itself: values, and text to text.
const DATA: [&str; 12] = [
    "archive",
    "article",
    "config",
    "date",
    "diagnostic",
    "i18n",
    "markup",
    "pack",
    "page",
    "picture",
    "progress",
    "recall",
];
/// All that may stand at the top of the project.
const TOP: [&str; 17] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "benches",
    "clippy.toml",
    "content",
    "docs",
    "rustfmt.toml",
    "site.toml",
    "src",
    "static",
    "tests",
    "themes",
];
/// What running the program leaves there.
const MADE: [&str; 2] = ["public", "target"];

/// A source file of the project: its path with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines that are no comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The module right below the crate that the file belongs to, as `disk` for `src/disk/output/journal.rs`.
    fn module(&self) -> &str {
        let path = self.path.strip_prefix("src/").unwrap_or_default();
        path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// The modules of the crate that the file names, with the line of each.
    fn imports(&self) -> Vec<(usize, String)> {
        let mut imports = Vec::new();
        for (line, code) in self.code() {
            for after in code.split("crate::").skip(1) {
                let group = after.strip_prefix('{').map_or(after, |group| group.split('}').next().unwrap_or(group));
                let names: Vec<&str> = if after.starts_with('{') { group.split(", ").collect() } else { vec![after] };
                imports.extend(
                    names.into_iter().map(|name| (line, first_word(name))).filter(|(_, name)| !name.is_empty()),
                );
            }
        }
        imports
    }
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(below: &str) -> Vec<Source> {
    // A folder that is not there has no sources.
    let entries = walkdir::WalkDir::new(root().join(below)).sort_by_file_name().into_iter().filter_map(Result::ok);
    let rust = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let path =
        |entry: &walkdir::DirEntry| entry.path().strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    rust.map(|entry| Source { path: path(&entry), text: fs::read_to_string(entry.path()).unwrap() }).collect()
}

/// Fails with all that was found wrong, and what to do about it.
fn report(wrong: &[String], advice: &str) {
    assert!(wrong.is_empty(), "\n{}\n{advice}\n", wrong.join("\n"));
}

#[test]
fn stages_know_values_only() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| STAGES.contains(&source.module())) {
        let foreign = |name: &String| name != source.module() && !DATA.contains(&name.as_str());
        let found = source.imports().into_iter().filter(|(_, name)| foreign(name));
        wrong.extend(found.map(|(line, name)| format!("{}:{line}: imports `{name}`", source.path)));
    }
    report(
        &wrong,
        "A stage imports data and `markup`, never another stage, the disk or a command: pass the value in from lib.rs.",
    );
}

#[test]
fn the_disk_knows_data_only() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| source.module() == "disk") {
        let foreign = |name: &str| name != "disk" && !DATA.contains(&name);
        let found = source.imports().into_iter().filter(|(_, name)| foreign(name));
        wrong.extend(found.map(|(line, name)| format!("{}:{line}: imports `{name}`", source.path)));
    }
    report(&wrong, "`disk` moves bytes and knows no stage: do the work in lib.rs or src/run and hand it bytes.");
}

#[test]
fn only_the_disk_touches_the_disk() {
    let words = ["std::fs", "fs::read", "fs::write", "File::open", "File::create"];
    forbid(
        &words,
        |source| source.module() != "disk",
        "Only src/disk uses the file system: add what is missing there.",
    );
}

#[test]
fn only_main_prints_and_exits() {
    let words = ["println!(", "print!(", "eprintln!(", "eprint!(", "dbg!(", "process::exit"];
    forbid(
        &words,
        |source| source.path != "src/main.rs",
        "Only src/main.rs prints and exits: return what is to be said.",
    );
}

#[test]
fn no_stage_has_threads_or_a_clock() {
    let words = ["thread::", "Instant::", "SystemTime", "Timestamp::now", "Mutex<"];
    let in_stage = |source: &Source| STAGES.contains(&source.module());
    forbid(&words, in_stage, "A stage is a function from values to values: threads and the clock live at the edges.");
}

fn forbid(words: &[&str], applies: impl Fn(&Source) -> bool, advice: &str) {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| applies(source)) {
        for (line, code) in source.code() {
            let found = words.iter().filter(|word| code.contains(**word));
            wrong.extend(found.map(|word| format!("{}:{line}: `{word}`", source.path)));
        }
    }
    report(&wrong, advice);
}

#[test]
fn modules_import_each_other_in_no_ring() {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = sources("src");
    let modules: BTreeSet<&str> = all.iter().map(Source::module).collect();
    for source in &all {
        let named = source.imports().into_iter().map(|(_, name)| name);
        let others = named.filter(|name| name != source.module() && modules.contains(name.as_str()));
        imports.entry(source.module().to_owned()).or_default().extend(others);
    }
    // A module that imports nothing that is left is in no ring; what cannot be taken away in this manner is.
    loop {
        let done: Vec<String> = imports
            .iter()
            .filter(|(_, named)| named.iter().all(|name| !imports.contains_key(name)))
            .map(|(name, _)| name.clone())
            .collect();
        if done.is_empty() {
            break;
        }
        imports.retain(|name, _| !done.contains(name));
    }
    let wrong: Vec<String> = imports.iter().map(|(name, named)| format!("{name} imports {named:?}")).collect();
    report(&wrong, "These modules import each other in a ring: move what both need into a module below both.");
}

#[test]
fn files_and_functions_are_short() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().chain(&sources("tests")).chain(&sources("benches")) {
        let lines: Vec<&str> = source.text.lines().collect();
        if lines.len() > LONGEST_FILE {
            wrong.push(format!("{}: {} lines; the most is {LONGEST_FILE}", source.path, lines.len()));
        }
        for (at, length) in functions(&lines) {
            if length > LONGEST_FUNCTION {
                wrong.push(format!(
                    "{}:{}: a function of {length} lines; the most is {LONGEST_FUNCTION}",
                    source.path,
                    at + 1
                ));
            }
        }
    }
    report(&wrong, "Take out what has a name of its own.");
}

/// Where functions begin, and the lines of their bodies. Sources are formatted, so a body ends at the first `}` that is
/// indented as its `fn` is.
fn functions<'a>(lines: &'a [&'a str]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let is_fn = |line: &str| line.split('(').next().unwrap_or_default().split_whitespace().any(|word| word == "fn");
    let starts = lines.iter().enumerate().filter(move |(_, line)| is_fn(line) && !line.trim_start().starts_with("//"));
    starts.filter_map(|(at, line)| {
        let indent = line.len() - line.trim_start().len();
        let rest = lines.get(at..)?;
        let open = rest.iter().position(|line| line.ends_with(['{', '}', ';']))?;
        if !rest.get(open)?.ends_with('{') {
            return None;
        }
        let end = format!("{}}}", " ".repeat(indent));
        let close = rest.iter().position(|line| *line == end)?;
        Some((at, close.checked_sub(open + 1)?))
    })
}

#[test]
fn nothing_lies_about_at_the_top() {
    let names = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let known = |name: &str| name.starts_with('.') || TOP.contains(&name) || MADE.contains(&name);
    let wrong: Vec<String> = names.filter(|name| !known(name)).collect();
    report(
        &wrong,
        "The top of the project shows what it is made of: put this into the folder it belongs to, or add it to TOP.",
    );
}

#[test]
fn every_item_of_the_pipeline_has_its_folder() {
    for stage in STAGES {
        let text = fs::read_to_string(root().join("src").join(stage).join("mod.rs")).unwrap();
        assert!(text.starts_with("//! Stage "), "src/{stage}/mod.rs begins by saying which stage it is");
    }
}
