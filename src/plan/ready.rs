//! Parts of views that stand on many pages, made once: links to sections and terms, days in words, the site's feeds.
//!
//! A ready value is shared by all views that hold it; making it anew for every card would be most of the work of
//! making a view.

use super::views::{LinkView, feed_links};
use super::{dates, section, taxonomy};
use crate::archive::{Archive, ArticleId, Entry, SectionId, TaxonomyKind, Term, TermId};
use crate::config::Config;
use crate::date::CalendarDate;
use crate::i18n::{DateForm, Translations};
use crate::page::hashing::hash_of;
use crate::picture::Pictures;
use crate::recall::Recall;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use tera::Value;

/// How many cards are kept: some 8 MB. Pages are made in the order of their paths, and most that show an article again are
/// near; eight times as many save no time.
const SHOWN: usize = 1 << 12;

/// The ready parts of one site.
#[derive(Debug)]
pub struct Ready {
    sections: Vec<Value>,
    terms: [Vec<Value>; 3],
    /// The days, months and years that have articles, ascending.
    dates: Vec<CalendarDate>,
    /// Each of those in words.
    days: Vec<Day>,
    /// The hash of each article's card, and of its headline and address alone.
    cards: Vec<[u64; 2]>,
    /// The hashes of the links to sections and to terms.
    hashes: Hashes,
    /// Cards that were shown lately.
    shown: Recall<ArticleId, Value>,
    /// Where the menus and the ways into the archive lead.
    pub(super) ways: BTreeSet<String>,
    /// The link to the front page.
    pub(super) home: Value,
    pub(super) feeds: Value,
    /// The words that pages are headed with.
    pub(super) words: Arc<Translations>,
}

/// What stands for ready parts in the keys of pages.
#[derive(Debug, Default)]
struct Hashes {
    sections: Vec<u64>,
    terms: [Vec<u64>; 3],
}

/// A day, month or year in the forms that a page may need.
#[derive(Clone, Debug)]
pub(super) struct Day {
    pub(super) text: Value,
    pub(super) short: Value,
    pub(super) url: Value,
}

impl Day {
    pub(super) fn new(config: &Config, words: &Translations, date: CalendarDate) -> Self {
        Self {
            text: Value::from(words.dates().write(date, DateForm::Full)),
            short: Value::from(words.dates().write(date, DateForm::Short)),
            url: Value::from(config.link(&dates::archive_url(date))),
        }
    }
}

impl Ready {
    /// Makes the ready parts.
    pub fn new(config: &Config, archive: &Archive, words: Arc<Translations>) -> Self {
        let link = |title: &str, url: String| Value::from_serializable(&LinkView { title: title.to_owned(), url });
        let section = |section: &crate::archive::Section| match &*section.path {
            "" => Value::none(),
            path => link(&section.title, config.link(&section::url_of(path))),
        };
        let term = |kind: TaxonomyKind, term: &Term| {
            let url = taxonomy::has_pages(config, kind).then(|| config.link(&taxonomy::url_of(kind, &term.slug)));
            link(&term.name, url.unwrap_or_default())
        };
        let terms = |kind: TaxonomyKind| archive.taxonomy(kind).terms.iter().map(|t| term(kind, t)).collect();
        let periods = [&archive.days, &archive.months, &archive.years].into_iter().flatten();
        let mut dates: Vec<CalendarDate> = periods.map(|period| period.date).collect();
        dates.sort_unstable();
        let without_hashes = Self {
            cards: Vec::new(),
            hashes: Hashes::default(),
            shown: Recall::new(SHOWN.min(archive.articles.len())),
            ways: ways(config, archive),
            home: link(&config.title, config.link("/")),
            sections: archive.sections.iter().map(section).collect(),
            terms: TaxonomyKind::ALL.map(terms),
            days: dates.iter().map(|date| Day::new(config, &words, *date)).collect(),
            dates,
            words,
            feeds: Value::from_serializable(&feed_links(config, &config.title, "/")),
        };
        let short = |value: &Value| hash_of(value) as u64;
        let all = |values: &Vec<Value>| values.par_iter().map(short).collect::<Vec<u64>>();
        let hashes =
            Hashes { sections: all(&without_hashes.sections), terms: without_hashes.terms.each_ref().map(all) };
        let without_cards = Self { hashes, ..without_hashes };
        let cards = archive.articles.par_iter().map(|entry| without_cards.hashes_of_card(entry, &archive.pictures));
        Self { cards: cards.collect(), ..without_cards }
    }

    /// All that a card is made of, but for the settings that every page's key covers; and its headline and address.
    fn hashes_of_card(&self, entry: &Entry, pictures: &Pictures) -> [u64; 2] {
        let figure = entry.image.as_deref().map(|image| (&image.src, &image.alt, &image.caption, &image.credit));
        let figure = (figure, entry.picture().and_then(|number| pictures.get(number)));
        let calendar = entry.calendar.map(|date| (date.year, date.month, date.day));
        let date = entry.date.map(|date| (date.identity(), calendar));
        let authors: Vec<u64> = self.hashes_of_terms(TaxonomyKind::Authors, entry.authors()).collect();
        let link = hash_of(&(entry.title(), entry.url())) as u64;
        [hash_of(&(link, entry.description(), date, figure, self.hash_of_section(entry.section), authors)) as u64, link]
    }

    /// The hash of an article's card.
    pub(super) fn card(&self, id: ArticleId) -> u64 {
        self.cards.get(id as usize).map_or(0, |[card, _]| *card)
    }

    /// The hash of a link to an article with its headline.
    pub(super) fn hash_of_link(&self, id: ArticleId) -> u64 {
        self.cards.get(id as usize).map_or(0, |[_, link]| *link)
    }

    /// The hash of the link to a section.
    pub(super) fn hash_of_section(&self, id: SectionId) -> u64 {
        self.hashes.sections.get(id as usize).copied().unwrap_or_default()
    }

    /// The hashes of links to terms.
    pub(super) fn hashes_of_terms(&self, kind: TaxonomyKind, ids: &[TermId]) -> impl Iterator<Item = u64> {
        let all = &self.hashes.terms[kind as usize];
        ids.iter().filter_map(|id| all.get(*id as usize).copied())
    }

    /// The card of an article, made by `make` where it was not shown lately. An article's card is the same value wherever
    /// it is shown.
    pub(super) fn card_value(&self, id: ArticleId, make: impl FnOnce() -> Value) -> Value {
        self.shown.get(u64::from(id), &id).unwrap_or_else(|| {
            let card = make();
            self.shown.keep(u64::from(id), id, card.clone());
            card
        })
    }

    /// The link to a section; none for the root.
    pub(super) fn section(&self, id: SectionId) -> Value {
        self.sections.get(id as usize).cloned().unwrap_or_else(Value::none)
    }

    /// Links to terms; without an address where the taxonomy has no pages.
    pub(super) fn terms(&self, kind: TaxonomyKind, ids: &[TermId]) -> Value {
        let all = &self.terms[kind as usize];
        Value::from(ids.iter().filter_map(|id| all.get(*id as usize).cloned()).collect::<Vec<Value>>())
    }

    /// A date in words; made now where no article has it, as with dates of the editor's lists.
    pub(super) fn day(&self, config: &Config, date: CalendarDate) -> Day {
        match self.dates.binary_search(&date) {
            Ok(at) => self.days[at].clone(),
            Err(_) => Day::new(config, &self.words, date),
        }
    }
}

/// Every address on this site that templates link to on all pages: what [`super::site`] holds of links.
fn ways(config: &Config, archive: &Archive) -> BTreeSet<String> {
    let menus = config.menus.values().flatten().map(|item| config.link(&item.url));
    let top = archive.sections.first().map_or(&[][..], |root| &root.children);
    let sections = top.iter().map(|id| config.link(&section::url_of(&archive.section(*id).path)));
    let roots = TaxonomyKind::ALL.map(|kind| config.link(&taxonomy::root_of(kind)));
    let dates = ["/", super::archive::URL, super::on_this_day::URL].map(|url| config.link(url));
    menus.chain(sections).chain(roots).chain(dates).collect()
}
