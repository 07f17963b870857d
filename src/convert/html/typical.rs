//! What most of the text of a page stands in, which tells what is of the text from what stands among it.

use super::blocks::Block;
use super::lists::list_of;
use crate::markup::tree::{Attribute, Tree};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What most of the text stands in: elements of one name in elements of one name and class.
pub(super) struct Typical {
    weights: HashMap<u64, u32>,
    /// By the element around the block alone.
    around: HashMap<u64, u32>,
    total: u32,
}

impl Typical {
    /// Measures the blocks of a container.
    pub(super) fn of(tree: &Tree, blocks: &[Block]) -> Self {
        let (mut weights, mut around): (HashMap<u64, u32>, HashMap<u64, u32>) = Default::default();
        let mut total = 0;
        for block in blocks {
            *weights.entry(Self::kind(tree, block)).or_default() += block.prose();
            *around.entry(Self::parent_key(tree, block)).or_default() += block.prose();
            total += block.prose();
        }
        Self { weights, around, total }
    }

    /// The kind of a block: its element's name, and the name and class of the one around that.
    pub(super) fn kind(tree: &Tree, block: &Block) -> u64 {
        let parent = tree.parent(block.node);
        let mut hasher = DefaultHasher::new();
        (tree.tag(block.node), tree.tag(parent), tree.attribute_or_empty(parent, Attribute::Class)).hash(&mut hasher);
        hasher.finish()
    }

    fn parent_key(tree: &Tree, block: &Block) -> u64 {
        let parent = tree.parent(block.node);
        let mut hasher = DefaultHasher::new();
        (tree.tag(parent), tree.attribute_or_empty(parent, Attribute::Class)).hash(&mut hasher);
        hasher.finish()
    }

    /// Whether the list of an item stands where the usual text stands.
    pub(super) fn is_list_beside(&self, tree: &Tree, block: &Block) -> bool {
        let list = list_of(tree, block.node);
        list != 0 && self.is_beside(tree, &Block { node: list, ..*block })
    }

    /// Whether a block, whatever it is itself, stands where the usual text stands.
    pub(super) fn is_beside(&self, tree: &Tree, block: &Block) -> bool {
        let weight = self.around.get(&Self::parent_key(tree, block)).copied().unwrap_or(0);
        weight * 5 >= self.total
    }

    /// Whether a block is of the usual kind.
    pub(super) fn is(&self, tree: &Tree, block: &Block) -> bool {
        let weight = self.weights.get(&Self::kind(tree, block)).copied().unwrap_or(0);
        weight * 5 >= self.total
    }
}
