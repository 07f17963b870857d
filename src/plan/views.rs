//! What templates see: the parts that several page kinds share. Each page kind has its own view beside its planner.
//!
//! All addresses are ready to be used in a link. All texts are plain and are escaped by the template engine, but for
//! fields whose description says "safe HTML".

use super::{File, Site, dates};
use crate::archive::{ArticleId, Entry, SectionId, TaxonomyKind};
use crate::article::Figure;
use crate::config::Config;
use crate::date::ArticleDate;
use crate::page::Purpose;
use crate::page::hashing::hash_of;
use crate::picture::Picture;
use serde::Serialize;
use serde::ser::SerializeStruct;
use std::borrow::Cow;

/// What every page says of itself.
#[derive(Clone, Debug)]
pub struct Head {
    /// Name of the page's kind, as `article`.
    pub kind: &'static str,
    /// Heading of the page, without the site's name.
    pub title: String,
    /// One or two sentences; may be empty.
    pub description: String,
    /// Address on this site.
    pub url: String,
    /// The same where the menus and the ways into the archive lead there; empty for every other page, so that what a
    /// theme makes of it is the same on all those.
    pub here: String,
    /// Address with scheme and host.
    pub canonical: String,
    /// The pages above this one, the front page first: a list of [`LinkView`].
    pub crumbs: Vec<tera::Value>,
    /// Feeds of this page's list, or of the site: a list of [`FeedLink`].
    pub feeds: tera::Value,
    /// Structured data for search engines, safe JSON for a script element; none where there is none.
    pub json_ld: Option<tera::Value>,
    /// Picture for previews, with scheme and host; empty if there is none.
    pub preview: String,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// Its words.
    pub title: String,
    /// Where it goes; empty where the source lost it.
    pub url: String,
}

/// A feed to subscribe to.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    /// Its name, as `The Saltmere Gazette (Atom)`.
    pub title: String,
    /// The name of its form alone, as `Atom`.
    pub name: &'static str,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub mime: &'static str,
}

/// A date in the forms that a page may need.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// For `<time datetime>`, as exact as it is known.
    pub iso: String,
    /// `Wednesday 19 July 2000`, as exact as it is known; text.
    pub text: tera::Value,
    /// `19 Jul 2000`; text.
    pub short: tera::Value,
    /// `12:45` in the archive's time zone; empty if only the day is known.
    pub time: String,
    /// The archive page of that day, month or year; text.
    pub url: tera::Value,
}

/// An article as lists show it.
#[derive(Clone, Debug, Serialize)]
pub struct CardView<'a> {
    /// Headline.
    pub title: &'a str,
    /// Its address.
    pub url: Cow<'a, str>,
    /// Standfirst or first paragraph.
    pub description: &'a str,
    /// When it was published.
    pub date: Option<DateView>,
    /// Its section, a [`LinkView`]; none for articles outside all sections.
    pub section: tera::Value,
    /// Its byline, a list of [`LinkView`].
    pub authors: tera::Value,
    /// Its lead figure.
    pub image: Option<FigureView>,
}

/// A [`CardView`], ready for templates.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Card(tera::Value);

/// A picture with what is said of it.
#[derive(Clone, Debug, Serialize)]
pub struct FigureView {
    /// Address of the picture; empty where the file is lost.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// The words under it.
    pub caption: String,
    /// Whose it is.
    pub credit: String,
    /// How wide it is, in pixels; 0 where that is not known, as of pictures that are not of this site.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// Whether the picture is a file of this site.
    pub local: bool,
}

/// Articles under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The heading, as `July 2000`.
    pub title: String,
    /// The page of the heading; empty if it has none.
    pub url: String,
    /// Its name for links within the page, as `2000-07`; empty where it needs none.
    pub id: String,
    /// The articles.
    pub stories: Vec<Card>,
    /// How many more the heading's page has.
    pub more: u32,
}

/// A stretch of the calendar that has a page.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodView {
    /// `2000`, `July 2000` or `Wednesday 19 July 2000`.
    pub title: String,
    /// `2000`, `Jul` or `19`.
    pub short: String,
    /// Its address.
    pub url: String,
    /// How many articles; 0 on pages that do not tell, as those of a year of a section do not tell of other years.
    pub count: u32,
    /// `count` as a percentage of the largest beside it, from 1 to 100; 0 where it is not told.
    pub share: u32,
}

/// Ways from a page of the date archive to any other in two steps: within the year, and to every year.
#[derive(Clone, Debug, Serialize)]
pub struct Jump {
    /// January to December of the page's year, in short; a month without articles has no address.
    pub months: Vec<LinkView>,
    /// The years that have articles, the oldest first.
    pub years: Vec<LinkView>,
    /// The page's own year, as the list of years writes it.
    pub year: String,
}

/// A month as weeks of days, from Monday.
#[derive(Clone, Debug, Serialize)]
pub struct Calendar {
    /// `July 2000`
    pub title: String,
    /// `July`
    pub month: String,
    /// The month's page; empty if it has no articles.
    pub url: String,
    /// How many articles; 0 on the page of a day, which does not tell.
    pub count: u32,
    /// Weeks of seven; a day outside the month is none.
    pub weeks: Vec<Vec<Option<CalendarDay>>>,
}

/// A day of a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarDay {
    /// From 1 to 31.
    pub day: u8,
    /// How many articles; 0 on the page of a day, which does not tell.
    pub count: u32,
    /// The day's page; empty if it has no articles.
    pub url: String,
    /// `Wednesday 19 July 2000`
    pub text: String,
}

/// A view as its own fields after those of its head, with names that need no copy: what `serde(flatten)` does goes by way
/// of a map whose every key is allocated.
macro_rules! with_head {
    ($view:ident { $($field:ident),* $(,)? }) => {
        impl serde::Serialize for $view {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let Self { head, $($field),* } = self;
                let length = $crate::plan::views::Head::FIELDS + [$(stringify!($field)),*].len();
                let mut fields = serde::Serializer::serialize_struct(serializer, stringify!($view), length)?;
                head.fields(&mut fields)?;
                $(serde::ser::SerializeStruct::serialize_field(&mut fields, stringify!($field), $field)?;)*
                serde::ser::SerializeStruct::end(fields)
            }
        }
    };
}
pub(super) use with_head;

impl Head {
    /// How many fields [`Head::fields`] adds.
    pub(super) const FIELDS: usize = 10;

    /// Adds its fields to those of a view.
    pub(super) fn fields<S: SerializeStruct>(&self, to: &mut S) -> Result<(), S::Error> {
        let Self { kind, title, description, url, here, canonical, crumbs, feeds, json_ld, preview } = self;
        to.serialize_field("kind", kind)?;
        to.serialize_field("title", title)?;
        to.serialize_field("description", description)?;
        to.serialize_field("url", url)?;
        to.serialize_field("here", here)?;
        to.serialize_field("canonical", canonical)?;
        to.serialize_field("crumbs", crumbs)?;
        to.serialize_field("feeds", feeds)?;
        to.serialize_field("json_ld", json_ld)?;
        to.serialize_field("preview", preview)
    }

    /// The head of a page of `kind` at the root-relative address `url`, with the feeds of the site.
    pub fn new(site: Site<'_>, kind: &'static str, title: &str, url: &str) -> Self {
        let address = site.config.link(url);
        Self {
            kind,
            title: title.to_owned(),
            here: if site.ready.ways.contains(&address) { address.clone() } else { String::new() },
            url: address,
            canonical: site.config.absolute(url),
            crumbs: vec![site.ready.home.clone()],
            feeds: site.ready.feeds.clone(),
            description: String::new(),
            json_ld: None,
            preview: String::new(),
        }
    }

    /// The same with a description.
    #[must_use]
    pub fn about(mut self, description: &str) -> Self {
        description.clone_into(&mut self.description);
        self
    }

    /// The same with one more page above, at a root-relative address.
    #[must_use]
    pub fn under(mut self, site: Site<'_>, title: &str, url: &str) -> Self {
        self.crumbs
            .push(tera::Value::from_serializable(&LinkView { title: title.to_owned(), url: site.config.link(url) }));
        self
    }

    /// The same with one more section above.
    #[must_use]
    pub(super) fn under_section(mut self, site: Site<'_>, id: SectionId) -> Self {
        self.crumbs.push(site.ready.section(id));
        self
    }
}

/// The three feeds at a root-relative folder address; none where the site has none.
pub(super) fn feed_links(config: &Config, title: &str, folder: &str) -> Vec<FeedLink> {
    let forms = if config.feed_limit == 0 { &[][..] } else { &super::feed::FORMS };
    forms
        .iter()
        .map(|(file, name, mime)| FeedLink {
            title: format!("{title} ({name})"),
            name,
            url: config.link(&format!("{folder}{file}")),
            mime,
        })
        .collect()
}

impl<'a> CardView<'a> {
    pub(super) fn new(site: Site<'a>, entry: &'a Entry) -> Self {
        Self {
            title: entry.title(),
            url: local(site.config, entry.url()),
            description: entry.description(),
            date: entry.date.map(|date| dates::view(site, date)),
            section: site.ready.section(entry.section),
            authors: site.ready.terms(TaxonomyKind::Authors, entry.authors()),
            image: entry.image.as_deref().map(|image| FigureView::new(site, image, entry.picture())),
        }
    }
}

impl Card {
    /// The card of an article.
    pub fn new(site: Site<'_>, id: ArticleId) -> Self {
        Self(match site.purpose {
            Purpose::Text => site
                .ready
                .card_value(id, || tera::Value::from_serializable(&CardView::new(site, site.archive.article(id)))),
            Purpose::Key => tera::Value::from(site.ready.card(id)),
        })
    }

    /// The cards of some articles.
    pub fn list(site: Site<'_>, ids: impl IntoIterator<Item = ArticleId>) -> Vec<Self> {
        ids.into_iter().map(|id| Self::new(site, id)).collect()
    }
}

/// A root-relative address as a link, without a copy where the site is at the root of its host.
fn local<'a>(config: &Config, url: &'a str) -> Cow<'a, str> {
    if config.base_path.is_empty() { Cow::Borrowed(url) } else { Cow::Owned(config.link(url)) }
}

impl FigureView {
    /// A figure with a ready address; one whose address is not safe to load loses it and is shown as lost. `picture` is its
    /// number among the pictures of the site.
    pub fn new(site: Site<'_>, figure: &Figure, picture: Option<u64>) -> Self {
        let here = picture.and_then(|number| site.archive.pictures.get(number));
        let extent = here.and_then(|picture| picture.size);
        Self {
            src: source(figure, here).map_or_else(String::new, |src| site.config.link(src)),
            alt: figure.alt.clone(),
            caption: figure.caption.clone(),
            credit: figure.credit.clone(),
            width: extent.map_or(0, |size| size.width),
            height: extent.map_or(0, |size| size.height),
            local: here.is_some(),
        }
    }
}

/// Where a figure's picture is: on this site if it is known here, else where the figure says, if that is safe.
fn source<'a>(figure: &'a Figure, known: Option<&'a Picture>) -> Option<&'a str> {
    match known {
        Some(picture) if !figure.src.starts_with('/') => Some(&picture.url),
        _ => safe_url(&figure.src),
    }
}

/// The address of an article's lead picture, with scheme and host; empty if it has none.
pub(super) fn preview(site: Site<'_>, entry: &Entry) -> String {
    let known = entry.picture().and_then(|number| site.archive.pictures.get(number));
    let src = entry.image.as_deref().and_then(|figure| source(figure, known));
    src.map_or_else(String::new, |src| site.config.absolute(src))
}

impl PeriodView {
    /// The same periods with each `share` set from the counts.
    pub(super) fn shared(mut periods: Vec<Self>) -> Vec<Self> {
        let most = periods.iter().map(|period| period.count).max().unwrap_or(1).max(1);
        for period in &mut periods {
            period.share = (period.count * 100 / most).max(1);
        }
        periods
    }
}

/// An address that came from an article, if its scheme is one a page may use.
pub(super) fn safe_url(url: &str) -> Option<&str> {
    let url = url.trim();
    let start = url.split(['/', '?', '#']).next().unwrap_or("");
    let known = |scheme: &str| ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let allowed = start.split_once(':').is_none_or(|(scheme, _)| known(scheme));
    (allowed && !url.is_empty() && !url.chars().any(char::is_control)).then_some(url)
}

/// The link to a section; none for the root.
pub(super) fn section_link(site: Site<'_>, id: SectionId) -> Option<LinkView> {
    let section = site.archive.section(id);
    let url = || site.config.link(&super::section::url_of(&section.path));
    (id != 0).then(|| LinkView { title: section.title.to_string(), url: url() })
}

/// The content file of an article.
pub(super) fn file<'a>(site: Site<'a>, entry: &'a Entry) -> File<'a> {
    let shown = |number: &u64| site.archive.pictures.get(*number);
    let pictures = match entry.pictures_in_body() {
        // Most articles show none.
        [] => 0,
        pictures => hash_of(&pictures.iter().map(shown).collect::<Vec<Option<&Picture>>>()) as u64,
    };
    File { path: entry.path(), hash: entry.file_hash, pictures }
}

/// The latest moment at which one of the articles was published or changed; none where no date is known.
pub(super) fn last_changed<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Option<ArticleDate> {
    let latest = |entry: &Entry| entry.updated.into_iter().chain(entry.date).max_by_key(ArticleDate::seconds);
    entries.into_iter().filter_map(latest).max_by_key(ArticleDate::seconds)
}
