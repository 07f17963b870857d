//! Old addresses that lead to where a page is now, as HTML stubs, which every host can serve.

use super::{Kind, Planned, Site, no_source};
use crate::archive::Target;
use crate::page::{Form, Subject, View};
use serde::Serialize;

pub(super) const KIND: Kind = Kind {
    name: "redirect",
    form: Form::Template("redirect.html"),
    subjects: |site| (0..site.archive.redirects.len() as u32).map(Subject::whole).collect(),
    url: |site, subject| site.archive.redirects[subject.of as usize].0.to_string(),
    source: no_source,
    sitemap: false,
    view: |site, subject, _| {
        let url = target(site, subject);
        View::of(
            site.purpose,
            &RedirectView { kind: KIND.name, url: site.config.link(url), canonical: site.config.absolute(url) },
        )
    },
};

/// Where an old address leads.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// Name of the page's kind.
    pub kind: &'static str,
    /// The new address on this site.
    pub url: String,
    /// The new address with scheme and host.
    pub canonical: String,
}

/// The content file that says that the address of a redirect was its own; `None` for pages that are no redirects.
pub(super) fn alias(site: Site<'_>, page: Planned) -> Option<&str> {
    if page.kind().name != KIND.name {
        return None;
    }
    Some(match site.archive.redirects[page.subject().of as usize].1 {
        Target::Article(id) => site.archive.article(id).path(),
        Target::Withdrawn(at) => site.archive.withdrawn[at as usize].path(),
        Target::Standalone(at) => &site.archive.standalone[at as usize].path,
    })
}

fn target(site: Site<'_>, subject: Subject) -> &str {
    match site.archive.redirects[subject.of as usize].1 {
        Target::Article(id) => site.archive.article(id).url(),
        Target::Withdrawn(at) => site.archive.withdrawn[at as usize].url(),
        Target::Standalone(at) => &site.archive.standalone[at as usize].url,
    }
}
