//! How far apart in time two articles may stand for a term to tell anything of both.
//!
//! A word that few articles hold tells at any distance. Of a word that many hold, only those of the same time are looked
//! at: so far on either side that a holder meets some hundred others on average. That bounds what all searches read, and
//! one article more or less changes for none of the others what it meets.

use crate::archive::ArticleId;
use std::cmp::Reverse;
use std::ops::Range;

/// Up to so many holders a term tells at any distance.
pub(super) const FEW: usize = 96;
/// How many holders one of them may meet on average.
const MEETS: usize = 96;
/// How many it may meet on its own day, and without a date, before the term tells nothing.
const CROWD: usize = 2048;
/// Greatest distance in days, as a power of two.
const FARTHEST: u8 = 12;

/// The day of an undated article in an index.
pub(super) const UNDATED: i32 = i32::MIN;

/// How far a term reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// 0: dated articles do not meet. 1: they do on one day. Above: within so many days as a power of two, of 2.
    dated: u8,
    undated: bool,
    /// Whether it reaches everything.
    all: bool,
}

impl Reach {
    /// Of a term whose holders stand at these days, the newest first, and the undated ones last.
    pub(super) fn of(days: &[i32]) -> Self {
        if days.len() <= FEW {
            return Self { dated: FARTHEST, undated: true, all: true };
        }
        let (dated, undated) = days.split_at(days.partition_point(|day| *day != UNDATED));
        let most = MEETS * dated.len();
        let mut least = u8::from(meetings(dated, 0) <= CROWD * dated.len());
        // The farthest that is not too far, between one that is not and one that is.
        let mut beyond = FARTHEST + 1;
        while least > 0 && beyond - least > 1 {
            let middle = least + (beyond - least) / 2;
            if meetings(dated, distance(middle)) <= most { least = middle } else { beyond = middle }
        }
        Self { dated: least, undated: undated.len() <= CROWD, all: false }
    }
}

/// Whom an article meets by the terms of each reach: articles are in the order of their days, so these are stretches of
/// their numbers, and the same for all articles of one day.
pub(super) struct Windows {
    day: i32,
    /// By how far a term reaches; the last is of those that reach everything.
    dated: [Option<Range<ArticleId>>; FARTHEST as usize + 2],
    undated: Option<Range<ArticleId>>,
}

impl Windows {
    /// Of an article of that day, or without one; `between` gives the articles from the newest to the oldest of two days.
    pub(super) fn new(day: i32, between: impl Fn((i32, i32)) -> Range<ArticleId>) -> Self {
        let within = |step: usize| match (step, day == UNDATED) {
            (step, _) if step > usize::from(FARTHEST) => Some((i32::MAX, i32::MIN)),
            (0, _) | (_, true) => None,
            (step, _) => {
                let distance = distance(step as u8);
                Some((day.saturating_add(distance), day.saturating_sub(distance).max(UNDATED + 1)))
            }
        };
        let undated = (day == UNDATED).then(|| between((UNDATED, UNDATED)));
        Self { day, dated: std::array::from_fn(|step| within(step).map(&between)), undated }
    }

    /// The day that they are of.
    pub(super) fn day(&self) -> i32 {
        self.day
    }

    /// The articles that a term of that reach leads to; `None` where it leads to none.
    pub(super) fn of(&self, reach: Reach) -> Option<Range<ArticleId>> {
        let step = if reach.all { FARTHEST + 1 } else { reach.dated };
        match self.day {
            UNDATED if !reach.all => self.undated.clone().filter(|_| reach.undated),
            _ => self.dated.get(usize::from(step))?.clone(),
        }
    }
}

/// In days.
fn distance(step: u8) -> i32 {
    if step <= 1 { 0 } else { 1 << (step - 1) }
}

/// How many pairs of holders, each with itself too, stand within a distance.
fn meetings(days: &[i32], distance: i32) -> usize {
    debug_assert!(days.is_sorted_by_key(|day| Reverse(*day)), "in the order of lists");
    let (mut from, mut to, mut pairs) = (0, 0, 0);
    for day in days {
        while days.get(from).is_some_and(|newer| newer.saturating_sub(*day) > distance) {
            from += 1;
        }
        while days.get(to).is_some_and(|older| day.saturating_sub(*older) <= distance) {
            to += 1;
        }
        pairs += to.saturating_sub(from);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days from the newest to the oldest that an article meets.
    fn around(days: &[i32], day: i32) -> Option<Range<i32>> {
        // As if there were an article on each day.
        let number = |day: i32| day.clamp(-100_000, 100_000).abs_diff(-100_000);
        let windows = Windows::new(day, |(newest, oldest)| number(oldest)..number(newest));
        let met = windows.of(Reach::of(days))?;
        Some(met.start as i32 - 100_000..met.end as i32 - 100_000)
    }

    #[test]
    fn a_common_word_reaches_as_far_as_it_meets_a_hundred() {
        let (all, undated) = (-100_000..100_000, -100_000..-100_000);
        let every_day: Vec<i32> = (0..5000).rev().collect();
        assert_eq!(around(&every_day[..90], 7), Some(all));
        assert_eq!(around(&every_day, 1000), Some(968..1032));
        // Forty a day.
        let busy: Vec<i32> = (0..5000).rev().flat_map(|day| [day; 40]).collect();
        assert_eq!(around(&busy, 1000), Some(1000..1000));
        assert_eq!(around(&busy, UNDATED), Some(undated.clone()));
        assert_eq!(around(&vec![3; 5000], 3), None);
        assert_eq!(around(&vec![UNDATED; 5000], UNDATED), None);
        assert_eq!(around(&vec![UNDATED; 500], UNDATED), Some(undated));
    }
}
