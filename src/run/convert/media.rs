//! Files that an article shows and that lie beside its source, as browsers save them in `page_files/`: they are copied to
//! the folder of media under a name made of their content, so that a file that many pages show is there once.

use crate::convert::Converted;
use crate::diagnostic::Error;
use crate::disk::{Stamp, read, write};
use crate::markup::address::percent_decoded;
use crate::markup::to_markdown::relink;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The folder below that of the articles, and below the root of the site.
const MEDIA: &str = "media";
/// Digits of the hash in a name: enough that no two files ever share one.
const DIGITS: usize = 32;

/// Endings of sound, film and other files whose first bytes do not tell what they are.
const ENDINGS: [&str; 10] = ["mp3", "ogg", "wav", "mp4", "webm", "m4a", "m4v", "tif", "bmp", "ico"];

/// The folder of media of a run.
pub(super) struct Media {
    folder: PathBuf,
    /// The name of this run among those that copy to the folder at the same time.
    writer: String,
    dry_run: bool,
    /// The names that were looked after in this run; the first thread that comes for one writes the file.
    seen: Mutex<HashSet<String>>,
}

/// What became of the files of a source.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Copied to where they were not before.
    pub(super) copied: usize,
    /// Kept with the article, new or not.
    pub(super) found: usize,
    /// Not beside the source, or nothing that a page may show.
    pub(super) missing: usize,
    /// Of those, the ones at an address of the web, of which the archive has no copy.
    pub(super) uncaptured: usize,
    /// At an address of the web, and never looked for.
    pub(super) remote: usize,
}

impl Media {
    /// The folder of media of the articles in `into`.
    pub(super) fn new(into: &Path, writer: String, dry_run: bool) -> Self {
        Self { folder: into.join(MEDIA), writer, dry_run, seen: Mutex::default() }
    }

    /// Copies the files of an article and links it to them: those that came with it, and those beside its source, which is
    /// at `page` below `folder`, which no file is looked for outside of.
    ///
    /// # Errors
    /// [`Error::Disk`] where a file cannot be written.
    pub(super) fn take(&self, made: &mut Converted, folder: Option<&Path>, page: &str) -> Result<Tally, Error> {
        let mut tally = Tally::default();
        let mut addresses = BTreeMap::new();
        let mut asked = HashSet::new();
        for file in std::mem::take(&mut made.files) {
            if !asked.insert(file.stated.clone()) {
                continue;
            }
            let path = below(page, &file.stated);
            let came_with = made.parts.iter().find(|(name, _)| *name == file.stated).map(|(_, bytes)| bytes.clone());
            let beside = || read::plain(folder?, path.as_deref()?, read::LARGEST);
            let bytes = came_with.or_else(beside);
            let ending = bytes.as_deref().zip(path.as_deref()).and_then(|(bytes, path)| ending(bytes, path));
            let (Some(bytes), Some(ending)) = (bytes, ending) else {
                tally.missing += 1;
                continue;
            };
            let name = name(&bytes, ending);
            tally.copied += usize::from(self.copy(&name, &bytes)?);
            tally.found += 1;
            addresses.insert(file.written, format!("/{MEDIA}/{name}"));
        }
        if !addresses.is_empty() {
            let article = &mut made.article;
            article.body = relink(&article.body, &addresses);
            if let Some(image) = &mut article.front.image
                && let Some(address) = addresses.get(&image.src)
            {
                image.src.clone_from(address);
            }
        }
        Ok(tally)
    }

    /// Keeps a file that was in an archive at `path`; returns its address and whether it is new, or `None` where it is
    /// nothing that a page may show.
    ///
    /// # Errors
    /// [`Error::Disk`] where it cannot be written.
    pub(super) fn keep(&self, path: &str, bytes: &[u8]) -> Result<Option<(String, bool)>, Error> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let Some(ending) = ending(bytes, path) else { return Ok(None) };
        let name = name(bytes, ending);
        let is_new = self.copy(&name, bytes)?;
        Ok(Some((format!("/{MEDIA}/{name}"), is_new)))
    }

    /// Writes a file, unless it is there; tells whether it was new.
    fn copy(&self, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        let is_first = self.seen.lock().is_ok_and(|mut seen| seen.insert(name.to_owned()));
        let path = self.folder.join(name);
        // The name says what is in it; a copy that was cut short is shorter.
        if !is_first || Stamp::at(&path).is_some_and(|stamp| stamp.size == bytes.len() as u64) {
            return Ok(false);
        }
        if !self.dry_run {
            write::replace_as(&self.writer, &path, bytes)?;
        }
        Ok(true)
    }
}

/// `ab/ab12….jpg`
fn name(bytes: &[u8], ending: &str) -> String {
    let mut hash = String::with_capacity(DIGITS);
    for byte in Sha256::digest(bytes).iter().take(DIGITS / 2) {
        // Writing into a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    format!("{}/{hash}.{ending}", hash.get(..2).unwrap_or_default())
}

/// The path that an address on a page means, relative to the same folder as the page's; `None` where it leads out.
pub(super) fn below(page: &str, address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let address = percent_decoded(address)?.replace('\\', "/");
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(address.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part if part.contains(['\0', ':']) => return None,
            part => parts.push(part),
        }
    }
    (!address.starts_with('/') && !parts.is_empty()).then(|| parts.join("/"))
}

/// The ending for a file, by its first bytes or else by its own; `None` for what no page may show. Scripts, pages and
/// drawings that may hold scripts are not let in by another name.
fn ending(bytes: &[u8], path: &str) -> Option<&'static str> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if begins(b"\xff\xd8\xff") {
        return Some("jpg");
    } else if begins(b"\x89PNG\r\n") {
        return Some("png");
    } else if begins(b"GIF8") {
        return Some("gif");
    } else if begins(b"%PDF-") {
        return Some("pdf");
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("webp");
    } else if bytes.get(4..12) == Some(b"ftypavif") {
        return Some("avif");
    }
    let own = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_text = bytes.trim_ascii_start().first().is_none_or(|byte| *byte == b'<');
    ENDINGS.iter().copied().find(|known| known.eq_ignore_ascii_case(own) && !is_text)
}

#[cfg(test)]
mod tests {
    use super::{below, ending};

    #[test]
    fn no_address_leads_out() {
        let cases = [
            ("a/page.htm", "page_files/quay%20one.jpg?x=1", Some("a/page_files/quay one.jpg")),
            ("a/page.htm", "../img/./quay.jpg", Some("img/quay.jpg")),
            ("page.htm", "page_files\\quay.jpg", Some("page_files/quay.jpg")),
            ("a/page.htm", "../../quay.jpg", None),
            ("page.htm", "%2e%2e/quay.jpg", None),
            ("page.htm", "/etc/passwd", None),
            ("page.htm", "%2fetc/passwd", None),
            ("page.htm", "c:/quay.jpg", None),
            ("page.htm", "?", None),
        ];
        for (page, address, path) in cases {
            assert_eq!(below(page, address).as_deref(), path, "{address}");
        }
    }

    #[test]
    fn a_page_is_no_picture() {
        assert_eq!(ending(b"\xff\xd8\xff\xe0", "image.php"), Some("jpg"));
        assert_eq!(ending(b"ID3", "Talk.MP3"), Some("mp3"));
        assert_eq!(ending(b" <html>", "talk.mp3"), None);
        assert_eq!(ending(b"<svg>", "quay.svg"), None);
        assert_eq!(ending(b"", "talk.mp3"), None);
    }
}
