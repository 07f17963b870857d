//! What is to be converted: every source once, under the settings of the input that names it most closely.

use crate::config::SourceSettings;
use crate::config::limits::Limits;
use crate::convert::{self, Format, Source};
use crate::diagnostic::{Diagnostic, Error, nearest};
use crate::disk::walk::{self, Hidden, Located};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// What browsers add to the name of a page for the folder of its files, in their languages.
const SAVED: [&str; 14] = [
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_file",
    "_bestanden",
    "-filer",
    "_filer",
    "_pliki",
    "_soubory",
    "-tiedostot",
    "_dosyalar",
];
/// How the names of saved pages end.
const PAGES: [&str; 8] = [".html", ".htm", ".HTML", ".HTM", ".xhtml", ".shtml", ".stm", ".php"];

/// A folder of sources, or one source.
pub(in crate::run) struct Input {
    /// The folder, as it was typed; for a single file the folder that it is in.
    folder: PathBuf,
    /// The name of the file, where the input is one.
    file: Option<String>,
    /// What the identity of its sources begins with: empty, or a path that ends in `/`.
    label: String,
    /// Relative paths of folders and files in it that are not sources, or that another input names.
    left_out: BTreeSet<String>,
    pub(in crate::run) format: Option<&'static Format>,
    pub(in crate::run) section: Option<String>,
    pub(in crate::run) base_url: Option<String>,
    /// All that was said of it.
    pub(in crate::run) settings: Arc<SourceSettings>,
}

/// All inputs of a run.
pub(in crate::run) struct Inputs {
    all: Vec<Input>,
    /// The names of those that are single files.
    files: HashSet<String>,
}

/// Why a walk over the sources has no source to give.
pub(in crate::run) enum Problem {
    /// Something was passed over.
    PassedOver(Diagnostic),
    /// The walk cannot go on.
    Stop(Error),
}

/// One source: which input it is of, and its path in that input's folder.
pub(in crate::run) struct Job<'a> {
    pub(in crate::run) input: &'a Input,
    pub(in crate::run) path: String,
}

impl Job<'_> {
    /// The source's identity: what its articles say that they were made from.
    pub(in crate::run) fn name(&self) -> String {
        format!("{}{}", self.input.label, self.path)
    }

    /// The folder that its path is relative to.
    pub(in crate::run) fn folder(&self) -> &Path {
        &self.input.folder
    }

    /// The source as converters see it.
    pub(in crate::run) fn source<'a>(&'a self, name: &'a str, bytes: &'a [u8], limits: Limits) -> Source<'a> {
        let (section, base_url) = (self.input.section.as_deref(), self.input.base_url.as_deref());
        Source { path: name, bytes, section, base_url, settings: &self.input.settings, limits, ..Source::default() }
    }

    pub(in crate::run) fn location(&self) -> PathBuf {
        self.input.folder.join(&self.path)
    }
}

impl Inputs {
    /// Finds the inputs on the disk, names their sources, and takes out of each what is another's.
    pub(in crate::run) fn resolve(
        root: Option<&Path>,
        settings: &[SourceSettings],
        into: &Path,
    ) -> Result<Self, Error> {
        let root = root.map(walk::locate).transpose()?.map(|located| located.real);
        let into = walk::locate(into).ok().map(|located| located.real);
        let mut located: BTreeMap<PathBuf, (usize, Located)> = BTreeMap::new();
        for (at, setting) in settings.iter().enumerate() {
            let found = walk::locate(Path::new(&setting.path))?;
            if into.as_ref() == Some(&found.real) {
                let message = format!("{} is where the articles are written to", setting.path);
                return Err(Error::usage(message, "name the folder of the sources, as in content/_sources"));
            }
            located.entry(found.real.clone()).or_insert((at, found));
        }
        let reals: BTreeMap<PathBuf, bool> = located
            .iter()
            .map(|(real, (_, found))| (real.clone(), found.is_dir))
            .chain(into.map(|into| (into, true)))
            .collect();
        let mut all = Vec::new();
        for (real, (at, found)) in &located {
            if let Some(setting) = settings.get(*at) {
                all.push((*at, input(root.as_deref(), setting, real, found.is_dir, &reals)?));
            }
        }
        all.sort_by_key(|(at, _)| *at);
        let all: Vec<Input> = all.into_iter().map(|(_, input)| input).collect();
        same_name_twice(&all)?;
        let file = |input: &Input| Some(format!("{}{}", input.label, input.file.as_ref()?));
        let files = all.iter().filter_map(file).collect();
        Ok(Self { all, files })
    }

    /// Every source, in the order of the inputs and of the paths in each; what was passed over as a diagnostic.
    pub(in crate::run) fn sources(&self) -> impl Iterator<Item = Result<Job<'_>, Problem>> {
        self.all.iter().flat_map(Input::sources)
    }

    /// The only source, if the inputs are one file.
    pub(in crate::run) fn single(&self) -> Option<Job<'_>> {
        let [input] = self.all.as_slice() else { return None };
        Some(Job { input, path: input.file.clone()? })
    }

    /// Whether a source of that name would be below one of the inputs.
    pub(in crate::run) fn cover(&self, name: &str) -> bool {
        let folders = || self.all.iter().filter(|input| input.file.is_none());
        self.files.contains(name)
            || folders().any(|input| name.strip_prefix(&input.label).is_some_and(|path| !input.leaves_out(path)))
    }
}

impl Input {
    fn sources(&self) -> Box<dyn Iterator<Item = Result<Job<'_>, Problem>> + '_> {
        if let Some(file) = &self.file {
            return Box::new(std::iter::once(Ok(Job { input: self, path: file.clone() })));
        }
        match walk::each(&self.folder, Hidden::Skip, |folder| {
            !self.left_out.contains(folder) && !self.is_of_a_page(folder)
        }) {
            Err(error) => Box::new(std::iter::once(Err(Problem::Stop(error)))),
            Ok(paths) => Box::new(paths.filter_map(|found| match found {
                Ok(path) if self.left_out.contains(&path) => None,
                Ok(path) => Some(Ok(Job { input: self, path })),
                Err(diagnostic) => Some(Err(Problem::PassedOver(diagnostic))),
            })),
        }
    }

    /// Whether a folder holds the files of a saved page that lies beside it.
    fn is_of_a_page(&self, folder: &str) -> bool {
        let stem = SAVED.iter().find_map(|ending| folder.strip_suffix(ending)).filter(|stem| !stem.ends_with('/'));
        let page = |stem: &str| PAGES.iter().any(|ending| walk::is_file(&self.folder.join(format!("{stem}{ending}"))));
        stem.is_some_and(page)
    }

    /// A number that is another where the settings are, so that the sources give other articles.
    pub(in crate::run) fn fingerprint(&self, limits: &Limits) -> u64 {
        xxh3_64(format!("{:?} {limits:?}", self.settings).as_bytes())
    }

    fn leaves_out(&self, path: &str) -> bool {
        let above = path.match_indices('/').map(|(at, _)| path.split_at(at).0);
        above.chain([path]).any(|path| self.left_out.contains(path))
    }
}

fn input(
    root: Option<&Path>,
    setting: &SourceSettings,
    real: &Path,
    is_dir: bool,
    reals: &BTreeMap<PathBuf, bool>,
) -> Result<Input, Error> {
    let typed = Path::new(&setting.path);
    let folder = if is_dir { real } else { real.parent().unwrap_or(real) };
    // Other inputs inside this folder, and the folder of the articles, are not among its sources.
    let inside = reals.range::<Path, _>((Bound::Excluded(real), Bound::Unbounded)).map(|(other, _)| other);
    let inside = inside.take_while(|other| is_dir && other.starts_with(real));
    let left_out = inside.filter_map(|other| slashes(other.strip_prefix(real).ok()?)).collect();
    Ok(Input {
        folder: if is_dir { typed.to_path_buf() } else { typed.parent().unwrap_or(Path::new("")).to_path_buf() },
        file: if is_dir { None } else { Some(file_name(typed, real)?) },
        label: label(root, folder)?,
        left_out,
        format: setting.format.as_deref().map_or(Ok(None), find_format)?,
        section: setting.section.clone(),
        base_url: setting.base_url.clone(),
        settings: Arc::new(SourceSettings { path: String::new(), ..setting.clone() }),
    })
}

fn file_name(typed: &Path, real: &Path) -> Result<String, Error> {
    let name = typed.file_name().or(real.file_name()).and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| not_utf8(typed))
}

/// The path relative to the root, or the folder's own name where it is not inside.
fn label(root: Option<&Path>, folder: &Path) -> Result<String, Error> {
    let path = match root.and_then(|root| folder.strip_prefix(root).ok()) {
        Some(inside) => slashes(inside),
        None => slashes(Path::new(folder.file_name().unwrap_or_default())),
    };
    let path = path.ok_or_else(|| not_utf8(folder))?;
    Ok(if path.is_empty() { path } else { path + "/" })
}

fn slashes(path: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}

fn not_utf8(path: &Path) -> Error {
    let message = format!("the name {} is not UTF-8, so no article could say what it was made from", path.display());
    Error::usage(message, "rename it")
}

fn find_format(name: &str) -> Result<Option<&'static Format>, Error> {
    if name == "auto" {
        return Ok(None);
    }
    convert::format(name).map(Some).ok_or_else(|| {
        let hint = nearest(name, convert::names().chain(["auto"])).map_or_else(
            || format!("known are auto, {}", convert::names().collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        Error::usage(format!("there is no input format `{name}`"), hint)
    })
}

/// Two folders of one name outside the root would give their sources the same identities.
fn same_name_twice(all: &[Input]) -> Result<(), Error> {
    let mut seen: BTreeMap<(&str, Option<&str>), &Path> = BTreeMap::new();
    for input in all {
        if let Some(other) = seen.insert((&input.label, input.file.as_deref()), &input.folder)
            && other != input.folder
        {
            let message = format!("{} and {} have the same name", other.display(), input.folder.display());
            return Err(Error::usage(message, "convert the folder above both, or put them into the site's folder"));
        }
    }
    Ok(())
}
