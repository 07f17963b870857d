//! Which file of which layer a template's name means.
//!
//! A name means the topmost file that has it. `"next"`, in `extends` or `include`, means the same file one layer down.

use super::assets::Assets;
use super::source::{Names, Prepared, Reference, prepare};
use super::{Layer, report};
use crate::config::{SectionLook, place_of};
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::i18n::Translations;
use std::collections::{BTreeMap, BTreeSet};
use tera::Tera;

impl Layer {
    /// A file of the layer as messages show it.
    pub fn shown(&self, path: &str) -> String {
        if self.name.is_empty() { path.to_owned() } else { format!("{}/{path}", self.name) }
    }
}

/// A template that is in use.
pub(super) struct Template {
    /// As messages show it.
    pub(super) file: String,
    /// As it is in the file.
    pub(super) source: String,
    pub(super) prepared: Prepared,
}

impl Template {
    /// The place in the file of a place in the prepared text.
    pub(super) fn place(&self, offset: usize) -> Place {
        place_of(&self.source, &self.file, self.prepared.original(offset))
    }
}

/// The templates in use, by the name that the engine knows them under: the plain one for what a name means, and a
/// path with its layer for what `"next"` means.
pub(super) struct Templates {
    by_name: BTreeMap<String, Template>,
}

/// A file of a layer.
struct File<'a> {
    shown: String,
    bytes: &'a [u8],
}

impl Templates {
    pub(super) fn new(
        layers: &[Layer],
        assets: &Assets,
        words: &Translations,
        sections: &BTreeMap<String, SectionLook>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut files: BTreeMap<&str, Vec<File<'_>>> = BTreeMap::new();
        for layer in layers {
            for (path, bytes) in &layer.files {
                if let Some(name) = template_name(path) {
                    files.entry(name).or_default().push(File { shown: layer.shown(path), bytes });
                }
            }
        }
        let mut wrong = Vec::new();
        let mut by_name = BTreeMap::new();
        for (name, stack) in &files {
            for (depth, file) in stack.iter().enumerate() {
                let next = stack.get(depth + 1).map(|file| file.shown.as_str());
                let Some(template) = load(name, file, next, (assets, words), &mut wrong) else { break };
                let goes_on = template.prepared.next.is_some();
                by_name.insert(if depth == 0 { (*name).to_owned() } else { file.shown.clone() }, template);
                if !goes_on {
                    break;
                }
            }
        }
        let templates = Self { by_name };
        templates.check_references(&mut wrong);
        let chosen: BTreeSet<&str> =
            sections.values().flat_map(|look| look.templates.values()).map(String::as_str).collect();
        templates.check_use(&files, &chosen, &mut wrong);
        if wrong.is_empty() { Ok(templates) } else { Err(wrong) }
    }

    /// The template that the engine knows under a name.
    pub(super) fn get(&self, name: &str) -> Option<&Template> {
        self.by_name.get(name)
    }

    /// Names of all templates.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The text of a template as the engine gets it.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(|template| template.prepared.text.as_str())
    }

    /// Names of the components that a template defines.
    pub(super) fn components_of(&self, name: &str) -> &[String] {
        self.by_name.get(name).map_or(&[], |template| &template.prepared.components)
    }

    /// Names of all components.
    pub(super) fn components(&self) -> impl Iterator<Item = &str> {
        self.by_name.values().flat_map(|template| &template.prepared.components).map(String::as_str)
    }

    /// Gives all templates to the engine.
    pub(super) fn load_into(&self, tera: &mut Tera) -> Result<(), Vec<Diagnostic>> {
        let mut wrong = Vec::new();
        let mut broken: BTreeSet<String> = BTreeSet::new();
        loop {
            let texts = self.by_name.iter().filter(|(name, _)| !broken.contains(*name));
            let Err(error) = tera.add_raw_templates(texts.map(|(name, template)| (name, &template.prepared.text)))
            else {
                break;
            };
            // The engine stops at the first file it cannot read; without that file it finds the next one.
            match report::unreadable(&error).filter(|name| self.by_name.contains_key(*name)) {
                Some(name) if broken.insert(name.to_owned()) => wrong.extend(report::loading(&error, self)),
                _ if wrong.is_empty() => return Err(report::loading(&error, self)),
                _ => break,
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    fn check_references(&self, wrong: &mut Vec<Diagnostic>) {
        let names = || self.by_name.keys().map(String::as_str);
        for template in self.by_name.values() {
            for reference in &template.prepared.references {
                if !self.by_name.contains_key(&reference.name) {
                    wrong.push(lost(template, reference, "template", names()));
                }
            }
        }
    }

    /// A file that stands for nothing below it and that no template names is a slip of the pen.
    fn check_use(&self, files: &BTreeMap<&str, Vec<File<'_>>>, chosen: &BTreeSet<&str>, wrong: &mut Vec<Diagnostic>) {
        let named: BTreeSet<&str> = self
            .by_name
            .values()
            .flat_map(|template| &template.prepared.references)
            .map(|reference| reference.name.as_str())
            .collect();
        let built_in = super::DEFAULT_NAME;
        for (name, stack) in files {
            let from_default = stack.iter().any(|file| file.shown.starts_with(built_in));
            let defines = self.by_name.get(*name).is_some_and(|template| !template.prepared.components.is_empty());
            let [file] = stack.as_slice() else { continue };
            if from_default || defines || named.contains(name) || chosen.contains(name) {
                continue;
            }
            let known = files.iter().filter(|(_, stack)| stack.iter().any(|file| file.shown.starts_with(built_in)));
            let hint = did_you_mean(name, known.map(|(name, _)| *name))
                .unwrap_or_else(|| "it overrides nothing and no template includes it".to_owned());
            wrong.push(Diagnostic::error(Place::file(&*file.shown), "nothing uses this template").hint(hint));
        }
    }
}

/// The name of the template in a file of a layer; none for other files, and for what editors leave behind.
fn template_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("templates/").or_else(|| path.strip_prefix("slots/").map(|_| path))?;
    let file = name.rsplit('/').next().unwrap_or(name);
    let kept = [".html", ".xml", ".txt", ".json"].iter().any(|ending| file.ends_with(ending));
    (kept && !file.starts_with(['.', '#'])).then_some(name)
}

fn load(
    name: &str,
    file: &File<'_>,
    next: Option<&str>,
    (assets, words): (&Assets, &Translations),
    wrong: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let source = match std::str::from_utf8(file.bytes) {
        Ok(source) => source.strip_prefix('\u{feff}').unwrap_or(source),
        Err(error) => {
            let line = memchr::memchr_iter(b'\n', &file.bytes[..error.valid_up_to()]).count() + 1;
            let place = Place::at(&*file.shown, u32::try_from(line).unwrap_or(0), 0);
            wrong.push(Diagnostic::error(place, "the template is not text in UTF-8").hint("save it as UTF-8"));
            return None;
        }
    };
    let prepared = prepare(source, &Names { next, assets, words, tighten: name.ends_with("ml") });
    let template = Template { file: file.shown.clone(), source: source.to_owned(), prepared };
    for reference in &template.prepared.lost_assets {
        wrong.push(lost(&template, reference, "static file", assets.addresses.keys().map(String::as_str)));
    }
    for reference in &template.prepared.lost_words {
        wrong.push(lost_message(&template, reference, words));
    }
    if let (Some(offset), None) = (template.prepared.next, next) {
        let place = place_of(source, &template.file, offset);
        let message = format!("no layer below this one has a template `{name}`");
        let hint = "\"next\" means the same file one layer down; name another template, or leave the line out";
        wrong.push(Diagnostic::error(place, message).hint(hint));
    }
    Some(template)
}

/// A message that is not there, or that is asked for without what it wants.
fn lost_message(template: &Template, reference: &Reference, words: &Translations) -> Diagnostic {
    let Reference { name, offset } = reference;
    let place = place_of(&template.source, &template.file, *offset);
    if let Some(message) = words.get(name).and_then(|message| super::words::wanting(name, message)) {
        return Diagnostic::error(place, message).hint(format!("as in t(\"{name}\", count=page.count)"));
    }
    let hint = nearest(name, words.keys())
        .map_or_else(|| "add it to i18n/en.toml".to_owned(), |near| format!("did you mean `{near}`?"));
    Diagnostic::error(place, format!("there is no message `{name}`")).hint(hint)
}

fn lost<'a>(
    template: &Template,
    reference: &Reference,
    what: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let hint = did_you_mean(&reference.name, known).unwrap_or_default();
    let place = place_of(&template.source, &template.file, reference.offset);
    Diagnostic::error(place, format!("there is no {what} `{}`", reference.name)).hint(hint)
}

/// The nearest file of the same type; the ending says nothing of how near two names are.
pub(super) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let known: Vec<(&str, &str)> = known.filter_map(|known| known.rsplit_once('.')).collect();
    let alike = |other: &str| !ending.is_empty() && (other.starts_with(ending) || ending.starts_with(other));
    let near = nearest(stem, known.iter().filter(|(_, ending)| alike(ending)).map(|(stem, _)| *stem))?;
    let (_, ending) = known.iter().find(|(stem, ending)| *stem == near && alike(ending))?;
    Some(format!("did you mean `{near}.{ending}`?"))
}
