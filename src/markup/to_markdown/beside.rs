//! Files that may lie beside a page, as browsers save them in `page_files/`: what the text shows by a relative address.

use crate::markup::address::scheme;
use crate::markup::escape;
use std::collections::BTreeMap;

/// Endings of files that a link offers rather than of pages that it leads to.
const ENDINGS: [&str; 14] =
    ["jpg", "jpeg", "png", "gif", "webp", "avif", "pdf", "mp3", "ogg", "wav", "mp4", "webm", "m4a", "m4v"];

/// A file that may lie beside a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Its address as the page states it, relative to the page's own place.
    pub stated: String,
    /// The address that stands for it in the Markdown.
    pub written: String,
}

/// Those of a text that is being written.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) found: Vec<Beside>,
}

impl Collected {
    /// Something that the text shows.
    pub(super) fn shown(&mut self, stated: &str, written: &str) {
        let is_relative = !stated.is_empty() && !stated.starts_with(['/', '\\', '#', '?']) && scheme(stated).is_none();
        if is_relative {
            self.found.push(Beside { stated: stated.to_owned(), written: written.to_owned() });
        }
    }

    /// Something that the text links to, if it is a file and no page.
    pub(super) fn link(&mut self, stated: &str, written: &str) {
        let path = stated.split(['?', '#']).next().unwrap_or_default();
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
            self.shown(stated, written);
        }
    }
}

/// A text with other addresses for its pictures and links: the new ones by the old ones.
pub fn relink(markdown: &str, addresses: &BTreeMap<String, String>) -> String {
    let escaped = |address: &String| {
        let mut text = String::new();
        escape::destination(address, &mut text);
        text
    };
    let addresses: BTreeMap<String, String> = addresses.iter().map(|(old, new)| (escaped(old), escaped(new))).collect();
    let mut out = String::with_capacity(markdown.len());
    for (before, old) in destinations(markdown) {
        out.push_str(before);
        out.push_str(addresses.get(old).map_or(old, String::as_str));
    }
    out
}

/// The addresses of the pictures that a text shows, as they are written.
pub fn pictures(markdown: &str) -> impl Iterator<Item = &str> {
    let is_picture = |before: &str| before.rfind("![").is_some_and(|at| !before[at..before.len() - 2].contains("]("));
    let addresses = destinations(markdown).filter(move |(before, old)| !old.is_empty() && is_picture(before));
    addresses.map(|(_, old)| old.strip_prefix('<').and_then(|old| old.strip_suffix('>')).unwrap_or(old))
}

/// A text in pieces: what stands before each address of a link or picture, and the address; behind the last one nothing.
pub fn destinations(markdown: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(markdown);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find("](").map(|at| at + 2) else {
            rest = None;
            return Some((text, ""));
        };
        let (before, after) = text.split_at(at);
        let end = match after.strip_prefix('<') {
            Some(inner) => inner.find(['>', '\n']).map_or(0, |end| end + 2),
            None => after.find([' ', ')', '\n']).unwrap_or(0),
        };
        let (old, after) = after.split_at_checked(end).unwrap_or(("", after));
        rest = Some(after);
        Some((before, old))
    })
}

#[cfg(test)]
mod tests {
    use super::relink;
    use std::collections::BTreeMap;

    #[test]
    fn only_whole_addresses_are_changed() {
        let new: BTreeMap<String, String> =
            [("a b.jpg", "/media/1.jpg"), ("a.jpg", "/media/2.jpg"), ("a(1).jpg", "/media/3.jpg")]
                .map(|(old, new)| (old.to_owned(), new.to_owned()))
                .into();
        let text = "![x](<a b.jpg> \"t\") ![y](a.jpg) [z](a.jpg/b) [w](<a(1).jpg>) a.jpg ](";
        assert_eq!(
            relink(text, &new),
            "![x](/media/1.jpg \"t\") ![y](/media/2.jpg) [z](a.jpg/b) [w](/media/3.jpg) a.jpg ]("
        );
    }
}
