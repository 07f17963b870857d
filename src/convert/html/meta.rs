//! The head of a page: `meta`, `link`, `title` and the language.

use super::candidate::{Candidates, Field};
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};

/// What `meta` tags say, by their name in lower case: the field, the name as an account shows it, and its trust.
const NAMES: &[(&str, Field, u8)] = &[
    ("article.author", Field::Author, 58),
    ("article:byline", Field::Author, 58),
    ("article_author", Field::Author, 57),
    ("articleauthor", Field::Author, 57),
    ("citation_author", Field::Author, 62),
    ("cxenseparse:author", Field::Author, 59),
    ("dcterms.creator", Field::Author, 55),
    ("article:author", Field::Author, 50),
    ("article:modified_time", Field::Modified, 70),
    ("article:published_time", Field::Published, 75),
    ("article:section", Field::Section, 70),
    ("article:tag", Field::Tag, 70),
    ("author", Field::Author, 60),
    ("byl", Field::Author, 60),
    ("byline", Field::Author, 60),
    ("content-language", Field::Language, 30),
    ("cxenseparse:recs:publishtime", Field::Published, 60),
    ("date", Field::Published, 45),
    ("dc.creator", Field::Author, 55),
    ("citation_date", Field::Published, 55),
    ("citation_publication_date", Field::Published, 60),
    ("dc.date.created", Field::Published, 55),
    ("dcterms.date", Field::Published, 50),
    ("dcterms.issued", Field::Published, 60),
    ("article.published", Field::Published, 65),
    ("article.created", Field::Published, 50),
    ("article.updated", Field::Modified, 55),
    ("articledate", Field::Published, 55),
    ("date.issued", Field::Published, 55),
    ("datepublished", Field::Published, 62),
    ("pub_date", Field::Published, 60),
    ("published-date", Field::Published, 60),
    ("release_date", Field::Published, 50),
    ("revised", Field::Modified, 40),
    ("dc.date", Field::Published, 50),
    ("dc.date.issued", Field::Published, 60),
    ("dc.date.modified", Field::Modified, 50),
    ("dc.description", Field::Description, 45),
    ("dc.language", Field::Language, 30),
    ("citation_title", Field::Title, 62),
    ("dcterms.title", Field::Title, 55),
    ("dc.subject", Field::Tag, 40),
    ("news_keywords", Field::Tag, 50),
    ("dc.title", Field::Title, 55),
    ("dcterms.created", Field::Published, 50),
    ("dcterms.modified", Field::Modified, 50),
    ("dcsext.articledate", Field::Published, 50),
    ("description", Field::Description, 50),
    ("headline", Field::Title, 75),
    ("last-modified", Field::Modified, 40),
    ("lastmod", Field::Modified, 50),
    ("og:article:author", Field::Author, 50),
    ("og:article:modified_time", Field::Modified, 60),
    ("og:article:published_time", Field::Published, 70),
    ("og:article:section", Field::Section, 65),
    ("og:article:tag", Field::Tag, 65),
    ("og:description", Field::Description, 55),
    ("og:image", Field::Image, 70),
    ("og:image:alt", Field::ImageAlt, 70),
    ("og:locale", Field::Language, 20),
    ("og:published_time", Field::Published, 65),
    ("og:site_name", Field::Site, 70),
    ("og:title", Field::Title, 70),
    ("og:type", Field::Kind, 50),
    ("og:updated_time", Field::Modified, 50),
    ("og:url", Field::Canonical, 70),
    ("originalpublicationdate", Field::Published, 75),
    ("parsely-author", Field::Author, 60),
    ("parsely-pub-date", Field::Published, 65),
    ("parsely-section", Field::Section, 55),
    ("parsely-title", Field::Title, 65),
    ("pubdate", Field::Published, 60),
    ("publication_date", Field::Published, 60),
    ("publish-date", Field::Published, 60),
    ("publish_date", Field::Published, 60),
    ("publishdate", Field::Published, 60),
    ("publisheddate", Field::Published, 60),
    ("sailthru.author", Field::Author, 55),
    ("sailthru.date", Field::Published, 60),
    ("sailthru.title", Field::Title, 60),
    ("section", Field::Section, 60),
    ("twitter:title", Field::Title, 60),
    ("application-name", Field::Site, 30),
    ("al:android:app_name", Field::Site, 20),
];

/// What cards call the author, in lower case.
const LABELS: [&str; 18] = [
    "written by",
    "author",
    "by",
    "verfasst von",
    "geschrieben von",
    "écrit par",
    "escrito por",
    "scritto da",
    "geschreven door",
    "skrevet av",
    "skrevet af",
    "skriven av",
    "napisane przez",
    "napsal(a)",
    "yazan",
    "автор",
    "執筆者",
    "작성자",
];

/// Gathers what the head says. Attributes of microdata count wherever they stand.
pub(super) fn gather(tree: &Tree, candidates: &mut Candidates) {
    let mut label = "";
    for id in tree.descendants(0) {
        match tree.tag(id) {
            Tag::Meta => {
                of_meta(tree, id, candidates);
                of_card(tree, id, &mut label, candidates);
            }
            Tag::Link if tree.attribute_or_empty(id, Attribute::Rel).eq_ignore_ascii_case("canonical") => {
                let href = tree.attribute_or_empty(id, Attribute::Href);
                candidates.add(Field::Canonical, href, "link rel=canonical", 80);
            }
            Tag::Title => {
                let is_first = candidates.of(Field::Title).iter().all(|known| known.from != "title");
                if is_first {
                    candidates.add(Field::Title, &tree.text_of(id), "title", 40);
                }
            }
            Tag::Html => {
                candidates.add(Field::Language, tree.attribute_or_empty(id, Attribute::Lang), "html lang", 50);
            }
            _ => {}
        }
    }
}

/// The labelled facts of a card, which publishing systems fill with the author: `twitter:label1` says what
/// `twitter:data1` is. From <https://developer.x.com/en/docs/x-for-websites/cards/overview/markup>.
fn of_card<'t>(tree: &'t Tree, id: NodeId, label: &mut &'t str, candidates: &mut Candidates) {
    let name =
        [Attribute::Name, Attribute::Property].iter().find_map(|name| tree.attribute(id, *name)).unwrap_or_default();
    let value = tree.attribute_or_empty(id, Attribute::Content);
    if name.starts_with("twitter:label") {
        *label = value;
    } else if name.starts_with("twitter:data") && LABELS.contains(&label.to_lowercase().as_str()) {
        candidates.add(Field::Author, &super::plain(value), "twitter:data", 59);
    }
}

fn of_meta(tree: &Tree, id: NodeId, candidates: &mut Candidates) {
    let value = tree.attribute_or_empty(id, Attribute::Content);
    if value.is_empty() || value.len() > 4000 {
        return;
    }
    for attribute in [Attribute::Property, Attribute::Name, Attribute::HttpEquiv, Attribute::Itemprop] {
        let name = tree.attribute_or_empty(id, attribute);
        if name.is_empty() || name.len() > 40 {
            continue;
        }
        let name = name.to_ascii_lowercase();
        if attribute == Attribute::Itemprop {
            let field = match name.as_str() {
                "datepublished" => Field::Published,
                "datemodified" => Field::Modified,
                "headline" => Field::Title,
                "author" => Field::Author,
                _ => continue,
            };
            candidates.add(field, value, "itemprop", 65);
        } else if let Some((name, field, trust)) = NAMES.iter().find(|(known, _, _)| *known == name) {
            candidates.add(*field, &super::plain(value), name, *trust);
        }
    }
}
