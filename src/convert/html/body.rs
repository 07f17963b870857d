//! Where on a page the article's text is.
//!
//! Prose is summed up the tree; parts that are noise by their looks and hold little of it are left out. From the root,
//! or from the element that the page marks as the article, the way leads down as long as one child holds nearly all
//! prose. What a page spreads over several parts stays together that way. Then each block in there gets its verdict.

use super::blocks::{Block, blocks, with_captions};
use super::candidate::{Candidates, Field};
use super::captions;
use super::furniture::Furniture;
use super::home::Home;
use super::lead;
use super::stated::Stated;
use super::title::Headline;
use super::verdict::{Circumstances, Verdict, fold, verdicts};
use crate::markup::to_markdown::{Known, notes};
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashMap;

/// Of all prose, the share in percent that a part needs for the way down to lead there.
const NEARLY_ALL: u64 = 90;
/// The same for a column of a table, and for a row that has columns.
const COLUMN: u64 = 66;
const ROW: u64 = 80;
/// Letters of prose without which a page is no article.
const LEAST: u32 = 80;
/// Letters of prose that make an article, even where a page has more of other articles.
const ENOUGH: u32 = 500;

/// Letters of prose that make a part of a text that is in parts.
const PART: u32 = 300;

/// Answers that open on a click that make a part of questions.
const QUESTIONS: usize = 2;

/// Longest words under the headline of another story; letters.
const TEASER: u32 = 300;

/// The article's text on a page.
pub(super) struct Body {
    /// The nodes that hold it, in document order, none inside another.
    pub(super) roots: Vec<NodeId>,
    /// All blocks of the page.
    pub(super) blocks: Vec<Block>,
    /// What was made of each.
    pub(super) verdicts: Vec<Verdict>,
    /// The pictures that have words of their own under them, and the element that holds those; in order.
    pub(super) captions: Vec<(NodeId, NodeId)>,
    /// What is known of its nodes that their elements do not tell.
    pub(super) known: HashMap<NodeId, Known>,
    /// By node: whether it is left out.
    dropped: Vec<bool>,
}

impl Body {
    /// Whether a node is left out.
    pub(super) fn drops(&self, id: NodeId) -> bool {
        self.dropped.get(id as usize).copied().unwrap_or(false)
    }

    /// Takes a node and all in it back in.
    pub(super) fn show(&mut self, id: NodeId, tree: &Tree) {
        let nodes = self.dropped.get_mut(id as usize..tree.end(id) as usize);
        nodes.into_iter().flatten().for_each(|dropped| *dropped = false);
    }

    /// The blocks of the article, in order.
    pub(super) fn kept(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().zip(&self.verdicts).filter(|(_, verdict)| **verdict == Verdict::Keep).map(|(block, _)| block)
    }
}

/// Finds the article's text on a page whose relative links start from `base`; `None` where the page has none.
pub(super) fn find(tree: &Tree, headline: &Headline, candidates: &Candidates, base: &str) -> Option<Body> {
    let mut blocks = blocks(tree);
    captions::mark(tree, &mut blocks);
    let has_captions = tree.descendants(0).any(|id| tree.tag(id) == Tag::Figcaption)
        || blocks.iter().any(|block| block.tag == Tag::Figcaption);
    among(tree, headline, candidates, base, blocks).or_else(|| {
        // A gallery tells its story in the words under its pictures.
        let blocks = has_captions.then(|| with_captions(tree))?;
        among(tree, headline, candidates, base, blocks)
    })
}

/// Finds the article's text among the blocks of a page.
fn among(tree: &Tree, headline: &Headline, candidates: &Candidates, base: &str, blocks: Vec<Block>) -> Option<Body> {
    let mut furniture = Furniture::of(tree, &blocks, headline);
    let quiet = |block: &Block| furniture.is_free(block.first) || furniture.is_answer(tree, block.first);
    let teasers = teasers(tree, &blocks);
    let counted = |(block, is_teaser): (&Block, &bool)| if quiet(block) && !is_teaser { block.prose() } else { 0 };
    let prose = sum(tree, blocks.iter().zip(&teasers).map(|pair| (pair.0.node, counted(pair))));
    let stated = candidates.best(Field::Text).and_then(|text| Stated::of(tree, &text.value, &blocks));
    let container = if let Some(stated) = &stated {
        let shares = blocks.iter().zip(&stated.shares);
        let prose = sum(tree, shares.map(|(block, share)| (block.node, if *share >= 0.6 { block.letters } else { 0 })));
        descend(tree, &prose, 0)
    } else {
        let start = start(tree, &prose, headline);
        widen(tree, &prose, &blocks, &furniture, (descend(tree, &prose, start), start))
    };
    furniture.unfold(tree, container);
    let noise = &furniture.reasons;
    let inside: Vec<usize> = (0..blocks.len()).filter(|nth| tree.contains(container, blocks[*nth].first)).collect();
    let local: Vec<Block> = inside.iter().map(|nth| blocks[*nth]).collect();
    let shares: Vec<f32> = stated.iter().flat_map(|stated| inside.iter().map(|nth| stated.shares[*nth])).collect();
    let home = Home::of(tree, base);
    let given = Circumstances { tree, noise, home: &home, headline: &fold(&headline.shown), stated: &shares };
    let outside = |block: &Block| noise[block.first as usize].unwrap_or("outside the article");
    let mut all: Vec<Verdict> = blocks.iter().map(|block| Verdict::Drop(outside(block))).collect();
    let is_before = |block: &Block| headline.node.is_some_and(|node| block.first < node);
    let before: u32 = local.iter().filter(|block| is_before(block)).map(Block::prose).sum();
    // A headline that much of the text stands before is a heading in it.
    let most = if headline.node.is_some_and(|node| tree.tag(node) == Tag::H1) { 70 } else { 25 };
    let whole: u32 = local.iter().map(Block::prose).sum();
    let is_first = u64::from(before) * 100 < u64::from(whole) * most;
    for (nth, verdict) in inside.iter().zip(verdicts(&local, &given)) {
        let early =
            is_first && headline.node.is_some_and(|node| tree.contains(container, node) && blocks[*nth].first < node);
        all[*nth] = if early { Verdict::Drop("before the headline") } else { verdict };
    }
    let kept: u32 =
        blocks.iter().zip(&all).filter(|(_, verdict)| **verdict == Verdict::Keep).map(|(block, _)| block.prose()).sum();
    if kept < LEAST {
        return None;
    }
    let mut body = Body {
        roots: vec![container],
        captions: Vec::new(),
        known: HashMap::new(),
        dropped: noise.iter().map(Option::is_some).collect(),
        blocks,
        verdicts: all,
    };
    lead::add(tree, headline, container, noise, &mut body);
    body.keep_notes(tree, container);
    body.drop_rest(tree, headline, container);
    body.captions = captions::find(tree, &body.blocks, |id| body.drops(id));
    Some(body)
}

/// The article's text where a template tells it: what is in `roots` and not `left_out`; `None` where that is nothing.
pub(super) fn told(tree: &Tree, roots: &[NodeId], left_out: &[(NodeId, &'static str)]) -> Option<Body> {
    let mut reasons: Vec<Option<&'static str>> = vec![None; tree.len()];
    for (node, reason) in left_out {
        if let Some(nodes) = reasons.get_mut(*node as usize..tree.end(*node) as usize) {
            nodes.fill(Some(*reason));
        }
    }
    let blocks = blocks(tree);
    let verdict = |block: &Block| {
        // Roots are in the order of the page, so the last that begins before the block holds it, if any does.
        let before = roots.partition_point(|root| *root <= block.first);
        let root = before.checked_sub(1).and_then(|at| roots.get(at));
        match reasons.get(block.first as usize).copied().flatten() {
            Some(reason) => Verdict::Drop(reason),
            None if root.is_some_and(|root| tree.contains(*root, block.first)) => Verdict::Keep,
            None => Verdict::Drop("outside the article"),
        }
    };
    let verdicts: Vec<Verdict> = blocks.iter().map(verdict).collect();
    let body = Body {
        roots: roots.to_vec(),
        captions: Vec::new(),
        known: HashMap::new(),
        dropped: reasons.iter().map(Option::is_some).collect(),
        blocks,
        verdicts,
    };
    let kept: u32 = body.kept().map(Block::prose).sum();
    (kept >= LEAST).then_some(body)
}

impl Body {
    /// Keeps the notes that the text refers to.
    fn keep_notes(&mut self, tree: &Tree, container: NodeId) {
        for note in notes(tree, &[container]) {
            self.show(note, tree);
            let at = |node: NodeId| self.blocks.partition_point(|block| block.first < node);
            let range = at(note)..at(tree.end(note));
            self.verdicts.get_mut(range).into_iter().flatten().for_each(|verdict| *verdict = Verdict::Keep);
        }
    }

    /// Marks the texts that were not kept, the headline, and the pictures around the article.
    fn drop_rest(&mut self, tree: &Tree, headline: &Headline, container: NodeId) {
        for (block, verdict) in self.blocks.iter().zip(&self.verdicts) {
            if *verdict != Verdict::Keep {
                let texts = block.first..=block.last;
                texts.filter(|id| tree.tag(*id) == Tag::Text).for_each(|id| self.dropped[id as usize] = true);
            }
        }
        let last = self.kept().last().map_or(container, |block| block.last);
        let first = headline.node.filter(|node| tree.contains(container, *node)).unwrap_or(container);
        for id in tree.descendants(container) {
            let early = id < first && tree.tag(id) == Tag::Img;
            let late =
                id > last && matches!(tree.tag(id), Tag::Img | Tag::Iframe | Tag::Video | Tag::Audio | Tag::Embed);
            if early || late || is_teaser_picture(tree, id) {
                self.dropped[id as usize] = true;
            }
        }
        if let Some(node) = headline.node {
            self.dropped[node as usize] = true;
        }
    }
}

/// A picture that is the link to another page.
fn is_teaser_picture(tree: &Tree, id: NodeId) -> bool {
    if tree.tag(id) != Tag::Img {
        return false;
    }
    let link = tree.ancestors(id).take(8).find(|outer| tree.tag(*outer) == Tag::A);
    let href = link.map_or("", |link| tree.attribute_or_empty(link, Attribute::Href)).to_ascii_lowercase();
    let shows = ["jpg", "jpeg", "png", "gif", "webp", "image", "photo", "img"].iter().any(|kind| href.contains(kind));
    !href.is_empty() && !shows && !href.starts_with('#')
}

/// For each block, whether it stands in a small box right under a line that is a link, as the words under the headline
/// of another story do. Such words say nothing about where the article is.
fn teasers(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let counts = sum(tree, blocks.iter().map(|block| (block.node, 1)));
    let is_link = |block: &Block| block.letters >= 15 && block.linked * 10 > block.letters * 7;
    let before = std::iter::once(None).chain(blocks.iter().map(Some));
    let is_teaser = |(block, before): (&Block, Option<&Block>)| {
        block.letters < TEASER
            && before.filter(|before| is_link(before)).is_some_and(|before| {
                let mut around = tree.ancestors(block.node).take(4).take_while(|id| counts[*id as usize] <= 4);
                around.any(|id| tree.contains(id, before.node))
            })
    };
    blocks.iter().zip(before).map(is_teaser).collect()
}

/// By node: the sum of what is in it.
pub(super) fn sum(tree: &Tree, values: impl Iterator<Item = (NodeId, u32)>) -> Vec<u32> {
    let mut sums = vec![0u32; tree.len()];
    for (node, value) in values {
        sums[node as usize] += value;
    }
    for id in (1..tree.len()).rev() {
        let value = sums[id];
        sums[tree.parent(id as NodeId) as usize] += value;
    }
    sums
}

/// The element that the page marks as the article, if it holds most prose; else the root.
fn start(tree: &Tree, prose: &[u32], headline: &Headline) -> NodeId {
    let weight = |id: &NodeId| prose[*id as usize];
    let holds = |share: u32| move |id: &NodeId| u64::from(weight(id)) * 100 >= u64::from(prose[0]) * u64::from(share);
    let elements = || tree.descendants(0).filter(|id| tree.tag(*id) != Tag::Text);
    let stated = elements()
        .filter(|id| tree.attribute_or_empty(*id, Attribute::Itemprop).eq_ignore_ascii_case("articleBody"))
        .max_by_key(weight);
    let articles = || elements().filter(|id| tree.tag(*id) == Tag::Article);
    // A page may go on with other articles; the one with the headline is meant, if there is text in it.
    let headed =
        || articles().filter(|id| headline.node.is_some_and(|node| tree.contains(*id, node))).max_by_key(weight);
    let article = || articles().max_by_key(weight);
    let main = || {
        elements()
            .filter(|id| tree.tag(*id) == Tag::Main || tree.attribute(*id, Attribute::Role) == Some("main"))
            .max_by_key(weight)
    };
    stated
        .filter(holds(40))
        .or_else(|| headed().filter(holds(20)).filter(|id| weight(id) > ENOUGH))
        .or_else(|| article().filter(holds(50)))
        .or_else(|| main().filter(holds(50)))
        .unwrap_or(0)
}

/// The share in percent that a part needs. Of the columns of a table that lays out a page, one is the article's; a text
/// that goes on in the next column is about evenly spread.
fn share_needed(tree: &Tree, part: NodeId) -> u64 {
    let has_columns = |row| tree.children(row).filter(|id| tree.tag(*id) == Tag::Td).nth(1).is_some();
    match tree.tag(part) {
        Tag::Td if has_columns(tree.parent(part)) => COLUMN,
        Tag::Tr if has_columns(part) => ROW,
        _ => NEARLY_ALL,
    }
}

/// Goes down from `start` as long as one child holds nearly all.
fn descend(tree: &Tree, prose: &[u32], start: NodeId) -> NodeId {
    let all = u64::from(prose[start as usize]);
    let mut node = start;
    loop {
        let best = tree.children(node).max_by_key(|child| prose[*child as usize]);
        match best {
            Some(child)
                if u64::from(prose[child as usize]) * 100 >= all * share_needed(tree, child)
                    && all > 0
                    && tree.tag(child) != Tag::P =>
            {
                node = child;
            }
            _ => return node,
        }
    }
}

/// Goes up again, no further than `start`, to the element that holds a part of the same kind, full of text that stands in
/// the same elements: a text in sections is nearly all in one of them where that is long and the others are short.
/// Questions after the text, whose answers open on a click, are of it, too.
fn widen(
    tree: &Tree,
    prose: &[u32],
    blocks: &[Block],
    furniture: &Furniture,
    (container, start): (NodeId, NodeId),
) -> NodeId {
    let kind = |id: NodeId| {
        let names = tree.attribute_or_empty(id, Attribute::Class);
        (tree.tag(id), names.split_ascii_whitespace().next())
    };
    let around = |block: &Block| (block.tag, kind(tree.parent(block.node)));
    let inside = |id: NodeId| {
        let at = |node: NodeId| blocks.partition_point(|block| block.first < node);
        blocks.get(at(id)..at(tree.end(id))).unwrap_or_default().iter()
    };
    let mut usual: HashMap<_, u32> = HashMap::new();
    inside(container).for_each(|block| *usual.entry(around(block)).or_default() += block.prose());
    let is_usual = |block: &&Block| usual.get(&around(block)).is_some_and(|held| held * 4 >= prose[container as usize]);
    let is_part = |id: NodeId| {
        let alike: u32 = inside(id).filter(is_usual).map(Block::prose).sum();
        prose[id as usize] >= PART && alike * 10 >= prose[id as usize] * 8
    };
    let path = std::iter::once(container).chain(tree.ancestors(container)).take_while(|id| *id != start);
    let is_split = |id: &NodeId| {
        let mut others = tree.children(tree.parent(*id)).filter(|other| other != id);
        let is_more = |other: NodeId| {
            kind(other) == kind(*id) && is_part(other) || other > *id && furniture.answers_in(tree, other) >= QUESTIONS
        };
        tree.tag(*id) != Tag::Article && others.any(is_more)
    };
    path.filter(is_split).last().map_or(container, |id| tree.parent(id))
}
