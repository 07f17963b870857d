//! Names of months and days, and the order in which a language writes dates.

use crate::date::CalendarDate;
use jiff::civil;
use serde::Deserialize;
use std::fmt::Write as _;

/// The table `[dates]` as it is written; what is not set comes from the next file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawDates {
    months: Option<[String; 12]>,
    months_short: Option<[String; 12]>,
    weekdays: Option<[String; 7]>,
    weekdays_short: Option<[String; 7]>,
    first_day: Option<String>,
    full: Option<String>,
    month: Option<String>,
    short: Option<String>,
    short_month: Option<String>,
    anniversary: Option<String>,
    time: Option<String>,
}

/// How a language writes dates. In its patterns, `{weekday}`, `{weekday_short}`, `{day}`, `{day2}`, `{month}`,
/// `{month_short}`, `{month_number}`, `{year}`, `{hour}` and `{minute}` stand for the parts of a date.
#[derive(Clone, Debug)]
pub struct Dates {
    months: [String; 12],
    months_short: [String; 12],
    weekdays: [String; 7],
    weekdays_short: [String; 7],
    /// What a language writes for the first of a month; empty for `1`.
    first_day: String,
    full: String,
    month: String,
    short: String,
    short_month: String,
    anniversary: String,
    time: String,
}

/// What a date is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// `Wednesday 19 July 2000`, as exact as it is known.
    Full,
    /// `19 Jul 2000`, as exact as it is known.
    Short,
}

impl RawDates {
    /// Takes from `lower` what is not set.
    pub(super) fn fill(&mut self, lower: Self) {
        let or = |own: &mut Option<String>, lower: Option<String>| *own = own.take().or(lower);
        self.months = self.months.take().or(lower.months);
        self.months_short = self.months_short.take().or(lower.months_short);
        self.weekdays = self.weekdays.take().or(lower.weekdays);
        self.weekdays_short = self.weekdays_short.take().or(lower.weekdays_short);
        or(&mut self.first_day, lower.first_day);
        or(&mut self.full, lower.full);
        or(&mut self.month, lower.month);
        or(&mut self.short, lower.short);
        or(&mut self.short_month, lower.short_month);
        or(&mut self.anniversary, lower.anniversary);
        or(&mut self.time, lower.time);
    }

    /// Complete; without any file, dates are numbers in the order of ISO 8601.
    pub(super) fn finish(self) -> Dates {
        let number = |n: usize| format!("{:02}", n + 1);
        let text = |own: Option<String>, other: &str| own.unwrap_or_else(|| other.to_owned());
        let months = self.months.unwrap_or_else(|| std::array::from_fn(number));
        let weekdays = self.weekdays.unwrap_or_else(|| std::array::from_fn(number));
        Dates {
            months_short: self.months_short.unwrap_or_else(|| months.clone()),
            weekdays_short: self.weekdays_short.unwrap_or_else(|| weekdays.clone()),
            months,
            weekdays,
            first_day: text(self.first_day, ""),
            full: text(self.full, "{year}-{month}-{day2}"),
            month: text(self.month, "{year}-{month}"),
            short: text(self.short, "{year}-{month}-{day2}"),
            short_month: text(self.short_month, "{year}-{month}"),
            anniversary: text(self.anniversary, "{month}-{day2}"),
            time: text(self.time, "{hour}:{minute}"),
        }
    }
}

impl Dates {
    /// The name of a month from 1 to 12.
    pub fn month_name(&self, month: u8) -> &str {
        name(&self.months, usize::from(month).wrapping_sub(1))
    }

    /// The short name of a month from 1 to 12.
    pub fn month_short(&self, month: u8) -> &str {
        name(&self.months_short, usize::from(month).wrapping_sub(1))
    }

    /// Names and short names of the days of the week, from Monday.
    pub fn weekdays(&self) -> impl Iterator<Item = (&str, &str)> {
        self.weekdays.iter().zip(&self.weekdays_short).map(|(name, short)| (name.as_str(), short.as_str()))
    }

    /// A date in words, as exact as it is known.
    pub fn write(&self, date: CalendarDate, form: DateForm) -> String {
        let pattern = match (form, date.month, date.day) {
            (_, 0, _) => return date.year.to_string(),
            (DateForm::Full, _, 0) => &self.month,
            (DateForm::Full, ..) => &self.full,
            (DateForm::Short, _, 0) => &self.short_month,
            (DateForm::Short, ..) => &self.short,
        };
        self.fill(pattern, date, (0, 0))
    }

    /// A day of the calendar without its year, as `19 July`.
    pub fn anniversary(&self, month: u8, day: u8) -> String {
        self.fill(&self.anniversary, CalendarDate { year: 0, month, day }, (0, 0))
    }

    /// A time of the day.
    pub fn time(&self, hour: u8, minute: u8) -> String {
        self.fill(&self.time, CalendarDate::default(), (hour, minute))
    }

    /// A date and time by a pattern; names that are no part of a date stay as they are.
    pub fn fill(&self, pattern: &str, date: CalendarDate, (hour, minute): (u8, u8)) -> String {
        let mut out = String::with_capacity(pattern.len() + 16);
        let mut rest = pattern;
        while let Some((before, (part, after))) =
            rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
        {
            out.push_str(before);
            rest = after;
            let _ = match part {
                "year" => write!(out, "{}", date.year),
                "month" => out.write_str(self.month_name(date.month)),
                "month_short" => out.write_str(self.month_short(date.month)),
                "month_number" => write!(out, "{:02}", date.month),
                "day" if date.day == 1 && !self.first_day.is_empty() => out.write_str(&self.first_day),
                "day" => write!(out, "{}", date.day),
                "day2" => write!(out, "{:02}", date.day),
                "weekday" => out.write_str(weekday(date).map_or("", |at| name(&self.weekdays, at))),
                "weekday_short" => out.write_str(weekday(date).map_or("", |at| name(&self.weekdays_short, at))),
                "hour" => write!(out, "{hour:02}"),
                "hour12" => write!(out, "{}", (hour + 11) % 12 + 1),
                "minute" => write!(out, "{minute:02}"),
                other => write!(out, "{{{other}}}"),
            };
        }
        out.push_str(rest);
        out
    }
}

fn name(names: &[String], at: usize) -> &str {
    names.get(at).map_or("", String::as_str)
}

/// The day of the week, 0 for Monday.
fn weekday(date: CalendarDate) -> Option<usize> {
    let date = civil::Date::new(date.year, date.month as i8, date.day as i8).ok()?;
    usize::try_from(date.weekday().to_monday_zero_offset()).ok()
}
