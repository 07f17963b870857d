//! What a page shows of the article's facts: the byline and the date, by their marks or their place.

use super::blocks::Block;
use super::body::Body;
use super::candidate::{Candidates, Field};
use super::title::Headline;
use crate::convert::dates;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// Blocks around the headline among which the byline and the date stand.
const NEAR: usize = 12;
/// Longest line that is a byline or a date; bytes.
const LONGEST: usize = 150;
/// Most lines of such a block.
const LINES: usize = 8;

/// Gathers what is marked up as author or date, and what reads like one near the headline.
pub(super) fn gather(tree: &Tree, headline: &Headline, body: Option<&Body>, candidates: &mut Candidates) {
    let Some(body) = body else { return };
    let first = body.kept().next().map_or(0, |block| block.first);
    let last = body.kept().last().map_or(0, |block| block.last);
    for id in tree.descendants(0) {
        if tree.tag(id) != Tag::Text {
            of_element(tree, id, (headline.node.unwrap_or(first), last), candidates);
        }
    }
    let start = headline.node.unwrap_or(first);
    let at = body.blocks.partition_point(|block| block.first < start);
    let near = at.saturating_sub(NEAR / 2)..(at + NEAR).min(body.blocks.len());
    for block in body.blocks.get(near).unwrap_or_default() {
        // Over the headline are dates of menus and calendars, too.
        let trust = if block.last < start { 6 } else { 0 };
        for line in block.lines(tree).into_iter().take(LINES) {
            of_line(&line, block, trust, candidates);
        }
    }
}

fn of_element(tree: &Tree, id: NodeId, (start, last): (NodeId, NodeId), candidates: &mut Candidates) {
    let itemprop = tree.attribute_or_empty(id, Attribute::Itemprop).to_ascii_lowercase();
    let near = id + 400 > start && id < last;
    match itemprop.as_str() {
        "datepublished" => candidates.add(Field::Published, &moment(tree, id), "itemprop datePublished", 66),
        "datemodified" => candidates.add(Field::Modified, &moment(tree, id), "itemprop dateModified", 66),
        "author" => candidates.add(Field::Author, &short(tree, id), "itemprop author", 64),
        _ => {}
    }
    if tree.tag(id) == Tag::Time && near && itemprop.is_empty() {
        let trust = if tree.attribute_or_empty(id, Attribute::Class).contains("publish") { 58 } else { 52 };
        candidates.add(Field::Published, &moment(tree, id), "time", trust);
    }
    if !near {
        return;
    }
    let rel = tree.attribute_or_empty(id, Attribute::Rel);
    if tree.tag(id) == Tag::A && rel.split_ascii_whitespace().any(|rel| rel == "author") {
        candidates.add(Field::Author, &short(tree, id), "rel=author", 58);
        return;
    }
    let class = tree.attribute_or_empty(id, Attribute::Class).to_ascii_lowercase();
    if class.contains("byline")
        || class.split_ascii_whitespace().any(|name| matches!(name, "author" | "author-name" | "author__name"))
    {
        candidates.add(Field::Author, &short(tree, id), "class byline", 45);
    }
}

/// A line that is a date, or a byline that says so; `less` is taken from its trust.
fn of_line(text: &str, block: &Block, less: u8, candidates: &mut Candidates) {
    if text.len() > LONGEST {
        return;
    }
    if let Some(date) = dates::parse(text) {
        candidates.add(Field::Published, &date.to_string(), "date line", 48 - less);
        return;
    }
    let lower = text.to_lowercase();
    if let Some(name) = ["by ", "von ", "par ", "por ", "av ", "af "]
        .iter()
        .find_map(|by| lower.strip_prefix(by).and_then(|_| text.get(by.len()..)))
    {
        let words = name.split_whitespace().count();
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        if (2..=10).contains(&words) && capital && block.ends == 0 {
            candidates.add(Field::Author, name, "byline", 44);
        }
    }
    if let Some((_, name)) = text.rsplit_once(" by ").filter(|_| dates::find(text).is_some()) {
        candidates.add(Field::Author, name, "byline", 42);
    }
    if text.len() < 80
        && let Some(date) = dates::find(text)
    {
        candidates.add(Field::Published, &date.to_string(), "date near the headline", 30 - less);
    }
}

fn moment(tree: &Tree, id: NodeId) -> String {
    let stated = [Attribute::Datetime, Attribute::Content].iter().find_map(|name| tree.attribute(id, *name));
    stated.filter(|stated| !stated.is_empty()).map_or_else(|| short(tree, id), str::to_owned)
}

/// The text of an element, if it is short.
fn short(tree: &Tree, id: NodeId) -> String {
    if tree.descendants(id).len() > 60 {
        return String::new();
    }
    let text = tree.text_of(id);
    if text.len() > 160 { String::new() } else { text }
}
