//! The people of a byline, out of the ways that pages write them.

use super::verdict::fold;

/// Words before names, in the languages of western Europe.
const BEFORE: [&str; 20] = [
    "by",
    "written by",
    "story by",
    "words by",
    "posted by",
    "published by",
    "from",
    "von",
    "par",
    "por",
    "di",
    "de",
    "av",
    "af",
    "door",
    "text",
    "author",
    "autor",
    "texto",
    "redacción",
];
/// Words between names.
const BETWEEN: [&str; 10] = ["and", "und", "et", "y", "e", "og", "och", "en", "with", "mit"];
/// Words that make a name one of an office, not of a person.
const OFFICES: [&str; 34] = [
    "admin",
    "agency",
    "agencies",
    "agence",
    "agentur",
    "associated press",
    "afp",
    "ansa",
    "apa",
    "bureau",
    "contributor",
    "dpa",
    "desk",
    "editor",
    "editors",
    "editorial",
    "magazine",
    "media",
    "news",
    "newsroom",
    "newspaper",
    "online",
    "press",
    "redacción",
    "redaktion",
    "redaction",
    "rédaction",
    "reporter",
    "reuters",
    "staff",
    "team",
    "tv",
    "webdesk",
    "www",
];

/// The names in a byline; those of sites (folded, in `sites`) and offices are left out.
pub(super) fn people(byline: &str, sites: &[String]) -> Vec<String> {
    if byline.contains("://") || byline.contains('@') && !byline.contains(' ') {
        return Vec::new();
    }
    let mut names = Vec::new();
    for part in byline.split([',', ';', '|', '/', '&', '•', '·', '\n']) {
        for name in split_words(part) {
            let name = without_before(name.trim()).trim_matches(['.', ':', '-', '–', ' ', '(', ')']).to_owned();
            if is_person(&name, sites) && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Splits at words such as "and".
fn split_words(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in text.split_whitespace() {
        if BETWEEN.contains(&word.to_lowercase().as_str()) {
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

fn without_before(name: &str) -> &str {
    let lower = name.to_lowercase();
    let found = BEFORE.iter().filter(|before| {
        lower.strip_prefix(**before).is_some_and(|rest| rest.starts_with([' ', ':']) && lower.len() == name.len())
    });
    found.max_by_key(|before| before.len()).map_or(name, |before| name[before.len()..].trim_start_matches([':', ' ']))
}

/// Whether it can be the name of a person.
fn is_person(name: &str, sites: &[String]) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let length = name.chars().count();
    let folded = fold(name);
    let lower = name.to_lowercase();
    let is_office =
        OFFICES.iter().any(|office| lower.split_whitespace().any(|word| word == *office) || lower == *office);
    let is_capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    (3..=60).contains(&length)
        && (1..=6).contains(&words.len())
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '(' | ':' | '@' | '"'))
        && words.iter().filter(|word| is_capital(word)).count() * 2 >= words.len()
        && !is_office
        && !sites.iter().any(|site| folded == *site || (site.len() > 8 && folded.contains(site.as_str())))
}

#[cfg(test)]
mod tests {
    use super::people;

    #[test]
    fn bylines_give_people() {
        let cases: [(&str, &[&str]); 8] = [
            ("By Ines Marrable and Tom Keel", &["Ines Marrable", "Tom Keel"]),
            ("Von Ann Reed, Redaktion", &["Ann Reed"]),
            ("Ines Marrable, Saltmere Gazette", &["Ines Marrable"]),
            ("News desk", &[]),
            ("https://saltmere.example/ann", &[]),
            ("José Ortega y Gasset", &["José Ortega", "Gasset"]),
            ("Text: Ann Reed", &["Ann Reed"]),
            ("", &[]),
        ];
        for (byline, names) in cases {
            assert_eq!(people(byline, &["saltmeregazette".to_owned()]), names, "{byline}");
        }
    }
}
