//! The headline: which of a page's titles it is, without the name of the site.
//!
//! Papers mark up more than one: the heading, the title they share (`og:title`), the one they give to machines
//! (JSON-LD) and the one for search engines (`title`). On most pages the heading is the headline. Newsrooms write the
//! stated ones by hand, and often change the heading for search engines later; there what differs from `title` counts.

use super::candidate::{Candidates, Field};
use super::fates::Fates;
use super::noise::{Hint, Hints, Kind};
use super::site::{SEPARATORS, Sites, cut_by};
use super::verdict::fold;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashSet;

/// Longest headline; characters.
const LONGEST: usize = 300;
/// Shortest title that counts where a heading says more before it; bytes.
const KICKED: usize = 16;
/// Most headings that are looked at.
const HEADINGS: usize = 60;
/// How alike a heading and a stated title must be to be the same headline, in percent.
const ALIKE: usize = 60;
/// The same where the heading is the page's first.
const ALIKE_FIRST: usize = 36;

/// The headline of a page.
#[derive(Debug, Default)]
pub(super) struct Headline {
    /// Its words; empty where none was found.
    pub(super) text: String,
    /// The element that shows it.
    pub(super) node: Option<NodeId>,
    /// The words of that element, which may be others.
    pub(super) shown: String,
}

impl Headline {
    /// The headline that an element shows.
    pub(super) fn of(tree: &Tree, node: NodeId) -> Self {
        let text = tree.text_of(node);
        Self { shown: text.clone(), text, node: Some(node) }
    }
}

/// A heading of the page.
struct Heading {
    node: NodeId,
    text: String,
    /// Whether it is marked as the page's own.
    first: bool,
}

/// A stated title.
struct Stated {
    text: String,
    /// As it was before the site's name was taken off.
    whole: String,
    had_site: bool,
    from: &'static str,
}

/// Chooses the headline; `told` is that of a known template.
pub(super) fn choose(tree: &Tree, candidates: &Candidates, told: Option<Headline>, fates: &mut Fates) -> Headline {
    if let Some(told) = told {
        fates.took(Field::Title, "the template's headline", &told.text);
        return told;
    }
    let mut shown = headings(tree);
    let sites = Sites::of(candidates, site_headings(tree, &mut shown));
    shown.retain(|heading| !sites.is(&heading.text));
    let stated = stated(candidates, &sites, &shown, fates);
    let heading = best_heading(&shown, &stated);
    let (text, from) = match (of_newsroom(candidates, &stated, heading), heading) {
        (Some(title), _) => (title.text.clone(), title.from),
        (None, Some(heading)) => (without_kicker(&heading.text, &stated).to_owned(), "heading"),
        (None, None) => {
            let first = stated.iter().find(|title| title.from != "title").or(stated.first());
            let only = shown.iter().find(|heading| heading.first);
            match (first, only) {
                // A `title` that is unlike the only heading is likely to be the site's.
                (None | Some(Stated { from: "title", .. }), Some(only)) => (only.text.clone(), "heading"),
                (Some(first), _) => (first.text.clone(), first.from),
                // A name of the site is better than none.
                (None, None) => {
                    candidates.best(Field::Title).map_or_else(Default::default, |t| (t.value.clone(), t.from))
                }
            }
        }
    };
    account(&text, from, &stated, &shown, fates);
    if let Some(heading) = heading.or_else(|| shown.iter().find(|heading| fold(&heading.text) == fold(&text))) {
        return Headline { text, node: Some(heading.node), shown: heading.text.clone() };
    }
    let node = shown_as(tree, &text);
    if node.is_none()
        && from == "title"
        && let Some(part) = part_shown(tree, &text)
    {
        return part;
    }
    Headline { shown: text.clone(), text, node }
}

/// The stated titles that may be the headline, the most trusted first, without the name of the site.
fn stated(candidates: &Candidates, sites: &Sites, shown: &[Heading], fates: &mut Fates) -> Vec<Stated> {
    let all = candidates.of(Field::Title);
    // Where a heading or another title ends, this one may end too.
    let mut witnesses: Vec<String> =
        shown.iter().filter(|heading| heading.first).map(|heading| fold(&heading.text)).collect();
    witnesses.extend(all.iter().filter(|title| title.from == "JSON-LD headline").map(|title| fold(&title.value)));
    let mut found = Vec::new();
    for title in &all {
        let (text, had_site) = sites.without(&title.value);
        let text = cut_by(&text, &witnesses).unwrap_or(text);
        if text.is_empty() || sites.is(&text) {
            fates.leave(title, "it names the site");
        } else if is_torn(&text, &all.iter().map(|title| title.value.as_str()).collect::<Vec<_>>()) {
            fates.leave(title, "it is cut at a quotation mark");
        } else {
            found.push(Stated { text, whole: title.value.clone(), had_site, from: title.from });
        }
    }
    found
}

/// Whether another title goes on with a quotation mark where this one ends, as an attribute does whose value was
/// written without care.
fn is_torn(title: &str, others: &[&str]) -> bool {
    others
        .iter()
        .any(|other| other.strip_prefix(title).is_some_and(|rest| rest.trim_start().starts_with('"') && rest.len() > 2))
}

/// What a newsroom states as headline, on pages that say they are news: what it shares, unless that is only the title
/// for search engines and it tells machines another.
fn of_newsroom<'s>(candidates: &Candidates, stated: &'s [Stated], heading: Option<&Heading>) -> Option<&'s Stated> {
    if !candidates.of(Field::Kind).iter().any(|kind| is_news(&kind.value)) {
        return None;
    }
    let from = |name: &str| stated.iter().find(|title| title.from == name);
    let (Some(shared), Some(told)) = (from("og:title"), from("JSON-LD headline")) else {
        return from("og:title").or(from("JSON-LD headline"));
    };
    let for_search = from("title").is_some_and(|searched| {
        let is_shown = heading.is_some_and(|heading| fold(&heading.text) == fold(&told.text));
        fold(&searched.text) == fold(&shared.text) && (is_shown || searched.whole == shared.whole)
    });
    Some(if (for_search || shared.had_site) && is_about(told, stated) { told } else { shared })
}

/// The types of <https://schema.org/NewsArticle> and its kind.
fn is_news(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    kind.ends_with("NewsArticle") || kind == "LiveBlogPosting"
}

/// Whether a title shares a longer word with any other; what does not is the same on all pages of the site.
fn is_about(title: &Stated, stated: &[Stated]) -> bool {
    let words: HashSet<String> = long_words(&title.text).collect();
    stated
        .iter()
        .filter(|other| other.from != title.from)
        .any(|other| long_words(&other.text).any(|w| words.contains(&w)))
}

fn long_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.len() > 3).map(str::to_lowercase)
}

/// The heading that is most like what the page states; the page's first headings need less likeness.
fn best_heading<'h>(shown: &'h [Heading], stated: &[Stated]) -> Option<&'h Heading> {
    // What follows a separator may be the name of a site that does not name itself.
    let head = |text: &str| {
        SEPARATORS.iter().filter_map(|sign| text.find(sign)).min().and_then(|at| Some(words(text.get(..at)?)))
    };
    let stated: Vec<Vec<String>> =
        stated.iter().flat_map(|title| [Some(words(&title.text)), head(&title.text)]).flatten().collect();
    let agreement = |heading: &Heading| {
        let words = words(&heading.text);
        stated.iter().map(|title| likeness(&words, title)).max().unwrap_or(0)
    };
    let first = shown.iter().find(|heading| heading.first).map_or(0, |heading| heading.node);
    let needed = |heading: &Heading| if heading.first { ALIKE_FIRST } else { ALIKE };
    let bonus = |heading: &Heading| if heading.node == first { 40 } else { 20 * usize::from(heading.first) };
    let scored = shown.iter().rev().map(|heading| (agreement(heading), heading));
    let fitting = scored.filter(|(agreement, heading)| *agreement >= needed(heading));
    fitting.max_by_key(|(agreement, heading)| agreement + bonus(heading)).map(|(_, heading)| heading)
}

/// A heading without what it says before the stated title.
fn without_kicker<'s>(heading: &'s str, stated: &'s [Stated]) -> &'s str {
    let folded = fold(heading);
    let ends = |title: &&Stated| {
        let title = fold(&title.text);
        title.len() >= KICKED && title.len() < folded.len() && folded.ends_with(&title)
    };
    stated.iter().find(ends).map_or(heading, |title| &title.text)
}

/// Notes what became of the titles.
fn account(text: &str, from: &'static str, stated: &[Stated], shown: &[Heading], fates: &mut Fates) {
    if !fates.are_asked() {
        return;
    }
    let said = stated.iter().map(|title| (title.from, &title.text));
    let mut taken = false;
    for (by, title) in shown.iter().filter(|heading| heading.first).map(|h| ("heading", &h.text)).chain(said) {
        if by == from && !taken {
            taken = true;
            fates.took(Field::Title, from, text);
        } else if fold(title) == fold(text) {
            fates.left(Field::Title, by, title, format!("it says the same as {from}"));
        } else {
            fates.left(Field::Title, by, title, format!("it is trusted less than {from}"));
        }
    }
}

/// The longest part of a title that the page shows as a line of its own: `Gazette Online | Town | Fares to rise`.
fn part_shown(tree: &Tree, title: &str) -> Option<Headline> {
    let mut parts: Vec<&str> = Vec::new();
    for separator in SEPARATORS.iter().chain(&[": ", "> ", "/ ", "：", "_", ":: "]) {
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
    // From the end, so that of equal ones the first on the page is found: replies to a story repeat its headline.
    let texts = tree.descendants(0).rev().filter(|id| tree.tag(*id) == Tag::Text).filter(is_shown);
    let found = texts.filter_map(|id| {
        let folded = fold(tree.text(id));
        parts.iter().find(|(part, _)| *part == folded && !part.is_empty()).map(|(_, part)| (id, *part))
    });
    let (node, text) = found.max_by_key(|(_, part)| part.len())?;
    Some(Headline { text: text.to_owned(), node: Some(node), shown: text.to_owned() })
}

/// The element that shows a title that no heading does, as pages of the nineties have it: bold or large type.
fn shown_as(tree: &Tree, title: &str) -> Option<NodeId> {
    let wanted = fold(title);
    let large = |id: &NodeId| matches!(tree.tag(*id), Tag::B | Tag::Font | Tag::P | Tag::Div | Tag::Td);
    let fits = |id: &NodeId| tree.descendants(*id).len() < 12;
    tree.descendants(0).filter(large).filter(fits).find(|id| fold(&tree.text_of(*id)) == wanted)
}

/// The headings that may be the headline, in document order.
fn headings(tree: &Tree) -> Vec<Heading> {
    let stated = |id: NodeId| {
        let names = tree.attribute_or_empty(id, Attribute::Itemprop);
        names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("headline"))
    };
    let titled = |id: NodeId| {
        let names = tree.attribute_or_empty(id, Attribute::Class);
        names.contains("-title")
            && names.split_ascii_whitespace().any(|name| matches!(name, "entry-title" | "post-title"))
    };
    let has_great = tree.descendants(0).any(|id| tree.tag(id) == Tag::H1);
    let may_be = |id: &NodeId| match tree.tag(*id) {
        Tag::H1 | Tag::H2 | Tag::H3 => true,
        Tag::Font => is_large(tree, *id),
        Tag::Text => false,
        _ if stated(*id) || titled(*id) => tree.descendants(*id).all(|inner| tree.tag(inner).heading().is_none()),
        _ => false,
    };
    let mut found = Vec::new();
    let mut hints = Hints::of(tree);
    for id in tree.descendants(0).filter(may_be) {
        let is_large = tree.tag(id) == Tag::Font && !has_great;
        let first = tree.tag(id) == Tag::H1 || stated(id) || titled(id) || is_large;
        // A first heading in what is called a banner is a heading all the same.
        if matches!(hints.hint(id), Hint::Furniture(kind, ..) if kind != Kind::Facts && !(first && kind == Kind::Vague))
        {
            continue;
        }
        let Some(text) = tree.text_within(id, 4 * LONGEST) else { continue };
        if !text.is_empty() && text.chars().count() <= LONGEST {
            found.push(Heading { node: id, text, first });
        }
        if found.len() >= HEADINGS {
            break;
        }
    }
    found
}

/// Whether an element sets its text in the largest type, as pages without headings have their headline.
fn is_large(tree: &Tree, id: NodeId) -> bool {
    let size = tree.attribute_or_empty(id, Attribute::Size).trim();
    matches!(size, "5" | "6" | "7" | "+2" | "+3" | "+4")
}

/// Takes out the headings that are nothing but a link to the site's front page, and returns their words.
fn site_headings(tree: &Tree, shown: &mut Vec<Heading>) -> std::vec::IntoIter<String> {
    let leads_home = |id: NodeId| {
        let inside = tree.descendants(id).take(6).find(|inner| tree.tag(*inner) == Tag::A);
        let link = inside.or_else(|| tree.ancestors(id).take(2).find(|outer| tree.tag(*outer) == Tag::A));
        let href = link.map(|link| tree.attribute_or_empty(link, Attribute::Href));
        href.is_some_and(|href| {
            let (origin, path) = crate::markup::address::split_origin(href);
            matches!(path, "/" | "./" | "/index.html" | "index.html") || (path.is_empty() && !origin.is_empty())
        })
    };
    let (home, others): (Vec<Heading>, Vec<Heading>) =
        std::mem::take(shown).into_iter().partition(|heading| leads_home(heading.node));
    *shown = others;
    home.into_iter().map(|heading| heading.text).collect::<Vec<_>>().into_iter()
}

/// How alike two titles are, in percent: of the words of both, those that both have.
fn likeness(a: &[String], b: &[String]) -> usize {
    let both = a.iter().filter(|word| b.contains(word)).count();
    if a.is_empty() || b.is_empty() { 0 } else { 2 * 100 * both.min(b.len()) / (a.len() + b.len()) }
}

/// The words of a title; where none are set apart, as in Japanese, its signs.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words = Vec::new();
    for part in parts {
        if part.chars().any(|c| ('\u{3040}'..'\u{a000}').contains(&c)) {
            words.extend(part.chars().map(String::from));
        } else {
            words.push(part.to_lowercase());
        }
    }
    words.truncate(60);
    words
}
