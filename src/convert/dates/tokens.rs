//! A text as numbers, words and signs.

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
            let letters = length(char::is_alphabetic);
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
