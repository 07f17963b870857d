//! A day of the date archive: that day's front page.

use super::archive::under_archive;
use super::views::{self, Calendar, Card, Head, Jump, LinkView};
use super::{Kind, Site, dates, no_source, on_this_day, year};
use crate::archive::Period;
use crate::date::CalendarDate;
use crate::page::{Form, View};

pub(super) const KIND: Kind = Kind {
    name: "day",
    form: Form::Template("day.html"),
    subjects: |site| year::subjects(&site.archive.days),
    url: |_, subject| dates::archive_url(subject.cut),
    source: no_source,
    sitemap: true,
    view: |site, subject, _| view(site, subject.cut),
};

/// A day of the date archive.
#[derive(Clone, Debug)]
pub struct DayView {
    /// What every page says of itself.
    pub head: Head,
    /// The stories, the latest first.
    pub stories: Vec<Card>,
    /// The month around it.
    pub calendar: Calendar,
    /// The day of the month, from 1.
    pub day: u8,
    /// Ways to other dates.
    pub jump: Jump,
    /// The day before that has articles.
    pub earlier: Option<LinkView>,
    /// The day after that has articles.
    pub later: Option<LinkView>,
    /// The same day over all years.
    pub on_this_day: LinkView,
    /// How many articles.
    pub count: u32,
}

views::with_head!(DayView { stories, calendar, day, jump, earlier, later, on_this_day, count });

fn view(site: Site<'_>, date: CalendarDate) -> View {
    let period = dates::find(&site.archive.days, date).unwrap_or(Period { date, first: 0, count: 0 });
    let [earlier, later] = dates::neighbours(site, &site.archive.days, date);
    View::of(
        site.purpose,
        &DayView {
            head: under_archive(
                Head::new(site, KIND.name, &dates::text(site, date), &dates::archive_url(date)),
                site,
                date,
            ),
            stories: Card::list(site, period.articles()),
            calendar: dates::calendar_of_days(site, CalendarDate { day: 0, ..date }),
            day: date.day,
            jump: dates::jump(site, date.year),
            earlier,
            later,
            on_this_day: on_this_day::link(site, date.month, date.day),
            count: period.count,
        },
    )
}
