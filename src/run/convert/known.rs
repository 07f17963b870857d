//! What the last build knew of the sources, so that a source that did not change is not converted again.
//!
//! An article depends on its own source only, unless it is one of several captures of a story. So a source is passed
//! over where it is as it was, its articles' files are there, and no other capture of its stories changed.

use super::parts::{self, NAME, Parts, Shard};
use super::said::{AllSaid, Said};
use crate::diagnostic::{Diagnostic, Error};
use crate::disk::cache::Cache;
use crate::disk::{self, Stamp};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What the cache calls what was said of sources.
const SAID: &str = "messages";
/// Bytes of an entry.
const ENTRY: usize = 64;

/// One article of a source, as the last build made it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Hash of the source's name.
    pub(super) source: u64,
    /// Size and time of the source, and the hash of its bytes and of the settings that it was converted with.
    pub(super) print: Print,
    /// Hash of the path of the file that has the article: its own, or that of a newer capture.
    pub(super) place: u64,
    /// Of source and record.
    pub(super) identity: u64,
    /// The number that all captures of its story have, or 0.
    pub(super) story: u64,
}

/// What tells whether a source is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    pub(super) stamp: Stamp,
    pub(super) hash: u64,
    pub(super) settings: u64,
}

/// What became of an entry of the last build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Its source was not seen.
    Unseen,
    /// Its source is as it was.
    Same,
    /// Its source was converted anew.
    Changed,
}

/// All entries: those of the last build, and those of this one.
pub(super) struct Known {
    /// Sorted by source.
    old: Vec<u8>,
    version: u128,
    /// Hashes of the paths of all files that were there before this build; sorted.
    files: Vec<u64>,
    /// For each entry of the last build.
    states: Vec<State>,
    /// New times of sources that are as they were.
    renewed: HashMap<u64, Print>,
    /// Entries of this build, with the numbers of their articles; ascending.
    fresh: Vec<(u64, Entry)>,
    /// Sources that the next build has to convert in any case.
    unfit: HashSet<u64>,
    /// What was said of sources.
    said: AllSaid,
    /// Sources of pictures and redirects.
    giving: HashSet<u64>,
    /// Stories of which some capture changed.
    dirty: HashSet<u64>,
    /// Whether nothing is passed over any more.
    thorough: bool,
    /// The part of the sources that this run converts.
    part: Option<Shard>,
    /// Whether the cache has to be written even if nothing is new, as what is known comes from elsewhere.
    renew: bool,
}

impl Known {
    /// What the cache has of the sources, or else the parts together; a warning where that cannot be used.
    pub(super) fn load(cache: &Cache, files: Vec<u64>) -> (Self, Option<Diagnostic>) {
        let version = disk::program();
        match Parts::load(cache, version) {
            Ok(None) => match cache.load(NAME, version) {
                // What is known of the sources counts only together with what was said of them.
                Ok(Some(old)) => match cache.load(SAID, version).map(|said| AllSaid::from_bytes(&said?)) {
                    Ok(Some(said)) => (Self { said, ..Self::of(old, version, files) }, None),
                    Ok(None) => (Self::of(Vec::new(), version, files), None),
                    Err(warning) => (Self::of(Vec::new(), version, files), Some(warning)),
                },
                Ok(None) => (Self::of(Vec::new(), version, files), None),
                Err(warning) => (Self::of(Vec::new(), version, files), Some(warning)),
            },
            Ok(Some(Parts { entries, shared })) => {
                let old = entries.into_iter().flat_map(Entry::to_bytes).collect();
                (Self { dirty: shared, renew: true, ..Self::of(old, version, files) }, None)
            }
            Err(warning) => (Self { renew: true, ..Self::of(Vec::new(), version, files) }, Some(warning)),
        }
    }

    /// Of a part nothing is known before, so that all its sources are converted: what the whole run made of its
    /// articles since then does not show in the part.
    pub(super) fn of_part(part: Shard) -> Self {
        Self { part: Some(part), renew: true, ..Self::of(Vec::new(), disk::program(), Vec::new()) }
    }

    fn of(old: Vec<u8>, version: u128, files: Vec<u64>) -> Self {
        Self {
            states: vec![State::Unseen; old.len() / ENTRY],
            old,
            version,
            files,
            renewed: HashMap::new(),
            fresh: Vec::new(),
            unfit: HashSet::new(),
            said: AllSaid::default(),
            giving: HashSet::new(),
            dirty: HashSet::new(),
            thorough: false,
            part: None,
            renew: false,
        }
    }

    fn entry(&self, at: usize) -> Entry {
        let bytes = self.old.get(at * ENTRY..(at + 1) * ENTRY).unwrap_or(&[0; ENTRY]);
        Entry::from_bytes(bytes)
    }

    /// The entries of a source.
    fn entries(&self, source: u64) -> Range<usize> {
        let (mut low, mut high) = (0, self.states.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.entry(middle).source < source { low = middle + 1 } else { high = middle }
        }
        let count = (low..self.states.len()).take_while(|at| self.entry(*at).source == source).count();
        low..low + count
    }

    /// What the source was when its entries were made; `None` where it has to be converted in any case.
    pub(super) fn print(&self, source: u64) -> Option<Print> {
        let entries = self.entries(source);
        if self.thorough {
            return None;
        }
        if entries.is_empty() {
            return self.said.print(source);
        }
        let there = |at: usize| self.files.binary_search(&self.entry(at).place).is_ok();
        entries.clone().all(there).then(|| self.entry(entries.start).print)
    }

    /// Takes note of a source that is as it was; returns what has to be said of it again.
    pub(super) fn same(&mut self, source: u64, print: Print) -> Option<Said> {
        for at in self.entries(source) {
            if self.entry(at).print != print {
                self.renewed.insert(source, print);
            }
            self.states[at] = State::Same;
        }
        self.said.again(source, print)
    }

    /// Takes note of a source that was converted: other captures of the stories that it had may change with it.
    pub(super) fn changed(&mut self, source: u64) {
        for at in self.entries(source) {
            self.states[at] = State::Changed;
            self.dirty.insert(self.entry(at).story);
        }
    }

    /// The source has to be converted by the next build in any case.
    pub(super) fn loud(&mut self, source: u64) {
        self.unfit.insert(source);
    }

    /// The source holds what articles of others may need; where it has none itself, it is not passed over.
    pub(super) fn gives(&mut self, source: u64) {
        self.giving.insert(source);
    }

    /// There is something to say of the source, which the next build has to say again; whether it was not said in this run
    /// yet. What is said of a part, the run that puts the parts together finds out itself.
    pub(super) fn say(&mut self, source: u64, said: &Said) -> bool {
        if self.part.is_some() {
            self.unfit.insert(source);
            return true;
        }
        self.said.note(source, said)
    }

    /// Something led to a story of which this build may not have the captures.
    pub(super) fn touch(&mut self, story: u64) {
        self.dirty.insert(story);
    }

    /// Takes note of an article of a source that was converted.
    pub(super) fn add(&mut self, number: u64, entry: Entry) {
        self.dirty.insert(entry.story);
        self.fresh.push((number, entry));
    }

    /// The sources that have to be converted after all, as they hold captures of stories that changed. From here on
    /// nothing is passed over.
    pub(super) fn again(&mut self) -> HashSet<u64> {
        self.thorough = true;
        let unseen = (0..self.states.len()).filter(|at| self.states[*at] == State::Unseen);
        let gone: Vec<u64> = unseen.map(|at| self.entry(at).story).collect();
        self.dirty.extend(gone);
        // An article of no story is nobody's capture.
        self.dirty.remove(&0);
        let mut again = HashSet::new();
        // A source with several articles may be of several stories, which then change with it.
        loop {
            let before = again.len();
            for at in 0..self.states.len() {
                let entry = self.entry(at);
                if self.states[at] == State::Same && self.dirty.contains(&entry.story) {
                    again.insert(entry.source);
                    self.changed(entry.source);
                    self.dirty.remove(&0);
                }
            }
            if again.len() == before {
                return again;
            }
        }
    }

    /// Every article that was passed over.
    pub(super) fn passed_over(&self) -> impl Iterator<Item = Entry> {
        (0..self.states.len()).filter(|at| self.states[*at] == State::Same).map(|at| self.entry(at))
    }

    /// The article is part of the one whose file has this hash.
    pub(super) fn placed(&mut self, number: u64, place: u64) {
        if let Ok(at) = self.fresh.binary_search_by_key(&number, |(number, _)| *number) {
            self.fresh[at].1.place = place;
        }
    }

    /// There is something to say of the article that the next build should say too.
    pub(super) fn unfit(&mut self, number: u64) {
        if let Ok(at) = self.fresh.binary_search_by_key(&number, |(number, _)| *number) {
            self.unfit.insert(self.fresh[at].1.source);
        }
    }

    /// Keeps what is known now for the next build.
    pub(super) fn save(&self, cache: &Cache) -> Result<(), Error> {
        let same = self.renewed.is_empty() && self.states.iter().all(|state| *state == State::Same);
        if self.fresh.is_empty() && same && !self.renew && !self.said.is_news() {
            return Ok(());
        }
        let renew = |entry: Entry| Entry { print: *self.renewed.get(&entry.source).unwrap_or(&entry.print), ..entry };
        let fresh = self.fresh.iter().map(|(_, entry)| *entry).filter(|entry| !self.unfit.contains(&entry.source));
        let mut entries: Vec<Entry> = self.passed_over().map(renew).chain(fresh).collect();
        entries.sort_unstable_by_key(Entry::order);
        let sources: HashSet<u64> = entries.iter().map(|entry| entry.source).collect();
        let said_of =
            |source: &u64| !self.unfit.contains(source) && (sources.contains(source) || !self.giving.contains(source));
        let bytes: Vec<u8> = entries.into_iter().flat_map(Entry::to_bytes).collect();
        if let Some(part) = self.part {
            return cache.save(&part.name(), self.version, &bytes);
        }
        cache.save(SAID, self.version, &self.said.to_bytes(|source| said_of(&source)))?;
        cache.save(NAME, self.version, &bytes)?;
        // From here on the whole is known; what parts knew is old.
        if self.renew { parts::forget_parts(cache) } else { Ok(()) }
    }
}

impl Entry {
    /// Those that were kept.
    pub(super) fn all(bytes: &[u8]) -> impl Iterator<Item = Self> {
        bytes.as_chunks::<ENTRY>().0.iter().map(|entry| Self::from_bytes(entry))
    }

    /// In which order they are kept.
    pub(super) fn order(&self) -> (u64, u64) {
        (self.source, self.identity)
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let mut numbers = bytes.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight));
        let mut next = || numbers.next().unwrap_or_default();
        Self {
            source: next(),
            print: Print { stamp: Stamp { size: next(), mtime: next().cast_signed() }, hash: next(), settings: next() },
            place: next(),
            identity: next(),
            story: next(),
        }
    }

    fn to_bytes(self) -> impl Iterator<Item = u8> {
        let Self { source, print, place, identity, story } = self;
        let Print { stamp, hash, settings } = print;
        let numbers = [source, stamp.size, stamp.mtime.cast_unsigned(), hash, settings, place, identity, story];
        numbers.into_iter().flat_map(u64::to_le_bytes)
    }
}
