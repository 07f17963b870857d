//! Addresses as paths of files, and pages that claim the same one.

use super::{Plan, Planned, Site, redirect};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::address::percent_decoded;
use rayon::prelude::*;

/// The pages in the order of their paths, in which file systems make and find files fastest: those of a folder and of
/// folders side by side come one after the other. An old address that is the address of a page, or of which two articles
/// say that it was theirs, is no reason to build nothing: the page stands, or the first of the redirects.
///
/// # Errors
/// A diagnostic for each two pages that would be written to one path. Paths that differ in case alone clash too: some
/// disks and hosts cannot tell them apart.
pub(super) fn in_order(site: Site<'_>, pages: &[Planned]) -> Result<Plan, Vec<Diagnostic>> {
    let mut paths: Vec<(Box<str>, Planned)> =
        pages.par_iter().map(|page| (output_path(&page.url(site)).into_boxed_str(), *page)).collect();
    // Stable, so that of two pages with one path the one of the earlier kind is named first.
    paths.par_sort_by(|(one, _), (other, _)| one.cmp(other));
    let Clashes { errors, mut passed_over, mut warnings } = find(site, &paths);
    if !errors.is_empty() {
        return Err(errors);
    }
    passed_over.sort_unstable();
    warnings.sort_unstable();
    let stands = |at: usize| passed_over.binary_search(&(at as u32)).is_err();
    let pages = paths.into_iter().enumerate().filter(|(at, _)| stands(*at)).map(|(_, (_, page))| page).collect();
    Ok(Plan { pages, warnings })
}

/// Pages that claim one path.
#[derive(Default)]
struct Clashes {
    errors: Vec<Diagnostic>,
    /// Redirects that yield, by their place in the list.
    passed_over: Vec<u32>,
    warnings: Vec<Diagnostic>,
}

/// Hashes of the paths in lower case are compared, and the paths only where those are equal.
fn find(site: Site<'_>, pages: &[(Box<str>, Planned)]) -> Clashes {
    let mut hashes: Vec<(u64, u32)> = (0..pages.len() as u32)
        .into_par_iter()
        .map(|at| (xxhash_rust::xxh3::xxh3_64(pages[at as usize].0.to_lowercase().as_bytes()), at))
        .collect();
    hashes.par_sort_unstable();
    let mut found = Clashes::default();
    for same in hashes.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        let mut same: Vec<u32> = same.iter().map(|(_, at)| *at).collect();
        let page = |at: u32| pages[at as usize].1;
        // What is a page stands before what only leads to one, and of those the one of the first content path.
        same.sort_by_key(|at| (redirect::alias(site, page(*at)), *at));
        for pair in same.windows(2) {
            let path = |at: u32| pages[at as usize].0.to_lowercase();
            if path(pair[0]) != path(pair[1]) {
                continue;
            }
            match redirect::alias(site, page(pair[1])) {
                Some(file) => {
                    found.passed_over.push(pair[1]);
                    found.warnings.push(yields(site, page(same[0]), page(pair[1]), file));
                }
                None => found.errors.push(clash(site, page(pair[0]), page(pair[1]))),
            }
        }
    }
    found.errors.sort_unstable();
    found
}

fn named(site: Site<'_>, page: Planned) -> String {
    let file = page.source(site).map(|file| file.path).or_else(|| redirect::alias(site, page));
    file.map_or_else(|| format!("the {} page", page.kind().name), |path| format!("content/{path}"))
}

fn yields(site: Site<'_>, stands: Planned, redirect: Planned, file: &str) -> Diagnostic {
    let whose = if redirect::alias(site, stands).is_some() { "an alias" } else { "the address" };
    let message = format!("its alias {} leads nowhere: it is {whose} of {}", redirect.url(site), named(site, stands));
    Diagnostic::warning(Place::file(format!("content/{file}")), message)
        .hint("remove the alias, or give the other page another `url:`")
}

fn clash(site: Site<'_>, first: Planned, second: Planned) -> Diagnostic {
    let place = match (first.source(site), second.source(site)) {
        (_, Some(file)) | (Some(file), None) => Place::file(format!("content/{}", file.path)),
        (None, None) => Place::file("site.toml"),
    };
    let (one, other) = (named(site, first), named(site, second));
    let message = format!("{one} and {other} both claim the address {}", second.url(site));
    Diagnostic::error(place, message).hint("give one of them another `url:`")
}

/// The path below the output folder that answers a root-relative address: `/town/` is `town/index.html`, and so is
/// `/town`, since hosts tell the type of a file by its ending.
pub fn output_path(url: &str) -> String {
    let path = url.trim_start_matches('/');
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let decoded = path.contains('%').then(|| percent_decoded(path)).flatten();
    let mut path = decoded.unwrap_or_else(|| path.to_owned());
    let name = path.rsplit('/').next().unwrap_or("");
    if name.is_empty() {
        path.push_str("index.html");
    } else if !name.contains('.') {
        path.push_str("/index.html");
    }
    path
}
