//! Stage 4, `Page + Theme → text`: templates, and what they may call.
//!
//! A [`Theme`] is made once from [`Layer`]s, the topmost first: the site's own templates and slots, its theme, that
//! theme's parents, and the default theme, which is part of the program. Making it finds everything that is wrong
//! with the templates themselves. After that it is only read, from any number of threads.
//!
//! Text from an article is escaped wherever a template writes it; only what a planner marked as safe HTML is not.

mod assets;
mod escape;
mod functions;
mod keys;
mod layers;
mod lists;
mod looks;
pub mod manifest;
mod quick;
mod report;
mod source;
mod words;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::i18n::{self, Translations};
use crate::page::{Form, Lists, Page};
use assets::Assets;
pub use assets::Naming;
use include_dir::{Dir, include_dir};
use layers::Templates;
use looks::Look;
pub use manifest::Manifest;
use manifest::Settings;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Tera, Value};

/// What messages show before the path of a file of the built-in theme, which is nowhere on the disk.
const DEFAULT_NAME: &str = "<gazette>";

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/gazette");

/// One folder that templates come from: a site's own, or a theme's.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where the folder is, as messages show it before the path of a file: `themes/wire`, or empty for the site's root.
    pub name: String,
    /// Its files by path with `/`, as `templates/article.html`, `slots/footer.html`, `static/site.css`, `theme.toml`.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The default theme, which every other one stands on.
pub fn builtin() -> Layer {
    fn collect(dir: &Dir<'_>, files: &mut Vec<(String, Vec<u8>)>) {
        for file in dir.files() {
            files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec()));
        }
        for dir in dir.dirs() {
            collect(dir, files);
        }
    }
    let mut files = Vec::new();
    collect(&DEFAULT, &mut files);
    Layer { name: DEFAULT_NAME.to_owned(), files }
}

/// The words of `layers`, the topmost first, with those of the default theme below them.
///
/// # Errors
/// All that is wrong with the files of translations.
pub fn translations(layers: &[Layer], config: &Config) -> Result<Translations, Vec<Diagnostic>> {
    let builtin = builtin();
    let mut files = Vec::new();
    for layer in layers.iter().chain([&builtin]) {
        let in_layer = layer.files.iter().filter_map(|(path, bytes)| {
            let language = path.strip_prefix("i18n/")?.strip_suffix(".toml")?;
            Some(i18n::File { shown: layer.shown(path), language, bytes })
        });
        files.extend(in_layer);
    }
    Translations::new(&files, &config.language)
}

/// Everything that turns pages into text.
pub struct Theme {
    tera: Arc<Tera>,
    /// The same templates in a form that takes less time; see [`quick`](mod@quick).
    quick: Option<Tera>,
    templates: Templates,
    assets: Assets,
    /// By template; see [`keys`](mod@keys).
    keys: BTreeMap<String, u128>,
    /// By section.
    looks: BTreeMap<String, Look>,
    site: Value,
}

/// What one thread keeps between pages.
#[derive(Default)]
pub struct Worker {
    context: Context,
}

impl Theme {
    /// Loads the templates of `layers`, the topmost first, with the default theme below them. `site` is what every
    /// template sees under that name; its `settings` are checked against those that the themes declare, and completed.
    /// `naming` says what static files are called.
    ///
    /// # Errors
    /// All that is wrong with templates, slots, static files and settings, as far as it can be told without a page.
    pub fn new(
        layers: &[Layer],
        config: &Config,
        (words, lists): (&Arc<Translations>, Arc<dyn Lists>),
        site: &Value,
        naming: Naming,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut layers = layers.to_vec();
        layers.push(builtin());
        let assets = Assets::new(&layers, config, naming);
        let settings = manifest::settings(&layers, config)?;
        let templates = Templates::new(&layers, &assets, words, &config.sections)?;
        let site = with_settings(site, &settings);
        let set_up = |tera: &mut Tera| {
            // A lower layer's file has that layer's name before its own; a component in it yields to one above.
            let prefixes = layers.iter().map(|layer| format!("{}/", layer.name));
            tera.set_escape_fn(escape::escape);
            functions::register(tera, config, &assets, words);
            lists::register(tera, Arc::clone(&lists));
            tera.global_context().insert_value("site", site.clone());
            tera.set_fallback_prefixes(prefixes.filter(|prefix| prefix != "/"))
        };
        let mut tera = Tera::new();
        set_up(&mut tera).map_err(|error| vec![Diagnostic::error(Place::default(), error.to_string())])?;
        templates.load_into(&mut tera)?;
        let tera = Arc::new(tera);
        let quick = quick::quick(&tera, &templates, |quick| set_up(quick).is_ok());
        let keys_with = |site: &Value| keys::keys(&templates, site, &assets.addresses, words.hash());
        let looks = looks::looks((&layers, &templates), config, &site, &keys_with)?;
        let keys = keys_with(&site);
        Ok(Self { tera, quick, templates, assets, keys, looks, site })
    }

    /// Writes `page` to `out` in place of what was there.
    ///
    /// # Errors
    /// What the template asks for and the page has not, at the template's line and column.
    pub fn render(&self, worker: &mut Worker, page: &Page, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        out.clear();
        match page.form {
            Form::Json => {
                serde_json::to_writer(&mut *out, &page.view)
                    .map_err(|error| Diagnostic::error(Place::file(&*page.path), error.to_string()))?;
                out.push(b'\n');
                Ok(())
            }
            Form::Template(name) => {
                worker.context.insert_value("page", page.view.clone());
                let look = page.look.as_deref().and_then(|look| self.looks.get(look));
                match look {
                    // Goes before the site that all pages see.
                    Some(look) => worker.context.insert_value("site", look.site.clone()),
                    None => drop(worker.context.remove("site")),
                }
                // What is kept was made with the site that all pages see.
                let quick = self.quick.as_ref().filter(|_| look.is_none());
                if quick.is_some_and(|quick| quick.render_to(name, &worker.context, &mut *out).is_ok()) {
                    return Ok(());
                }
                out.clear();
                let name = look.map_or(name, |look| look.template(name));
                let rendered = self.tera.render_to(name, &worker.context, &mut *out);
                rendered.map_err(|error| report::rendering(&error, &self.templates, &page.path))
            }
        }
    }

    /// A hash of all that the text of a page depends on beside its view: templates, and what these name of the site.
    /// `look` is the page's.
    pub fn key(&self, form: Form, look: Option<&str>) -> u128 {
        let Form::Template(name) = form else { return 0 };
        let key = match look.and_then(|look| self.looks.get(look)) {
            Some(look) => look.keys.get(look.template(name)),
            None => self.keys.get(name),
        };
        key.copied().unwrap_or_default()
    }

    /// What pages with a look see as `site`.
    pub fn site(&self, look: Option<&str>) -> &Value {
        look.and_then(|look| self.looks.get(look)).map_or(&self.site, |look| &look.site)
    }

    /// The static files of all layers, each by its path below the output folder.
    pub fn assets(&self) -> &[(String, Vec<u8>)] {
        &self.assets.files
    }
}

fn with_settings(site: &Value, settings: &Settings) -> Value {
    let mut site = site.as_map().cloned().unwrap_or_default();
    site.insert("settings".into(), settings.values.clone());
    site.insert("properties".into(), settings.properties.clone());
    Value::from(site)
}
