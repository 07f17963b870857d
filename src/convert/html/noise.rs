//! What stands around articles: navigation, advertising, lists of other stories, forms, comments. Told by elements,
//! roles and the words that page makers put into classes and ids, in any language they use for those: English.

use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// So many words before another are no name.
const HEADLINE: usize = 5;

type Words = LazyLock<HashSet<&'static str>>;

/// Words that by themselves mark a part as none of the article.
static WORDS: Words = LazyLock::new(|| {
    "ad addthis addtoany adsense ads advert advertisement advertising advertorial adunit banner breadcrumb \
    breadcrumbs carousel comment comments consent cookie cookies copyright cta dfp disqus donate donation facebook \
    feedback flyout followus footer gdpr legal livefyre login masthead mediainfo menu modal mostread nav navbar \
    navigation newsletter newsletters nocontent noprint offscreen onetrust outbrain overlay pager pagination paywall \
    popular popup print promo promobox promos promotion readmore recirc recirculation recommend recommendation \
    recommendations recommended register registration related relatedarticles relatedcontent remark revcontent rss \
    saboxplugin search share sharebar sharedaddy sharing shoutbox sidebar signin signup skip skiplink skyscraper social sponsor \
    sponsored sponsorship sticky subscribe subscription syndication taboola taglist tags teaser teasers toolbar \
    tooltip trending upsell viafoura"
        .split_ascii_whitespace()
        .collect()
});

/// Pairs of words that do.
static PAIRS: Words = LazyLock::new(|| {
    "about-author all-comments also-like also-read article-tools article-footer author-bio author-box author-card \
    author-info call-action entry-footer further-reading keep-reading latest-news more-articles more-from more-news \
    more-on more-stories most-read most-viewed next-article next-post of-contents post-nav prev-next read-also read-more \
    read-next reader-comments related-articles screen-reader see-also sign-in sign-up site-header sr-only top-stories \
    up-next visually-hidden you-may you-might"
        .split_ascii_whitespace()
        .collect()
});

/// Those of both that hardly ever name anything else.
static CLEAR: Words = LazyLock::new(|| {
    "breadcrumb breadcrumbs comment comments consent cookie cookies disqus footer gdpr menu nav navbar navigation newsletter \
    newsletters onetrust outbrain pagination read-also read-next reader-comments recommendation recommendations recommended \
    related related-articles relatedarticles relatedcontent saboxplugin share sharebar sharedaddy sharing sidebar sign-in signin signup \
    taboola teaser teasers trending"
        .split_ascii_whitespace()
        .collect()
});

/// Words of parts that state facts about the article rather than being its text.
static FACTS: Words = LazyLock::new(|| {
    "author authors byline bylines category categories contributor contributors date dateline datetime eyebrow kicker \
    meta metadata overline postmeta postmetadata pubdate published rating readtime readingtime timestamp topics updated"
        .split_ascii_whitespace()
        .collect()
});

/// How sure the looks of a part are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word that names hardly anything but furniture.
    Clear,
    /// A word that may name the article as well.
    Vague,
    /// What the element or its role is.
    Element,
    /// Not shown.
    Hidden,
    /// Facts about the article, if it is short.
    Facts,
}

/// What an element is by its looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing in particular.
    None,
    /// Not of the article; with the reason that an account gives, and the word of its name that says so.
    Furniture(Kind, &'static str, &'static str),
}

/// The reason of what is named so; under a headline, that may be the standfirst.
pub(super) const TEASER: &str = "named as a teaser";

const FACTS_HINT: Hint = Hint::Furniture(Kind::Facts, "facts about the article", "");

/// Judges the elements of a page; what it made of a name it remembers.
pub(super) struct Hints<'t> {
    tree: &'t Tree,
    names: HashMap<&'t str, Hint>,
}

impl<'t> Hints<'t> {
    pub(super) fn of(tree: &'t Tree) -> Self {
        Self { tree, names: HashMap::new() }
    }

    /// Judges an element by itself, without its content.
    pub(super) fn hint(&mut self, id: NodeId) -> Hint {
        let by_element = match by_element(self.tree, id) {
            Some(hint) => return hint,
            None if self.tree.is_hidden(id) && !is_late_part(self.tree, id) => {
                Hint::Furniture(Kind::Hidden, "hidden", "")
            }
            None => Hint::None,
        };
        match self.by_names(id) {
            Hint::None | FACTS_HINT if by_element != Hint::None => by_element,
            Hint::Furniture(Kind::Clear | Kind::Vague | Kind::Facts, ..) if self.is_remark(id) => Hint::None,
            hint => hint,
        }
    }

    /// A few words on the rest of a cell of a table, such as who says so or when: there the names of furniture say what
    /// kind of remark it is.
    fn is_remark(&self, id: NodeId) -> bool {
        let tree = self.tree;
        let cell = tree.parent(id);
        matches!(tree.tag(id), Tag::Span | Tag::Small | Tag::Em | Tag::B)
            && matches!(tree.tag(cell), Tag::Td | Tag::Th)
            && tree.children(cell).any(|beside| match tree.tag(beside) {
                Tag::Text => !tree.text(beside).trim().is_empty(),
                tag => beside != id && !tag.is_block(),
            })
    }

    fn by_names(&mut self, id: NodeId) -> Hint {
        let mut hint = Hint::None;
        // The id of a heading or a paragraph, and a long one of a part, is made of the words of a heading, which may be any.
        let own = matches!(self.tree.tag(id), Tag::P) || self.tree.tag(id).heading().is_some();
        for name in [Attribute::Id, Attribute::Class, Attribute::Testid] {
            let Some(names) = self.tree.attribute(id, name).filter(|names| !names.is_empty()) else { continue };
            if name == Attribute::Id && (own || words(names).nth(HEADLINE).is_some()) {
                continue;
            }
            match *self.names.entry(names).or_insert_with(|| by_names(names)) {
                Hint::None => {}
                FACTS_HINT => hint = FACTS_HINT,
                furniture @ Hint::Furniture(..) => return furniture,
            }
        }
        hint
    }
}

/// A part that the server sent late and a script shows, where the page was saved without its scripts.
fn is_late_part(tree: &Tree, id: NodeId) -> bool {
    let number = tree.attribute_or_empty(id, Attribute::Id).strip_prefix("S:");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn furniture(reason: &'static str) -> Hint {
    Hint::Furniture(Kind::Element, reason, "")
}

/// Judges an element by what it is; `None` where only its names can tell.
fn by_element(tree: &Tree, id: NodeId) -> Option<Hint> {
    match tree.tag(id) {
        Tag::Nav => return Some(furniture("navigation")),
        Tag::Aside => return Some(furniture("beside the article")),
        // The foot of a quotation names its speaker.
        Tag::Footer if tree.tag(tree.parent(id)) != Tag::Blockquote => return Some(furniture("footer")),
        Tag::Form | Tag::Fieldset => return Some(furniture("form")),
        Tag::Text | Tag::Html | Tag::Body | Tag::Main | Tag::Br | Tag::Img => return Some(Hint::None),
        _ => {}
    }
    let role = tree.attribute_or_empty(id, Attribute::Role);
    match role {
        "navigation" | "menu" | "menubar" | "tablist" | "toolbar" => return Some(furniture("navigation")),
        "banner" | "contentinfo" | "search" | "dialog" | "alertdialog" | "alert" | "form" => {
            return Some(furniture("page furniture"));
        }
        "complementary" => return Some(furniture("beside the article")),
        _ => {}
    }
    if tree.attribute(id, Attribute::AriaHidden) == Some("true") && tree.tag(id).is_block() {
        return Some(Hint::Furniture(Kind::Hidden, "hidden", ""));
    }
    None
}

fn by_names(names: &str) -> Hint {
    let mut facts = false;
    if is_hidden_by_name(names) {
        return Hint::Furniture(Kind::Hidden, "hidden", "");
    }
    for name in names.split_ascii_whitespace().take(20).filter(|name| !name.contains(['[', '('])) {
        // The word and the one before it, joined, and where the word begins.
        let mut pair = String::new();
        let mut start = 0;
        for word in words(name) {
            pair.drain(..start);
            start = if pair.is_empty() { 0 } else { pair.len() + 1 };
            if start > 0 {
                pair.push('-');
            }
            pair.extend(word.chars().flat_map(char::to_lowercase));
            let lower = pair.get(start..).unwrap_or_default();
            let pairs = (start > 0).then(|| PAIRS.get(pair.as_str())).flatten();
            if let Some(word) = WORDS.get(lower).or(pairs) {
                let kind = if CLEAR.contains(word) { Kind::Clear } else { Kind::Vague };
                let reason = if word.starts_with("teaser") { TEASER } else { "named as page furniture" };
                return Hint::Furniture(kind, reason, word);
            }
            facts |= FACTS.contains(lower);
        }
    }
    if facts { FACTS_HINT } else { Hint::None }
}

/// The names that style libraries hide parts by, unless another shows it on some screens.
fn is_hidden_by_name(names: &str) -> bool {
    const HIDDEN: [&str; 6] = ["hidden", "d-none", "is-hidden", "hide", "u-hidden", "display-none"];
    let mut names = names.split_ascii_whitespace();
    names.clone().any(|name| HIDDEN.contains(&name))
        && !names.any(|name| name.contains(':') || name.starts_with("d-") && name != "d-none")
}

/// The words of a name such as `articleMeta_share-bar`.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name.get(..80).unwrap_or(name);
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut small = false;
        let end = rest.find(|c: char| {
            let ends = !c.is_alphanumeric() || (small && c.is_uppercase());
            small = c.is_lowercase();
            ends
        });
        let (word, tail) = rest.split_at(end.unwrap_or(rest.len()));
        rest = tail;
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::{FACTS_HINT, Hint, Kind, by_names};

    #[test]
    fn names_are_taken_apart() {
        for name in ["c-share", "articleShareBar", "x related_stories", "Read-More"] {
            assert!(matches!(by_names(name), Hint::Furniture(Kind::Clear | Kind::Vague, ..)), "{name}");
        }
        for name in ["shareholders", "headline", "loading", "breadth"] {
            assert_eq!(by_names(name), Hint::None, "{name}");
        }
        assert_eq!(by_names("article__byline"), FACTS_HINT);
    }
}
