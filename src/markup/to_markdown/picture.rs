//! Pictures: which file an image element shows, and which images are no pictures at all.

use crate::article::Figure;
use crate::markup::address::resolve;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// Narrower and lower than this is an icon; pixels.
const ICON: u32 = 40;

/// The picture that an image element shows, with its absolute address as far as `base` allows and what it says for
/// those who cannot see it. `None` for spacers, counters, icons and placeholders.
pub fn picture(tree: &Tree, id: NodeId, base: &str) -> Option<Figure> {
    let size = |name| tree.attribute(id, name).and_then(pixels);
    let (width, height) = (size(Attribute::Width), size(Attribute::Height));
    let both = |limit: u32| width.is_some_and(|width| width <= limit) && height.is_some_and(|height| height <= limit);
    if width.is_some_and(|width| width <= 2) || height.is_some_and(|height| height <= 2) || both(ICON) {
        return None;
    }
    let address = address(tree, id)?;
    let src = resolve(base, address).into_owned();
    let alt = tree.attribute_or_empty(id, Attribute::Alt).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Figure { src, alt, ..Figure::default() })
}

/// `468` from `468`, `468px` or `468.0`; percentages say nothing.
fn pixels(text: &str) -> Option<u32> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().ok().filter(|_| !text.ends_with('%'))
}

/// The address of the picture that an image element shows, as the page states it.
pub(super) fn stated(tree: &Tree, id: NodeId) -> &str {
    address(tree, id).unwrap_or_default()
}

/// Pages that load pictures late keep the address elsewhere and show a placeholder first.
fn address(tree: &Tree, id: NodeId) -> Option<&str> {
    let plain = [Attribute::Src, Attribute::DataSrc].map(|name| tree.attribute_or_empty(id, name));
    let sets = [Attribute::Srcset, Attribute::DataSrcset].map(|name| tree.attribute_or_empty(id, name));
    let parent = tree.parent(id);
    let sources = (tree.tag(parent) == Tag::Picture).then(|| tree.children(parent)).into_iter().flatten().take(32);
    let sources = sources
        .filter(|node| tree.tag(*node) == Tag::Source)
        .flat_map(|node| [Attribute::Srcset, Attribute::DataSrcset].map(|name| tree.attribute_or_empty(node, name)));
    let sets = sets.into_iter().chain(sources).filter_map(largest);
    plain.into_iter().chain(sets).find(|address| is_picture(address))
}

/// The largest of a `srcset`.
fn largest(set: &str) -> Option<&str> {
    let sized = set.split(", ").map(|item| {
        let mut parts = item.split_ascii_whitespace();
        let address = parts.next().unwrap_or_default().trim_end_matches(',');
        let size = parts.next().and_then(|size| size.trim_end_matches(['w', 'x', ',']).parse::<f32>().ok());
        (address, size.unwrap_or(0.0))
    });
    sized.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(address, _)| address).filter(|address| !address.is_empty())
}

fn is_picture(address: &str) -> bool {
    const BLANK: [&str; 12] = [
        "spacer",
        "blank",
        "pixel",
        "1x1",
        "transparent",
        "clear.gif",
        "dot.gif",
        "shim",
        "trans.gif",
        "placeholder",
        "loading.gif",
        "spinner",
    ];
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let scheme = crate::markup::address::scheme(address);
    !address.is_empty()
        && scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && !BLANK.iter().any(|blank| name.contains(blank))
        && !is_counter(path, &name)
}

/// What counts the visitors of a page: `/cgi-bin/counter?quay`, `count.cgi`, `hitcounter.gif`.
fn is_counter(path: &str, name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    matches!(stem, "count" | "counter" | "hitcounter" | "hits" | "hit")
        || (path.contains("cgi") && name.contains("count"))
}
