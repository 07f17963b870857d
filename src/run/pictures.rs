//! Finds the pictures of a site and how large they are. A picture that did not change since the last build is not opened.

use super::CONTENT;
use super::contents::MEDIA;
use super::copies::STATIC;
use crate::diagnostic::Error;
use crate::disk::cache::Cache;
use crate::disk::{self, Stamp, read, walk};
use crate::markup::links::Home;
use crate::pack::{Pack, packed};
use crate::picture::{Picture, Pictures, Size, is_named, size};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The name in the cache.
const NAME: &str = "pictures";
/// How many bytes are looked at: cameras put a preview and their notes before the size.
const HEAD: u64 = 256 << 10;

/// A picture of the last build.
struct Record {
    url: Box<str>,
    bytes: u64,
    mtime: i64,
    size: Option<Size>,
}

packed!(Record { url, bytes, mtime, size });

/// Every picture below `static/` and `content/media/`. Files that cannot be read have no size; whoever publishes them says
/// so.
///
/// # Errors
/// [`Error::Disk`] where a folder cannot be read or the cache not be written.
pub(super) fn read(root: &Path, cache: Option<&Cache>) -> Result<Arc<Pictures>, Error> {
    let mut found: Vec<(String, walk::Found)> = Vec::new();
    for (folder, below) in [(root.join(STATIC), "/"), (root.join(CONTENT).join(MEDIA), "/media/")] {
        if walk::is_folder(&folder) {
            let files = walk::walk(&folder, walk::Hidden::Keep, |_| true)?.files;
            let named = files.into_iter().filter(|file| is_named(&file.path));
            found.extend(named.map(|file| (below.to_owned(), file)));
        }
    }
    if found.is_empty() {
        return Ok(Arc::default());
    }
    let before = cache.and_then(|cache| cache.load(NAME, disk::program()).ok().flatten()).unwrap_or_default();
    let before: Box<[Record]> = Pack::unpack(&mut before.as_slice()).unwrap_or_default();
    let known: HashMap<&str, &Record> = before.iter().map(|record| (&*record.url, record)).collect();
    let now = cache.map_or(Ok(0), Cache::now)?;
    let records: Vec<(Record, bool)> = found
        .into_par_iter()
        .map(|(below, file)| {
            let url = format!("{below}{}", file.path);
            let as_it_was = known
                .get(url.as_str())
                .filter(|record| file.stamp == Stamp { size: record.bytes, mtime: record.mtime })
                .map(|record| record.size);
            let size = as_it_was.unwrap_or_else(|| measure(root, &below, &file.path));
            let stamp = file.stamp.trusted(now);
            (Record { url: url.into(), bytes: stamp.size, mtime: stamp.mtime, size }, as_it_was.is_some())
        })
        .collect();
    let is_news = records.len() != before.len() || records.iter().any(|(_, is_known)| !is_known);
    let records: Box<[Record]> = records.into_iter().map(|(record, _)| record).collect();
    if let Some(cache) = cache.filter(|_| is_news) {
        let mut bytes = Vec::new();
        records.pack(&mut bytes);
        cache.save(NAME, disk::program(), &bytes)?;
    }
    let pictures = records.into_iter().map(|Record { url, size, .. }| (Home::file(&url), Picture { url, size }));
    Ok(Arc::new(Pictures::new(pictures)))
}

fn measure(root: &Path, below: &str, path: &str) -> Option<Size> {
    let folder = if below == "/" { root.join(STATIC) } else { root.join(CONTENT).join(MEDIA) };
    size(&read::head(&folder.join(path), path, HEAD).ok()?.0)
}
