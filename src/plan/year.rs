//! A year of the date archive: twelve calendars.

use super::archive::under_archive;
use super::views::{self, Calendar, Card, Group, Head, Jump, LinkView, PeriodView};
use super::{Kind, Site, dates, no_source};
use crate::archive::{ArticleId, Period};
use crate::date::CalendarDate;
use crate::page::{Form, Subject, View};

/// The most articles of a year that its page lists itself: those that their months show would be hidden behind clicks.
const FEW: u32 = 60;

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
    /// Its articles by month, the first month first, where it has few; none for a year of more than sixty.
    pub groups: Vec<Group>,
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

views::with_head!(YearView { year, calendars, months, groups, stories, jump, earlier, later, count });

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
            groups: period.filter(|year| year.count <= FEW).map_or_else(Vec::new, |year| by_month(site, year)),
            stories,
            jump: dates::jump(site, date.year),
            earlier,
            later,
            count: period.map_or(0, |period| period.count),
        },
    )
}

/// The articles of a year that are known by month or day, as the year went.
fn by_month(site: Site<'_>, year: Period) -> Vec<Group> {
    let month = |id: &ArticleId| site.archive.article(*id).calendar.map_or(0, |date| date.month);
    let ids: Vec<ArticleId> = year.articles().rev().filter(|id| month(id) > 0).collect();
    let group = |chunk: &[ArticleId]| {
        let date = CalendarDate { month: chunk.first().map_or(0, month), ..year.date };
        Group {
            id: String::new(),
            title: site.ready.words.dates().month_name(date.month).to_owned(),
            url: site.config.link(&dates::archive_url(date)),
            stories: Card::list(site, chunk.iter().copied()),
            more: 0,
        }
    };
    ids.chunk_by(|one, other| month(one) == month(other)).map(group).collect()
}
