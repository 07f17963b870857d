//! What stands between the headline and the container of the text: the standfirst and the lead picture.

use super::blocks::Block;
use super::body::Body;
use super::title::Headline;
use super::verdict::{Verdict, fold};
use crate::markup::to_markdown::picture;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// Most blocks of a standfirst.
const STANDFIRST: usize = 3;

/// Adds the standfirst and the lead picture to the body.
pub(super) fn add(
    tree: &Tree,
    headline: &Headline,
    container: NodeId,
    noise: &[Option<&'static str>],
    body: &mut Body,
) {
    let Some(head) = headline.node.filter(|node| !tree.contains(container, *node) && *node < container) else { return };
    let between = tree.end(head)..container;
    let is_quiet = |id: NodeId| noise.get(id as usize).is_some_and(Option::is_none);
    let mut roots: Vec<NodeId> = Vec::new();
    let mut taken = 0;
    for (block, verdict) in body.blocks.iter().zip(&mut body.verdicts) {
        let wanted =
            between.contains(&block.first) && is_quiet(block.first) && is_standfirst(tree, block, &headline.text);
        if wanted && taken < STANDFIRST && !tree.contains(block.node, head) && !tree.contains(block.node, container) {
            taken += 1;
            *verdict = Verdict::Keep;
            if roots.last().is_none_or(|root| !tree.contains(*root, block.node)) {
                roots.push(block.node);
            }
        }
    }
    if let Some(figure) = figure(tree, between, &is_quiet)
        && !roots.iter().any(|root| tree.contains(*root, figure) || tree.contains(figure, *root))
    {
        roots.push(figure);
    }
    roots.push(container);
    roots.sort_unstable();
    body.roots = roots;
}

fn is_standfirst(tree: &Tree, block: &Block, headline: &str) -> bool {
    const NAMES: [&str; 14] = [
        "standfirst",
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
    let plain = block.linked * 4 < block.letters && block.letters < 800 && block.tag != Tag::Figcaption;
    let named = || {
        let nodes = [block.node, tree.parent(block.node)];
        nodes.iter().any(|node| {
            let class = tree.attribute_or_empty(*node, Attribute::Class).to_ascii_lowercase();
            NAMES.iter().any(|name| class.contains(name))
        })
    };
    let is_text = (block.ends > 0 && block.letters >= 60) || (block.letters >= 40 && named());
    plain && is_text && fold(&block.text(tree)) != fold(headline)
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
