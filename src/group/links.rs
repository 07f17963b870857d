//! Links between articles: the editor's lists resolved to articles of the archive, and old addresses that redirect.

use super::Digest;
use super::permalinks::local_path;
use crate::archive::{ArticleId, Standalone, Target};
use crate::article::SeeAlso;
use crate::date::Precision;
use crate::diagnostic::{Diagnostic, Place};
use rayon::prelude::*;
use std::collections::HashMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Old addresses and where they lead, by address.
pub(super) fn redirects(
    live: &[Digest],
    withdrawn: &[Digest],
    standalone: &[(Standalone, Digest)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Box<str>, Target)> {
    let live = (0..).zip(live).map(|(id, digest)| (digest, &digest.url, Target::Article(id)));
    let withdrawn = (0..).zip(withdrawn).map(|(at, digest)| (digest, &digest.url, Target::Withdrawn(at)));
    let pages = (0..).zip(standalone).map(|(at, (page, digest))| (digest, &page.url, Target::Standalone(at)));
    let mut redirects = Vec::new();
    for (digest, url, target) in live.chain(withdrawn).chain(pages) {
        for alias in &digest.aliases {
            match local_path(alias) {
                Some(path) if same_place(&path, url) => {}
                Some(path) => redirects.push((path.into_boxed_str(), target)),
                None => {
                    let message = format!("the alias `{alias}` is no address that a file can answer");
                    let hint = "an alias begins with a slash, and has no `..`, `?` or `#`; a host's own rules can redirect the others";
                    let place = Place::file(format!("content/{}", digest.path));
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

/// For each item of each editor's list, the article it names: by address, else by folded headline and day. What fits
/// several articles, or none, stays text.
pub(super) fn resolve(live: &[Digest], redirects: &[(Box<str>, Target)]) -> Vec<Box<[Option<ArticleId>]>> {
    if live.iter().all(|digest| digest.see_also.is_empty()) {
        return live.iter().map(|_| [].into()).collect();
    }
    let urls: HashMap<&str, ArticleId> = live
        .iter()
        .zip(0..)
        .map(|(digest, id)| (&*digest.url, id))
        .chain(redirects.iter().filter_map(|(alias, target)| match target {
            Target::Article(id) => Some((&**alias, *id)),
            _ => None,
        }))
        .collect();
    let mut titles: Vec<(u64, ArticleId)> =
        live.iter().zip(0..).map(|(digest, id)| (fold(&digest.title), id)).collect();
    titles.par_sort_unstable();
    let by_url = |item: &SeeAlso| {
        let path = local_path(item.url.split(['#', '?']).next().unwrap_or("")).filter(|path| path.len() > 1)?;
        urls.get(&*path).copied()
    };
    let by_title = |item: &SeeAlso, own: ArticleId| {
        let wanted = fold(&item.title);
        let start = titles.partition_point(|(hash, _)| *hash < wanted);
        let same = titles[start..].iter().take_while(|(hash, _)| *hash == wanted).map(|(_, id)| *id);
        let mut fitting = same.filter(|id| *id != own && is_near(&live[*id as usize], item));
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found)
    };
    live.par_iter()
        .enumerate()
        .map(|(own, digest)| {
            let own = own as ArticleId;
            let target = |item: &SeeAlso| by_url(item).filter(|id| *id != own).or_else(|| by_title(item, own));
            digest.see_also.iter().map(target).collect()
        })
        .collect()
}

/// Whether an article stands within a day of the date that a list states; a list without a date fits any.
fn is_near(digest: &Digest, item: &SeeAlso) -> bool {
    let Some(stated) = item.date else { return true };
    let Some(date) = digest.date else { return false };
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

/// For each article, those whose editor's list names it, in the order of lists.
pub(super) fn cited_by(see_also: &[Box<[Option<ArticleId>]>]) -> Vec<Box<[ArticleId]>> {
    let mut citing: Vec<Vec<ArticleId>> = vec![Vec::new(); see_also.len()];
    for (id, targets) in (0 as ArticleId..).zip(see_also) {
        for target in targets.iter().flatten() {
            let list = &mut citing[*target as usize];
            if list.last() != Some(&id) {
                list.push(id);
            }
        }
    }
    citing.into_iter().map(Vec::into_boxed_slice).collect()
}
