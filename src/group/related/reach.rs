//! How far apart in time two articles may stand for a term to tell anything of both.
//!
//! A word that few articles hold tells at any distance. Of a word that many hold, only those of the same time are looked
//! at: so far on either side that a holder meets some hundred others on average. That bounds what all searches read, and
//! one article more or less changes for none of the others what it meets.

use std::cmp::Reverse;

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

    /// The days from the newest to the oldest that an article of `day` meets; `None` where it meets none.
    pub(super) fn around(self, day: i32) -> Option<(i32, i32)> {
        match (self.all, day == UNDATED) {
            (true, _) => Some((i32::MAX, i32::MIN)),
            (_, true) => self.undated.then_some((UNDATED, UNDATED)),
            _ if self.dated == 0 => None,
            _ => {
                let distance = distance(self.dated);
                Some((day.saturating_add(distance), day.saturating_sub(distance).max(UNDATED + 1)))
            }
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

    #[test]
    fn a_common_word_reaches_as_far_as_it_meets_a_hundred() {
        let every_day: Vec<i32> = (0..5000).rev().collect();
        assert_eq!(Reach::of(&every_day[..90]).around(7), Some((i32::MAX, i32::MIN)));
        assert_eq!(Reach::of(&every_day).around(1000), Some((1032, 968)));
        // Forty a day.
        let busy: Vec<i32> = (0..5000).rev().flat_map(|day| [day; 40]).collect();
        assert_eq!(Reach::of(&busy).around(1000), Some((1000, 1000)));
        assert_eq!(Reach::of(&busy).around(UNDATED), Some((UNDATED, UNDATED)));
        assert_eq!(Reach::of(&vec![3; 5000]).around(3), None);
        assert_eq!(Reach::of(&vec![UNDATED; 5000]).around(UNDATED), None);
        assert_eq!(Reach::of(&vec![UNDATED; 500]).around(UNDATED), Some((UNDATED, UNDATED)));
    }
}
