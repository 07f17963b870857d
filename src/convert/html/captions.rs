//! Which picture the words under a picture belong to, where a page has no `figure` around the two.

use super::blocks::Block;
use crate::markup::to_markdown::picture;
use crate::markup::tree::{NodeId, Tag, Tree};

/// How far around its words a picture is looked for: elements outwards, and nodes in the outermost of them.
const OUTWARDS: usize = 4;
const LARGEST: usize = 120;

/// Finds for each caption among `blocks` the picture before it in the smallest part around both, or else the one after.
pub(super) fn find(tree: &Tree, blocks: &[Block], dropped: impl Fn(NodeId) -> bool) -> Vec<(NodeId, NodeId)> {
    let mut found: Vec<(NodeId, NodeId)> = Vec::new();
    for block in blocks.iter().filter(|block| block.tag == Tag::Figcaption) {
        let is_picture = |id: &NodeId| tree.tag(*id) == Tag::Img && !dropped(*id) && picture(tree, *id, "").is_some();
        let around = tree.ancestors(block.node).take(OUTWARDS).take_while(|id| tree.descendants(*id).len() < LARGEST);
        let image = around.filter(|id| tree.tag(*id) != Tag::Figure).find_map(|id| {
            let mut pictures = tree.descendants(id).filter(is_picture);
            let first = pictures.next()?;
            Some(pictures.filter(|id| *id < block.first).last().unwrap_or(first))
        });
        if let Some(image) = image.filter(|image| found.iter().all(|(known, _)| known != image)) {
            found.push((image, block.node));
        }
    }
    found.sort_unstable();
    found
}
