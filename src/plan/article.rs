//! The page of an article.

use super::views::{self, Card, DateView, FigureView, Head, LinkView, safe_url};
use super::{Kind, Site, dates, json_ld, section};
use crate::archive::{ArticleId, Entry, TaxonomyKind};
use crate::article::{Article, FrontMatter};
use crate::markup::to_text::first_paragraph;
use crate::markup::words::{self, Language};
use crate::page::hashing::hash_of;
use crate::page::{Form, Purpose, Story, Subject, View};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

pub(super) const KIND: Kind = Kind {
    name: "article",
    form: Form::Template("article.html"),
    subjects: |site| (0..site.archive.articles.len() as ArticleId).map(Subject::whole).collect(),
    url: |site, subject| site.archive.article(subject.of).url().to_string(),
    source: |site, subject| Some(views::file(site, site.archive.article(subject.of))),
    // Articles stand in the sitemaps of their years.
    sitemap: false,
    view,
};

/// An article.
#[derive(Clone, Debug)]
pub struct ArticleView {
    /// What every page says of itself; the title is the headline.
    pub head: Head,
    /// The standfirst; empty where it is the first paragraph of the text.
    pub standfirst: String,
    /// When it was published.
    pub date: Option<DateView>,
    /// When its text last changed.
    pub updated: Option<DateView>,
    /// The byline, a list of [`LinkView`].
    pub authors: tera::Value,
    /// The place it was written from; may be empty.
    pub dateline: String,
    /// Its section, a [`LinkView`]; none for articles outside all sections.
    pub section: tera::Value,
    /// BCP 47 tag of its language.
    pub language: String,
    /// The lead figure, where the text does not show it already.
    pub lead: Option<FigureView>,
    /// The text, safe HTML.
    pub content: tera::Value,
    /// What was put right after publication, oldest first.
    pub corrections: Vec<CorrectionView>,
    /// The editor's own list.
    pub see_also: Vec<SeeAlsoView>,
    /// Computed related stories, best first, without those of the editor's list.
    pub related: Vec<RelatedView>,
    /// Articles whose editor's list names this one.
    pub cited_by: Vec<Card>,
    /// Links out of the archive.
    pub links: Vec<LinkView>,
    /// Tags, a list of [`LinkView`].
    pub tags: tera::Value,
    /// Places, a list of [`LinkView`].
    pub places: tera::Value,
    /// The article before it in its section.
    pub earlier: Option<LinkView>,
    /// The article after it in its section.
    pub later: Option<LinkView>,
    /// What it was converted from.
    pub source: Option<SourceView>,
    /// Keys of its front matter that backfile does not know.
    pub extra: serde_yaml::Mapping,
}

views::with_head!(ArticleView {
    standfirst,
    date,
    updated,
    authors,
    dateline,
    section,
    language,
    lead,
    content,
    corrections,
    see_also,
    related,
    cited_by,
    links,
    tags,
    places,
    earlier,
    later,
    source,
    extra
});

/// A correction.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView {
    /// When it was made.
    pub date: Option<DateView>,
    /// What was wrong and what is right.
    pub text: String,
}

/// An item of the editor's list.
#[derive(Clone, Debug, Serialize)]
pub struct SeeAlsoView {
    /// Its headline.
    pub title: String,
    /// Its address; empty where it is not in the archive and its address is not known.
    pub url: String,
    /// The article it names, if it is in the archive.
    pub story: Option<Card>,
    /// Its date as the list states it.
    pub date: Option<DateView>,
    /// Its section as the list names it.
    pub section: String,
}

/// A computed related story.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    /// Which.
    pub story: Card,
    /// Words that both share, the weightiest first.
    pub shared: Vec<String>,
}

/// What an article was converted from.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// Format, as `html`.
    pub format: String,
    /// The source's path.
    pub file: String,
    /// Its original address; empty if the source states none.
    pub url: String,
    /// When the copy was made.
    pub captured: Option<DateView>,
}

fn view(site: Site<'_>, subject: Subject, story: Option<&Story>) -> View {
    if site.purpose == Purpose::Key {
        return View::Key(key(site, subject.of));
    }
    let empty = Article::default();
    let (article, html) = story.map_or((&empty, ""), |story| (&story.article, &*story.html));
    let front = &article.front;
    let entry = site.archive.article(subject.of);
    let link = |id: ArticleId| {
        let entry = site.archive.article(id);
        LinkView { title: entry.title().to_string(), url: site.config.link(entry.url()) }
    };
    let [earlier, later] = neighbours(site, subject.of, entry).map(|id| id.map(link));
    View::of(
        site.purpose,
        &ArticleView {
            head: head(site, entry, front),
            standfirst: standfirst(article),
            date: entry.date.map(|date| dates::view(site, date)),
            updated: entry.updated.map(|date| dates::view(site, date)),
            authors: site.ready.terms(TaxonomyKind::Authors, entry.authors()),
            dateline: front.dateline.clone(),
            section: site.ready.section(entry.section),
            language: if front.language.is_empty() { site.config.language.clone() } else { front.language.clone() },
            lead: lead(site, entry, article),
            content: tera::Value::safe_string(html),
            corrections: corrections(site, front),
            see_also: see_also(site, entry, front),
            related: related(site, subject.of, article),
            cited_by: Card::list(site, entry.cited_by().iter().copied()),
            links: links(site, front),
            tags: site.ready.terms(TaxonomyKind::Tags, entry.tags()),
            places: site.ready.terms(TaxonomyKind::Places, entry.places()),
            earlier,
            later,
            source: source(site, front),
            extra: front.extra.clone(),
        },
    )
}

/// The hash of all that the view holds beyond what the article's own file says. The view itself would be made from that
/// file, which is not read for a key; its hash is part of the page's.
fn key(site: Site<'_>, id: ArticleId) -> u128 {
    let (entry, ready) = (site.archive.article(id), site.ready);
    // Each list behind its length, so that no two articles give the same numbers.
    let mut numbers: Vec<u64> = Vec::with_capacity(64);
    let mut list = |part: &mut dyn Iterator<Item = u64>| {
        let at = numbers.len();
        numbers.push(0);
        numbers.extend(part);
        numbers[at] = (numbers.len() - at) as u64;
    };
    let url = |id: &ArticleId| xxh3_64(site.archive.article(*id).url().as_bytes());
    let card = |id: &ArticleId| ready.card(*id);
    list(&mut [card(&id)].into_iter());
    list(&mut section::ancestors(site, entry.section).into_iter().map(|id| ready.hash_of_section(id)));
    list(&mut ready.hashes_of_terms(TaxonomyKind::Tags, entry.tags()));
    list(&mut ready.hashes_of_terms(TaxonomyKind::Places, entry.places()));
    for neighbour in neighbours(site, id, entry) {
        list(&mut neighbour.map(|id| ready.hash_of_link(id)).into_iter());
    }
    list(&mut entry.see_also().iter().map(|target| target.as_ref().map_or(0, card)));
    list(&mut entry.cited_by().iter().map(card));
    for related in site.archive.related(id) {
        let shared = related.shared.terms().iter().map(|term| u64::from(*term));
        list(&mut [card(&related.article)].into_iter().chain(shared));
    }
    list(&mut entry.links_in_body().iter().flat_map(|(link, id)| [*link, url(id)]));
    hash_of(&numbers)
}

fn head(site: Site<'_>, entry: &Entry, front: &FrontMatter) -> Head {
    let mut head = Head::new(site, KIND.name, entry.title(), entry.url()).about(entry.description());
    for id in section::ancestors(site, entry.section).into_iter().chain((entry.section != 0).then_some(entry.section)) {
        head = head.under_section(site, id);
    }
    head.preview = views::preview(site, entry);
    head.json_ld = Some(json_ld::article(site, entry, front, &head));
    head
}

/// The standfirst, unless the text begins with it: then a reader would read it twice.
fn standfirst(article: &Article) -> String {
    let description = article.front.description.trim();
    let first = first_paragraph(&article.body);
    let start: String = description.trim_end_matches(['…', '.', ' ']).to_owned();
    if first.trim().starts_with(&start) { String::new() } else { description.to_owned() }
}

fn lead(site: Site<'_>, entry: &Entry, article: &Article) -> Option<FigureView> {
    let image = article.front.image.as_ref()?;
    let mark = if image.src.is_empty() { format!("![{}]", image.alt) } else { image.src.clone() };
    (!article.body.contains(&mark)).then(|| FigureView::new(site, image, entry.picture()))
}

fn corrections(site: Site<'_>, front: &FrontMatter) -> Vec<CorrectionView> {
    let correction = |c: &crate::article::Correction| CorrectionView {
        date: c.date.map(|date| dates::view(site, date)),
        text: c.text.clone(),
    };
    front.corrections.iter().map(correction).collect()
}

fn see_also(site: Site<'_>, entry: &Entry, front: &FrontMatter) -> Vec<SeeAlsoView> {
    let targets = entry.see_also().iter().copied().chain(std::iter::repeat(None));
    let item = |(item, target): (&crate::article::SeeAlso, Option<ArticleId>)| {
        let stated = || safe_url(&item.url).map_or_else(String::new, |url| site.config.link(url));
        SeeAlsoView {
            title: item.title.clone(),
            url: target.map_or_else(stated, |id| site.config.link(site.archive.article(id).url())),
            story: target.map(|id| Card::new(site, id)),
            date: item.date.map(|date| dates::view(site, date)),
            section: item.section.clone(),
        }
    };
    front.see_also.iter().zip(targets).map(item).collect()
}

fn related(site: Site<'_>, id: ArticleId, article: &Article) -> Vec<RelatedView> {
    let listed = site.archive.related(id);
    let mut wanted: Vec<u32> = listed.iter().flat_map(|related| related.shared.terms().iter().copied()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let surfaces = surfaces(site, article, &wanted);
    let word = |term: &u32| wanted.binary_search(term).ok().and_then(|at| surfaces.get(at)).cloned();
    let view = |related: &crate::archive::Related| RelatedView {
        story: Card::new(site, related.article),
        shared: related.shared.terms().iter().filter_map(word).filter(|word| !word.is_empty()).collect(),
    };
    listed.iter().map(view).collect()
}

/// How much of a text is looked through at a time for the words of its terms, in bytes: what a story is about it says at
/// its beginning, and reading whole texts for a few words would take longer than rendering them.
const PIECE: usize = 1200;

/// The article's own words for terms: from its beginning, and from further on only for those that are not there.
fn surfaces(site: Site<'_>, article: &Article, wanted: &[u32]) -> Vec<String> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let front = &article.front;
    let language = Language::of(if front.language.is_empty() { &site.config.language } else { &front.language });
    let (beginning, mut rest) = piece(&article.body);
    let beginning = [front.title.as_str(), &front.description, beginning].join("\n\n");
    let mut found = words::surfaces(&beginning, wanted, language);
    while !rest.is_empty() && found.iter().any(String::is_empty) {
        let (next, after) = piece(rest);
        rest = after;
        let missing = |(_, word): &(&u32, &String)| word.is_empty();
        let later: Vec<u32> = wanted.iter().zip(&found).filter(missing).map(|(term, _)| *term).collect();
        let mut words = words::surfaces(next, &later, language).into_iter();
        for word in found.iter_mut().filter(|word| word.is_empty()) {
            *word = words.next().unwrap_or_default();
        }
    }
    found
}

/// The next piece of a text, up to a space, and the rest.
fn piece(text: &str) -> (&str, &str) {
    if text.len() <= PIECE {
        return (text, "");
    }
    let start = &text[..text.floor_char_boundary(PIECE)];
    text.split_at(start.rfind(' ').filter(|at| *at > 0).unwrap_or(start.len()))
}

fn links(site: Site<'_>, front: &FrontMatter) -> Vec<LinkView> {
    let link = |link: &crate::article::Link| LinkView {
        title: if link.title.is_empty() { link.url.clone() } else { link.title.clone() },
        url: safe_url(&link.url).map_or_else(String::new, |url| site.config.link(url)),
    };
    front.links.iter().map(link).collect()
}

fn source(site: Site<'_>, front: &FrontMatter) -> Option<SourceView> {
    let source = front.source.as_ref()?;
    Some(SourceView {
        format: source.format.clone(),
        file: source.file.clone(),
        url: safe_url(&source.url).unwrap_or_default().to_owned(),
        captured: source.captured.map(|date| dates::view(site, date)),
    })
}

/// The articles before and after this one within its own section.
fn neighbours(site: Site<'_>, id: ArticleId, entry: &Entry) -> [Option<ArticleId>; 2] {
    let own = |other: &ArticleId| site.archive.article(*other).section == entry.section;
    let members = &site.archive.section(entry.section).members;
    match members.binary_search(&id) {
        Ok(at) => [members[at + 1..].iter().copied().find(own), members[..at].iter().rev().copied().find(own)],
        Err(_) => [None, None],
    }
}
