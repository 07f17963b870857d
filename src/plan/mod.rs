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
pub mod taxonomy;
pub mod tombstone;
pub mod undated;
pub mod views;
pub mod year;

use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::page::{Form, Page, Story, Subject, View};
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
    /// The content file whose text the page shows, below `content/`.
    pub source: for<'a> fn(Site<'a>, Subject) -> Option<&'a str>,
    /// Whether its pages stand in the sitemap of lists.
    pub sitemap: bool,
    /// What the template sees. The story is that of [`Kind::source`], read again.
    pub view: fn(Site<'_>, Subject, Option<&Story>) -> View,
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
    pub fn source(self, site: Site<'_>) -> Option<&str> {
        (self.kind().source)(site, self.subject)
    }

    /// Makes the page; `story` is its [`Planned::source`], read again.
    pub fn page(self, site: Site<'_>, story: Option<&Story>) -> Page {
        let kind = self.kind();
        Page { path: output_path(&self.url(site)), form: kind.form, view: (kind.view)(site, self.subject, story) }
    }
}

/// Lists every page of the site, in a fixed order.
///
/// # Errors
/// A diagnostic for each address that two pages claim.
pub fn plan(site: Site<'_>) -> Result<Vec<Planned>, Vec<Diagnostic>> {
    let mut pages = Vec::with_capacity(site.archive.articles.len() * 5 / 4 + 64);
    for (kind, row) in (0u8..).zip(KINDS) {
        pages.extend((row.subjects)(site).into_iter().map(|subject| Planned { kind, subject }));
    }
    let clashes = clashes::find(site, &pages);
    if clashes.is_empty() { Ok(pages) } else { Err(clashes) }
}

/// For kinds whose pages show no content file.
fn no_source(_: Site<'_>, _: Subject) -> Option<&str> {
    None
}

/// For kinds with one page.
fn one(_: Site<'_>) -> Vec<Subject> {
    vec![Subject::default()]
}
