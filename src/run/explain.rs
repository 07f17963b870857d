//! What is known of one article, and why.

use super::{BuildOptions, CONTENT, contents, settings};
use crate::archive::{Archive, ArticleId, Entry, TaxonomyKind};
use crate::article::Article;
use crate::diagnostic::{Diagnostic, Error};
use crate::group::{self, Showing};
use crate::markup::words::{self, Language};
use crate::progress::Silent;
use std::fmt::Write as _;
use std::path::Path;

/// What there is to show.
#[derive(Debug, Default)]
pub struct Explained {
    /// For people to read.
    pub text: String,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Explains a content file, an address of the site, or a source.
///
/// # Errors
/// [`Error::Usage`] where `what` is none of these, and those of reading the site.
pub fn explain(root: &Path, what: &str) -> Result<Explained, Error> {
    let options = BuildOptions::new(Showing::EVERYTHING, 0);
    let config = settings::read(root, &options)?;
    let read = contents::read(root, &config, None, &Silent)?;
    let grouped = group::group(read.contents, &config, options.showing, None);
    let archive = &grouped.archive;
    let Some((id, entry)) = find(archive, root, &config.base_url, what) else {
        let hint = "name a file below content/, an address such as /town/2000/06/09/slug/, or a source file";
        return Err(Error::usage(format!("`{what}` is no article, address or source of this site"), hint));
    };
    let (article, _) = contents::article(&root.join(CONTENT), entry.path())?;
    let own = |d: &&Diagnostic| d.place.file.ends_with(entry.path());
    let diagnostics: Vec<Diagnostic> =
        read.diagnostics.iter().chain(&grouped.diagnostics).filter(own).cloned().collect();
    let mut text = String::new();
    facts(&mut text, &config, archive, entry);
    if let Some(id) = id {
        editors_list(&mut text, archive, entry, &article);
        linked_from(&mut text, archive, id);
        related(&mut text, archive, id, &article, &config.language);
    }
    Ok(Explained { text, diagnostics })
}

/// The article that `what` names by its file, its address or an old address; without a number if it is withdrawn.
fn find<'a>(archive: &'a Archive, root: &Path, base_url: &str, what: &str) -> Option<(Option<ArticleId>, &'a Entry)> {
    let below_root = Path::new(what).strip_prefix(root).map_or(what, |path| path.to_str().unwrap_or(what));
    let path = below_root.trim_start_matches("./");
    let path = path.strip_prefix("content/").unwrap_or(path);
    let url = what.strip_prefix(base_url).unwrap_or(what);
    let alias = archive.redirects.iter().find(|(alias, _)| **alias == *url).map(|(_, target)| *target);
    let named = |entry: &Entry| entry.path() == path || entry.url() == url || entry.url().trim_end_matches('/') == url;
    let live = archive
        .articles
        .iter()
        .zip(0..)
        .find(|(entry, id)| named(entry) || alias == Some(crate::archive::Target::Article(*id)));
    let withdrawn = || archive.withdrawn.iter().find(|entry| named(entry)).map(|entry| (None, entry));
    live.map(|(entry, id)| (Some(id), entry)).or_else(withdrawn)
}

fn facts(out: &mut String, config: &crate::config::Config, archive: &Archive, entry: &Entry) {
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{name:>12}  {value}");
        }
    };
    let names = |kind: TaxonomyKind, ids: &[u32]| {
        let terms = &archive.taxonomy(kind).terms;
        ids.iter()
            .filter_map(|id| terms.get(*id as usize))
            .map(|term| term.name.to_string())
            .collect::<Vec<_>>()
            .join(", ")
    };
    row("headline", entry.title().to_string());
    row("file", format!("{CONTENT}/{}", entry.path()));
    row("address", config.absolute(entry.url()));
    row("pattern", config.permalink(&archive.section(entry.section).path).to_owned());
    row("section", archive.section(entry.section).path.to_string());
    row("date", entry.date.map_or_else(|| "not known".to_owned(), |date| date.to_string()));
    let calendar = entry.calendar.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    row("archive day", calendar.unwrap_or_default());
    row("updated", entry.updated.map(|date| date.to_string()).unwrap_or_default());
    row("status", format!("{:?}", entry.status).to_lowercase());
    row("byline", names(TaxonomyKind::Authors, entry.authors()));
    row("tags", names(TaxonomyKind::Tags, entry.tags()));
    row("places", names(TaxonomyKind::Places, entry.places()));
}

fn editors_list(out: &mut String, archive: &Archive, entry: &Entry, article: &Article) {
    if article.front.see_also.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nsee also, as the editor set it");
    let targets = entry.see_also().iter().copied().chain(std::iter::repeat(None));
    for (item, target) in article.front.see_also.iter().zip(targets) {
        let date = item.date.map(|date| format!(" ({date})")).unwrap_or_default();
        let found = target.map_or_else(
            || "stays text: no article, or several, with that address, or that headline within a day".to_owned(),
            |id| archive.article(id).url().to_string(),
        );
        let _ = writeln!(out, "  {}{date}\n      {found}", item.title);
    }
}

fn linked_from(out: &mut String, archive: &Archive, id: ArticleId) {
    let citing = archive.article(id).cited_by();
    if citing.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nin the editor's list of");
    for id in citing {
        let entry = archive.article(*id);
        let _ = writeln!(out, "  {}\n      {}", entry.title(), entry.url());
    }
}

fn related(out: &mut String, archive: &Archive, id: ArticleId, article: &Article, site_language: &str) {
    let _ = writeln!(out, "\nrelated stories, computed: score, headline, and the words that both share");
    if archive.related(id).is_empty() {
        let _ = writeln!(out, "  none: nothing in the archive shares enough with this article");
    }
    let language = if article.front.language.is_empty() { site_language } else { &article.front.language };
    let text = format!("{}\n\n{}", article.front.title, article.body);
    for related in archive.related(id) {
        let other = archive.article(related.article);
        let mut shared = words::surfaces(&text, related.shared.terms(), Language::of(language));
        shared.retain(|word| !word.is_empty());
        let shared = shared.join(", ");
        let _ = writeln!(out, "{:>7}  {}\n         {}\n         {shared}", related.score, other.title(), other.url());
    }
}
