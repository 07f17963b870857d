//! `tar`: an archive of files, each of which is converted as the source that it is.
//!
//! The format is that of POSIX.1-1988 (ustar) and POSIX.1-2001 (pax), with GNU's long names.

use super::members::{self, Member};
use super::records::{Finder, Split, convert_member, refused, report};
use super::unpack::wrong;
use super::{Format, Source};
use crate::config::limits::Limit;
use crate::diagnostic::Diagnostic;
use std::io::{BufRead, Read};
use tar::{Archive, Entry};

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "tar",
    about: "tar archives, also packed as .tar.gz; each file in them is converted as what it is",
    detect,
    convert: convert_member,
    split: Some(Split::Stream(split)),
};

/// Where the name of the format stands in the first header.
const MAGIC: usize = 257;

fn detect(source: &Source<'_>) -> u8 {
    if source.bytes.get(MAGIC..).is_some_and(|rest| rest.starts_with(b"ustar")) { 90 } else { 0 }
}

fn split(source: &Source<'_>, reader: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let mut archive = Archive::new(reader);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return report(finder, wrong(source, &error)),
    };
    for entry in entries {
        let member = match entry {
            Ok(entry) => member(source, entry),
            // Where the next header is cannot be known after a damaged one.
            Err(error) => return report(finder, wrong(source, &error)),
        };
        let found = member.transpose().map(|member| member.and_then(|member| members::found(source, member)));
        if found.is_some_and(|found| finder(found).is_break()) {
            return;
        }
    }
}

fn member(source: &Source<'_>, mut entry: Entry<'_, impl Read>) -> Result<Option<Member>, Diagnostic> {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let kind = entry.header().entry_type();
    if kind.is_symlink() || kind.is_hard_link() {
        return Err(members::link(source, &name));
    }
    if !kind.is_file() {
        return Ok(None);
    }
    let inner = members::path(source, &name);
    let inner = Source { path: &inner, ..*source };
    let most = source.limits.bytes();
    if entry.size() > most {
        return Err(refused(&inner, Limit::Size));
    }
    let mut bytes = Vec::new();
    match entry.by_ref().take(most).read_to_end(&mut bytes) {
        Ok(_) => Ok(Some(Member { name, bytes })),
        Err(error) => Err(wrong(&inner, &error)),
    }
}
