//! The articles that no date is known of, so that every article can be reached from the date archive.

use super::list::{List, ListView, UNDATED};
use super::views::Head;
use super::{Kind, Site, no_source};
use crate::archive::ArticleId;
use crate::page::{Form, Subject, View};

const URL: &str = "/archive/undated/";

pub(super) const KIND: Kind = Kind {
    name: "undated",
    form: Form::Template("list.html"),
    subjects: |site| if members(site).is_empty() { Vec::new() } else { vec![Subject::default()] },
    url: |_, _| URL.to_owned(),
    source: no_source,
    sitemap: true,
    view: |site, _, _| {
        let members = members(site);
        let list = List { site, url: URL.to_owned(), members: &members };
        let words = &site.ready.words;
        let head =
            Head::new(site, KIND.name, words.text("undated"), URL).under(site, words.text("archive"), "/archive/");
        // The cut of the list that holds them all, under the heading of the page itself.
        let cut = list.view(head.clone(), UNDATED);
        View::of(site.purpose, &ListView { head, period: String::new(), ..cut })
    },
};

/// The articles without a date: the end of the archive, since lists run from the newest to the undated.
pub(super) fn members(site: Site<'_>) -> Vec<ArticleId> {
    let start = site.archive.articles.partition_point(|entry| entry.calendar.is_some());
    (start as ArticleId..site.archive.articles.len() as ArticleId).collect()
}

/// The address of the page, if there is one.
pub(super) fn url(site: Site<'_>) -> Option<&'static str> {
    site.archive.articles.last().filter(|last| last.calendar.is_none()).map(|_| URL)
}
