//! Times of day with their zones: `11:45 GMT`, `3.05pm`, `14h30`, `1145 GMT`.

use super::tokens::Token;
use crate::date::ArticleDate;
use jiff::civil;
use jiff::tz::TimeZoneDatabase;

/// A time of day as printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    time: civil::Time,
    zone: Zone,
}

/// What a clock says of its zone.
#[derive(Clone, Copy, Debug)]
enum Zone {
    /// Minutes east of UTC.
    Offset(i16),
    /// Local time of a place of the IANA database.
    Place(&'static str),
}

/// Abbreviations as newspapers of Britain, North America and the continent use them, in minutes east of UTC. Several
/// have other meanings elsewhere (`BST` in Bangladesh, `EST` in Australia, `CST` in China); `IST`, which has three of
/// equal standing, is left out: its clocks are kept as printed.
const ZONES: &[(&str, i16)] = &[
    ("GMT", 0),
    ("UTC", 0),
    ("UT", 0),
    ("Z", 0),
    ("WET", 0),
    ("BST", 60),
    ("WEST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("SAST", 120),
    ("HKT", 480),
    ("JST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("AST", -240),
    ("ADT", -180),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
];
/// Zones whose offset depends on the day.
const PLACES: &[(&str, &str)] = &[
    ("UK", "Europe/London"),
    ("ET", "America/New_York"),
    ("CT", "America/Chicago"),
    ("MT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
];

impl Clock {
    /// Reads a clock at the start of `tokens`; returns how many it takes.
    pub(super) fn read(tokens: &[Token<'_>]) -> Option<(Self, usize)> {
        if let Some((afternoon, rest)) = half_before(tokens) {
            let (clock, used) = Self::read(rest)?;
            let hour = clock.time.hour();
            let time =
                if afternoon && hour < 12 { clock.time.with().hour(hour + 12).build().ok()? } else { clock.time };
            return Some((Self { time, ..clock }, used + 1));
        }
        let Token::Number { value, digits } = *tokens.first()? else { return None };
        let number = |at: usize| match tokens.get(at) {
            Some(Token::Number { value, digits: 2 }) => Some(*value),
            _ => None,
        };
        // A form that could be another number is a clock only with what stands after clocks.
        let (mut hour, minute, second, mut at, certain) = match (digits, tokens.get(1)) {
            (1 | 2, Some(Token::Sign(':'))) => {
                let second = matches!(tokens.get(3), Some(Token::Sign(':'))).then(|| number(4)).flatten();
                let fraction = matches!(tokens.get(5..), Some([Token::Sign('.'), Token::Number { .. }, ..]));
                let used = 3 + if second.is_none() { 0 } else { 2 + 2 * usize::from(fraction) };
                (value, number(2)?, second.unwrap_or(0), used, true)
            }
            (1 | 2, Some(Token::Sign('.'))) => (value, number(2)?, 0, 3, false),
            // `18時45分`, `10시 30분`
            (1 | 2, Some(Token::Word("時" | "时" | "点" | "點" | "시"))) => {
                let minute = match tokens.get(2..4) {
                    Some([Token::Number { value, .. }, Token::Word("分" | "분")]) => Some(*value),
                    _ => None,
                };
                (value, minute.unwrap_or(0), 0, if minute.is_some() { 4 } else { 2 }, true)
            }
            (1 | 2, Some(Token::Word("h" | "H"))) => {
                let minute = number(2);
                (value, minute.unwrap_or(0), 0, 2 + usize::from(minute.is_some()), true)
            }
            (1 | 2, _) => (value, 0, 0, 1, false),
            (4, _) => (value / 100, value % 100, 0, 1, false),
            _ => return None,
        };
        let before_suffix = at;
        if let Some((afternoon, used)) = tokens.get(at..).and_then(half).filter(|_| (1..=12).contains(&hour)) {
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            at += used;
        }
        if matches!(tokens.get(at), Some(Token::Word("Uhr" | "uhr" | "hrs" | "hours"))) {
            at += 1;
        }
        let zone = tokens.get(at..).and_then(zone);
        if !certain && at == before_suffix && zone.is_none() {
            return None;
        }
        let (zone, used) = zone.unwrap_or((Zone::Offset(0), 0));
        let part = |n: u32| i8::try_from(n).ok();
        // A leap second is a real time that the calendar library cannot hold.
        let time = civil::Time::new(part(hour)?, part(minute)?, part(second.min(59))?, 0).ok()?;
        Some((Self { time, zone }, at + used))
    }

    /// The instant that the clock showed on that day.
    pub(super) fn on(self, date: civil::Date) -> Option<ArticleDate> {
        let local = date.to_datetime(self.time);
        let offset = match self.zone {
            Zone::Offset(minutes) => minutes,
            // The bundled database, not the machine's: dates must not depend on where they are read.
            Zone::Place(name) => {
                let zone = TimeZoneDatabase::bundled().get(name).ok()?;
                (zone.to_zoned(local).ok()?.offset().seconds() / 60) as i16
            }
        };
        Some(ArticleDate::instant(local, offset))
    }
}

/// `am` or `pm`, with or without full stops; whether it is the afternoon, and how many tokens it takes.
fn half(tokens: &[Token<'_>]) -> Option<(bool, usize)> {
    let Token::Word(first) = tokens.first()? else { return None };
    match *first {
        "am" | "AM" | "Am" | "ص" => Some((false, 1)),
        "pm" | "PM" | "Pm" | "م" => Some((true, 1)),
        "a" | "A" | "p" | "P" => {
            let [_, Token::Sign('.'), Token::Word("m" | "M"), rest @ ..] = tokens else { return None };
            let stop = usize::from(matches!(rest.first(), Some(Token::Sign('.'))));
            Some((first.eq_ignore_ascii_case("p"), 3 + stop))
        }
        _ => None,
    }
}

/// Which half of the day a word before a clock names, and what follows it: `午後6時`, `오전 10:30`.
fn half_before<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(bool, &'t [Token<'a>])> {
    match tokens {
        [Token::Word("午前" | "上午" | "오전"), rest @ ..] => Some((false, rest)),
        [Token::Word("午後" | "下午" | "오후"), rest @ ..] => Some((true, rest)),
        _ => None,
    }
}

/// A zone's name with or without a shift, or a bare shift: `GMT`, `UTC+2`, `+01:00`, `-0500`, `(UK)`.
fn zone(tokens: &[Token<'_>]) -> Option<(Zone, usize)> {
    match *tokens.first()? {
        Token::Word(name) => {
            if let Some((_, place)) = PLACES.iter().find(|(known, _)| *known == name) {
                return Some((Zone::Place(place), 1));
            }
            let (_, minutes) = ZONES.iter().find(|(known, _)| *known == name)?;
            let shifted = tokens.get(1..).and_then(shift).filter(|_| *minutes == 0);
            Some(shifted.map_or((Zone::Offset(*minutes), 1), |(zone, used)| (zone, used + 1)))
        }
        Token::Sign('(') => match zone(tokens.get(1..2)?)? {
            (zone, 1) if tokens.get(2) == Some(&Token::Sign(')')) => Some((zone, 3)),
            _ => None,
        },
        _ => shift(tokens),
    }
}

fn shift(tokens: &[Token<'_>]) -> Option<(Zone, usize)> {
    let [Token::Sign(sign @ ('+' | '-')), Token::Number { value, digits }, rest @ ..] = tokens else { return None };
    let (hours, minutes, used) = match (digits, rest) {
        (4, _) => (value / 100, value % 100, 2),
        (1 | 2, [Token::Sign(':'), Token::Number { value: minutes, digits: 2 }, ..]) => (*value, *minutes, 4),
        (1 | 2, _) => (*value, 0, 2),
        _ => return None,
    };
    let east = i16::try_from(hours * 60 + minutes).ok().filter(|_| hours <= 15 && minutes < 60)?;
    Some((Zone::Offset(if *sign == '-' { -east } else { east }), used))
}
