//! Stage 3, `Archive → Pages`: what to write, as typed views. One file per page kind, one row each in [`KINDS`].
//!
//! A page is planned in two steps, so that the whole site is never in memory: [`plan`] lists every page as a kind and
//! a [`Subject`] of a few bytes, and [`Planned::page`] makes the view of one when its turn has come.

pub mod archive;
pub mod article;
mod clashes;
mod dates;
pub mod day;
pub mod feed;
pub mod home;
mod json_ld;
pub mod list;
pub mod month;
pub mod not_found;
pub mod on_this_day;
pub mod ready;
pub mod redirect;
pub mod robots;
pub mod section;
pub mod site;
pub mod sitemap;
pub mod standalone;
pub mod stories;
pub mod taxonomy;
pub mod tombstone;
pub mod undated;
pub mod views;
pub mod year;

use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::page::hashing::hash_of;
use crate::page::{Form, Page, Purpose, Story, Subject, View};
pub use clashes::output_path;
pub use ready::Ready;

/// What a planner sees: the settings and the archive.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The archive.
    pub archive: &'a Archive,
    /// Parts of views that are made once.
    pub ready: &'a Ready,
    /// What views are made for.
    pub purpose: Purpose,
}

impl<'a> Site<'a> {
    /// The site of an archive, for views that become text.
    pub fn new(config: &'a Config, archive: &'a Archive, ready: &'a Ready) -> Self {
        Self { config, archive, ready, purpose: Purpose::Text }
    }
}

/// A page kind: a row of [`KINDS`].
pub struct Kind {
    /// As templates see it in `page.kind`.
    pub name: &'static str,
    /// How its pages become text; each template named here is part of the built-in theme.
    pub form: Form,
    /// What the site has pages of this kind about, in a fixed order.
    pub subjects: fn(Site<'_>) -> Vec<Subject>,
    /// The root-relative address of such a page.
    pub url: fn(Site<'_>, Subject) -> String,
    /// The content file whose text the page shows.
    pub source: for<'a> fn(Site<'a>, Subject) -> Option<File<'a>>,
    /// Whether its pages stand in the sitemap of lists.
    pub sitemap: bool,
    /// What the template sees. The story is that of [`Kind::source`], read again; where the view is made for a key there
    /// is none, since the hash of its file stands for it.
    pub view: fn(Site<'_>, Subject, Option<&Story>) -> View,
}

/// A content file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File<'a> {
    /// Its path below `content/`.
    pub path: &'a str,
    /// The hash of its bytes.
    pub hash: u64,
    /// A hash of what is known of the pictures that it may show.
    pub pictures: u64,
}

/// Every kind of page, in the order in which pages are written.
pub const KINDS: &[Kind] = &[
    home::KIND,
    article::KIND,
    tombstone::KIND,
    standalone::KIND,
    section::KIND,
    section::PERIOD,
    taxonomy::KIND,
    taxonomy::TERM,
    archive::KIND,
    undated::KIND,
    year::KIND,
    month::KIND,
    day::KIND,
    on_this_day::KIND,
    on_this_day::INDEX,
    feed::ATOM,
    feed::RSS,
    feed::JSON,
    sitemap::INDEX,
    sitemap::PART,
    robots::KIND,
    not_found::KIND,
    redirect::KIND,
];

/// One page of the site, not yet made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    kind: u8,
    subject: Subject,
}

impl Planned {
    /// Its kind.
    pub fn kind(self) -> &'static Kind {
        &KINDS[usize::from(self.kind)]
    }

    /// What it is about.
    pub fn subject(self) -> Subject {
        self.subject
    }

    /// Its root-relative address.
    pub fn url(self, site: Site<'_>) -> String {
        (self.kind().url)(site, self.subject)
    }

    /// The content file whose text it shows.
    pub fn source(self, site: Site<'_>) -> Option<File<'_>> {
        (self.kind().source)(site, self.subject)
    }

    /// The path of its file below the output folder.
    pub fn path(self, site: Site<'_>) -> String {
        output_path(&self.url(site))
    }

    /// A hash of all that its text is made from, but for the theme and what every page shares: where it is that of an
    /// earlier build, so is the text.
    pub fn key(self, site: Site<'_>) -> u128 {
        let site = Site { purpose: Purpose::Key, ..site };
        let view = (self.kind().view)(site, self.subject, None).key();
        hash_of(&(self.kind().name, view, self.source(site).map(|file| (file.path, file.hash, file.pictures))))
    }

    /// The section whose look it has, where that is not the look of all.
    pub fn look(self, site: Site<'_>) -> Option<&str> {
        if site.config.sections.is_empty() {
            return None;
        }
        let section = match self.kind().name {
            name if name == article::KIND.name => site.archive.article(self.subject.of).section,
            name if name == section::KIND.name || name == section::PERIOD.name => self.subject.of,
            _ => return None,
        };
        site.config.look(&site.archive.section(section).path)
    }

    /// Makes the page; `story` is its [`Planned::source`], read again.
    pub fn page(self, site: Site<'_>, story: Option<&Story>) -> Page {
        let (kind, site) = (self.kind(), Site { purpose: Purpose::Text, ..site });
        let look = self.look(site).map(Into::into);
        Page { path: self.path(site), form: kind.form, look, view: (kind.view)(site, self.subject, story).into_value() }
    }
}

/// Every page of a site.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In the order of their paths.
    pub pages: Vec<Planned>,
    /// Old addresses that lead nowhere, since something else has them.
    pub warnings: Vec<Diagnostic>,
}

/// Lists every page of the site.
///
/// # Errors
/// A diagnostic for each address that two pages claim.
pub fn plan(site: Site<'_>) -> Result<Plan, Vec<Diagnostic>> {
    let mut pages = Vec::with_capacity(site.archive.articles.len() * 5 / 4 + 64);
    for (kind, row) in (0u8..).zip(KINDS) {
        pages.extend((row.subjects)(site).into_iter().map(|subject| Planned { kind, subject }));
    }
    clashes::in_order(site, &pages)
}

/// A hash of the settings that reach pages of all kinds, whatever the theme.
pub fn shared_key(site: Site<'_>) -> u128 {
    let config = site.config;
    let zone = config.timezone.iana_name();
    hash_of(&(
        &config.title,
        &config.base_url,
        &config.base_path,
        &config.language,
        zone,
        &site.ready.feeds,
        site.ready.words.hash(),
    ))
}

/// For kinds whose pages show no content file.
fn no_source(_: Site<'_>, _: Subject) -> Option<File<'_>> {
    None
}

/// For kinds with one page.
fn one(_: Site<'_>) -> Vec<Subject> {
    vec![Subject::default()]
}
