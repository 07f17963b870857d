//! Whether a theme holds what it promises: a made-up archive of awkward articles is rendered with it, and every page looked at.

use super::matrix::{MARK, Matrix, matrix};
use super::{layers, load, words};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error, Place, counted};
use crate::disk::write;
use crate::i18n::Translations;
use crate::markup::conformance::{Fault, faults};
use crate::page::NoLists;
use crate::plan::{self, Planned, Ready, Site};
use crate::render::{Layer, Naming, Theme, Worker};
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many pages were looked at.
    pub pages: usize,
    /// One for each thing that is wrong, however many pages show it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A fault, the page that shows it first with the line's text, and how many pages show it.
type Found = BTreeMap<String, (Place, String, usize)>;

/// Checks the theme of the site at `root`; the pages are written to `to`, if that is set.
///
/// # Errors
/// Where the theme cannot even be loaded, [`Error::Site`]; [`Error::Disk`].
pub fn check(root: &Path, config: &Config, to: Option<&Path>) -> Result<Checked, Error> {
    let layers = layers(root, config)?;
    let spoken = words(&layers, config)?;
    let mut checked = Checked::default();
    checked.diagnostics.extend(untranslated(&layers, &spoken, config));
    let Matrix { archive, stories } = matrix(config)?;
    let ready = Ready::new(config, &archive, Arc::clone(&spoken));
    let site = Site::new(config, &archive, &ready);
    let theme = load(&layers, &spoken, Arc::new(NoLists), site, Naming::ByContent)?;
    let mut failures: Vec<Diagnostic> = Vec::new();
    let mut found = Found::new();
    let (mut worker, mut text) = (Worker::default(), Vec::new());
    for planned in plan::plan(site).map_err(Error::Site)?.pages {
        checked.pages += 1;
        let story = planned.source(site).and_then(|file| stories.get(file.path));
        match render(&theme, &mut worker, site, planned, story, &mut text) {
            Ok(path) => {
                let page = String::from_utf8_lossy(&text);
                look(planned.kind().name, &path, &page, &mut found);
                if let Some(folder) = to {
                    write::replace(&folder.join(&path), &text)?;
                }
            }
            Err(failure) => failures.push(failure),
        }
    }
    failures.sort();
    failures.dedup_by(|one, other| one.place == other.place);
    checked.diagnostics.extend(failures);
    checked.diagnostics.extend(found.into_iter().map(|(message, (place, line, pages))| {
        let more = if pages > 1 { format!(" (on {pages} pages)") } else { String::new() };
        Diagnostic::error(place, format!("{message}{more}")).hint(line)
    }));
    Ok(checked)
}

fn render(
    theme: &Theme,
    worker: &mut Worker,
    site: Site<'_>,
    planned: Planned,
    story: Option<&crate::page::Story>,
    text: &mut Vec<u8>,
) -> Result<String, Diagnostic> {
    let page = planned.page(site, story);
    theme.render(worker, &page, text)?;
    Ok(page.path)
}

/// Looks at one page and adds what is wrong with it.
fn look(kind: &str, path: &str, page: &str, found: &mut Found) {
    let wrong = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html" | "htm" | "stm") => faults(page, MARK),
        Some("xml") => not_xml(page),
        _ => Vec::new(),
    };
    for Fault { line, message } in wrong {
        // Ids and counts differ from page to page; the rest of the message says what is the matter.
        let entry = found.entry(format!("{kind}: {message}"));
        let text = (line as usize).checked_sub(1).and_then(|line| page.lines().nth(line)).unwrap_or("");
        let shown: String = text.trim().chars().take(100).collect();
        entry.or_insert_with(|| (Place::at(format!("<check>/{path}"), line, 0), shown, 0)).2 += 1;
    }
}

/// What is wrong with a feed or a sitemap.
fn not_xml(page: &str) -> Vec<Fault> {
    let mut reader = quick_xml::Reader::from_str(page);
    let line = |offset: u64| {
        let before = page.get(..usize::try_from(offset).unwrap_or(0)).unwrap_or(page);
        u32::try_from(before.matches('\n').count() + 1).unwrap_or(0)
    };
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Vec::new(),
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.name().as_ref() == MARK => {
                let message = "text of an article stands here as markup: it is not escaped".to_owned();
                return vec![Fault { line: line(reader.buffer_position()), message }];
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("is no well-formed XML: {error}");
                return vec![Fault { line: line(reader.error_position()), message }];
            }
        }
    }
}

/// That the site's language lacks words.
fn untranslated(layers: &[Layer], words: &Translations, config: &Config) -> Option<Diagnostic> {
    let lost = words.untranslated();
    if lost.is_empty() {
        return None;
    }
    let language = config.language.split('-').next().unwrap_or("en");
    let name = format!("i18n/{language}.toml");
    let layer = layers.iter().rev().find(|layer| layer.files.iter().any(|(path, _)| *path == name));
    let place = Place::file(layer.map_or_else(|| name.clone(), |layer| layer.shown(&name)));
    let shown: Vec<&str> = lost.iter().take(8).map(String::as_str).collect();
    let more = if lost.len() > 8 { format!(" and {} more", lost.len() - 8) } else { String::new() };
    let (messages, language) = (counted(lost.len() as u64, "messages"), &config.language);
    let message = format!("{messages} not translated into `{language}`: {}{more}", shown.join(", "));
    Some(Diagnostic::warning(place, message).hint(format!("pages show them in English; add them to {name}")))
}
