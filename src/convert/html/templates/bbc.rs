//! What both templates of BBC News Online have in common: addresses, bylines, and lists at the foot or beside the text.

use super::{Page, Text};
use crate::article::{Link, SeeAlso};
use crate::convert::bbc_text::audio::is_player;
use crate::convert::bbc_text::marks::{Mark, mark};
use crate::convert::byline::{byline, office};
use crate::convert::html::blocks::Block;
use crate::convert::html::candidate::{Candidates, Field};
use crate::convert::related::Related;
use crate::date::ArticleDate;
use crate::markup::address::{resolve, split_origin};
use crate::markup::to_markdown::Known;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::ops::Range;

/// Shortest lead; letters.
const LEAD: u32 = 30;
/// Blocks at the start of a text among which its byline stands.
const TOP: usize = 5;

/// The story's number: `784254` in `/hi/english/world/newsid_784000/784254.stm`, `/1/hi/world/784254.stm` and
/// `/2/low/world/784254.stm`.
pub(super) fn story_id(path: &str) -> Option<&str> {
    let (folder, file) = path.rsplit_once('/')?;
    let id = file.split_once('.').filter(|(_, end)| *end == "stm").map(|(id, _)| id)?;
    let is_number = (4..=10).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && folder.split('/').any(|part| matches!(part, "hi" | "low"))).then_some(id)
}

/// All addresses of the story that the page states, root-relative: in its head, and in links to its other editions.
/// That of the home edition comes first.
pub(super) fn addresses(tree: &Tree, candidates: &Candidates, known: &[String]) -> Vec<String> {
    let metas = ["ukfs_url", "ifs_url"].map(|name| {
        let is_it = |id: &NodeId| tree.attribute_or_empty(*id, Attribute::Name).eq_ignore_ascii_case(name);
        let meta = tree.descendants(0).filter(|id| tree.tag(*id) == Tag::Meta).find(is_it);
        meta.map_or("", |id| tree.attribute_or_empty(id, Attribute::Content))
    });
    let stated = candidates.of(Field::Canonical);
    let stated = stated.iter().map(|candidate| candidate.value.as_str());
    let stated = metas.into_iter().chain(stated).chain(known.iter().map(String::as_str));
    let path = |url| split_origin(url).1.split(['?', '#']).next().unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    for path in stated.map(path).filter(|path| path.starts_with('/') && story_id(path).is_some()) {
        if !found.iter().any(|known| known == path) {
            found.push(path.to_owned());
        }
    }
    let Some(id) = found.first().and_then(|path| story_id(path)).map(str::to_owned) else { return known.to_vec() };
    let links = tree.descendants(0).filter(|id| tree.tag(*id) == Tag::A);
    for path in links.map(|link| path(tree.attribute_or_empty(link, Attribute::Href))) {
        if path.starts_with('/') && story_id(path) == Some(&id) && !found.iter().any(|known| known == path) {
            found.push(path.to_owned());
        }
    }
    found.retain(|path| story_id(path) == Some(&id));
    found
}

/// The byline among the first blocks of a text, and the writer's office under it; both are taken out of the text.
/// Returns the dateline.
pub(super) fn take_byline(
    page: &Page<'_>,
    blocks: &[Block],
    candidates: &mut Candidates,
    left_out: &mut Vec<(NodeId, &'static str)>,
) -> String {
    for (nth, block) in blocks.iter().take(TOP).enumerate() {
        let mut lines = page.lines(block.first..block.last + 1).into_iter();
        let Some(found) = lines.next().and_then(|line| byline(&line)) else { continue };
        found.authors.iter().for_each(|name| candidates.add(Field::Author, name, "the template's byline", 95));
        leave_out(page, block, "authors", left_out);
        let mut place = found.place;
        let below = blocks.get(nth + 1).map(|block| (block, block.text(page.tree)));
        let office_below = below.as_ref().and_then(|(block, text)| Some((*block, office(text)?)));
        if let Some((block, town)) = &office_below {
            leave_out(page, block, "the writer's office", left_out);
            place = if town.is_empty() { place } else { town.clone() };
        }
        return lines.find_map(|line| office(&line)).filter(|town| !town.is_empty()).unwrap_or(place);
    }
    String::new()
}

/// Takes the boxes of sound and film out of a text.
pub(super) fn take_players(page: &Page<'_>, blocks: &[Block], left_out: &mut Vec<(NodeId, &'static str)>) {
    for block in blocks.iter().filter(|block| block.letters < 40) {
        if is_player(&block.text(page.tree)) {
            let table = page.tree.ancestors(block.node).take(5).find(|outer| page.tree.tag(*outer) == Tag::Table);
            let table = table.filter(|table| page.tree.descendants(*table).len() < 100);
            let table = table.filter(|table| page.lines(page.tree.descendants(*table)).concat().len() < 400);
            left_out.push((table.unwrap_or(block.first), "sound or film that is not in the page"));
        }
    }
}

/// Takes the texts of a block out.
pub(super) fn leave_out(
    page: &Page<'_>,
    block: &Block,
    reason: &'static str,
    left_out: &mut Vec<(NodeId, &'static str)>,
) {
    let texts = (block.first..=block.last).filter(|id| page.tree.tag(*id) == Tag::Text);
    left_out.extend(texts.map(|id| (id, reason)));
}

/// Reads lists, each a heading and the stretch of nodes that holds its items: those of related articles, and those of
/// links out. Other lists show what was news on the day of the copy.
pub(super) fn lists(
    page: &Page<'_>,
    date: Option<ArticleDate>,
    found: impl Iterator<Item = (NodeId, Range<NodeId>)>,
) -> (Vec<SeeAlso>, Vec<Link>) {
    let mut related = Related::new(date);
    let mut links: Vec<Link> = Vec::new();
    for (heading, items) in found {
        match mark(&page.tree.text_of(heading)) {
            Some(Mark::SeeAlso) => read_list(page, items, &mut related),
            Some(Mark::Links) => links.extend(linked(page, items).map(|(title, url)| Link { title, url })),
            _ => {}
        }
    }
    (related.items, links)
}

fn read_list(page: &Page<'_>, items: Range<NodeId>, related: &mut Related) {
    let tree = page.tree;
    let mut end = items.start;
    for id in items {
        if id < end {
            continue;
        }
        if tree.tag(id) == Tag::A {
            end = tree.end(id);
            if let Some((title, url)) = link(page, id) {
                related.title(&title, &url);
            }
        } else if is_line(tree, id) && related.dated(&tree.text_of(id)) {
            end = tree.end(id);
        }
    }
}

/// Whether an element is small and holds no link, as one that holds a date.
fn is_line(tree: &Tree, id: NodeId) -> bool {
    tree.descendants(id).len() < 12 && tree.descendants(id).all(|inner| tree.tag(inner) != Tag::A)
}

/// The links in a stretch of nodes, with their words.
pub(super) fn linked(page: &Page<'_>, nodes: Range<NodeId>) -> impl Iterator<Item = (String, String)> {
    nodes.filter(|id| page.tree.tag(*id) == Tag::A).filter_map(|id| link(page, id))
}

fn link(page: &Page<'_>, id: NodeId) -> Option<(String, String)> {
    let title = page.tree.text_of(id);
    let href = page.tree.attribute_or_empty(id, Attribute::Href);
    (!title.is_empty() && !href.is_empty()).then(|| (title, resolve(page.base, href).into_owned()))
}

/// Takes the lead as the standfirst: the first paragraph, if all of it is bold as on every such page. It stays the first
/// paragraph of the text, without being bold.
pub(super) fn take_lead(page: &Page<'_>, blocks: &[Block], candidates: &mut Candidates, text: &mut Text) {
    let tree = page.tree;
    for block in blocks.iter().take(TOP).filter(|block| block.letters >= LEAD && block.ends > 0) {
        let bold = tree.ancestors(block.first).take(6).find(|outer| tree.tag(*outer) == Tag::B);
        if let Some(bold) = bold.filter(|bold| tree.contains(*bold, block.last)) {
            candidates.add(Field::Description, &block.text(tree), "the template's lead", 90);
            text.known.insert(bold, Known::Plain);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::story_id;

    #[test]
    fn all_addresses_of_a_story_have_its_number() {
        let paths = [
            "/hi/english/town/newsid_784000/784254.stm",
            "/low/english/town/newsid_784000/784254.stm",
            "/1/hi/town/784254.stm",
            "http://news.gazette.example/2/low/town/784254.stm",
        ];
        assert!(paths.iter().all(|path| story_id(path) == Some("784254")));
        let others = ["/1/hi/town/default.stm", "/town/784254.stm", "/1/hi/town/784254.html", "/1/hi/88.stm", ""];
        assert!(others.iter().all(|path| story_id(path).is_none()));
    }
}
