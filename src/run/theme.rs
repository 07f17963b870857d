//! Reads the layers of the theme: the site's own templates, its theme, and the themes that one extends.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Error, Place, nearest};
use crate::disk::{read, walk};
use crate::i18n::Translations;
use crate::plan::{self, Site};
use crate::render::{self, Layer, Theme};
use std::path::Path;
use std::sync::Arc;

/// The theme that is built in.
const BUILT_IN: &str = "gazette";
/// Folders of the site that hold a layer of their own.
const OWN: [&str; 3] = ["templates", "slots", "i18n"];

/// Loads the theme of a site from its layers.
///
/// # Errors
/// [`Error::Site`] where one of its templates is wrong.
pub fn load(layers: &[Layer], words: &Arc<Translations>, site: Site<'_>) -> Result<Theme, Error> {
    Theme::new(layers, site.config, words, &plan::site::view(site)).map_err(Error::Site)
}

/// The words of the layers in the site's language.
///
/// # Errors
/// [`Error::Site`] with all that is wrong with the files of translations.
pub fn words(layers: &[Layer], config: &Config) -> Result<Arc<Translations>, Error> {
    render::translations(layers, config).map(Arc::new).map_err(Error::Site)
}

/// The layers of the theme, the topmost first, without the one that is built in.
///
/// # Errors
/// [`Error::Site`] where there is no such theme; [`Error::Disk`].
pub fn layers(root: &Path, config: &Config) -> Result<Vec<Layer>, Error> {
    let mut layers = vec![own(root)?];
    let mut name = config.theme.clone();
    let mut chain: Vec<String> = Vec::new();
    while name != BUILT_IN {
        if chain.contains(&name) {
            let message = format!("the themes {} extend each other in a ring", chain.join(", "));
            let place = Place::file(format!("themes/{name}/theme.toml"));
            return Err(Diagnostic::error(place, message).hint("let one of them extend \"gazette\"").into());
        }
        let layer = theme(root, &name)?;
        let next = parent(&layer)?;
        chain.push(name);
        layers.push(layer);
        name = next;
    }
    Ok(layers)
}

fn own(root: &Path) -> Result<Layer, Error> {
    let mut files = Vec::new();
    for folder in OWN {
        if walk::is_folder(&root.join(folder)) {
            files.extend(files_of(root, folder)?);
        }
    }
    Ok(Layer { name: String::new(), files })
}

fn theme(root: &Path, name: &str) -> Result<Layer, Error> {
    let folder = format!("themes/{name}");
    let plain = !name.is_empty() && !name.contains(['/', '\\', '.']);
    if !plain || !walk::is_folder(&root.join(&folder)) {
        let known = std::iter::once(BUILT_IN.to_owned()).chain(walk::folders(&root.join("themes")));
        let known: Vec<String> = known.collect();
        let hint = nearest(name, known.iter().map(String::as_str))
            .map_or_else(|| format!("there are: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err(Diagnostic::error(Place::file("site.toml"), format!("there is no theme `{name}`"))
            .hint(hint)
            .into());
    }
    Ok(Layer { files: files_of(&root.join(&folder), "")?, name: folder })
}

/// The files below `base/folder`, with paths relative to `base`.
fn files_of(base: &Path, folder: &str) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let dir = base.join(folder);
    let mut files = Vec::new();
    for path in walk::each(&dir, walk::Hidden::Skip, |_| true)? {
        let path = path?;
        let name = if folder.is_empty() { path.clone() } else { format!("{folder}/{path}") };
        let bytes = read::read(&dir.join(&path), &name, read::LARGEST)?;
        files.push((name, bytes));
    }
    Ok(files)
}

/// The theme that a theme extends; the built-in one unless its `theme.toml` names another.
fn parent(layer: &Layer) -> Result<String, Diagnostic> {
    let Some((_, bytes)) = layer.files.iter().find(|(path, _)| path == "theme.toml") else {
        return Ok(BUILT_IN.to_owned());
    };
    let place = || Place::file(format!("{}/theme.toml", layer.name));
    let text = std::str::from_utf8(bytes).map_err(|_| Diagnostic::error(place(), "is not UTF-8 text"))?;
    let table: toml::Table = toml::from_str(text).map_err(|error| Diagnostic::error(place(), error.message()))?;
    Ok(table.get("extends").and_then(toml::Value::as_str).unwrap_or(BUILT_IN).to_owned())
}
