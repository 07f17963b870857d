//! Related stories: for each article the few others that share the most telling words with it.
//!
//! The score of a pair is a cosine of TF-IDF weights with a gentle preference for nearby dates, and made so that an
//! edit does not ripple through the archive: an article's own weights come from it alone ([`signature`](mod@signature)), how rare a
//! term is and how many articles there are count only coarsely, a common term counts only between articles of the same
//! time ([`reach`]), and every score is an integer ([`score`]). So the score of two articles depends on these two and on
//! little that ever changes. All that an inverted index leads a target to is scored ([`search`]); as far as a term
//! reaches, it meets a bounded number of others, so the time for an article does not grow with the archive.

mod index;
mod memory;
mod reach;
mod score;
mod search;
mod signature;
mod sketch;

pub(super) use memory::again;
pub use memory::{Memory, Prints, keep};
pub use signature::{Signature, Weighted, signature};

use crate::archive::{ArticleId, Lists, Related};
use index::Index;
use rayon::prelude::*;
use search::Search;

/// Least score of a related story: below it, what two articles share is mostly chance.
pub const LEAST: u32 = 220;

/// How many articles' lists are found before they are put together.
const BLOCK: usize = 1 << 16;

/// What matching needs of an article; candidates are listed in the order of lists.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its own features.
    pub signature: &'a Signature,
    /// The day it was published, counted from any fixed day; `None` for an undated article.
    pub day: Option<i32>,
    /// Articles that its readers are led to already, as by the editor's own list; not listed again.
    pub excluded: &'a [ArticleId],
}

/// For each article up to `count` related ones, best first; fewer or none where nothing reaches [`LEAST`]. Nearly equal
/// texts are never listed: neither beside their own twin nor beside each other. Ties go to the lower number. The same
/// for any number of threads.
pub fn related(articles: &[Candidate<'_>], count: usize) -> Vec<Vec<Related>> {
    related_from(articles, count, LEAST)
}

/// As [`related`] with another least score.
pub fn related_from(articles: &[Candidate<'_>], count: usize, least: u32) -> Vec<Vec<Related>> {
    let found = find(articles, count, least);
    (0..found.len()).map(|at| found.get(at).to_vec()).collect()
}

/// As [`related_from`], in less memory.
fn find(articles: &[Candidate<'_>], count: usize, least: u32) -> Lists<Related> {
    if count == 0 {
        let mut none = Lists::with_capacity(articles.len(), 0);
        for _ in articles {
            none.push([]);
        }
        return none;
    }
    let all: Vec<ArticleId> = (0..articles.len() as ArticleId).collect();
    search_all(&Index::new(articles), &all, count, least)
}

/// The related stories of some articles.
fn search_all(index: &Index<'_>, ids: &[ArticleId], count: usize, least: u32) -> Lists<Related> {
    let mut found = Lists::with_capacity(ids.len(), ids.len() * count);
    for block in ids.chunks(BLOCK) {
        let lists: Vec<Vec<Related>> = block
            .par_iter()
            // A search has a counter for each article, so workers take many targets at a time.
            .with_min_len(1024)
            .map_init(|| Search::new(index), |search, id| search.related(*id, count, least))
            .collect();
        for list in lists {
            found.push(list);
        }
    }
    found
}
