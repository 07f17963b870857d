//! Several captures of one story become one article: the newest wins, and the other addresses become its aliases.
//!
//! Captures are of one story where they state the same canonical address, or addresses that a well-known template gives
//! to one story. Sites have been known to state one address on all their pages, so captures that share neither headline nor words are kept apart.

use crate::article::{Article, Provenance};
use crate::markup::slug::slug;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// How much of the shorter text two captures must share, in percent of its distinct words: well above what two stories
/// of one paper share by chance of grammar, well below what is left of a story after a rewrite.
const SHARED: usize = 50;

/// The number that all captures of one story have; `None` where an article states no canonical address, or one that is
/// a site's front page, which is no story's.
pub fn story(article: &Article) -> Option<u64> {
    place(&article.front.source.as_ref()?.url)
}

/// The number of an address, which all that a well-known template gives to one story have in common; `None` for that of a
/// site's front page.
pub fn place(url: &str) -> Option<u64> {
    let url = url.split('#').next()?;
    let (host, path) = match url.split_once("://") {
        Some((_, rest)) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", url),
    };
    let path = super::html::story_id(path).unwrap_or(path);
    let host = host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
    (!matches!(path, "" | "/")).then(|| xxh3_64(format!("{host}{path}").as_bytes()))
}

/// The number of the captures of one story that also have its headline, for those that were kept apart.
pub fn story_by_title(story: u64, article: &Article) -> u64 {
    xxh3_64(format!("{story:x} {}", slug(&article.front.title)).as_bytes())
}

/// Ranks the captures of one story: the greatest is the newest. By the number of its version where the wire gives one, by
/// when the copy was made, then by when the text last changed, then by the source, so that no two are equal.
pub fn rank(article: &Article) -> impl Ord + use<> {
    let front = &article.front;
    let Provenance { file, record, captured, .. } = front.source.clone().unwrap_or_default();
    let seconds = |date: Option<crate::date::ArticleDate>| date.map(|date| date.seconds());
    (version(article), seconds(captured), seconds(front.updated.or(front.date)), file, record)
}

/// The number of an article's version, where its source counts them.
fn version(article: &Article) -> Option<u64> {
    article.front.extra.get("version")?.as_u64()
}

/// Whether two captures with one canonical address are indeed of one story.
pub fn alike(a: &Article, b: &Article) -> bool {
    // Versions of an item of the wire are one story whatever became of it, as a cancellation has no text.
    let are_versions = version(a).is_some() && version(b).is_some();
    if are_versions || slug(&a.front.title) == slug(&b.front.title) {
        return true;
    }
    let words = |article: &Article| -> HashSet<u64> {
        article.body.split_whitespace().map(|word| xxh3_64(word.as_bytes())).collect()
    };
    let (a, b) = (words(a), words(b));
    let fewest = a.len().min(b.len());
    fewest > 0 && a.intersection(&b).count() * 100 >= fewest * SHARED
}

/// The addresses that lead to a capture; they become aliases of the newest. The address that it states for itself is not
/// among them: all captures of a story have that in common.
pub fn addresses(article: &Article) -> impl Iterator<Item = String> + use<'_> {
    let front = &article.front;
    front.aliases.iter().chain([&front.url]).filter(|url| !url.is_empty()).cloned()
}

/// Gives `newest` the addresses of its older captures, in the order of the alphabet behind its own aliases.
pub fn fold(newest: &mut Article, mut older: Vec<String>) {
    older.sort_unstable();
    older.dedup();
    let front = &mut newest.front;
    older.retain(|url| *url != front.url && !front.aliases.contains(url));
    front.aliases.append(&mut older);
}
