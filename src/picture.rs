//! The pictures of a site: the files below `content/media/` and `static/` that articles show, found by the addresses that
//! articles give them, with their sizes.
//!
//! A page that states how large a picture is keeps the place for it, so that nothing moves when it comes.

mod size;

use crate::pack::{Pack, packed};
use serde::Serialize;
pub use size::size;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Width and height in CSS pixels, as the picture is shown: after the rotation that its file asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

packed!(Size { width, height });

/// Endings of the names of files that are pictures.
const ENDINGS: [&str; 8] = ["avif", "gif", "jpeg", "jpg", "jfif", "png", "svg", "webp"];

/// Whether a path or an address names a picture by its ending.
pub fn is_named(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// A picture of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Its root-relative address, as `/media/quay.jpg`.
    pub url: Box<str>,
    /// Its size, where its file tells it.
    pub size: Option<Size>,
}

/// All pictures of a site.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// By the number of the address; none where two files differ in the case of letters only.
    by_number: HashMap<u64, Option<Picture>>,
    hash: u64,
}

impl Pictures {
    /// Of pictures, each with the number that [`crate::markup::links::Home::file`] gives its address.
    pub fn new(found: impl IntoIterator<Item = (u64, Picture)>) -> Self {
        let mut found: Vec<(u64, Picture)> = found.into_iter().collect();
        found.sort_unstable_by(|(_, one), (_, other)| one.url.cmp(&other.url));
        let mut bytes = Vec::new();
        let mut by_number: HashMap<u64, Option<Picture>> = HashMap::with_capacity(found.len());
        for (number, picture) in found {
            picture.url.pack(&mut bytes);
            picture.size.pack(&mut bytes);
            by_number.entry(number).and_modify(|known| *known = None).or_insert(Some(picture));
        }
        Self { by_number, hash: xxh3_64(&bytes) }
    }

    /// The picture of that number.
    pub fn get(&self, number: u64) -> Option<&Picture> {
        self.by_number.get(&number)?.as_ref()
    }

    /// A hash of all of them.
    pub fn hash(&self) -> u64 {
        self.hash
    }
}
