//! Links between articles: the editor's lists resolved to articles of the archive, and old addresses that redirect.

use super::permalinks::local_path;
use super::{Digest, Sparse};
use crate::archive::{ArticleId, Target};
use crate::article::SeeAlso;
use crate::date::Precision;
use crate::diagnostic::{Diagnostic, Place};
use rayon::prelude::*;
use std::collections::HashMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Old addresses and where they lead, by address. With each article and page comes its own address.
pub(super) fn redirects<'a>(
    live: impl Iterator<Item = (&'a Digest, &'a str)>,
    withdrawn: impl Iterator<Item = (&'a Digest, &'a str)>,
    standalone: impl Iterator<Item = (&'a Digest, &'a str)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Box<str>, Target)> {
    let live = (0..).zip(live).map(|(id, named)| (named, Target::Article(id)));
    let withdrawn = (0..).zip(withdrawn).map(|(at, named)| (named, Target::Withdrawn(at)));
    let pages = (0..).zip(standalone).map(|(at, named)| (named, Target::Standalone(at)));
    let mut redirects = Vec::new();
    for ((digest, url), target) in live.chain(withdrawn).chain(pages) {
        let said = digest.said();
        for alias in said.aliases.iter() {
            match local_path(alias) {
                Some(path) if same_place(&path, url) => {}
                Some(path) => redirects.push((path.into_boxed_str(), target)),
                None => {
                    let message = format!("the alias `{alias}` is no address that a file can answer");
                    let hint = "an alias begins with a slash, and has no `..`, `?` or `#`; a host's own rules can redirect the others";
                    let place = Place::file(format!("content/{}", said.path));
                    diagnostics.push(Diagnostic::warning(place, message).hint(hint));
                }
            }
        }
    }
    redirects.sort_by(|(one, _), (other, _)| one.cmp(other));
    // One article may state one alias twice; two articles that claim one are found when pages are planned.
    redirects.dedup();
    redirects
}

/// Whether two addresses are answered by one file: with and without `index.html`, with and without the last slash.
fn same_place(one: &str, other: &str) -> bool {
    let place = |url: &str| url.strip_suffix("index.html").unwrap_or(url).trim_end_matches('/').to_lowercase();
    place(one) == place(other)
}

/// For each item of each editor's list, the article it names: by address, else by folded headline and day; `urls` are the
/// addresses of all articles. What fits several articles, or none, stays text.
pub(super) fn resolve(
    live: &[&Digest],
    urls: &[Box<str>],
    redirects: &[(Box<str>, Target)],
) -> Sparse<Option<ArticleId>> {
    if live.par_iter().all(|digest| digest.said().see_also.is_empty()) {
        return Sparse::default();
    }
    let urls: HashMap<&str, ArticleId> = urls
        .iter()
        .zip(0..)
        .map(|(url, id)| (&**url, id))
        .chain(redirects.iter().filter_map(|(alias, target)| match target {
            Target::Article(id) => Some((&**alias, *id)),
            _ => None,
        }))
        .collect();
    let mut titles: Vec<(u64, ArticleId)> =
        live.par_iter().enumerate().map(|(id, digest)| (fold(digest.said().title), id as ArticleId)).collect();
    titles.par_sort_unstable();
    let by_url = |item: &SeeAlso| {
        let path = local_path(item.url.split(['#', '?']).next().unwrap_or("")).filter(|path| path.len() > 1)?;
        urls.get(&*path).copied()
    };
    let by_title = |item: &SeeAlso, own: ArticleId| {
        let wanted = fold(&item.title);
        let start = titles.partition_point(|(hash, _)| *hash < wanted);
        let same = titles[start..].iter().take_while(|(hash, _)| *hash == wanted).map(|(_, id)| *id);
        let mut fitting = same.filter(|id| *id != own && is_near(live[*id as usize], item));
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found)
    };
    Sparse::of(live, |own, digest| {
        let target = |item: SeeAlso| by_url(&item).filter(|id| *id != own).or_else(|| by_title(&item, own));
        digest.said().see_also.iter().map(target).collect()
    })
}

/// Whether an article stands within a day of the date that a list states; a list without a date fits any.
fn is_near(digest: &Digest, item: &SeeAlso) -> bool {
    let Some(stated) = item.date else { return true };
    let Some(date) = digest.said().date else { return false };
    let slack = match stated.precision().min(date.precision()) {
        Precision::Year => 366,
        Precision::Month => 31,
        Precision::Day | Precision::Time => 1,
    };
    let days = |date: &crate::date::ArticleDate| date.seconds().div_euclid(86_400);
    (days(&stated) - days(&date)).abs() <= slack
}

/// A headline without what copies of it differ in: case, accents, punctuation and spaces.
fn fold(title: &str) -> u64 {
    if title.is_ascii() {
        let folded: Vec<u8> = title.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()).collect();
        return xxh3_64(&folded);
    }
    let mut hash = Xxh3::new();
    for c in title.chars() {
        let ascii = deunicode::deunicode_char(c).unwrap_or("");
        for byte in ascii.bytes().filter(u8::is_ascii_alphanumeric) {
            hash.update(&[byte.to_ascii_lowercase()]);
        }
    }
    hash.digest()
}

/// Those whose editor's list names an article, in the order of lists, of each article that is named.
pub(super) fn cited_by(see_also: &Sparse<Option<ArticleId>>) -> Sparse<ArticleId> {
    let citing = |(id, targets): (ArticleId, &[Option<ArticleId>])| {
        targets.iter().flatten().map(|target| (*target, id)).collect::<Vec<(ArticleId, ArticleId)>>()
    };
    let mut cited: Vec<(ArticleId, ArticleId)> = see_also.iter().flat_map(citing).collect();
    cited.par_sort_unstable();
    cited.dedup();
    let list = |same: &[(ArticleId, ArticleId)]| same.iter().map(|(_, id)| *id).collect();
    Sparse(cited.chunk_by(|one, other| one.0 == other.0).map(|same| (same[0].0, list(same))).collect())
}
