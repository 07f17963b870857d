//! Sketches that tell when two texts are one: the same story run again, or saved twice.
//!
//! A sketch is a one-permutation `MinHash` (Li, Owen, Zhang 2012) of the text's three-term shingles, with eight bits kept
//! of each minimum (b-bit minwise hashing, Li and König 2010).

use crate::markup::words::Term;
use crate::pack::Pack;

const PLACES: usize = 32;
/// Texts are one where at least this part of the shingles of both together is in both, in percent.
const SAME: u32 = 50;

/// Eight bits of the least hash among the shingles that fall to each place; 0 where none does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sketch([u8; PLACES]);

impl Pack for Sketch {
    fn pack(&self, to: &mut Vec<u8>) {
        self.0.pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Pack::unpack(from).map(Self)
    }
}

impl Sketch {
    /// Whether the texts of both are nearly the same.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let mut equal = 0;
        let mut used = 0;
        for (a, b) in self.0.iter().zip(&other.0) {
            equal += u32::from(a == b && *a != 0);
            used += u32::from(a | b != 0);
        }
        used > 0 && equal * 100 >= used * SAME
    }
}

/// Makes a sketch from the terms of a text in order.
#[derive(Default)]
pub(super) struct Sketcher {
    least: [u32; PLACES],
    last: [Term; 2],
    terms: usize,
}

impl Sketcher {
    pub(super) fn add(&mut self, term: Term) {
        let [first, second] = self.last;
        self.last = [second, term];
        self.terms += 1;
        if self.terms > 2 {
            self.shingle(first, second, term);
        }
    }

    fn shingle(&mut self, first: Term, second: Term, third: Term) {
        let joined = (u64::from(first) << 32 | u64::from(third)) ^ (u64::from(second) << 17);
        let mixed = (joined ^ (joined >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        let least = &mut self.least[(mixed >> 59) as usize];
        // 0 means that nothing fell here yet, so a hash is kept as its complement's greatest.
        *least = (*least).max((mixed as u32) | 1);
    }

    pub(super) fn finish(mut self) -> Sketch {
        if matches!(self.terms, 1 | 2) {
            let [first, second] = self.last;
            self.shingle(first, second, 0);
        }
        // The lowest bit is always set in what is kept, so it is the next eight that tell.
        Sketch(self.least.map(|least| if least == 0 { 0 } else { ((least >> 1) as u8).max(1) }))
    }
}
