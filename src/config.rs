//! `site.toml`: the settings of one site, checked and complete.

mod explain;
pub mod limits;
mod sections;

use crate::diagnostic::{Diagnostic, Place, nearest};
pub(crate) use explain::{explain, find_key, place_of};
use jiff::tz::{TimeZone, TimeZoneDatabase};
pub use sections::{KEYS as LOOK_KEYS, SectionLook, stated as stated_look};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The settings of a site. Made by [`Config::parse`], which fills in every default and checks what it can.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the site.
    pub title: String,
    /// Scheme, host and folder of the published site, without a slash at its end.
    pub base_url: String,
    /// Path part of `base_url` without a slash at its end; empty for a site at the root of its host.
    pub base_path: String,
    /// One line about the site.
    pub description: String,
    /// BCP 47 tag of the site's language.
    pub language: String,
    /// The zone that decides on which day an article stands.
    pub timezone: TimeZone,
    /// The theme's name, a folder of `themes/`; `gazette` is built in.
    pub theme: String,
    /// Folder that the site is written to, relative to the root.
    pub output: String,
    /// The day whose stories lead the front page; the newest day if not set.
    pub home_date: Option<jiff::civil::Date>,
    /// What to convert before building.
    pub sources: Vec<SourceSettings>,
    /// Permalink patterns by section path; the entry of the empty path is the default.
    pub permalinks: BTreeMap<String, String>,
    /// Which of authors, tags and places get pages.
    pub taxonomies: Taxonomies,
    /// Most items in a feed.
    pub feed_limit: usize,
    /// Most computed related stories of an article.
    pub related_count: usize,
    /// Named lists of links.
    pub menus: BTreeMap<String, Vec<MenuItem>>,
    /// What one document of a source may ask for.
    pub limits: limits::Limits,
    /// Settings that the theme reads.
    pub theme_settings: toml::Table,
    /// Where each of them stands.
    pub setting_places: BTreeMap<String, Place>,
    /// What sections look like that look other than the rest, by path.
    pub sections: BTreeMap<String, SectionLook>,
}

/// One `[[sources]]` entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSettings {
    /// A file or folder, relative to the root.
    pub path: String,
    /// A name of the table of formats, or `auto`.
    #[serde(default)]
    pub format: Option<String>,
    /// The section for articles whose source names none.
    #[serde(default)]
    pub section: Option<String>,
    /// The address that relative links of its pages start from.
    #[serde(default)]
    pub base_url: Option<String>,
    /// Of tables and JSON Lines: front matter key (or `body`, `html`, `markdown`, `text`, `record`, `image.caption`, …) to the
    /// name of the column, or the path to it, as in `body.html`. Other keys are kept under `extra`.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// Of databases: the query whose rows are the articles, as in `SELECT * FROM articles`.
    #[serde(default)]
    pub query: Option<String>,
    /// What the categories of a blog become: the section, with the first one's path, or tags.
    #[serde(default)]
    pub categories: Categories,
    /// What becomes of a shortcode in a text: its name to a text in which `{0}`, `{name}` and `{inner}` stand for its
    /// arguments and what is between its ends.
    #[serde(default)]
    pub shortcodes: BTreeMap<String, String>,
}

impl SourceSettings {
    /// The settings of a source of which nothing was said.
    pub const NONE: &'static Self = &Self {
        path: String::new(),
        format: None,
        section: None,
        base_url: None,
        map: BTreeMap::new(),
        query: None,
        categories: Categories::Sections,
        shortcodes: BTreeMap::new(),
    };
}

impl Default for &SourceSettings {
    fn default() -> Self {
        SourceSettings::NONE
    }
}

/// What categories become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Categories {
    /// The first is the section, under the categories that it is in; the others are tags.
    #[default]
    Sections,
    /// All are tags.
    Tags,
}

/// Which taxonomies get pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Taxonomies {
    /// A page for each name of a byline.
    pub authors: bool,
    /// A page for each tag.
    pub tags: bool,
    /// A page for each place.
    pub places: bool,
}

impl Default for Taxonomies {
    fn default() -> Self {
        Self { authors: true, tags: true, places: true }
    }
}

/// A link of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// Its words.
    pub title: String,
    /// Root-relative or absolute address.
    pub url: String,
}

/// The file as it is written, before checks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: String,
    base_url: String,
    #[serde(default)]
    description: String,
    #[serde(default = "english")]
    language: String,
    #[serde(default)]
    timezone: Option<String>,
    #[serde(default = "default_theme")]
    theme: String,
    #[serde(default = "public")]
    output: String,
    #[serde(default)]
    home: Home,
    #[serde(default)]
    sources: Vec<SourceSettings>,
    #[serde(default)]
    permalinks: BTreeMap<String, String>,
    #[serde(default)]
    taxonomies: Taxonomies,
    #[serde(default)]
    feeds: Feeds,
    #[serde(default)]
    related: RelatedSettings,
    #[serde(default)]
    menus: BTreeMap<String, Vec<MenuItem>>,
    #[serde(default)]
    limits: limits::Limits,
    #[serde(default)]
    theme_settings: toml::Table,
    #[serde(default)]
    sections: BTreeMap<String, sections::Raw>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Home {
    date: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Feeds {
    limit: usize,
}

impl Default for Feeds {
    fn default() -> Self {
        Self { limit: 20 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RelatedSettings {
    count: usize,
}

impl Default for RelatedSettings {
    fn default() -> Self {
        Self { count: 5 }
    }
}

fn english() -> String {
    "en".to_owned()
}

fn default_theme() -> String {
    "gazette".to_owned()
}

fn public() -> String {
    "public".to_owned()
}

/// The name that the permalink table uses for "every section without an entry of its own".
const DEFAULT_PERMALINK: &str = "default";
const PERMALINK_PARTS: [&str; 7] = ["section", "year", "month", "day", "slug", "title", "filename"];

impl Config {
    /// Reads `text`, which `file` names in messages.
    ///
    /// # Errors
    /// One diagnostic with line and column for the first thing that is not as it should be.
    pub fn parse(text: &str, file: &str) -> Result<Self, Diagnostic> {
        let raw: Raw = toml::from_str(text).map_err(|error| explain(&error, text, file))?;
        let wrong = |key: &str, message: String| Diagnostic::error(find_key(text, file, key), message);
        let base_url = raw.base_url.trim_end_matches('/').to_owned();
        let Some((_, rest)) = base_url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
        else {
            return Err(wrong("base_url", format!("`{}` is not an address of the web", raw.base_url))
                .hint("write it in full, as in base_url = \"https://archive.example.org\""));
        };
        let base_path = rest.find('/').map_or("", |at| &rest[at..]).to_owned();
        let timezone = zone(raw.timezone.as_deref()).ok_or_else(|| {
            wrong("timezone", format!("there is no time zone `{}`", raw.timezone.unwrap_or_default()))
                .hint("use a name of the IANA database, as in timezone = \"Europe/London\"")
        })?;
        let permalinks =
            permalinks(raw.permalinks).map_err(|(message, hint)| wrong("permalinks", message).hint(hint))?;
        let home_date = raw.home.date.map(home_date).transpose().map_err(|message| wrong("date", message))?;
        Ok(Self {
            title: raw.title,
            base_url,
            base_path,
            description: raw.description,
            language: raw.language,
            timezone,
            theme: raw.theme,
            output: raw.output,
            home_date,
            sources: raw.sources,
            permalinks,
            taxonomies: raw.taxonomies,
            feed_limit: raw.feeds.limit,
            related_count: raw.related.count,
            menus: raw.menus,
            limits: raw.limits,
            setting_places: explain::keys_of(text, file, "theme_settings"),
            theme_settings: raw.theme_settings,
            sections: sections::checked(raw.sections, text, file),
        })
    }

    /// The same site under another address.
    ///
    /// # Errors
    /// As [`Config::parse`], about `--base-url`.
    pub fn with_base_url(mut self, base_url: &str) -> Result<Self, Diagnostic> {
        let probe = Self::parse(&format!("title = \"\"\nbase_url = {base_url:?}"), "--base-url")?;
        (self.base_url, self.base_path) = (probe.base_url, probe.base_path);
        Ok(self)
    }

    /// The permalink pattern for articles of `section`: its own, or that of the nearest section above.
    pub fn permalink(&self, section: &str) -> &str {
        let mut path = section;
        loop {
            if let Some(pattern) = self.permalinks.get(path) {
                return pattern;
            }
            match path.rsplit_once('/') {
                Some((above, _)) => path = above,
                None if path.is_empty() => return "/:section/:year/:month/:day/:slug/",
                None => path = "",
            }
        }
    }

    /// `url` as a link on this site: root-relative addresses get the folder that the site is published in.
    pub fn link(&self, url: &str) -> String {
        if url.starts_with('/') && !url.starts_with("//") { format!("{}{url}", self.base_path) } else { url.to_owned() }
    }

    /// `url` with scheme and host.
    pub fn absolute(&self, url: &str) -> String {
        if url.starts_with('/') && !url.starts_with("//") { format!("{}{url}", self.base_url) } else { url.to_owned() }
    }
}

fn zone(name: Option<&str>) -> Option<TimeZone> {
    // The bundled database, not the machine's: the day an article stands on must not depend on where it is built.
    name.map_or(Some(TimeZone::UTC), |name| TimeZoneDatabase::bundled().get(name).ok())
}

fn home_date(value: toml::value::Datetime) -> Result<jiff::civil::Date, String> {
    let date = value.date.ok_or_else(|| format!("`{value}` has no date"))?;
    let part = |n: u8| i8::try_from(n).map_err(|e| e.to_string());
    let year = i16::try_from(date.year).map_err(|e| e.to_string())?;
    jiff::civil::Date::new(year, part(date.month)?, part(date.day)?).map_err(|e| e.to_string())
}

/// Checks the patterns and renames the default's entry to the empty path.
fn permalinks(raw: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, (String, String)> {
    let mut checked = BTreeMap::new();
    for (section, pattern) in raw {
        if !pattern.starts_with('/') {
            return Err((
                format!("the pattern `{pattern}` does not begin with a slash"),
                "as in \"/:section/:slug/\"".into(),
            ));
        }
        let words =
            pattern.split(':').skip(1).map(|part| part.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or(""));
        for word in words {
            if !PERMALINK_PARTS.contains(&word) {
                let meant =
                    nearest(word, PERMALINK_PARTS).map_or(String::new(), |near| format!("did you mean `:{near}`? "));
                let parts = PERMALINK_PARTS.map(|part| format!(":{part}")).join(", ");
                return Err((
                    format!("the pattern `{pattern}` has an unknown part `:{word}`"),
                    format!("{meant}known are {parts}"),
                ));
            }
        }
        let path = if section == DEFAULT_PERMALINK { String::new() } else { section.trim_matches('/').to_owned() };
        checked.insert(path, pattern);
    }
    Ok(checked)
}
