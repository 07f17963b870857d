//! Which blocks of the body's container are the article's.

use super::blocks::Block;
use super::body::sum;
use super::home::Home;
use super::lists::{self, List, list_of};
use super::phrases::is_furniture;
use super::typical::Typical;
use crate::convert::dates;
use crate::markup::to_markdown::{is_picture_box, is_set_aside, picture};
use crate::markup::tree::{NodeId, Tag, Tree};
use std::collections::{HashMap, HashSet};

/// Largest box that points to another story; letters.
const BOX: u32 = 700;

/// What is made of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Of the article.
    Keep,
    /// Not of the article, and why.
    Drop(&'static str),
    /// Too short to tell by itself.
    Open,
}

/// What the verdicts depend on besides the blocks.
pub(super) struct Circumstances<'a> {
    pub(super) tree: &'a Tree,
    /// Why a node is not of the article by its looks; by node.
    pub(super) noise: &'a [Option<&'static str>],
    /// The headline, folded.
    pub(super) headline: &'a str,
    /// What tells links to other sites from those that stay.
    pub(super) home: &'a Home,
    /// For each block, the share of it that is in the text that the page states for machines; empty if it states none.
    pub(super) stated: &'a [f32],
}

/// A verdict for each of `blocks`, which are those of the container.
pub(super) fn verdicts(blocks: &[Block], given: &Circumstances<'_>) -> Vec<Verdict> {
    let typical = Typical::of(given.tree, blocks);
    let lists = lists::of(blocks, given, &typical);
    let mut verdicts: Vec<Verdict> =
        (0..blocks.len()).map(|nth| first_look(nth, blocks, given, &typical, &lists)).collect();
    boxes(blocks, given.tree, &typical, &mut verdicts);
    if given.stated.is_empty() {
        tail(blocks, given.tree, &typical, &mut verdicts);
    }
    replies(blocks, given, &mut verdicts);
    opening(blocks, given.tree, &mut verdicts);
    by_neighbours(blocks, given.tree, &typical, &mut verdicts);
    headings(blocks, given.tree, &typical, &mut verdicts);
    verdicts
}

fn first_look(
    nth: usize,
    blocks: &[Block],
    given: &Circumstances<'_>,
    typical: &Typical,
    lists: &HashMap<NodeId, List>,
) -> Verdict {
    let tree = given.tree;
    let block = &blocks[nth];
    if let Some(reason) = given.noise.get(block.first as usize).copied().flatten() {
        return Verdict::Drop(reason);
    }
    if block.tag == Tag::Figcaption {
        return Verdict::Drop("a caption");
    }
    let text = if block.letters < 360 { block.text(tree) } else { String::new() };
    if !text.is_empty() && fold(&text) == given.headline {
        return Verdict::Drop("the headline");
    }
    if !text.is_empty() && is_furniture(&text) {
        return Verdict::Drop("a phrase of page furniture");
    }
    let list = lists.get(&list_of(tree, block.node)).filter(|_| block.tag == Tag::Li);
    let leads_away = block.linked > 0 && given.home.is_left(tree, block);
    if list == Some(&List::Pointers) || list == Some(&List::References) && block.linked > 0 && !leads_away {
        return Verdict::Drop("a list of links");
    }
    if let Some(stated) = given.stated.get(nth) {
        if *stated >= 0.6 {
            return Verdict::Keep;
        }
        if block.letters >= 60 && block.tag.heading().is_none() && !matches!(block.tag, Tag::Td | Tag::Th) {
            return Verdict::Drop("not in the text that the page states");
        }
    }
    if block.is_linked() {
        let may_be = leads_away && (list.is_some() || is_reference(block, tree, typical))
            || is_own_pointer(nth, blocks, given, typical);
        return if may_be { Verdict::Open } else { Verdict::Drop("nothing but links") };
    }
    if block.tag.heading().is_none() && block.prose() >= 40 && (block.letters >= 80 || typical.is(tree, block)) {
        return Verdict::Keep;
    }
    Verdict::Open
}

/// Whether a block of links to other sites may be the article's own references: a heading, or a sentence.
fn is_reference(block: &Block, tree: &Tree, typical: &Typical) -> bool {
    let is_usual = || typical.is(tree, block) || typical.is_beside(tree, block);
    let may_be = block.tag.heading().is_some() || block.ends > 0 && block.letters > 30 && is_usual();
    block.tag != Tag::Li && may_be
}

/// Whether a block of links may be of the article all the same: a sentence that is only mostly a link, a heading where the
/// text stands, or one whose words the text under it takes up.
fn is_own_pointer(nth: usize, blocks: &[Block], given: &Circumstances<'_>, typical: &Typical) -> bool {
    let (tree, block) = (given.tree, &blocks[nth]);
    if block.tag.heading().is_none() {
        return block.ends > 0 && block.linked < block.letters && typical.is(tree, block);
    }
    typical.is_beside(tree, block)
        || blocks.get(nth + 1).is_some_and(|next| {
            let is_text = next.prose() >= 80 && typical.is(tree, next) && given.noise[next.first as usize].is_none();
            is_text && is_taken_up(tree, block, &blocks[nth + 1..])
        })
}

/// Whether half of the long words of a heading occur in the first blocks under it.
fn is_taken_up(tree: &Tree, heading: &Block, under: &[Block]) -> bool {
    const BLOCKS: usize = 4;
    let text = heading.text(tree);
    let mut words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(fold).collect();
    words.retain(|word| word.chars().count() > 3);
    let mut missing = words.clone();
    for block in under.iter().take(BLOCKS).take_while(|block| block.tag.heading().is_none()) {
        let under = fold(&block.text(tree));
        missing.retain(|word| !under.contains(word.as_str()));
    }
    missing.len() * 2 <= words.len()
}

/// A small box among the text that is unlike it and links elsewhere is a pointer to another story.
fn boxes(blocks: &[Block], tree: &Tree, typical: &Typical, verdicts: &mut [Verdict]) {
    let of = |value: &dyn Fn(&Block) -> u32| sum(tree, blocks.iter().map(|block| (block.node, value(block))));
    let (letters, linked) = (of(&|block| block.letters), of(&|block| block.linked));
    let usual = of(&|block| if typical.is(tree, block) { block.prose() } else { 0 });
    for (block, verdict) in blocks.iter().zip(verdicts.iter_mut()) {
        let is_usual = typical.is(tree, block) || (block.tag == Tag::Li && typical.is_list_beside(tree, block));
        if *verdict != Verdict::Keep || is_usual || block.tag.heading().is_some() {
            continue;
        }
        // The largest part around it that holds nothing of the usual kind.
        let around = std::iter::once(block.node).chain(tree.ancestors(block.node));
        let outermost = around.take_while(|node| usual[*node as usize] == 0).last().unwrap_or(block.node) as usize;
        if letters[outermost] < BOX && linked[outermost] * 4 >= letters[outermost] {
            *verdict = Verdict::Drop("in a box that links elsewhere");
        }
    }
}

/// After the last text of the usual kind, what is unlike it and stands elsewhere is of something else.
fn tail(blocks: &[Block], tree: &Tree, typical: &Typical, verdicts: &mut [Verdict]) {
    let is_usual = |(at, verdict): &(usize, &Verdict)| **verdict == Verdict::Keep && typical.is(tree, &blocks[*at]);
    let Some((last, _)) = verdicts.iter().enumerate().rfind(is_usual) else { return };
    let kept = |from: usize| {
        let blocks = blocks.iter().zip(verdicts.iter()).skip(from).filter(|(_, verdict)| **verdict == Verdict::Keep);
        blocks.map(|(block, _)| block.prose()).sum::<u32>()
    };
    if kept(last + 1) * 6 > kept(0) {
        return;
    }
    let is_question = |block: &Block| block.letters < 200 && block.text(tree).ends_with(['?', '？', '؟']);
    let mut answers = false;
    for (block, verdict) in blocks.iter().zip(verdicts.iter_mut()).skip(last + 1) {
        let belongs = are_near(tree, block, &blocks[last])
            || is_data(tree, block)
            || (block.tag == Tag::Li && typical.is_list_beside(tree, block))
            || answers;
        if *verdict == Verdict::Keep && !belongs {
            *verdict = Verdict::Drop("after the article's text");
        }
        answers = is_question(block);
    }
}

/// Where readers' replies begin, the article has ended: at a line that repeats the headline after `Re:`, or says whose the
/// comments are.
fn replies(blocks: &[Block], given: &Circumstances<'_>, verdicts: &mut [Verdict]) {
    let is_reply = |block: &Block| {
        if block.letters > 400 {
            return false;
        }
        let folded = fold(&block.text(given.tree));
        let again =
            folded.strip_prefix("re").is_some_and(|rest| given.headline.len() > 8 && rest.starts_with(given.headline));
        again || folded.contains("commentsareownedby") || folded.contains("commentsarepropertyof")
    };
    let first = verdicts.iter().position(|verdict| *verdict == Verdict::Keep).unwrap_or(0);
    let reply = blocks.iter().skip(first).position(is_reply).map_or(blocks.len(), |at| first + at);
    verdicts.iter_mut().skip(reply).for_each(|verdict| *verdict = Verdict::Drop("readers' replies"));
}

/// Before the first paragraph, a line that is a byline or a date is no text. What was said before is not said again.
fn opening(blocks: &[Block], tree: &Tree, verdicts: &mut [Verdict]) {
    let first = verdicts.iter().position(|verdict| *verdict == Verdict::Keep).unwrap_or(0);
    let mut said: HashSet<String> = HashSet::new();
    for (nth, (block, verdict)) in blocks.iter().zip(verdicts.iter_mut()).enumerate() {
        if matches!(verdict, Verdict::Drop(_)) || block.letters > 400 {
            continue;
        }
        let text = block.text(tree);
        if nth < first && block.letters < 100 && (is_byline(&text) || dates::parse(&text).is_some()) {
            *verdict = Verdict::Drop("facts about the article");
        } else if block.letters >= 40
            && block.tag.heading().is_none()
            && !matches!(block.tag, Tag::Td | Tag::Th)
            && !said.insert(fold(&text))
        {
            *verdict = Verdict::Drop("said before");
        }
    }
}

/// `By Ines Marrable`, in the languages of western Europe.
pub(super) fn is_byline(text: &str) -> bool {
    const BEFORE: [&str; 6] = ["posted", "written", "submitted", "published", "reported", "story"];
    let mut words = text.split_whitespace().skip_while(|word| BEFORE.contains(&word.to_lowercase().as_str()));
    let by = words.next().is_some_and(|word| {
        ["by", "von", "par", "por", "di", "door", "av", "af"]
            .contains(&word.trim_end_matches(':').to_lowercase().as_str())
    });
    let is_posted = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("posted "));
    by && words.clone().count() <= 12
        && words.next().is_some_and(|name| is_posted || name.starts_with(char::is_uppercase))
}

/// What is too short to tell is of the article where its neighbours are; those it keeps are neighbours to others.
fn by_neighbours(blocks: &[Block], tree: &Tree, typical: &Typical, verdicts: &mut [Verdict]) {
    keep_near(blocks, tree, typical, verdicts);
    keep_near(blocks, tree, typical, verdicts);
    for verdict in verdicts.iter_mut().filter(|verdict| **verdict == Verdict::Open) {
        *verdict = Verdict::Drop("short, and not among the article's text");
    }
}

fn keep_near(blocks: &[Block], tree: &Tree, typical: &Typical, verdicts: &mut [Verdict]) {
    // For each block, the nearest one of the article behind it.
    let mut after = vec![None; blocks.len()];
    let mut nearest = None;
    for at in (0..blocks.len()).rev() {
        after[at] = nearest;
        if verdicts[at] == Verdict::Keep {
            nearest = Some(at);
        }
    }
    let (mut before, mut prose): (Option<usize>, Option<usize>) = (None, None);
    for at in 0..blocks.len() {
        if verdicts[at] == Verdict::Open {
            let beside = |other: Option<usize>| other.is_some_and(|other| are_near(tree, &blocks[at], &blocks[other]));
            let block = &blocks[at];
            let is_heading = block.tag.heading().is_some() || block.tag == Tag::Dt;
            let is_item = |before: usize| {
                block.tag == Tag::Li
                    && block.linked == 0
                    && (typical.is_list_beside(tree, block) || goes_on(tree, &blocks[before], block))
            };
            let keep = match (before, after[at]) {
                (Some(_), Some(_)) => true,
                (Some(before), None) if is_item(before) => true,
                (Some(_), None) if block.linked == 0 && is_data(tree, block) => true,
                (Some(_), None) => (beside(before) || beside(prose)) && block.ends > 0 && !is_heading,
                (None, Some(after)) if is_heading && after == at + 1 => true,
                (None, Some(_)) => beside(after[at]) && (block.ends > 0 || is_heading) || is_caption(tree, block),
                (None, None) => false,
            };
            if keep {
                verdicts[at] = Verdict::Keep;
            }
        }
        if verdicts[at] == Verdict::Keep {
            before = Some(at);
            prose = if blocks[at].prose() > 0 && blocks[at].ends > 0 { before } else { prose };
        }
    }
}

/// Whether an item is of a list right in the element that holds the text before it, or of the list of the item before it.
fn goes_on(tree: &Tree, before: &Block, item: &Block) -> bool {
    let list = list_of(tree, item.node);
    let same = || list_of(tree, before.node) == list;
    list != 0 && if before.tag == Tag::Li { same() } else { tree.contains(before.node, list) }
}

/// Whether a cell is one of a table of data: several rows of several cells each.
fn is_data(tree: &Tree, cell: &Block) -> bool {
    if !matches!(cell.tag, Tag::Td | Tag::Th) {
        return false;
    }
    let nodes = || std::iter::once(cell.node).chain(tree.ancestors(cell.node)).take(6);
    let Some(row) = nodes().find(|id| tree.tag(*id) == Tag::Tr) else { return false };
    let is_cell = |id: &NodeId| matches!(tree.tag(*id), Tag::Td | Tag::Th);
    tree.children(row).filter(is_cell).take(2).count() > 1
        && tree.children(tree.parent(row)).filter(|id| tree.tag(*id) == Tag::Tr).take(3).count() > 2
}

/// Whether a block is the line under a picture in the same small box.
fn is_caption(tree: &Tree, block: &Block) -> bool {
    let is_picture = |id: NodeId| tree.tag(id) == Tag::Img && picture(tree, id, "").is_some();
    let is_box = |id: &NodeId| {
        let plain = *id == block.node && matches!(tree.tag(*id), Tag::Center | Tag::Td);
        let aside = || tree.tag(*id) == Tag::Div && is_set_aside(tree, *id);
        (plain || tree.tag(*id) == Tag::Table || is_picture_box(tree, *id) || aside())
            && tree.descendants(*id).len() < 24
            && tree.descendants(*id).any(is_picture)
    };
    block.letters < 300
        && block.linked * 4 <= block.letters
        && std::iter::once(block.node).chain(tree.ancestors(block.node)).take(4).any(|id| is_box(&id))
}

/// Whether two blocks stand side by side in the same element.
fn are_near(tree: &Tree, a: &Block, b: &Block) -> bool {
    a.node == b.node
        || tree.parent(a.node) == tree.parent(b.node)
        || tree.parent(a.node) == b.node
        || a.node == tree.parent(b.node)
}

/// A heading is of the article if text of the article stands under it, before the next heading of its rank or above.
/// Where what comes next is something else, it has to stand where the text stands, to be a heading of the text.
fn headings(blocks: &[Block], tree: &Tree, typical: &Typical, verdicts: &mut [Verdict]) {
    // By rank, whether text has been seen behind, before a heading of that rank or above.
    let mut text_under = [false; 7];
    let (mut is_next_kept, mut is_next_heading) = (false, false);
    for (block, verdict) in blocks.iter().zip(verdicts.iter_mut()).rev() {
        let Some(rank) = block.tag.heading().map(usize::from) else {
            (is_next_kept, is_next_heading) = (*verdict == Verdict::Keep, false);
            if is_next_kept {
                text_under = [true; 7];
            }
            continue;
        };
        let has_text = text_under.get(rank).copied().unwrap_or(false);
        let is_followed =
            has_text && (is_next_kept || typical.is_beside(tree, block)) || (is_next_kept && is_next_heading);
        if *verdict == Verdict::Keep && !is_followed {
            *verdict = Verdict::Drop("a heading with nothing of the article under it");
        }
        (is_next_kept, is_next_heading) = (*verdict == Verdict::Keep, true);
        text_under.iter_mut().skip(rank).for_each(|seen| *seen = false);
    }
}

/// Letters and digits only, in lower case: for telling whether two texts say the same.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}
