//! Pages that stand outside the sections, as "About".

use super::views::{self, Head};
use super::{File, Kind, Site};
use crate::page::{Form, Story, Subject, View};

pub(super) const KIND: Kind = Kind {
    name: "page",
    form: Form::Template("page.html"),
    subjects: |site| (0..site.archive.standalone.len() as u32).map(Subject::whole).collect(),
    url: |site, subject| site.archive.standalone[subject.of as usize].url.to_string(),
    source: |site, subject| {
        let page = site.archive.standalone.get(subject.of as usize)?;
        Some(File { path: &page.path, hash: page.file_hash, pictures: site.archive.pictures.hash() })
    },
    sitemap: true,
    view,
};

/// A standalone page.
#[derive(Clone, Debug)]
pub struct StandaloneView {
    /// What every page says of itself.
    pub head: Head,
    /// Its text, safe HTML.
    pub content: tera::Value,
    /// Keys of its front matter that backfile does not know.
    pub extra: serde_yaml::Mapping,
}

views::with_head!(StandaloneView { content, extra });

fn view(site: Site<'_>, subject: Subject, story: Option<&Story>) -> View {
    let page = &site.archive.standalone[subject.of as usize];
    View::of(
        site.purpose,
        &StandaloneView {
            head: Head::new(site, KIND.name, &page.title, &page.url).about(&page.description),
            content: tera::Value::safe_string(story.map_or("", |story| &story.html)),
            extra: story.map(|story| story.article.front.extra.clone()).unwrap_or_default(),
        },
    )
}
