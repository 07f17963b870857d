//! Where the links of a body lead: addresses that mean one page as one number, so that a link to an article's old address
//! can be known for what it is.
//!
//! Addresses are compared without scheme, `www.`, usual ports, fragment, `index.html`, the slash at the end and the case of
//! their letters. What stands behind `?` is part of the address as it is written.

use super::address::{percent_decoded, split_origin};
use memchr::memchr2_iter;
use std::borrow::Cow;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// The site that an article was taken from, whose addresses its links have, and the archive, which has its own.
#[derive(Clone, Copy, Debug)]
pub struct Home<'a> {
    /// Number of the host that paths are of which begin with a slash; 0 for the archive's own.
    own: u64,
    archive: u64,
    base_path: &'a str,
}

/// Parts numbers of files from those of pages.
const FILES: u64 = 0x66_69_6c_65;

impl<'a> Home<'a> {
    /// Of an article that says it was at `source` (an absolute address, or empty), in the archive at `base_url`, whose
    /// path is `base_path`.
    pub fn of(source: &str, base_url: &str, base_path: &'a str) -> Self {
        let archive = host(base_url);
        let own = host(source);
        Self { own: if own == archive { 0 } else { own }, archive, base_path }
    }

    /// The number of the page at a path of the archive.
    pub fn here(path: &str) -> u64 {
        place(0, path)
    }

    /// The number of a file of the site at a root-relative address.
    pub fn file(address: &str) -> u64 {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let path = percent_decoded(path).unwrap_or_else(|| path.to_owned());
        xxh3_64_with_seed(path.to_lowercase().as_bytes(), FILES)
    }

    /// The number of the file of the site that an address means: one of the archive, or of the site that the article was
    /// taken from, whose files may have moved here with it. `None` for any other.
    pub fn picture(&self, address: &str) -> Option<u64> {
        let address = address.trim();
        if address.starts_with('/') && !address.starts_with("//") {
            return Some(Self::file(address));
        }
        let (origin, path) = split_host(address);
        match host(origin) {
            0 => None,
            host if host == self.archive => Some(Self::file(path.strip_prefix(self.base_path).unwrap_or(path))),
            host if host == self.own => Some(Self::file(path)),
            _ => None,
        }
    }

    /// The number of the page at an address; `None` for addresses of another kind.
    pub fn place(&self, address: &str) -> Option<u64> {
        let address = address.trim();
        if address.starts_with('/') && !address.starts_with("//") {
            return Some(place(self.own, address));
        }
        let (origin, path) = split_host(address);
        match host(origin) {
            0 => None,
            host if host == self.archive => Some(place(0, path.strip_prefix(self.base_path).unwrap_or(path))),
            host => Some(place(host, path)),
        }
    }
}

/// Host and path of an address, with or without a scheme.
fn split_host(address: &str) -> (&str, &str) {
    match address.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())),
        None => split_origin(address),
    }
}

/// The number of the host of an address on the web; 0 for none.
fn host(address: &str) -> u64 {
    let (origin, _) = split_origin(address);
    let name = match origin.split_once("://") {
        Some((scheme, name)) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => name,
        Some(_) => return 0,
        None => address,
    };
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(":80").or(name.strip_suffix(":443")).unwrap_or(&name);
    let name = name.strip_prefix("www.").unwrap_or(name).trim_end_matches('.');
    if name.is_empty() { 0 } else { xxh3_64(name.as_bytes()) }
}

fn place(host: u64, path: &str) -> u64 {
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let mut text = path.to_ascii_lowercase();
    text.push_str(query);
    xxh3_64_with_seed(text.as_bytes(), host)
}

/// Longest address that is looked at, in bytes: no article has one like that, and a text of nothing but beginnings of links
/// must not be read to its end for each of them.
const LONGEST: usize = 1000;

fn beginning(text: &str) -> Option<&str> {
    text.get(..text.floor_char_boundary(LONGEST))
}

/// Whatever may be the address of a link in a body, and more: what looks like one in code or in a picture is not told
/// apart, as that would need the Markdown to be parsed once more.
pub fn targets(markdown: &str) -> impl Iterator<Item = Cow<'_, str>> {
    memchr2_iter(b']', b'<', markdown.as_bytes()).filter_map(|at| {
        let rest = markdown.get(at + 1..)?;
        if markdown.as_bytes().get(at) == Some(&b'<') {
            // After a bracket it begins a destination, which is found with its link.
            let alone = at.checked_sub(1).and_then(|before| markdown.as_bytes().get(before)) != Some(&b'(');
            let start = beginning(rest).filter(|start| alone && start.starts_with("http"))?;
            return start.split(['>', '<', ' ', '\n']).next().map(unescaped);
        }
        let rest = rest.strip_prefix('(').or(rest.strip_prefix(':'))?;
        destination(beginning(rest)?.trim_start()).map(unescaped)
    })
}

/// The address that a link's destination begins with; see `CommonMark` 0.31, section 6.3.
fn destination(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('<') {
        return rest.split('>').next();
    }
    if !text.starts_with(['/', 'h', 'H']) {
        return None;
    }
    let mut open = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' if open == 0 => return text.get(..at),
            b')' => open -= 1,
            0..=b' ' => return text.get(..at),
            _ => {}
        }
    }
    Some(text)
}

/// Without the backslashes before punctuation, and with `&amp;` as what it means.
fn unescaped(address: &str) -> Cow<'_, str> {
    if !address.contains(['\\', '&']) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len());
    let mut characters = address.chars().peekable();
    while let Some(c) = characters.next() {
        let meant = if c == '\\' { characters.next_if(char::is_ascii_punctuation) } else { None };
        out.push(meant.unwrap_or(c));
    }
    Cow::Owned(out.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::{Home, targets};

    #[test]
    fn one_page_has_one_number() {
        let home = Home::of("http://www.gazette.example/1999/mole.html", "https://archive.example/old", "/old");
        let place = |address: &str| home.place(address);
        let mole = place("http://gazette.example/1999/mole.html");
        assert!(mole.is_some());
        for same in [
            "https://www.gazette.example:443/1999/mole.html#two",
            "//GAZETTE.example:80/1999/Mole.html",
            "/1999/mole.html",
        ] {
            assert_eq!(place(same), mole, "{same}");
        }
        assert_eq!(place("https://gazette.example/town/"), place("/town/index.html"));
        assert_eq!(place("https://gazette.example"), place("/"));
        assert_eq!(place("https://archive.example/old/town/"), Some(Home::here("/town")));
        for other in ["/1999/mole.html?page=2", "https://other.example/1999/mole.html", "/old/town/"] {
            assert_ne!(place(other), mole, "{other}");
            assert_ne!(place(other), Some(Home::here("/town")), "{other}");
        }
        assert_ne!(place("/a?id=A"), place("/a?id=a"));
        for none in ["mole.html", "#note", "mailto:desk@gazette.example", "ftp://gazette.example/a", ""] {
            assert_eq!(place(none), None, "{none}");
        }
    }

    #[test]
    fn every_kind_of_link_is_found() {
        let body = "[a](/a \"title\") [b](<https://b.example/a b>) <https://c.example/c> [d] ![e](/e_(1).png)\n\n\
                    [d]: https://d.example/d\n[f](/f\\_g?x=1&amp;y=2) [g](relative.html)";
        let found: Vec<_> = targets(body).collect();
        let all =
            ["/a", "https://b.example/a b", "https://c.example/c", "/e_(1).png", "https://d.example/d", "/f_g?x=1&y=2"];
        assert_eq!(found, all);
    }
}
