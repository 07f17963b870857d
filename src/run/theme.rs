//! Reads the layers of the theme: the site's own templates, its theme, and the themes that one extends.

pub mod check;
pub mod context;
pub mod making;
mod matrix;
pub mod stack;

use super::settings;
use crate::config::{Config, find_key};
use crate::diagnostic::{Diagnostic, Error, Place, nearest};
use crate::disk::{read, walk};
use crate::i18n::Translations;
use crate::page::Lists;
use crate::plan::{self, Site};
use crate::render::manifest::{self, Manifest};
use crate::render::{self, Layer, Naming, Theme, builtin};
use std::path::Path;
use std::sync::Arc;

/// The theme that is built in.
const BUILT_IN: &str = "gazette";
/// Folders of the site that hold a layer of their own.
const OWN: [&str; 3] = ["templates", "slots", "i18n"];

/// Loads the theme of a site from its layers; `naming` says what its static files are called.
///
/// # Errors
/// [`Error::Site`] where one of its templates is wrong.
pub fn load(
    layers: &[Layer],
    words: &Arc<Translations>,
    lists: Arc<dyn Lists>,
    site: Site<'_>,
    naming: Naming,
) -> Result<Theme, Error> {
    Theme::new(layers, site.config, (words, lists), &plan::site::view(site), naming).map_err(Error::Site)
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
    let (mut name, mut place) = (config.theme.clone(), Place::file(settings::FILE));
    let mut chain: Vec<String> = Vec::new();
    while name != BUILT_IN {
        if chain.contains(&name) {
            let message = match chain.as_slice() {
                [alone] => format!("the theme {alone} extends itself"),
                ring => format!("the themes {} extend each other in a ring", ring.join(", ")),
            };
            return Err(Diagnostic::error(place, message).hint("let one of them extend \"gazette\"").into());
        }
        let layer = theme(root, &name, &place)?;
        let (next, said) = parent(&layer)?;
        chain.push(name);
        layers.push(layer);
        (name, place) = (next, said);
    }
    let own = overridden(root, &layers)?;
    if let Some(layer) = layers.first_mut() {
        layer.files.extend(own);
    }
    Ok(layers)
}

/// Files of the site's `static/` that stand in the place of a theme's. All of that folder is published as it is; these
/// are also what `asset` names.
fn overridden(root: &Path, layers: &[Layer]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let builtin = builtin();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (path, _) in layers.iter().chain([&builtin]).flat_map(|layer| &layer.files) {
        let is_new = path.starts_with("static/") && files.iter().all(|(known, _)| known != path);
        if is_new && walk::is_file(&root.join(path)) {
            files.push((path.clone(), read::read(&root.join(path), path, read::LARGEST)?));
        }
    }
    Ok(files)
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

fn theme(root: &Path, name: &str, place: &Place) -> Result<Layer, Error> {
    let folder = format!("themes/{name}");
    let plain = !name.is_empty() && !name.contains(['/', '\\', '.']);
    if !plain || !walk::is_folder(&root.join(&folder)) {
        let known = std::iter::once(BUILT_IN.to_owned()).chain(walk::folders(&root.join("themes")));
        let known: Vec<String> = known.collect();
        let hint = nearest(name, known.iter().map(String::as_str))
            .map_or_else(|| format!("there are: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err(Diagnostic::error(place.clone(), format!("there is no theme `{name}`")).hint(hint).into());
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

/// The theme that a theme extends, and where it says so; the built-in one unless its `theme.toml` names another.
fn parent(layer: &Layer) -> Result<(String, Place), Diagnostic> {
    let file = format!("{}/{}", layer.name, manifest::FILE);
    let Some((_, bytes)) = layer.files.iter().find(|(path, _)| path == manifest::FILE) else {
        return Ok((BUILT_IN.to_owned(), Place::file(file)));
    };
    let text = std::str::from_utf8(bytes).map_err(|_| Diagnostic::error(Place::file(&*file), "is not UTF-8 text"))?;
    let extends = Manifest::parse(text, &file)?.extends;
    Ok((extends.unwrap_or_else(|| BUILT_IN.to_owned()), find_key(text, &file, "extends")))
}
