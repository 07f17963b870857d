//! A site held in memory between edits: told which files changed, it reads those again and no others, and gives the site
//! that a build from nothing would make. Nothing is written; each page is made when it is asked for.
//!
//! What is held is cut where edits cut it. An edited article changes the archive and its indexes; an edited template only
//! the theme, which stands beside an archive that stays. A site that cannot be made leaves the last one that could.

mod snapshot;

use super::contents::{self, held::Held};
use super::{BuildOptions, CACHE, CONTENT, related, settings, sources, theme, threads};
use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::Cache;
use crate::group::{self, Grouped};
use crate::i18n::Translations;
use crate::picture::is_named;
use crate::progress::Progress;
use snapshot::Base;
pub use snapshot::{Failed, Made, Snapshot};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What changed on the disk, as far as it matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Files and folders below `content/`.
    pub content: BTreeSet<String>,
    /// Files that are published as they are, by their paths below the output folder.
    pub files: BTreeSet<String>,
    /// Whether templates, slots or static files of the theme did.
    pub theme: bool,
    /// Whether sources did.
    pub sources: bool,
    /// Whether settings did, or so much that all is to be looked at again.
    pub all: bool,
}

/// A site held in memory.
pub struct Session {
    root: PathBuf,
    options: BuildOptions,
    pool: rayon::ThreadPool,
    config: Arc<Config>,
    held: Held,
    /// What is known of related stories, as the cache would have it.
    related: Vec<u8>,
    base: Arc<Base>,
    site: Arc<Snapshot>,
    /// What was said of sources, and what was said of addresses and links.
    converted: Vec<Diagnostic>,
    grouped: Vec<Diagnostic>,
    /// What changed since the last site that could be made.
    pending: Changed,
    /// Whether articles did.
    ungrouped: bool,
}

/// What came of an update.
pub struct Updated {
    /// The articles that are other than they were, by path below `content/`.
    pub articles: BTreeSet<String>,
    /// Whether the site was made anew.
    pub is_news: bool,
    /// Why the site is still the one before the change, where it is.
    pub error: Option<Error>,
}

impl Changed {
    /// Whether nothing did.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Session {
    /// Converts the sources, reads the site at `root`, and groups it. The cache of builds is used, and let go of again.
    ///
    /// # Errors
    /// As [`crate::build`].
    pub fn open(root: &Path, options: &BuildOptions, progress: &(dyn Progress + Sync)) -> Result<Self, Error> {
        let config = Arc::new(settings::read(root, options)?);
        let cache = Cache::open(&root.join(CACHE))?;
        let converted = sources::convert(root, &config, &cache, options.jobs, progress)?.diagnostics;
        let pool = threads(options.jobs)?;
        let (held, grouped, kept) = pool.install(|| {
            let read = contents::read(root, &config, Some(&cache), progress)?;
            let mut held = Held::new(read);
            progress.begin("grouping", None);
            let (grouped, _) =
                related::group((held.contents(), related::recall(&cache)), &config, options.showing, &cache)?;
            held.grouped();
            let kept = related::in_memory(&cache, &grouped, &config);
            Ok::<_, Error>((held, grouped, kept))
        })?;
        drop(cache);
        let said = grouped.diagnostics;
        let layers = theme::layers(root, &config)?;
        let words = theme::words(&layers, &config)?;
        let archive = Arc::new(grouped.archive);
        let looks = Arc::new(held.with_looks(&config));
        let base = pool.install(|| Base::new(looks, words, archive)).map_err(Error::Site)?;
        let base = Arc::new(base);
        let theme = base.theme(&layers)?;
        let site = Arc::new(Snapshot::new(root, base.clone(), theme));
        Ok(Self {
            root: root.to_owned(),
            options: options.clone(),
            pool,
            config,
            held,
            related: kept,
            base,
            site,
            converted,
            grouped: said,
            pending: Changed::default(),
            ungrouped: false,
        })
    }

    /// The site as it is now, or as it was when it could be made last.
    pub fn site(&self) -> Arc<Snapshot> {
        self.site.clone()
    }

    /// The settings that the site was made with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What was set aside, and what a person should know, of all the site is made from.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.converted.iter().chain(self.held.diagnostics()).chain(&self.grouped)
    }

    /// Brings the site up to date with what changed. Where that cannot be done the site stays, and the change is taken up
    /// again by the next update.
    pub fn update(&mut self, changed: &Changed, progress: &(dyn Progress + Sync)) -> Updated {
        self.pending.all |= changed.all;
        self.pending.theme |= changed.theme;
        self.pending.sources |= changed.sources;
        self.pending.content.extend(changed.content.iter().cloned());
        self.pending.files.extend(changed.files.iter().cloned());
        let (before, mut articles) = (self.site.clone(), BTreeSet::new());
        let done = self.bring_up_to_date(&mut articles, progress);
        if done.is_ok() {
            self.pending = Changed::default();
        }
        Updated { articles, is_news: !Arc::ptr_eq(&before, &self.site), error: done.err() }
    }

    fn bring_up_to_date(
        &mut self,
        articles: &mut BTreeSet<String>,
        progress: &(dyn Progress + Sync),
    ) -> Result<(), Error> {
        if self.pending.all {
            *self = Self { pending: Changed::default(), ..Self::open(&self.root, &self.options, progress)? };
            return Ok(());
        }
        if self.pending.sources {
            // Articles that this writes are told of as other changes below `content/` are.
            let cache = Cache::open(&self.root.join(CACHE))?;
            let report = sources::convert(&self.root, &self.config, &cache, self.options.jobs, progress)?;
            self.converted = report.diagnostics;
            self.pending.sources = false;
        }
        let (content, pending) = (self.root.join(CONTENT), &self.pending.content);
        *articles = self.pool.install(|| self.held.update(&content, pending, &self.config));
        self.ungrouped |= !articles.is_empty();
        if self.pending.files.iter().any(|path| is_named(path)) {
            // A page keeps the place for a picture of a certain size.
            self.ungrouped |= self.pool.install(|| self.held.update_pictures(&self.root))?;
        }
        if self.ungrouped {
            self.regroup()?;
            self.ungrouped = false;
            self.pending.theme = true;
        }
        if self.pending.theme {
            let layers = theme::layers(&self.root, &self.config)?;
            let words = theme::words(&layers, &self.config)?;
            if words.hash() != self.base.words.hash() {
                self.base = self.base(words, Arc::clone(&self.base.archive))?;
            }
            let theme = self.base.theme(&layers)?;
            self.site = Arc::new(Snapshot::new(&self.root, self.base.clone(), theme));
        }
        Ok(())
    }

    fn regroup(&mut self) -> Result<(), Error> {
        let remembered = group::related::Memory::parse(&self.related);
        let archive = self.pool.install(|| {
            let contents = self.held.contents();
            let grouped: Grouped = group::group(contents, &self.config, self.options.showing, remembered);
            if let Some(kept) = related::kept(&grouped, &self.config) {
                self.related = kept;
            }
            self.held.grouped();
            self.grouped = grouped.diagnostics;
            grouped.archive
        });
        self.base = self.base(Arc::clone(&self.base.words), Arc::new(archive))?;
        Ok(())
    }

    fn base(&self, words: Arc<Translations>, archive: Arc<Archive>) -> Result<Arc<Base>, Error> {
        let config = Arc::new(self.held.with_looks(&self.config));
        let base = self.pool.install(|| Base::new(config, words, archive));
        base.map(Arc::new).map_err(Error::Site)
    }
}
