//! The page that a host shows for an address that does not exist.

use super::views::{self, Head, LinkView, section_link};
use super::{Kind, dates, no_source, one, section};
use crate::page::{Form, View};

pub(super) const KIND: Kind = Kind {
    name: "404",
    form: Form::Template("404.html"),
    subjects: one,
    url: |_, _| "/404.html".to_owned(),
    source: no_source,
    sitemap: false,
    view: |site, _, _| {
        View::of(
            site.purpose,
            &NotFoundView {
                head: Head::new(site, KIND.name, site.ready.words.text("page_not_found"), "/404.html"),
                sections: section::top(site).filter_map(|id| section_link(site, id)).collect(),
                archive: site.config.link("/archive/"),
                years: dates::years(site),
            },
        )
    },
};

/// Ways on from an address that does not exist.
#[derive(Clone, Debug)]
pub struct NotFoundView {
    /// What every page says of itself.
    pub head: Head,
    /// The sections of the first level.
    pub sections: Vec<LinkView>,
    /// The root of the date archive.
    pub archive: String,
    /// The years that have articles, the oldest first.
    pub years: Vec<LinkView>,
}

views::with_head!(NotFoundView { sections, archive, years });
