//! `content/` held in memory by a run that goes on: a file that changes is read again, and nothing else is.

use super::{Item, MEDIA, Read, is_source, item, with_looks};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::disk::walk;
use crate::group::{Contents, Digest, SectionIndex};
use crate::picture::Pictures;
use crate::run::pictures;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Every article, page and section index, boiled down.
#[derive(Debug, Default)]
pub struct Held {
    /// By path below `content/`; what could not be read says why.
    files: BTreeMap<String, Result<Item, Diagnostic>>,
    /// What was said of files that are no articles.
    beside: Vec<Diagnostic>,
    /// Articles that are gone or changed since the archive was last made.
    former: Vec<Digest>,
    pictures: Arc<Pictures>,
}

impl Held {
    /// What was read.
    pub fn new(read: Read) -> Self {
        let Contents { articles, sections, standalone, former, pictures } = read.contents;
        let articles = articles.into_iter().map(|digest| (digest.path().to_owned(), Ok(Item::Article(digest))));
        let standalone = standalone.into_iter().map(|digest| (digest.path().to_owned(), Ok(Item::Standalone(digest))));
        let sections = sections.into_iter().map(|index| (index.path.clone(), Ok(Item::Section(Box::new(index)))));
        let files = articles.chain(standalone).chain(sections).collect();
        let mut held = Self { files, beside: Vec::new(), former, pictures };
        for diagnostic in read.diagnostics {
            let path = diagnostic.place.file.strip_prefix(super::CONTENT).and_then(|path| path.strip_prefix('/'));
            match path.filter(|path| diagnostic.severity == Severity::Error && walk::has_ending(path, "md")) {
                Some(path) => {
                    held.files.insert(path.to_owned(), Err(diagnostic));
                }
                None => held.beside.push(diagnostic),
            }
        }
        held
    }

    /// Reads again what stands at `paths` below `content/`, files and folders; gives the paths of the files that are other
    /// than they were.
    pub fn update(&mut self, content: &Path, paths: &BTreeSet<String>, config: &Config) -> BTreeSet<String> {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for path in paths.iter().filter(|path| is_content(path)) {
            let below = format!("{path}/");
            wanted.extend(
                self.files
                    .range(below.clone()..)
                    .map_while(|(known, _)| known.starts_with(&below).then(|| known.clone())),
            );
            let folder = content.join(path);
            if walk::is_folder(&folder) && !is_source(path) {
                let found = walk::each(&folder, walk::Hidden::Skip, |inside| !is_source(inside)).into_iter().flatten();
                wanted.extend(found.filter_map(Result::ok).map(|inside| format!("{below}{inside}")));
            } else {
                wanted.insert(path.clone());
            }
        }
        wanted.retain(|path| walk::has_ending(path, "md"));
        let read: Vec<(String, Option<Result<Item, Diagnostic>>)> = wanted
            .into_par_iter()
            .map(|path| {
                let there = walk::is_wanted(content, &path).then(|| item(content, &path, config));
                (path, there)
            })
            .collect();
        read.into_iter().filter_map(|(path, item)| self.put(&path, item).then_some(path)).collect()
    }

    /// Looks at the pictures again; gives whether any is other than it was.
    ///
    /// # Errors
    /// [`Error::Disk`] where a folder cannot be read.
    pub fn update_pictures(&mut self, root: &Path) -> Result<bool, Error> {
        let pictures = pictures::read(root, None)?;
        let is_news = pictures.hash() != self.pictures.hash();
        self.pictures = pictures;
        Ok(is_news)
    }

    /// Whether that is news.
    fn put(&mut self, path: &str, item: Option<Result<Item, Diagnostic>>) -> bool {
        if self.files.get(path) == item.as_ref() {
            return false;
        }
        let before = match item {
            Some(item) => self.files.insert(path.to_owned(), item),
            None => self.files.remove(path),
        };
        self.former.extend(before.and_then(Result::ok).and_then(Item::article));
        true
    }

    /// A copy of it all for the making of an archive, with the articles that are gone or changed since the last.
    pub fn contents(&self) -> Contents {
        let (former, pictures) = (self.former.clone(), Arc::clone(&self.pictures));
        let mut contents = Contents { former, pictures, ..Contents::default() };
        contents.articles.reserve(self.files.len());
        let items: Vec<&Item> = self.files.values().flatten().collect();
        let copies: Vec<Item> = items.into_par_iter().with_min_len(1024).cloned().collect();
        for item in copies {
            contents.take(item);
        }
        contents
    }

    /// The settings with the looks that sections state themselves.
    pub fn with_looks(&self, config: &Config) -> Config {
        let index = |item: &Item| match item {
            Item::Section(index) => Some((**index).clone()),
            _ => None,
        };
        let indexes: Vec<SectionIndex> = self.files.values().flatten().filter_map(index).collect();
        with_looks(config, &indexes)
    }

    /// The archive was made: what changes from now on changes since then.
    pub fn grouped(&mut self) {
        self.former.clear();
    }

    /// What was set aside, and what a person should know.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.values().filter_map(|item| item.as_ref().err()).chain(&self.beside)
    }
}

/// Whether a path below `content/` may be one of an article or of a folder with articles.
fn is_content(path: &str) -> bool {
    let in_sources =
        path.rsplit_once('/').map_or("", |(folders, _)| folders).split('/').any(|name| name.starts_with('_'));
    !in_sources && path != MEDIA && !path.starts_with("media/")
}
