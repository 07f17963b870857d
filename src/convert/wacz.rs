//! `wacz`: web archives in a zip archive, with a list of the pages that a person wanted and the hashes of all files.
//!
//! Format: WACZ 1.1.1 (<https://specs.webrecorder.net/wacz/1.1.1/>). Titles of pages that state none themselves are those
//! of `pages/*.jsonl`; the WARC files below `archive/` are read as the format [`warc`] reads them, and their
//! hashes compared with those of `datapackage.json`.

use super::members;
use super::records::{Finder, Found, ReadSeek, Split, report};
use super::unpack::{Unpack, is_packed};
use super::{Format, Source, warc, zip};
use crate::diagnostic::{Diagnostic, Place};
use ::zip::ZipArchive;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Seek};

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "wacz",
    about: "web archives with their lists of pages (WACZ); each saved page is an article",
    detect,
    convert: warc::convert,
    split: Some(Split::Seek(split)),
};

/// Names that the first file of such an archive has.
const FIRST: [&[u8]; 4] = [b"archive/", b"datapackage", b"indexes/", b"pages/pages.jsonl"];
/// Most pages whose titles are known.
const MOST_TITLES: usize = 1_000_000;

fn detect(source: &Source<'_>) -> u8 {
    let name = source.bytes.starts_with(b"PK\x03\x04").then(|| source.bytes.get(30..)).flatten().unwrap_or_default();
    let is_named = source.path.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("wacz"));
    match FIRST.iter().any(|first| name.starts_with(first)) {
        true => 95,
        false if is_named && !name.is_empty() => 90,
        false => 0,
    }
}

#[derive(Default, Deserialize)]
struct Package {
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default)]
    path: String,
    #[serde(default)]
    hash: String,
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    url: String,
    #[serde(default)]
    title: String,
}

fn split(source: &Source<'_>, reader: &mut dyn ReadSeek, finder: &mut Finder<'_>) {
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => return report(finder, zip::unreadable(source, &error)),
    };
    let hashes = hashes(source, &mut archive);
    let titles = titles(source, &mut archive);
    let mut names: Vec<(String, usize)> = (0..archive.len())
        .filter_map(|nth| Some((String::from_utf8_lossy(archive.by_index_raw(nth).ok()?.name_raw()).into_owned(), nth)))
        .collect();
    names.sort_unstable();
    for (name, nth) in names {
        if members::inside(&name).as_deref() != Some(name.trim_end_matches('/')) {
            let _ = finder(Err(members::outside(source, &name)));
            continue;
        }
        let is_warc = name.starts_with("archive/") && !name.ends_with('/');
        if is_warc && read_warc(source, &mut archive, (&name, nth), (&hashes, &titles), finder).is_err() {
            return;
        }
    }
}

/// Reads one WARC file; an error where nobody wants more.
fn read_warc(
    source: &Source<'_>,
    archive: &mut ZipArchive<impl Read + Seek>,
    (name, nth): (&str, usize),
    (hashes, titles): (&HashMap<String, String>, &HashMap<String, String>),
    finder: &mut Finder<'_>,
) -> Result<(), ()> {
    let path = members::path(source, name);
    let inner = Source { path: &path, ..*source };
    let file = match archive.by_index(nth) {
        Ok(file) => file,
        Err(error) => return if finder(Err(zip::unreadable(&inner, &error))).is_break() { Err(()) } else { Ok(()) },
    };
    let mut file = BufReader::new(Hashing { file, hash: Sha256::new() });
    let is_packed = file.fill_buf().is_ok_and(is_packed);
    let mut stopped = false;
    let mut with_title = |found: Result<Found, Diagnostic>| {
        let found = found.map(|found| match found {
            Found::Record(mut record) => {
                let title = titles.get(&record.context.url);
                record.context.title = title.cloned().unwrap_or_default();
                Found::Record(record)
            }
            found => found,
        });
        let flow = finder(found);
        stopped = flow.is_break();
        flow
    };
    if is_packed {
        warc::split(&inner, &mut BufReader::new(Unpack::new(&mut file, &source.limits)), &mut with_title);
    } else {
        warc::split(&inner, &mut file, &mut with_title);
    }
    if stopped {
        return Err(());
    }
    // What stands behind the last record counts as well.
    let _ = std::io::copy(&mut file, &mut std::io::sink());
    let hash = file.into_inner().hex();
    let stated = hashes.get(name).map_or("", |hash| hash.strip_prefix("sha256:").unwrap_or_default());
    if !stated.is_empty() && !stated.eq_ignore_ascii_case(&hash) {
        let message = "is not what datapackage.json says that it is: its hash is another";
        let warning = Diagnostic::warning(Place::file(&path), message)
            .hint("it was changed after it was packed, or is damaged; look for a better copy");
        let _ = finder(Err(warning));
    }
    Ok(())
}

/// By path, what `datapackage.json` says that files hash to.
fn hashes(source: &Source<'_>, archive: &mut ZipArchive<impl Read + Seek>) -> HashMap<String, String> {
    let Some(bytes) = contents(source, archive, "datapackage.json") else { return HashMap::new() };
    let package: Package = serde_json::from_slice(&bytes).unwrap_or_default();
    package.resources.into_iter().map(|resource| (resource.path, resource.hash)).collect()
}

/// By address, the titles that the lists of pages have.
fn titles(source: &Source<'_>, archive: &mut ZipArchive<impl Read + Seek>) -> HashMap<String, String> {
    let mut titles = HashMap::new();
    for list in ["pages/pages.jsonl", "pages/extraPages.jsonl"] {
        let bytes = contents(source, archive, list).unwrap_or_default();
        for line in bytes.split(|byte| *byte == b'\n') {
            let Ok(Page { url, title }) = serde_json::from_slice(line) else { continue };
            // Crawlers give pages without a title their address.
            if !url.is_empty() && !title.is_empty() && title != url && titles.len() < MOST_TITLES {
                titles.entry(url).or_insert(title);
            }
        }
    }
    titles
}

/// A small file of the archive; `None` where there is none of that name, or none that can be read.
fn contents(source: &Source<'_>, archive: &mut ZipArchive<impl Read + Seek>, name: &str) -> Option<Vec<u8>> {
    let nth = archive.index_for_name(name)?;
    zip::member(source, archive, nth, source.limits.bytes()).ok().flatten().map(|member| member.bytes)
}

/// Hashes what is read through it.
struct Hashing<R> {
    file: R,
    hash: Sha256,
}

impl<R> Hashing<R> {
    fn hex(self) -> String {
        self.hash.finalize().iter().fold(String::new(), |mut hex, byte| {
            // Writing into a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}
