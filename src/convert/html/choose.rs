//! From what a page states to the front matter of its article.

use super::address::Address;
use super::authors;
use super::candidate::{Candidates, Field};
use super::fates::Fates;
use super::title::Headline;
use super::verdict::fold;
use super::when;
use crate::article::{Article, Figure, FrontMatter};
use crate::convert::{Converted, Source};
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::address::resolve;

/// Most tags of an article.
const TAGS: usize = 20;

/// The article without its body.
pub(super) fn choose(
    source: &Source<'_>,
    candidates: &Candidates,
    headline: &Headline,
    address: &Address,
    fates: &mut Fates,
) -> Converted {
    note(candidates, fates);
    let language = language(candidates);
    let when = when::choose(candidates, &language, fates);
    let front = FrontMatter {
        title: headline.text.clone(),
        date: when.published,
        updated: when.updated,
        section: section(candidates),
        authors: authors::choose(candidates, fates),
        description: description(candidates),
        tags: tags(candidates),
        language,
        image: image(candidates, address),
        aliases: address.aliases.clone(),
        ..FrontMatter::default()
    };
    let warnings = when.unreadable.map(|(value, from)| {
        Diagnostic::warning(Place::file(source.path), format!("the date `{value}` of {from} cannot be read"))
            .hint("the article stays undated; add a `date` to its front matter")
    });
    Converted {
        article: Article { front, body: String::new() },
        canonical: address.canonical.clone(),
        captured: when::of(candidates, Field::Captured),
        warnings: warnings.into_iter().collect(),
        ..Converted::default()
    }
}

/// Notes the statements of which the most trusted counts.
fn note(candidates: &Candidates, fates: &mut Fates) {
    if !fates.are_asked() {
        return;
    }
    for candidate in candidates.all() {
        let key = candidate.field.key();
        if key.is_empty()
            || matches!(candidate.field, Field::Title | Field::Author | Field::Published | Field::Modified)
        {
            continue;
        }
        match candidates.best(candidate.field) {
            Some(best) if !std::ptr::eq(best, candidate) => {
                fates.leave(candidate, &format!("it is trusted less than {}", best.from));
            }
            _ => fates.took(candidate.field, candidate.from, &candidate.value),
        }
    }
}

/// The section, with the ways to write a section of a section as a path: `Town: Harbour`, `Town > Harbour`.
fn section(candidates: &Candidates) -> Option<String> {
    let stated = candidates.best(Field::Section)?;
    Some([": ", " > ", " » ", " | ", " / "].iter().fold(stated.value.clone(), |path, sign| path.replace(sign, "/")))
}

/// The stated summary, unless it was cut short by the page's own template.
fn description(candidates: &Candidates) -> String {
    let stated = candidates.of(Field::Description);
    let whole = |text: &str| !text.ends_with("...") && !text.ends_with('…') && !text.ends_with("[…]");
    let found = stated.iter().map(|stated| stated.value.split_whitespace().collect::<Vec<_>>().join(" "));
    found.into_iter().find(|text| whole(text)).unwrap_or_default()
}

fn tags(candidates: &Candidates) -> Vec<String> {
    let stated = candidates.of(Field::Tag);
    let from = stated.first().map_or("", |stated| stated.from);
    let mut tags: Vec<String> = Vec::new();
    let all = stated.iter().filter(|stated| stated.from == from).flat_map(|stated| stated.value.split([',', ';']));
    for tag in all.map(str::trim) {
        // Machines' own tags, as `type:story`, are for machines.
        let is_word = !tag.is_empty() && tag.chars().count() <= 50 && !tag.contains([':', '=', '/']);
        if is_word && tags.len() < TAGS && !tags.iter().any(|known| fold(known) == fold(tag)) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// A BCP 47 tag, as `pt-BR`; `C` for letters and so on are dropped.
fn language(candidates: &Candidates) -> String {
    let is_tag = |tag: &str| {
        let mut parts = tag.split('-');
        let first = parts
            .next()
            .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
        first && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    let stated = candidates.of(Field::Language);
    let tags = stated.iter().map(|stated| stated.value.split([',', ' ']).next().unwrap_or_default().replace('_', "-"));
    tags.into_iter().find(|tag| is_tag(tag)).unwrap_or_default()
}

/// The picture that the page states as the article's. One in the text is preferred, as it has its caption.
fn image(candidates: &Candidates, address: &Address) -> Option<Figure> {
    let image = candidates.best(Field::Image)?;
    let file = |url: &str| url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).map(str::to_owned);
    // What is said of the same picture under another name counts, too.
    let same: Vec<&str> = candidates
        .of(Field::Image)
        .iter()
        .filter(|other| other.from == image.from || file(&other.value) == file(&image.value))
        .map(|other| other.from)
        .collect();
    let said = |field: Field| {
        let about = |from: &str| same.iter().any(|image| from == *image || from.strip_suffix(":alt") == Some(*image));
        candidates.of(field).iter().find(|said| about(said.from)).map_or_else(String::new, |said| said.value.clone())
    };
    Some(Figure {
        src: resolve(&address.base, &image.value).into_owned(),
        alt: said(Field::ImageAlt),
        caption: said(Field::ImageCaption),
        credit: said(Field::ImageCredit),
    })
}
