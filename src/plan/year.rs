//! A year of the date archive: twelve calendars.

use super::archive::under_archive;
use super::views::{self, Calendar, Card, Head, Jump, LinkView, PeriodView};
use super::{Kind, Site, dates, no_source};
use crate::archive::Period;
use crate::date::CalendarDate;
use crate::page::{Form, Subject, View};

pub(super) const KIND: Kind = Kind {
    name: "year",
    form: Form::Template("year.html"),
    subjects: |site| subjects(&site.archive.years),
    url: |_, subject| dates::archive_url(subject.cut),
    source: no_source,
    sitemap: true,
    view: |site, subject, _| view(site, subject.cut),
};

/// A year of the date archive.
#[derive(Clone, Debug)]
pub struct YearView {
    /// What every page says of itself.
    pub head: Head,
    /// The year.
    pub year: i16,
    /// January to December.
    pub calendars: Vec<Calendar>,
    /// January to December with counts.
    pub months: Vec<PeriodView>,
    /// Articles known by their year only.
    pub stories: Vec<Card>,
    /// Ways to other dates.
    pub jump: Jump,
    /// The year before that has articles.
    pub earlier: Option<LinkView>,
    /// The year after that has articles.
    pub later: Option<LinkView>,
    /// How many articles.
    pub count: u32,
}

views::with_head!(YearView { year, calendars, months, stories, jump, earlier, later, count });

/// One subject for each period.
pub(super) fn subjects(periods: &[Period]) -> Vec<Subject> {
    periods.iter().map(|period| Subject { of: 0, cut: period.date }).collect()
}

fn view(site: Site<'_>, date: CalendarDate) -> View {
    let period = dates::find(&site.archive.years, date);
    let [earlier, later] = dates::neighbours(site, &site.archive.years, date);
    let by_year_only = period.into_iter().flat_map(|period| period.articles());
    let by_year_only =
        by_year_only.rev().take_while(|id| site.archive.article(*id).calendar.is_some_and(|date| date.month == 0));
    let mut stories = Card::list(site, by_year_only);
    stories.reverse();
    View::of(
        site.purpose,
        &YearView {
            head: under_archive(
                Head::new(site, KIND.name, &dates::text(site, date), &dates::archive_url(date)),
                site,
                date,
            ),
            year: date.year,
            calendars: (1..=12).map(|month| dates::calendar(site, CalendarDate { month, ..date })).collect(),
            months: super::archive::months(site, date.year),
            stories,
            jump: dates::jump(site, date.year),
            earlier,
            later,
            count: period.map_or(0, |period| period.count),
        },
    )
}
