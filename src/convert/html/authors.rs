//! Which of the stated authors signed the article.

use super::byline::{Kind, Name, is_post, names};
use super::candidate::{Candidate, Candidates, Field};
use super::fates::Fates;
use super::site::Sites;
use super::verdict::fold;

/// The authors of the most trusted statement that names people, and of all statements of its kind; where none names
/// people, of the most trusted one. Where the page shows these and more, those it shows.
pub(super) fn choose(candidates: &Candidates, fates: &mut Fates) -> Vec<String> {
    let sites = Sites::of(candidates, std::iter::empty());
    let mut stated: Vec<(&Candidate, Vec<Name>)> = Vec::new();
    for candidate in candidates.of(Field::Author) {
        let names = names(&candidate.value, &sites);
        if names.is_empty() {
            fates.leave(candidate, "it names nobody");
        } else {
            stated.push((candidate, names));
        }
    }
    let Some(from) = best(&stated) else { return Vec::new() };
    let mut chosen = of_kind(&stated, from);
    let mut kinds = vec![from];
    for (candidate, shown) in stated.iter().filter(|(candidate, _)| is_shown(candidate.from)) {
        let all = chosen.iter().all(|name| shown.iter().any(|other| is_same(&other.text, &name.text)));
        let plain = shown.iter().all(|name| {
            name.kind == Kind::Person && (2..=6).contains(&name.text.split(' ').count()) && !is_post(&name.text)
        });
        if all && plain && shown.len() > chosen.len() && shown.len() <= 8 {
            chosen.clone_from(shown);
            kinds = vec![candidate.from];
        }
    }
    for (candidate, _) in &stated {
        if kinds.contains(&candidate.from) {
            fates.took(Field::Author, candidate.from, &candidate.value);
        } else {
            fates.leave(candidate, &format!("it is trusted less than {from}"));
        }
    }
    chosen.into_iter().map(|name| name.text).collect()
}

fn best(stated: &[(&Candidate, Vec<Name>)]) -> Option<&'static str> {
    let is_person = |name: &Name| name.kind == Kind::Person;
    let named = stated.iter().find(|(_, names)| names.iter().any(is_person));
    named.or(stated.first()).map(|(candidate, _)| candidate.from)
}

/// Whether a kind of statement is what readers see.
fn is_shown(from: &str) -> bool {
    matches!(from, "byline" | "class byline" | "rel=author" | "link to an author")
}

/// The authors of all statements of a kind. A line that names people and the paper means the people; in data, where
/// each author is stated by itself, all are meant.
fn of_kind(stated: &[(&Candidate, Vec<Name>)], from: &str) -> Vec<Name> {
    // A second line that begins with `By` is of another story.
    let most = if from.starts_with("byline") || from == "last line" { 1 } else { stated.len() };
    let all = stated.iter().filter(|(candidate, _)| candidate.from == from).take(most).flat_map(|(_, names)| names);
    let mut found: Vec<Name> = Vec::new();
    for name in all {
        if !found.iter().any(|known| fold(&known.text) == fold(&name.text)) {
            found.push(name.clone());
        }
    }
    if from != "JSON-LD author" && found.iter().any(|name| name.kind == Kind::Person) {
        found.retain(|name| name.kind == Kind::Person);
    }
    found
}

/// Whether two names are of one person: equal, or one with a title.
fn is_same(shown: &str, stated: &str) -> bool {
    fold(shown).contains(&fold(stated))
}
