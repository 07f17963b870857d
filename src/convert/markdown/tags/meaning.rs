//! What the common tags mean: a figure, something shown from elsewhere, an article that is referred to.

use super::tag::Tag;
use crate::article::Figure;
use crate::convert::{embeds, news};

/// The Markdown that a tag stands for; in an address, the address. `None` where it is to be shown as it is written.
pub(super) fn of(tag: &Tag<'_>, is_in_address: bool) -> Option<String> {
    if tag.is_end() {
        return None;
    }
    if let Some(address) = referred(tag) {
        return Some(address);
    }
    if is_in_address {
        return None;
    }
    figure(tag).or_else(|| embed(tag))
}

/// The address of an article or file of the same site that a tag refers to. Articles are named by their files, by which
/// they are found when the site is built.
fn referred(tag: &Tag<'_>) -> Option<String> {
    let stated = tag.get(&["path"]).or_else(|| tag.plain().next())?.trim();
    match tag.name {
        // Hugo's names may leave out the ending, and are of a file or of a folder with an `index.md`.
        "ref" | "relref" => {
            let (path, fragment) = stated.split_at(stated.find('#').unwrap_or(stated.len()));
            let path = path.trim_start_matches("./").trim_matches('/');
            let ending = if path.rsplit('/').next().is_some_and(|name| name.contains('.')) || path.is_empty() {
                ""
            } else {
                ".md"
            };
            let slash = if path.is_empty() { "" } else { "/" };
            Some(format!("{slash}{path}{ending}{fragment}"))
        }
        // Jekyll's posts are known by the names of their files without an ending.
        "post_url" => Some(format!("/{}.md", stated.rsplit('/').next()?)),
        "link" => Some(format!("/{}", stated.trim_start_matches('/'))),
        // Zola's.
        "get_url" => Some(stated.strip_prefix("@/").map_or_else(|| stated.to_owned(), |path| format!("/{path}"))),
        _ => None,
    }
}

/// Something that is shown from elsewhere, as a link.
fn embed(tag: &Tag<'_>) -> Option<String> {
    let mut plain = tag.plain();
    let mut name = tag.name;
    if name == "include" {
        // The first argument names the template, as in `{% include video id="…" provider="vimeo" %}`.
        name = plain.next()?.rsplit('/').next()?.split('.').next()?;
        name = tag.get(&["provider"]).unwrap_or(name);
    }
    let stated = tag.get(&["url", "src", "href", "id", "tweet", "permalink"]).or_else(|| plain.next());
    let (stated, more) = (stated?, plain.next());
    // A post by its author and its number, and a piece of code by its author and its name.
    let author =
        tag.get(&["user", "username"]).map_or_else(|| more.map(|more| (stated, more)), |user| Some((user, stated)));
    let address = match (name, author) {
        ("tweet" | "twitter", Some((user, id))) => format!("https://twitter.com/{user}/status/{id}"),
        ("x", Some((user, id))) => format!("https://x.com/{user}/status/{id}"),
        ("gist", Some((user, id))) if !stated.contains('/') => format!("{user}/{id}"),
        _ => stated.to_owned(),
    };
    let (what, address) = embeds::embed(name, &address)?;
    let title = tag.get(&["title", "caption"]).filter(|title| !title.is_empty()).unwrap_or(what);
    Some(news::link(title, &address))
}

/// Names of tags that show a picture begin so.
const PICTURES: [&str; 8] =
    ["figure", "image", "img", "picture", "photo", "responsive_image", "include", "resize_image"];
/// Endings of pictures.
const ENDINGS: [&str; 10] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff"];

/// The figure that a tag shows; `None` for tags that show none.
fn figure(tag: &Tag<'_>) -> Option<String> {
    if !PICTURES.iter().any(|known| tag.name.starts_with(known)) {
        return None;
    }
    // The first argument of `include` names the template.
    let mut plain = tag.plain().skip(usize::from(tag.name == "include"));
    let src = tag.get(&["src", "url", "path", "file", "image", "image_path", "link"]).or_else(|| plain.next())?;
    let file = src.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    if !ENDINGS.iter().any(|ending| file.ends_with(ending)) {
        return None;
    }
    let text = |keys: &[&str]| tag.get(keys).unwrap_or_default().to_owned();
    let alt = tag.get(&["alt", "alttext"]).or_else(|| plain.next()).unwrap_or_default().to_owned();
    let (title, caption) = (text(&["title"]), text(&["caption", "figcaption"]));
    let colon = if title.is_empty() || caption.is_empty() { "" } else { ": " };
    let caption = format!("{title}{colon}{caption}");
    let credit = text(&["attr", "credit", "attribution", "source"]);
    Some(news::figure(&Figure { src: src.to_owned(), alt, caption, credit }))
}
