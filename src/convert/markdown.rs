//! `markdown`: articles that another site generator was fed with: Hugo, Zola, Jekyll, Eleventy and their like.
//!
//! Front matter in YAML, TOML or JSON is read by the names those programs use; what they do not share is kept under
//! `extra`. A date in the file's name counts where the front matter has none. Tags of template languages in the text
//! become figures and code where they are such, and are shown as they are where they are not.

mod fields;
mod file_name;
mod front;
mod shortcodes;
mod values;

use super::{Converted, Format, Sink, Source, decode};
use crate::article::Article;
use crate::article::read::tidy_body;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::to_text::to_text;

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "markdown",
    about: "Markdown with YAML, TOML or JSON front matter, as Hugo, Zola and Jekyll write it",
    detect,
    convert,
    split: None,
};

fn detect(source: &Source<'_>) -> u8 {
    let extension = source.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let start = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source.bytes);
    let fronted = [b"---\n".as_slice(), b"---\r\n", b"+++\n", b"+++\r\n"].iter().any(|mark| start.starts_with(mark));
    match extension.as_str() {
        "md" | "markdown" | "mdown" | "mkd" | "mkdn" => 96,
        _ if fronted => 70,
        _ => 0,
    }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    sink(article(source).map_err(|diagnostic| diagnostic.in_file(source.path)));
}

fn article(source: &Source<'_>) -> Result<Converted, Diagnostic> {
    let text = decode::decode(source.bytes, None);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        return Err(
            Diagnostic::error(Place::default(), "the file is empty").hint("delete it, or restore it from a copy")
        );
    }
    let matter = front::split(text)?;
    let named = file_name::read(source.path);
    let (mut front, mut warnings) = fields::read(&matter, named.is_dated || matter.values.contains_key("layout"));
    if front.date.is_none() {
        front.date = named.date;
    }
    let mut body = shortcodes::rewrite(&matter, &mut warnings);
    take_heading(&mut body, &mut front.title);
    if front.title.is_empty() {
        front.title = named.title;
    }
    let warnings = warnings.into_iter().map(|warning| warning.in_file(source.path)).collect();
    Ok(Converted { article: Article { front, body: tidy_body(&body) }, warnings, ..Converted::default() })
}

/// A heading at the very start is the headline, where the front matter has none or the same one.
fn take_heading(body: &mut String, title: &mut String) {
    let start = body.trim_start();
    let line = start.lines().next().unwrap_or_default();
    let Some(heading) = line.strip_prefix("# ").map(|heading| to_text(heading.trim_end_matches(['#', ' ']))) else {
        return;
    };
    let heading = heading.trim();
    if title.is_empty() || title.as_str() == heading {
        heading.clone_into(title);
        *body = start.get(line.len()..).unwrap_or_default().to_owned();
    }
}
