//! The sitemap (sitemaps.org, protocol 0.9): an index, and parts by year of at most 45,000 addresses each.

use super::{KINDS, Kind, Site, list, no_source, one, undated, views};
use crate::archive::{ArticleId, Period};
use crate::date::CalendarDate;
use crate::page::{Form, Subject, View};
use serde::Serialize;
use std::ops::Range;

/// Root-relative address of the index.
pub(super) const URL: &str = "/sitemap.xml";
/// The protocol allows 50,000.
const LONGEST: usize = 45_000;

pub(super) const INDEX: Kind = Kind {
    name: "sitemap-index",
    form: Form::Template("sitemap-index.xml"),
    subjects: one,
    url: |_, _| URL.to_owned(),
    source: no_source,
    sitemap: false,
    view: |site, _, _| index_view(site),
};

pub(super) const PART: Kind = Kind {
    name: "sitemap",
    form: Form::Template("sitemap.xml"),
    subjects: parts,
    url: |_, subject| part_url(subject),
    source: no_source,
    sitemap: false,
    view: |site, subject, _| View::of(site.purpose, &SitemapView { urls: urls(site, subject) }),
};

/// A sitemap, or the index of all sitemaps.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapView {
    /// The addresses.
    pub urls: Vec<SitemapUrl>,
}

/// An address of a sitemap.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapUrl {
    /// With scheme and host.
    pub url: String,
    /// When what stands there last changed, RFC 3339; empty where that is not known.
    pub lastmod: String,
}

/// Part `of` (from 0) of a year, of the undated articles, or, where the cut is the whole, of the lists.
fn parts(site: Site<'_>) -> Vec<Subject> {
    let cuts = site.archive.years.iter().map(|year| year.date);
    let undated = undated::url(site).map(|_| list::UNDATED);
    let cuts = std::iter::once(CalendarDate::default()).chain(cuts).chain(undated);
    let parts = |cut| {
        let length = if cut == CalendarDate::default() { list_urls(site).len() } else { articles(site, cut).len() };
        (0..length.div_ceil(LONGEST).max(1) as u32).map(move |of| Subject { of, cut })
    };
    cuts.flat_map(parts).collect()
}

fn part_url(subject: Subject) -> String {
    let name = match subject.cut {
        list::UNDATED => "undated".to_owned(),
        cut if cut == CalendarDate::default() => "lists".to_owned(),
        cut => format!("{:04}", cut.year),
    };
    match subject.of {
        0 => format!("/sitemap-{name}.xml"),
        part => format!("/sitemap-{name}-{}.xml", part + 1),
    }
}

fn articles(site: Site<'_>, cut: CalendarDate) -> Range<ArticleId> {
    if cut == list::UNDATED {
        let all = site.archive.articles.len() as ArticleId;
        return all - undated::members(site).len() as ArticleId..all;
    }
    super::dates::find(&site.archive.years, cut).as_ref().map_or(0..0, Period::articles)
}

/// The addresses of every page that is no article, in the order of pages.
fn list_urls(site: Site<'_>) -> Vec<String> {
    let listed = KINDS.iter().filter(|kind| kind.sitemap);
    listed.flat_map(|kind| (kind.subjects)(site).into_iter().map(|subject| (kind.url)(site, subject))).collect()
}

fn part_of<T>(all: impl Iterator<Item = T>, part: u32) -> impl Iterator<Item = T> {
    all.skip(part as usize * LONGEST).take(LONGEST)
}

fn urls(site: Site<'_>, subject: Subject) -> Vec<SitemapUrl> {
    if subject.cut == CalendarDate::default() {
        let urls = part_of(list_urls(site).into_iter(), subject.of);
        return urls.map(|url| SitemapUrl { url: site.config.absolute(&url), lastmod: String::new() }).collect();
    }
    let entries = part_of(articles(site, subject.cut), subject.of).map(|id| site.archive.article(id));
    let url = |entry: &crate::archive::Entry| SitemapUrl {
        url: site.config.absolute(entry.url()),
        lastmod: views::last_changed([entry]).map_or_else(String::new, |date| date.rfc3339()),
    };
    entries.map(url).collect()
}

fn index_view(site: Site<'_>) -> View {
    let part = |subject: Subject| {
        let lists = subject.cut == CalendarDate::default();
        let all = if lists { 0..site.archive.articles.len() as ArticleId } else { articles(site, subject.cut) };
        let part = part_of(all, if lists { 0 } else { subject.of });
        let changed = views::last_changed(part.map(|id| site.archive.article(id)));
        SitemapUrl {
            url: site.config.absolute(&part_url(subject)),
            lastmod: changed.map_or_else(String::new, |date| date.rfc3339()),
        }
    };
    View::of(site.purpose, &SitemapView { urls: parts(site).into_iter().map(part).collect() })
}
