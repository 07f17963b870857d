//! Lists that most articles have none of.

use super::Digest;
use crate::archive::ArticleId;
use rayon::prelude::*;

/// A list for each article that has one, by article.
pub(super) struct Sparse<T>(pub(super) Vec<(ArticleId, Box<[T]>)>);

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone + Send> Sparse<T> {
    /// What `list` makes of each article.
    pub(super) fn of(live: &[&Digest], list: impl Fn(ArticleId, &Digest) -> Vec<T> + Sync) -> Self {
        let some = |(id, digest): (usize, &&Digest)| {
            let list = list(id as ArticleId, digest);
            (!list.is_empty()).then(|| (id as ArticleId, list.into_boxed_slice()))
        };
        Self(live.par_iter().enumerate().filter_map(some).collect())
    }

    /// That of an article; empty for most.
    pub(super) fn get(&self, id: ArticleId) -> &[T] {
        let at = self.0.binary_search_by_key(&id, |(id, _)| *id);
        at.ok().and_then(|at| self.0.get(at)).map(|(_, list)| &**list).unwrap_or_default()
    }

    /// All there are.
    pub(super) fn iter(&self) -> impl Iterator<Item = (ArticleId, &[T])> {
        self.0.iter().map(|(id, list)| (*id, &**list))
    }
}
