//! What a page shows of the article's facts: the byline and the date, by their marks or their place.

use super::blocks::Block;
use super::body::Body;
use super::candidate::{Candidates, Field};
use super::signature::{self, Signatures};
use super::title::Headline;
use crate::convert::dates;
use crate::markup::to_markdown::is_post;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::ops::Range;

/// Blocks around the headline among which the byline and the date stand.
const NEAR: usize = 12;
/// Longest line that is a byline or a date; characters.
const LONGEST: usize = 150;
/// Longest line with a date that is no sentence; characters.
const SHORT: usize = 80;
/// Most lines of a block.
const LINES: usize = 8;
/// Nodes before the headline, after the first paragraph and after the last one in which they stand.
const BEFORE: NodeId = 150;
const AFTER: NodeId = 60;
const FOOT: NodeId = 400;

/// Parts of a page, by node.
struct Places {
    headline: NodeId,
    /// From before the headline to the first paragraph.
    head: Range<NodeId>,
    /// Where times are the article's.
    dated: Range<NodeId>,
    /// The end of the text.
    last: NodeId,
}

/// Gathers what is marked up as author or date, and what reads like one near the headline.
pub(super) fn gather(tree: &Tree, headline: &Headline, body: Option<&Body>, candidates: &mut Candidates) {
    let Some(body) = body else { return };
    let first = body.kept().next().map_or(0, |block| block.first);
    let last = body.kept().last().map_or(0, |block| block.last);
    let start = headline.node.unwrap_or(first);
    let head = start.min(first).saturating_sub(BEFORE)..start.max(first) + AFTER;
    let mut signatures = Signatures::new(tree, headline.node, head.clone(), last + 1..last + FOOT);
    let places = Places { headline: start, head, dated: start.saturating_sub(400)..last + FOOT, last };
    for id in tree.descendants(0) {
        if tree.tag(id) != Tag::Text {
            of_element(tree, id, &places, &mut signatures, candidates);
            signatures.look(id, candidates);
        }
    }
    let at = body.blocks.partition_point(|block| block.first < start);
    let near = at.saturating_sub(NEAR / 2)..(at + NEAR).min(body.blocks.len());
    let near = body.blocks.get(near).unwrap_or_default();
    // Posts of other sites have dates of their own.
    let around = |block: &Block| std::iter::once(block.node).chain(tree.ancestors(block.node)).take(4);
    let is_own = |block: &&Block| !around(block).any(|outer| is_post(tree, outer));
    let lines: Vec<(String, &Block)> = near
        .iter()
        .filter(is_own)
        .flat_map(|block| block.lines(tree).into_iter().take(LINES).map(move |line| (line, block)))
        .collect();
    for (nth, (line, block)) in lines.iter().enumerate() {
        // Over the headline are dates of menus and calendars, too.
        let less = if block.last < start { 6 } else { 0 };
        let next = lines.get(nth + 1).map_or("", |(line, _)| line);
        of_line(line, next, block.ends, less, candidates);
    }
    let after = body.blocks.partition_point(|block| block.first < last);
    for block in body.blocks.iter().skip(after.saturating_sub(1)).take(4) {
        of_last_line(tree, block, candidates);
    }
}

fn of_element(tree: &Tree, id: NodeId, places: &Places, signatures: &mut Signatures<'_>, candidates: &mut Candidates) {
    let itemprop = tree.attribute_or_empty(id, Attribute::Itemprop);
    if !itemprop.is_empty() && tree.tag(id) != Tag::Meta {
        for name in itemprop.split_ascii_whitespace() {
            match name.to_ascii_lowercase().as_str() {
                "datepublished" => candidates.add(Field::Published, &moment(tree, id), "itemprop datePublished", 66),
                "datemodified" => candidates.add(Field::Modified, &moment(tree, id), "itemprop dateModified", 66),
                "author" if !signatures.is_of_other(id) => {
                    candidates.add(Field::Author, &named(tree, id), "itemprop author", 64);
                }
                _ => {}
            }
        }
    }
    let is_time = tree.tag(id) == Tag::Time;
    if is_time && places.dated.contains(&id) && itemprop.is_empty() {
        let (field, from, trust) = of_time(tree, id);
        let moment = moment(tree, id);
        let place = match id {
            id if id > places.last => 26,
            // The time right under the headline is the article's, those before it may be of menus.
            id if id > places.headline && places.head.contains(&id) => 0,
            _ => 4,
        };
        // A time may be a length of time, too.
        if !moment.starts_with("PT") {
            candidates.add(field, &moment, from, trust - place);
        }
    } else if !is_time && places.head.contains(&id) {
        let class = tree.attribute_or_empty(id, Attribute::Class);
        if is_dated(class) {
            // Microformats give the date as the title of an abbreviation, see <http://microformats.org/wiki/hnews>.
            let title = tree.attribute_or_empty(id, Attribute::Title);
            let text = short(tree, id);
            if let Some(date) = title.parse().ok().or_else(|| dates::find(&text)) {
                let updated = says_updated(class) || says_updated(&text);
                let field = if updated { Field::Modified } else { Field::Published };
                candidates.add(field, &date.to_string(), "class date", 50);
            }
        }
    }
}

/// What a `time` element says: published or changed, by its class and the words before it.
fn of_time(tree: &Tree, id: NodeId) -> (Field, &'static str, u8) {
    let class = tree.attribute_or_empty(id, Attribute::Class);
    let around = tree.attribute_or_empty(tree.parent(id), Attribute::Class);
    let before = (1..6).filter_map(|back| id.checked_sub(back)).find(|node| !tree.text(*node).trim().is_empty());
    let before = before.map_or("", |node| tree.text(node));
    let before = if before.len() < 40 { before } else { "" };
    if says_updated(class) || says_updated(around) || says_updated(before) {
        return (Field::Modified, "time updated", 52);
    }
    if class.contains("publish") || around.contains("publish") || before.to_lowercase().contains("publish") {
        return (Field::Published, "time published", 58);
    }
    (Field::Published, "time", 52)
}

/// Whether words in English, German, French, Spanish or Italian say that something was changed.
fn says_updated(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "update",
        "modified",
        "changed",
        "aktualisiert",
        "geändert",
        "mis à jour",
        "modifié",
        "actualiza",
        "aggiornat",
        "oppdatert",
        "uppdatera",
        "bijgewerkt",
    ];
    !text.is_empty() && {
        let lower = text.to_lowercase();
        WORDS.iter().any(|word| lower.contains(word))
    }
}

/// Whether a class calls an element a date.
fn is_dated(class: &str) -> bool {
    !class.is_empty()
        && class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
            ["date", "Date", "published", "pubdate", "timestamp", "datetime", "posted", "updated", "modified"]
                .iter()
                .any(|mark| word == *mark || (mark.starts_with('D') && word.ends_with(mark)))
                || word.ends_with("date") && !word.ends_with("update")
        })
}

/// A line that is a date, or a byline that says so; `less` is taken from its trust.
fn of_line(text: &str, next: &str, ends: u32, less: u8, candidates: &mut Candidates) {
    if text.chars().nth(LONGEST).is_some() {
        return;
    }
    let says = if says_updated(text) { Field::Modified } else { Field::Published };
    if let Some(date) = dates::parse(text) {
        candidates.add(says, &date.to_string(), "date line", 48 - less);
        return;
    }
    if let Some(name) = signature::of_line(text, next, ends) {
        candidates.add(Field::Author, &name, "byline", 44 - less);
    }
    let date = dates::find(text);
    let is_dated = date.is_some() || dates::numeric(text, true).is_some();
    if let Some((_, name)) = text.rsplit_once(" by ").filter(|_| is_dated) {
        candidates.add(Field::Author, signature::cut(name), "byline after date", 42 - less);
    }
    if text.chars().nth(SHORT).is_none() && is_dated {
        // Which number is the month is decided with what else is known.
        let date = date.map_or_else(|| text.to_owned(), |date| date.to_string());
        candidates.add(says, &date, "date near the headline", 30 - less);
    }
}

/// A line after the text, as `Posted by Ines Marrable at 4 May 1998` or `First published on 4 May 1998`.
fn of_last_line(tree: &Tree, block: &Block, candidates: &mut Candidates) {
    if block.letters > 140 {
        return;
    }
    let text = block.text(tree);
    let lower = text.to_lowercase();
    let begins = |marks: &[&str]| marks.iter().any(|mark| lower.starts_with(mark));
    let labelled = ["autor", "author", "auteur", "written by"].iter().any(|label| lower.starts_with(label));
    if labelled && let Some(name) = signature::of_line(&text, "", 0) {
        candidates.add(Field::Author, &name, "last line", 36);
    } else if begins(&["posted by ", "written by ", "story by ", "this post was written by "]) {
        let name = lower.find(" by ").and_then(|at| text.get(at + 1..)).unwrap_or_default();
        if let Some(name) = signature::of_line(name, "", 0) {
            candidates.add(Field::Author, &name, "last line", 36);
        }
    }
    if let Some(date) = dates::find(&text) {
        if lower.contains("originally published") || lower.contains("first published") {
            candidates.add(Field::Published, &date.to_string(), "first published", 70);
        } else if begins(&["posted ", "published", "publié", "veröffentlicht", "date", "datum", "fecha", "data "]) {
            candidates.add(Field::Published, &date.to_string(), "last line", 32);
        } else if says_updated(&text) && block.letters < 70 {
            candidates.add(Field::Modified, &date.to_string(), "last line", 28);
        }
    }
}

fn moment(tree: &Tree, id: NodeId) -> String {
    let stated = [Attribute::Datetime, Attribute::Content].iter().find_map(|name| tree.attribute(id, *name));
    stated.filter(|stated| !stated.is_empty()).map_or_else(|| short(tree, id), str::to_owned)
}

/// What microdata names as the author: its `name`, or its text.
fn named(tree: &Tree, id: NodeId) -> String {
    if tree.ancestors(id).take(8).any(|outer| matches!(tree.tag(outer), Tag::Figure | Tag::Figcaption)) {
        return String::new();
    }
    let names =
        tree.descendants(id).take(60).filter(|inner| tree.attribute_or_empty(*inner, Attribute::Itemprop) == "name");
    for name in names {
        let stated = tree.attribute_or_empty(name, Attribute::Content);
        let name = if stated.is_empty() { short(tree, name) } else { stated.to_owned() };
        if !name.is_empty() {
            return name;
        }
    }
    let stated = tree.attribute_or_empty(id, Attribute::Content);
    if stated.is_empty() { signature::line(tree, id) } else { stated.to_owned() }
}

/// The text of an element, if it is short.
fn short(tree: &Tree, id: NodeId) -> String {
    if tree.descendants(id).len() > 60 {
        return String::new();
    }
    let text = tree.text_of(id);
    if text.len() > 160 { String::new() } else { text }
}
