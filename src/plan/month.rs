//! A month of the date archive: a calendar, and the stories day by day.

use super::archive::under_archive;
use super::views::{self, Calendar, Card, Group, Head, Jump, LinkView};
use super::{Kind, Site, dates, no_source, year};
use crate::archive::{ArticleId, Period};
use crate::date::CalendarDate;
use crate::page::{Form, View};

/// The longest month that is shown whole; a longer one shows some stories of each day and leads to the rest.
const LONGEST: u32 = 200;
/// How many stories of a day a longer month shows.
const OF_A_DAY: usize = 5;

pub(super) const KIND: Kind = Kind {
    name: "month",
    form: Form::Template("month.html"),
    subjects: |site| year::subjects(&site.archive.months),
    url: |_, subject| dates::archive_url(subject.cut),
    source: no_source,
    sitemap: true,
    view: |site, subject, _| view(site, subject.cut),
};

/// A month of the date archive.
#[derive(Clone, Debug)]
pub struct MonthView {
    /// What every page says of itself.
    pub head: Head,
    /// The month as a calendar.
    pub calendar: Calendar,
    /// The stories of each day, the last day first; then those known by their month only.
    pub days: Vec<Group>,
    /// Ways to other dates.
    pub jump: Jump,
    /// The month before that has articles.
    pub earlier: Option<LinkView>,
    /// The month after that has articles.
    pub later: Option<LinkView>,
    /// How many articles.
    pub count: u32,
}

views::with_head!(MonthView { calendar, days, jump, earlier, later, count });

fn view(site: Site<'_>, date: CalendarDate) -> View {
    let period = dates::find(&site.archive.months, date).unwrap_or(Period { date, first: 0, count: 0 });
    let [earlier, later] = dates::neighbours(site, &site.archive.months, date);
    View::of(
        site.purpose,
        &MonthView {
            head: under_archive(
                Head::new(site, KIND.name, &dates::text(site, date), &dates::archive_url(date)),
                site,
                date,
            ),
            calendar: dates::calendar(site, date),
            days: days(site, period),
            jump: dates::jump(site, date.year),
            earlier,
            later,
            count: period.count,
        },
    )
}

fn days(site: Site<'_>, month: Period) -> Vec<Group> {
    let ids: Vec<ArticleId> = month.articles().collect();
    let day = |id: &ArticleId| site.archive.article(*id).calendar;
    let most = if month.count > LONGEST { OF_A_DAY } else { usize::MAX };
    ids.chunk_by(|one, other| day(one) == day(other))
        .map(|chunk| {
            let date = chunk.first().and_then(day).unwrap_or(month.date);
            // The stories known by month only have no page of their own to lead to, so they are all here.
            let most = if date.day == 0 { usize::MAX } else { most };
            Group {
                id: String::new(),
                title: dates::text(site, date),
                url: if date.day == 0 { String::new() } else { site.config.link(&dates::archive_url(date)) },
                stories: Card::list(site, chunk.iter().copied().take(most)),
                more: chunk.len().saturating_sub(most) as u32,
            }
        })
        .collect()
}
