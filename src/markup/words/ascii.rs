//! The end of a word of ASCII letters and digits and its lower-case form, found eight bytes at a time: most words of
//! most texts are such, and a loop over their bytes would take longer than all that is then done with them.

use super::memo::Folded;

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x80 * ONES;

/// A word as it begins a text.
pub(super) struct Plain {
    pub(super) folded: Folded,
    pub(super) length: usize,
    /// Whether it is more than a number.
    pub(super) letters: bool,
}

/// The word that `bytes` begin with, if it is shorter than [`Folded`] and what follows it cannot belong to it: no
/// apostrophe, nothing outside ASCII, and not the very end of the text.
pub(super) fn plain(bytes: &[u8]) -> Option<Plain> {
    let mut folded = Folded::default();
    let mut letters = 0;
    for (nth, part) in folded.iter_mut().enumerate() {
        let eight = u64::from_le_bytes(*bytes.get(8 * nth..)?.first_chunk()?);
        // Comparing eight bytes by adding: the top bit of each tells, and no sum runs over into the next byte.
        let low = eight & !TOPS;
        let small = low | (0x20 * ONES);
        let letter = (small + 0x1f * ONES) & !(small + 0x05 * ONES);
        let digit = (low + 0x50 * ONES) & !(low + 0x46 * ONES);
        let other = (!(letter | digit) | eight) & TOPS;
        let length = other.trailing_zeros() as usize / 8;
        let inside = ((other & other.wrapping_neg()) >> 7).wrapping_sub(1);
        // Digits have the bit that tells small letters from capitals too.
        *part = (eight | (0x20 * ONES)) & inside;
        letters |= letter & inside & TOPS;
        if let Some(next) = bytes.get(8 * nth + length).filter(|_| length < 8) {
            let ends = *next != b'\'' && next.is_ascii();
            return ends.then_some(Plain { folded, length: 8 * nth + length, letters: letters != 0 });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::words::memo::fold;

    #[test]
    fn the_same_as_byte_by_byte() {
        for byte in 0..=255_u8 {
            for before in 0..=24 {
                let mut text = b"aZ09mQ7xBcDeFgHiJkLmNoPqR"[..before].to_vec();
                text.push(byte);
                text.extend(b" of the town of Saltmere and its quay");
                let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                let ends = length < 24 && text[length] != b'\'' && text[length].is_ascii();
                let found = plain(&text);
                assert_eq!(found.is_some(), ends, "{byte} after {before}");
                let Some(found) = found else { continue };
                let word = text[..length].to_ascii_lowercase();
                assert_eq!((found.length, found.folded), (length, fold(&word)));
                assert_eq!(found.letters, word.iter().any(u8::is_ascii_alphabetic));
            }
        }
    }
}
