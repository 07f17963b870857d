//! The headline: which of a page's titles it is, without the name of the site.

use super::candidate::{Candidates, Field};
use super::noise::{Hint, Hints, Kind};
use super::verdict::fold;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// Longest headline; characters.
const LONGEST: usize = 300;
/// Shortest title that counts where a heading says more before it; bytes.
const KICKED: usize = 16;
/// What separates a headline from the name of the site.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " // ", " • "];

/// The headline of a page.
#[derive(Debug, Default)]
pub(super) struct Headline {
    /// Its words; empty where none was found.
    pub(super) text: String,
    /// The element that shows it.
    pub(super) node: Option<NodeId>,
}

/// Chooses the headline: what the page shows as a heading, if that agrees with what it states; else what it states.
pub(super) fn choose(tree: &Tree, candidates: &Candidates) -> Headline {
    let stated: Vec<(String, &'static str)> = candidates
        .of(Field::Title)
        .iter()
        .map(|title| (without_site(&title.value, candidates), title.from))
        .filter(|(title, _)| !title.is_empty() && !is_site(title, candidates))
        .collect();
    let shown = headings(tree);
    let agrees = |text: &str| stated.iter().map(|(title, _)| likeness(text, title)).max().unwrap_or(0);
    let best = shown.iter().rev().max_by_key(|(_, text)| agrees(text)).filter(|(_, text)| agrees(text) >= 60);
    if let Some((node, text)) = best {
        // A heading may begin with a kicker that the stated title leaves out.
        let folded = fold(text);
        let bare = stated.iter().find(|(title, _)| title.len() >= KICKED && folded.ends_with(&fold(title)));
        return Headline { text: bare.map_or(text, |(title, _)| title).clone(), node: Some(*node) };
    }
    let first = stated.iter().find(|(_, from)| *from != "title");
    let only = shown.iter().find(|(node, text)| tree.tag(*node) == Tag::H1 && !is_site(text, candidates));
    let stated = first.or(stated.first());
    // A `title` that is unlike the only heading is likely to be the site's.
    if let Some((node, text)) = only.filter(|_| stated.is_none_or(|(_, from)| *from == "title")) {
        return Headline { text: text.clone(), node: Some(*node) };
    }
    let Some((title, from)) = stated else { return Headline::default() };
    let node = shown_as(tree, &shown, title);
    if node.is_none() && *from == "title" {
        return part_shown(tree, title).unwrap_or_else(|| Headline { text: title.clone(), node });
    }
    Headline { text: title.clone(), node }
}

/// The longest part of a title that the page shows as a line of its own: `Gazette Online | Town | Fares to rise`.
fn part_shown(tree: &Tree, title: &str) -> Option<Headline> {
    let mut parts: Vec<&str> = Vec::new();
    for separator in SEPARATORS.iter().chain(&[": ", "> ", "/ "]) {
        for (at, _) in title.match_indices(separator) {
            parts.extend([title.get(..at), title.get(at + separator.len()..)].into_iter().flatten());
        }
    }
    let parts: Vec<(String, &str)> = parts.into_iter().take(64).map(|part| (fold(part), part.trim())).collect();
    let is_shown = |id: &NodeId| {
        let text = tree.text(*id);
        let silent = || tree.ancestors(*id).take(4).any(|outer| tree.tag(outer).is_silent());
        let linked = || tree.ancestors(*id).take(4).any(|outer| tree.tag(outer) == Tag::A);
        text.len() >= 12 && text.len() < 2 * LONGEST && !silent() && !linked()
    };
    let texts = tree.descendants(0).filter(|id| tree.tag(*id) == Tag::Text).filter(is_shown);
    let found = texts.filter_map(|id| {
        let folded = fold(tree.text(id));
        parts.iter().find(|(part, _)| *part == folded && !part.is_empty()).map(|(_, part)| (id, *part))
    });
    let (node, text) = found.max_by_key(|(_, part)| part.len())?;
    Some(Headline { text: text.to_owned(), node: Some(node) })
}

/// The element that shows a title that no heading does, as pages of the nineties have it: bold or large type.
fn shown_as(tree: &Tree, headings: &[(NodeId, String)], title: &str) -> Option<NodeId> {
    let wanted = fold(title);
    if let Some((node, _)) = headings.iter().find(|(_, text)| fold(text) == wanted) {
        return Some(*node);
    }
    let large = |id: &NodeId| matches!(tree.tag(*id), Tag::B | Tag::Font | Tag::P | Tag::Div | Tag::Td);
    let fits = |id: &NodeId| tree.descendants(*id).len() < 12;
    tree.descendants(0).filter(large).filter(fits).find(|id| fold(&tree.text_of(*id)) == wanted)
}

/// The headings that may be the headline, with their text, in document order.
fn headings(tree: &Tree) -> Vec<(NodeId, String)> {
    let may_be = |id: &NodeId| match tree.tag(*id) {
        Tag::H1 | Tag::H2 => true,
        Tag::Text => false,
        tag => tree.attribute_or_empty(*id, Attribute::Itemprop).eq_ignore_ascii_case("headline") || (tag == Tag::H3),
    };
    let mut found = Vec::new();
    let mut hints = Hints::of(tree);
    for id in tree.descendants(0).filter(may_be) {
        if matches!(hints.hint(id), Hint::Furniture(kind, ..) if kind != Kind::Facts) {
            continue;
        }
        let text = tree.text_of(id);
        if !text.is_empty() && text.chars().count() <= LONGEST {
            found.push((id, text));
        }
        if found.len() >= 60 {
            break;
        }
    }
    found
}

/// How alike two titles are, in percent: of the words of both, those that both have.
fn likeness(a: &str, b: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).take(60).collect()
    };
    let (a, b) = (words(a), words(b));
    let both = a.iter().filter(|word| b.contains(word)).count();
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    2 * 100 * both.min(b.len()) / (a.len() + b.len())
}

/// Whether a title is only the name of the site.
fn is_site(title: &str, candidates: &Candidates) -> bool {
    let folded = fold(title);
    candidates.of(Field::Site).iter().any(|site| fold(&site.value) == folded)
}

/// A title without the name of the site at its end or start.
pub(super) fn without_site(title: &str, candidates: &Candidates) -> String {
    let mut title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let sites: Vec<String> = candidates.of(Field::Site).iter().map(|site| fold(&site.value)).collect();
    let is_name = |part: &str| {
        let folded = fold(part);
        let looks_like_domain = part.trim().split_once('.').is_some_and(|(name, end)| {
            !name.is_empty() && !name.contains(' ') && (2..=12).contains(&end.len()) && !end.contains(' ')
        });
        sites
            .iter()
            .any(|site| !folded.is_empty() && (folded == *site || (site.len() > 4 && folded.contains(site.as_str()))))
            || looks_like_domain
    };
    loop {
        let cut =
            SEPARATORS.iter().filter_map(|separator| title.rfind(separator).map(|at| (at, separator.len()))).max();
        let Some((at, length)) = cut else { break };
        // A bar hardly ever stands within a headline.
        let last = &title[at + length..];
        let is_barred = length == 3 && title[at..].starts_with(" |") && at >= KICKED && last.len() < at;
        if !is_barred && !is_name(last) {
            break;
        }
        title.truncate(at);
    }
    let cut = SEPARATORS.iter().filter_map(|separator| title.find(separator).map(|at| (at, separator.len()))).min();
    if let Some((at, length)) = cut
        && is_name(&title[..at])
    {
        title.drain(..at + length);
    }
    title.trim().to_owned()
}
