//! What a line of a newspaper's text looks like: a sentence, a crosshead, a name.

use std::borrow::Cow;

/// Whether `text` has at most that many words; does not read on.
pub(super) fn at_most(text: &str, most: usize) -> bool {
    text.split_whitespace().nth(most).is_none()
}

/// The last character that is no closing quotation mark or bracket.
pub(super) fn last_sign(text: &str) -> Option<char> {
    text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).chars().next_back()
}

/// Whether the line ends as a sentence or a part of one does: with a stop, comma, colon, question or exclamation mark.
pub(super) fn is_punctuated(text: &str) -> bool {
    last_sign(text).is_some_and(|sign| matches!(sign, '.' | '!' | '?' | '…' | ',' | ':' | ';'))
}

/// Whether the line ends with a full stop.
pub(super) fn is_stopped(text: &str) -> bool {
    last_sign(text).is_some_and(|sign| matches!(sign, '.' | '…'))
}

/// Whether the line is running text: it ends as a sentence does, or is longer than any label.
pub(super) fn is_prose(text: &str) -> bool {
    text.len() > 110 || is_stopped(text) || (text.len() > 70 && is_punctuated(text))
}

/// Whether the line could be what a picture shows or the words under it.
pub(super) fn is_caption(text: &str) -> bool {
    !text.is_empty() && text.len() <= 130 && at_most(text, 20)
}

/// Whether the line, alone in its block, has the shape of a crosshead: a few words, a capital or a quotation mark
/// first, no stop.
pub(super) fn is_crosshead(text: &str) -> bool {
    text.len() <= 60
        && at_most(text, 7)
        && text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_quote(c))
        && last_sign(text).is_some_and(|sign| !matches!(sign, '.' | ',' | ':' | ';' | '-' | '|'))
        && text.bytes().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}

/// Whether the line could name who is quoted: one to five words with capitals, perhaps an office after a comma.
pub(super) fn is_speaker(text: &str) -> bool {
    let (name, office) = text.split_once(',').unwrap_or((text, ""));
    text.len() <= 90 && is_name(name, 5) && at_most(office, 8) && !is_stopped(text)
}

/// Whether these are the words of a name: capitals first, or particles between; at most `most` words with capitals.
pub(super) fn is_name(text: &str, most: usize) -> bool {
    let (mut capitals, mut particles, mut ends_in_particle) = (0, 0, true);
    for word in text.split_whitespace() {
        let first = word.trim_start_matches(['\'', '’', '‘', '(', 'd', 'l']).chars().next();
        let first = if word.starts_with(char::is_uppercase) { word.chars().next() } else { first };
        if !word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '‘' | '-' | '.' | '(' | ')')) {
            return false;
        }
        ends_in_particle = is_particle(word);
        if ends_in_particle {
            particles += 1;
        } else if first.is_some_and(char::is_uppercase) {
            capitals += 1;
        } else {
            return false;
        }
    }
    let begins_well = text.trim_start().chars().next().is_some_and(char::is_alphabetic);
    (1..=most).contains(&capitals) && particles <= 3 && !ends_in_particle && begins_well
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "al", "af", "ap", "av", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "for",
        "ibn", "la", "le", "of", "the", "ten", "ter", "van", "von", "y", "zu",
    ];
    PARTICLES.contains(&word)
}

/// Whether the sign begins or ends a quotation.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„')
}

/// Cuts a text that is longer than `most` bytes between words, and marks the cut.
pub(super) fn shorten(text: &mut String, most: usize) {
    if text.len() > most {
        let end = text.floor_char_boundary(most);
        let end = text[..end].rfind(' ').unwrap_or(end);
        text.truncate(end);
        text.push_str(" …");
    }
}

/// The first words of a text, for one that has no headline.
pub(super) fn opening(text: &str) -> String {
    let mut words = collapse(text).into_owned();
    shorten(&mut words, 60);
    words
}

/// The text on one line with single, plain spaces.
pub(crate) fn collapse(text: &str) -> Cow<'_, str> {
    // Nearly every line is tidy ASCII; a fold that never stops early is the quickest way to know.
    let bytes = text.as_bytes();
    let plain = bytes.iter().fold(true, |plain, byte| plain & (0x20..0x7f).contains(byte));
    let twice = memchr::memmem::find(bytes, b"  ").is_some();
    if plain && !twice && !bytes.starts_with(b" ") && !bytes.ends_with(b" ") {
        return Cow::Borrowed(text);
    }
    let mut after_space = true;
    let untidy = |c: char| {
        let space = c.is_whitespace();
        let twice = space && after_space;
        after_space = space;
        twice || (space && c != ' ') || matches!(c, '\u{feff}' | '\u{ad}')
    };
    if !text.contains(untidy) && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.extend(word.chars().filter(|c| !matches!(c, '\u{feff}' | '\u{ad}')));
    }
    Cow::Owned(tidy)
}

#[cfg(test)]
mod tests {
    use super::{collapse, is_crosshead, is_name, is_speaker};

    #[test]
    fn tells_names_crossheads_and_speakers() {
        for name in ["Ines Marrable", "Jan van der Ploeg", "Tom O'Dare", "Dr A.B. Weller", "Ludovic d'Arcy"] {
            assert!(is_name(name, 5), "{name}");
        }
        for other in ["the harbour", "Ines said no", "Van 3", "", "of", "Quay of"] {
            assert!(!is_name(other, 5), "{other}");
        }
        for crosshead in ["Warmer weather", "'No way back'", "What next?", "1,000 jobs"] {
            assert!(is_crosshead(crosshead), "{crosshead}");
        }
        for other in ["He left.", "and so on", "-----", "The reasons are:"] {
            assert!(!is_crosshead(other), "{other}");
        }
        assert!(is_speaker("Ines Marrable, harbour master") && is_speaker("Bishop of Saltmere"));
        assert!(!is_speaker("The quay at dawn") && !is_speaker("Ines Marrable."));
    }

    #[test]
    fn collapses_spaces() {
        assert_eq!(collapse("one two"), "one two");
        assert_eq!(collapse("one\u{a0} two\tthree\u{ad} "), "one two three");
    }
}
