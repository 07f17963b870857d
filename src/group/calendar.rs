//! Days, months, years, and the days of the year.

use crate::archive::{ArticleId, Entry, Period};
use crate::date::CalendarDate;
use std::collections::BTreeMap;

/// Days, months and years that have articles, newest first. In the order of lists each is a stretch of articles.
pub(super) fn periods(articles: &[Entry]) -> (Vec<Period>, Vec<Period>, Vec<Period>) {
    let days = stretches(articles, |date| (date.day > 0).then_some(date));
    let months = stretches(articles, |date| (date.month > 0).then_some(CalendarDate { day: 0, ..date }));
    let years = stretches(articles, |date| Some(CalendarDate { month: 0, day: 0, ..date }));
    (days, months, years)
}

fn stretches(articles: &[Entry], cut: impl Fn(CalendarDate) -> Option<CalendarDate>) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for (id, entry) in (0 as ArticleId..).zip(articles) {
        let Some(date) = entry.calendar.and_then(&cut) else { continue };
        match periods.last_mut().filter(|last| last.date == date) {
            Some(last) => last.count += 1,
            None => periods.push(Period { date, first: id, count: 1 }),
        }
    }
    periods
}

/// The articles of each day of the year that has some, over all years.
pub(super) fn anniversaries(articles: &[Entry]) -> Vec<(u8, u8, Vec<ArticleId>)> {
    let mut days: BTreeMap<(u8, u8), Vec<ArticleId>> = BTreeMap::new();
    for (id, entry) in (0 as ArticleId..).zip(articles) {
        if let Some(date) = entry.calendar.filter(|date| date.day > 0) {
            days.entry((date.month, date.day)).or_default().push(id);
        }
    }
    days.into_iter().map(|((month, day), ids)| (month, day, ids)).collect()
}
