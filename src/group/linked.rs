//! Links in bodies that lead to other articles of the archive, mostly by the addresses that these had before.

use super::{Digest, Sparse};
use crate::archive::ArticleId;
use crate::article::Article;
use crate::config::Config;
use crate::markup::links::{Home, targets};
use crate::picture::is_named;
use rayon::prelude::*;

fn home<'a>(article: &Article, config: &'a Config) -> Home<'a> {
    let source = article.front.source.as_ref().map_or("", |source| source.url.as_str());
    Home::of(source, &config.base_url, &config.base_path)
}

/// The numbers of the addresses that an article was known by: that of its source, and the paths that its front matter
/// states, on the site that it was taken from as well as in the archive; of an article of another site generator also the
/// paths of its file, by which others refer to it.
pub(super) fn known_by(article: &Article, config: &Config) -> Box<[u64]> {
    let (front, home) = (&article.front, home(article, config));
    let source = front.source.as_ref().and_then(|source| home.place(&source.url));
    let paths = front.aliases.iter().chain([&front.url]).map(|path| path.trim()).filter(|path| path.len() > 1);
    let paths = paths.flat_map(|path| [home.place(path), path.starts_with('/').then(|| Home::here(path))]);
    let files = front.source.iter().filter(|source| source.format == MARKDOWN).flat_map(|source| files(&source.file));
    sorted(paths.flatten().chain(source).chain(files))
}

/// The format of articles that are referred to by their files.
const MARKDOWN: &str = "markdown";
/// From how many folders above its own a file may be referred to.
const HIGHEST: usize = 8;

/// The numbers of the paths of a file from each of the folders that it is in; of a bundle also those of its folder.
fn files(file: &str) -> Vec<u64> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let bundle = stem.strip_suffix("/index").map(|folder| format!("/{folder}.md"));
    let mut all = Vec::new();
    for path in [Some(format!("/{file}")), bundle].into_iter().flatten() {
        all.extend(path.rmatch_indices('/').take(HIGHEST).map(|(at, _)| Home::here(&path[at..])));
    }
    all
}

/// The numbers of the addresses that its body may link to.
pub(super) fn links(article: &Article, config: &Config) -> Box<[u64]> {
    let home = home(article, config);
    sorted(targets(&article.body).filter_map(|address| home.place(&address)))
}

/// The number of the picture of its lead figure.
pub(super) fn lead_picture(article: &Article, config: &Config) -> Option<u64> {
    home(article, config).picture(&article.front.image.as_ref()?.src)
}

/// The numbers of the pictures that its body may show.
pub(super) fn pictures(article: &Article, config: &Config) -> Box<[u64]> {
    let home = home(article, config);
    sorted(targets(&article.body).filter(|address| is_named(address)).filter_map(|address| home.picture(&address)))
}

fn sorted(numbers: impl Iterator<Item = u64>) -> Box<[u64]> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into()
}

/// The links that lead to articles, of each article that has some; `urls` are the addresses of all. An address that two
/// articles were known by leads to neither, as nothing tells which is meant.
pub(super) fn resolve(live: &[&Digest], urls: &[Box<str>]) -> Sparse<(u64, ArticleId)> {
    let mut wanted: Vec<u64> = live.par_iter().flat_map_iter(|digest| digest.said().links.iter()).collect();
    if wanted.is_empty() {
        return Sparse::default();
    }
    wanted.par_sort_unstable();
    wanted.dedup();
    let is_wanted = |number: &u64| wanted.binary_search(number).is_ok();
    let mut known: Vec<(u64, ArticleId)> = live
        .par_iter()
        .zip(urls)
        .enumerate()
        .flat_map_iter(|(id, (digest, url))| {
            let numbers = digest.said().known_by.iter().chain([Home::here(url)]);
            numbers.filter(is_wanted).map(move |number| (number, id as ArticleId))
        })
        .collect();
    known.par_sort_unstable();
    known.dedup();
    let find = |number: u64| {
        let at = known.partition_point(|(known, _)| *known < number);
        match known.get(at..)? {
            [(one, _), (two, _), ..] if *one == number && *two == number => None,
            [(one, id), ..] if *one == number => Some((number, *id)),
            _ => None,
        }
    };
    Sparse::of(live, |_, digest| digest.said().links.iter().filter_map(find).collect())
}
