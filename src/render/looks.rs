//! Sections that look other than the rest: their own templates, and their own values of the theme's settings.

use super::layers::{Templates, did_you_mean};
use super::manifest;
use super::{Layer, with_settings};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use std::collections::BTreeMap;
use tera::Value;

/// How one section looks.
pub(super) struct Look {
    /// What its pages see as `site`.
    pub(super) site: Value,
    /// Templates by the name of those in whose place they stand.
    pub(super) templates: BTreeMap<String, String>,
    /// Keys of all templates with that `site`.
    pub(super) keys: BTreeMap<String, u128>,
}

impl Look {
    /// The template that a page gets.
    pub(super) fn template<'a>(&'a self, name: &'a str) -> &'a str {
        self.templates.get(name).map_or(name, String::as_str)
    }
}

/// The looks of all sections that have one, by path. A section has that of the one above, but for what it says itself.
pub(super) fn looks(
    (layers, templates): (&[Layer], &Templates),
    config: &Config,
    site: &Value,
    keys: &dyn Fn(&Value) -> BTreeMap<String, u128>,
) -> Result<BTreeMap<String, Look>, Vec<Diagnostic>> {
    let mut looks: BTreeMap<String, Look> = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in config.sections.keys() {
        let mut own = config.clone();
        let mut by_name = BTreeMap::new();
        for (_, look) in config.sections.iter().filter(|(above, _)| *above == path || is_below(path, above)) {
            own.theme_settings.extend(look.theme_settings.clone());
            own.setting_places.extend(look.places.clone());
            by_name.extend(look.templates.clone());
        }
        for (of, by) in &by_name {
            let place = || own.setting_places.get(of).cloned().unwrap_or_else(|| Place::file("site.toml"));
            wrong.extend([of, by].into_iter().find_map(|name| missing(name, path, templates, place)));
        }
        match manifest::settings(layers, &own) {
            Ok(settings) => {
                let site = with_settings(site, &settings);
                looks.insert(path.clone(), Look { keys: keys(&site), site, templates: by_name });
            }
            Err(found) => wrong.extend(found),
        }
    }
    if wrong.is_empty() { Ok(looks) } else { Err(wrong) }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

fn missing(name: &str, section: &str, templates: &Templates, place: impl Fn() -> Place) -> Option<Diagnostic> {
    if templates.get(name).is_some() {
        return None;
    }
    let hint = did_you_mean(name, templates.names()).unwrap_or_else(|| format!("put it into templates/{name}"));
    let message = format!("there is no template `{name}`, which the section `{section}` is to have");
    Some(Diagnostic::error(place(), message).hint(hint))
}
