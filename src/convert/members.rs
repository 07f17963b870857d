//! The files in an archive: which are sources, which are files that sources show, and which are neither.

use super::Source;
use super::records::{Context, Found, INSIDE, Record};
use crate::diagnostic::{Diagnostic, Place};

/// A file in an archive.
pub(super) struct Member {
    /// Its path in the archive.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Endings of files that pages show.
const SHOWN: [&str; 21] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "pdf", "mp3", "ogg", "wav", "mp4",
    "webm", "m4a", "m4v", "mov", "avi",
];
/// Endings of files that pages are made with.
const MADE_WITH: [&str; 9] = ["css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot"];

/// How messages call a file in an archive.
pub(super) fn path(source: &Source<'_>, name: &str) -> String {
    format!("{}{INSIDE}{name}", source.path)
}

/// What a file in an archive is to the conversion.
///
/// # Errors
/// Where its name would lead out of the folder that the archive is unpacked to.
pub(super) fn found(source: &Source<'_>, member: Member) -> Result<Found, Diagnostic> {
    let Member { name, bytes } = member;
    let Some(name) = inside(&name) else { return Err(outside(source, &name)) };
    let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let ending = name.rsplit('/').next().unwrap_or_default().rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_one_of = |endings: &[&str]| endings.iter().any(|known| known.eq_ignore_ascii_case(ending));
    if is_hidden {
        return Ok(Found::LeftOut("hidden files"));
    }
    if is_one_of(&MADE_WITH) {
        return Ok(Found::LeftOut("styles, scripts and fonts"));
    }
    if is_one_of(&SHOWN) {
        return Ok(Found::File { address: name, bytes });
    }
    let context = Context::default();
    Ok(Found::Record(Record { label: name.clone(), name, line: 0, bytes, context }))
}

/// The diagnostic for a file whose name would lead out.
pub(super) fn outside(source: &Source<'_>, name: &str) -> Diagnostic {
    let message = "has a name that leads out of the archive, so it was passed over";
    Diagnostic::error(Place::file(path(source, &name.escape_default().to_string())), message)
        .hint("no honest archive has such names; look where it comes from")
}

/// The path with `/` only and without `.`, if it leads nowhere but to a place inside.
pub(super) fn inside(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let is_absolute = name.starts_with('/') || name.get(1..2) == Some(":");
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let is_inside = !is_absolute && !parts.is_empty() && parts.iter().all(|part| *part != ".." && !part.contains('\0'));
    is_inside.then(|| parts.join("/"))
}

/// The diagnostic for a link.
pub(super) fn link(source: &Source<'_>, name: &str) -> Diagnostic {
    Diagnostic::warning(Place::file(path(source, name)), "is a link, so it was passed over")
        .hint("put the file itself into the archive")
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn no_name_leads_out() {
        for name in ["../a", "/a", "a/../../b", "C:\\a", "..\\a", "a/..", "", ".", "a\0b"] {
            assert_eq!(inside(name), None, "{name:?}");
        }
        assert_eq!(inside("./a//b\\c.html").as_deref(), Some("a/b/c.html"));
    }
}
