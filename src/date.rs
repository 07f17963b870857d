//! The dates of articles: an instant or a calendar date, known to the second or only to the year.

use crate::pack::{Pack, packed};
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use std::fmt;
use std::str::FromStr;

/// How exactly a date is known; written back just as exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// `2000`
    Year,
    /// `2000-06`
    Month,
    /// `2000-06-09`
    Day,
    /// `2000-06-09T10:46:00Z`
    Time,
}

/// When an article was published, as exactly as its source states it.
///
/// A date with a time is an instant with the UTC offset it was written with; one without is a calendar date that
/// means the same day everywhere. Text form: RFC 3339 (`2000-06-09T10:46:00Z`), `2000-06-09`, `2000-06` or `2000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArticleDate {
    /// Local civil time as written; unknown parts are at their least value.
    civil: civil::DateTime,
    /// Minutes east of UTC as written; 0 without a time.
    offset: i16,
    /// `Precision as u8`.
    precision: u8,
}

/// The calendar date of an article in the archive's time zone; 0 stands for a month or day that is not known.
///
/// Ordered by the calendar, with an unknown part before the known ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate {
    /// Year, from 1 to 9999.
    pub year: i16,
    /// Month from 1 to 12, or 0.
    pub month: u8,
    /// Day from 1 to 31, or 0.
    pub day: u8,
}

impl ArticleDate {
    /// An instant: local civil time and minutes east of UTC.
    pub fn instant(civil: civil::DateTime, offset_minutes: i16) -> Self {
        Self { civil, offset: offset_minutes, precision: Precision::Time as u8 }
    }

    /// A calendar date.
    pub fn day(date: civil::Date) -> Self {
        Self { civil: date.to_datetime(civil::Time::midnight()), offset: 0, precision: Precision::Day as u8 }
    }

    /// A month (from 1 to 12) of a year; `None` where there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let date = civil::Date::new(year, month, 1).ok()?;
        Some(Self { precision: Precision::Month as u8, ..Self::day(date) })
    }

    /// A year; `None` outside what a calendar date can hold.
    pub fn year(year: i16) -> Option<Self> {
        let date = civil::Date::new(year, 1, 1).ok()?;
        Some(Self { precision: Precision::Year as u8, ..Self::day(date) })
    }

    /// How exactly the date is known.
    pub fn precision(&self) -> Precision {
        match self.precision {
            0 => Precision::Year,
            1 => Precision::Month,
            2 => Precision::Day,
            _ => Precision::Time,
        }
    }

    /// The calendar date in `zone`; a date without a time is the same in every zone.
    pub fn calendar(&self, zone: &TimeZone) -> CalendarDate {
        self.known_parts(self.local(zone).date())
    }

    /// The calendar date as it is written, whatever the archive's time zone.
    pub fn as_written(&self) -> CalendarDate {
        self.known_parts(self.civil.date())
    }

    fn known_parts(&self, date: civil::Date) -> CalendarDate {
        let known = self.precision();
        CalendarDate {
            year: date.year(),
            month: if known >= Precision::Month { date.month().unsigned_abs() } else { 0 },
            day: if known >= Precision::Day { date.day().unsigned_abs() } else { 0 },
        }
    }

    /// The civil date and time in `zone`; a date without a time is midnight of the same day in every zone.
    pub fn local(&self, zone: &TimeZone) -> civil::DateTime {
        match (self.precision(), self.timestamp()) {
            (Precision::Time, Some(timestamp)) => zone.to_datetime(timestamp),
            _ => self.civil,
        }
    }

    /// The instant in UTC, or of the first moment of the date in UTC; `None` at the very ends of the calendar.
    pub fn timestamp(&self) -> Option<jiff::Timestamp> {
        Offset::from_seconds(i32::from(self.offset) * 60).ok()?.to_timestamp(self.civil).ok()
    }

    /// Seconds since 1970 in UTC, for ordering and for the clock.
    pub fn seconds(&self) -> i64 {
        self.timestamp().map_or(i64::MIN, jiff::Timestamp::as_second)
    }

    /// Numbers that no other date has.
    pub fn identity(&self) -> [i16; 8] {
        let at = self.civil;
        let parts = [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(i16::from);
        let [month, day, hour, minute, second] = parts;
        [at.year(), month, day, hour, minute, second, self.offset, i16::from(self.precision)]
    }

    /// RFC 3339 with seconds, as feeds and sitemaps want it; midnight UTC where only the day is known.
    pub fn rfc3339(&self) -> String {
        let at = self.civil;
        format!("{}T{:02}:{:02}:{:02}{}", at.date(), at.hour(), at.minute(), at.second(), zone_suffix(self.offset))
    }
}

fn zone_suffix(offset: i16) -> String {
    if offset == 0 {
        return "Z".to_owned();
    }
    let sign = if offset < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", offset.unsigned_abs() / 60, offset.unsigned_abs() % 60)
}

impl Pack for ArticleDate {
    fn pack(&self, to: &mut Vec<u8>) {
        let at = self.civil;
        at.year().pack(to);
        for part in [at.month(), at.day(), at.hour(), at.minute(), at.second()] {
            part.pack(to);
        }
        at.subsec_nanosecond().pack(to);
        self.offset.pack(to);
        self.precision.pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let year = i16::unpack(from)?;
        let [month, day, hour, minute, second] = <[u8; 5]>::unpack(from)?.map(|part| part as i8);
        let nanosecond = i32::unpack(from)?;
        let civil = civil::DateTime::new(year, month, day, hour, minute, second, nanosecond).ok()?;
        Some(Self { civil, offset: i16::unpack(from)?, precision: u8::unpack(from)? })
    }
}

packed!(CalendarDate { year, month, day });

impl fmt::Display for ArticleDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.civil.date();
        match self.precision() {
            Precision::Year => write!(f, "{:04}", date.year()),
            Precision::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Day => write!(f, "{date}"),
            Precision::Time => f.write_str(&self.rfc3339()),
        }
    }
}

/// Why a text is no date; its message says which forms are read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: expected 2000-06-09T10:46:00Z, 2000-06-09, 2000-06 or 2000")]
pub struct NotADate(String);

impl FromStr for ArticleDate {
    type Err = NotADate;

    /// Reads the text form, and the small variations that other generators write: a space for the `T`, no seconds,
    /// `+0100`, and a time without a zone, which is taken as UTC.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        parse(text).ok_or_else(|| NotADate(text.chars().take(40).collect()))
    }
}

fn parse(text: &str) -> Option<ArticleDate> {
    if !text.is_ascii() || text.len() < 4 {
        return None;
    }
    let number = |range: std::ops::Range<usize>| -> Option<i16> {
        let digits = text.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let year = number(0..4)?;
    match text.len() {
        4 => return ArticleDate::year(year),
        7 => return (text.as_bytes()[4] == b'-').then(|| ArticleDate::month(year, number(5..7)? as i8)).flatten(),
        0..10 => return None,
        _ => {}
    }
    let separated = text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    let date = separated.then(|| civil::Date::new(year, number(5..7)? as i8, number(8..10)? as i8).ok()).flatten()?;
    let rest = text.get(10..)?;
    if rest.is_empty() {
        return Some(ArticleDate::day(date));
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?;
    let (time, zone) =
        clock.split_at(clock.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(clock.len()));
    Some(ArticleDate::instant(date.to_datetime(parse_clock(time)?), parse_zone(zone.trim())?))
}

/// Hours and minutes, with seconds if they are there; fractions of a second are read and dropped.
fn parse_clock(text: &str) -> Option<civil::Time> {
    let text = text.split('.').next()?;
    let mut parts = text.split(':').map(|part| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    // A leap second is a real time that the calendar library cannot hold.
    civil::Time::new(hour, minute, second.min(59), 0).ok().filter(|_| parts.next().is_none())
}

/// `Z`, `+01:00`, `+0100`, `+01`, `UTC`, `GMT` or nothing, in minutes east of UTC.
fn parse_zone(text: &str) -> Option<i16> {
    if matches!(text, "" | "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i16>().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse::<i16>().ok()?),
        _ => return None,
    };
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

impl serde::Serialize for ArticleDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for ArticleDate {
    /// Takes text, or a bare year as YAML's integer.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = ArticleDate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2000-06-09T10:46:00Z, 2000-06-09, 2000-06 or 2000")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<ArticleDate, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_u64<E: serde::de::Error>(self, year: u64) -> Result<ArticleDate, E> {
                i16::try_from(year)
                    .ok()
                    .and_then(ArticleDate::year)
                    .ok_or_else(|| E::custom(NotADate(year.to_string())))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
