//! Links in bodies that lead to other articles of the archive, mostly by the addresses that these had before.

use super::Digest;
use crate::archive::ArticleId;
use crate::article::Article;
use crate::config::Config;
use crate::markup::links::{Home, targets};
use rayon::prelude::*;

fn home<'a>(article: &Article, config: &'a Config) -> Home<'a> {
    let source = article.front.source.as_ref().map_or("", |source| source.url.as_str());
    Home::of(source, &config.base_url, &config.base_path)
}

/// The numbers of the addresses that an article was known by: that of its source, and the paths that its front matter
/// states, on the site that it was taken from as well as in the archive.
pub(super) fn known_by(article: &Article, config: &Config) -> Box<[u64]> {
    let (front, home) = (&article.front, home(article, config));
    let source = front.source.as_ref().and_then(|source| home.place(&source.url));
    let paths = front.aliases.iter().chain([&front.url]).map(|path| path.trim()).filter(|path| path.len() > 1);
    let paths = paths.flat_map(|path| [home.place(path), path.starts_with('/').then(|| Home::here(path))]);
    sorted(paths.flatten().chain(source))
}

/// The numbers of the addresses that its body may link to.
pub(super) fn links(article: &Article, config: &Config) -> Box<[u64]> {
    let home = home(article, config);
    sorted(targets(&article.body).filter_map(|address| home.place(&address)))
}

fn sorted(numbers: impl Iterator<Item = u64>) -> Box<[u64]> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into()
}

/// For each article, those of its links that lead to an article. An address that two articles were known by leads to
/// neither, as nothing tells which is meant.
pub(super) fn resolve(live: &[Digest]) -> Vec<Box<[(u64, ArticleId)]>> {
    let mut wanted: Vec<u64> = live.par_iter().flat_map_iter(|digest| digest.links.iter().copied()).collect();
    wanted.par_sort_unstable();
    wanted.dedup();
    let is_wanted = |number: &u64| wanted.binary_search(number).is_ok();
    let mut known: Vec<(u64, ArticleId)> = live
        .par_iter()
        .enumerate()
        .flat_map_iter(|(id, digest)| {
            let numbers = digest.known_by.iter().copied().chain([Home::here(&digest.url)]);
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
    live.par_iter().map(|digest| digest.links.iter().filter_map(|number| find(*number)).collect()).collect()
}
