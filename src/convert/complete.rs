//! What every converted article gets, whatever its format: provenance, section, standfirst, lead figure.

use super::records::{Context, joined};
use super::{Converted, Format, Source, shape};
use crate::article::{FrontMatter, Provenance};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::address::split_origin;
use crate::markup::{excerpt, slug::section_path};
use sha2::{Digest, Sha256};

/// Longest standfirst that is made of a first paragraph, in bytes.
const DESCRIPTION: usize = 2000;
/// Most bytes of front matter, roughly: what is longer than half as much again is not read again.
const FRONT: usize = 40_000;

/// What all articles of one source share.
pub(super) struct Origin<'a> {
    format: &'a Format,
    source: &'a Source<'a>,
    /// Of the source's bytes, in hexadecimal; made for the first article.
    sha256: Option<String>,
}

impl<'a> Origin<'a> {
    pub(super) fn new(format: &'a Format, source: &'a Source<'a>) -> Self {
        Self { format, source, sha256: None }
    }

    /// The article with all that a converter leaves to be filled in; an article without a headline is refused.
    pub(super) fn complete(&mut self, mut converted: Converted) -> Result<Converted, Diagnostic> {
        // Something in an archive was converted as a source of its own.
        if converted.article.front.source.is_some() {
            return Ok(converted);
        }
        converted.record = joined(self.source.record, &converted.record);
        let digest = self.source.context.map_or_else(String::new, |context| stated(context, &mut converted));
        let front = &mut converted.article.front;
        if front.title.trim().is_empty() {
            return Err(self.untitled(&converted.record));
        }
        let section = front.section.as_deref().or(self.source.section).map(section_path);
        front.section = section.filter(|path| !path.is_empty());
        if front.description.is_empty() {
            front.description = excerpt::first_paragraph(&converted.article.body);
        }
        shape::shorten(&mut front.description, DESCRIPTION);
        if front.image.is_none() {
            front.image = excerpt::first_figure(&converted.article.body);
        }
        if length(front) + converted.canonical.len() > FRONT {
            return Err(self.overlong(&converted.record));
        }
        front.source = Some(Provenance {
            format: self.format.name.to_owned(),
            file: self.source.file().to_owned(),
            record: converted.record.clone(),
            sha256: self.sha256.get_or_insert_with(|| hexadecimal(&Sha256::digest(self.source.bytes))).clone(),
            digest,
            url: converted.canonical.clone(),
            captured: converted.captured,
            written: String::new(),
        });
        Ok(converted)
    }

    fn overlong(&self, record: &str) -> Diagnostic {
        let what = if record.is_empty() { String::new() } else { format!("record {record}: ") };
        let message =
            format!("{what}the headline and the lists of related articles and links are too long for an article");
        Diagnostic::error(Place::file(self.source.path), message)
            .hint("`backfile explain` shows what was read; the file may hold a list, or many articles")
    }

    fn untitled(&self, record: &str) -> Diagnostic {
        let what = if record.is_empty() { String::new() } else { format!("record {record}: ") };
        let format = self.format.name;
        Diagnostic::error(Place::file(self.source.path), format!("{what}no headline was found, reading it as {format}"))
            .hint("`backfile explain` shows what was read; name the format with --format if it is another")
    }
}

/// Gives an article what its container states and it does not; returns the digest.
fn stated(context: &Context, converted: &mut Converted) -> String {
    let front = &mut converted.article.front;
    if front.title.trim().is_empty() {
        front.title.clone_from(&context.title);
    }
    converted.at.clone_from(&context.url);
    converted.captured = converted.captured.or(context.captured);
    if converted.canonical.is_empty() {
        converted.canonical.clone_from(&context.url);
    }
    let path = context.url.split('#').next().map_or("", |url| split_origin(url).1);
    let host = |url: &str| {
        let host = split_origin(url).0.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
        host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
    };
    let is_known = front.url == path || front.aliases.iter().any(|alias| alias == path);
    if path.len() > 1 && path.starts_with('/') && !is_known && host(&context.url) == host(&converted.canonical) {
        front.aliases.push(path.to_owned());
    }
    context.digest.clone()
}

/// About how many bytes the front matter takes.
fn length(front: &FrontMatter) -> usize {
    /// What a list's item takes beside its words.
    const ITEM: usize = 60;
    let texts = [&front.title, &front.dateline, &front.description, &front.url, &front.language];
    let texts = texts.into_iter().chain(&front.section).map(String::len);
    let names =
        [&front.authors, &front.tags, &front.places, &front.aliases].into_iter().flatten().map(|name| name.len() + 2);
    let image =
        front.image.iter().map(|image| image.src.len() + image.alt.len() + image.caption.len() + image.credit.len());
    let listed = front.see_also.iter().map(|item| item.title.len() + item.section.len() + item.url.len() + ITEM);
    let linked = front.links.iter().map(|link| link.title.len() + link.url.len() + ITEM);
    texts.chain(names).chain(image).chain(listed).chain(linked).sum()
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
