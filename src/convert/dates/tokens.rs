//! A text as numbers, words and signs.

use std::borrow::Cow;

/// The zeros of other scripts' figures that dates are written in, each followed by one to nine: Arabic, Persian and Urdu,
/// Hindi and Marathi, Bengali, Thai, and those of full width.
const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];

/// A piece of a text; white space is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// ASCII digits.
    Number {
        /// 0 where it has more than nine digits, which no part of a date has.
        value: u32,
        /// How many digits, with leading zeros; at most 255.
        digits: u8,
    },
    /// Letters.
    Word(&'a str),
    /// Anything else.
    Sign(char),
}

/// A text with the figures of other scripts as ASCII ones; `None` if it has no figures.
pub(super) fn with_figures(text: &str) -> Option<Cow<'_, str>> {
    let figure =
        |c: char| ZEROS.iter().find_map(|zero| char::from_digit(u32::from(c).checked_sub(u32::from(*zero))?, 10));
    if text.is_ascii() || !text.chars().any(|c| figure(c).is_some()) {
        return text.bytes().any(|byte| byte.is_ascii_digit()).then_some(Cow::Borrowed(text));
    }
    Some(text.chars().map(|c| figure(c).unwrap_or(c)).collect())
}

/// Whether a character is part of a word: a letter, or a sign that some scripts write on or between letters.
fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{200c}' | '\u{200d}')
}

/// All of a text's tokens, in one pass.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(24);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let used = if first.is_ascii_digit() {
            let digits = length(|c| c.is_ascii_digit());
            tokens.push(Token::Number {
                value: if digits > 9 { 0 } else { rest[..digits].parse().unwrap_or(0) },
                digits: u8::try_from(digits).unwrap_or(u8::MAX),
            });
            digits
        } else if first.is_alphabetic() {
            let letters = length(is_of_word);
            tokens.push(Token::Word(&rest[..letters]));
            letters
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            first.len_utf8()
        };
        rest = &rest[used..];
    }
    tokens
}
