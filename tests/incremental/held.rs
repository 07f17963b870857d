//! A site that is held in memory and told of each edit is the site of a clean build, but for the names of static files.

use super::disk::Snapshot;
use super::inputs::Files;
use super::rng::Rng;
use backfile::diagnostic::Error;
use backfile::progress::Silent;
use backfile::run::BuildOptions;
use backfile::run::session::{Changed, Made, Session};
use std::fs;
use std::path::Path;

/// The site in memory, and what it was told of last.
#[derive(Default)]
pub(crate) struct Held {
    session: Option<Session>,
    /// The command line that it was opened with.
    shown: String,
    files: Files,
}

impl Held {
    /// Brings the site up to date with `files`, which are on the disk, and holds it against `fresh`, which a clean build
    /// made of them, if it could.
    pub(crate) fn check(
        &mut self,
        root: &Path,
        files: &Files,
        (options, shown): (&BuildOptions, String),
        fresh: Result<&Snapshot, &str>,
        rng: &mut Rng,
    ) -> Result<(), String> {
        let changed = changed(&self.files, files, rng);
        self.files.clone_from(files);
        if self.shown != shown {
            self.session = None;
            self.shown = shown;
        }
        let error = match &mut self.session {
            Some(session) => session.update(&changed, &Silent).error,
            None => match Session::open(root, options, &Silent) {
                Ok(session) => {
                    self.session = Some(session);
                    None
                }
                Err(error) => Some(error),
            },
        };
        match (fresh, error) {
            (Ok(fresh), None) => self.compare(fresh),
            (Err(_), Some(_)) => Ok(()),
            (Ok(_), Some(error)) => Err(format!("the site in memory cannot be made: {}", said(&error))),
            // That a static file stands where a page does is found by those who write both.
            (Err(why), None) if why.contains("claim this path") => Ok(()),
            // A page that cannot be made is found by who asks for it.
            (Err(_), None) if self.fails() => Ok(()),
            (Err(why), None) => Err(format!("the site in memory was made, though a clean build says {why}")),
        }
    }

    /// Whether there is a page that cannot be made.
    fn fails(&self) -> bool {
        let site = self.session.as_ref().map(Session::site);
        site.is_some_and(|site| site.pages().iter().any(|page| site.make(*page).is_err()))
    }

    fn compare(&self, fresh: &Snapshot) -> Result<(), String> {
        let Some(session) = &self.session else { return Ok(()) };
        let site = session.site();
        let names = plain_names(fresh);
        for page in site.pages() {
            let path = site.path(*page);
            if !fresh.contains_key(&path) {
                return Err(format!("the site in memory has {path}, a clean one has not"));
            }
        }
        for (path, (bytes, _)) in fresh {
            let made = site.get(&String::from_utf8(plain(path.as_bytes(), &names)).unwrap());
            let made = match made {
                Ok(Some(Made::Page(bytes, _) | Made::Asset(bytes))) => bytes,
                Ok(Some(Made::File(file))) => fs::read(file).unwrap(),
                Ok(None) => return Err(format!("the site in memory has no {path}")),
                Err(failed) => return Err(format!("{path} in memory: {:?}", failed.0)),
            };
            if plain(bytes, &names) != made {
                let text = String::from_utf8_lossy(&made);
                return Err(format!("{path} in memory is not as a clean build has it, but\n{text}"));
            }
        }
        Ok(())
    }
}

fn said(error: &Error) -> String {
    error.to_string()
}

/// What a watcher would tell: files, or a folder that they are in.
fn changed(before: &Files, after: &Files, rng: &mut Rng) -> Changed {
    let mut changed = Changed::default();
    let other = |path: &&String| before.get(*path) != after.get(*path);
    for path in before.keys().chain(after.keys()).filter(other) {
        match path.split_once('/') {
            Some(("content", below)) if below.starts_with("media/") => {
                changed.files.insert(below.to_owned());
            }
            Some(("content", below)) => {
                let folder = below.split_once('/').filter(|_| rng.chance(20)).map(|(folder, _)| folder);
                changed.content.insert(folder.unwrap_or(below).to_owned());
            }
            Some(_) => changed.theme = true,
            None => changed.all = true,
        }
    }
    changed
}

/// The names that static files have by their content, each with the plain one.
fn plain_names(fresh: &Snapshot) -> Vec<(String, String)> {
    let assets = fresh.keys().filter_map(|path| path.strip_prefix("assets/"));
    let without_hash = |name: &str| {
        let (stem, ending) = name.rsplit_once('.')?;
        let is_hash = |part: &str| part.len() == 8 && part.bytes().all(|digit| digit.is_ascii_hexdigit());
        match stem.rsplit_once('.') {
            Some((stem, hash)) if is_hash(hash) => Some((name.to_owned(), format!("{stem}.{ending}"))),
            _ if is_hash(ending) => Some((name.to_owned(), stem.to_owned())),
            _ => None,
        }
    };
    assets.filter_map(without_hash).collect()
}

/// Text with the plain names; bytes that are no text stay.
fn plain(bytes: &[u8], names: &[(String, String)]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    names.iter().fold(text.to_owned(), |text, (hashed, plain)| text.replace(hashed, plain)).into_bytes()
}
