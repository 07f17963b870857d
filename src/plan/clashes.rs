//! Addresses as paths of files, and pages that claim the same one.

use super::{Planned, Site};
use crate::diagnostic::{Diagnostic, Place};
use rayon::prelude::*;

/// The pages in the order of their paths, in which file systems make and find files fastest: those of a folder and of
/// folders side by side come one after the other.
///
/// # Errors
/// A diagnostic for each two pages that would be written to one path. Paths that differ in case alone clash too: some
/// disks and hosts cannot tell them apart.
pub(super) fn in_order(site: Site<'_>, pages: &[Planned]) -> Result<Vec<Planned>, Vec<Diagnostic>> {
    let mut paths: Vec<(Box<str>, Planned)> =
        pages.par_iter().map(|page| (output_path(&page.url(site)).into_boxed_str(), *page)).collect();
    // Stable, so that of two pages with one path the one of the earlier kind is named first.
    paths.par_sort_by(|(one, _), (other, _)| one.cmp(other));
    let clashes = find(site, &paths);
    if clashes.is_empty() { Ok(paths.into_iter().map(|(_, page)| page).collect()) } else { Err(clashes) }
}

/// Hashes of the paths in lower case are compared, and the paths only where those are equal.
fn find(site: Site<'_>, pages: &[(Box<str>, Planned)]) -> Vec<Diagnostic> {
    let mut hashes: Vec<(u64, u32)> = (0..pages.len() as u32)
        .into_par_iter()
        .map(|at| (xxhash_rust::xxh3::xxh3_64(pages[at as usize].0.to_lowercase().as_bytes()), at))
        .collect();
    hashes.par_sort_unstable();
    let mut found = Vec::new();
    for pair in hashes.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (first, second) = (&pages[pair[0].1 as usize], &pages[pair[1].1 as usize]);
        if first.0.to_lowercase() == second.0.to_lowercase() {
            found.push(clash(site, first.1, second.1));
        }
    }
    found.sort_unstable();
    found
}

fn clash(site: Site<'_>, first: Planned, second: Planned) -> Diagnostic {
    let named = |page: Planned| {
        page.source(site)
            .map_or_else(|| format!("the {} page", page.kind().name), |file| format!("content/{}", file.path))
    };
    let place = match (first.source(site), second.source(site)) {
        (_, Some(file)) | (Some(file), None) => Place::file(format!("content/{}", file.path)),
        (None, None) => Place::file("site.toml"),
    };
    let message = format!("{} and {} both claim the address {}", named(first), named(second), second.url(site));
    Diagnostic::error(place, message).hint("give one of them another `url:`, or remove the alias")
}

/// The path below the output folder that answers a root-relative address: `/town/` is `town/index.html`, and so is
/// `/town`, since hosts tell the type of a file by its ending.
pub fn output_path(url: &str) -> String {
    let path = url.trim_start_matches('/');
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut path = if path.contains('%') { percent_decode(path) } else { path.to_owned() };
    let name = path.rsplit('/').next().unwrap_or("");
    if name.is_empty() {
        path.push_str("index.html");
    } else if !name.contains('.') {
        path.push_str("/index.html");
    }
    path
}

fn percent_decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        if let Some(decoded) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| byte == b'%') {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}
