//! One day of the calendar over all years, and the calendar that leads to each of them.

use super::views::{self, Card, Group, Head, LinkView};
use super::{Kind, Site, dates, no_source, one};
use crate::archive::ArticleId;
use crate::date::CalendarDate;
use crate::page::{Form, Subject, View};
use serde::Serialize;

/// Root-relative address of the calendar.
pub(super) const URL: &str = "/on-this-day/";
/// How many stories of a year the page of a day shows; the rest stand on the page of that date.
const OF_A_YEAR: usize = 10;

pub(super) const INDEX: Kind = Kind {
    name: "on-this-day-index",
    form: Form::Template("on-this-day-index.html"),
    subjects: one,
    url: |_, _| URL.to_owned(),
    source: no_source,
    sitemap: true,
    view: |site, _, _| index_view(site),
};

pub(super) const KIND: Kind = Kind {
    name: "on-this-day",
    form: Form::Template("on-this-day.html"),
    subjects: |site| {
        let days = site.archive.anniversaries.iter();
        days.map(|(month, day, _)| Subject { of: 0, cut: CalendarDate { year: 0, month: *month, day: *day } }).collect()
    },
    url: |_, subject| url_of(subject.cut.month, subject.cut.day),
    source: no_source,
    sitemap: true,
    view: |site, subject, _| view(site, subject.cut.month, subject.cut.day),
};

/// One day of the calendar over all years.
#[derive(Clone, Debug)]
pub struct OnThisDayView {
    /// What every page says of itself.
    pub head: Head,
    /// The stories of each year, the newest first.
    pub years: Vec<Group>,
    /// The day before in the calendar that has stories.
    pub earlier: Option<LinkView>,
    /// The day after in the calendar that has stories.
    pub later: Option<LinkView>,
}

views::with_head!(OnThisDayView { years, earlier, later });

/// The calendar over all years.
#[derive(Clone, Debug)]
pub struct OnThisDayIndexView {
    /// What every page says of itself.
    pub head: Head,
    /// January to December with the days that have stories.
    pub months: Vec<MonthDays>,
}

views::with_head!(OnThisDayIndexView { months });

/// A month of no year and the days that have stories.
#[derive(Clone, Debug, Serialize)]
pub struct MonthDays {
    /// `July`
    pub month: String,
    /// The days.
    pub days: Vec<LinkView>,
}

/// Root-relative address of a day.
pub(super) fn url_of(month: u8, day: u8) -> String {
    format!("{URL}{month:02}-{day:02}/")
}

/// The link to a day.
pub(super) fn link(site: Site<'_>, month: u8, day: u8) -> LinkView {
    LinkView { title: title(site, month, day), url: site.config.link(&url_of(month, day)) }
}

fn title(site: Site<'_>, month: u8, day: u8) -> String {
    site.ready.words.dates().anniversary(month, day)
}

fn view(site: Site<'_>, month: u8, day: u8) -> View {
    let all = &site.archive.anniversaries;
    let at = all.binary_search_by_key(&(month, day), |(month, day, _)| (*month, *day)).unwrap_or(0);
    let ids: &[ArticleId] = all.get(at).map_or(&[], |(_, _, ids)| ids);
    let date = |id: &ArticleId| site.archive.article(*id).calendar;
    let years = ids.chunk_by(|one, other| date(one) == date(other)).map(|chunk| {
        let date = chunk.first().and_then(date).unwrap_or_default();
        Group {
            id: String::new(),
            title: date.year.to_string(),
            url: site.config.link(&dates::archive_url(date)),
            stories: Card::list(site, chunk.iter().copied().take(OF_A_YEAR)),
            more: chunk.len().saturating_sub(OF_A_YEAR) as u32,
        }
    });
    let neighbour = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|(month, day, _)| link(site, *month, *day));
    View::of(
        site.purpose,
        &OnThisDayView {
            head: Head::new(site, KIND.name, &title(site, month, day), &url_of(month, day)).under(
                site,
                site.ready.words.text("on_this_day"),
                URL,
            ),
            years: years.collect(),
            earlier: neighbour(at.checked_sub(1)),
            later: neighbour(Some(at + 1)),
        },
    )
}

fn index_view(site: Site<'_>) -> View {
    let words = &site.ready.words;
    let months = (1..=12).map(|wanted| {
        let days = site.archive.anniversaries.iter().filter(|(month, _, _)| *month == wanted);
        let day = |(month, day, _): &(u8, u8, Vec<ArticleId>)| LinkView {
            title: day.to_string(),
            ..link(site, *month, *day)
        };
        MonthDays { month: words.dates().month_name(wanted).to_owned(), days: days.map(day).collect() }
    });
    let head = Head::new(site, INDEX.name, words.text("on_this_day"), URL).about(words.text("on_this_day_about"));
    View::of(site.purpose, &OnThisDayIndexView { head, months: months.collect() })
}
