//! BBC News Online to 2003: nested tables 610 pixels wide. Its marks are classes: `div.headlinestory`, `div.bodytext`,
//! `div.inlineimage`, `table.boxbody`, `div.rhslist`, and comments `GENInline…` in boxes.

use super::bbc;
use super::marks::Marks;
use super::{Page, Story, Template, Text};
use crate::convert::dates;
use crate::convert::html::blocks::{Block, blocks};
use crate::convert::html::candidate::{Candidates, Field};
use crate::convert::html::title::Headline;
use crate::convert::shape::is_speaker;
use crate::date::ArticleDate;
use crate::markup::to_markdown::{Known, picture};
use crate::markup::tree::{Attribute, NodeId, Tag};
use memchr::memmem::find;
use std::ops::Range;

/// The row of the table of templates.
pub(super) const TEMPLATE: Template = Template { detect, read };

/// Most words of a pull quote's first part that still is one; bytes.
const LONGEST_QUOTE: usize = 600;

fn detect(html: &str) -> bool {
    find(html.as_bytes(), b"headlinestory").is_some() && find(html.as_bytes(), b"bodytext").is_some()
}

fn read(page: &Page<'_>, candidates: &mut Candidates) -> Story {
    let tree = page.tree;
    let headline = page.of_class("headlinestory").next().map(|node| Headline::of(tree, node));
    let headline = headline.filter(|headline| !headline.text.is_empty());
    let date = date(page, candidates);
    if let Some(section) = section(page) {
        candidates.add(Field::Section, &section, "the line \"You are in\"", 95);
    }
    let lists = page.outermost(page.of_class("rhslist"));
    let mut text = Text { roots: roots(page, headline.as_ref(), &lists), ..Text::default() };
    let inside = page.mask(text.roots.iter().copied());
    let is_inside = |block: &Block| inside.get(block.first as usize) == Some(&true);
    let nodes: Vec<Block> = blocks(tree).into_iter().filter(is_inside).collect();
    text.left_out.extend(lists.iter().map(|list| (*list, "a list beside the text")));
    figures(page, &mut text);
    boxes(page, &mut text);
    bbc::take_players(page, &nodes, &mut text.left_out);
    let dateline = bbc::take_byline(page, &text.story(page, &nodes), candidates, &mut text.left_out);
    bbc::take_lead(page, &text.story(page, &nodes), candidates, &mut text);
    let (see_also, links) = bbc::lists(page, date, heads(page, &lists));
    Story { headline, text: Some(text).filter(|text| !text.roots.is_empty()), dateline, see_also, links }
}

/// The date line; the head of the page states the same moment, exactly.
fn date(page: &Page<'_>, candidates: &mut Candidates) -> Option<ArticleDate> {
    let shown = page.of_class("date").find_map(|id| dates::parse(&page.tree.text_of(id)));
    if let Some(date) = shown {
        candidates.add(Field::Published, &date.to_string(), "the template's date line", 72);
    }
    shown.or_else(|| dates::find(&candidates.best(Field::Published)?.value))
}

/// `World: Europe` of the line "You are in: World: Europe".
fn section(page: &Page<'_>) -> Option<String> {
    let is_crumb = |id: &NodeId| {
        let class = page.tree.attribute_or_empty(*id, Attribute::Class);
        class.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("crumbtrail"))
    };
    let crumbs = page.tree.descendants(0).filter(is_crumb).filter_map(|id| page.tree.text_within(id, 200));
    let words = crumbs.into_iter().find_map(|text| Some(text.strip_prefix("You are in:")?.trim().replace('/', " ")));
    words.filter(|words| !words.is_empty() && words.len() <= 100)
}

/// The parts of the text, which follow the headline and are in none of the lists.
fn roots(page: &Page<'_>, headline: Option<&Headline>, lists: &[NodeId]) -> Vec<NodeId> {
    let is_part = |id: &NodeId| {
        page.has_class(*id, "bodytext")
            || page.has_class(*id, "inlineimage")
            || (page.tree.tag(*id) == Tag::Table && page.has_class(*id, "boxbody"))
    };
    let first = headline.and_then(|headline| headline.node).unwrap_or(0);
    let listed = page.mask(lists.iter().copied());
    let is_free = |id: &NodeId| *id > first && listed.get(*id as usize) == Some(&false);
    page.outermost(page.tree.descendants(0).filter(|id| is_free(id) && is_part(id)))
}

fn figures(page: &Page<'_>, text: &mut Text) {
    for id in page.outermost(page.of_class("inlineimage")) {
        let images = page.tree.descendants(id).filter(|node| page.tree.tag(*node) == Tag::Img);
        let shown = images.into_iter().find(|node| picture(page.tree, *node, page.base).is_some());
        let caption = page.tree.descendants(id).find(|node| page.has_class(*node, "caption"));
        let caption =
            caption.map_or_else(|| page.lines(page.tree.descendants(id)).join(" "), |node| page.tree.text_of(node));
        if let Some(picture) = shown {
            text.known.insert(id, Known::Figure { picture, caption });
        }
    }
}

/// Boxes beside the text: what somebody said, links, or facts.
fn boxes(page: &Page<'_>, text: &mut Text) {
    let tree = page.tree;
    let marks = Marks::of(tree);
    for table in page.outermost(page.of_class("boxbody").filter(|id| tree.tag(*id) == Tag::Table)) {
        let inside = table..tree.end(table);
        let of_class =
            |class| tree.descendants(table).filter(move |id| tree.tag(*id) != Tag::Table && page.has_class(*id, class));
        let bodies = page.outermost(of_class("boxbody"));
        let heads = page.outermost(of_class("boxhead"));
        let speaker =
            heads.iter().map(|head| page.lines(tree.descendants(*head)).join(", ")).next().unwrap_or_default();
        let words = bodies.first().map(|body| page.lines(tree.descendants(*body)).join(" ")).unwrap_or_default();
        let is_marked = marks.stands_in("GENInlineQUOTE", &inside);
        let follows =
            || bodies.first().zip(heads.first()).is_some_and(|(body, head)| body < head) && is_speaker(&speaker);
        match bodies.first() {
            Some(body) if (is_marked || follows()) && !words.is_empty() && words.len() <= LONGEST_QUOTE => {
                text.known.insert(table, Known::Plain);
                text.known.insert(*body, Known::Quote { text: words, speaker });
                text.left_out.extend(heads.iter().map(|head| (*head, "the speaker of a pull quote")));
                text.left_out.extend(bodies.iter().skip(1).map(|body| (*body, "more of a pull quote's box")));
            }
            _ => {
                text.known.insert(table, Known::Aside);
            }
        }
    }
}

/// The headings of the lists, each with the stretch up to the next one.
fn heads(page: &Page<'_>, lists: &[NodeId]) -> impl Iterator<Item = (NodeId, Range<NodeId>)> {
    lists.iter().flat_map(move |list| {
        let heads: Vec<NodeId> = page.tree.descendants(*list).filter(|id| page.has_class(*id, "rhshead")).collect();
        let ends: Vec<NodeId> = heads.iter().skip(1).copied().chain([page.tree.end(*list)]).collect();
        heads.into_iter().zip(ends).map(|(head, end)| (head, page.tree.end(head)..end.max(page.tree.end(head))))
    })
}
