//! From what a browser asks for to a path of the site, as hosts of static sites do it.

use crate::markup::address::decode;

/// What an address of the server means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A file below the output folder.
    Path(String),
    /// The root of a host whose site stands in a folder.
    Above,
    /// No place of the site.
    Nowhere,
}

/// Reads the path of a request for a site that stands at `base`, which has no slash at its end.
pub(super) fn read(path: &str, base: &str) -> Asked {
    let Some(decoded) = decode(path) else { return Asked::Nowhere };
    let below = match decoded.strip_prefix(base) {
        Some(below) if below.is_empty() || below.starts_with('/') => below,
        _ if decoded == "/" => return Asked::Above,
        _ => return Asked::Nowhere,
    };
    let path = below.strip_prefix('/').unwrap_or(below);
    let (folders, name) = path.rsplit_once('/').map_or((None, path), |(folders, name)| (Some(folders), name));
    let mut names = folders
        .into_iter()
        .flat_map(|folders| folders.split('/'))
        .chain([name].into_iter().filter(|name| !name.is_empty()));
    if names.any(|name| matches!(name, "" | "." | "..") || name.contains('\0')) {
        return Asked::Nowhere;
    }
    Asked::Path(if name.is_empty() && below.ends_with('/') { format!("{path}index.html") } else { path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{Asked, read};

    #[test]
    fn addresses_are_paths_of_the_site() {
        let path = |path: &str| Asked::Path(path.to_owned());
        let cases = [
            ("/", "", path("index.html")),
            ("/town/", "", path("town/index.html")),
            ("/town", "", path("town")),
            ("/a%20b.stm", "", path("a b.stm")),
            ("/gazette/", "/gazette", path("index.html")),
            ("/gazette", "/gazette", path("")),
            ("/gazette/town/", "/gazette", path("town/index.html")),
            ("/", "/gazette", Asked::Above),
            ("/gazettes/", "/gazette", Asked::Nowhere),
            ("/town/", "/gazette", Asked::Nowhere),
        ];
        for (asked, base, expected) in cases {
            assert_eq!(read(asked, base), expected, "{asked} at `{base}`");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        let bad = [
            "/../site.toml",
            "/%2e%2e/site.toml",
            "/town/%2E%2e/%2e./x",
            "/./x",
            "/town//x",
            "//evil.example",
            "/x%00.html",
            "/%2",
            "/%zz",
            "/%ff",
            "/..",
            "/town/..",
            "/town/%2f..%2fx",
            "//",
        ];
        for asked in bad {
            assert_eq!(read(asked, ""), Asked::Nowhere, "{asked}");
        }
    }
}
