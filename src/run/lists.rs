//! The lists that templates ask for: answered from the archive, and noted as inputs of the page that asked.

use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::Error;
use crate::disk::{self, cache::Cache};
use crate::pack::{Pack, packed};
use crate::page::hashing::hash_of;
use crate::page::{self, Query};
use crate::plan::{Ready, Site, stories};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The name in the cache.
const NAME: &str = "asked";

/// Answers the questions of templates.
pub struct Lists {
    config: Arc<Config>,
    archive: Arc<Archive>,
    ready: Arc<Ready>,
    /// What the page that each thread is making has asked; the last is for threads outside the pool. Empty
    /// where that is not noted.
    asking: Vec<Mutex<Vec<Query>>>,
    /// What the pages of the last build asked, by path. Most ask nothing and are not here. Where it is lost, the pages
    /// that asked are made again.
    before: HashMap<String, Vec<Query>>,
    /// What those of this build ask.
    now: Mutex<Vec<Page>>,
    /// Of the list in the cache.
    name: String,
}

impl Lists {
    /// For one site, whose pages are made on the threads of the current pool and go to `folder`.
    pub fn new(site: (Arc<Config>, Arc<Archive>, Arc<Ready>), cache: &Cache, folder: &Path) -> Self {
        let (config, archive, ready) = site;
        let name = format!("{NAME}-{:016x}", hash_of(&folder.as_os_str().as_encoded_bytes()) as u64);
        let bytes = cache.load(&name, disk::program()).ok().flatten().unwrap_or_default();
        let pages = Box::<[Page]>::unpack(&mut bytes.as_slice()).unwrap_or_default();
        let before = pages.into_vec().into_iter().map(|page| (page.path, page.asked.into_vec())).collect();
        let asking = (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect();
        Self { config, archive, ready, asking, before, now: Mutex::default(), name }
    }

    /// For a site in memory, whose pages are made each time they are looked at: what they ask is not noted.
    pub fn answering((config, archive, ready): (Arc<Config>, Arc<Archive>, Arc<Ready>)) -> Self {
        let (asking, before, now) = (Vec::new(), HashMap::new(), Mutex::default());
        Self { config, archive, ready, asking, before, now, name: String::new() }
    }

    /// What the page at a path asked in the last build.
    pub fn before(&self, path: &str) -> &[Query] {
        self.before.get(path).map_or(&[], Vec::as_slice)
    }

    /// Notes what a page asks in this build.
    pub fn keep(&self, path: &str, asked: &[Query]) {
        if !asked.is_empty() {
            let page = Page { path: path.to_owned(), asked: asked.into() };
            self.now.lock().unwrap_or_else(PoisonError::into_inner).push(page);
        }
    }

    /// Saves that for the next build.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn save(&self, cache: &Cache) -> Result<(), Error> {
        let mut pages = std::mem::take(&mut *self.now.lock().unwrap_or_else(PoisonError::into_inner));
        if pages.is_empty() && self.before.is_empty() {
            return Ok(());
        }
        pages.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        let mut bytes = Vec::new();
        pages.into_boxed_slice().pack(&mut bytes);
        cache.save(&self.name, disk::program(), &bytes)
    }

    /// What the page that this thread has made asked, each question once; the next page begins anew.
    pub fn take(&self) -> Vec<Query> {
        let mut asked = self.desk().map(|mut desk| std::mem::take(&mut *desk)).unwrap_or_default();
        asked.sort_unstable();
        asked.dedup();
        asked
    }

    fn desk(&self) -> Option<impl std::ops::DerefMut<Target = Vec<Query>> + '_> {
        let at = rayon::current_thread_index().or_else(|| self.asking.len().checked_sub(1))?;
        self.asking.get(at).map(|desk| desk.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl page::Lists for Lists {
    fn stories(&self, query: &Query) -> tera::Value {
        if let Some(mut desk) = self.desk() {
            desk.push(query.clone());
        }
        stories::cards(Site::new(&self.config, &self.archive, &self.ready), query)
    }
}

/// A page that asks for lists.
struct Page {
    path: String,
    asked: Box<[Query]>,
}

packed!(Page { path, asked });

/// The key of a page, with the answers to what it asks.
pub fn key(site: Site<'_>, key: u128, asked: &[Query]) -> u128 {
    if asked.is_empty() {
        return key;
    }
    let answers: Vec<(&Query, u128)> = asked.iter().map(|query| (query, stories::key(site, query))).collect();
    hash_of(&(key, answers))
}
