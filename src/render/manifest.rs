//! `theme.toml`: what a theme says of itself, and the settings it offers to sites.

mod values;

use super::Layer;
use crate::config::{Config, explain, find_key, place_of};
use crate::diagnostic::{Diagnostic, Place, nearest};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tera::{Map, Value};
use toml::Spanned;
pub use values::Type;

/// The file's name in a theme's folder.
pub const FILE: &str = "theme.toml";
/// The version of what templates see; see `docs/`. A theme that wants another one is refused.
pub const VIEWS: u32 = 1;

/// The content of a `theme.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manifest {
    /// What readers and lists call the theme.
    pub name: String,
    /// One line about it.
    pub description: String,
    /// The theme that it stands on; the built-in one if not set.
    pub extends: Option<String>,
    /// The version of the views that its templates are written for.
    pub views: Option<Spanned<u32>>,
    /// Its settings by name.
    pub settings: BTreeMap<String, Setting>,
}

/// A setting that a site may give under `[theme_settings]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// What it does, for the manual.
    pub about: String,
    /// What its values are; as the default is, if not set.
    #[serde(default, rename = "type")]
    pub kind: Option<Type>,
    /// Its value where the site gives none.
    pub default: toml::Value,
    /// The only values it may have; any of its type if empty.
    #[serde(default)]
    pub choices: Vec<toml::Value>,
    /// The least number it may be.
    #[serde(default)]
    pub min: Option<f64>,
    /// The greatest number it may be.
    #[serde(default)]
    pub max: Option<f64>,
    /// The CSS custom property that it sets where it is not empty, as `--accent`.
    #[serde(default)]
    pub property: Option<String>,
    /// Whether that property is for dark pages only.
    #[serde(default)]
    pub dark: bool,
}

impl Manifest {
    /// Reads `text`, which `file` names in messages.
    ///
    /// # Errors
    /// The first thing that is not as it should be, with its line and column.
    pub fn parse(text: &str, file: &str) -> Result<Self, Diagnostic> {
        let manifest: Self = toml::from_str(text).map_err(|error| explain(&error, text, file))?;
        if let Some(views) = manifest.views.as_ref().filter(|views| *views.get_ref() != VIEWS) {
            let message = format!("the theme is written for views {}; this program has views {VIEWS}", views.get_ref());
            let hint = if *views.get_ref() > VIEWS {
                "take a newer program, or an older release of the theme"
            } else {
                "the changelog says what changed between them; then set `views` to the new number"
            };
            return Err(Diagnostic::error(place_of(text, file, views.span().start), message).hint(hint));
        }
        for (name, setting) in &manifest.settings {
            let place = || find_key(text, file, &format!("settings.{name}"));
            setting.check_itself(name).map_err(|(message, hint)| Diagnostic::error(place(), message).hint(hint))?;
        }
        Ok(manifest)
    }
}

/// The settings of every layer, the upper ones winning. A layer that declares one again may leave out nothing.
pub(super) fn declared(layers: &[Layer]) -> Result<BTreeMap<String, Setting>, Vec<Diagnostic>> {
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
    if wrong.is_empty() { Ok(known) } else { Err(wrong) }
}

/// What templates see as `site.settings` and `site.properties`.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) values: Value,
    pub(super) properties: Value,
}

/// The declared settings with the values that the site gives.
pub(super) fn settings(layers: &[Layer], config: &Config) -> Result<Settings, Vec<Diagnostic>> {
    let known = declared(layers)?;
    let mut wrong = Vec::new();
    let place = |name: &str| config.setting_places.get(name).cloned().unwrap_or_else(|| Place::file("site.toml"));
    for (name, value) in &config.theme_settings {
        let checked = match known.get(name) {
            Some(setting) => setting.check(name, value),
            None => Err(unknown(name, &known)),
        };
        wrong.extend(checked.err().map(|(message, hint)| Diagnostic::error(place(name), message).hint(hint)));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut values = Map::default();
    let mut properties = [String::new(), String::new()];
    for (name, setting) in known {
        let value = config.theme_settings.get(&name).unwrap_or(&setting.default);
        if let (Some(property), Some(css)) = (&setting.property, values::css(value)) {
            let all = &mut properties[usize::from(setting.dark)];
            let _ = write!(all, "{property}:{css};");
        }
        values.insert(name.into(), Value::try_from_serializable(value).unwrap_or_else(|_| Value::none()));
    }
    let [all, dark] = properties;
    let mut by_scheme = Map::default();
    by_scheme.insert("all".into(), Value::safe_string(&all));
    by_scheme.insert("dark".into(), Value::safe_string(&dark));
    Ok(Settings { values: Value::from(values), properties: Value::from(by_scheme) })
}

fn unknown(name: &str, known: &BTreeMap<String, Setting>) -> (String, String) {
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    let hint = nearest(name, names.iter().copied())
        .map_or_else(|| format!("the theme knows {}", names.join(", ")), |near| format!("did you mean `{near}`?"));
    (format!("the theme has no setting `{name}`"), hint)
}
