//! BBC News Online from 2003: 760 pixels wide. Its marks are comments, `S BO` to `E BO` around the text, `S SF` the lead,
//! `S IIMA` a figure, `S IBOX` a box, `S IBYL` the byline; and classes, `div.sh` the headline, `div.seeAlsoH` the head
//! of a list. From 2008 the date line is "Page last updated at …".

use super::bbc;
use super::marks::Marks;
use super::{Page, Story, Template, Text};
use crate::article::{Link, SeeAlso};
use crate::convert::byline::{byline, office};
use crate::convert::dates;
use crate::convert::html::blocks::{Block, blocks};
use crate::convert::html::candidate::{Candidates, Field};
use crate::convert::html::title::Headline;
use crate::convert::shape::is_quote;
use crate::date::ArticleDate;
use crate::markup::to_markdown::{Known, picture};
use crate::markup::tree::{Attribute, NodeId, Tag};
use memchr::memmem::find;
use std::ops::Range;

/// The row of the table of templates.
pub(super) const TEMPLATE: Template = Template { detect, read };

/// Longest line of a date, and longest caption and quotation; bytes.
const LONGEST_DATE: usize = 120;
const LONGEST: usize = 600;

fn detect(html: &str) -> bool {
    find(html.as_bytes(), b"S BO -->").is_some() || find(html.as_bytes(), b"S BO-->").is_some()
}

fn read(page: &Page<'_>, candidates: &mut Candidates) -> Story {
    let tree = page.tree;
    let marks = Marks::of(tree);
    let shown = |class| page.of_class(class).find(|id| tree.tag(*id) == Tag::Div);
    let headline = shown("sh").map(|node| Headline::of(tree, node));
    let date = date(page, candidates);
    if let Some(section) = section(candidates) {
        candidates.add(Field::Section, &section, "the template's title", 90);
    }
    let heads: Vec<NodeId> = page.of_class("seeAlsoH").collect();
    let (mut see_also, mut links) = bbc::lists(page, date, stretches(page, &heads).into_iter());
    let Some(body) = marks.stretches("BO").into_iter().next() else {
        return Story { headline, see_also, links, ..Story::default() };
    };
    let mut text = around(page, &body);
    let mut dateline = String::new();
    for stretch in inner(&marks, "IBYL", &body) {
        dateline = byline_of(page, &stretch, candidates).unwrap_or(dateline);
        text.left_out.extend(marks.whole(&stretch).into_iter().map(|node| (node, "authors")));
    }
    let all: Vec<Block> = blocks(tree).into_iter().filter(|block| body.contains(&block.first)).collect();
    for stretch in inner(&marks, "IIMA", &body) {
        figure(page, &marks, &stretch, &mut text);
    }
    for stretch in inner(&marks, "IBOX", &body) {
        for (title, url) in a_box(page, &marks, &stretch, within(&all, &stretch), &mut text) {
            match bbc::story_id(&url) {
                Some(_) => see_also.push(SeeAlso { title, url, ..SeeAlso::default() }),
                None => links.push(Link { title, url }),
            }
        }
    }
    bbc::take_players(page, &all, &mut text.left_out);
    if dateline.is_empty() {
        dateline = bbc::take_byline(page, &text.story(page, &all), candidates, &mut text.left_out);
    }
    let lead = marks.stretches("SF").into_iter().find(|lead| body.contains(&lead.start)).unwrap_or(body);
    bbc::take_lead(page, within(&text.story(page, &all), &lead), candidates, &mut text);
    Story { headline, text: Some(text), dateline, see_also, links }
}

/// Those of `blocks`, which are in the order of the page, that begin in a stretch.
fn within<'b>(blocks: &'b [Block], stretch: &Range<NodeId>) -> &'b [Block] {
    let at = |node: NodeId| blocks.partition_point(|block| block.first < node);
    blocks.get(at(stretch.start)..at(stretch.end)).unwrap_or_default()
}

fn inner(marks: &Marks<'_>, name: &str, body: &Range<NodeId>) -> impl Iterator<Item = Range<NodeId>> {
    marks.stretches(name).into_iter().filter(|stretch| body.contains(&stretch.start) && stretch.end <= body.end)
}

/// The date line. It is that of the last change, and of many pages the only date.
fn date(page: &Page<'_>, candidates: &mut Candidates) -> Option<ArticleDate> {
    let tree = page.tree;
    let is_line = |id: &NodeId| {
        let text = tree.text(*id).trim_start();
        text.get(..12).is_some_and(|start| start.eq_ignore_ascii_case("last updated"))
            || text.starts_with("Page last updated")
    };
    let line = tree.descendants(0).find(|id| tree.tag(*id) == Tag::Text && is_line(id));
    // Label and date may stand in elements of their own.
    let around = line.into_iter().flat_map(|id| tree.ancestors(id).take(3)).map(|outer| tree.text_of(outer));
    let shown = around.take_while(|text| text.len() <= LONGEST_DATE).find_map(|text| dates::parse(&text));
    if let Some(date) = shown {
        candidates.add(Field::Published, &date.to_string(), "the template's date line", 48);
        candidates.add(Field::Modified, &date.to_string(), "the template's date line", 75);
    }
    dates::find(&candidates.best(Field::Published)?.value).or(shown)
}

/// `World: Europe` of the title `BBC NEWS | World | Europe | Headline`.
fn section(candidates: &Candidates) -> Option<String> {
    let title = candidates.of(Field::Title).into_iter().find(|title| title.from == "title")?;
    let parts: Vec<&str> = title.value.split(" | ").collect();
    let middle = parts.get(1..parts.len().checked_sub(1)?)?;
    (!middle.is_empty()).then(|| middle.join(": ").replace('/', " "))
}

/// The text as the smallest element that holds all of it, without what stands before and after it there.
fn around(page: &Page<'_>, body: &Range<NodeId>) -> Text {
    let tree = page.tree;
    let last = body.end.saturating_sub(1);
    let holds = |outer: &NodeId| tree.contains(*outer, body.start) && tree.contains(*outer, last);
    let root = tree.ancestors(body.start).find(holds).unwrap_or(0);
    let mut left_out = Vec::new();
    let mut id = root + 1;
    while id < tree.end(root) {
        let end = tree.end(id);
        let is_apart = end <= body.start || id >= body.end;
        if is_apart {
            left_out.push((id, "outside the marks of the text"));
        }
        id = if is_apart || body.contains(&id) && end <= body.end { end } else { id + 1 };
    }
    Text { roots: vec![root], left_out, ..Text::default() }
}

/// Reads `span.byl` and `span.byd`; returns the place that they name.
fn byline_of(page: &Page<'_>, stretch: &Range<NodeId>, candidates: &mut Candidates) -> Option<String> {
    let lines = page.lines(stretch.clone());
    let found = lines.iter().find_map(|line| byline(line))?;
    found.authors.iter().for_each(|name| candidates.add(Field::Author, name, "the template's byline", 95));
    let office = lines.iter().find_map(|line| office(line)).filter(|place| !place.is_empty());
    Some(office.unwrap_or(found.place))
}

fn figure(page: &Page<'_>, marks: &Marks<'_>, stretch: &Range<NodeId>, text: &mut Text) {
    let tree = page.tree;
    let is_shown = |id: &NodeId| tree.tag(*id) == Tag::Img && picture(tree, *id, page.base).is_some();
    let caption = page.lines(stretch.clone()).join(" ");
    let Some(picture) = stretch.clone().find(is_shown).filter(|_| caption.len() <= LONGEST) else { return };
    let mut nodes = marks.whole(stretch).into_iter().filter(|id| tree.tag(*id) != Tag::Template);
    let place = nodes.clone().find(|id| tree.contains(*id, picture));
    if let Some(place) = place {
        text.left_out.extend(nodes.by_ref().filter(|id| *id != place).map(|id| (id, "a figure's caption")));
        text.known.insert(place, Known::Figure { picture, caption });
    }
}

/// A box beside the text. Returns its links, where it holds nothing else.
fn a_box(
    page: &Page<'_>,
    marks: &Marks<'_>,
    stretch: &Range<NodeId>,
    blocks: &[Block],
    text: &mut Text,
) -> Vec<(String, String)> {
    let tree = page.tree;
    let nodes = marks.whole(stretch);
    let Some(place) = nodes.iter().copied().find(|id| tree.tag(*id).is_block()) else { return Vec::new() };
    let (letters, linked) =
        blocks.iter().fold((0, 0), |(all, linked), block| (all + block.letters, linked + block.linked));
    if linked * 2 > letters {
        text.left_out.extend(nodes.into_iter().map(|id| (id, "a box of links")));
        return bbc::linked(page, stretch.clone()).collect();
    }
    // Quotation marks are pictures here.
    let is_mark = |id: &NodeId| {
        tree.tag(*id) == Tag::Img && tree.attribute_or_empty(*id, Attribute::Src).to_ascii_lowercase().contains("quote")
    };
    let end = stretch.clone().rev().find(is_mark);
    let first = blocks.first().map_or(stretch.start, |block| block.last + 1);
    let cut = match end {
        Some(end) if end > first || blocks.len() < 2 => end,
        Some(_) => first,
        None => first.min(stretch.end),
    };
    let words = page.lines(stretch.start..cut).join(" ");
    let speaker = page.lines(cut..stretch.end).join(", ");
    let quoted = end.is_some() || words.starts_with(is_quote) && words.ends_with(is_quote);
    let known = if quoted && !words.is_empty() && words.len() <= LONGEST && speaker.len() <= 200 {
        Known::Quote { text: words, speaker }
    } else {
        Known::Aside
    };
    text.known.insert(place, known);
    Vec::new()
}

/// The stretch of each list: up to the next heading, or the end of the column.
fn stretches(page: &Page<'_>, heads: &[NodeId]) -> Vec<(NodeId, Range<NodeId>)> {
    let tree = page.tree;
    let column = |head: NodeId| tree.ancestors(head).find(|outer| tree.tag(*outer) == Tag::Td).unwrap_or(0);
    let next = heads.iter().skip(1).copied().chain([NodeId::MAX]);
    let stretch = |(head, next): (&NodeId, NodeId)| {
        let start = tree.end(*head);
        (*head, start..next.min(tree.end(column(*head))).max(start))
    };
    heads.iter().zip(next).map(stretch).collect()
}
