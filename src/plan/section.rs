//! Sections: the root of each section's list, and its years and months.

use super::list::{Counted, List};
use super::views::{Head, feed_links};
use super::{File, Kind, Site, no_source};
use crate::archive::SectionId;
use crate::page::{Form, Story, Subject, View};

pub(super) const KIND: Kind = Kind {
    name: "section",
    form: Form::Template("section.html"),
    subjects: |site| ids(site).map(Subject::whole).collect(),
    url: |site, subject| url_of(&site.archive.section(subject.of).path),
    source: |site, subject| {
        let index = site.archive.section(subject.of).index.as_ref()?;
        Some(File { path: &index.path, hash: index.file_hash, pictures: site.archive.pictures.hash() })
    },
    sitemap: true,
    view,
};

pub(super) const PERIOD: Kind = Kind {
    name: "section-period",
    form: Form::Template("list.html"),
    subjects: |site| {
        let cuts = |of| list(site, of).cuts().into_iter().map(move |cut| Subject { of, cut });
        ids(site).flat_map(cuts).collect()
    },
    url: |site, subject| list(site, subject.of).cut_url(subject.cut),
    source: no_source,
    sitemap: true,
    view: |site, subject, _| {
        View::of(site.purpose, &list(site, subject.of).view(head(site, subject.of, PERIOD.name), subject.cut))
    },
};

/// The root-relative address of a section.
pub(super) fn url_of(path: &str) -> String {
    format!("/{path}/")
}

/// Every section but the root, in the order of paths.
fn ids(site: Site<'_>) -> impl Iterator<Item = SectionId> {
    1..site.archive.sections.len() as SectionId
}

/// The sections of the first level that have articles, in the editor's order.
pub(super) fn top(site: Site<'_>) -> impl Iterator<Item = SectionId> {
    let children = site.archive.sections.first().map_or(&[][..], |root| &root.children);
    children.iter().copied().filter(move |id| !site.archive.section(*id).members.is_empty())
}

fn list(site: Site<'_>, id: SectionId) -> List<'_> {
    let section = site.archive.section(id);
    List { site, url: url_of(&section.path), members: &section.members }
}

fn head(site: Site<'_>, id: SectionId, kind: &'static str) -> Head {
    let section = site.archive.section(id);
    let url = url_of(&section.path);
    let mut head = Head::new(site, kind, &section.title, &url).about(&section.description);
    for parent in ancestors(site, id) {
        head = head.under_section(site, parent);
    }
    head.feeds = tera::Value::from_serializable(&feed_links(site.config, &section.title, &url));
    head
}

/// The sections above one, the topmost first, without the root.
pub(super) fn ancestors(site: Site<'_>, id: SectionId) -> Vec<SectionId> {
    let mut above = Vec::new();
    let mut at = site.archive.section(id).parent;
    while at != 0 {
        above.push(at);
        at = site.archive.section(at).parent;
    }
    above.reverse();
    above
}

fn view(site: Site<'_>, subject: Subject, story: Option<&Story>) -> View {
    let section = site.archive.section(subject.of);
    let mut view = list(site, subject.of).view(head(site, subject.of, KIND.name), subject.cut);
    if let Some(story) = story {
        view.content = tera::Value::safe_string(&story.html);
    }
    view.children = section.children.iter().map(|id| counted(site, *id)).collect();
    View::of(site.purpose, &view)
}

fn counted(site: Site<'_>, id: SectionId) -> Counted {
    let section = site.archive.section(id);
    Counted {
        title: section.title.to_string(),
        url: site.config.link(&url_of(&section.path)),
        description: section.description.to_string(),
        count: section.members.len() as u32,
    }
}
