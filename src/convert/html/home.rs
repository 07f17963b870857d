//! Which links of a page stay on its own site.

use super::blocks::Block;
use crate::markup::address::{scheme, split_origin, unwrap_archived};
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// How far around a text its link is looked for; elements.
const OUTWARDS: usize = 8;

/// The site that a page is of.
pub(super) struct Home {
    /// As `saltmere.example`; empty where it is not known.
    site: String,
    /// Whether, where it is not known, links to it are relative, so that any absolute one leads away.
    is_relative: bool,
}

impl Home {
    /// Of the page whose relative links start from `base`, which is absolute, or empty where that is not known.
    pub(super) fn of(tree: &Tree, base: &str) -> Self {
        let site = site(split_origin(unwrap_archived(base).unwrap_or(base)).0).to_owned();
        let is_relative = |id: &NodeId| {
            let href = tree.attribute_or_empty(*id, Attribute::Href);
            tree.tag(*id) == Tag::A && !href.is_empty() && !href.starts_with('#') && scheme(href).is_none()
        };
        let is_relative = site.is_empty() && tree.descendants(0).any(|id| is_relative(&id));
        Self { site, is_relative }
    }

    /// Whether all links of a block lead to other sites.
    pub(super) fn is_left(&self, tree: &Tree, block: &Block) -> bool {
        let leads_away = |id: NodeId| {
            let href = tree.attribute_or_empty(id, Attribute::Href);
            let origin = split_origin(unwrap_archived(href).unwrap_or(href)).0;
            !origin.is_empty() && if self.site.is_empty() { self.is_relative } else { site(origin) != self.site }
        };
        let is_shown = |id: &NodeId| tree.tag(*id) == Tag::Text && !tree.text(*id).trim().is_empty();
        let link = |id: NodeId| tree.ancestors(id).take(OUTWARDS).find(|outer| tree.tag(*outer) == Tag::A);
        (block.first..=block.last).filter(is_shown).filter_map(link).all(leads_away)
    }
}

/// The part of an origin that all hosts of a site share: `saltmere.example` of `https://www.saltmere.example`.
fn site(origin: &str) -> &str {
    /// What stands before the country in the names that some countries give out.
    const KINDS: [&str; 10] = ["ac", "co", "com", "edu", "gob", "gov", "ne", "net", "or", "org"];
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (last, second) = (dots.next().unwrap_or(0), dots.next());
    let Some(second) = second else { return host };
    let is_kind = host.get(second + 1..last).is_some_and(|label| KINDS.contains(&label));
    let start = if is_kind { dots.next().map_or(0, |at| at + 1) } else { second + 1 };
    host.get(start..).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn hosts_of_a_site_are_alike() {
        for (origin, expected) in [
            ("https://www.saltmere.example", "saltmere.example"),
            ("http://saltmere.example", "saltmere.example"),
            ("https://news.saltmere.co.uk", "saltmere.co.uk"),
            ("https://saltmere.co.uk", "saltmere.co.uk"),
            ("https://localhost", "localhost"),
            ("", ""),
        ] {
            assert_eq!(site(origin), expected, "{origin}");
        }
    }
}
