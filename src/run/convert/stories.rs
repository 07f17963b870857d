//! Articles that had to wait until all sources were known: those that may have been elsewhere before, and captures of
//! one story, which become one article.

use super::media::Tally;
use super::notes::Place;
use super::place::{self, Outcome, There};
use super::redirects::Resolved;
use super::strays::Strays;
use super::{Run, report};
use crate::article::Article;
use crate::convert::captures::{addresses, alike, fold, rank, story_by_title};
use crate::diagnostic::Error;
use crate::disk::write;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

/// The number of an article that waits, but has no other captures.
pub(super) const ALONE: u64 = 0;
/// How many stories are in memory at once.
const BATCH: usize = 256;

/// What became of a story's captures.
#[derive(Default)]
struct Settled {
    outcomes: Vec<(u64, There, report::Result)>,
    /// What became of what the article with that number shows.
    files: (u64, Tally),
    /// Captures that are part of another article: their numbers, and the hash of the path of that one's file.
    folded: Vec<(u64, u64)>,
    /// Captures that turned out to be of other stories: their new story, and where they are noted.
    apart: Vec<(u64, u64)>,
    /// Records that got no place, so that their old one must stay.
    unplaced: Vec<u64>,
}

impl Run<'_> {
    /// Places all that waited.
    pub(super) fn stories(&mut self, strays: &Strays) -> Result<(), Error> {
        let mut waiting = std::mem::take(&mut self.waiting);
        let resolved = self.redirects.resolve();
        if resolved.lost > 0 {
            *self.report.left_out.entry("redirects and repeats of what gave no article").or_default() += resolved.lost;
        }
        // Captures that only share an address with the newest are looked at a second time, by headline.
        for look_closely in [true, false] {
            waiting.sort_unstable();
            let mut apart = Vec::new();
            let stories: Vec<&[(u64, u64)]> = waiting.chunk_by(|a, b| a.0 == b.0 && a.0 != ALONE).collect();
            for batch in stories.chunks(BATCH) {
                // Where two records claim one place, the second must see that the first is there.
                let settled: Vec<Result<Settled, Error>> = if self.contested {
                    batch.iter().map(|story| self.settle(story, look_closely, strays, &resolved)).collect()
                } else {
                    batch.par_iter().map(|story| self.settle(story, look_closely, strays, &resolved)).collect()
                };
                for settled in settled {
                    let settled = settled?;
                    apart.extend(settled.apart);
                    let (number, files) = settled.files;
                    self.report.counts.files += files.copied;
                    self.report.counts.files_missing += files.missing;
                    self.lines.files(number, files);
                    self.unplaced.extend(settled.unplaced);
                    if let Some(known) = &mut self.known {
                        settled.folded.into_iter().for_each(|(number, place)| known.placed(number, place));
                    }
                    for (number, there, result) in settled.outcomes {
                        self.note(number, there, result);
                    }
                }
            }
            waiting = apart;
        }
        Ok(())
    }

    fn settle(
        &self,
        story: &[(u64, u64)],
        look_closely: bool,
        strays: &Strays,
        resolved: &Resolved,
    ) -> Result<Settled, Error> {
        let old = story.first().map_or(Ok(Vec::new()), |(story, _)| self.redirects.of(resolved, *story))?;
        match story {
            [(_, note)] => {
                let mut place = self.waited(*note)?;
                let mut files = Tally::default();
                if !old.is_empty() || !place.shown.is_empty() {
                    let mut article = Article::parse(&place.text).unwrap_or_default();
                    files = self.pictures.show(&mut article, &place.shown, &self.media)?;
                    fold(&mut article, old);
                    place.text = article.to_sealed_text();
                }
                self.alone(&place, files, strays)
            }
            _ => self.captures(story, old, look_closely, strays),
        }
    }

    fn waited(&self, note: u64) -> Result<Place, Error> {
        Place::from_note(&self.scratch.read(note)?).ok_or_else(|| self.scratch.damaged())
    }

    fn alone(&self, place: &Place, files: Tally, strays: &Strays) -> Result<Settled, Error> {
        let mut settled = Settled { files: (place.number, files), ..Settled::default() };
        let (there, mut result) = match strays.held.get(&place.identity) {
            Some(path) => self.held(path),
            None => self.put_one(place)?,
        };
        match result.0 {
            Outcome::Written if strays.moved(place.identity) => result.0 = Outcome::Moved,
            Outcome::Refused => settled.unplaced.push(place.identity),
            _ => {}
        }
        settled.outcomes.push((place.number, there, result));
        Ok(settled)
    }

    fn put_one(&self, place: &Place) -> Result<(There, report::Result), Error> {
        let there = place::look(&self.options.into, &place.path, &place.text, place.identity)?;
        let put = place::put(&self.options.into, place, there, self.options.force, self.options.dry_run)?;
        Ok((there, put))
    }

    /// The article stands at another place than it belongs, and a person edited it there.
    fn held(&self, path: &str) -> (There, report::Result) {
        let there = There::Edited { newer: true };
        (there, (Outcome::Edited, Some(place::edited(&self.options.into, path, true))))
    }

    /// Makes one article of the captures of one story.
    fn captures(
        &self,
        story: &[(u64, u64)],
        old: Vec<String>,
        look_closely: bool,
        strays: &Strays,
    ) -> Result<Settled, Error> {
        let mut settled = Settled::default();
        let (newest_note, mut newest, mut place) = self.newest(story)?;
        let mut older = Vec::new();
        let mut urls = old;
        for (key, note) in story.iter().filter(|(_, note)| *note != newest_note) {
            let other = self.waited(*note)?;
            let article = Article::parse(&other.text).unwrap_or_default();
            if look_closely && !alike(&newest, &article) {
                settled.apart.push((story_by_title(*key, &article), *note));
                continue;
            }
            urls.extend(addresses(&article));
            older.push((place::look(&self.options.into, &other.path, &other.text, other.identity)?, other));
        }
        fold(&mut newest, urls);
        settled.files = (place.number, self.pictures.show(&mut newest, &place.shown, &self.media)?);
        place.text = newest.to_sealed_text();
        let by_hand = |there: &There| matches!(there, There::Edited { .. }) && !self.options.force;
        let edited = older.iter().find(|(there, _)| by_hand(there)).map(|(_, other)| &other.path);
        let held =
            older.iter().map(|(_, other)| other).chain([&place]).find_map(|place| strays.held.get(&place.identity));
        let (there, mut result) = match edited.or(held) {
            // What a person made of an older capture stands for the story, and not what a part made of the newest.
            Some(path) => {
                let own = place::look(&self.options.into, &place.path, &place.text, place.identity)?;
                if matches!(own, There::Same | There::Older) && !self.options.dry_run {
                    write::remove(&self.options.into.join(&place.path), &self.options.into)?;
                }
                self.held(path)
            }
            None => self.put_one(&place)?,
        };
        if result.0 == Outcome::Refused {
            settled.unplaced.extend(older.iter().map(|(_, other)| other.identity).chain([place.identity]));
        }
        let mut moved = strays.moved(place.identity);
        for (there, other) in older {
            let has_file = matches!(there, There::Same | There::Older | There::Edited { .. }) && !by_hand(&there);
            if has_file && result.0 != Outcome::Refused && !self.options.dry_run {
                write::remove(&self.options.into.join(&other.path), &self.options.into)?;
            }
            moved |= has_file || strays.moved(other.identity);
            settled.folded.push((other.number, xxh3_64(place.path.as_bytes())));
            settled.outcomes.push((other.number, There::Nothing, (Outcome::Folded, None)));
        }
        if moved && result.0 == Outcome::Written {
            result.0 = Outcome::Moved;
        }
        settled.outcomes.push((place.number, there, result));
        Ok(settled)
    }

    /// The newest of some captures, and where it is noted.
    fn newest(&self, story: &[(u64, u64)]) -> Result<(u64, Article, Place), Error> {
        let mut newest = None;
        for (_, note) in story {
            let place = self.waited(*note)?;
            let article = Article::parse(&place.text).unwrap_or_default();
            let rank = rank(&article);
            if newest.as_ref().is_none_or(|(greatest, _)| rank > *greatest) {
                newest = Some((rank, (*note, article, place)));
            }
        }
        newest.map(|(_, newest)| newest).ok_or_else(|| self.scratch.damaged())
    }
}
