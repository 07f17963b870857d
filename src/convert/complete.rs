//! What every converted article gets, whatever its format: provenance, section, standfirst, lead figure.

use super::{Converted, Format, Source};
use crate::article::Provenance;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::{excerpt, slug::section_path};
use sha2::{Digest, Sha256};

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
        let front = &mut converted.article.front;
        if front.title.trim().is_empty() {
            return Err(self.untitled(&converted.record));
        }
        let section = front.section.as_deref().or(self.source.section).map(section_path);
        front.section = section.filter(|path| !path.is_empty());
        if front.description.is_empty() {
            front.description = excerpt::first_paragraph(&converted.article.body);
        }
        if front.image.is_none() {
            front.image = excerpt::first_figure(&converted.article.body);
        }
        front.source = Some(Provenance {
            format: self.format.name.to_owned(),
            file: self.source.path.to_owned(),
            record: converted.record.clone(),
            sha256: self.sha256.get_or_insert_with(|| hexadecimal(&Sha256::digest(self.source.bytes))).clone(),
            url: converted.canonical.clone(),
            captured: converted.captured,
            written: String::new(),
        });
        Ok(converted)
    }

    fn untitled(&self, record: &str) -> Diagnostic {
        let what = if record.is_empty() { String::new() } else { format!("record {record}: ") };
        let format = self.format.name;
        Diagnostic::error(Place::file(self.source.path), format!("{what}no headline was found, reading it as {format}"))
            .hint("`backfile explain` shows what was read; name the format with --format if it is another")
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
