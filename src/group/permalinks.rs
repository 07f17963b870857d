//! Permalinks: the address of each article, from the pattern of its section or exactly as its front matter says.

use super::Digest;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::slug::slug;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// Gives every digest its address.
///
/// Where a pattern gives several articles one address, the first by content path keeps it and the others get a hash of
/// their path, so that an article's address never depends on what was read first.
pub(super) fn assign(digests: &mut [Digest], config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashSet<u64> = HashSet::with_capacity(digests.len());
    let stated: Vec<bool> = digests.iter().map(|digest| !digest.url.is_empty()).collect();
    digests.par_iter_mut().filter(|digest| digest.url.is_empty()).for_each(|digest| {
        digest.url = from_pattern(digest, config, None).into();
    });
    let mut by_path: Vec<usize> = (0..digests.len()).collect();
    by_path.par_sort_unstable_by(|one, other| digests[*one].path.cmp(&digests[*other].path));
    for at in by_path {
        let digest = &mut digests[at];
        if stated[at] {
            match exact(digest, diagnostics) {
                Some(exact) => {
                    digest.url = exact.into();
                    continue;
                }
                None => digest.url = from_pattern(digest, config, None).into(),
            }
        }
        if !first.insert(xxh3_64(digest.url.as_bytes())) {
            digest.url = from_pattern(digest, config, Some(xxh3_64(digest.path.as_bytes()) & 0xff_ffff)).into();
        }
    }
}

/// The address of a page outside the sections: exactly as stated, else its path below `pages/`.
pub(super) fn standalone(digest: &Digest, _: &Config, diagnostics: &mut Vec<Diagnostic>) -> String {
    let below = digest.path.strip_prefix("pages/").unwrap_or(&digest.path);
    let stem = below.strip_suffix(".md").unwrap_or(below);
    exact(digest, diagnostics).unwrap_or_else(|| format!("/{}/", crate::markup::slug::section_path(stem)))
}

/// The address that the front matter states, if it states one that a file can stand at.
fn exact(digest: &Digest, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    if digest.url.is_empty() {
        return None;
    }
    let path = local_path(&digest.url);
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

fn from_pattern(digest: &Digest, config: &Config, hash: Option<u64>) -> String {
    let pattern = config.permalink(&digest.section);
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

fn push_part(url: &mut String, part: &str, digest: &Digest, hash: Option<u64>) {
    let date = digest.calendar.unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = match part {
        "section" => url.write_str(&digest.section),
        "year" if digest.calendar.is_none() => url.write_str("undated"),
        "year" => write!(url, "{:04}", date.year),
        "month" if date.month > 0 => write!(url, "{:02}", date.month),
        "day" if date.day > 0 => write!(url, "{:02}", date.day),
        "slug" | "title" | "filename" => {
            let text = if part == "filename" { file_stem(&digest.path) } else { &digest.title };
            let slug = slug(text);
            let slug = if slug.is_empty() { self::slug(file_stem(&digest.path)) } else { slug };
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
