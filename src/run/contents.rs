//! Reads `content/` into what `group` takes: each file is read, boiled down and dropped.

use super::CONTENT;
use crate::article::Article;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::{read, walk};
use crate::group::{Contents, Digest, SectionIndex, digest};
use crate::progress::Progress;
use rayon::prelude::*;
use std::path::Path;

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
}

/// One file, boiled down.
enum Item {
    Article(Digest),
    Standalone(Digest),
    Section(SectionIndex),
}

/// Reads every Markdown file below `content/`, but for those in folders whose names begin with `_`, which hold sources.
///
/// # Errors
/// [`Error::Disk`] where `content/` cannot be read.
pub fn read(root: &Path, config: &Config, progress: &dyn Progress) -> Result<Read, Error> {
    let content = root.join(CONTENT);
    let is_source = |path: &str| path.rsplit('/').next().is_some_and(|name| name.starts_with('_'));
    let mut diagnostics = Vec::new();
    let found = walk::each(&content, walk::Hidden::Skip, |path| path != MEDIA && !is_source(path))?;
    let files: Vec<String> =
        found.filter_map(|found| found.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()).collect();
    let (articles, others): (Vec<String>, Vec<String>) =
        files.into_iter().partition(|path| walk::has_ending(path, "md"));
    diagnostics.extend(passed_over(&others));
    progress.begin("reading", Some(articles.len() as u64));
    let items: Vec<Result<Item, Diagnostic>> = articles
        .par_iter()
        .map(|path| {
            progress.advance(1);
            item(&content, path, config)
        })
        .collect();
    let mut contents = Contents::default();
    for item in items {
        match item {
            Ok(Item::Article(digest)) => contents.articles.push(digest),
            Ok(Item::Standalone(digest)) => contents.standalone.push(digest),
            Ok(Item::Section(index)) => contents.sections.push(index),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    Ok(Read { contents, diagnostics })
}

/// Reads and parses one article; `path` is below `content/`.
pub(super) fn article(content: &Path, path: &str) -> Result<Article, Diagnostic> {
    let name = format!("{CONTENT}/{path}");
    let text = read::read_text(&content.join(path), &name, read::LARGEST)?;
    Article::parse(&text).map_err(|diagnostic| diagnostic.in_file(&name))
}

fn item(content: &Path, path: &str, config: &Config) -> Result<Item, Diagnostic> {
    let article = article(content, path)?;
    if path.rsplit('/').next() == Some("_index.md") {
        return Ok(Item::Section(section_index(path, &article)));
    }
    let digest =
        digest(path, &article, config).map_err(|diagnostic| diagnostic.in_file(&format!("{CONTENT}/{path}")))?;
    Ok(if path.starts_with(PAGES) { Item::Standalone(digest) } else { Item::Article(digest) })
}

fn section_index(path: &str, article: &Article) -> SectionIndex {
    SectionIndex {
        path: path.to_owned(),
        title: article.front.title.clone(),
        description: article.front.description.clone(),
        weight: article.front.extra.get("weight").and_then(serde_yaml::Value::as_i64),
    }
}

/// One warning for all files that are neither articles nor in a place where they would be published.
fn passed_over(others: &[String]) -> Option<Diagnostic> {
    let first = others.first()?;
    let message = match others.len() {
        1 => "is not Markdown, so it is not published".to_owned(),
        more => format!("is not Markdown, so it is not published; nor are {} more files", more - 1),
    };
    let hint = "pictures and downloads belong in content/media/, raw articles in a folder such as content/_sources/";
    Some(Diagnostic::warning(Place::file(format!("{CONTENT}/{first}")), message).hint(hint))
}
