//! A site at one moment, whose pages are made when they are asked for.

use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::walk::{self, Hidden};
use crate::i18n::Translations;
use crate::page::Form;
use crate::plan::{self, Planned, Ready, Site, output_path};
use crate::render::{Layer, Naming, Theme};
use crate::run::CONTENT;
use crate::run::contents::MEDIA;
use crate::run::copies::STATIC;
use crate::run::lists::Lists;
use crate::run::pages::{self, Desk, Failure};
use crate::run::theme;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The archive and the pages planned of it, without a theme.
pub(super) struct Base {
    config: Arc<Config>,
    pub(super) words: Arc<Translations>,
    pub(super) archive: Arc<Archive>,
    ready: Arc<Ready>,
    /// In the order of their paths.
    pages: Vec<Planned>,
}

impl Base {
    /// Plans the pages of an archive.
    ///
    /// # Errors
    /// A diagnostic for each address that two pages claim.
    pub(super) fn new(
        config: Arc<Config>,
        words: Arc<Translations>,
        archive: Arc<Archive>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let ready = Arc::new(Ready::new(&config, &archive, Arc::clone(&words)));
        let pages = plan::plan(Site::new(&config, &archive, &ready))?.pages;
        Ok(Self { config, words, archive, ready, pages })
    }

    pub(super) fn site(&self) -> Site<'_> {
        Site::new(&self.config, &self.archive, &self.ready)
    }

    /// Loads a theme for it, whose static files have plain names and whose lists are answered from this archive.
    ///
    /// # Errors
    /// As [`theme::load`].
    pub(super) fn theme(&self, layers: &[Layer]) -> Result<Theme, Error> {
        let shared = (Arc::clone(&self.config), Arc::clone(&self.archive), Arc::clone(&self.ready));
        theme::load(layers, &self.words, Arc::new(Lists::answering(shared)), self.site(), Naming::Plain)
    }
}

/// A site at one moment.
pub struct Snapshot {
    root: PathBuf,
    base: Arc<Base>,
    theme: Theme,
}

/// What stands at a path of the site.
pub enum Made {
    /// A page, and whether it is one for people.
    Page(Vec<u8>, bool),
    /// A static file of the theme.
    Asset(Vec<u8>),
    /// A file that is published as it lies on the disk.
    File(PathBuf),
}

/// Why a page could not be made.
pub struct Failed(pub Vec<Diagnostic>);

impl Snapshot {
    pub(super) fn new(root: &Path, base: Arc<Base>, theme: Theme) -> Self {
        Self { root: root.to_owned(), base, theme }
    }

    /// The settings that it was made with.
    pub fn config(&self) -> &Config {
        &self.base.config
    }

    /// Articles shown.
    pub fn articles(&self) -> usize {
        self.base.archive.articles.len()
    }

    /// The pages, in the order of their paths.
    pub fn pages(&self) -> &[Planned] {
        &self.base.pages
    }

    /// The path of a page below the output folder.
    pub fn path(&self, page: Planned) -> String {
        page.path(self.base.site())
    }

    /// The pages that show the text of one of these articles, named by their paths below `content/`.
    pub fn pages_of<'a>(&'a self, is_wanted: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = Planned> + 'a {
        let site = self.base.site();
        self.base.pages.iter().copied().filter(move |page| page.source(site).is_some_and(|file| is_wanted(file.path)))
    }

    /// The page whose file has this path below the output folder.
    pub fn find(&self, path: &str) -> Option<Planned> {
        let (site, pages) = (self.base.site(), &self.base.pages);
        let at = pages.partition_point(|page| page.path(site).as_str() < path);
        pages.get(at).copied().filter(|page| page.path(site) == path)
    }

    /// Makes the text of a page.
    ///
    /// # Errors
    /// What is wrong with its template or its article.
    pub fn make(&self, page: Planned) -> Result<Vec<u8>, Failed> {
        let mut desk = Desk::default();
        match pages::make(&self.root.join(CONTENT), self.base.site(), &self.theme, page, &mut desk) {
            Ok(_) => Ok(desk.text),
            Err(Failure::Unread(diagnostic)) => Err(Failed(vec![diagnostic])),
            Err(Failure::Fatal(Error::Site(diagnostics))) => Err(Failed(diagnostics)),
            Err(Failure::Fatal(error)) => Err(Failed(vec![Diagnostic::error(Place::default(), error.to_string())])),
        }
    }

    /// What the site has at `path` below its output folder, if anything.
    ///
    /// # Errors
    /// As [`Snapshot::make`].
    pub fn get(&self, path: &str) -> Result<Option<Made>, Failed> {
        if let Some(page) = self.find(path) {
            let is_html = matches!(page.kind().form, Form::Template(name) if walk::has_ending(name, "html"));
            return Ok(Some(Made::Page(self.make(page)?, is_html)));
        }
        if let Some((_, bytes)) = self.theme.assets().iter().find(|(asset, _)| asset == path) {
            return Ok(Some(Made::Asset(bytes.clone())));
        }
        let media = path.strip_prefix(MEDIA).and_then(|path| path.strip_prefix('/'));
        let copied = walk::published(&self.root.join(STATIC), path, Hidden::Keep)
            .or_else(|| walk::published(&self.root.join(CONTENT).join(MEDIA), media?, Hidden::Keep));
        Ok(copied.map(Made::File))
    }

    /// Whether the site has something at `path`, without making it.
    pub fn has(&self, path: &str) -> bool {
        self.find(path).is_some() || self.theme.assets().iter().any(|(asset, _)| asset == path)
    }

    /// The paths of the theme's static files that are other than in `before`, or are not there any more.
    pub fn other_assets<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = String> + 'a {
        let (now, then) = (self.theme.assets(), before.theme.assets());
        let other = now.iter().filter(|asset| !then.contains(asset)).map(|(path, _)| path);
        let gone = then.iter().filter(|(path, _)| !now.iter().any(|(there, _)| there == path)).map(|(path, _)| path);
        other.chain(gone).cloned()
    }

    /// The path of the page at a root-relative address.
    pub fn path_of(url: &str) -> String {
        output_path(url)
    }
}
