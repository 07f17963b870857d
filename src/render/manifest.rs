//! `theme.toml`: what a theme says of itself, and the settings it offers to sites.

use super::Layer;
use crate::config::{Config, explain};
use crate::diagnostic::{Diagnostic, Place, nearest};
use serde::Deserialize;
use std::collections::BTreeMap;
use tera::{Map, Value};

const FILE: &str = "theme.toml";

/// The content of a `theme.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manifest {
    /// What readers and lists call the theme.
    pub name: String,
    /// One line about it.
    pub description: String,
    /// The theme that it stands on; the default one if not set.
    pub extends: Option<String>,
    /// Its settings by name.
    pub settings: BTreeMap<String, Setting>,
}

/// A setting that a site may give under `[theme_settings]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// What it does, for the manual.
    pub about: String,
    /// Its value where the site gives none; its type is that of every value.
    pub default: toml::Value,
    /// The only values it may have; any of its type if empty.
    #[serde(default)]
    pub choices: Vec<toml::Value>,
}

impl Manifest {
    /// Reads `text`, which `file` names in messages.
    ///
    /// # Errors
    /// The first thing that is not as it should be, with its line and column.
    pub fn parse(text: &str, file: &str) -> Result<Self, Diagnostic> {
        toml::from_str(text).map_err(|error| explain(&error, text, file))
    }
}

/// The settings of every layer, the upper ones winning, with the values that the site gives.
pub(super) fn settings(layers: &[Layer], config: &Config) -> Result<Value, Vec<Diagnostic>> {
    let mut known: BTreeMap<String, Setting> = BTreeMap::new();
    let mut wrong = Vec::new();
    for layer in layers.iter().rev() {
        for (path, bytes) in layer.files.iter().filter(|(path, _)| path == FILE) {
            match Manifest::parse(&String::from_utf8_lossy(bytes), &layer.shown(path)) {
                Ok(manifest) => known.extend(manifest.settings),
                Err(error) => wrong.push(error),
            }
        }
    }
    for (name, value) in &config.theme_settings {
        let checked = match known.get(name) {
            Some(setting) => check(name, setting, value),
            None => Err(unknown(name, &known)),
        };
        wrong.extend(checked.err());
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut values = Map::default();
    for (name, setting) in known {
        let value = config.theme_settings.get(&name).unwrap_or(&setting.default);
        values.insert(name.into(), Value::try_from_serializable(value).unwrap_or_else(|_| Value::none()));
    }
    Ok(Value::from(values))
}

fn unknown(name: &str, known: &BTreeMap<String, Setting>) -> Diagnostic {
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    let hint = nearest(name, names.iter().copied())
        .map_or_else(|| format!("the theme knows {}", names.join(", ")), |near| format!("did you mean `{near}`?"));
    Diagnostic::error(Place::file("site.toml"), format!("the theme has no setting `{name}`")).hint(hint)
}

fn check(name: &str, setting: &Setting, value: &toml::Value) -> Result<(), Diagnostic> {
    let wrong = |message: String| Diagnostic::error(Place::file("site.toml"), message).hint(setting.about.clone());
    if !value.same_type(&setting.default) {
        let (is, wanted) = (value.type_str(), setting.default.type_str());
        return Err(wrong(format!("the theme setting `{name}` is of type {is}, not {wanted}")));
    }
    if !setting.choices.is_empty() && !setting.choices.contains(value) {
        let choices: Vec<String> = setting.choices.iter().map(ToString::to_string).collect();
        return Err(wrong(format!("the theme setting `{name}` may be {}, not {value}", choices.join(", "))));
    }
    Ok(())
}
