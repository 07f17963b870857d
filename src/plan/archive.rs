//! The root of the date archive: all years and their months.

use super::views::{self, Head, LinkView, PeriodView};
use super::{Kind, Site, dates, no_source, one};
use crate::date::CalendarDate;
use crate::page::{Form, View};
use serde::Serialize;

/// Root-relative address.
pub(super) const URL: &str = "/archive/";

pub(super) const KIND: Kind = Kind {
    name: "archive",
    form: Form::Template("archive.html"),
    subjects: one,
    url: |_, _| URL.to_owned(),
    source: no_source,
    sitemap: true,
    view: |site, _, _| view(site),
};

/// Every year of the archive with its months.
#[derive(Clone, Debug)]
pub struct ArchiveView {
    /// What every page says of itself.
    pub head: Head,
    /// The years, the newest first.
    pub years: Vec<YearMonths>,
    /// The page of the articles without a date, if there are any.
    pub undated: Option<LinkView>,
    /// The page that leads to every day of the calendar over all years.
    pub on_this_day: String,
    /// How many articles.
    pub count: u32,
}

views::with_head!(ArchiveView { years, undated, on_this_day, count });

/// A year and its twelve months.
#[derive(Clone, Debug, Serialize)]
pub struct YearMonths {
    /// The year.
    pub year: PeriodView,
    /// January to December; a month without articles has no address.
    pub months: Vec<PeriodView>,
}

/// A page of the date archive in the way back to the front page.
pub(super) fn under_archive(head: Head, site: Site<'_>, date: CalendarDate) -> Head {
    let mut head = head.under(site, site.ready.words.text("archive"), URL);
    let mut above = Vec::new();
    let mut at = date;
    while at.month > 0 {
        at = dates::above(at);
        above.push(at);
    }
    for date in above.into_iter().rev() {
        head = head.under(site, &dates::text(site, date), &dates::archive_url(date));
    }
    head
}

/// The twelve months of a year, shared out over the whole year.
pub(super) fn months(site: Site<'_>, year: i16) -> Vec<PeriodView> {
    let month = |month: u8| {
        let date = CalendarDate { year, month, day: 0 };
        let none =
            PeriodView { title: dates::text(site, date), short: String::new(), url: String::new(), count: 0, share: 1 };
        let mut view = dates::find(&site.archive.months, date).map_or(none, |period| dates::period(site, period));
        site.ready.words.dates().month_short(month).clone_into(&mut view.short);
        view
    };
    PeriodView::shared((1..=12).map(month).collect())
}

fn view(site: Site<'_>) -> View {
    let years = PeriodView::shared(site.archive.years.iter().map(|year| dates::period(site, *year)).collect());
    let words = &site.ready.words;
    // Bars of one page stand for the same count wherever they stand on it.
    let all = site.archive.years.iter().flat_map(|year| months(site, year.date.year)).collect();
    let all = PeriodView::shared(all);
    let months = all.chunks(12).map(<[PeriodView]>::to_vec);
    View::of(
        site.purpose,
        &ArchiveView {
            head: Head::new(site, KIND.name, words.text("archive"), URL).about(words.text("archive_about")),
            years: years.into_iter().zip(months).map(|(year, months)| YearMonths { year, months }).collect(),
            undated: super::undated::url(site)
                .map(|url| LinkView { title: words.text("undated").to_owned(), url: site.config.link(url) }),
            on_this_day: site.config.link(super::on_this_day::URL),
            count: site.archive.articles.len() as u32,
        },
    )
}
