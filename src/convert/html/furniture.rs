//! Which parts of a page are not of the article by their looks, weighed by what they hold: a name that says so on a part
//! that holds the text means something else there.

use super::blocks::Block;
use super::body::sum;
use super::noise::{Hint, Hints, Kind};
use super::title::Headline;
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::HashMap;

/// Longest list of facts, such as author and date; letters.
const FACTS: u32 = 250;
/// Letters of prose in a block that make it a paragraph of an article.
const PARAGRAPH: u32 = 60;
/// So many paragraphs in one part are an article's, whatever vague word it is called by.
const ARTICLE: u32 = 3;

/// The parts of a page that are not of the article.
pub(super) struct Furniture {
    /// By node: why it is not.
    pub(super) reasons: Vec<Option<&'static str>>,
    /// Those that are only hidden, and hold paragraphs.
    folded: Vec<NodeId>,
    /// Those of them that are named as what opens on a click.
    answers: Vec<NodeId>,
}

/// A part that looks like furniture.
struct Part {
    node: NodeId,
    kind: Kind,
    reason: &'static str,
    word: &'static str,
}

impl Furniture {
    /// Finds the furniture of a page.
    pub(super) fn of(tree: &Tree, blocks: &[Block], headline: &Headline) -> Self {
        let mut held = Held::of(tree, blocks);
        let mut hints = Hints::of(tree);
        let clear = find(tree, &mut hints, headline, |node, kind| kind == Kind::Clear && held.may_be(node, kind));
        let known: u32 = clear.iter().map(|part| held.prose[part.node as usize]).sum();
        // What is furniture for certain, such as notes on every cookie, must not make the article look small.
        held.all -= known.min(held.all);
        let parts = find(tree, &mut hints, headline, |node, kind| held.may_be(node, kind));
        // Each vague word with the prose of all parts that it is in the name of.
        let mut words: HashMap<&str, u64> = HashMap::new();
        for part in parts.iter().filter(|part| part.kind == Kind::Vague) {
            *words.entry(part.word).or_default() += u64::from(held.prose[part.node as usize]);
        }
        // And each name of parts that are not shown with the prose of all that have it.
        let mut hidden: HashMap<&str, u32> = HashMap::new();
        for part in parts.iter().filter(|part| part.kind == Kind::Hidden) {
            let name = tree.attribute_or_empty(part.node, Attribute::Class);
            *hidden.entry(name).or_default() += held.prose[part.node as usize];
        }
        let mut reasons = vec![None; tree.len()];
        let (mut folded, mut answers) = (Vec::new(), Vec::new());
        for part in parts {
            let much = part.kind == Kind::Vague && held.is_more(words.get(part.word).copied().unwrap_or(0), part.kind);
            if much {
                continue;
            }
            let alike = hidden.get(tree.attribute_or_empty(part.node, Attribute::Class)).copied().unwrap_or(0);
            if part.kind == Kind::Hidden && held.may_be_folded(tree, part.node, alike) {
                folded.push(part.node);
                answers.extend(opens(tree, part.node).then_some(part.node));
            }
            if let Some(nodes) = reasons.get_mut(part.node as usize..tree.end(part.node) as usize) {
                nodes.fill(Some(part.reason));
            }
        }
        Self { reasons, folded, answers }
    }

    /// Whether a node is none of it.
    pub(super) fn is_free(&self, node: NodeId) -> bool {
        self.reasons.get(node as usize).is_none_or(Option::is_none)
    }

    /// Whether a node stands in what opens on a click, as the answer to a question does.
    pub(super) fn is_answer(&self, tree: &Tree, node: NodeId) -> bool {
        let before = self.answers.partition_point(|answer| *answer <= node);
        let last = before.checked_sub(1).and_then(|at| self.answers.get(at));
        last.is_some_and(|answer| tree.contains(*answer, node))
    }

    /// How many such answers stand in a part.
    pub(super) fn answers_in(&self, tree: &Tree, part: NodeId) -> usize {
        let at = |node: NodeId| self.answers.partition_point(|answer| *answer < node);
        at(tree.end(part)) - at(part)
    }

    /// Takes what is folded away within the article back into it.
    pub(super) fn unfold(&mut self, tree: &Tree, container: NodeId) {
        for node in self.folded.drain(..).filter(|node| tree.contains(container, *node)) {
            if let Some(nodes) = self.reasons.get_mut(node as usize..tree.end(node) as usize) {
                nodes.iter_mut().filter(|reason| **reason == Some("hidden")).for_each(|reason| *reason = None);
            }
        }
    }
}

/// What each node holds.
struct Held {
    /// All prose that may be the article's.
    all: u32,
    prose: Vec<u32>,
    letters: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Held {
    fn of(tree: &Tree, blocks: &[Block]) -> Self {
        let of = |value: fn(&Block) -> u32| sum(tree, blocks.iter().map(|block| (block.node, value(block))));
        let prose = of(Block::prose);
        Self {
            all: prose.first().copied().unwrap_or(0),
            prose,
            letters: of(|block| block.letters),
            paragraphs: of(|block| u32::from(block.prose() >= PARAGRAPH)),
        }
    }

    /// Whether so much prose is too much for furniture of that kind.
    fn is_more(&self, prose: u64, kind: Kind) -> bool {
        let percent = match kind {
            Kind::Clear => 60,
            Kind::Element | Kind::Hidden => 45,
            Kind::Facts => 35,
            Kind::Vague => 20,
        };
        let all = if kind == Kind::Clear { self.prose.first().copied().unwrap_or(0) } else { self.all };
        prose * 100 > u64::from(all) * percent
    }

    /// Whether what is not shown may be a part of the article that opens on a click: an answer, or one of parts that
    /// hold, as `alike`, much of the prose.
    fn may_be_folded(&self, tree: &Tree, node: NodeId, alike: u32) -> bool {
        let at = node as usize;
        self.paragraphs[at] >= 1 && (opens(tree, node) || u64::from(alike) * 4 >= u64::from(self.all))
    }

    fn may_be(&self, node: NodeId, kind: Kind) -> bool {
        let at = node as usize;
        let small = match kind {
            Kind::Facts => self.letters[at] < FACTS,
            Kind::Vague => self.paragraphs[at] < ARTICLE,
            Kind::Clear | Kind::Element | Kind::Hidden => true,
        };
        small && !self.is_more(u64::from(self.prose[at]), kind)
    }
}

/// The parts that look like furniture, `may_be` so and do not hold the headline. Parts of parts are found where the
/// outer one may turn out to be none.
fn find(tree: &Tree, hints: &mut Hints, headline: &Headline, may_be: impl Fn(NodeId, Kind) -> bool) -> Vec<Part> {
    let mut found = Vec::new();
    let mut end = 0;
    for node in 1..tree.len() as NodeId {
        if node < end || tree.tag(node) == Tag::Text {
            continue;
        }
        let Hint::Furniture(kind, reason, word) = hints.hint(node) else { continue };
        let holds_headline = headline.node.is_some_and(|headline| tree.contains(node, headline));
        if !holds_headline && may_be(node, kind) {
            found.push(Part { node, kind, reason, word });
            if !matches!(kind, Kind::Vague | Kind::Hidden) {
                end = tree.end(node);
            }
        }
    }
    found
}

/// Whether a part is named as one that opens on a click.
fn opens(tree: &Tree, node: NodeId) -> bool {
    const NAMES: [&str; 6] = ["accordion", "answer", "collaps", "expand", "faq", "toggle"];
    let names = [Attribute::Class, Attribute::Id].map(|name| tree.attribute_or_empty(node, name).to_ascii_lowercase());
    names.iter().any(|names| NAMES.iter().any(|name| names.contains(name)))
}
