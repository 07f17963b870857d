//! Lists of articles, cut by the calendar and not by counting, so that a new article touches few pages.
//!
//! The root of a list shows the newest fifty. A longer list has a page for each year, and a year of more than two
//! hundred has one for each month.

use super::views::{self, Card, Group, Head, LinkView, PeriodView};
use super::{Site, dates};
use crate::archive::ArticleId;
use crate::date::CalendarDate;
use serde::Serialize;

/// How many articles the root of a list shows, and a year that has pages for its months.
const NEWEST: usize = 50;
/// The longest list of a year that is shown whole.
const LONGEST_YEAR: usize = 200;
/// The cut of a long list that holds the articles without a date.
pub(super) const UNDATED: CalendarDate = CalendarDate { year: i16::MIN, month: 0, day: 0 };

/// A list of articles: of a section, an author, a tag or a place.
#[derive(Clone, Debug)]
pub struct ListView {
    /// What every page says of itself.
    pub head: Head,
    /// Introduction, safe HTML; empty if there is none.
    pub content: tera::Value,
    /// Sections right below, with their counts.
    pub children: Vec<Counted>,
    /// The articles shown here, by month.
    pub groups: Vec<Group>,
    /// Years that have a page of this list, the newest first, and then what has no date; empty for a short list.
    pub years: Vec<PeriodView>,
    /// How many articles each year has, the newest first, on the root of the list. A year leads to its page, or to where
    /// it begins on this one.
    pub per_year: Vec<PeriodView>,
    /// Months that have a page of this list, if this is a long year of it.
    pub months: Vec<PeriodView>,
    /// The page of the list for the period before this one.
    pub earlier: Option<LinkView>,
    /// The page of the list for the period after this one.
    pub later: Option<LinkView>,
    /// How many articles the list has in all, on its root; those of the period on other pages.
    pub count: u32,
    /// The period this page is about; empty on the root of the list.
    pub period: String,
}

views::with_head!(ListView { content, children, groups, years, per_year, months, earlier, later, count, period });

/// A link with the number of articles behind it.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// Its words.
    pub title: String,
    /// Where it goes.
    pub url: String,
    /// What it is about; may be empty.
    pub description: String,
    /// How many articles.
    pub count: u32,
}

/// A list and its root-relative address.
pub(super) struct List<'a> {
    pub(super) site: Site<'a>,
    pub(super) url: String,
    pub(super) members: &'a [ArticleId],
}

impl<'a> List<'a> {
    /// The cuts of the calendar that have a page of this list, newest first; none for a short list.
    pub(super) fn cuts(&self) -> Vec<CalendarDate> {
        if self.members.len() <= NEWEST {
            return Vec::new();
        }
        let mut cuts = Vec::new();
        for (year, count) in self.years() {
            cuts.push(year);
            if count > LONGEST_YEAR {
                cuts.extend(self.months(year).into_iter().map(|(month, _)| month));
            }
        }
        if self.members.last().is_some_and(|last| self.date(*last).is_none()) {
            cuts.push(UNDATED);
        }
        cuts
    }

    /// The address of a cut.
    pub(super) fn cut_url(&self, cut: CalendarDate) -> String {
        match cut {
            UNDATED => format!("{}undated/", self.url),
            cut if cut == CalendarDate::default() => self.url.clone(),
            cut => format!("{}{}", self.url, dates::path(cut)),
        }
    }

    /// The view of the whole or of a cut. `head` is that of the list's root.
    pub(super) fn view(&self, head: Head, cut: CalendarDate) -> ListView {
        let whole = cut == CalendarDate::default();
        let years = if self.members.len() > NEWEST { self.years() } else { Vec::new() };
        let members = if whole { self.members } else { self.within(cut) };
        let months =
            if !whole && cut.month == 0 && members.len() > LONGEST_YEAR { self.months(cut) } else { Vec::new() };
        let shown = if (whole && !years.is_empty()) || !months.is_empty() { NEWEST } else { members.len() };
        let [earlier, later] = if whole { [None, None] } else { self.neighbours(&self.siblings(&years, cut), cut) };
        let title = match cut {
            UNDATED => self.undated(),
            _ if whole => String::new(),
            cut => dates::text(self.site, cut),
        };
        ListView {
            head: if whole { head } else { self.head_of_cut(&head, cut, &title) },
            content: tera::Value::normal_string(""),
            children: Vec::new(),
            groups: self.groups(members.get(..shown).unwrap_or(members)),
            years: if years.is_empty() { Vec::new() } else { self.all_years(&years, whole) },
            per_year: if whole { self.per_year() } else { Vec::new() },
            months: self.periods(&months),
            earlier,
            later,
            count: members.len() as u32,
            period: title,
        }
    }

    fn head_of_cut(&self, head: &Head, cut: CalendarDate, title: &str) -> Head {
        let mut cut_head = Head::new(self.site, head.kind, &format!("{}, {title}", head.title), &self.cut_url(cut));
        cut_head.crumbs.clone_from(&head.crumbs);
        cut_head.feeds.clone_from(&head.feeds);
        let mut cut_head = cut_head.under(self.site, &head.title, &self.url);
        if cut.month > 0 {
            let year = dates::above(cut);
            cut_head = cut_head.under(self.site, &dates::text(self.site, year), &self.cut_url(year));
        }
        cut_head
    }

    /// The cuts that a cut may stand between: years, or months of its year and of the nearest others that are cut by them.
    fn siblings(&self, years: &[(CalendarDate, usize)], cut: CalendarDate) -> Vec<CalendarDate> {
        if cut.month == 0 {
            return years.iter().map(|(year, _)| *year).chain((cut == UNDATED).then_some(cut)).collect();
        }
        let is_long = |(_, count): &&(CalendarDate, usize)| *count > LONGEST_YEAR;
        let (newer, others) = years.split_at(years.partition_point(|(year, _)| year.year > cut.year));
        let own = others.split_first().map(|(own, older)| (own, older.iter().find(is_long)));
        let near = own.into_iter().flat_map(|(own, older)| [newer.iter().rfind(is_long), Some(own), older]);
        near.flatten().flat_map(|(year, _)| self.months(*year)).map(|(month, _)| month).collect()
    }

    fn neighbours(&self, cuts: &[CalendarDate], cut: CalendarDate) -> [Option<LinkView>; 2] {
        let Some(at) = cuts.iter().position(|other| *other == cut) else { return [None, None] };
        let link = |cut: Option<&CalendarDate>| {
            cut.filter(|cut| **cut != UNDATED).map(|cut| LinkView {
                title: dates::text(self.site, *cut),
                url: self.site.config.link(&self.cut_url(*cut)),
            })
        };
        [link(cuts.get(at + 1)), link(at.checked_sub(1).and_then(|at| cuts.get(at)))]
    }

    fn periods(&self, periods: &[(CalendarDate, usize)]) -> Vec<PeriodView> {
        let view = |(date, count): &(CalendarDate, usize)| PeriodView {
            title: dates::text(self.site, *date),
            short: if date.month == 0 {
                date.year.to_string()
            } else {
                self.site.ready.words.dates().month_name(date.month).to_owned()
            },
            url: self.site.config.link(&self.cut_url(*date)),
            count: *count as u32,
            share: 1,
        };
        PeriodView::shared(periods.iter().map(view).collect())
    }

    /// The years with their counts; those of a short list lead to where they begin on its page.
    fn per_year(&self) -> Vec<PeriodView> {
        let mut years = self.periods(&self.years());
        if self.members.len() <= NEWEST {
            for year in &mut years {
                year.url = format!("#y{}", year.short);
            }
        }
        years
    }

    /// The years, and after them the page of what has no date. Only the root of a list tells how many articles each has: if
    /// every page did, one article more would change them all.
    fn all_years(&self, years: &[(CalendarDate, usize)], counted: bool) -> Vec<PeriodView> {
        let mut years = self.with_undated(self.periods(years));
        if !counted {
            for year in &mut years {
                (year.count, year.share) = (0, 0);
            }
        }
        years
    }

    /// The periods, and after them that of what has no date, if anything has none.
    fn with_undated(&self, mut years: Vec<PeriodView>) -> Vec<PeriodView> {
        let count = self.within(UNDATED).len() as u32;
        if count > 0 {
            let url = self.site.config.link(&self.cut_url(UNDATED));
            years.push(PeriodView { title: self.undated(), short: self.undated(), url, count, share: 1 });
        }
        years
    }

    fn groups(&self, members: &[ArticleId]) -> Vec<Group> {
        let month = |id: &ArticleId| self.date(*id).map(|date| CalendarDate { day: 0, ..date });
        let mut above = None;
        members
            .chunk_by(|one, other| month(one) == month(other))
            .map(|chunk| {
                let date = chunk.first().and_then(month);
                let year = date.map(|date| date.year);
                let begins = year.filter(|_| above != year);
                above = year;
                Group {
                    id: begins.map_or_else(String::new, |year| format!("y{year}")),
                    title: date.map_or_else(|| self.undated(), |date| dates::text(self.site, date)),
                    url: date.map_or_else(String::new, |date| self.site.config.link(&dates::archive_url(date))),
                    stories: Card::list(self.site, chunk.iter().copied()),
                    more: 0,
                }
            })
            .collect()
    }

    fn undated(&self) -> String {
        self.site.ready.words.text("undated").to_owned()
    }

    fn date(&self, id: ArticleId) -> Option<CalendarDate> {
        self.site.archive.article(id).calendar
    }

    fn years(&self) -> Vec<(CalendarDate, usize)> {
        self.count_by(self.members, |date| CalendarDate { month: 0, day: 0, ..date })
    }

    fn months(&self, year: CalendarDate) -> Vec<(CalendarDate, usize)> {
        let mut months = self.count_by(self.within(year), |date| CalendarDate { day: 0, ..date });
        months.retain(|(date, _)| date.month > 0);
        months
    }

    /// How many members each cut has. A list of a million is not read through for every one of its pages: the end of a cut
    /// is searched for.
    fn count_by(
        &self,
        members: &[ArticleId],
        cut: impl Fn(CalendarDate) -> CalendarDate,
    ) -> Vec<(CalendarDate, usize)> {
        let date = |id: &ArticleId| self.date(*id).map(&cut);
        let mut counts = Vec::new();
        let mut rest = members;
        while let Some(first) = rest.first().and_then(date) {
            let count = rest.partition_point(|id| date(id).is_some_and(|date| date >= first));
            counts.push((first, count));
            rest = rest.get(count.max(1)..).unwrap_or_default();
        }
        counts
    }

    /// The members in a cut: a stretch of the list, since lists run from the newest to the oldest.
    fn within(&self, cut: CalendarDate) -> &'a [ArticleId] {
        if cut == UNDATED {
            return &self.members[self.members.partition_point(|id| self.date(*id).is_some())..];
        }
        let last = CalendarDate { month: if cut.month == 0 { u8::MAX } else { cut.month }, day: u8::MAX, ..cut };
        let start = self.members.partition_point(|id| self.date(*id).is_some_and(|date| date > last));
        let end = self.members.partition_point(|id| self.date(*id).is_some_and(|date| date >= cut));
        &self.members[start..end]
    }
}
