//! Sections that look other than the rest: `[sections."PATH"]` of site.toml, or the front matter of a section's `_index.md`.

use super::{Config, place_of};
use crate::diagnostic::{Diagnostic, Place};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// What the pages of a section and of its articles look like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionLook {
    /// Templates by the name of those in whose place they stand, as `article.html`.
    pub templates: BTreeMap<String, String>,
    /// Settings of the theme that are others there.
    pub theme_settings: toml::Table,
    /// Where each of them is stated, by the same names.
    pub places: BTreeMap<String, Place>,
}

/// The table as site.toml has it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Raw {
    templates: BTreeMap<String, Spanned<String>>,
    theme_settings: BTreeMap<String, Spanned<toml::Value>>,
}

/// The same as an `_index.md` has it, among other keys.
#[derive(Deserialize)]
struct Stated {
    #[serde(default)]
    templates: BTreeMap<String, String>,
    #[serde(default)]
    theme_settings: toml::Table,
}

/// The keys of the front matter of an `_index.md` that say how its section looks.
pub const KEYS: [&str; 2] = ["templates", "theme_settings"];

/// With plain paths, and names of templates in full.
pub(super) fn checked(raw: BTreeMap<String, Raw>, text: &str, file: &str) -> BTreeMap<String, SectionLook> {
    let look = |raw: Raw| {
        let mut look = SectionLook::default();
        for (of, by) in raw.templates {
            look.places.insert(full(&of), place_of(text, file, by.span().start));
            look.templates.insert(full(&of), full(by.get_ref()));
        }
        for (name, value) in raw.theme_settings {
            look.places.insert(name.clone(), place_of(text, file, value.span().start));
            look.theme_settings.insert(name, value.into_inner());
        }
        look
    };
    raw.into_iter().map(|(path, raw)| (path.trim_matches('/').to_owned(), look(raw))).collect()
}

fn full(name: &str) -> String {
    if name.contains('.') { name.to_owned() } else { format!("{name}.html") }
}

/// The look that the front matter of an `_index.md` states, of which `stated` is the part that says so; `file` names it in
/// messages.
///
/// # Errors
/// A diagnostic where a value is of another type.
pub fn stated(stated: &serde_yaml::Mapping, file: &str) -> Result<SectionLook, Diagnostic> {
    let place = Place::file(file);
    let wrong = |error: serde_yaml::Error| {
        Diagnostic::error(place.clone(), format!("the look of the section: {error}"))
            .hint("as in `templates: {article: longread}` and `theme_settings: {accent: \"#1d5c7a\"}`")
    };
    let raw: Stated = serde_yaml::from_value(serde_yaml::Value::Mapping(stated.clone())).map_err(wrong)?;
    let templates: BTreeMap<String, String> = raw.templates.iter().map(|(of, by)| (full(of), full(by))).collect();
    let names = templates.keys().chain(raw.theme_settings.keys());
    let places = names.map(|name| (name.clone(), place.clone())).collect();
    Ok(SectionLook { templates, theme_settings: raw.theme_settings, places })
}

impl Config {
    /// The entry of [`Config::sections`] that decides how a section looks: its own, or that of the nearest above.
    pub fn look(&self, section: &str) -> Option<&str> {
        let mut path = section;
        loop {
            if let Some((name, _)) = self.sections.get_key_value(path) {
                return Some(name);
            }
            path = path.rsplit_once('/')?.0;
        }
    }

    /// The same settings with the looks that sections state themselves, which count before those of site.toml.
    #[must_use]
    pub fn with_looks(mut self, looks: impl IntoIterator<Item = (String, SectionLook)>) -> Self {
        for (path, look) in looks {
            let known = self.sections.entry(path).or_default();
            known.templates.extend(look.templates);
            known.theme_settings.extend(look.theme_settings);
            known.places.extend(look.places);
        }
        self
    }
}
