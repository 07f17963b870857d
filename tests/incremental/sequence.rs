//! One sequence: a site, and rounds of edits, each followed by a build that may use all that is left of earlier ones
//! and by one that has nothing but the same inputs.

use super::compare::{self, Built};
use super::disk::{self, Disk, Snapshot};
use super::edits;
use super::held::Held;
use super::inputs::Inputs;
use super::rng::Rng;
use super::tamper::{self, Backup};
use backfile::group::Showing;
use backfile::progress::Silent;
use backfile::run::BuildOptions;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Output folders that a site is built into.
const OUTPUTS: [&str; 2] = ["public", "other"];

/// What the command line says.
#[derive(Clone, Copy)]
struct Options {
    output: &'static str,
    base_url: Option<&'static str>,
    drafts: bool,
    future: bool,
    clean: bool,
    jobs: usize,
    /// In seconds since 1970.
    now: i64,
}

/// What backfile knows of an output folder.
#[derive(Default)]
struct Owned {
    /// The files of the last build.
    paths: BTreeSet<String>,
    /// Whether the cache may have lost the list of them.
    forgot: bool,
}

struct Sequence<'a> {
    inputs: Inputs,
    /// Inputs that could be built.
    good: Inputs,
    failed: bool,
    options: Options,
    disk: Disk,
    owned: BTreeMap<&'static str, Owned>,
    backup: Option<Backup>,
    held: Held,
    rng: Rng,
    log: &'a mut Vec<String>,
}

/// Runs the sequence of a seed in `folder`, and notes in `log` what is done.
///
/// # Errors
/// What the two builds differ in.
pub(crate) fn run(seed: u64, folder: &Path, log: &mut Vec<String>) -> Result<(), String> {
    let mut rng = Rng::of(&[seed, 40]);
    let inputs = Inputs::new(&mut rng);
    log.push(format!("a site of {} articles", inputs.articles.len()));
    let options = Options {
        output: "public",
        base_url: None,
        drafts: false,
        future: false,
        clean: false,
        jobs: 1,
        // The middle of 2001, so that some articles are yet to come.
        now: 994_000_000,
    };
    let mut sequence = Sequence {
        good: inputs.clone(),
        inputs,
        failed: false,
        options,
        disk: Disk::new(folder.join(format!("{seed}"))),
        owned: BTreeMap::new(),
        backup: None,
        held: Held::default(),
        rng,
        log,
    };
    let clean = folder.join(format!("{seed}-clean"));
    let rounds = 2 + sequence.rng.below(3);
    let mut result = Ok(());
    for round in 0..rounds {
        sequence.log.push(format!("round {round}"));
        if round > 0 {
            sequence.change();
        }
        result = sequence.build(&clean);
        let _ = fs::remove_dir_all(&clean);
        if result.is_err() {
            break;
        }
        if sequence.rng.chance(30) {
            sequence.backup = Some(Backup::new(&sequence.disk, sequence.options.output));
        }
    }
    let _ = fs::remove_dir_all(&sequence.disk.root);
    result
}

impl Sequence<'_> {
    /// Some edits, now and then another command line, and now and then harm.
    fn change(&mut self) {
        let rng = &mut self.rng;
        let undo = self.failed && rng.chance(75) || rng.chance(3);
        if undo {
            self.log.push("undo all since the last site that could be built".to_owned());
            self.inputs = self.good.clone();
        }
        // Also rounds in which nothing changes.
        for _ in 0..rng.below(5) {
            self.log.push(edits::edit(&mut self.inputs, rng));
        }
        self.options.clean = rng.chance(4);
        self.options.jobs = 1 + rng.below(2);
        if rng.chance(15) {
            match rng.below(5) {
                0 => self.options.output = rng.pick(&OUTPUTS),
                1 => {
                    self.options.base_url =
                        rng.pick(&[None, Some("https://mirror.example"), Some("https://m.example/old/")]);
                }
                2 => self.options.drafts = !self.options.drafts,
                3 => self.options.future = !self.options.future,
                _ => self.options.now += rng.below(40_000_000) as i64 - 15_000_000,
            }
        }
        self.disk.sync(&self.inputs.all(), rng);
        for _ in 0..rng.below(6).saturating_sub(3) {
            let tampered = tamper::tamper(&mut self.disk, self.options.output, self.backup.as_ref(), rng);
            self.log.push(tampered.what);
            if tampered.forgot {
                for output in OUTPUTS {
                    self.owned.entry(output).or_default().forgot = true;
                }
            }
        }
    }

    /// Builds in the site's folder and in an empty one, and compares.
    fn build(&mut self, clean: &Path) -> Result<(), String> {
        let all = self.inputs.all();
        self.disk.sync(&all, &mut self.rng);
        disk::write_all(clean, &all, &mut self.rng);
        let output = self.options.output;
        self.log.push(format!("build {}", self.options.shown()));
        let before = disk::snapshot(&self.disk.root.join(output));
        let other = Options { clean: false, jobs: 3 - self.options.jobs, ..self.options };
        let built = self.options.build(&self.disk.root);
        let expected = other.build(clean);
        let after = disk::snapshot(&self.disk.root.join(output));
        let fresh = disk::snapshot(&clean.join(output));

        let site = expected.error.as_deref().map_or(Ok(&fresh), Err);
        let shown = format!("{} {}", self.options.shown_in_memory(), self.disk.root.display());
        let options = self.options.of(&self.disk.root);
        self.held.check(&self.disk.root, &all, (&options, shown), site, &mut self.rng)?;

        let owned = self.owned.entry(output).or_default();
        self.failed = expected.error.is_some();
        compare::reports(&built, &expected)?;
        if self.failed {
            return compare::untouched(&before, &after);
        }
        let copied = |path: &str| copied(&all, path);
        compare::changes(&built, &before, &after)?;
        compare::times(&before, &after, copied)?;
        compare::bytes(&after, &fresh)?;
        let foreign = |path: &str| owned.forgot || !owned.paths.contains(path);
        let hidden = |path: &str| path.split('/').any(|name| name.starts_with('.'));
        let kept = |path: &str| !fresh.contains_key(path) && foreign(path) && (!self.options.clean || hidden(path));
        compare::left_alone(&before, &after, &fresh, kept, owned.forgot)?;
        compare::tidy(&before, &self.disk.root.join(output))?;
        *owned = Owned { paths: fresh.into_keys().collect(), forgot: false };
        self.good = self.inputs.clone();
        Ok(())
    }
}

/// Whether a published file is a copy of one of the site's, and so has its time.
fn copied(inputs: &super::inputs::Files, path: &str) -> bool {
    inputs.contains_key(&format!("static/{path}")) || inputs.contains_key(&format!("content/{path}"))
}

impl Options {
    fn build(&self, root: &Path) -> Built {
        Built::new(backfile::build(root, &self.of(root), &Silent), root)
    }

    fn of(&self, root: &Path) -> BuildOptions {
        BuildOptions {
            output: Some(root.join(self.output)),
            base_url: self.base_url.map(str::to_owned),
            clean: self.clean,
            ..BuildOptions::new(Showing { now: self.now, drafts: self.drafts, future: self.future }, self.jobs)
        }
    }

    /// What a site in memory depends on.
    fn shown_in_memory(&self) -> String {
        format!("{:?} {} {} {}", self.base_url, self.drafts, self.future, self.now)
    }

    fn shown(&self) -> String {
        let Self { output, base_url, drafts, future, clean, jobs, now } = self;
        format!(
            "--output {output} --base-url {base_url:?} --drafts={drafts} --future={future} --clean={clean} --jobs {jobs} --now @{now}"
        )
    }
}

/// A snapshot's file as text, for messages.
pub(crate) fn text<'a>(snapshot: &'a Snapshot, path: &str) -> std::borrow::Cow<'a, str> {
    snapshot.get(path).map_or("".into(), |(bytes, _)| String::from_utf8_lossy(bytes))
}
