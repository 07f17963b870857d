//! Makes, renders and writes the planned pages one by one on all cores; none is kept. A page whose key is that of the last
//! build is passed over.

use super::lists::{self, Lists};
use super::{BuildOptions, CONTENT, contents, settings};
use crate::archive::{ArticleId, Entry};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::disk::cache::Cache;
use crate::disk::{self, output::Output, read};
use crate::markup::links::Home;
use crate::markup::to_html::{Known, to_html_at_home};
use crate::page::Story;
use crate::page::hashing::hash_of;
use crate::picture::Picture;
use crate::plan::{self, Planned, Site};
use crate::progress::Progress;
use crate::render::{Theme, Worker};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// After so many pages that a template could not render, the rest would only say the same.
const MOST_FAILURES: usize = 20;

/// What one thread uses again for each page.
#[derive(Default)]
pub(super) struct Desk {
    worker: Worker,
    pub(super) text: Vec<u8>,
}

/// What all pages are made of and for.
struct Job<'a> {
    content: PathBuf,
    site: Site<'a>,
    theme: &'a Theme,
    output: &'a Output,
    lists: &'a Lists,
    /// Hash of what every page depends on.
    shared: u128,
    /// Whether an article became another between the reading and the making of its page.
    is_outdated: AtomicBool,
}

/// What came of writing all pages.
pub struct Written {
    /// Articles that could not be read again.
    pub unread: Vec<Diagnostic>,
    /// Whether an article became another while the site was made, so that its page is to be looked at by the next build.
    pub is_outdated: bool,
}

/// Why one page was not written.
pub(super) enum Failure {
    /// Its article could not be read again.
    Unread(Diagnostic),
    /// Its template, or the disk: this ends the run.
    Fatal(Error),
}

/// Opens the output folder, in which what the listing of the options names counts as written already.
///
/// # Errors
/// As [`Output::open`], and [`Error::Disk`] or [`Error::Usage`] where the listing is none.
pub fn open(root: &Path, config: &Config, options: &BuildOptions, cache: &Cache) -> Result<Output, Error> {
    let folder = settings::output(root, config, options)?;
    match &options.against {
        Some(file) => Output::open_against(cache, &folder, &read::read_required(file)?, &disk::shown(file)),
        None => Output::open(cache, &folder, options.clean),
    }
}

/// Writes all pages.
///
/// # Errors
/// [`Error::Site`] with every distinct message of templates that failed, [`Error::Disk`] where writing did.
pub fn write(
    root: &Path,
    site: Site<'_>,
    pages: &[Planned],
    (theme, lists): (&Theme, &Lists),
    output: &Output,
    progress: &dyn Progress,
) -> Result<Written, Error> {
    progress.begin("rendering", Some(pages.len() as u64));
    let job = Job {
        content: root.join(CONTENT),
        site,
        theme,
        output,
        lists,
        // Another program may make another text of the same view.
        shared: hash_of(&(disk::program(), plan::shared_key(site))),
        is_outdated: AtomicBool::new(false),
    };
    let failed = Failed { last: AtomicUsize::new(usize::MAX), first: Mutex::default() };
    let failures: Vec<(usize, Failure)> = pages
        .par_iter()
        .enumerate()
        .map_init(Desk::default, |desk, (at, page)| {
            if !failed.counts(at) {
                return None;
            }
            let failure = write_page(&job, *page, desk).err();
            progress.advance(1);
            if matches!(failure, Some(Failure::Fatal(_))) {
                failed.add(at);
            }
            failure.map(|failure| (at, failure))
        })
        .flatten()
        .collect();
    let failures = failures.into_iter().filter(|(at, _)| failed.counts(*at)).map(|(_, failure)| failure);
    Ok(Written { unread: settle(failures.collect())?, is_outdated: job.is_outdated.into_inner() })
}

/// The first pages that could not be made, in the order of pages: whatever the number of threads, these are told of, and
/// what comes after the last of them is not tried.
struct Failed {
    last: AtomicUsize,
    first: Mutex<BTreeSet<usize>>,
}

impl Failed {
    /// Whether the page at that place is not behind so many that failed.
    fn counts(&self, at: usize) -> bool {
        at <= self.last.load(Ordering::Relaxed)
    }

    fn add(&self, at: usize) {
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        first.insert(at);
        if first.len() > MOST_FAILURES {
            first.pop_last();
        }
        if let (MOST_FAILURES, Some(last)) = (first.len(), first.last()) {
            self.last.store(*last, Ordering::Relaxed);
        }
    }
}

fn write_page(job: &Job<'_>, planned: Planned, desk: &mut Desk) -> Result<(), Failure> {
    let site = job.site;
    let base = hash_of(&(job.shared, planned.key(site), job.theme.key(planned.kind().form, planned.look(site))));
    let path = planned.path(site);
    // What it asked last time is asked again: a page whose lists changed is another page.
    let before = job.lists.before(&path);
    if job.output.has(&path, lists::key(site, base, before)).map_err(Failure::Fatal)? {
        job.lists.keep(&path, before);
        return Ok(());
    }
    let made = make(&job.content, site, job.theme, planned, desk);
    // Also of a page that could not be made, so that the next one of this thread begins anew.
    let asked = job.lists.take();
    let is_as_grouped = made?;
    job.lists.keep(&path, &asked);
    if !is_as_grouped {
        job.is_outdated.store(true, Ordering::Relaxed);
    }
    // Changed while the build runs: the page is made again by the next one.
    let key = is_as_grouped.then(|| lists::key(site, base, &asked));
    job.output.put(&path, key, &desk.text).map_err(Failure::Fatal)
}

/// Makes the text of a page; gives whether the file that it shows is still the one that the archive was made of.
pub(super) fn make(
    content: &Path,
    site: Site<'_>,
    theme: &Theme,
    planned: Planned,
    desk: &mut Desk,
) -> Result<bool, Failure> {
    let mut is_as_grouped = true;
    let story = match planned.source(site) {
        Some(file) => {
            let (story, hash) = read_story(content, file.path, site, planned).map_err(Failure::Unread)?;
            is_as_grouped = hash == file.hash;
            Some(story)
        }
        None => None,
    };
    let page = planned.page(site, story.as_ref());
    theme.render(&mut desk.worker, &page, &mut desk.text).map_err(|diagnostic| Failure::Fatal(diagnostic.into()))?;
    Ok(is_as_grouped)
}

/// What a page shows of its content file, if it has one.
///
/// # Errors
/// As [`contents::article`].
pub(super) fn story(root: &Path, site: Site<'_>, planned: Planned) -> Result<Option<Story>, Diagnostic> {
    let Some(file) = planned.source(site) else { return Ok(None) };
    read_story(&root.join(CONTENT), file.path, site, planned).map(|(story, _)| Some(story))
}

/// An article read again, with its body as safe HTML, in which links to articles of the archive lead to their pages; and
/// the hash of its file.
fn read_story(content: &Path, path: &str, site: Site<'_>, planned: Planned) -> Result<(Story, u64), Diagnostic> {
    let (article, hash) = contents::article(content, path)?;
    let entry = site.archive.articles.get(planned.subject().of as usize).filter(|entry| entry.path() == path);
    let source = article.front.source.as_ref().map_or("", |source| source.url.as_str());
    let mut html = String::with_capacity(article.body.len() * 5 / 4);
    to_html_at_home(&article.body, &site.config.base_path, &Surroundings::new(site, entry, source), &mut html);
    Ok((Story { article, html }, hash))
}

/// What a body can lead to and show of the site.
pub(crate) struct Surroundings<'a> {
    site: Site<'a>,
    home: Home<'a>,
    links: &'a [(u64, ArticleId)],
}

impl<'a> Surroundings<'a> {
    /// Of a text that says it was at the address `source`; `entry` is its own, if it is an article.
    pub(crate) fn new(site: Site<'a>, entry: Option<&'a Entry>, source: &str) -> Self {
        let home = Home::of(source, &site.config.base_url, &site.config.base_path);
        Self { site, home, links: entry.map_or(&[], Entry::links_in_body) }
    }
}

impl Known for Surroundings<'_> {
    fn page(&self, address: &str) -> Option<String> {
        // Most articles link to no other.
        let place = if self.links.is_empty() { None } else { self.home.place(address) }?;
        let at = self.links.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        self.links.get(at).map(|(_, id)| self.site.archive.article(*id).url().to_string())
    }

    fn picture(&self, address: &str) -> Option<&Picture> {
        self.site.archive.pictures.get(self.home.picture(address)?)
    }
}

/// The messages of all templates as one error, each once; another error ends the run by itself.
fn settle(failures: Vec<Failure>) -> Result<Vec<Diagnostic>, Error> {
    let mut unread = Vec::new();
    let mut templates: Vec<Diagnostic> = Vec::new();
    for failure in failures {
        match failure {
            Failure::Unread(diagnostic) => unread.push(diagnostic),
            Failure::Fatal(Error::Site(diagnostics)) => templates.extend(diagnostics),
            Failure::Fatal(error) => return Err(error),
        }
    }
    // The same line of a template fails on every page that shows it; one of them is enough.
    templates.sort();
    templates.dedup_by(|one, other| one.place == other.place && one.severity == Severity::Error);
    if templates.is_empty() { Ok(unread) } else { Err(Error::Site(templates)) }
}
