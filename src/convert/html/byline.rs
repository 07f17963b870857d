//! The authors of a byline, out of the ways that pages write them.
//!
//! Agencies count like people, as papers sign with them. Staff, teams and the site itself are authors too, but less:
//! they count where nobody else signs.

use super::site::Sites;
use super::verdict::fold;
use crate::convert::dates;

/// Words before names, in the languages of Europe.
const BEFORE: &str = "\
    by|written by|story by|words by|posted by|published by|authored by|text by|article by|report by|created by|\
    from|von|ein artikel von|eine analyse von|verfasst von|par|écrit par|publié par|por|escrito por|\
    publicado por|di|da|scritto da|de|av|skrevet av|skriven av|af|skrevet af|door|geschreven door|tekst|text|\
    texte|texto|author|authors|autor|autorin|autores|auteur|autore|autorin/autor|napisał|autor:|writer|yazan|\
    автор|текст|كتب|كتبت|بقلم|نویسنده|लेखक|作者|記者|记者|撰文|文";
/// Labels of names within lines that are written without spaces between words.
const LABELS: [&str; 5] = ["作者", "記者", "记者", "撰文", "文"];
/// Words before the names of those who did something else.
const OTHERS: &str = "\
    reviewed|medically reviewed|edited|fact checked|fact-checked|checked|photo|photos|photograph|photography|\
    image|images|picture|foto|fotos|illustration|illustrated|translated|narrated|sponsored|presented";
/// Words between names.
const BETWEEN: &str = "\
    and und et y e og och en with mit oraz";
/// Words that make a name one of an office, not of a person.
const OFFICES: &str = "\
    admin agency agencies agentur bureau contributor contributors correspondent desk editor editors editorial \
    magazine media nachrichten news newsdesk newsroom newspaper office online redacción redactie redakcja \
    redaksi redaktion redaktionen redaction redazione redaksjonen rédaction reporter reporters shimbun staff \
    store team tv web webdesk writers www";
/// Words of posts that people hold.
const POSTS: &str = "\
    analyst attorney author candidate ceo chief columnist consultant contributing contributor coordinator \
    correspondent critic cto director editor engineer expert founder head journalist journaliste lead lecturer \
    manager officer owner partner periodista photographer president producer professor redakteur redakteurin \
    reporter reviewer senior specialist writer";
/// What stands where no author is known.
const NOBODY: &str = "\
    admin administrator author default guest n/a none null root undefined unknown user webmaster";
/// Words of links and headings that stand beside names.
const FURNITURE: &str = "\
    about all alle article articles bio comment comments contact find follow full guide guidelines hide home \
    how info infos learn meet mehr min more our policy posts profile published read see share show stories \
    subscribe view what why your";
/// What marks a credit of a picture.
const PICTURES: [&str; 9] =
    ["image:", "images:", "photo:", "picture:", "foto:", "getty images", "shutterstock", "istock", "unsplash"];
/// Letters after names that are written small, too.
const LETTERS: [&str; 8] = ["phd", "ph.d", "ph.d.", "msc", "bsc", "esq", "esq.", "ed.d"];

/// Whether a word is one of a list.
fn among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// How an author is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By the name of a person or agency.
    Person,
    /// As staff, a team or the site, or by a login.
    Office,
}

/// One author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// The authors that a byline names.
pub(super) fn names(byline: &str, sites: &Sites) -> Vec<Name> {
    let byline = byline.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found: Vec<Name> = Vec::new();
    if is_none(&byline) {
        return found;
    }
    if sites.is(&byline) {
        return vec![Name { text: without_before(&byline).to_owned(), kind: Kind::Office }];
    }
    for group in byline.split(';') {
        of_group(group, sites, &mut found);
    }
    found
}

/// The authors of a byline without a semicolon.
fn of_group(byline: &str, sites: &Sites, found: &mut Vec<Name>) {
    let before = found.len();
    let mut after_post = false;
    for part in byline.split([',', '|', '/', '&', '•', '·', '⋅', '，', '、']) {
        let pieces = split_words(part);
        let posts: Vec<bool> = pieces.iter().map(|piece| found.len() > before && is_post(piece)).collect();
        // What follows a post is the firm or the field that it is held in; but not `editor and Tom Keel`.
        if after_post && !posts.first().is_some_and(|post| *post && pieces.len() > 1) {
            continue;
        }
        for (piece, post) in pieces.iter().zip(&posts) {
            after_post = *post;
            if !post {
                let name = if is_letters(piece.trim()) { piece.trim() } else { bare(piece) };
                add(name, sites, found);
            }
        }
    }
}

/// Whether a part of a byline says what post someone holds.
pub(super) fn is_post(piece: &str) -> bool {
    words(piece).any(|word| among(POSTS, &word))
}

fn add(name: &str, sites: &Sites, found: &mut Vec<Name>) {
    if let Some(last) = found.last_mut().filter(|_| is_letters(name)) {
        last.text.push_str(", ");
        last.text.push_str(name);
        return;
    }
    if !can_be(name) || found.iter().any(|known| fold(&known.text) == fold(name)) {
        return;
    }
    let kind = if is_site(name, sites) || is_office(name) { Kind::Office } else { Kind::Person };
    found.push(Name { text: name.to_owned(), kind });
}

/// Whether a statement cannot be one of authors.
fn is_none(byline: &str) -> bool {
    let lower = byline.to_lowercase();
    byline.contains("://")
        || byline.starts_with('@')
        || byline.contains(['{', '<', '='])
        || byline.matches(':').count() > 1
        || byline.chars().count() > 250
        || PICTURES.iter().any(|mark| lower.contains(mark))
        || is_of_others(&lower)
        || (lower.split('.').count() > 2 && lower.split('.').any(|part| part == "author"))
}

/// Whether a line names those who reviewed, drew or translated.
pub(super) fn is_of_others(lower: &str) -> bool {
    OTHERS.split('|').any(|word| lower.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':'])))
}

/// Whether what is left of a line after `By` reads like names: capitals, few words, no figures.
pub(super) fn reads_like_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower = text.to_lowercase();
    let is_furniture = self::words(&lower).any(|word| among(FURNITURE, &word));
    let is_capital = |word: &&&str| word.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
    (1..=16).contains(&words.len())
        && !is_furniture
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '?' | '!' | ':' | '"' | '“' | '%' | '$'))
        && words.iter().filter(is_capital).count() * 2 >= words.len()
        && words.first().is_some_and(|word| is_capital(&word) || *word == "the")
}

/// A line without the word that announces a name; `None` if there is none.
pub(super) fn after_before(line: &str) -> Option<&str> {
    let bare = without_before(line);
    (bare.len() < line.len()).then_some(bare)
}

/// The name after a label in a line of Chinese, or before its mark in one of Korean: `来源：盐湖日报　作者：李明`,
/// `김영수 기자 kim@saltmere.example`.
pub(super) fn labelled(line: &str) -> Option<&str> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '|' | '/' | '(' | '（' | ')' | '）' | '@' | '，' | '、');
    let after = LABELS.iter().find_map(|label| {
        let (_, after) = line.split_once(label)?;
        after.strip_prefix(['：', ':']).map(str::trim_start)
    });
    let name = match after {
        Some(after) => after.split(is_end).next(),
        None => line.split_once(" 기자").and_then(|(before, _)| before.rsplit(is_end).next()),
    };
    name.filter(|name| (2..=12).contains(&name.chars().count()) && !name.is_ascii())
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn is_office(name: &str) -> bool {
    let lower = name.to_lowercase();
    !lower.ends_with("press") && words(&lower).any(|word| among(OFFICES, &word))
}

fn is_site(name: &str, sites: &Sites) -> bool {
    sites.is(name) || sites.named(name)
}

/// `MD`, `Ph.D.`
fn is_letters(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let others = name.chars().filter(|c| !c.is_uppercase() && *c != '.').count();
    LETTERS.contains(&name.to_lowercase().as_str()) || ((2..=6).contains(&capitals) && others == 0)
}

/// Splits at words such as "and".
fn split_words(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in text.split_whitespace() {
        if among(BETWEEN, &word.to_lowercase()) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(word);
        }
    }
    // A name such as "Ortega y Gasset" is not two.
    if parts.iter().any(String::is_empty) { vec![text.trim().to_owned()] } else { parts }
}

/// A name without `By` before it, and the post or place after it.
fn bare(piece: &str) -> &str {
    let edges = |c: char| matches!(c, '.' | ':' | '-' | '–' | '—' | ' ' | '"' | '*' | '\u{a0}');
    let mut name = without_before(piece.trim_matches(edges)).trim_start_matches(edges).trim();
    if let Some((before, _)) = name.rsplit_once(" (").filter(|(_, after)| after.ends_with(')')) {
        name = before;
    }
    for (place, capital) in [(" in ", true), (" aus ", true), (" at ", true)] {
        if let Some((before, after)) = name.split_once(place)
            && before.contains(' ')
            && after.starts_with(char::is_uppercase) == capital
        {
            name = before;
        }
    }
    // A name that is shown twice, once for small screens.
    let half = name.len() / 2;
    if let (Some(one), Some(other)) = (name.get(..half), name.get(half..))
        && one.contains(' ')
        && one.trim() == other.trim()
    {
        name = one.trim();
    }
    // What Korean papers call a reporter.
    let name = ["기자", "특파원", "記者"].iter().find_map(|post| name.strip_suffix(post)).unwrap_or(name);
    name.trim_matches([' ', ':', '-', '–', '(', ')'])
}

fn without_before(name: &str) -> &str {
    let lower = name.to_lowercase();
    if lower.len() != name.len() {
        return name;
    }
    let announces = |before: &&str| {
        lower.strip_prefix(*before).is_some_and(|rest| {
            rest.starts_with([' ', ':', '：', '\u{a0}'])
                // `de Marrable` and `di Marrable` are names.
                && (before.len() > 2 || name.starts_with(char::is_uppercase) || *before == "by")
        })
    };
    let found = BEFORE.split('|').filter(announces).max_by_key(|before| before.len());
    found.map_or(name, |before| {
        name.get(before.len()..).unwrap_or_default().trim_start_matches([':', '：', ' ', '\u{a0}'])
    })
}

/// Whether it can be the name of anyone.
fn can_be(name: &str) -> bool {
    let lower = name.to_lowercase();
    (2..=70).contains(&name.chars().count())
        && name.split_whitespace().count() <= 7
        && name.contains(char::is_alphabetic)
        && !name.contains([':', '?', '!'])
        && !["in ", "on ", "at ", "for "].iter().any(|word| name.starts_with(word))
        && !name.split_whitespace().all(|word| dates::is_word(word) || word.bytes().all(|byte| byte.is_ascii_digit()))
        && !among(NOBODY, &lower)
        && !BEFORE.split('|').any(|before| before == lower)
}

#[cfg(test)]
mod tests {
    use super::super::candidate::{Candidates, Field};
    use super::super::site::Sites;
    use super::{Kind, names};

    #[test]
    fn bylines_give_authors() {
        let mut candidates = Candidates::default();
        candidates.add(Field::Site, "Saltmere Gazette", "og:site_name", 70);
        let sites = Sites::of(&candidates, std::iter::empty());
        let cases: [(&str, &[&str], &[&str]); 20] = [
            ("By Ines Marrable and Tom Keel", &["Ines Marrable", "Tom Keel"], &[]),
            ("Von Ann Reed, Redaktion", &["Ann Reed"], &["Redaktion"]),
            ("Ines Marrable, Saltmere Gazette", &["Ines Marrable"], &["Saltmere Gazette"]),
            ("News desk", &[], &["News desk"]),
            ("https://saltmere.example/ann", &[], &[]),
            ("José Ortega y Gasset", &["José Ortega", "Gasset"], &[]),
            ("Text: Ann Reed", &["Ann Reed"], &[]),
            ("", &[], &[]),
            ("admin", &[], &[]),
            ("The Harbour Press", &["The Harbour Press"], &[]),
            ("dpa", &["dpa"], &[]),
            ("i.marrable", &[], &["i.marrable"]),
            ("Ann Reed, MD, Ph.D.", &["Ann Reed, MD, Ph.D."], &[]),
            ("Ann Reed, harbour editor", &["Ann Reed"], &[]),
            ("Ann Reed in Garsby", &["Ann Reed"], &[]),
            ("Ann Reed, Director, Mud & Sand, Harbour Institute", &["Ann Reed"], &[]),
            ("Ann Reed, editor and Tom Keel, reporter", &["Ann Reed", "Tom Keel"], &[]),
            ("Reviewed by Ann Reed", &[], &[]),
            ("(Image: Ann Reed)", &[], &[]),
            ("김태연 기자", &["김태연"], &[]),
        ];
        for (byline, people, offices) in cases {
            let found = names(byline, &sites);
            let of =
                |kind| found.iter().filter(|name| name.kind == kind).map(|name| name.text.clone()).collect::<Vec<_>>();
            assert_eq!(
                (of(Kind::Person), of(Kind::Office)),
                (people.iter().map(ToString::to_string).collect(), offices.iter().map(ToString::to_string).collect()),
                "{byline}"
            );
        }
    }
}
