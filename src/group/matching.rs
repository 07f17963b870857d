//! Related stories of all articles, from the features of their digests.

use super::Digest;
use super::aside::Aside;
use super::related::{Candidate, Memory, Prints, Signature, again};
use crate::archive::{Entry, Lists, Related};
use crate::pack::Pack;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

/// The related stories of each article; `others` are articles that may have been among them in the last build.
pub(super) fn related(
    articles: &mut [Entry],
    signatures: &[Signature],
    others: impl Iterator<Item = Digest>,
    count: usize,
    remembered: Option<Memory>,
) -> (Lists<Related>, Option<Prints>) {
    let mut excluded = Lists::with_capacity(articles.len(), 0);
    for entry in &*articles {
        excluded.push(entry.see_also().iter().flatten().copied());
    }
    let candidates: Vec<Candidate<'_>> = (signatures.par_iter().zip(&*articles).enumerate())
        .map(|(id, (signature, entry))| Candidate { signature, day: day_number(entry), excluded: excluded.get(id) })
        .collect();
    let prints = Prints::new(articles.par_iter().map(identity).zip(&candidates));
    let gone: Vec<(u64, Signature)> =
        others.map(|digest| (xxh3_64(digest.path().as_bytes()), digest.said().signature())).collect();
    let gone = gone.iter().map(|(path, signature)| (*path, signature));
    let aside = Aside::put(articles);
    let found = again(&candidates, &prints, gone, count, remembered);
    aside.bring_back(articles);
    (found.related, found.is_news.then_some(prints))
}

/// A number for an article, and one for its place in the order of lists.
fn identity(entry: &Entry) -> (u64, u64) {
    let mut order = Vec::with_capacity(16);
    entry.date.map(|date| date.seconds()).pack(&mut order);
    entry.calendar.pack(&mut order);
    (xxh3_64(entry.path().as_bytes()), xxh3_64(&order))
}

/// Days since 1970 on which an article stands, or its month or year begins.
fn day_number(entry: &Entry) -> Option<i32> {
    let date = entry.calendar?;
    let date = jiff::civil::Date::new(date.year, date.month.max(1) as i8, date.day.max(1) as i8).ok()?;
    let epoch = jiff::civil::Date::new(1970, 1, 1).ok()?;
    date.since(epoch).ok().map(|span| span.get_days())
}
