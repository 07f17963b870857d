//! From digests to the entries of the archive.

use super::related::Signature;
use super::topics::Names;
use super::{Digest, Said, Sparse, sections};
use crate::archive::{ArticleId, Entry, Links, Section, Texts};
use rayon::prelude::*;

/// What entries are made of beside their digests.
pub(super) struct Making<'a> {
    pub(super) sections: &'a [Section],
    pub(super) names: Names,
    pub(super) see_also: Sparse<Option<ArticleId>>,
    pub(super) cited_by: Sparse<ArticleId>,
    pub(super) in_body: Sparse<(u64, ArticleId)>,
}

impl Making<'_> {
    /// The entries of the articles that lists name, with their features. Each digest is given up as soon as there is its
    /// entry.
    pub(super) fn entries(self, live: Vec<Digest>, urls: Vec<Box<str>>) -> (Vec<Entry>, Vec<Signature>) {
        let entry = |(id, (digest, url)): (usize, (Digest, Box<str>))| {
            let said = digest.said();
            (self.entry(&said, &url, self.links(id as ArticleId)), said.signature())
        };
        live.into_par_iter().zip(urls).enumerate().map(entry).unzip()
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
        }
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
