//! The address of a page: what it gives for itself, and what its relative links start from.

use super::candidate::{Candidates, Field};
use crate::markup::address::{resolve, scheme, split_origin, unwrap_archived};
use crate::markup::tree::{Attribute, Tag, Tree};

/// The addresses of a page; each is empty where it is not known.
pub(super) struct Address {
    /// The absolute address that the page gives for itself.
    pub(super) canonical: String,
    /// What relative links start from.
    pub(super) base: String,
    /// Root-relative addresses that led to the page.
    pub(super) aliases: Vec<String>,
}

impl Address {
    pub(super) fn of(tree: &Tree, candidates: &Candidates, fallback: Option<&str>) -> Self {
        let is_absolute = |url: &str| scheme(url).is_some_and(|scheme| scheme.starts_with("http"));
        let base = tree.descendants(0).find(|id| tree.tag(*id) == Tag::Base);
        let base = base.map_or("", |id| tree.attribute_or_empty(id, Attribute::Href));
        let mut stated: Vec<String> = candidates
            .of(Field::Canonical)
            .iter()
            .map(|candidate| unwrap_archived(&candidate.value).unwrap_or(&candidate.value).to_owned())
            .collect();
        // Pages of the nineties state their own address as the base of their links; a folder is only that.
        if is_absolute(base) && split_origin(base).1.rsplit('/').next().is_some_and(|file| file.contains('.')) {
            stated.push(base.to_owned());
        }
        let absolute = stated.iter().find(|url| is_absolute(url)).cloned();
        let page = absolute.clone().or_else(|| fallback.map(str::to_owned)).unwrap_or_default();
        let first = stated.first().map(|url| resolve(&page, url).into_owned());
        let canonical = first.filter(|url| is_absolute(url)).or(absolute).unwrap_or_default();
        let base = Some(resolve(&page, base).into_owned()).filter(|base| is_absolute(base)).unwrap_or(page);
        let mut aliases: Vec<String> = Vec::new();
        for url in std::iter::once(&canonical).chain(&stated) {
            let (origin, path) = split_origin(url);
            let path = path.split('#').next().unwrap_or_default();
            let ours = origin.is_empty() || origin == split_origin(&canonical).0;
            if ours && path.len() > 1 && path.starts_with('/') && !aliases.iter().any(|known| known == path) {
                aliases.push(path.to_owned());
            }
        }
        Self { canonical, base, aliases }
    }
}
