//! Stage 2, `[Article] → Archive`: one file per grouping.
//!
//! Each article is first boiled down to a [`Digest`], which holds no body, so that a body is in memory only while its
//! file is read. [`group`] then makes the archive of all digests at once.
//!
//! A million articles are to fit, so it matters what each of them takes. With headline, standfirst, path and address of
//! 550 bytes, and features of 64 terms, that is:
//!
//! | bytes | what | from | to |
//! | --- | --- | --- | --- |
//! | 950 | digest | reading | its entry |
//! | 16 + 60 | address, before it is in the entry | grouping | its entry |
//! | 128 + 30 | entry, terms of its taxonomies | grouping | the end |
//! | 550 | texts of the entry; 250 while related stories of many are searched ([`aside`](mod@aside)) | grouping | the end |
//! | 312 | features ([`related::Signature`]) | grouping | related stories found |
//! | 270 | index of the features' terms, with length and day | related stories | related stories found |
//! | 32 + 32 | candidate, print | related stories | related stories kept |
//! | 144 | five related stories | related stories | the end |
//! | 28 | hashes of the card, planned page | planning | the end |
//! | 150 | record of the file written, with its path | rendering | the end |
//! | 130 | list of files, when the run ends | publishing | the end |
//!
//! By this count an archive takes 1.2 to 1.5 kB an article at each of its heights: when all is read, while related stories
//! are searched, and at the end. What the allocator holds back comes on top of that.

mod aside;
mod calendar;
mod digest;
mod entries;
mod linked;
mod links;
mod matching;
mod permalinks;
pub mod related;
mod sections;
mod sparse;
mod topics;

use crate::archive::{Archive, Standalone};
use crate::article::Status;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::pack::packed;
use crate::picture::Pictures;
use digest::Said;
pub use digest::{Digest, digest};
use sparse::Sparse;
use std::sync::Arc;

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
    /// The pictures of the site.
    pub pictures: Arc<Pictures>,
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
    /// What it says of the look of its section, as YAML; empty for nothing.
    pub look: String,
}

packed!(SectionIndex { path, file_hash, title, description, weight, look });

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

impl Showing {
    /// Nothing is held back: where a person asks about an article, that may be just why it is not shown.
    pub const EVERYTHING: Self = Self { now: i64::MAX, drafts: true, future: true };
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
    let mut shown = contents.articles;
    let hidden: Vec<Digest> = shown.extract_if(.., |digest| !is_shown(&digest.said(), showing)).collect();
    let held_back = hidden.len();
    let dates = hidden.iter().map(Digest::said).flat_map(|said| said.embargo.into_iter().chain(said.date));
    let until = dates.map(|date| date.seconds()).filter(|due| *due > showing.now).min().unwrap_or(i64::MAX);
    let mut withdrawn: Vec<Digest> = shown.extract_if(.., |digest| digest.said().status == Status::Withdrawn).collect();
    withdrawn.sort_by(Digest::by_place);
    let order = entries::order(&shown);
    let live: Vec<&Digest> = order.iter().filter_map(|at| shown.get(*at as usize)).collect();
    // Of two articles with one address, whichever is live, the first by content path keeps it.
    let mut urls = permalinks::assign(live.iter().copied().chain(&withdrawn), config, &mut diagnostics);
    let withdrawn_urls = urls.split_off(live.len());
    let standalone = standalone(contents.standalone, &mut diagnostics);
    let redirects = links::redirects(
        live.iter().copied().zip(urls.iter().map(|url| &**url)),
        withdrawn.iter().zip(withdrawn_urls.iter().map(|url| &**url)),
        standalone.iter().map(|(page, digest)| (digest, &*page.url)),
        &mut diagnostics,
    );
    let find_links = || rayon::join(|| links::resolve(&live, &urls, &redirects), || linked::resolve(&live, &urls));
    let find_groups = || (sections::tree(&live, contents.sections), topics::taxonomies(&live));
    let ((see_also, in_body), (mut sections, (taxonomies, names))) = rayon::join(find_links, find_groups);
    let cited_by = links::cited_by(&see_also);
    let pictures = &contents.pictures;
    let making = entries::Making { sections: &sections, names, see_also, cited_by, in_body, pictures };
    let withdrawn_entries =
        withdrawn.iter().zip(&withdrawn_urls).map(|(digest, url)| making.entry(&digest.said(), url, None)).collect();
    let (mut articles, signatures) = making.entries(&order, shown, urls);
    let others = [contents.former, hidden, withdrawn].into_iter().flatten();
    let (related, prints) = matching::related(&mut articles, &signatures, others, config.related_count, remembered);
    drop(signatures);
    sections::fill(&mut sections, &articles);
    let (days, months, years) = calendar::periods(&articles);
    let archive = Archive {
        anniversaries: calendar::anniversaries(&articles),
        articles,
        related,
        withdrawn: withdrawn_entries,
        sections,
        days,
        months,
        years,
        taxonomies,
        standalone: standalone.into_iter().map(|(page, _)| page).collect(),
        redirects,
        pictures: contents.pictures,
    };
    diagnostics.sort();
    Grouped { archive, diagnostics, held_back, until, related: prints }
}

fn is_shown(digest: &Said<'_>, showing: Showing) -> bool {
    let past = |date: Option<crate::date::ArticleDate>| date.is_none_or(|date| date.seconds() <= showing.now);
    let draft = digest.status == Status::Draft && !showing.drafts;
    !draft && past(digest.embargo) && (showing.future || past(digest.date))
}

/// Pages outside the sections with their aliases, by path.
fn standalone(digests: Vec<Digest>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Standalone, Digest)> {
    let live = digests.into_iter().filter(|digest| digest.said().status == Status::Live);
    let mut pages: Vec<(Standalone, Digest)> = live
        .map(|digest| {
            let said = digest.said();
            let page = Standalone {
                path: said.path.into(),
                file_hash: said.file_hash,
                url: permalinks::standalone(&said, diagnostics).into(),
                title: said.title.into(),
                description: said.description.into(),
            };
            (page, digest)
        })
        .collect();
    pages.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    pages
}
