//! What stands at the address of a withdrawn article.

use super::views::{self, DateView, Head};
use super::{Kind, Site, dates};
use crate::page::{Form, Story, Subject, View};

pub(super) const KIND: Kind = Kind {
    name: "withdrawn",
    form: Form::Template("withdrawn.html"),
    subjects: |site| (0..site.archive.withdrawn.len() as u32).map(Subject::whole).collect(),
    url: |site, subject| site.archive.withdrawn[subject.of as usize].url().to_string(),
    source: |site, subject| site.archive.withdrawn.get(subject.of as usize).map(|entry| views::file(site, entry)),
    sitemap: false,
    view,
};

/// A withdrawn article: nothing of its headline or text, only that it was here, and what the editor says of it.
#[derive(Clone, Debug)]
pub struct WithdrawnView {
    /// What every page says of itself.
    pub head: Head,
    /// When the article had been published.
    pub date: Option<DateView>,
    /// Keys of its front matter that backfile does not know, as a reason.
    pub extra: serde_yaml::Mapping,
}

views::with_head!(WithdrawnView { date, extra });

fn view(site: Site<'_>, subject: Subject, story: Option<&Story>) -> View {
    let entry = &site.archive.withdrawn[subject.of as usize];
    View::of(
        site.purpose,
        &WithdrawnView {
            head: Head::new(site, KIND.name, site.ready.words.text("withdrawn"), entry.url()),
            date: entry.date.map(|date| dates::view(site, date)),
            extra: story.map(|story| story.article.front.extra.clone()).unwrap_or_default(),
        },
    )
}
