//! Permalinks: the address of each article, from the pattern of its section or exactly as its front matter says.

use super::{Digest, Said};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::slug::slug;
use rayon::prelude::*;
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// How many addresses are made before they are put in their places.
const BLOCK: usize = 1 << 14;

/// The address of each article.
///
/// Where a pattern gives several articles one address, the first by content path keeps it and the others get a hash of
/// their path, so that an article's address never depends on what was read first.
pub(super) fn assign<'a>(
    digests: impl Iterator<Item = &'a Digest>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Box<str>> {
    let digests: Vec<&Digest> = digests.collect();
    let address = |digest: &&Digest| {
        let (said, mut found) = (digest.said(), Vec::new());
        if let Some(exact) = exact(&said, &mut found) {
            return (exact.into_boxed_str(), None, found);
        }
        let url = from_pattern(&said, config, None);
        let hash = xxh3_64(url.as_bytes());
        (url.into_boxed_str(), Some(hash), found)
    };
    let mut urls = Vec::with_capacity(digests.len());
    let mut made: Vec<(u64, u32)> = Vec::with_capacity(digests.len());
    for block in digests.chunks(BLOCK) {
        let addresses: Vec<_> = block.par_iter().map(address).collect();
        for (url, hash, found) in addresses {
            made.extend(hash.map(|hash| (hash, urls.len() as u32)));
            urls.push(url);
            diagnostics.extend(found);
        }
    }
    made.par_sort_unstable();
    for same in made.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        let mut same: Vec<usize> = same.iter().map(|(_, at)| *at as usize).collect();
        same.sort_unstable_by_key(|at| digests[*at].path());
        for at in same.into_iter().skip(1) {
            let said = digests[at].said();
            urls[at] = from_pattern(&said, config, Some(xxh3_64(said.path.as_bytes()) & 0xff_ffff)).into();
        }
    }
    urls
}

/// The address of a page outside the sections: exactly as stated, else its path below `pages/`.
pub(super) fn standalone(digest: &Said<'_>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let below = digest.path.strip_prefix("pages/").unwrap_or(digest.path);
    let stem = below.strip_suffix(".md").unwrap_or(below);
    exact(digest, diagnostics).unwrap_or_else(|| format!("/{}/", crate::markup::slug::section_path(stem)))
}

/// The address that the front matter states, if it states one that a file can stand at.
fn exact(digest: &Said<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    if digest.url.is_empty() {
        return None;
    }
    let path = local_path(digest.url);
    if path.is_none() {
        let message = format!("`url: {}` is no address on this site", digest.url);
        let hint = "it begins with a slash, and has no `..`, `?` or `#`; the pattern of its section was used instead";
        diagnostics.push(Diagnostic::error(Place::file(format!("content/{}", digest.path)), message).hint(hint));
    }
    path
}

/// The root-relative path of an address that a file can answer; that of a full address is its path.
pub(super) fn local_path(url: &str) -> Option<String> {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => url,
    };
    let safe = path.starts_with('/')
        && !path.contains(['?', '#', '\\', '\0'])
        && !path.chars().any(char::is_control)
        && !path.contains("//")
        && !path.split('/').any(|part| matches!(part, "." | ".."))
        && !path.to_ascii_lowercase().contains("%2e%2e")
        && !path.to_ascii_lowercase().contains("%2f")
        && !path.contains("%00");
    safe.then(|| path.to_owned())
}

fn from_pattern(digest: &Said<'_>, config: &Config, hash: Option<u64>) -> String {
    let pattern = config.permalink(digest.section);
    let mut url = String::with_capacity(pattern.len() + digest.section.len() + digest.title.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(':') {
        url.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(after.len());
        let (part, remaining) = after.split_at(end);
        push_part(&mut url, part, digest, hash);
        rest = remaining;
    }
    url.push_str(rest);
    // A part that is not known drops out with its slash.
    while url.contains("//") {
        url = url.replace("//", "/");
    }
    url
}

fn push_part(url: &mut String, part: &str, digest: &Said<'_>, hash: Option<u64>) {
    let date = digest.calendar.unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = match part {
        "section" => url.write_str(digest.section),
        "year" if digest.calendar.is_none() => url.write_str("undated"),
        "year" => write!(url, "{:04}", date.year),
        "month" if date.month > 0 => write!(url, "{:02}", date.month),
        "day" if date.day > 0 => write!(url, "{:02}", date.day),
        "slug" | "title" | "filename" => {
            let text = if part == "filename" { file_stem(digest.path) } else { digest.title };
            let slug = slug(text);
            let slug = if slug.is_empty() { self::slug(file_stem(digest.path)) } else { slug };
            url.push_str(if slug.is_empty() { "article" } else { &slug });
            hash.map_or(Ok(()), |hash| write!(url, "-{hash:06x}"))
        }
        _ => Ok(()),
    };
}

fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}
