//! Slugs: the words of a headline as a piece of an address, in ASCII.

/// Longest slug in bytes; cut at a word's end.
const LONGEST: usize = 60;

/// The slug of a text: its letters and digits in lower-case ASCII, words joined by `-`, at most 60 bytes, cut between
/// words. Empty where the text has none. Stable: the same text always has the same slug.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(LONGEST + 16));
    let mut gap = false;
    for c in text.chars() {
        if matches!(c, '\'' | '’' | '‘' | 'ʼ' | '\u{ad}') {
            continue;
        }
        let ascii = deunicode::deunicode_char(c).unwrap_or("");
        // A transliteration of several letters with a space at its end, as of Chinese, is a word of its own.
        for letter in ascii.bytes() {
            if letter.is_ascii_alphanumeric() {
                if gap && !slug.is_empty() {
                    slug.push('-');
                }
                gap = false;
                slug.push(char::from(letter.to_ascii_lowercase()));
            } else {
                gap = true;
            }
        }
        if slug.len() > LONGEST {
            break;
        }
    }
    if slug.len() > LONGEST {
        let end = slug[..=LONGEST].rfind('-').filter(|at| *at > LONGEST / 2).unwrap_or(LONGEST);
        slug.truncate(end);
    }
    slug
}

/// A section path as addresses and folders write it: the slug of each part, joined by `/`.
pub fn section_path(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(slug).filter(|part| !part.is_empty()).collect();
    parts.join("/")
}
