//! The files of a site's layers by name: which one wins, and what stands below it.

use super::{BUILT_IN, layers};
use crate::config::Config;
use crate::diagnostic::{Error, nearest};
use crate::disk::{walk, write};
use crate::render::{Layer, builtin};
use similar::TextDiff;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// The layers of a site, the topmost first, with the built-in theme at the bottom.
pub struct Stack {
    layers: Vec<Layer>,
}

/// Folders that a file is looked for in when its own is not said.
const FOLDERS: [&str; 5] = ["", "templates/", "slots/", "static/", "i18n/"];
/// Endings that may be left out.
const ENDINGS: [&str; 3] = ["", ".html", ".toml"];

impl Stack {
    /// Reads all layers.
    ///
    /// # Errors
    /// As [`layers`].
    pub fn read(root: &Path, config: &Config) -> Result<Self, Error> {
        let mut layers = layers(root, config)?;
        layers.push(builtin());
        Ok(Self { layers })
    }

    /// The path in its layer of a file that a person names, as `byline`, `slots/byline.html` or by its whole path.
    ///
    /// # Errors
    /// [`Error::Usage`] where no layer has such a file.
    pub fn path_of(&self, named: &str) -> Result<String, Error> {
        let named = named.trim_start_matches("./");
        let mut folders = self.layers.iter().filter(|layer| !layer.name.is_empty());
        let below = folders.find_map(|layer| named.strip_prefix(&layer.name)?.strip_prefix('/'));
        let named = below.unwrap_or(named);
        let paths: BTreeSet<&str> =
            self.layers.iter().flat_map(|layer| &layer.files).map(|(path, _)| path.as_str()).collect();
        let full =
            FOLDERS.iter().flat_map(|folder| ENDINGS.iter().map(move |ending| format!("{folder}{named}{ending}")));
        if let Some(path) = full.into_iter().find(|path| paths.contains(path.as_str())) {
            return Ok(path);
        }
        let short = |path: &str| FOLDERS.iter().rev().find_map(|folder| path.strip_prefix(folder)).map(str::to_owned);
        let shorter: Vec<String> = paths.iter().filter_map(|path| short(path)).collect();
        let known = shorter.iter().map(String::as_str).chain(paths.iter().copied());
        let stems = known.flat_map(|name| [name, name.trim_end_matches(".html")]);
        let hint = nearest(named, stems).map_or_else(
            || "name a file of templates/, slots/, static/ or i18n/; `backfile theme which` lists them".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Err(Error::usage(format!("no layer of this site has a file `{named}`"), hint))
    }

    fn content(layer: &Layer, path: &str) -> Option<String> {
        let (_, bytes) = layer.files.iter().find(|(name, _)| name == path)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// Where a file is looked for, and which of them wins, for people to read.
    pub fn which(&self, path: &str) -> String {
        let mut text = format!("{path} is looked for in this order\n");
        let mut above = Above::Nothing;
        for layer in &self.layers {
            let content = Self::content(layer, path);
            let state = match (&content, above) {
                (None, _) => "-",
                (Some(_), Above::Nothing) => "wins",
                (Some(_), Above::GoesOn) => "is what \"next\" means in the one above",
                (Some(_), Above::Ends) => "is hidden",
            };
            if let (Some(content), Above::Nothing | Above::GoesOn) = (content, above) {
                above = if content.contains("\"next\"") { Above::GoesOn } else { Above::Ends };
            }
            let _ = writeln!(text, "  {:<52} {state}", layer.shown(path));
        }
        text
    }

    /// All files, and the layer that each is taken from.
    pub fn all(&self) -> String {
        let paths: BTreeSet<&str> =
            self.layers.iter().flat_map(|layer| &layer.files).map(|(path, _)| path.as_str()).collect();
        let mut text = String::new();
        for path in paths.iter().filter(|path| path.contains('/')) {
            let winner = self.layers.iter().find(|layer| layer.files.iter().any(|(name, _)| name == path));
            let _ = writeln!(text, "{:<40} {}", path, winner.map_or("", |layer| layer_name(layer)));
        }
        text
    }

    /// Copies a file to the site's own folders, or to a theme's, so that it can be changed there.
    ///
    /// # Errors
    /// [`Error::Usage`] where it is there already, or where nothing below has it; [`Error::Disk`].
    pub fn eject(&self, root: &Path, path: &str, theme: Option<&str>) -> Result<String, Error> {
        let name = theme.map_or_else(String::new, |theme| format!("themes/{theme}"));
        let Some(at) = self.layers.iter().position(|layer| layer.name == name) else {
            let message = format!("this site does not use a theme `{}`", theme.unwrap_or_default());
            return Err(Error::usage(message, "`backfile theme list` shows those it uses"));
        };
        let target = if name.is_empty() { path.to_owned() } else { format!("{name}/{path}") };
        if walk::is_file(&root.join(&target)) {
            let hint = "`backfile theme diff` shows how it differs from what is below it";
            return Err(Error::usage(format!("{target} is there already"), hint));
        }
        let mut below = self.layers.iter().skip(at + 1);
        let found = below.find_map(|layer| Some((layer, layer.files.iter().find(|(name, _)| name == path)?)));
        let Some((layer, (_, bytes))) = found else {
            return Err(Error::usage(format!("nothing below {} has a file {path}", layer_name(&self.layers[at])), ""));
        };
        write::replace(&root.join(&target), bytes)?;
        let note = if String::from_utf8_lossy(bytes).contains("\"next\"") {
            format!("; \"next\" in it now means {} itself", layer.shown(path))
        } else {
            String::new()
        };
        Ok(format!("copied {} to {target}{note}", layer.shown(path)))
    }

    /// How the files of the site, and of its themes in `themes/`, differ from those that they stand in the place of.
    pub fn diff(&self) -> String {
        let mut text = String::new();
        for (at, layer) in self.layers.iter().enumerate() {
            for (path, bytes) in layer.files.iter().filter(|(path, _)| path.contains('/')) {
                let below =
                    self.layers.iter().skip(at + 1).find_map(|below| Some((below, Self::content(below, path)?)));
                let Some((below, old)) = below else { continue };
                let new = String::from_utf8_lossy(bytes);
                if new.contains("\"next\"") {
                    let _ = writeln!(text, "{} adds to {}\n", layer.shown(path), below.shown(path));
                } else if new == old.as_str() {
                    let _ = writeln!(text, "{} is {} unchanged: remove it\n", layer.shown(path), below.shown(path));
                } else {
                    let diff = TextDiff::from_lines(old.as_str(), &*new);
                    let (from, to) = (below.shown(path), layer.shown(path));
                    let _ = writeln!(text, "{}", diff.unified_diff().header(&from, &to));
                }
            }
        }
        text
    }
}

/// What the layers above one do with it.
#[derive(Clone, Copy)]
enum Above {
    Nothing,
    GoesOn,
    Ends,
}

fn layer_name(layer: &Layer) -> &str {
    if layer.name.is_empty() { "this site" } else { &layer.name }
}

/// The themes there are, for people to read.
///
/// # Errors
/// As [`layers`], for a theme that another one stands on.
pub fn list(root: &Path, config: &Config) -> Result<String, Error> {
    let mut names: Vec<String> = walk::folders(&root.join("themes"));
    names.retain(|name| name != BUILT_IN);
    names.sort();
    names.insert(0, BUILT_IN.to_owned());
    let mut text = String::new();
    for name in names {
        let with = Config { theme: name.clone(), ..config.clone() };
        let stack = Stack::read(root, &with)?;
        let chain: Vec<&str> = stack
            .layers
            .iter()
            .skip(1)
            .map(|layer| layer.name.trim_start_matches("themes/").trim_matches(['<', '>']))
            .collect();
        let manifest = stack.layers.get(1).and_then(|layer| Stack::content(layer, "theme.toml")).unwrap_or_default();
        let manifest = crate::render::Manifest::parse(&manifest, &format!("themes/{name}/theme.toml"))?;
        let mark = if name == config.theme { "*" } else { " " };
        let stands = if chain.len() > 1 { format!("  [{}]", chain.join(" → ")) } else { String::new() };
        let _ = writeln!(text, "{mark} {name:<12} {}{stands}", manifest.description);
    }
    Ok(text)
}
