//! Bylines as papers print them: `By Ines Marrable in Quayside`, `By Gazette Harbour Correspondent Tom Weller`.

use super::shape::{at_most, is_name, is_punctuated, is_stopped};

/// Who wrote an article, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Byline {
    /// A name each, without offices and papers.
    pub(super) authors: Vec<String>,
    /// The place, if the byline names one.
    pub(super) place: String,
}

/// Words of offices; a name stands after them, or they after a name and a comma.
const OFFICES: &[&str] = &[
    "analyst",
    "columnist",
    "commentator",
    "correspondent",
    "correspondents",
    "critic",
    "editor",
    "expert",
    "journalist",
    "presenter",
    "producer",
    "reporter",
    "reporters",
    "specialist",
    "staff",
    "team",
    "unit",
    "writer",
    "writers",
];
/// News agencies, whose bylines are one word.
const AGENCIES: &[&str] = &["Reuters", "AP", "AFP", "PA", "UPI", "DPA", "ANSA"];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Reads a byline that begins with `By` (or its German, French, Spanish, Italian or Dutch word), or with `From` and names
/// a place; `None` for any other line.
pub(super) fn byline(line: &str) -> Option<Byline> {
    if line.len() > 140 || !at_most(line, 18) || (is_stopped(line) && !at_most(line, 4)) {
        return None;
    }
    let (rest, needs_place) = match line.split_once([' ', ':'])? {
        ("By" | "BY" | "by", rest) => (rest, false),
        ("From" | "FROM", rest) => (rest, true),
        ("Von" | "VON" | "Par" | "PAR" | "Por" | "POR" | "Di" | "DI" | "Door" | "DOOR", rest) => {
            let rest = rest.trim();
            let named = rest.starts_with(char::is_uppercase) && rest.contains(' ') && !is_punctuated(rest);
            return names_and_place(rest).filter(|_| named);
        }
        _ => return None,
    };
    let byline = names_and_place(rest.trim().trim_end_matches('.'))?;
    (!needs_place || !byline.place.is_empty()).then_some(byline)
}

/// Reads what stands after `By`.
pub(super) fn names_and_place(text: &str) -> Option<Byline> {
    let (text, mut place) = split_place(text);
    let mut parts = text.split(',').map(str::trim);
    let mut authors = Vec::new();
    names(parts.next()?, &mut authors)?;
    let rest: Vec<&str> = parts.collect();
    for (at, part) in rest.iter().enumerate() {
        if is_office(part) || part.is_empty() {
            continue;
        }
        let last = at + 1 == rest.len();
        // `A, B and C` are three names; in `A, Harbour News, Quayside` the last is where A was.
        let listed = rest.iter().any(|part| part.contains(" and ") || part.contains(" & "));
        if listed && names(part, &mut authors).is_some() {
            continue;
        }
        if last && place.is_empty() && is_name(part, 4) {
            (*part).clone_into(&mut place);
        }
    }
    Some(Byline { authors, place })
}

/// The place that a line under a byline names, where that line is the writer's office: `Harbour correspondent, Quayside`,
/// `Gazette News, Quayside`. `None` for any other line.
pub(super) fn office(line: &str) -> Option<String> {
    if line.len() > 90 || !at_most(line, 10) || is_stopped(line) {
        return None;
    }
    let (rest, place) = split_place(line);
    let (title, town) = rest.split_once(',').map_or((rest, ""), |(title, town)| (title, town.trim()));
    let desk = title.split_whitespace().any(|word| matches!(word, "News" | "Online" | "Sport" | "Desk"));
    if !(is_office(rest) || desk && is_name(title, 5)) {
        return None;
    }
    let town = if is_name(town, 4) && !is_office(town) { town } else { "" };
    Some(if place.is_empty() { town.to_owned() } else { place })
}

/// Cuts off ` in PLACE` at the end: a name, or a few words as "the council chamber" after what is a name.
fn split_place(text: &str) -> (&str, String) {
    for joint in [" in ", " IN "] {
        if let Some((before, place)) = text.rsplit_once(joint)
            && (is_name(place.trim_end_matches(','), 5)
                || (is_name(before, 4) && at_most(place, 5) && !is_punctuated(place)))
        {
            return (before.trim_end_matches(','), place.trim().to_owned());
        }
    }
    (text, String::new())
}

/// Appends the names of one part of a byline: `Ines Marrable and Tom Weller`, with whatever stands before them left out.
fn names(part: &str, authors: &mut Vec<String>) -> Option<()> {
    let before = authors.len();
    for name in part.split(" and ").flat_map(|name| name.split(" & ")).flat_map(|name| name.split(" AND ")) {
        let name = bare_name(name)?;
        if !authors.contains(&name) {
            authors.push(name);
        }
    }
    (authors.len() > before).then_some(())
}

/// The name without the paper and office before it (`Gazette Harbour Correspondent`, `the Gazette's`) or after it.
fn bare_name(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let leads = |word: &&str| {
        let possessive = word.ends_with("'s") || word.ends_with("’s");
        possessive
            || is_office_word(word)
            || (word.starts_with(char::is_lowercase) && !is_name(&format!("A {word} B"), 2))
    };
    let start = words.iter().rposition(leads).map_or(0, |at| at + 1);
    let paper = |word: &str| matches!(word, "BBC" | "News" | "Online");
    let office = start;
    let start = start + words.get(start..)?.iter().take_while(|word| paper(word)).count();
    let mut name = words.get(start..)?;
    // `By BBC News Online`, `By BBC Monitoring`: the paper itself.
    if office == 0 && start > 0 && name.len() <= 1 {
        return Some(words.join(" "));
    }
    if let Some(end) = name.iter().position(|word| paper(word)) {
        name = &name[..end];
    }
    // `By BBC Kim Duncan-Smith`: what is left of a paper's office before a name is not told from the name; two words,
    // or three with an initial, are.
    if start > 0 && words.first().is_some_and(|word| paper(word)) && name.len() > 3 {
        name = &name[name.len() - 2..];
    }
    let joined = name.join(" ");
    let single = name.len() == 1 && !AGENCIES.contains(&joined.as_str());
    if single && (WEEKDAYS.contains(&joined.as_str()) || start == 0) {
        return None;
    }
    is_name(&joined, 5).then_some(joined)
}

fn is_office(text: &str) -> bool {
    text.split_whitespace().any(is_office_word)
}

fn is_office_word(word: &str) -> bool {
    OFFICES.iter().any(|office| word.eq_ignore_ascii_case(office))
}

#[cfg(test)]
mod tests {
    use super::{byline, office};

    #[test]
    fn reads_names_and_places() {
        let cases = [
            ("By Ines Marrable in Quayside", "Ines Marrable", "Quayside"),
            ("By Gazette Harbour Correspondent Tom Weller", "Tom Weller", ""),
            ("By BBC News Online's Ines Marrable", "Ines Marrable", ""),
            ("By the Gazette's Ines Marrable in Port Ash", "Ines Marrable", "Port Ash"),
            ("By BBC Harbour Correspondent Dr Tom Weller", "Dr Tom Weller", ""),
            ("By our science editor Ines Marrable", "Ines Marrable", ""),
            ("By Ines Marrable and Tom Weller", "Ines Marrable;Tom Weller", ""),
            ("By Ines Marrable, Tom Weller and Ann Poe", "Ines Marrable;Tom Weller;Ann Poe", ""),
            ("By Ines Marrable, harbour reporter", "Ines Marrable", ""),
            ("By Ines Marrable, Gazette reporter, Port Ash", "Ines Marrable", "Port Ash"),
            ("By Ines Marrable BBC News Online", "Ines Marrable", ""),
            ("By Jan van der Ploeg", "Jan van der Ploeg", ""),
            ("BY INES MARRABLE", "INES MARRABLE", ""),
            ("By Reuters", "Reuters", ""),
            ("Von Ines Marrable", "Ines Marrable", ""),
            ("By BBC News Online", "BBC News Online", ""),
            ("By BBC Monitoring", "BBC Monitoring", ""),
            ("By BBC Ann Poe", "Ann Poe", ""),
            ("By Ines Marrable in the council chamber", "Ines Marrable", "the council chamber"),
            ("From Ines Marrable in Quayside", "Ines Marrable", "Quayside"),
        ];
        for (line, authors, place) in cases {
            let got = byline(line).unwrap_or_default();
            assert_eq!((got.authors.join(";").as_str(), got.place.as_str()), (authors, place), "{line}");
        }
        for line in [
            "By Friday the tide had turned",
            "By then it was late.",
            "By Friday",
            "By the numbers",
            "From Quayside",
            "Von unserem Leser",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn reads_the_office_under_a_byline() {
        assert_eq!(office("Gazette News, Port Ash").as_deref(), Some("Port Ash"));
        assert_eq!(office("Harbour correspondent in Quayside").as_deref(), Some("Quayside"));
        assert_eq!(office("BBC News Online science staff").as_deref(), Some(""));
        assert_eq!(office("The quay at low tide"), None);
    }
}
