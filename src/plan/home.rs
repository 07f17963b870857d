//! The front page.

use super::views::{self, Card, Group, Head, LinkView, PeriodView, section_link};
use super::{Kind, Site, dates, no_source, one, section};
use crate::archive::{ArticleId, Period};
use crate::date::CalendarDate;
use crate::page::{Form, Story, Subject, View};

/// How many stories of the lead day stand on the front page before those of other days fill it up.
const FRONT: usize = 9;
/// How many stories a section shows there.
const IN_SECTION: usize = 4;
/// How many earlier years "on this day" shows.
const ON_THIS_DAY: usize = 6;

pub(super) const KIND: Kind = Kind {
    name: "home",
    form: Form::Template("home.html"),
    subjects: one,
    url: |_, _| "/".to_owned(),
    source: no_source,
    sitemap: true,
    view,
};

/// The front page: the stories of one day, every section at a glance, and ways into the archive.
#[derive(Clone, Debug)]
pub struct HomeView {
    /// What every page says of itself.
    pub head: Head,
    /// The day whose stories lead: that of `home.date`, else the newest; none for an empty archive.
    pub day: Option<LinkView>,
    /// The main story.
    pub lead: Option<Card>,
    /// The stories beside it: those of the day before others, and of each those with a picture first.
    pub secondary: Vec<Card>,
    /// Top-level sections that have articles, with their newest stories.
    pub sections: Vec<Group>,
    /// Stories of the same day in other years, the newest first.
    pub on_this_day: Option<Group>,
    /// The years, the newest first.
    pub years: Vec<PeriodView>,
    /// How many articles the archive has.
    pub count: u32,
}

views::with_head!(HomeView { day, lead, secondary, sections, on_this_day, years, count });

fn view(site: Site<'_>, _: Subject, _: Option<&Story>) -> View {
    let day = lead_day(site);
    let start = day.map_or(0, |day| day.first);
    let mut front = start..(start + FRONT as u32).min(site.archive.articles.len() as u32);
    let lead =
        front.clone().take(day.map_or(0, |day| day.count as usize)).find(|id| has_picture(site, *id)).or(front.next());
    let of_the_day = start + day.map_or(0, |day| day.count);
    let mut secondary: Vec<ArticleId> = (start..front.end).filter(|id| Some(*id) != lead).collect();
    secondary.sort_by_key(|id| (*id >= of_the_day, !has_picture(site, *id)));
    let mut head = Head::new(site, KIND.name, &site.config.title, "/").about(&site.config.description);
    head.crumbs.clear();
    View::of(
        site.purpose,
        &HomeView {
            head,
            day: day.map(|day| LinkView {
                title: dates::text(site, day.date),
                url: site.config.link(&dates::archive_url(day.date)),
            }),
            lead: lead.map(|id| Card::new(site, id)),
            secondary: Card::list(site, secondary),
            sections: sections(site),
            on_this_day: day.and_then(|day| on_this_day(site, day.date)),
            years: PeriodView::shared(site.archive.years.iter().map(|year| dates::period(site, *year)).collect()),
            count: site.archive.articles.len() as u32,
        },
    )
}

fn has_picture(site: Site<'_>, id: ArticleId) -> bool {
    site.archive.article(id).picture().is_some()
}

/// The day that leads the front page: the chosen one, else the nearest before it that has articles, else the newest.
fn lead_day(site: Site<'_>) -> Option<Period> {
    let days = &site.archive.days;
    let chosen = site.config.home_date.map(|date| CalendarDate {
        year: date.year(),
        month: date.month() as u8,
        day: date.day() as u8,
    });
    let at = chosen.map_or(0, |chosen| days.partition_point(|day| day.date > chosen));
    days.get(at).or(days.first()).copied()
}

fn sections(site: Site<'_>) -> Vec<Group> {
    section::top(site)
        .filter_map(|id| {
            let link = section_link(site, id)?;
            let members = &site.archive.section(id).members;
            Some(Group {
                id: String::new(),
                title: link.title,
                url: link.url,
                stories: Card::list(site, members.iter().copied().take(IN_SECTION)),
                more: members.len().saturating_sub(IN_SECTION) as u32,
            })
        })
        .collect()
}

fn on_this_day(site: Site<'_>, day: CalendarDate) -> Option<Group> {
    let key = (day.month, day.day);
    let at = site.archive.anniversaries.binary_search_by_key(&key, |(month, day, _)| (*month, *day)).ok()?;
    let (_, _, all) = site.archive.anniversaries.get(at)?;
    let other_years: Vec<ArticleId> = all
        .iter()
        .copied()
        .filter(|id| site.archive.article(*id).calendar.is_some_and(|date| date.year != day.year))
        .collect();
    (!other_years.is_empty()).then(|| Group {
        id: String::new(),
        title: site.ready.words.dates().anniversary(day.month, day.day),
        url: site.config.link(&super::on_this_day::url_of(day.month, day.day)),
        more: other_years.len().saturating_sub(ON_THIS_DAY) as u32,
        stories: Card::list(site, other_years.into_iter().take(ON_THIS_DAY)),
    })
}
