//! Which parts of a page are not of the article by their looks, weighed by what they hold: a name that says so on a part
//! that holds the text means something else there.

use super::blocks::Block;
use super::body::sum;
use super::noise::{Hint, Hints};
use super::title::Headline;
use crate::markup::tree::{NodeId, Tag, Tree};
use std::collections::HashMap;

/// A part that holds more than this share of all prose, in percent, is of the article whatever it is called.
const TOO_MUCH: u64 = 35;
/// Longest list of facts, such as author and date; letters.
const FACTS: u32 = 250;
/// Words that are so clear that their parts are furniture even if all of them together hold much.
const CLEAR: [&str; 16] = [
    "breadcrumb",
    "comment",
    "comments",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "menu",
    "nav",
    "newsletter",
    "recommended",
    "related",
    "share",
    "sidebar",
    "teaser",
    "teasers",
];

/// By node: why it is not of the article.
pub(super) fn mark(tree: &Tree, blocks: &[Block], headline: &Headline) -> Vec<Option<&'static str>> {
    let prose = sum(tree, blocks.iter().map(|block| (block.node, block.prose())));
    let letters = sum(tree, blocks.iter().map(|block| (block.node, block.letters)));
    let all = u64::from(prose.first().copied().unwrap_or(0));
    let is_much = |amount: u64| amount * 100 > all * TOO_MUCH;
    let found = find(tree, headline, |id, if_short| {
        let at = id as usize;
        !is_much(u64::from(prose[at])) && (!if_short || letters[at] < FACTS)
    });
    // Each word with the prose of all parts that it is in the name of.
    let mut words: HashMap<&str, u64> = HashMap::new();
    for (id, _, word) in &found {
        *words.entry(word).or_default() += u64::from(prose[*id as usize]);
    }
    let mut noise = vec![None; tree.len()];
    for (id, reason, word) in found {
        let trusted = word.is_empty() || CLEAR.contains(&word) || !is_much(words.get(word).copied().unwrap_or(0));
        if trusted && let Some(nodes) = noise.get_mut(id as usize..tree.end(id) as usize) {
            nodes.fill(Some(reason));
        }
    }
    noise
}

type Found = (NodeId, &'static str, &'static str);

/// The parts that look like furniture, `may_be` so and do not hold the headline: node, reason and word. Parts in such
/// parts are found as well, in case the outer one turns out not to be.
fn find(tree: &Tree, headline: &Headline, may_be: impl Fn(NodeId, bool) -> bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut hints = Hints::of(tree);
    let mut end = 0;
    for id in 1..tree.len() as NodeId {
        let (reason, word, if_short) = match (tree.tag(id), hints.hint(id)) {
            (Tag::Text, _) | (_, Hint::None) => continue,
            (_, Hint::Noise(reason, word)) => (reason, word, false),
            (_, Hint::Facts) => ("facts about the article", "", true),
        };
        let holds_headline = headline.node.is_some_and(|node| tree.contains(id, node));
        if !holds_headline && may_be(id, if_short) && (id >= end || !word.is_empty()) {
            found.push((id, reason, word));
            if word.is_empty() {
                end = end.max(tree.end(id));
            }
        }
    }
    found
}
