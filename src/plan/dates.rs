//! Dates as readers see them, and the calendar's cuts as addresses.

use super::Site;
use super::views::{Calendar, CalendarDay, DateView, Jump, LinkView, PeriodView};
use crate::archive::Period;
use crate::date::{ArticleDate, CalendarDate, Precision};
use crate::i18n::DateForm;
use jiff::civil;

/// The date of an article for templates.
pub(super) fn view(site: Site<'_>, date: ArticleDate) -> DateView {
    let zone = &site.config.timezone;
    let day = site.ready.day(site.config, date.calendar(zone));
    let time = match date.precision() {
        Precision::Time => {
            let local = date.local(zone);
            site.ready.words.dates().time(local.hour().unsigned_abs(), local.minute().unsigned_abs())
        }
        _ => String::new(),
    };
    DateView { iso: date.to_string(), text: day.text, short: day.short, time, url: day.url }
}

/// A date in words, as exact as it is known.
pub(super) fn text(site: Site<'_>, date: CalendarDate) -> String {
    site.ready.words.dates().write(date, DateForm::Full)
}

/// `2000/07/19/`, without the parts that are not known.
pub(super) fn path(date: CalendarDate) -> String {
    match (date.month, date.day) {
        (0, _) => format!("{:04}/", date.year),
        (month, 0) => format!("{:04}/{month:02}/", date.year),
        (month, day) => format!("{:04}/{month:02}/{day:02}/", date.year),
    }
}

/// The root-relative address of an archive page.
pub(super) fn archive_url(date: CalendarDate) -> String {
    format!("/archive/{}", path(date))
}

/// The period that holds a date, one step up: the month of a day, the year of a month.
pub(super) fn above(date: CalendarDate) -> CalendarDate {
    CalendarDate { month: if date.day == 0 { 0 } else { date.month }, day: 0, ..date }
}

/// A period of the archive for templates.
pub(super) fn period(site: Site<'_>, period: Period) -> PeriodView {
    let date = period.date;
    let short = match (date.month, date.day) {
        (0, _) => date.year.to_string(),
        (month, 0) => site.ready.words.dates().month_short(month).to_owned(),
        (_, day) => day.to_string(),
    };
    PeriodView {
        title: text(site, date),
        short,
        url: site.config.link(&archive_url(date)),
        count: period.count,
        share: 1,
    }
}

/// The neighbours of the period at `date`: the one before in time, and the one after.
pub(super) fn neighbours(site: Site<'_>, periods: &[Period], date: CalendarDate) -> [Option<LinkView>; 2] {
    let Some(at) = position(periods, date) else { return [None, None] };
    let link = |found: Option<&Period>| {
        found
            .map(|period| LinkView { title: text(site, period.date), url: site.config.link(&archive_url(period.date)) })
    };
    [link(periods.get(at + 1)), link(at.checked_sub(1).and_then(|at| periods.get(at)))]
}

/// The months of a year and all years, as links without counts: a new article changes them only where it is the first of
/// its month.
pub(super) fn jump(site: Site<'_>, year: i16) -> Jump {
    let month = |month: u8| {
        let date = CalendarDate { year, month, day: 0 };
        let title = site.ready.words.dates().month_short(month).to_owned();
        let found = find(&site.archive.months, date);
        LinkView { title, url: found.map_or_else(String::new, |_| site.config.link(&archive_url(date))) }
    };
    Jump {
        months: (1..=12).map(month).collect(),
        years: years(site),
        year: text(site, CalendarDate { year, month: 0, day: 0 }),
    }
}

/// The years that have articles, the oldest first, as links without counts.
pub(super) fn years(site: Site<'_>) -> Vec<LinkView> {
    let link =
        |year: &Period| LinkView { title: text(site, year.date), url: site.config.link(&archive_url(year.date)) };
    site.archive.years.iter().rev().map(link).collect()
}

/// The calendar of a month, weeks from Monday.
pub(super) fn calendar(site: Site<'_>, month: CalendarDate) -> Calendar {
    let Site { config, archive, .. } = site;
    let (blanks, length) = civil::Date::new(month.year, month.month as i8, 1)
        .map_or((0, 0), |first| (first.weekday().to_monday_zero_offset() as usize, first.days_in_month() as u8));
    let day = |day: u8| {
        let date = CalendarDate { day, ..month };
        let count = find(&archive.days, date).map_or(0, |found| found.count);
        let url = if count == 0 { String::new() } else { config.link(&archive_url(date)) };
        Some(CalendarDay { day, count, url, text: text(site, date) })
    };
    let mut cells: Vec<Option<CalendarDay>> = (0..blanks).map(|_| None).chain((1..=length).map(day)).collect();
    cells.resize_with(cells.len().div_ceil(7) * 7, || None);
    let stories = find(&archive.months, month);
    Calendar {
        title: text(site, month),
        month: site.ready.words.dates().month_name(month.month).to_owned(),
        url: stories.map_or(String::new(), |_| config.link(&archive_url(month))),
        count: stories.map_or(0, |found| found.count),
        weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
    }
}

/// The same for the page of one of its days, which does not tell how many articles the others have: if it did, one more
/// would change the pages of the whole month.
pub(super) fn calendar_of_days(site: Site<'_>, month: CalendarDate) -> Calendar {
    let mut calendar = Calendar { count: 0, ..calendar(site, month) };
    calendar.weeks.iter_mut().flatten().flatten().for_each(|day| day.count = 0);
    calendar
}

/// The period of that date in a list that runs from the newest to the oldest.
pub(super) fn find(periods: &[Period], date: CalendarDate) -> Option<Period> {
    position(periods, date).map(|at| periods[at])
}

fn position(periods: &[Period], date: CalendarDate) -> Option<usize> {
    periods.binary_search_by(|period| date.cmp(&period.date)).ok()
}
