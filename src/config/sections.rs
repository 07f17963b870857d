//! `[sections."PATH"]`: sections that look other than the rest.

use super::Config;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the pages of a section and of its articles look like.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SectionLook {
    /// Templates by the name of those in whose place they stand, as `article.html`.
    pub templates: BTreeMap<String, String>,
    /// Settings of the theme that are others there.
    pub theme_settings: toml::Table,
}

/// With plain paths, and names of templates in full.
pub(super) fn checked(raw: BTreeMap<String, SectionLook>) -> BTreeMap<String, SectionLook> {
    let full = |name: String| if name.contains('.') { name } else { format!("{name}.html") };
    let look = |look: SectionLook| SectionLook {
        templates: look.templates.into_iter().map(|(of, by)| (full(of), full(by))).collect(),
        ..look
    };
    raw.into_iter().map(|(path, raw)| (path.trim_matches('/').to_owned(), look(raw))).collect()
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
}
