//! Authors, tags and places: the list of all terms, and the list of articles of each.

use super::list::{Counted, List};
use super::views::{self, Head};
use super::{Kind, Site, no_source};
use crate::archive::{TaxonomyKind, Term};
use crate::config::Config;
use crate::page::{Form, Subject, View};
use serde::Serialize;

pub(super) const KIND: Kind = Kind {
    name: "taxonomy",
    form: Form::Template("taxonomy.html"),
    subjects: |site| with_pages(site).map(|kind| Subject::whole(kind as u32)).collect(),
    url: |_, subject| root_of(kind_of(subject)),
    source: no_source,
    sitemap: true,
    view: |site, subject, _| index_view(site, kind_of(subject)),
};

pub(super) const TERM: Kind = Kind {
    name: "term",
    form: Form::Template("term.html"),
    subjects: terms,
    url: |site, subject| list(site, subject).cut_url(subject.cut),
    source: no_source,
    sitemap: true,
    view: term_view,
};

/// All terms of a taxonomy, by their first letter.
#[derive(Clone, Debug)]
pub struct TaxonomyView {
    /// What every page says of itself.
    pub head: Head,
    /// `authors`, `tags` or `places`.
    pub taxonomy: &'static str,
    /// Terms by first letter.
    pub letters: Vec<Letter>,
    /// How many terms.
    pub count: u32,
}

views::with_head!(TaxonomyView { taxonomy, letters, count });

/// The terms that begin with one letter.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// The letter, or `#` for digits and signs.
    pub letter: String,
    /// The terms.
    pub terms: Vec<Counted>,
}

/// Whether the settings give a taxonomy pages of its own.
pub(super) fn has_pages(config: &Config, kind: TaxonomyKind) -> bool {
    match kind {
        TaxonomyKind::Authors => config.taxonomies.authors,
        TaxonomyKind::Tags => config.taxonomies.tags,
        TaxonomyKind::Places => config.taxonomies.places,
    }
}

/// The root-relative address of a term.
pub(super) fn url_of(kind: TaxonomyKind, slug: &str) -> String {
    format!("/{}/{slug}/", kind.name())
}

/// The root-relative address of the list of all terms.
pub(super) fn root_of(kind: TaxonomyKind) -> String {
    format!("/{}/", kind.name())
}

/// What a reader calls a taxonomy.
pub(super) fn heading(site: Site<'_>, kind: TaxonomyKind) -> &str {
    site.ready.words.text(kind.name())
}

/// The taxonomies that have pages on this site.
pub(super) fn with_pages(site: Site<'_>) -> impl Iterator<Item = TaxonomyKind> {
    let any =
        move |kind: &TaxonomyKind| has_pages(site.config, *kind) && !site.archive.taxonomy(*kind).terms.is_empty();
    TaxonomyKind::ALL.into_iter().filter(any)
}

/// A subject's number holds the taxonomy and the term: terms of all taxonomies are counted through in turn.
fn number(kind: TaxonomyKind, term: usize) -> u32 {
    (term * TaxonomyKind::ALL.len() + kind as usize) as u32
}

fn kind_of(subject: Subject) -> TaxonomyKind {
    TaxonomyKind::ALL[subject.of as usize % TaxonomyKind::ALL.len()]
}

fn term_of(site: Site<'_>, subject: Subject) -> &Term {
    &site.archive.taxonomy(kind_of(subject)).terms[subject.of as usize / TaxonomyKind::ALL.len()]
}

fn terms(site: Site<'_>) -> Vec<Subject> {
    let pages = |subject: Subject| {
        let cuts = list(site, subject).cuts();
        std::iter::once(subject).chain(cuts.into_iter().map(move |cut| Subject { cut, ..subject }))
    };
    let numbers = |kind| (0..site.archive.taxonomy(kind).terms.len()).map(move |term| number(kind, term));
    with_pages(site).flat_map(numbers).map(Subject::whole).flat_map(pages).collect()
}

fn list(site: Site<'_>, subject: Subject) -> List<'_> {
    let term = term_of(site, subject);
    List { site, url: url_of(kind_of(subject), &term.slug), members: &term.members }
}

fn term_view(site: Site<'_>, subject: Subject, _: Option<&crate::page::Story>) -> View {
    let kind = kind_of(subject);
    let name = match kind {
        TaxonomyKind::Authors => "author",
        TaxonomyKind::Tags => "tag",
        TaxonomyKind::Places => "place",
    };
    let list = list(site, subject);
    let head = Head::new(site, name, &term_of(site, subject).name, &list.url);
    View::of(site.purpose, &list.view(head.under(site, heading(site, kind), &root_of(kind)), subject.cut))
}

fn index_view(site: Site<'_>, kind: TaxonomyKind) -> View {
    let terms = &site.archive.taxonomy(kind).terms;
    let counted = |term: &Term| Counted {
        title: term.name.to_string(),
        url: site.config.link(&url_of(kind, &term.slug)),
        description: String::new(),
        count: term.members.len() as u32,
    };
    let letters = terms.chunk_by(|one, other| initial(one) == initial(other)).map(|chunk| Letter {
        letter: chunk.first().map_or('#', initial).to_string(),
        terms: chunk.iter().map(counted).collect(),
    });
    View::of(
        site.purpose,
        &TaxonomyView {
            head: Head::new(site, KIND.name, heading(site, kind), &root_of(kind)),
            taxonomy: kind.name(),
            letters: letters.collect(),
            count: terms.len() as u32,
        },
    )
}

fn initial(term: &Term) -> char {
    term.slug.chars().next().filter(char::is_ascii_alphabetic).map_or('#', |c| c.to_ascii_uppercase())
}
