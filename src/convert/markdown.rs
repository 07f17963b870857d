//! `markdown`: articles that another site generator was fed with: Hugo, Zola, Jekyll, Eleventy and their like.
//!
//! Front matter in YAML, TOML or JSON is read by the names those programs use; what they do not share is kept under
//! `extra`. A date in the file's name counts where the front matter has none, and folders tell drafts and sections (see
//! [`path`]). Tags of template languages in the text become what they mean, or what settings say, or are shown as they are
//! (see [`tags`]). Pictures are found where those programs look for them (see [`files`]).

mod fields;
mod files;
mod front;
mod path;
mod tags;
mod values;

use super::account::Account;
use super::{Converted, Format, Sink, Source, decode};
use crate::article::read::tidy_body;
use crate::article::{Article, Status};
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
    let named = path::read(source.path);
    let rewritten = tags::rewrite(&matter, &source.settings.shortcodes, source.accounting);
    if named.is_list && rewritten.body.trim().is_empty() {
        let message = "describes a section and holds no article";
        return Err(Diagnostic::warning(Place::default(), message).hint("say what the section is called in site.toml"));
    }
    let is_jekyll = named.date.is_some() || matter.values.contains_key("layout");
    let (mut front, mut warnings) = fields::read(&matter, is_jekyll);
    front.date = front.date.or(named.date);
    if named.is_draft {
        front.status = Status::Draft;
    }
    if front.section.is_none() && !named.section.is_empty() {
        front.section = Some(named.section);
    }
    let mut account = if source.accounting { fields::account(&matter, &front) } else { Account::default() };
    account.pieces.extend(rewritten.account.pieces);
    warnings.extend(rewritten.warnings);
    let mut body = rewritten.body;
    take_heading(&mut body, &mut front.title);
    if front.title.is_empty() {
        front.title = named.title;
    }
    let body = files::with_links(&tidy_body(&body), source.path);
    let files = files::shown(&body, front.image.as_ref(), source.path);
    let warnings = warnings.into_iter().map(|warning| warning.in_file(source.path)).collect();
    Ok(Converted { article: Article { front, body }, files, account, warnings, ..Converted::default() })
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
