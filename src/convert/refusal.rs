//! What to say of a file that no format knows.

use super::Source;
use crate::diagnostic::{Diagnostic, Place};

/// Beginnings of files that are no text (from the `file` utility's database), what they are, and what to try.
const BINARY: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n", "a PNG picture", PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", PICTURE),
    (b"GIF8", "a GIF picture", PICTURE),
    (b"II*\0", "a TIFF picture", PICTURE),
    (b"MM\0*", "a TIFF picture", PICTURE),
    (b"%PDF-", "a PDF document", DOCUMENT),
    (b"%!PS", "a PostScript document", DOCUMENT),
    (b"{\\rtf", "an RTF document", DOCUMENT),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint document", DOCUMENT),
    (b"\xffWPC", "a WordPerfect document", DOCUMENT),
    (b"BZh", "a bzip2 archive", PACKED),
    (b"\xfd7zXZ\0", "an xz archive", PACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", PACKED),
    (b"Rar!\x1a\x07", "a RAR archive", PACKED),
    (b"SQLite format 3\0", "an SQLite database", DATABASE),
    (b"bplist00", "a binary property list, as Safari's web archives are", "save the page as HTML instead"),
    (b"RIFF", "a sound, video or WebP file", PICTURE),
    (b"ID3", "an MP3 recording", PICTURE),
    (b"OggS", "an Ogg recording", PICTURE),
    (b".RMF", "a RealMedia recording", PICTURE),
    (b"FWS", "a Flash file", PICTURE),
    (b"CWS", "a Flash file", PICTURE),
    (b"\x7fELF", "a program", UNKNOWN),
    (b"MZ\x90\0", "a program", UNKNOWN),
];
const PICTURE: &str = "put pictures, sound and video under content/media; only articles are converted";
const DOCUMENT: &str = "save it as plain text or HTML and convert that";
const PACKED: &str = "unpack it and convert the files in it";
const DATABASE: &str = "name its format with --format sqlite; a build without the feature `sqlite` cannot read it";
const UNKNOWN: &str = "leave it out of the sources";

/// Names of the first file in documents that are kept as zip archives, and what those are (ISO/IEC 29500-2, OASIS
/// `OpenDocument` 1.2 part 3, EPUB OCF 3.3).
const IN_ZIP: &[(&[u8], &str)] = &[
    (b"[Content_Types].xml", "a Word, Excel or PowerPoint document"),
    (b"_rels/", "a Word, Excel or PowerPoint document"),
    (b"docProps/", "a Word, Excel or PowerPoint document"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument text or table"),
    (b"mimetypeapplication/epub", "an EPUB book"),
    (b"META-INF/MANIFEST.MF", "a Java program"),
];

/// What a document that is kept as a zip archive is; `None` for other bytes.
pub(super) fn document(bytes: &[u8]) -> Option<&'static str> {
    let name = bytes.starts_with(b"PK\x03\x04").then(|| bytes.get(30..)).flatten()?;
    IN_ZIP.iter().find(|(first, _)| name.starts_with(first)).map(|(_, what)| *what)
}

/// The diagnostic for a source that no format knows.
pub(super) fn refusal(source: &Source<'_>) -> Diagnostic {
    let place = Place::file(source.path);
    match not_text(source.bytes) {
        Some((what, hint)) => Diagnostic::error(place, what).hint(hint),
        None => Diagnostic::error(place, "no article was found in it")
            .hint("if it holds one, name its format with --format; `backfile explain` shows what was read"),
    }
}

/// For bytes that hold no text at all: what they look like, and what to try. `None` for anything that may be text.
pub(super) fn not_text(bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.is_empty() {
        return Some(("the file is empty".to_owned(), "was its copy cut short?"));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some(("the file holds nothing but white space".to_owned(), "was its copy cut short?"));
    }
    if let Some(what) = document(bytes) {
        return Some((format!("this is {what}, not an article"), DOCUMENT));
    }
    if let Some((_, what, hint)) = BINARY.iter().find(|(start, _, _)| bytes.starts_with(start)) {
        return Some((format!("this is {what}, not an article"), hint));
    }
    let look = &bytes[..bytes.len().min(4096)];
    // Texts have no control characters beyond white space, but for the stray few of old editors; UTF-16 is full of
    // zero bytes, all in even places or all in odd ones. Lines end often enough in some texts that all bytes below
    // space are too many, so those are looked at again.
    let low = look.iter().filter(|byte| **byte < 0x20 || **byte == 0x7f).count();
    if low * 20 <= look.len() {
        return None;
    }
    let controls = look.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    let zeros = |start: usize| look.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count();
    let binary = controls.max(zeros(0).min(zeros(1))) * 20 > look.len();
    binary.then(|| ("this is a binary file, not an article".to_owned(), UNKNOWN))
}
