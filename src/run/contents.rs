//! Reads `content/` into what `group` takes: each file is read, boiled down and dropped.

mod changed;
pub mod held;
mod remembered;

pub use changed::Looked;

use super::{CONTENT, pictures};
use crate::article::Article;
use crate::config::{Config, LOOK_KEYS, stated_look};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::cache::Cache;
use crate::disk::{read, walk, walk::Found};
use crate::group::{Contents, Digest, SectionIndex, digest};
use crate::markup::slug::section_path;
use crate::pack::Pack;
use crate::progress::Progress;
use remembered::Remembered;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// The folder of pages outside the sections, below `content/`.
const PAGES: &str = "pages/";
/// The folder of pictures and other files that are published as they are, below `content/`.
pub(super) const MEDIA: &str = "media";

/// What was read, and what was set aside.
#[derive(Debug, Default)]
pub struct Read {
    /// Everything below `content/` without its bodies.
    pub contents: Contents,
    /// One for each file that was set aside.
    pub diagnostics: Vec<Diagnostic>,
    /// That what the last build remembered was of no use; said once.
    pub warning: Option<Diagnostic>,
}

/// One file, boiled down.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Article(Digest),
    Standalone(Digest),
    Section(Box<SectionIndex>),
}

impl Item {
    /// The article that it is, if it is one.
    fn article(self) -> Option<Digest> {
        match self {
            Self::Article(digest) => Some(digest),
            _ => None,
        }
    }
}

impl Pack for Item {
    fn pack(&self, to: &mut Vec<u8>) {
        match self {
            Self::Article(digest) => (0_u8.pack(to), digest.pack(to)),
            Self::Standalone(digest) => (1_u8.pack(to), digest.pack(to)),
            Self::Section(index) => (2_u8.pack(to), index.pack(to)),
        };
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        match u8::unpack(from)? {
            0 => Digest::unpack(from).map(Self::Article),
            1 => Digest::unpack(from).map(Self::Standalone),
            2 => Box::unpack(from).map(Self::Section),
            _ => None,
        }
    }
}

/// Looks at every Markdown file below `content/`, but for those in folders whose names begin with `_`, which hold sources.
/// With a cache, only what changed since the last build is read.
///
/// # Errors
/// [`Error::Disk`] where `content/` cannot be read, or the cache not be written.
pub fn look(root: &Path, config: &Config, cache: Option<&Cache>, progress: &dyn Progress) -> Result<Looked, Error> {
    let content = root.join(CONTENT);
    let find = || walk::walk(&content, walk::Hidden::Skip, |path| path != MEDIA && !is_source(path));
    // The clock is read before anything is looked at: what changes after that has a later time.
    let now = cache.map(Cache::now).transpose()?.unwrap_or_default();
    let load = || cache.map(|cache| Remembered::load(cache, config, now)).unwrap_or_default();
    let (found, (remembered, warning)) = rayon::join(find, load);
    let walk::Walked { files, diagnostics } = found?;
    let (articles, others): (Vec<Found>, Vec<Found>) =
        files.into_iter().partition(|file| walk::has_ending(&file.path, "md"));
    progress.begin("reading", Some(articles.len() as u64));
    let mut looked = Looked::at(&content, config, &articles, (remembered, cache), progress)?;
    looked.diagnostics.splice(0..0, diagnostics.into_iter().chain(passed_over(&others)));
    looked.warning = warning;
    Ok(looked)
}

/// Reads all that [`look`] looks at.
///
/// # Errors
/// As [`look`].
pub fn read(root: &Path, config: &Config, cache: Option<&Cache>, progress: &dyn Progress) -> Result<Read, Error> {
    recall(root, look(root, config, cache, progress)?, cache)
}

/// All that was looked at, with the pictures of the site.
///
/// # Errors
/// [`Error::Disk`] where a folder of pictures cannot be read, or the cache not be written.
pub fn recall(root: &Path, looked: Looked, cache: Option<&Cache>) -> Result<Read, Error> {
    let mut read = looked.recall();
    read.contents.pictures = pictures::read(root, cache)?;
    Ok(read)
}

impl Contents {
    fn take(&mut self, item: Item) {
        match item {
            Item::Article(digest) => self.articles.push(digest),
            Item::Standalone(digest) => self.standalone.push(digest),
            Item::Section(index) => self.sections.push(*index),
        }
    }
}

/// Whether a folder below `content/` holds sources and not articles.
fn is_source(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
}

/// Reads and parses one article; `path` is below `content/`. With it comes the hash of its bytes.
pub(super) fn article(content: &Path, path: &str) -> Result<(Article, u64), Diagnostic> {
    let bytes = read::read(&content.join(path), &named(path), read::LARGEST)?;
    let hash = xxh3_64(&bytes);
    Ok((parse(path, bytes)?, hash))
}

/// A file as messages name it.
fn named(path: &str) -> String {
    format!("{CONTENT}/{path}")
}

fn parse(path: &str, bytes: Vec<u8>) -> Result<Article, Diagnostic> {
    let text = read::text(bytes, &named(path))?;
    Article::parse(&text).map_err(|diagnostic| diagnostic.in_file(&named(path)))
}

fn item(content: &Path, path: &str, config: &Config) -> Result<Item, Diagnostic> {
    let (article, hash) = article(content, path)?;
    boil_down(path, &article, hash, config)
}

fn boil_down(path: &str, article: &Article, hash: u64, config: &Config) -> Result<Item, Diagnostic> {
    if path.rsplit('/').next() == Some("_index.md") {
        return section_index(path, article, hash).map(Box::new).map(Item::Section);
    }
    let digest = digest(path, hash, article, config).map_err(|diagnostic| diagnostic.in_file(&named(path)))?;
    Ok(if path.starts_with(PAGES) { Item::Standalone(digest) } else { Item::Article(digest) })
}

fn section_index(path: &str, article: &Article, file_hash: u64) -> Result<SectionIndex, Diagnostic> {
    let look: serde_yaml::Mapping = LOOK_KEYS
        .iter()
        .filter_map(|key| Some((serde_yaml::Value::from(*key), article.front.extra.get(*key)?.clone())))
        .collect();
    // Whether it can be used is said when the file is read, and not again.
    stated_look(&look, &named(path))?;
    let look = if look.is_empty() { String::new() } else { serde_yaml::to_string(&look).unwrap_or_default() };
    Ok(SectionIndex {
        path: path.to_owned(),
        file_hash,
        title: article.front.title.clone(),
        description: article.front.description.clone(),
        weight: article.front.extra.get("weight").and_then(serde_yaml::Value::as_i64),
        look,
    })
}

/// The settings with the looks that sections state in their `_index.md`.
pub fn with_looks(config: &Config, sections: &[SectionIndex]) -> Config {
    let look = |index: &SectionIndex| {
        let stated: serde_yaml::Mapping = serde_yaml::from_str(&index.look).ok()?;
        let folder = index.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some((section_path(folder), stated_look(&stated, &named(&index.path)).ok()?))
    };
    let looks = sections.iter().filter(|index| !index.look.is_empty()).filter_map(look);
    config.clone().with_looks(looks)
}

/// One warning for all files that are neither articles nor in a place where they would be published.
fn passed_over(others: &[Found]) -> Option<Diagnostic> {
    let first = others.first()?;
    let message = match others.len() {
        1 => "is not Markdown, so it is not published".to_owned(),
        more => format!("is not Markdown, so it is not published; nor are {} more files", more - 1),
    };
    let hint = "pictures and downloads belong in content/media/, raw articles in a folder such as content/_sources/";
    Some(Diagnostic::warning(Place::file(named(&first.path)), message).hint(hint))
}
