//! What stands between the headline and the container of the text: the standfirst and the lead picture.

use super::blocks::Block;
use super::body::Body;
use super::candidate::{Candidates, Field};
use super::noise::TEASER;
use super::title::Headline;
use super::verdict::{Verdict, fold, is_byline};
use crate::convert::dates;
use crate::markup::to_markdown::{Known, picture};
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// Most blocks of a standfirst, and how far under the headline they stand; blocks.
const STANDFIRST: usize = 3;
const NEAR: usize = 20;

/// Shortest description that tells which line is the standfirst; bytes, as [`fold`] leaves them.
const TOLD: usize = 30;

/// What is known of a page's head.
pub(super) struct Head<'a> {
    tree: &'a Tree,
    headline: &'a Headline,
    /// Why a node is not of the article by its looks; by node.
    noise: &'a [Option<&'static str>],
    /// What the page states as its description, folded.
    described: Vec<String>,
}

impl<'a> Head<'a> {
    pub(super) fn of(
        tree: &'a Tree,
        headline: &'a Headline,
        noise: &'a [Option<&'static str>],
        candidates: &Candidates,
    ) -> Self {
        let described = candidates.of(Field::Description).iter().map(|stated| fold(&stated.value)).collect();
        Self { tree, headline, noise, described }
    }

    /// Adds the standfirst and the lead picture to the body.
    pub(super) fn add(&self, container: NodeId, body: &mut Body) {
        let tree = self.tree;
        let first = body.kept().find(|block| block.tag.heading().is_none()).map_or(container, |block| block.first);
        let blocks_up_to = |id: NodeId| body.blocks.partition_point(|block| block.first < id);
        let is_near = |node: &NodeId| tree.end(*node) <= first && blocks_up_to(first) - blocks_up_to(*node) <= 2 * NEAR;
        let shown = self.headline.node.filter(is_near);
        let Some(head) = shown.or_else(|| heading_before(tree, body, first, self.headline)) else { return };
        let between = tree.end(head)..first;
        let mut roots: Vec<NodeId> = Vec::new();
        for nth in self.standfirst(body, between.clone()) {
            let node = body.blocks[nth].node;
            if tree.tag(node).heading().is_some() {
                body.known.insert(node, Known::Plain);
            }
            if body.verdicts[nth] == Verdict::Keep {
                continue;
            }
            body.verdicts[nth] = Verdict::Keep;
            body.show(node, tree);
            let is_new = !tree.contains(container, node) && roots.last().is_none_or(|root| !tree.contains(*root, node));
            roots.extend(is_new.then_some(node));
        }
        let is_quiet = |id: NodeId| self.noise.get(id as usize).is_some_and(Option::is_none);
        if head < container
            && !tree.contains(container, head)
            && let Some(figure) = figure(tree, between.start..container, &is_quiet)
            && !roots.iter().any(|root| tree.contains(*root, figure) || tree.contains(figure, *root))
        {
            roots.push(figure);
        }
        roots.push(container);
        roots.sort_unstable();
        body.roots = roots;
    }

    /// The numbers of the blocks between the headline and the text that are the standfirst.
    fn standfirst(&self, body: &Body, between: std::ops::Range<NodeId>) -> Vec<usize> {
        let tree = self.tree;
        let at = body.blocks.partition_point(|block| block.first < between.start);
        let near =
            body.blocks.iter().enumerate().skip(at).take(NEAR).take_while(|(_, block)| between.contains(&block.first));
        let mut found: Vec<usize> = Vec::new();
        let mut is_first = true;
        let mut last = between.start;
        for (nth, block) in near {
            let reason = self.noise.get(block.first as usize).copied().flatten();
            if reason.is_some_and(|reason| reason != TEASER) || block.tag == Tag::Figcaption {
                continue;
            }
            // What is of the text already may still be a heading by its looks only.
            let is_known = body.verdicts[nth] == Verdict::Keep && !(is_first && block.tag.heading().is_some());
            let under_picture =
                (last..block.first).any(|id| tree.tag(id) == Tag::Img && picture(tree, id, "").is_some());
            last = block.last;
            // A text that begins in an element of its own may be longer than a standfirst.
            let around = tree.parent(block.node);
            let goes_on = found.last().is_some_and(|last| tree.parent(body.blocks[*last].node) == around);
            if !is_known && self.is_standfirst(block, is_first, under_picture) && (found.len() < STANDFIRST || goes_on)
            {
                found.push(nth);
            }
            is_first &= block.letters < 12;
        }
        found
    }

    fn is_standfirst(&self, block: &Block, is_first: bool, under_picture: bool) -> bool {
        if block.linked * 4 >= block.letters || block.letters >= 800 || block.letters < 30 || block.tag == Tag::Li {
            return false;
        }
        // A line without the end of a sentence is one only right under the headline, and not if it is a motto.
        let is_line =
            (block.ends > 0 && block.letters >= 40 || is_first && block.letters >= 60) && (!under_picture || is_first);
        let may_be = is_first || block.tag.heading().is_none();
        let text = block.text(self.tree);
        if !(is_line && may_be || is_named(self.tree, block) || self.is_described(&text)) {
            return false;
        }
        !is_byline(&text)
            && dates::find(&text).is_none_or(|_| block.letters > 90)
            && fold(&text) != fold(&self.headline.text)
    }

    /// Whether a line is what the page states as its description, or how one of the two begins.
    fn is_described(&self, text: &str) -> bool {
        let text = fold(text);
        self.described.iter().any(|described| {
            described.len().min(text.len()) >= TOLD
                && (described.starts_with(&text) || text.contains(described.as_str()))
        })
    }
}

/// Whether a block is named as a standfirst.
fn is_named(tree: &Tree, block: &Block) -> bool {
    const NAMES: [&str; 15] = [
        "standfirst",
        "teaser",
        "lead",
        "lede",
        "deck",
        "dek",
        "summary",
        "subtitle",
        "subhead",
        "intro",
        "chapo",
        "sapo",
        "excerpt",
        "abstract",
        "description",
    ];
    [block.node, tree.parent(block.node)].iter().any(|node| {
        let class = tree.attribute_or_empty(*node, Attribute::Class).to_ascii_lowercase();
        NAMES.iter().any(|name| class.contains(name))
    })
}

/// The last great heading before the text that shares words with the headline, for pages that show it in other words.
fn heading_before(tree: &Tree, body: &Body, first: NodeId, headline: &Headline) -> Option<NodeId> {
    let at = body.blocks.partition_point(|block| block.first < first);
    let before = body.blocks.get(at.saturating_sub(NEAR)..at).unwrap_or_default();
    let headline = fold(&headline.text);
    let shares = |block: &&Block| {
        let text = block.text(tree);
        let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words().filter(|word| headline.contains(&fold(word))).count() * 4 >= words().count().max(1)
    };
    let great = |block: &&Block| matches!(block.tag, Tag::H1 | Tag::H2) && (15..300).contains(&block.letters);
    before.iter().rev().filter(great).find(shares).map(|block| block.node)
}

/// The first figure, or else the first picture, of a stretch of the page.
fn figure(tree: &Tree, between: std::ops::Range<NodeId>, is_quiet: &dyn Fn(NodeId) -> bool) -> Option<NodeId> {
    let end = between.end;
    let picture = between.clone().find(|id| {
        tree.tag(*id) == Tag::Img && is_quiet(*id) && picture(tree, *id, "").is_some() && !is_small(tree, *id)
    })?;
    let figure = tree.ancestors(picture).take(6).find(|outer| tree.tag(*outer) == Tag::Figure);
    Some(figure.filter(|figure| between.contains(figure) && tree.end(*figure) <= end).unwrap_or(picture))
}

/// Portraits of authors and logos.
fn is_small(tree: &Tree, id: NodeId) -> bool {
    let size = |name| tree.attribute(id, name).and_then(|size| size.parse::<u32>().ok());
    size(Attribute::Width).is_some_and(|width| width < 200)
        || size(Attribute::Height).is_some_and(|height| height < 120)
}
