//! What pages embed from elsewhere: written as a link, if the page says what it is.

use super::{Attribute, NodeId, Tag, Writer};
use crate::markup::address::{resolve, scheme};
use crate::markup::escape;

impl Writer<'_> {
    /// Writes a film, sound or framed page that has a title as a link in a paragraph of its own.
    pub(super) fn embed(&mut self, id: NodeId) {
        let tree = self.part.tree;
        let title = [Attribute::Title, Attribute::AriaLabel]
            .iter()
            .map(|name| tree.attribute_or_empty(id, *name))
            .find(|title| !title.is_empty())
            .unwrap_or_default();
        let source = tree.descendants(id).find(|node| tree.tag(*node) == Tag::Source);
        let places = [Some(id), source].into_iter().flatten();
        let mut addresses = places
            .flat_map(|node| [Attribute::Src, Attribute::DataSrc].map(|name| tree.attribute_or_empty(node, name)));
        let Some(stated) = addresses.find(|address| !address.is_empty()) else { return };
        let address = resolve(self.part.base, stated);
        if title.is_empty() || is_no_content(title) || !scheme(&address).is_some_and(|name| name.starts_with("http")) {
            return;
        }
        self.beside.link(stated, &address);
        self.end_paragraph();
        let mut link = String::from("[");
        escape::label(&title.split_whitespace().collect::<Vec<_>>().join(" "), &mut link);
        link.push_str("](");
        escape::destination(&address, &mut link);
        link.push(')');
        self.settle_crosshead(true);
        self.blocks.write(&link);
    }
}

/// Titles of frames that hold advertisements and the like.
fn is_no_content(title: &str) -> bool {
    const WORDS: [&str; 12] = [
        "advert",
        "anzeige",
        "captcha",
        "consent",
        "cookie",
        "newsletter",
        "privacy",
        "publi",
        "sign up",
        "subscribe",
        "login",
        "ad ",
    ];
    let title = title.to_lowercase();
    WORDS.iter().any(|word| title.contains(word)) || title == "ad"
}
