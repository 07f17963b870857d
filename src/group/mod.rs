//! Stage 2, `[Article] → Archive`: one file per grouping.
//!
//! Each article is first boiled down to a [`Digest`], which holds no body, so that a body is in memory only while its
//! file is read. [`group`] then makes the archive of all digests at once.

mod calendar;
mod digest;
mod linked;
mod links;
mod permalinks;
pub mod related;
mod sections;
mod topics;

use crate::archive::{Archive, ArticleId, Entry, Standalone};
use crate::article::Status;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::pack::packed;
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
    /// Articles of the last build that are gone or changed since, as they were then; see [`related::Memory`].
    pub former: Vec<Digest>,
}

/// What an `_index.md` says of its section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionIndex {
    /// Path of the file below `content/`.
    pub path: String,
    /// Hash of its bytes.
    pub file_hash: u64,
    /// Heading; empty to make it from the path.
    pub title: String,
    /// Summary.
    pub description: String,
    /// Order among its siblings; those without one come last.
    pub weight: Option<i64>,
}

packed!(SectionIndex { path, file_hash, title, description, weight });

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
    /// When the first article that is held back for its date is due, in seconds since 1970.
    pub until: i64,
    /// What the next build needs to find related stories only where something changed; none where it knows already.
    pub related: Option<related::Prints>,
}

/// Makes the archive. The order of the contents does not matter, nor does what is remembered of the last build: it only
/// saves time.
pub fn group(contents: Contents, config: &Config, showing: Showing, remembered: Option<related::Memory>) -> Grouped {
    let mut diagnostics = Vec::new();
    // Few are taken out, and what stays is not copied: here a second list of all articles would be what needs most memory.
    let mut live = contents.articles;
    let hidden: Vec<Digest> = live.extract_if(.., |digest| !is_shown(digest, showing)).collect();
    let held_back = hidden.len();
    let dates = hidden.iter().flat_map(|digest| digest.embargo.into_iter().chain(digest.date));
    let until = dates.map(|date| date.seconds()).filter(|due| *due > showing.now).min().unwrap_or(i64::MAX);
    live.par_sort_by(|one, other| one.order().cmp(&other.order()));
    permalinks::assign(&mut live, config, &mut diagnostics);

    let withdrawn: Vec<Digest> = live.extract_if(.., |digest| digest.status == Status::Withdrawn).collect();
    let standalone = standalone(contents.standalone, config, &mut diagnostics);
    let redirects = links::redirects(&live, &withdrawn, &standalone, &mut diagnostics);
    let others = [&contents.former, &hidden, &withdrawn];
    let find_neighbours = || {
        let (see_also, links) = rayon::join(|| links::resolve(&live, &redirects), || linked::resolve(&live));
        let cited_by = links::cited_by(&see_also);
        let (related, prints) = related_stories(&live, &see_also, &others, config.related_count, remembered);
        (see_also.into_iter().zip(cited_by).zip(related).zip(links), prints)
    };
    let find_groups = || (sections::tree(&live, contents.sections), topics::taxonomies(&live));
    let ((neighbours, prints), (mut sections, (taxonomies, terms))) = rayon::join(find_neighbours, find_groups);

    let section_of = |digest: &Digest| sections::find(&sections, &digest.section);
    let articles: Vec<Entry> = live
        .into_iter()
        .zip(terms)
        .zip(neighbours)
        .map(|((digest, terms), (((see_also, cited_by), related), links))| {
            let section = section_of(&digest);
            digest.into_entry(section, terms, see_also, cited_by, related, links)
        })
        .collect();
    let withdrawn = withdrawn.into_iter().map(|digest| {
        let section = section_of(&digest);
        digest.into_entry(section, topics::none(), [].into(), [].into(), [].into(), [].into())
    });
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
    Grouped { archive, diagnostics, held_back, until, related: prints }
}

fn is_shown(digest: &Digest, showing: Showing) -> bool {
    let past = |date: Option<crate::date::ArticleDate>| date.is_none_or(|date| date.seconds() <= showing.now);
    let draft = digest.status == Status::Draft && !showing.drafts;
    !draft && past(digest.embargo) && (showing.future || past(digest.date))
}

/// The related stories of each article; `others` are articles that may have been among them in the last build.
fn related_stories(
    live: &[Digest],
    see_also: &[Box<[Option<ArticleId>]>],
    others: &[&Vec<Digest>],
    count: usize,
    remembered: Option<related::Memory>,
) -> (Vec<Box<[crate::archive::Related]>>, Option<related::Prints>) {
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
    let prints = related::Prints::new(live.iter().map(Digest::identity).zip(&candidates));
    let gone = others.iter().flat_map(|others| others.iter()).map(|digest| (digest.identity().0, &digest.signature));
    let found = related::again(&candidates, &prints, gone, count, remembered);
    (found.related, found.is_news.then_some(prints))
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
                file_hash: digest.file_hash,
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
