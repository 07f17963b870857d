//! From digests to the entries of the archive.

use super::related::Signature;
use super::topics::Names;
use super::{Digest, Said, Sparse, sections};
use crate::archive::{ArticleId, Entry, Links, Section, Shown, Texts};
use crate::picture::Pictures;
use rayon::prelude::*;

/// How many entries are made at a time.
const BLOCK: usize = 1 << 13;

/// Where the digests stand that come first, second … in the order of lists.
pub(super) fn order(digests: &[Digest]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..digests.len() as u32).collect();
    // What is read of a disk comes in the order of paths, and then only the moments are compared.
    if !digests.is_sorted_by(|one, other| one.path() <= other.path()) {
        order.par_sort_unstable_by(|one, other| digests[*one as usize].path().cmp(digests[*other as usize].path()));
    }
    order.par_sort_by_cached_key(|at| digests[*at as usize].moment());
    order
}

/// What entries are made of beside their digests.
pub(super) struct Making<'a> {
    pub(super) sections: &'a [Section],
    pub(super) names: Names,
    pub(super) see_also: Sparse<Option<ArticleId>>,
    pub(super) cited_by: Sparse<ArticleId>,
    pub(super) in_body: Sparse<(u64, ArticleId)>,
    pub(super) pictures: &'a Pictures,
}

impl Making<'_> {
    /// The entries of the articles that lists name, in the order of lists, with their features; `order` says
    /// where their digests stand, and `urls` are in that order. Each digest is given up as soon as there is its entry, and in the order
    /// in which they were made: whole stretches of memory are free then for what comes.
    pub(super) fn entries(
        self,
        order: &[u32],
        digests: Vec<Digest>,
        mut urls: Vec<Box<str>>,
    ) -> (Vec<Entry>, Vec<Signature>) {
        let mut ranks: Vec<ArticleId> = vec![0; digests.len()];
        for (id, at) in (0..).zip(order) {
            ranks[*at as usize] = id;
        }
        let mut entries = Vec::with_capacity(digests.len());
        let mut signatures = Vec::with_capacity(digests.len());
        let mut rest = digests.into_iter();
        while entries.len() < ranks.len() {
            let from = entries.len();
            let block: Vec<(ArticleId, Box<str>, Digest)> = (ranks[from..].iter().zip(rest.by_ref().take(BLOCK)))
                .map(|(id, digest)| (*id, std::mem::take(&mut urls[*id as usize]), digest))
                .collect();
            if block.is_empty() {
                break;
            }
            let made: Vec<(Entry, Signature)> = block
                .into_par_iter()
                .map(|(id, url, digest)| {
                    let said = digest.said();
                    (self.entry(&said, &url, self.links(id)), said.signature())
                })
                .collect();
            for (entry, signature) in made {
                entries.push(entry);
                signatures.push(signature);
            }
        }
        // Each swap brings one to its place.
        for at in 0..ranks.len() {
            while ranks[at] as usize != at {
                let to = ranks[at] as usize;
                entries.swap(at, to);
                signatures.swap(at, to);
                ranks.swap(at, to);
            }
        }
        (entries, signatures)
    }

    /// An entry.
    pub(super) fn entry(&self, said: &Said<'_>, url: &str, links: Option<Links>) -> Entry {
        Entry {
            texts: Texts::new(said.path, url, said.title, said.description),
            terms: self.names.terms(said),
            file_hash: said.file_hash,
            date: said.date,
            calendar: said.calendar,
            updated: said.updated,
            section: sections::find(self.sections, said.section),
            image: said.image.iter().next().map(Box::new),
            status: said.status,
            links: links.map(Box::new),
            pictures: self.shown(said).map(Box::new),
        }
    }

    /// Those of its pictures that the site has.
    fn shown(&self, said: &Said<'_>) -> Option<Shown> {
        let is_there = |number: &u64| self.pictures.get(*number).is_some();
        let shown = Shown {
            lead: said.lead_picture.filter(is_there),
            in_body: said.pictures.iter().filter(is_there).collect(),
        };
        (shown.lead.is_some() || !shown.in_body.is_empty()).then_some(shown)
    }

    fn links(&self, id: ArticleId) -> Option<Links> {
        let links = Links {
            see_also: self.see_also.get(id).into(),
            cited_by: self.cited_by.get(id).into(),
            in_body: self.in_body.get(id).into(),
        };
        (!links.is_empty()).then_some(links)
    }
}
