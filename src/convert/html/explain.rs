//! The account of a page: each block of text and each statement, and what became of it.

use super::body::Body;
use super::fates::Fates;
use super::verdict::Verdict;
use crate::convert::Converted;
use crate::convert::account::Fate;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashMap;

/// Notes what became of the page's statements and blocks.
pub(super) fn explain(tree: &Tree, fates: Fates, body: Option<&Body>, made: &mut Converted) {
    let account = &mut made.account;
    for fate in fates.into_list() {
        let key = fate.field.key();
        if fate.why_not.is_empty() {
            account.note(0, fate.from, &fate.value, Fate::Kept(key));
        } else {
            account.rejected.push((key, fate.value, fate.from.to_owned(), fate.why_not));
        }
    }
    let front = &made.article.front;
    let related = front.see_also.iter().map(|item| (item.title.as_str(), "see_also"));
    let listed: HashMap<&str, &'static str> =
        related.chain(front.links.iter().map(|link| (link.title.as_str(), "links"))).collect();
    for (block, verdict) in body.into_iter().flat_map(|body| body.blocks.iter().zip(&body.verdicts)) {
        let text = block.text(tree);
        let fate = match verdict {
            Verdict::Drop(_) if listed.contains_key(text.as_str()) => {
                Fate::Kept(listed.get(text.as_str()).copied().unwrap_or_default())
            }
            Verdict::Keep => Fate::Kept("body"),
            Verdict::Drop(reason) => Fate::Dropped(reason),
            Verdict::Open => continue,
        };
        account.note(0, name(tree, block.node), &text, fate);
    }
}

/// An element as a selector would name it, as `div.related`.
fn name(tree: &Tree, id: NodeId) -> String {
    let tag = match tree.tag(id) {
        Tag::Document => "page".to_owned(),
        tag => format!("{tag:?}").to_lowercase(),
    };
    let class = tree.attribute_or_empty(id, Attribute::Class).split_ascii_whitespace().next().unwrap_or_default();
    if class.is_empty() { tag } else { format!("{tag}.{class}") }
}
