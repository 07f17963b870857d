//! Who signs an article where readers see it: elements marked as author or byline, links to the pages of authors, and
//! lines such as `By Ines Marrable`.

use super::byline::{after_before, is_of_others, labelled, reads_like_names};
use super::candidate::{Candidates, Field};
use super::noise::{Hint, Hints, Kind};
use crate::convert::dates;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::ops::Range;

/// Largest element that is looked at as a byline; nodes.
const LARGEST: usize = 90;
/// Most nodes between two names of one byline.
const APART: NodeId = 40;
/// Longest byline; bytes.
const LONGEST: usize = 200;
/// Parts of addresses that lead to pages of authors.
const PAGES: [&str; 16] = [
    "/author",
    "/autor",
    "/auteur",
    "/contributor",
    "/staff/",
    "/people/",
    "/person/",
    "/profile",
    "/journalist",
    "/reporter",
    "/writer",
    "/by/",
    "/redaktion/",
    "/producers/",
    "/our-people/",
    "/columnist",
];

/// Finds signatures in the parts of a page where they stand.
pub(super) struct Signatures<'t> {
    tree: &'t Tree,
    hints: Hints<'t>,
    /// From before the headline to the first paragraph.
    head: Range<NodeId>,
    /// After the last paragraph.
    foot: Range<NodeId>,
    /// The element that shows the headline.
    headline: Option<NodeId>,
    /// The end of the last element that was taken as a byline.
    done: NodeId,
}

impl<'t> Signatures<'t> {
    pub(super) fn new(tree: &'t Tree, headline: Option<NodeId>, head: Range<NodeId>, foot: Range<NodeId>) -> Self {
        Self { tree, hints: Hints::of(tree), head, foot, headline, done: 0 }
    }

    /// Looks at one element; to be called in document order.
    pub(super) fn look(&mut self, id: NodeId, candidates: &mut Candidates) {
        let tree = self.tree;
        let in_head = self.head.contains(&id);
        let in_foot = self.foot.contains(&id);
        if !(in_head || in_foot) || id < self.done || tree.descendants(id).len() > LARGEST {
            return;
        }
        // Those who sign together stand together; others are of other stories, or reviewed this one.
        if self.done > 0 && id > self.done + APART {
            return;
        }
        let lower = if in_head { 0 } else { 8 };
        let (names, from, trust) = if tree.tag(id) == Tag::A {
            let rel = tree.attribute_or_empty(id, Attribute::Rel);
            let name = line(tree, id);
            if rel.split_ascii_whitespace().any(|rel| rel == "author") {
                (vec![name], "rel=author", 58 - lower)
            } else if in_head
                && leads_to_author(tree.attribute_or_empty(id, Attribute::Href))
                && reads_like_names(&name)
                && name.split(' ').count() <= 5
            {
                (vec![name], "link to an author", 43)
            } else {
                return;
            }
        } else if is_marked(tree, id) {
            let names = names_in(tree, id);
            // A single word may be a name in an address.
            let is_short = names.iter().all(|name| !name.contains(' '));
            (names, "class byline", if is_short { 41 - lower } else { 50 - lower })
        } else {
            return;
        };
        if names.is_empty() || self.is_of_other(id) || is_of_others(&self.before(id)) {
            return;
        }
        if self.headline.is_some_and(|headline| id < headline) {
            // More often than not, of another story.
            candidates.add(Field::Author, &names.join("; "), "byline before the headline", 39);
            return;
        }
        self.done = tree.end(id);
        candidates.add(Field::Author, &names.join("; "), from, trust);
    }

    /// The words right before an element, in lower case.
    fn before(&self, id: NodeId) -> String {
        let nodes = (1..8).filter_map(|back| id.checked_sub(back));
        let text = nodes.map(|node| self.tree.text(node).trim()).find(|text| !text.is_empty()).unwrap_or_default();
        if text.len() < 40 { text.to_lowercase() } else { String::new() }
    }

    /// Whether an element belongs to a comment, another story or a picture.
    pub(super) fn is_of_other(&mut self, id: NodeId) -> bool {
        let tree = self.tree;
        std::iter::once(id).chain(tree.ancestors(id)).take(30).any(|outer| {
            let is_other = |hint: Hint| match hint {
                Hint::Furniture(Kind::Hidden | Kind::Clear, _, word) => {
                    !word.starts_with("share") && *word != *"footer"
                }
                Hint::Furniture(Kind::Element, reason, _) => reason != "footer",
                _ => false,
            };
            let holds_headline = self.headline.is_some_and(|headline| tree.contains(outer, headline));
            !holds_headline
                && (tree.tag(outer) == Tag::Figure
                    || tree.tag(outer) == Tag::Figcaption
                    || is_other(self.hints.hint(outer)))
        })
    }
}

/// Whether an element's class calls it an author or a byline.
fn is_marked(tree: &Tree, id: NodeId) -> bool {
    let says = |name: &str| {
        (name.contains("uthor") || name.contains("yline") || name.contains("vcard"))
            && !["uthority", "uthoriz", "authored-on", "comment-author", "byline-date", "byline__date"]
                .iter()
                .any(|other| name.contains(other))
    };
    says(tree.attribute_or_empty(id, Attribute::Class)) || says(tree.attribute_or_empty(id, Attribute::Testid))
}

fn leads_to_author(href: &str) -> bool {
    let path = crate::markup::address::split_origin(href).1;
    PAGES.iter().any(|page| path.find(page).is_some_and(|at| path.len() > at + page.len() + 1))
}

/// The names in an element that is marked: of its links to authors, or of what is marked as a name, or of its line.
fn names_in(tree: &Tree, id: NodeId) -> Vec<String> {
    if tree.text_within(id, 3 * LONGEST).is_none_or(|text| is_of_others(&text.to_lowercase())) {
        return Vec::new();
    }
    let is_link = |inner: &NodeId| {
        tree.tag(*inner) == Tag::A
            && (leads_to_author(tree.attribute_or_empty(*inner, Attribute::Href))
                || tree.attribute_or_empty(*inner, Attribute::Rel).contains("author"))
    };
    let is_name = |inner: &NodeId| {
        let class = tree.attribute_or_empty(*inner, Attribute::Class);
        tree.attribute_or_empty(*inner, Attribute::Itemprop) == "name"
            || class
                .split_ascii_whitespace()
                .any(|name| name == "fn" || name.ends_with("name") || name.ends_with("Name"))
            || class.contains("authorName")
            || class.contains("AuthorName")
            || class.contains("author-name")
            || class.contains("author_name")
            || class.contains("author__name")
    };
    let all = |fits: &dyn Fn(&NodeId) -> bool| {
        let mut names: Vec<String> = Vec::new();
        let mut end = 0;
        for inner in tree.descendants(id).filter(|inner| tree.tag(*inner) != Tag::Text && fits(inner)) {
            let name = line(tree, inner);
            let fits = inner >= end && reads_like_names(&name) && name.split(' ').count() <= 6;
            if fits && !names.contains(&name) {
                names.push(name);
                end = tree.end(inner);
            }
        }
        names
    };
    for names in [all(&is_link), all(&is_name)] {
        if !names.is_empty() {
            return names;
        }
    }
    let name = line(tree, id);
    if reads_like_names(&name) || (!name.is_empty() && !name.contains(' ')) { vec![name] } else { Vec::new() }
}

/// The first line of an element that is more than `By`, without what follows the names: dates, posts, times to read.
pub(super) fn line(tree: &Tree, id: NodeId) -> String {
    let mut text = String::new();
    for node in id..tree.end(id) {
        if tree.tag(node) != Tag::Text {
            let splits = tree.tag(node).is_block() || tree.tag(node) == Tag::Time;
            if splits && !is_announcement(&text) {
                break;
            }
            continue;
        }
        if tree.tag(tree.parent(node)).is_silent() {
            continue;
        }
        for word in tree.text(node).split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        if text.len() > LONGEST {
            return String::new();
        }
    }
    cut(&text).to_owned()
}

/// Whether a line says that a name follows.
fn is_announcement(text: &str) -> bool {
    text.is_empty() || text.len() < 24 && after_before(&format!("{} x", text.trim_end_matches(':'))) == Some("x")
}

/// A line without `By` and without what follows the names.
pub(super) fn cut(line: &str) -> &str {
    let written = line.find("written by ").filter(|at| *at < 40).and_then(|at| line.get(at..));
    let line = written.unwrap_or(line);
    let line = after_before(line).unwrap_or(line);
    let signs = [
        " | ",
        " • ",
        " · ",
        " ⋅ ",
        " – ",
        " — ",
        " - ",
        " on ",
        " / ",
        " Published",
        " Updated",
        " Posted",
        " am ",
        "\u{2022}",
    ];
    let end = signs.iter().filter_map(|sign| line.find(sign)).filter(|at| *at > 0).min().unwrap_or(line.len());
    let line = line.get(..end).unwrap_or(line);
    let digit = line.find(|c: char| c.is_ascii_digit());
    // A date that follows without a sign, as `Ines Marrable May 3, 2004`.
    let line = match digit.and_then(|at| line.get(..at)) {
        Some(before) if dates::find(line).is_some() => without_month(before),
        _ => line,
    };
    line.trim_end_matches([' ', ',', '|', '-', '–', '·', ';'])
}

fn without_month(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some((before, word)) = text.rsplit_once(' ') {
        let word = word.trim_matches(['.', ',', ':']);
        if dates::is_word(word) || matches!(word, "-" | "|") { text = before.trim_end() } else { break }
    }
    text
}

/// The names in a line of its own, if it says that it has some; `next` is the line after it.
pub(super) fn of_line(text: &str, next: &str, ends: u32) -> Option<String> {
    let lower = text.to_lowercase();
    if is_of_others(&lower) {
        return None;
    }
    if let Some(name) = labelled(text) {
        return Some(name.to_owned());
    }
    let rest = after_before(text);
    if text.len() < 24 && is_announcement(text) && !text.is_empty() {
        let name = cut(next);
        return (reads_like_names(name) && name.split(' ').count() <= 6).then(|| name.to_owned());
    }
    let name = cut(rest?);
    let count = name.split(' ').count();
    let is_by = lower.starts_with("by ") || lower.contains(" by ") || text.contains(':');
    let fits = reads_like_names(name) && ends <= 1 && count <= 12 && (count >= 2 || is_by);
    fits.then(|| name.to_owned())
}
