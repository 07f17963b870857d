//! Static files of themes: each under a name that holds a hash of its content, so that it may be cached for ever.

mod tight;

use super::Layer;
use crate::config::Config;
use std::borrow::Cow;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

const FOLDER: &str = "assets/";
/// What a style sheet begins with that adds to the one below it.
const IMPORT_NEXT: &[u8] = b"@import \"next\";";

/// What static files are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By a hash of their content, so that browsers may keep them for ever.
    ByContent,
    /// As the theme calls them, so that a change of one changes no page.
    Plain,
}

/// The static files of all layers; of those with one name, the topmost.
pub(super) struct Assets {
    /// Addresses on this site by name, as `site.css`.
    pub(super) addresses: BTreeMap<String, String>,
    /// Output path and content.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Assets {
    pub(super) fn new(layers: &[Layer], config: &Config, naming: Naming) -> Self {
        let mut contents: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
        for (path, bytes) in layers.iter().flat_map(|layer| &layer.files) {
            if let Some(name) = path.strip_prefix("static/") {
                contents.entry(name).or_default().push(bytes);
            }
        }
        let contents = contents.iter().map(|(name, stack)| (*name, stacked(stack)));
        let contents: BTreeMap<&str, Cow<'_, [u8]>> = contents.collect();
        let mut names: BTreeMap<&str, String> = BTreeMap::new();
        let mut files = Vec::new();
        let is_style = |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("css"));
        // A style sheet names other files, so its own hash has to wait for theirs.
        for (name, bytes) in contents.iter().filter(|(name, _)| !is_style(name)) {
            let hashed = named(name, bytes, naming);
            files.push((format!("{FOLDER}{hashed}"), bytes.clone().into_owned()));
            names.insert(name, hashed);
        }
        for (name, bytes) in contents.iter().filter(|(name, _)| is_style(name)) {
            let bytes = with_hashed_urls(name, bytes, &names);
            let hashed = named(name, &bytes, naming);
            files.push((format!("{FOLDER}{hashed}"), bytes));
            names.insert(name, hashed);
        }
        let address = |(name, hashed): (&str, String)| (name.to_owned(), config.link(&format!("/{FOLDER}{hashed}")));
        Self { addresses: names.into_iter().map(address).collect(), files }
    }

    /// The address of a static file on this site.
    pub(super) fn address(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(String::as_str)
    }
}

/// The topmost of the files that layers have under one name. A style sheet that begins with `@import "next";` has the one
/// below in its place, so that a theme adds to its parent's style and a page still has one style sheet.
fn stacked<'a>(stack: &[&'a [u8]]) -> Cow<'a, [u8]> {
    let Some((top, below)) = stack.split_first() else { return Cow::Borrowed(&[]) };
    match top.strip_prefix(IMPORT_NEXT) {
        Some(rest) => Cow::Owned([&stacked(below), rest].concat()),
        None => Cow::Borrowed(top),
    }
}

/// `fonts/body.woff2` as `fonts/body.0123abcd.woff2`, or as it is.
fn named(name: &str, bytes: &[u8], naming: Naming) -> String {
    if naming == Naming::Plain {
        return name.to_owned();
    }
    let hash = xxh3_64(bytes) >> 32;
    let file = name.rfind('/').map_or(0, |at| at + 1);
    match name.rfind('.').filter(|at| *at > file) {
        Some(dot) => format!("{}.{hash:08x}{}", &name[..dot], &name[dot..]),
        None => format!("{name}.{hash:08x}"),
    }
}

/// A style sheet, tightened, in which each `url(…)` of another static file is that file's hashed name.
fn with_hashed_urls(name: &str, style: &[u8], names: &BTreeMap<&str, String>) -> Vec<u8> {
    let Ok(style) = std::str::from_utf8(style) else { return style.to_vec() };
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    let style = tight::tight(style);
    let mut out = String::with_capacity(style.len() + 64);
    let mut rest = &*style;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + "url(".len());
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let wanted = after[..end].trim().trim_matches(['"', '\'']);
        let path = wanted.split(['?', '#']).next().unwrap_or("");
        let found = names.get(format!("{folder}{path}").as_str()).and_then(|hashed| hashed.strip_prefix(folder));
        match found {
            Some(hashed) => {
                out.push('"');
                out.push_str(hashed);
                out.push_str(&wanted[path.len()..]);
                out.push('"');
            }
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out.into_bytes()
}
