//! The files that a text shows and the articles that it links to, by where they lie.

use super::path;
use crate::article::Figure;
use crate::markup::address::split_origin;
use crate::markup::to_markdown::{Beside, destinations, pictures, relink};
use std::collections::{BTreeMap, BTreeSet};

/// The pictures that may lie beside the article at `path`: in its bundle, or in the folders in which its program keeps what
/// is copied as it is.
pub(super) fn shown(body: &str, image: Option<&Figure>, path: &str) -> Vec<Beside> {
    let lead = image.map(|image| image.src.as_str());
    let all: BTreeSet<&str> = pictures(body).chain(lead).filter(|address| !address.is_empty()).collect();
    all.into_iter()
        .filter_map(|written| Some(Beside { stated: stated(written, path)?, written: written.to_owned() }))
        .collect()
}

/// The path to a picture from the article's own folder; `None` for what lies elsewhere.
fn stated(address: &str, path: &str) -> Option<String> {
    if !split_origin(address).0.is_empty() || address.starts_with(['#', '{']) {
        return None;
    }
    let Some(rooted) = address.strip_prefix('/') else { return Some(address.to_owned()) };
    // Hugo and Zola copy what is in `static`, Jekyll nearly everything.
    let site = path::site(path)?;
    let below = path.get(site.len()..)?.trim_start_matches('/');
    let up = "../".repeat(below.matches('/').count());
    let copied = if below.starts_with('_') { "" } else { "static/" };
    Some(format!("{up}{copied}{rooted}"))
}

/// The text with its links to other files of articles as paths from the root, by which the articles are found when the site
/// is built.
pub(super) fn with_links(body: &str, path: &str) -> String {
    let mut addresses = BTreeMap::new();
    for (_, address) in destinations(body) {
        let (file, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        let is_article = [".md", ".markdown"].iter().any(|ending| file.ends_with(ending));
        if !is_article || !split_origin(address).0.is_empty() || address.starts_with('/') {
            continue;
        }
        // Zola's way to write an article's path.
        let rooted = match file.strip_prefix("@/") {
            Some(rest) => Some(rest.to_owned()),
            None => below(path, file),
        };
        if let Some(rooted) = rooted {
            addresses.insert(address.to_owned(), format!("/{rooted}{fragment}"));
        }
    }
    if addresses.is_empty() { body.to_owned() } else { relink(body, &addresses) }
}

/// The path that a relative one means in the folder of the article at `path`; `None` where it leads out.
fn below(path: &str, relative: &str) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{shown, with_links};

    #[test]
    fn pictures_lie_in_the_bundle_or_where_the_program_keeps_them() {
        let found = |body: &str, path: &str| {
            shown(body, None, path).into_iter().map(|file| file.stated).collect::<Vec<_>>().join(" ")
        };
        let body = "![](quay.jpg) ![](/img/q.png \"Quay\") ![](https://gazette.example/x.png)";
        assert_eq!(found(body, "blog/content/town/mud/index.md"), "../../../static/img/q.png quay.jpg");
        assert_eq!(found(body, "_posts/2004-01-09-fog.md"), "../img/q.png quay.jpg");
        assert_eq!(found(body, "fog.md"), "quay.jpg");
    }

    #[test]
    fn links_to_files_are_from_the_root() {
        let body =
            "[a](@/town/mud.md#end) [b](../fog.md) [c](/x.md) [d](https://gazette.example/y.md) [e](../../../z.md)";
        let expected = "[a](/town/mud.md#end) [b](/content/fog.md) [c](/x.md) [d](https://gazette.example/y.md) [e](../../../z.md)";
        assert_eq!(with_links(body, "content/town/mud.md"), expected);
    }
}
