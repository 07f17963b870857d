//! From what a page states to the front matter of its article.

use super::address::Address;
use super::byline::people;
use super::candidate::{Candidate, Candidates, Field};
use super::fates::Fates;
use super::title::Headline;
use super::verdict::fold;
use crate::article::{Article, Figure, FrontMatter};
use crate::convert::{Converted, Source, dates};
use crate::date::{ArticleDate, Precision};
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
    let (date, unreadable) = date(candidates, Field::Published);
    let updated = date_of(candidates, Field::Modified).filter(|updated| is_later(date, *updated));
    let sites = sites(candidates);
    let front = FrontMatter {
        title: headline.text.clone(),
        date,
        updated,
        section: section(candidates),
        authors: authors(candidates, &sites),
        description: description(candidates),
        tags: tags(candidates),
        language: language(candidates),
        image: image(candidates, address),
        aliases: address.aliases.clone(),
        ..FrontMatter::default()
    };
    let warnings = unreadable.map(|stated| {
        Diagnostic::warning(
            Place::file(source.path),
            format!("the date `{}` of {} cannot be read", stated.value, stated.from),
        )
        .hint("the article stays undated; add a `date` to its front matter")
    });
    Converted {
        article: Article { front, body: String::new() },
        canonical: address.canonical.clone(),
        captured: date_of(candidates, Field::Captured),
        warnings: warnings.into_iter().collect(),
        ..Converted::default()
    }
}

/// Notes the statements of which the most trusted counts.
fn note(candidates: &Candidates, fates: &mut Fates) {
    for candidate in candidates.all() {
        let key = candidate.field.key();
        if key.is_empty() || candidate.field == Field::Title {
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

/// The most trusted date that can be read; and if none can, the most trusted that cannot.
fn date(candidates: &Candidates, field: Field) -> (Option<ArticleDate>, Option<&Candidate>) {
    let stated = candidates.of(field);
    let read: Vec<ArticleDate> = stated.iter().filter_map(|stated| read(&stated.value)).collect();
    let Some(first) = read.first().copied() else { return (None, stated.first().copied()) };
    // A clock that another statement adds to the same day is welcome.
    let exact = read.iter().find(|date| date.precision() == Precision::Time && same_day(**date, first));
    (Some(if first.precision() == Precision::Time { first } else { exact.copied().unwrap_or(first) }), None)
}

fn date_of(candidates: &Candidates, field: Field) -> Option<ArticleDate> {
    date(candidates, field).0
}

fn same_day(a: ArticleDate, b: ArticleDate) -> bool {
    a.to_string().get(..10) == b.to_string().get(..10)
}

fn is_later(date: Option<ArticleDate>, updated: ArticleDate) -> bool {
    date.is_none_or(|date| {
        updated.seconds() > date.seconds() && !(updated.precision() != Precision::Time && same_day(date, updated))
    })
}

/// Reads a date as machines write it, or else as papers print it. The first moment of computer time is no date.
fn read(text: &str) -> Option<ArticleDate> {
    let date =
        text.parse().ok().or_else(|| compact(text)).or_else(|| dates::parse(text)).or_else(|| dates::find(text))?;
    (!date.to_string().starts_with("1970-01-01") && !date.to_string().starts_with("0001")).then_some(date)
}

/// `20000619` and `20000619T104600Z`.
fn compact(text: &str) -> Option<ArticleDate> {
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let clock = text.get(8..).unwrap_or_default().trim_start_matches('T');
    if clock.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('T') {
        return None;
    }
    format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]).parse().ok()
}

/// The names of the site, folded.
fn sites(candidates: &Candidates) -> Vec<String> {
    candidates.of(Field::Site).iter().map(|site| fold(&site.value)).collect()
}

/// The people of the most trusted statement that names any; all statements of that kind count.
fn authors(candidates: &Candidates, sites: &[String]) -> Vec<String> {
    let stated = candidates.of(Field::Author);
    let mut names: Vec<String> = Vec::new();
    let mut kind = "";
    for author in stated {
        if !names.is_empty() && author.from != kind {
            break;
        }
        for name in people(&author.value, sites) {
            kind = author.from;
            if !names.iter().any(|known| fold(known) == fold(&name)) {
                names.push(name);
            }
        }
    }
    names
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
    let src = resolve(&address.base, &image.value).into_owned();
    let alt = candidates
        .of(Field::ImageAlt)
        .iter()
        .find(|alt| alt.from == image.from || alt.from == "og:image:alt")
        .map_or_else(String::new, |alt| alt.value.clone());
    Some(Figure { src, alt, ..Figure::default() })
}
