//! Dates as papers print them, in the languages of Europe and a few others: `Wednesday, 19 July, 2000, 11:45 GMT 12:45 UK`.
//!
//! Where a line has several clocks, the first one counts. A clock without a zone is taken as UTC, as everywhere in
//! backfile. Dates that could be read in two ways, as 3/4/1999, are not read at all.

mod clock;
mod names;
mod tokens;

use crate::date::ArticleDate;
use clock::Clock;
use jiff::civil;
use names::{is_filler, is_ordinal, is_weekday, month};
use tokens::{Token, tokens, with_figures};

/// Longest line that is looked at as a date line, in bytes.
const LONGEST_LINE: usize = 200;
/// Most tokens between a date and its clock.
const NEAR: usize = 12;

/// A date that no calendar has, as 31 February.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

/// Reads a line that is a date and nothing else but weekday, clocks and words such as "Last updated at"; `None` for
/// any other line.
///
/// # Errors
/// The line is a date line, but no calendar has the date.
pub fn line(text: &str) -> Option<Result<ArticleDate, Impossible>> {
    let text = with_figures(text).filter(|text| text.len() <= LONGEST_LINE)?;
    let tokens = tokens(&text);
    let (mut core, mut first_clock) = (None, None);
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((found, used)) = Core::read(rest).filter(|_| core.is_none()) {
            core = Some(found);
            at += used;
        } else if let Some((clock, used)) = Clock::read(rest) {
            first_clock = first_clock.or(Some(clock));
            at += used;
        } else if is_filling(&rest[0]) {
            at += 1;
        } else {
            return None;
        }
    }
    Some(core?.with(first_clock).ok_or(Impossible))
}

/// Reads a line that is a date and nothing else, as [`line()`] does.
pub fn parse(text: &str) -> Option<ArticleDate> {
    line(text)?.ok()
}

/// The first date in a text, known to the day at least, with the clock next to it.
pub fn find(text: &str) -> Option<ArticleDate> {
    let text = with_figures(text)?;
    let tokens = tokens(&text);
    (0..tokens.len()).find_map(|at| {
        let (core, used) = Core::read(&tokens[at..]).filter(|(core, _)| core.day > 0)?;
        let clock = clock_before(&tokens[..at]).or_else(|| clock_after(&tokens[at + used..]));
        core.with(clock)
    })
}

/// The first date in a text that is written as 3/4/1999 or 3-4-1999, with the day or the month first as told.
pub fn numeric(text: &str, day_first: bool) -> Option<ArticleDate> {
    let text = with_figures(text)?;
    let tokens = tokens(&text);
    tokens.windows(5).find_map(|window| {
        let [
            Token::Number { value: first, digits: 1 | 2 },
            Token::Sign('/' | '-'),
            Token::Number { value: second, digits: 1 | 2 },
            Token::Sign('/' | '-'),
            Token::Number { value: year, digits: 4 },
        ] = *window
        else {
            return None;
        };
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        Core::of(year, month, day)?.with(None)
    })
}

/// Reads the dates of "see also" lists, `18 Jul 00`. A year of two digits is the latest one that is not after the year
/// of `not_after`, the article's own date; without that, one of 1970 to 2069.
pub fn short(text: &str, not_after: Option<ArticleDate>) -> Option<ArticleDate> {
    let text = text.trim();
    if text.len() > 24 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(text);
    if let Some((core, used)) = Core::read(&tokens) {
        return (used == tokens.len()).then(|| core.with(None)).flatten();
    }
    let (&Token::Number { value: year, digits: 2 }, rest) = tokens.split_last()? else { return None };
    let latest = not_after.map_or(2069, |date| date.as_written().year);
    let year = latest - (latest - year as i16).rem_euclid(100);
    let mut whole = rest.to_vec();
    whole.push(Token::Number { value: u32::from(year.unsigned_abs()), digits: 4 });
    let (core, used) = Core::read(&whole)?;
    (used == whole.len() && core.day > 0).then(|| core.with(None)).flatten()
}

/// Whether a word is one of dates: a month, a day of the week, or one that stands beside them.
pub fn is_word(word: &str) -> bool {
    month(word).is_some() || is_weekday(word) || is_filler(word)
}

/// Whether a token says nothing about the date that its numbers do not say.
fn is_filling(token: &Token<'_>) -> bool {
    match token {
        Token::Word(word) => is_weekday(word) || is_filler(word),
        Token::Sign(sign) => {
            matches!(sign, ',' | '،' | ':' | '.' | '|' | '-' | '–' | '—' | '(' | ')' | '[' | ']' | '/' | '·')
        }
        Token::Number { .. } => false,
    }
}

fn clock_after(tokens: &[Token<'_>]) -> Option<Clock> {
    let start = tokens.iter().take(NEAR).take_while(|token| is_filling(token)).count();
    Clock::read(tokens.get(start..)?).map(|(clock, _)| clock)
}

fn clock_before(tokens: &[Token<'_>]) -> Option<Clock> {
    let near = &tokens[tokens.len().saturating_sub(NEAR)..];
    (0..near.len()).find_map(|at| {
        let (clock, used) = Clock::read(&near[at..])?;
        near[at + used..].iter().all(is_filling).then_some(clock)
    })
}

/// Year, month and day as stated; the day is 0 where only the month is.
#[derive(Clone, Copy, Debug)]
struct Core {
    year: i16,
    month: i8,
    day: i8,
}

impl Core {
    /// Reads a date at the start of `tokens`; returns how many it takes.
    fn read(tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        match *tokens.first()? {
            Token::Number { value, digits: 4 } => {
                Self::year_first(value, tokens).or_else(|| Self::year_and_name(value, tokens))
            }
            Token::Number { value, digits: 1 | 2 } => {
                Self::numeric(value, tokens).or_else(|| Self::day_first(value, tokens))
            }
            Token::Word(word) => Self::month_first(month(word)?, tokens),
            _ => None,
        }
    }

    /// `1999年3月3日`, `1999년 3월 3일`, `1999. március 3.`
    fn year_and_name(year: u32, tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        if let [
            _,
            Token::Word("年" | "년"),
            Token::Number { value: month, digits: 1 | 2 },
            Token::Word("月" | "월"),
            Token::Number { value: day, digits: 1 | 2 },
            Token::Word(last),
            ..,
        ] = *tokens
        {
            return last.starts_with(['日', '일']).then(|| Some((Self::of(year, month, day)?, 6))).flatten();
        }
        let at = 1 + joints(tokens.get(1..)?);
        let Token::Word(word) = *tokens.get(at)? else { return None };
        let month = u32::from(month(word)?);
        let at = at + 1 + joints(tokens.get(at + 1..)?);
        let Token::Number { value: day, digits: 1 | 2 } = *tokens.get(at)? else { return None };
        Some((Self::of(year, month, day)?, at + 1))
    }

    /// `1999-03-03`, `1999/03/03`, `1999.03.03`
    fn year_first(year: u32, tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        let [
            _,
            Token::Sign(one),
            Token::Number { value: month, digits: 1 | 2 },
            Token::Sign(two),
            Token::Number { value: day, digits: 1 | 2 },
            ..,
        ] = *tokens
        else {
            return None;
        };
        let separated = one == two && matches!(one, '-' | '/' | '.');
        separated.then(|| Some((Self::of(year, month, day)?, 5))).flatten()
    }

    /// `25/12/1999`, `12/25/1999` and, as dots are a German habit that puts the day first, `3.4.1999`.
    fn numeric(first: u32, tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        let [
            _,
            Token::Sign(one),
            Token::Number { value: second, digits: 1 | 2 },
            Token::Sign(two),
            Token::Number { value: year, digits: 4 },
            ..,
        ] = *tokens
        else {
            return None;
        };
        let (day, month) = match (one, two) {
            ('.', '.') => (first, second),
            ('/', '/') | ('-', '-') if second > 12 => (second, first),
            ('/', '/') | ('-', '-') if first > 12 || first == second => (first, second),
            _ => return None,
        };
        Some((Self::of(year, month, day)?, 5))
    }

    /// `19 July, 2000`, `3rd of March 1999`, `19-Jul-2000`, `3. März 1999`, `1er mars 1999`, `3 de marzo de 1999`
    fn day_first(day: u32, tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        let at = 1 + joints(tokens.get(1..)?);
        let Token::Word(word) = *tokens.get(at)? else { return None };
        let month = month(word)?;
        let at = at + 1 + joints(tokens.get(at + 1..)?);
        let Token::Number { value: year, digits: 4 } = *tokens.get(at)? else { return None };
        Some((Self::of(year, u32::from(month), day)?, at + 1))
    }

    /// `January 23, 1998`, `March 3rd 1999`, `March 1999`
    fn month_first(month: u8, tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        let at = 1 + joints(tokens.get(1..)?);
        let month = u32::from(month);
        match *tokens.get(at)? {
            Token::Number { value: year, digits: 4 } => Some((Self::of(year, month, 0)?, at + 1)),
            Token::Number { value: day, digits: 1 | 2 } => {
                let at = at + 1 + joints(tokens.get(at + 1..)?);
                let Token::Number { value: year, digits: 4 } = *tokens.get(at)? else { return None };
                Some((Self::of(year, month, day)?, at + 1))
            }
            _ => None,
        }
    }

    /// Years of newspapers; other numbers of four digits are something else.
    fn of(year: u32, month: u32, day: u32) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|year| (1500..2200).contains(year))?;
        Some(Self { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? })
    }

    /// The date, as exactly as it is known; `None` where no calendar has it.
    fn with(self, clock: Option<Clock>) -> Option<ArticleDate> {
        if self.day == 0 {
            return ArticleDate::month(self.year, self.month);
        }
        let date = civil::Date::new(self.year, self.month, self.day).ok()?;
        Some(clock.and_then(|clock| clock.on(date)).unwrap_or_else(|| ArticleDate::day(date)))
    }
}

/// How many tokens only join day, month and year: commas, dots, hyphens, `of`, `de`, `th`.
fn joints(tokens: &[Token<'_>]) -> usize {
    let joins = |token: &&Token<'_>| match token {
        Token::Word(word) => is_ordinal(word) || matches!(*word, "of" | "de" | "del" | "di" | "do"),
        Token::Sign(sign) => matches!(sign, ',' | '،' | '.' | '-' | '°'),
        Token::Number { .. } => false,
    };
    tokens.iter().take(3).take_while(joins).count()
}

#[cfg(test)]
mod tests;
