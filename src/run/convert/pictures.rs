//! Pictures that lie in archives: noted as the archives are read, and kept as media where an article shows them.
//!
//! A page comes before or after the pictures on it, and they may lie in another archive; so all wait on the disk until all
//! articles are known. An article that shows some waits as well.

use super::media::{Media, Tally, below};
use crate::article::Article;
use crate::convert::Converted;
use crate::convert::records::INSIDE;
use crate::diagnostic::Error;
use crate::disk::scratch::Scratch;
use crate::markup::to_markdown::{pictures, relink};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use xxhash_rust::xxh3::xxh3_64;

/// All pictures of a run, by the numbers of their addresses.
pub(super) struct Pictures {
    notes: HashMap<u64, u64>,
    scratch: Scratch,
}

/// A picture that an article shows: how the text calls it, and the number of where it may be.
pub(super) type Shown = Vec<(String, u64)>;

impl Pictures {
    pub(super) fn new(scratch: Scratch) -> Self {
        Self { notes: HashMap::new(), scratch }
    }

    /// Notes a picture of the source `name`; of two at one address the first.
    pub(super) fn note(&mut self, name: &str, address: &str, bytes: &[u8]) -> Result<(), Error> {
        let number = number(name, address);
        if !self.notes.contains_key(&number) {
            self.notes.insert(number, self.scratch.append(bytes)?);
        }
        Ok(())
    }

    /// Keeps what an article shows, and links it to that.
    pub(super) fn show(&self, article: &mut Article, shown: &Shown, media: &Media) -> Result<Tally, Error> {
        let mut tally = Tally::default();
        let mut addresses = BTreeMap::new();
        for (written, number) in shown {
            let bytes = self.notes.get(number).map(|note| self.scratch.read(*note)).transpose()?;
            if let Some((address, is_new)) = bytes.map(|bytes| media.keep(written, &bytes)).transpose()?.flatten() {
                tally.copied += usize::from(is_new);
                tally.found += 1;
                addresses.insert(written.clone(), address);
            } else {
                tally.missing += 1;
                tally.uncaptured += usize::from(written.contains("://"));
            }
        }
        article.body = relink(&article.body, &addresses);
        if let Some(image) = &mut article.front.image
            && let Some(address) = addresses.get(&image.src)
        {
            image.src.clone_from(address);
        }
        Ok(tally)
    }
}

/// What an article that was in the archive `name` shows.
pub(super) fn shown(made: &Converted, name: &str) -> Shown {
    if made.at.is_empty() {
        let page = made.record.rsplit(INSIDE).next().unwrap_or_default();
        let place = |stated: &str| below(page, stated).map(|path| number(name, &path));
        let files = made.files.iter().filter_map(|file| Some((file.written.clone(), place(&file.stated)?)));
        return files.collect();
    }
    let lead = made.article.front.image.iter().map(|image| image.src.as_str());
    let mut shown: Shown = pictures(&made.article.body)
        .chain(lead)
        .filter(|address| address.starts_with("http"))
        .map(|address| (address.to_owned(), number(name, address)))
        .collect();
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// How many pictures an article shows that are at an address of the web.
pub(super) fn remote(article: &Article) -> usize {
    let lead = article.front.image.iter().map(|image| image.src.as_str());
    let is_remote = |address: &&str| address.starts_with("http") || address.starts_with("//");
    pictures(&article.body).chain(lead).filter(is_remote).collect::<BTreeSet<_>>().len()
}

/// The number of a picture: by its address on the web, or else by its path in the archive `name`.
fn number(name: &str, address: &str) -> u64 {
    match address.split('#').next().and_then(|address| address.split_once("://")) {
        Some((_, address)) => xxh3_64(address.strip_prefix("www.").unwrap_or(address).as_bytes()),
        None => xxh3_64(format!("{name}{INSIDE}{address}").as_bytes()),
    }
}
