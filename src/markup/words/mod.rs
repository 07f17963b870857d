//! Words of a text for matching: which stretches of it are words, and the number of each word's stem.
//!
//! A *term* is the number of a stem: a hash, so that no table of words is needed, and the same in every archive. Words
//! are folded to lower case, stemmed by Snowball where it knows the language, and dropped where they are stop words or
//! mere numbers. Scripts written without spaces are read as pairs of neighbouring characters.

mod ascii;
mod english;
mod language;
mod memo;
mod prose;
mod stop;
#[cfg(test)]
mod tests;

pub use language::Language;
pub use prose::pieces;

use memo::{Folded, LONGEST_KEY, Memo, fold};

/// The number of a stem: the upper 28 bits of its XXH3 hash and never 0, so that it fits in a word with a small weight.
pub type Term = u32;

/// Longest word in bytes; what is longer is data, not language.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it stands in the text, without a possessive `'s`.
    pub surface: &'t str,
    /// The number of its stem.
    pub term: Term,
    /// How it is written.
    pub case: Case,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Without a capital.
    Lower,
    /// With a capital where any word would have one.
    Start,
    /// With a capital inside a sentence, or as an acronym: likely a name.
    Name,
}

/// Reads words of texts in one language, one text after the other. Cheap to make.
pub struct Reader {
    language: Language,
    memo: Option<Memo>,
    /// Whether the next word begins a sentence.
    start: bool,
    folded: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Wide,
    Stop,
    Line,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            b'.' | b'!' | b'?' | b':' => Class::Stop,
            b'\n' => Class::Line,
            0x80.. => Class::Wide,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(memo) = self.memo.take() {
            memo.put_back();
        }
    }
}

impl Reader {
    /// A reader for texts in `language`.
    pub fn new(language: Language) -> Self {
        Self { language, memo: Some(Memo::take()), start: true, folded: String::new() }
    }

    /// Hands every word of a plain text to `found`, in order, but for stop words and numbers.
    pub fn read<'t>(&mut self, text: &'t str, found: &mut impl FnMut(Word<'t>)) {
        self.start = true;
        self.go_on(text, found);
    }

    /// As [`Reader::read`] for a Markdown text, without the addresses in it.
    pub fn read_markdown<'t>(&mut self, text: &'t str, found: &mut impl FnMut(Word<'t>)) {
        self.start = true;
        for piece in pieces(text) {
            self.go_on(piece, found);
        }
    }

    fn go_on<'t>(&mut self, text: &'t str, found: &mut impl FnMut(Word<'t>)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at = match CLASSES[usize::from(byte)] {
                Class::Word => self.ascii_word(text, at, found),
                Class::Wide => self.wide(text, at, found),
                Class::Stop => {
                    self.start = true;
                    at + 1
                }
                Class::Line => {
                    self.start |= bytes.get(at + 1) == Some(&b'\n');
                    at + 1
                }
                Class::Other => at + 1,
            };
        }
    }

    /// Reads the word at `start`, which begins with an ASCII letter or digit; returns where it ends.
    fn ascii_word<'t>(&mut self, text: &'t str, start: usize, found: &mut impl FnMut(Word<'t>)) -> usize {
        match ascii::plain(&text.as_bytes()[start..]) {
            Some(word) => {
                let end = start + word.length;
                self.known_word(text, [start, end, end], word.folded, word.letters, found)
            }
            None => self.joined_word(text, start, found),
        }
    }

    /// As [`Reader::ascii_word`] for words that may go on with an apostrophe or with other letters.
    fn joined_word<'t>(&mut self, text: &'t str, start: usize, found: &mut impl FnMut(Word<'t>)) -> usize {
        let bytes = text.as_bytes();
        let mut key = [0; LONGEST_KEY];
        let mut letters = false;
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            match CLASSES[usize::from(byte)] {
                Class::Word => {}
                Class::Wide if wide_word_char(text, end) => return self.any_word(text, start, found),
                _ if byte == b'\'' && self.joins(bytes.get(end + 1)) => {}
                _ => break,
            }
            if let Some(slot) = key.get_mut(end - start) {
                *slot = byte.to_ascii_lowercase();
            }
            letters |= byte.is_ascii_alphabetic();
            end += 1;
        }
        let length = end - start;
        if length > LONGEST_KEY {
            return self.any_word(text, start, found);
        }
        let folded = &key[..length];
        let folded = folded.strip_suffix(b"'s").unwrap_or(folded);
        self.known_word(text, [start, start + folded.len(), end], fold(folded), letters, found)
    }

    /// Hands over a word from its start to its end, and returns where to read on: at `past`, or behind its stop.
    fn known_word<'t>(
        &mut self,
        text: &'t str,
        [start, end, past]: [usize; 3],
        folded: Folded,
        letters: bool,
        found: &mut impl FnMut(Word<'t>),
    ) -> usize {
        let surface = &text[start..end];
        if letters
            && surface.len() > 1
            && let Some(term) = self.memo.as_mut().and_then(|memo| memo.term(folded, self.language))
        {
            found(Word { surface, term, case: self.case(surface) });
        }
        self.start = false;
        // `Mr.` and `St.` end no sentence.
        let abbreviated = surface.len() <= 3 && surface.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        if abbreviated && text.as_bytes().get(past) == Some(&b'.') { past + 1 } else { past }
    }

    /// Whether an apostrophe before `next` is part of a word.
    fn joins(&self, next: Option<&u8>) -> bool {
        !self.language.elides() && next.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
    }

    /// Reads what begins with a character outside ASCII; returns where it ends.
    fn wide<'t>(&mut self, text: &'t str, start: usize, found: &mut impl FnMut(Word<'t>)) -> usize {
        let Some(first) = text[start..].chars().next() else { return text.len() };
        if spaceless(first) {
            return self.pairs(text, start, found);
        }
        if first.is_alphanumeric() {
            return self.any_word(text, start, found);
        }
        self.start |= matches!(first, '。' | '！' | '？' | '…');
        start + first.len_utf8()
    }

    /// As [`Reader::ascii_word`] for words with other letters, and long ones.
    fn any_word<'t>(&mut self, text: &'t str, start: usize, found: &mut impl FnMut(Word<'t>)) -> usize {
        self.folded.clear();
        let mut end = start;
        let mut letters = false;
        let mut characters = text[start..].chars().peekable();
        while let Some(c) = characters.next() {
            let apostrophe = matches!(c, '\'' | '’' | 'ʼ');
            let inside = if apostrophe {
                !self.language.elides() && characters.peek().is_some_and(|next| next.is_alphabetic())
            } else {
                word_char(c) && !spaceless(c)
            };
            if !inside {
                break;
            }
            end += c.len_utf8();
            letters |= c.is_alphabetic();
            if apostrophe {
                self.folded.push('\'');
            } else if c != '\u{ad}' && self.folded.len() <= LONGEST {
                self.folded.extend(c.to_lowercase());
            }
        }
        let mut surface = &text[start..end];
        if let Some(owner) = self.folded.strip_suffix("'s") {
            self.folded.truncate(owner.len());
            surface = &surface[..surface.len() - surface.chars().rev().take(2).map(char::len_utf8).sum::<usize>()];
        }
        if letters && self.folded.len() > 1 && self.folded.len() <= LONGEST && end - start <= 2 * LONGEST {
            let folded = self.folded.as_bytes();
            let term = match &mut self.memo {
                Some(memo) if folded.len() <= LONGEST_KEY => memo.term(fold(folded), self.language),
                _ => memo::term(&self.folded, self.language),
            };
            if let Some(term) = term {
                found(Word { surface, term, case: self.case(surface) });
            }
        }
        self.start = false;
        end
    }

    /// Reads a stretch of a script without spaces as pairs of neighbours; returns where it ends.
    fn pairs<'t>(&mut self, text: &'t str, start: usize, found: &mut impl FnMut(Word<'t>)) -> usize {
        let mut previous: Option<(usize, char)> = None;
        let mut end = start;
        let mut single = true;
        let mut emit = |from: usize, to: usize| {
            let surface = &text[from..to];
            found(Word { surface, term: memo::number(surface.as_bytes()), case: Case::Lower });
        };
        for c in text[start..].chars().take_while(|c| spaceless(*c)) {
            if let Some((from, before)) = previous {
                single = false;
                // Two hiragana are an ending or a particle, hardly ever a word that a story is about.
                if !(hiragana(before) && hiragana(c)) {
                    emit(from, end + c.len_utf8());
                }
            }
            previous = Some((end, c));
            end += c.len_utf8();
        }
        if single && !previous.is_some_and(|(_, c)| hiragana(c)) {
            emit(start, end);
        }
        self.start = false;
        end
    }

    fn case(&self, surface: &str) -> Case {
        let (upper, next) = match *surface.as_bytes() {
            [first, second, ..] if first.is_ascii() && second.is_ascii() => {
                (first.is_ascii_uppercase(), second.is_ascii_uppercase())
            }
            _ => {
                let mut characters = surface.chars();
                let (first, second) = (characters.next(), characters.next());
                (second.is_some() && first.is_some_and(char::is_uppercase), second.is_some_and(char::is_uppercase))
            }
        };
        match (upper, next) {
            (false, _) => Case::Lower,
            (true, false) if self.start => Case::Start,
            (true, _) => Case::Name,
        }
    }
}

fn wide_word_char(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    match rest.next() {
        Some('’' | 'ʼ') => rest.next().is_some_and(char::is_alphabetic),
        Some(c) => word_char(c) && !spaceless(c),
        None => false,
    }
}

/// Letters, digits, and the marks that stand within a word: accents, viramas, joiners, the soft hyphen.
fn word_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
        || matches!(u32::from(c), 0x94d | 0x9cd | 0xa4d | 0xacd | 0xb4d | 0xbcd | 0xc4d | 0xccd | 0xd4d)
}

/// Letters of scripts that are written without spaces, and Hangul, whose particles are glued to the words.
fn spaceless(c: char) -> bool {
    matches!(u32::from(c),
        0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3005..=0x3007 | 0x3040..=0x30ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
        && c.is_alphanumeric()
}

fn hiragana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}')
}

/// The words of `text` (plain or Markdown) for the terms `wanted`, in that order; an empty text for
/// a term without a word in it. Of the forms of a word the most frequent is taken, where a name counts more and a sentence's first word less;
/// among equals the first to appear.
pub fn surfaces(text: &str, wanted: &[Term], language: Language) -> Vec<String> {
    let mut forms: Vec<Vec<(&str, u32)>> = vec![Vec::new(); wanted.len()];
    // One bit for each value of a term's lower bits: hardly a word that is not wanted gets past it.
    let mut sieve = [0_u64; 16];
    let bit = |term: Term| (term as usize / 64 % 16, 1 << (term % 64));
    for (part, bit) in wanted.iter().map(|term| bit(*term)) {
        sieve[part] |= bit;
    }
    Reader::new(language).read_markdown(text, &mut |word| {
        let (part, bit) = bit(word.term);
        if sieve[part] & bit == 0 {
            return;
        }
        let worth = match word.case {
            Case::Name => 3,
            Case::Lower => 2,
            Case::Start => 1,
        };
        for (_, forms) in wanted.iter().zip(&mut forms).filter(|(term, _)| **term == word.term) {
            match forms.iter().position(|form| form.0 == word.surface) {
                Some(known) => forms[known].1 += worth,
                // A stem has few forms; a text made to have many must not cost time.
                None if forms.len() < 16 => forms.push((word.surface, worth)),
                None => {}
            }
        }
    });
    let best = |forms: &Vec<(&str, u32)>| forms.iter().rev().max_by_key(|form| form.1).map(|form| form.0.to_owned());
    forms.iter().map(|forms| best(forms).unwrap_or_default()).collect()
}
