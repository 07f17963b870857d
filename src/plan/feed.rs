//! Feeds of the site and of each section: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.

use super::{Kind, Site, no_source, section, views};
use crate::archive::{ArticleId, SectionId, TaxonomyKind};
use crate::date::ArticleDate;
use crate::page::{Form, Subject, View};
use jiff::tz::TimeZone;
use serde::Serialize;

/// File name, name for readers, and media type of each form.
pub(super) const FORMS: [(&str, &str, &str); 3] = [
    ("atom.xml", "Atom", "application/atom+xml"),
    ("rss.xml", "RSS", "application/rss+xml"),
    ("feed.json", "JSON Feed", "application/feed+json"),
];

pub(super) const ATOM: Kind = Kind {
    name: "atom",
    form: Form::Template("atom.xml"),
    subjects,
    url: |site, subject| url(site, subject.of, FORMS[0].0),
    source: no_source,
    sitemap: false,
    view: |site, subject, _| View::of(site.purpose, &feed(site, subject.of, FORMS[0].0)),
};

pub(super) const RSS: Kind = Kind {
    name: "rss",
    form: Form::Template("rss.xml"),
    subjects,
    url: |site, subject| url(site, subject.of, FORMS[1].0),
    source: no_source,
    sitemap: false,
    view: |site, subject, _| View::of(site.purpose, &feed(site, subject.of, FORMS[1].0)),
};

pub(super) const JSON: Kind = Kind {
    name: "json-feed",
    form: Form::Json,
    subjects,
    url: |site, subject| url(site, subject.of, FORMS[2].0),
    source: no_source,
    sitemap: false,
    view: |site, subject, _| View::of(site.purpose, &json_feed(site, subject.of)),
};

/// A feed for an XML template.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// Name of the list.
    pub title: String,
    /// What the list is about.
    pub description: String,
    /// The feed's own address, with scheme and host.
    pub canonical: String,
    /// The page of the list, with scheme and host.
    pub home: String,
    /// When an item last changed, RFC 3339.
    pub updated: String,
    /// The newest articles.
    pub items: Vec<FeedItem>,
}

/// An article in a feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedItem {
    /// Headline.
    pub title: String,
    /// Its address with scheme and host; also its id.
    pub url: String,
    /// When it was published, RFC 3339; empty where no date is known.
    pub published: String,
    /// The same in the form of RFC 2822, for RSS.
    pub published_rfc2822: String,
    /// When it last changed, RFC 3339.
    pub updated: String,
    /// Standfirst or first paragraph.
    pub summary: String,
    /// Byline.
    pub authors: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
}

/// <https://www.jsonfeed.org/version/1.1/>
#[derive(Clone, Debug, Serialize)]
struct JsonFeed {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    description: String,
    language: String,
    items: Vec<JsonItem>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonItem {
    id: String,
    url: String,
    title: String,
    content_text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    date_published: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    date_modified: String,
    authors: Vec<JsonAuthor>,
    tags: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonAuthor {
    name: String,
}

/// The site's feed, then one for each section; none with `[feeds] limit = 0`.
fn subjects(site: Site<'_>) -> Vec<Subject> {
    if site.config.feed_limit == 0 {
        return Vec::new();
    }
    (0..site.archive.sections.len() as SectionId).map(Subject::whole).collect()
}

fn folder(site: Site<'_>, of: SectionId) -> String {
    if of == 0 { "/".to_owned() } else { section::url_of(&site.archive.section(of).path) }
}

fn url(site: Site<'_>, of: SectionId, file: &str) -> String {
    format!("{}{file}", folder(site, of))
}

fn newest(site: Site<'_>, of: SectionId) -> Vec<ArticleId> {
    let limit = site.config.feed_limit;
    if of == 0 {
        return (0..site.archive.articles.len().min(limit) as ArticleId).collect();
    }
    site.archive.section(of).members.iter().copied().take(limit).collect()
}

fn title(site: Site<'_>, of: SectionId) -> String {
    let section = site.archive.section(of);
    if of == 0 { site.config.title.clone() } else { format!("{}: {}", site.config.title, section.title) }
}

fn feed(site: Site<'_>, of: SectionId, file: &str) -> FeedView {
    let ids = newest(site, of);
    let changed = views::last_changed(ids.iter().map(|id| site.archive.article(*id)));
    let description =
        if of == 0 { site.config.description.clone() } else { site.archive.section(of).description.to_string() };
    FeedView {
        title: title(site, of),
        description,
        canonical: site.config.absolute(&url(site, of, file)),
        home: site.config.absolute(&folder(site, of)),
        // Atom demands a date; the beginning of time is one that no clock had to tell.
        updated: changed.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |date| date.rfc3339()),
        items: ids.into_iter().map(|id| item(site, id)).collect(),
    }
}

fn item(site: Site<'_>, id: ArticleId) -> FeedItem {
    let entry = site.archive.article(id);
    let changed = views::last_changed([entry]);
    let names = |kind, ids: &[u32]| site.archive.names(kind, ids).map(str::to_owned).collect();
    FeedItem {
        title: entry.title().to_string(),
        url: site.config.absolute(entry.url()),
        published: entry.date.map_or_else(String::new, |date| date.rfc3339()),
        published_rfc2822: entry.date.map_or_else(String::new, rfc2822),
        updated: changed.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |date| date.rfc3339()),
        summary: entry.description().to_string(),
        authors: names(TaxonomyKind::Authors, entry.authors()),
        tags: names(TaxonomyKind::Tags, entry.tags()),
    }
}

fn rfc2822(date: ArticleDate) -> String {
    let zoned = date.timestamp().map(|timestamp| timestamp.to_zoned(TimeZone::UTC));
    zoned.and_then(|zoned| jiff::fmt::rfc2822::to_string(&zoned).ok()).unwrap_or_default()
}

fn json_feed(site: Site<'_>, of: SectionId) -> JsonFeed {
    let feed = feed(site, of, FORMS[2].0);
    let item = |item: FeedItem| JsonItem {
        id: item.url.clone(),
        url: item.url,
        title: item.title,
        content_text: item.summary,
        date_modified: if item.published.is_empty() { String::new() } else { item.updated },
        date_published: item.published,
        authors: item.authors.into_iter().map(|name| JsonAuthor { name }).collect(),
        tags: item.tags,
    };
    JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.title,
        home_page_url: feed.home,
        feed_url: feed.canonical,
        description: feed.description,
        language: site.config.language.clone(),
        items: feed.items.into_iter().map(item).collect(),
    }
}
