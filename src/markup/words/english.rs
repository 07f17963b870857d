//! The English (Porter 2) stemmer of the Snowball project, for ASCII words: <https://snowballstem.org/algorithms/english/stemmer.html>.
//!
//! The same stems as the general library's, which takes several times as long: English is what most archives are in.

/// Words that the rules would get wrong, with their stems.
const SPECIAL: [(&[u8], &[u8]); 18] = [
    (b"skis", b"ski"),
    (b"skies", b"sky"),
    (b"dying", b"die"),
    (b"lying", b"lie"),
    (b"tying", b"tie"),
    (b"idly", b"idl"),
    (b"gently", b"gentl"),
    (b"ugly", b"ugli"),
    (b"early", b"earli"),
    (b"only", b"onli"),
    (b"singly", b"singl"),
    (b"sky", b"sky"),
    (b"news", b"news"),
    (b"howe", b"howe"),
    (b"atlas", b"atlas"),
    (b"cosmos", b"cosmos"),
    (b"bias", b"bias"),
    (b"andes", b"andes"),
];
/// Words that stay as they are once a plural's ending is off.
const FIXED: [&[u8]; 8] = [b"inning", b"outing", b"canning", b"herring", b"earring", b"proceed", b"exceed", b"succeed"];
/// Prefixes after which the first region begins whatever follows.
const PREFIXES: [&[u8]; 3] = [b"gener", b"commun", b"arsen"];

/// Endings of step 2, replaced where they stand in the first region; the longest that fits counts.
const STEP_2: [(&[u8], &[u8]); 22] = [
    (b"ational", b"ate"),
    (b"fulness", b"ful"),
    (b"iveness", b"ive"),
    (b"ization", b"ize"),
    (b"ousness", b"ous"),
    (b"biliti", b"ble"),
    (b"lessli", b"less"),
    (b"tional", b"tion"),
    (b"alism", b"al"),
    (b"aliti", b"al"),
    (b"ation", b"ate"),
    (b"entli", b"ent"),
    (b"fulli", b"ful"),
    (b"iviti", b"ive"),
    (b"ousli", b"ous"),
    (b"abli", b"able"),
    (b"alli", b"al"),
    (b"anci", b"ance"),
    (b"ator", b"ate"),
    (b"enci", b"ence"),
    (b"izer", b"ize"),
    (b"bli", b"ble"),
];
const STEP_3: [(&[u8], &[u8]); 8] = [
    (b"ational", b"ate"),
    (b"tional", b"tion"),
    (b"alize", b"al"),
    (b"icate", b"ic"),
    (b"iciti", b"ic"),
    (b"ical", b"ic"),
    (b"ness", b""),
    (b"ful", b""),
];
/// Endings of step 4, dropped where they stand in the second region.
const STEP_4: [&[u8]; 17] = [
    b"ement", b"able", b"ance", b"ence", b"ible", b"ment", b"ant", b"ate", b"ent", b"ism", b"iti", b"ive", b"ize",
    b"ous", b"al", b"er", b"ic",
];

/// Longest word that is stemmed here, in bytes; step 1b may add a letter.
pub(super) const LONGEST: usize = 40;

/// A word while it is stemmed; `Y` marks a y that is a consonant.
struct Stem {
    letters: [u8; LONGEST + 8],
    length: usize,
    /// Where the regions begin that endings must stand in.
    first: usize,
    second: usize,
}

/// The stem of a folded word, as handed to `then`; `None` where the word is not ASCII or too long.
pub(super) fn stem<T>(word: &str, then: impl FnOnce(&[u8]) -> T) -> Option<T> {
    let word = word.as_bytes();
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    if let Some((_, stem)) = SPECIAL.iter().find(|(special, _)| *special == word) {
        return Some(then(stem));
    }
    if word.len() < 3 {
        return Some(then(word));
    }
    let mut stem = Stem::new(word);
    stem.drop_possessive();
    stem.step_1a();
    if !FIXED.contains(&stem.word()) {
        stem.step_1b();
        stem.step_1c();
        stem.step_2();
        stem.step_3();
        stem.step_4();
        stem.step_5();
    }
    for letter in &mut stem.letters[..stem.length] {
        letter.make_ascii_lowercase();
    }
    Some(then(stem.word()))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

impl Stem {
    fn new(word: &[u8]) -> Self {
        let word = word.strip_prefix(b"'").unwrap_or(word);
        let mut letters = [0; LONGEST + 8];
        letters[..word.len()].copy_from_slice(word);
        let mut stem = Self { letters, length: word.len(), first: 0, second: 0 };
        for at in 0..word.len() {
            let after_vowel = at > 0 && is_vowel(stem.letters[at - 1]);
            if stem.letters[at] == b'y' && (at == 0 || after_vowel) {
                stem.letters[at] = b'Y';
            }
        }
        let prefix = PREFIXES.iter().find(|prefix| word.starts_with(prefix));
        stem.first = prefix.map_or_else(|| stem.region(0), |prefix| prefix.len());
        stem.second = stem.region(stem.first);
        stem
    }

    /// Where the stretch after the first consonant that follows a vowel begins, from `start` on.
    fn region(&self, start: usize) -> usize {
        let pair = |at: &usize| is_vowel(self.letters[at - 1]) && !is_vowel(self.letters[*at]);
        (start + 1..self.length).find(pair).map_or(self.length, |at| at + 1)
    }

    fn word(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    fn ends(&self, ending: &[u8]) -> bool {
        self.word().ends_with(ending)
    }

    fn has_vowel(&self, end: usize) -> bool {
        self.letters[..end].iter().any(|letter| is_vowel(*letter))
    }

    /// Replaces what stands from `at` on.
    fn replace(&mut self, at: usize, ending: &[u8]) {
        self.letters[at..at + ending.len()].copy_from_slice(ending);
        self.length = at + ending.len();
    }

    /// Whether the word up to `end` ends in a short syllable.
    fn ends_short(&self, end: usize) -> bool {
        let letters = &self.letters[..end];
        match *letters {
            [.., before, vowel, after] if !is_vowel(before) && is_vowel(vowel) => {
                !is_vowel(after) && !matches!(after, b'w' | b'x' | b'Y')
            }
            [vowel, after] => is_vowel(vowel) && !is_vowel(after),
            _ => false,
        }
    }

    fn drop_possessive(&mut self) {
        for ending in [b"'s'".as_slice(), b"'s", b"'"] {
            if self.ends(ending) {
                self.length -= ending.len();
                break;
            }
        }
    }

    fn step_1a(&mut self) {
        let length = self.length;
        if self.ends(b"sses") {
            self.length -= 2;
        } else if self.ends(b"ied") || self.ends(b"ies") {
            self.length -= if length > 4 { 2 } else { 1 };
        } else if self.ends(b"us") || self.ends(b"ss") || !self.ends(b"s") {
        } else if length >= 2 && self.has_vowel(length - 2) {
            self.length -= 1;
        }
    }

    fn step_1b(&mut self) {
        for ending in [b"eedly".as_slice(), b"eed"] {
            if self.ends(ending) {
                let at = self.length - ending.len();
                if at >= self.first {
                    self.replace(at, b"ee");
                }
                return;
            }
        }
        let endings = [b"ingly".as_slice(), b"edly", b"ing", b"ed"];
        let Some(ending) = endings.into_iter().find(|ending| self.ends(ending)) else { return };
        let at = self.length - ending.len();
        if !self.has_vowel(at) {
            return;
        }
        self.length = at;
        match *self.word() {
            [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z'] => self.replace(at, b"e"),
            [.., one, two]
                if one == two && matches!(one, b'b' | b'd' | b'f' | b'g' | b'm' | b'n' | b'p' | b'r' | b't') =>
            {
                self.length -= 1;
            }
            _ if at == self.first && self.ends_short(at) => self.replace(at, b"e"),
            _ => {}
        }
    }

    fn step_1c(&mut self) {
        if let [_, .., before, b'y' | b'Y'] = *self.word()
            && !is_vowel(before)
        {
            self.replace(self.length - 1, b"i");
        }
    }

    fn step_2(&mut self) {
        if let Some((ending, new)) = STEP_2.iter().find(|(ending, _)| self.ends(ending)) {
            let at = self.length - ending.len();
            if at >= self.first {
                self.replace(at, new);
            }
        } else if let [.., before, b'o', b'g', b'i'] = *self.word() {
            if self.length - 3 >= self.first && before == b'l' {
                self.length -= 1;
            }
        } else if let [.., before, b'l', b'i'] = *self.word()
            && self.length - 2 >= self.first
            && matches!(before, b'c' | b'd' | b'e' | b'g' | b'h' | b'k' | b'm' | b'n' | b'r' | b't')
        {
            self.length -= 2;
        }
    }

    fn step_3(&mut self) {
        if let Some((ending, new)) = STEP_3.iter().find(|(ending, _)| self.ends(ending)) {
            let at = self.length - ending.len();
            if at >= self.first {
                self.replace(at, new);
            }
        } else if self.ends(b"ative") && self.length - 5 >= self.second {
            self.length -= 5;
        }
    }

    fn step_4(&mut self) {
        if let Some(ending) = STEP_4.iter().find(|ending| self.ends(ending)) {
            let at = self.length - ending.len();
            if at >= self.second {
                self.length = at;
            }
        } else if self.ends(b"ion") {
            let at = self.length - 3;
            if at >= self.second && at > 0 && matches!(self.letters[at - 1], b's' | b't') {
                self.length = at;
            }
        }
    }

    fn step_5(&mut self) {
        let Some(at) = self.length.checked_sub(1) else { return };
        match self.letters[at] {
            b'e' if at >= self.second || (at >= self.first && !self.ends_short(at)) => self.length = at,
            b'l' if at >= self.second && at > 0 && self.letters[at - 1] == b'l' => self.length = at,
            _ => {}
        }
    }
}
