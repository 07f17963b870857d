//! `robots.txt`: everything may be read; here is the sitemap.

use super::{Kind, no_source, one, sitemap};
use crate::page::{Form, View};
use serde::Serialize;

pub(super) const KIND: Kind = Kind {
    name: "robots",
    form: Form::Template("robots.txt"),
    subjects: one,
    url: |_, _| "/robots.txt".to_owned(),
    source: no_source,
    sitemap: false,
    view: |site, _, _| {
        View::of(site.purpose, &RobotsView { kind: KIND.name, sitemap: site.config.absolute(sitemap::URL) })
    },
};

/// What crawlers are told.
#[derive(Clone, Debug, Serialize)]
pub struct RobotsView {
    /// Name of the page's kind.
    pub kind: &'static str,
    /// Address of the sitemap with scheme and host.
    pub sitemap: String,
}
