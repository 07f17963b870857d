//! From a change on the disk to the next site, again and again.

use super::Told;
use super::live::{Problem, State};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error, Place, Severity};
use crate::disk::walk::{self, Hidden};
use crate::disk::watch::{self, Seen, Watch};
use crate::disk::{read, shown};
use crate::progress::Silent;
use crate::run::session::{Changed, Failed, Session, Snapshot, Updated};
use crate::run::settings;
use crate::run::{BuildOptions, CONTENT};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch::Sender;

/// Folders of the site that it is made from.
const FOLDERS: [&str; 6] = [CONTENT, "templates", "slots", "themes", "static", "i18n"];
/// Pages of each kind that are made after a change to see whether the templates hold.
const TRIED: usize = 24;
/// Lines shown before and after the one that is wrong.
const AROUND: u32 = 3;
/// Problems shown at once; more would only hide the first.
const MOST: usize = 20;

/// The loop, and what it knows from one change to the next.
pub(super) struct Rebuild<'a> {
    root: PathBuf,
    options: &'a BuildOptions,
    real_root: PathBuf,
    watch: Watch,
    sources: Vec<PathBuf>,
    tell: &'a (dyn Fn(Told) + Sync),
    /// Files that were changed since the server began: what is wrong with others was said at the start.
    touched: BTreeSet<String>,
}

/// Does something and says how long it took.
#[expect(clippy::disallowed_methods, reason = "how long a change takes is shown to people and reaches no page")]
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

impl<'a> Rebuild<'a> {
    /// Watches what the site is made from. This comes before anything of it is read, so that no change is missed.
    pub(super) fn new(
        root: &Path,
        options: &'a BuildOptions,
        watch: Watch,
        tell: &'a (dyn Fn(Told) + Sync),
    ) -> Result<Self, Error> {
        let (root, real_root) = (root.to_owned(), walk::locate(root)?.real);
        let mut rebuild = Self { root, options, real_root, watch, sources: Vec::new(), tell, touched: BTreeSet::new() };
        rebuild.watch_folders()?;
        rebuild.follow(&settings::read(&rebuild.root, options)?)?;
        Ok(rebuild)
    }

    fn watch_folders(&mut self) -> Result<(), Error> {
        self.watch.forget_gone();
        let folders = FOLDERS.iter().map(|folder| (self.root.join(folder), true));
        let sources = self.sources.iter().map(|source| (source.clone(), true));
        let all: Vec<(PathBuf, bool)> =
            [(self.root.clone(), false)].into_iter().chain(folders).chain(sources).collect();
        for (path, below) in all {
            if let Some(warning) = self.watch.add(&path, below)? {
                (self.tell)(Told::Diagnostics(vec![warning]));
            }
        }
        Ok(())
    }

    /// Watches the sources of the settings too.
    fn follow(&mut self, config: &Config) -> Result<(), Error> {
        self.sources = config.sources.iter().map(|source| watch::real(&self.root.join(&source.path))).collect();
        self.watch_folders()
    }

    fn follow_anew(&mut self, session: &Session, changed: &Changed) -> Result<(), Error> {
        // Settings that are wrong are told of by who makes the site of them.
        if changed.all
            && let Ok(config) = settings::read(&self.root, self.options)
        {
            return self.follow(&config);
        }
        self.follow(session.config())
    }

    /// Brings the site up to date with every change, for as long as changes can come.
    pub(super) fn run(mut self, mut session: Session, states: &Sender<State>) {
        while let Some(seen) = self.watch.wait() {
            let changed = self.changed(&seen);
            if changed.is_nothing() {
                continue;
            }
            // Folders and sources that are new are watched before they are read; if they cannot be, the person is told.
            if let Err(error) = self.follow_anew(&session, &changed) {
                (self.tell)(Told::Diagnostics(diagnostics(error)));
            }
            // A page that shows a changed article shows it at once; what else the change brings comes after.
            states.send_modify(|_| ());
            let ((problems, is_news), took) = timed(|| {
                let updated = session.update(&changed, &Silent);
                let is_news = updated.is_news || !changed.files.is_empty();
                (self.publish(&session, &changed, updated, states), is_news)
            });
            if is_news || problems.is_some() {
                self.say(&changed, took, problems, states);
            }
        }
    }

    /// What a change on the disk is to the site.
    fn changed(&mut self, seen: &Seen) -> Changed {
        let mut changed = Changed { all: seen.lost, ..Changed::default() };
        for path in &seen.paths {
            if self.sources.iter().any(|source| path.starts_with(source)) && !is_passing(path) {
                changed.sources = true;
                self.touched.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
                continue;
            }
            let Some(below) = path.strip_prefix(&self.real_root).ok().and_then(Path::to_str) else { continue };
            let below = if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() };
            note(&below, &mut changed);
        }
        self.touched.extend(changed.content.iter().map(|path| format!("{CONTENT}/{path}")));
        changed
    }

    /// Makes the new site the one that is served, and then looks whether its templates hold; gives what is wrong now, if
    /// that is news.
    fn publish(
        &self,
        session: &Session,
        changed: &Changed,
        updated: Updated,
        states: &Sender<State>,
    ) -> Option<Vec<Diagnostic>> {
        let site = session.site();
        let mut wrong: Vec<Diagnostic> = updated.error.map(diagnostics).unwrap_or_default();
        let errors = session.diagnostics().filter(|diagnostic| diagnostic.severity == Severity::Error);
        wrong.extend(errors.filter(|diagnostic| self.is_touched(&diagnostic.place.file)).cloned());
        let before = states.borrow().clone();
        let (styles, others): (Vec<String>, Vec<String>) = site
            .other_assets(&before.site)
            .chain(changed.files.iter().cloned())
            .partition(|path| walk::has_ending(path, "css"));
        // A page is not kept from the screen while others are tried out.
        let found = (!wrong.is_empty()).then(|| Arc::new(problems(&self.root, &wrong)));
        states.send_modify(|state| {
            state.styles += u64::from(!styles.is_empty());
            state.files += u64::from(!others.is_empty());
            state.site = Arc::clone(&site);
            state.problems = found.unwrap_or_else(|| Arc::clone(&state.problems));
        });
        if wrong.is_empty() {
            wrong.extend(try_out(&site, &updated.articles));
        }
        wrong.truncate(MOST);
        let is_news = before.problems.iter().map(|problem| &problem.what).ne(&wrong);
        if is_news {
            let problems = Arc::new(problems(&self.root, &wrong));
            states.send_modify(|state| state.problems = problems);
        }
        is_news.then_some(wrong)
    }

    /// Whether a file, as messages name it, was changed since the server began, or a folder that it is in.
    fn is_touched(&self, file: &str) -> bool {
        let ends = |touched: &str| file.strip_suffix(touched).is_some_and(|before| before.ends_with('/'));
        let begins =
            |touched: &str| file.strip_prefix(touched).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.touched.iter().any(|touched| begins(touched) || ends(touched))
    }

    fn say(&self, changed: &Changed, took: Duration, problems: Option<Vec<Diagnostic>>, states: &Sender<State>) {
        match problems {
            Some(problems) if problems.is_empty() => (self.tell)(Told::Mended),
            Some(problems) => return (self.tell)(Told::Diagnostics(problems)),
            None if !states.borrow().problems.is_empty() => return,
            None => {}
        }
        (self.tell)(Told::Updated { what: named(changed), took });
    }
}

/// Notes a path below the site's folder.
fn note(path: &str, changed: &mut Changed) {
    let folder = path.split('/').next().unwrap_or_default();
    if path == settings::FILE {
        changed.all = true;
    }
    if !FOLDERS.contains(&folder) || is_passing(Path::new(path)) {
        return;
    }
    let below = path.get(folder.len() + 1..).unwrap_or_default();
    let is_hidden = || path.split('/').any(|name| name.starts_with('.'));
    match folder {
        CONTENT if below == "media" || below.starts_with("media/") => {
            changed.files.insert(below.to_owned());
        }
        // Only what is published as it is may be hidden.
        CONTENT | "templates" | "slots" | "themes" | "i18n" if is_hidden() => {}
        // The folder itself was made or moved: all of it is to be looked at.
        CONTENT if below.is_empty() => changed.all = true,
        CONTENT => {
            changed.content.insert(below.to_owned());
        }
        "static" => {
            changed.files.insert(below.to_owned());
            changed.theme = true;
        }
        _ => changed.theme = true,
    }
}

/// Whether a file is one that an editor makes for the moment of saving. Vim tries with `4913` whether it may write.
fn is_passing(path: &Path) -> bool {
    let names = path.iter().filter_map(|name| name.to_str());
    path.file_name().is_some_and(|name| name == "4913")
        || names.into_iter().any(|name| walk::is_debris(name, Hidden::Keep))
}

/// What changed, as a person would say it.
fn named(changed: &Changed) -> String {
    let mut names: Vec<String> = Vec::new();
    match changed.content.len() {
        0 => {}
        1 => names.extend(changed.content.first().map(|path| format!("{CONTENT}/{path}"))),
        many => names.push(format!("{many} files of {CONTENT}/")),
    }
    let words = [
        (changed.all, "all"),
        (changed.theme, "the theme"),
        (changed.sources, "the sources"),
        (!changed.files.is_empty() && !changed.theme, "static files"),
    ];
    names.extend(words.into_iter().filter(|(is_so, _)| *is_so).map(|(_, word)| word.to_owned()));
    names.join(", ")
}

/// Makes some pages of each kind, and those of the articles that changed, and gives what is wrong with them.
fn try_out(site: &Snapshot, articles: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<&str, Vec<crate::plan::Planned>> = BTreeMap::new();
    for page in site.pages() {
        kinds.entry(page.kind().name).or_default().push(*page);
    }
    let some = |pages: &Vec<crate::plan::Planned>| {
        let step = pages.len().div_ceil(TRIED).max(1);
        pages.iter().step_by(step).copied().collect::<Vec<_>>()
    };
    let changed: Vec<_> = if articles.is_empty() {
        Vec::new()
    } else {
        site.pages_of(|path| articles.contains(path)).take(TRIED).collect()
    };
    let tried: Vec<_> = changed.into_iter().chain(kinds.values().flat_map(some)).collect();
    let failed: Vec<Failed> = tried.into_par_iter().filter_map(|page| site.make(page).err()).collect();
    let mut wrong: Vec<Diagnostic> = failed.into_iter().flat_map(|Failed(diagnostics)| diagnostics).collect();
    wrong.sort();
    wrong.dedup_by(|one, other| one.place == other.place);
    wrong
}

fn diagnostics(error: Error) -> Vec<Diagnostic> {
    match error {
        Error::Site(diagnostics) => diagnostics,
        error => vec![Diagnostic::error(Place::default(), error.to_string())],
    }
}

/// The diagnostics with the lines that they are about.
fn problems(root: &Path, diagnostics: &[Diagnostic]) -> Vec<Problem> {
    let lines = |place: &Place| {
        let text = read::read_text(&root.join(&place.file), &shown(root), read::LARGEST).ok()?;
        let from = place.line.checked_sub(1)?.saturating_sub(AROUND);
        let numbered = (1..).zip(text.lines()).skip(from as usize).take(2 * AROUND as usize + 1);
        Some(numbered.map(|(number, line)| (number, line.chars().take(200).collect())).collect())
    };
    diagnostics
        .iter()
        .map(|what| Problem { lines: lines(&what.place).unwrap_or_default(), what: what.clone() })
        .collect()
}
