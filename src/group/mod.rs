//! Stage 2, `[Article] → Archive`: one file per grouping.
//!
//! Each article is first boiled down to a [`Digest`], which holds no body, so that a body is in memory only while its
//! file is read. [`group`] then makes the archive of all digests at once.

mod calendar;
mod digest;
mod links;
mod permalinks;
pub mod related;
mod sections;
mod topics;

use crate::archive::{Archive, ArticleId, Entry, Standalone};
use crate::article::Status;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
pub use digest::{Digest, digest};
use rayon::prelude::*;

/// Everything below `content/` without its bodies.
#[derive(Debug, Default)]
pub struct Contents {
    /// The articles, in any order.
    pub articles: Vec<Digest>,
    /// The `_index.md` files of sections, each with its path below `content/` and its front matter.
    pub sections: Vec<SectionIndex>,
    /// The pages outside the sections.
    pub standalone: Vec<Digest>,
}

/// What an `_index.md` says of its section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionIndex {
    /// Path of the file below `content/`.
    pub path: String,
    /// Heading; empty to make it from the path.
    pub title: String,
    /// Summary.
    pub description: String,
    /// Order among its siblings; those without one come last.
    pub weight: Option<i64>,
}

/// Which articles are shown.
#[derive(Clone, Copy, Debug)]
pub struct Showing {
    /// The moment that embargoes and future dates are held against, in seconds since 1970.
    pub now: i64,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether articles dated after `now` are shown.
    pub future: bool,
}

/// The archive, and what a person should know of it.
#[derive(Debug)]
pub struct Grouped {
    /// The archive.
    pub archive: Archive,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
    /// How many articles are not shown: drafts, under embargo, or dated in the future.
    pub held_back: usize,
}

/// Makes the archive. The order of the contents does not matter.
pub fn group(contents: Contents, config: &Config, showing: Showing) -> Grouped {
    let mut diagnostics = Vec::new();
    let all = contents.articles.len();
    let mut digests: Vec<Digest> = contents.articles.into_iter().filter(|digest| is_shown(digest, showing)).collect();
    let held_back = all - digests.len();
    digests.par_sort_by(|one, other| one.order().cmp(&other.order()));
    permalinks::assign(&mut digests, config, &mut diagnostics);

    let (withdrawn, live): (Vec<Digest>, Vec<Digest>) =
        digests.into_iter().partition(|digest| digest.status == Status::Withdrawn);
    let standalone = standalone(contents.standalone, config, &mut diagnostics);
    let redirects = links::redirects(&live, &withdrawn, &standalone, &mut diagnostics);
    let see_also = links::resolve(&live, &redirects);
    let cited_by = links::cited_by(&see_also);
    let related = related_stories(&live, &see_also, config.related_count);
    let mut sections = sections::tree(&live, contents.sections);
    let (taxonomies, terms) = topics::taxonomies(&live);

    let section_of = |digest: &Digest| sections::find(&sections, &digest.section);
    let neighbours = see_also.into_iter().zip(cited_by).zip(related);
    let articles: Vec<Entry> = live
        .iter()
        .zip(terms)
        .zip(neighbours)
        .map(|((digest, terms), ((see_also, cited_by), related))| {
            digest.entry(section_of(digest), terms, see_also, cited_by, related)
        })
        .collect();
    let withdrawn = withdrawn
        .iter()
        .map(|digest| digest.entry(section_of(digest), topics::none(), [].into(), [].into(), [].into()));
    let withdrawn = withdrawn.collect();
    sections::fill(&mut sections, &articles);
    let (days, months, years) = calendar::periods(&articles);
    let archive = Archive {
        anniversaries: calendar::anniversaries(&articles),
        articles,
        withdrawn,
        sections,
        days,
        months,
        years,
        taxonomies,
        standalone: standalone.into_iter().map(|(page, _)| page).collect(),
        redirects,
    };
    diagnostics.sort();
    Grouped { archive, diagnostics, held_back }
}

fn is_shown(digest: &Digest, showing: Showing) -> bool {
    let past = |date: Option<crate::date::ArticleDate>| date.is_none_or(|date| date.seconds() <= showing.now);
    let draft = digest.status == Status::Draft && !showing.drafts;
    !draft && past(digest.embargo) && (showing.future || past(digest.date))
}

fn related_stories(
    live: &[Digest],
    see_also: &[Box<[Option<ArticleId>]>],
    count: usize,
) -> Vec<Box<[crate::archive::Related]>> {
    let excluded: Vec<Vec<ArticleId>> =
        see_also.iter().map(|targets| targets.iter().flatten().copied().collect()).collect();
    let candidates: Vec<related::Candidate<'_>> = live
        .iter()
        .zip(&excluded)
        .map(|(digest, excluded)| related::Candidate {
            signature: &digest.signature,
            day: digest.day_number(),
            excluded,
        })
        .collect();
    related::related(&candidates, count).into_iter().map(Vec::into_boxed_slice).collect()
}

/// Pages outside the sections with their aliases, by path.
fn standalone(digests: Vec<Digest>, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Standalone, Digest)> {
    let mut pages: Vec<(Standalone, Digest)> = digests
        .into_iter()
        .filter(|digest| digest.status == Status::Live)
        .map(|digest| {
            let url = permalinks::standalone(&digest, config, diagnostics);
            let page = Standalone {
                path: digest.path.clone(),
                url: url.into(),
                title: digest.title.clone(),
                description: digest.description.clone(),
            };
            (page, digest)
        })
        .collect();
    pages.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    pages
}
