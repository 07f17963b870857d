//! When the article was published and last changed, out of what the page states and shows.

use super::candidate::{Candidate, Candidates, Field};
use super::fates::Fates;
use crate::convert::dates;
use crate::date::{ArticleDate, Precision};
use crate::markup::address::{split_origin, unwrap_archived};

/// How much earlier a shown date must be than the stated one to be the first; seconds.
const EARLIER: i64 = 20 * 24 * 3600;

/// The dates of an article.
#[derive(Debug, Default)]
pub(super) struct When {
    pub(super) published: Option<ArticleDate>,
    pub(super) updated: Option<ArticleDate>,
    /// Where the page states a date that cannot be read, and no other: what it states, and where.
    pub(super) unreadable: Option<(String, &'static str)>,
}

/// A statement that could be read.
type Dated<'c> = (ArticleDate, &'c Candidate);

/// Chooses the dates. A page that tells only when it was changed last is dated by that.
pub(super) fn choose(candidates: &Candidates, language: &str, fates: &mut Fates) -> When {
    let day_first = day_first(candidates, language);
    let (published, unreadable) = read_all(candidates, Field::Published, day_first);
    let (modified, _) = read_all(candidates, Field::Modified, day_first);
    let updated = first(&modified);
    let date = first_shown(&published, updated).or_else(|| first(&published)).or_else(|| of_address(candidates, fates));
    account(candidates, &published, date.or(updated), updated, fates);
    let Some(date) = date else {
        let unreadable = unreadable.filter(|_| updated.is_none());
        let unreadable = unreadable.map(|stated| (stated.value.clone(), stated.from));
        return When { published: updated, updated: None, unreadable };
    };
    When { published: Some(date), updated: updated.filter(|updated| is_later(date, *updated)), unreadable: None }
}

/// The most trusted statement about `field` alone, as of when a page was saved.
pub(super) fn of(candidates: &Candidates, field: Field) -> Option<ArticleDate> {
    first(&read_all(candidates, field, None).0)
}

/// All statements that can be read, the most trusted first; and the most trusted that cannot.
fn read_all(candidates: &Candidates, field: Field, day_first: Option<bool>) -> (Vec<Dated<'_>>, Option<&Candidate>) {
    let stated = candidates.of(field);
    let mut read: Vec<Dated<'_>> =
        stated.iter().filter_map(|stated| Some((self::read(&stated.value)?, *stated))).collect();
    let unread = || stated.iter().filter(|stated| read.iter().all(|(_, other)| !std::ptr::eq(*other, **stated)));
    // A date such as 3/4/1999 is the one that another statement bears out, or the page's language suggests.
    let ambiguous: Vec<Dated<'_>> = unread()
        .filter_map(|stated| {
            let readings = [true, false].map(|day_first| dates::numeric(&stated.value, day_first));
            let borne_out =
                || readings.iter().flatten().find(|date| read.iter().any(|(other, _)| is_same_day(*other, **date)));
            // Hyphens are no habit of those who put the month first.
            let day_first = day_first.or(stated.value.contains('-').then_some(true));
            let by_language = || readings.get(usize::from(!day_first?)).copied().flatten();
            Some((borne_out().copied().or_else(by_language)?, *stated))
        })
        .collect();
    read.extend(ambiguous);
    read.sort_by_key(|(_, stated)| std::cmp::Reverse(stated.trust));
    // `Yesterday` and the like are for the day's readers.
    let numbered = || stated.iter().copied().find(|stated| stated.value.contains(|c: char| c.is_ascii_digit()));
    let unreadable = if read.is_empty() { numbered() } else { None };
    (read, unreadable)
}

/// Whether numbers are written with the day first: by the language, or by the country of the site.
fn day_first(candidates: &Candidates, language: &str) -> Option<bool> {
    let (tongue, region) = language.split_once('-').unwrap_or((language, ""));
    let host = candidates.best(Field::Canonical).map_or("", |url| split_origin(&url.value).0);
    let country = host.rsplit('.').next().unwrap_or_default();
    match (tongue, region.to_ascii_uppercase().as_str()) {
        ("" | "en", _) if matches!(country, "uk" | "au" | "nz" | "ie" | "in" | "za" | "sg") => Some(true),
        ("en", "US") => Some(false),
        ("en", "") if matches!(country, "com" | "org" | "net" | "edu" | "gov" | "us") => Some(false),
        ("", _) | ("en", "") => None,
        _ => Some(true),
    }
}

/// The most trusted date; with the clock, and then the zone, that others add to it.
fn first(read: &[Dated<'_>]) -> Option<ArticleDate> {
    let (date, _) = *read.first()?;
    let all = || read.iter().map(|(date, _)| *date);
    let is_exact = |date: &ArticleDate| date.precision() == Precision::Time;
    if !is_exact(&date) {
        return Some(all().find(|other| is_exact(other) && is_same_day(*other, date)).unwrap_or(date));
    }
    let is_utc = |date: ArticleDate| date.rfc3339().ends_with('Z');
    let local = || all().find(|other| is_exact(other) && other.seconds() == date.seconds() && !is_utc(*other));
    Some(if is_utc(date) { local().unwrap_or(date) } else { date })
}

/// What the page shows as date of publishing, where that is much earlier than what it states: publishing systems state
/// the day a story was moved to them, or changed.
fn first_shown(published: &[Dated<'_>], updated: Option<ArticleDate>) -> Option<ArticleDate> {
    let (stated, by) = *published.first()?;
    let says_so = |from: &str| matches!(from, "time published" | "first published");
    let is_shown = |from: &str| says_so(from) || matches!(from, "class date" | "date line");
    if is_shown(by.from) {
        return None;
    }
    // A page that shows the stated day, too, means it.
    if published
        .iter()
        .any(|(date, shown)| (is_shown(shown.from) || shown.from == "time") && is_same_day(*date, stated))
    {
        return None;
    }
    let doubtful = updated.is_some_and(|updated| is_same_day(updated, stated));
    let is_first = |(date, shown): &&Dated<'_>| {
        (says_so(shown.from) || (doubtful && is_shown(shown.from))) && date.seconds() + EARLIER < stated.seconds()
    };
    let shown = published.iter().find(is_first);
    shown.map(|(date, _)| *date)
}

/// The date in the page's address, as `/2004/05/03/`.
fn of_address(candidates: &Candidates, fates: &mut Fates) -> Option<ArticleDate> {
    let dated = candidates.of(Field::Canonical).into_iter().find_map(|url| {
        let (_, path) = split_origin(unwrap_archived(&url.value).unwrap_or(&url.value));
        let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
        let number = |part: &str, length: usize| (part.len() == length).then(|| part.parse::<u16>().ok()).flatten();
        parts.windows(3).find_map(|window| {
            let [year, month, day] = *window else { return None };
            number(year, 4).filter(|year| (1990..2100).contains(year))?;
            number(month, 2).and(number(day, 2))?;
            format!("{year}-{month}-{day}").parse().ok()
        })
    });
    if let Some(date) = dated {
        fates.took(Field::Published, "the address", &ArticleDate::to_string(&date));
    }
    dated
}

fn is_same_day(a: ArticleDate, b: ArticleDate) -> bool {
    a.as_written() == b.as_written()
}

fn is_later(date: ArticleDate, updated: ArticleDate) -> bool {
    updated.seconds() > date.seconds() && !(updated.precision() != Precision::Time && is_same_day(date, updated))
}

/// Reads a date as machines write it, or else as papers print it. The first moment of computer time is no date.
fn read(text: &str) -> Option<ArticleDate> {
    let date =
        text.parse().ok().or_else(|| compact(text)).or_else(|| dates::parse(text)).or_else(|| dates::find(text))?;
    (!date.to_string().starts_with("1970-01-01") && !date.to_string().starts_with("0001")).then_some(date)
}

/// `20000619` and `20000619T104600Z`.
fn compact(text: &str) -> Option<ArticleDate> {
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let clock = text.get(8..).unwrap_or_default().trim_start_matches('T');
    if clock.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('T') {
        return None;
    }
    format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]).parse().ok()
}

/// Notes what became of the dates.
fn account(
    candidates: &Candidates,
    published: &[Dated<'_>],
    date: Option<ArticleDate>,
    updated: Option<ArticleDate>,
    fates: &mut Fates,
) {
    if !fates.are_asked() {
        return;
    }
    for (field, chosen) in [(Field::Published, date), (Field::Modified, updated)] {
        let mut winner = "";
        for stated in candidates.of(field) {
            let read = published.iter().find(|(_, other)| std::ptr::eq(*other, stated)).map(|(date, _)| *date);
            match (read.or_else(|| self::read(&stated.value)), chosen) {
                (None, _) => fates.leave(stated, "it cannot be read as a date"),
                (Some(read), Some(chosen)) if is_same_day(read, chosen) && winner.is_empty() => {
                    winner = stated.from;
                    fates.took(field, stated.from, &stated.value);
                }
                (Some(read), Some(chosen)) if is_same_day(read, chosen) => {
                    fates.leave(stated, &format!("it says the same as {winner}"));
                }
                (Some(read), Some(chosen)) if read.seconds() > chosen.seconds() && winner.is_empty() => {
                    fates.leave(stated, "the page shows an earlier date");
                }
                _ => fates.leave(stated, &format!("it is trusted less than {winner}")),
            }
        }
    }
}
