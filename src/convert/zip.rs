//! `zip`: an archive of files, each of which is converted as the source that it is.
//!
//! The format is that of PKWARE's APPNOTE.TXT, section 4.3; members that are stored or deflated are read, which is what
//! all but specialists' tools write.

use super::members::{self, Member};
use super::records::{Finder, ReadSeek, Split, convert_member, refused, report};
use super::unpack::wrong;
use super::{Format, Source, refusal};
use crate::config::limits::Limit;
use crate::diagnostic::{Diagnostic, Place};
use std::io::{Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "zip",
    about: "zip archives; each file in them is converted as what it is",
    detect,
    convert: convert_member,
    split: Some(Split::Seek(split)),
};

fn detect(source: &Source<'_>) -> u8 {
    if refusal::document(source.bytes).is_some() {
        return 0;
    }
    if source.bytes.starts_with(b"PK\x03\x04") || source.bytes.starts_with(b"PK\x05\x06") { 60 } else { 0 }
}

fn split(source: &Source<'_>, reader: &mut dyn ReadSeek, finder: &mut Finder<'_>) {
    let size = reader.seek(SeekFrom::End(0)).unwrap_or_default();
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => return report(finder, unreadable(source, &error)),
    };
    let mut left = source.limits.unpacked(size);
    for nth in 0..archive.len() {
        let read = member(source, &mut archive, nth, left);
        if let Ok(Some(Member { bytes, .. })) = &read {
            left = left.saturating_sub(bytes.len() as u64);
        }
        let met_limit = left == 0;
        let found = read.transpose().map(|member| member.and_then(|member| members::found(source, member)));
        if found.is_some_and(|found| finder(found).is_break()) {
            return;
        }
        if met_limit {
            return report(finder, refused(source, Limit::Ratio));
        }
    }
}

/// A file of the archive, of which no more is read than a document may have; `None` for a folder.
pub(super) fn member(
    source: &Source<'_>,
    archive: &mut ZipArchive<impl Read + Seek>,
    nth: usize,
    left: u64,
) -> Result<Option<Member>, Diagnostic> {
    let mut file = match archive.by_index(nth) {
        Ok(file) => file,
        Err(error) => return Err(unreadable(source, &error)),
    };
    if file.is_dir() {
        return Ok(None);
    }
    let name = String::from_utf8_lossy(file.name_raw()).into_owned();
    if file.is_symlink() {
        return Err(members::link(source, &name));
    }
    let inner = members::path(source, &name);
    let inner = Source { path: &inner, ..*source };
    let most = source.limits.bytes();
    let mut bytes = Vec::new();
    if let Err(error) = (&mut file).take(most.min(left) + 1).read_to_end(&mut bytes) {
        return Err(wrong(&inner, &error));
    }
    if bytes.len() as u64 > most {
        return Err(refused(&inner, Limit::Size));
    }
    Ok(Some(Member { name, bytes }))
}

/// The diagnostic for an archive, or a file of one, that cannot be read.
pub(super) fn unreadable(source: &Source<'_>, error: &ZipError) -> Diagnostic {
    let place = Place::file(source.path);
    match error {
        ZipError::Io(error) => wrong(source, error),
        ZipError::UnsupportedArchive(why) => Diagnostic::error(place, format!("a file in it cannot be read: {why}"))
            .hint("unpack it with the program that made it, and convert the files"),
        ZipError::InvalidArchive(why) => Diagnostic::error(place, format!("is no whole zip archive: {why}"))
            .hint("its copy may have been cut short; look for a better one"),
        _ => Diagnostic::error(place, format!("is damaged: {error}"))
            .hint("its copy may have been cut short; look for a better one"),
    }
}
