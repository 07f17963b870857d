//! Where on a page the article's text is.
//!
//! The page is cut into blocks, and its furniture is found by its looks; where the prose is, is the container; each block in
//! there gets its verdict; the standfirst and the notes are added, and words under pictures go to their pictures.

use super::blocks::{Block, blocks, with_captions};
use super::candidate::{Candidates, Field};
use super::captions;
use super::container::{Page, descend};
use super::furniture::Furniture;
use super::home::Home;
use super::lead::Head;
use super::stated::{SAID, Stated};
use super::title::Headline;
use super::verdict::{Circumstances, Verdict, fold, verdicts};
use crate::markup::to_markdown::{Known, notes};
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashMap;

/// Letters of prose without which a page is no article.
const LEAST: u32 = 80;

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
    let stated = candidates.best(Field::Text).and_then(|text| Stated::of(tree, &text.value, &blocks));
    let container = if let Some(stated) = &stated {
        let shares = blocks.iter().zip(&stated.shares);
        let said = sum(tree, shares.map(|(block, share)| (block.node, if *share >= SAID { block.letters } else { 0 })));
        descend(tree, &said, 0)
    } else {
        Page::of(tree, &blocks, &furniture, headline).container()
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
    let start = beginning(tree, headline, container, &local);
    for (nth, verdict) in inside.iter().zip(verdicts(&local, &given)) {
        let is_early = blocks[*nth].first < start;
        all[*nth] = if is_early { Verdict::Drop("before the headline") } else { verdict };
    }
    let mut body = Body {
        roots: vec![container],
        captions: Vec::new(),
        known: HashMap::new(),
        dropped: noise.iter().map(Option::is_some).collect(),
        blocks,
        verdicts: all,
    };
    if body.kept().map(Block::prose).sum::<u32>() < LEAST {
        return None;
    }
    Head::of(tree, headline, noise, candidates).add(container, &mut body);
    body.keep_notes(tree, container);
    body.drop_rest(tree, headline, container);
    body.captions = captions::find(tree, &body.blocks, |id| body.drops(id));
    Some(body)
}

/// Where the text cannot have begun before: at the headline, unless so much of the text stands before it that it is a
/// heading in there.
fn beginning(tree: &Tree, headline: &Headline, container: NodeId, blocks: &[Block]) -> NodeId {
    let Some(node) = headline.node.filter(|node| tree.contains(container, *node)) else { return 0 };
    let before: u32 = blocks.iter().filter(|block| block.first < node).map(Block::prose).sum();
    let whole: u32 = blocks.iter().map(Block::prose).sum();
    let most = if tree.tag(node) == Tag::H1 { 70 } else { 25 };
    if u64::from(before) * 100 < u64::from(whole) * most { node } else { 0 }
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
