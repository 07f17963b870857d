//! Plain text as Markdown that renders as exactly that text (`CommonMark` 0.31, "Backslash escapes", and the tables,
//! footnotes and strike-through of its usual extensions). Only what could be taken for markup is escaped, so that the
//! result stays pleasant to read and to edit.

/// Appends `text`, one line, as the beginning of a block: escapes inline markup, and what would make the line a
/// heading, list, quotation or rule.
pub fn block(text: &str, out: &mut String) {
    let text = text.trim();
    let bytes = text.as_bytes();
    let ends = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    match bytes.first() {
        Some(b'>') => out.push('\\'),
        Some(b'#') => {
            let level = bytes.iter().take_while(|byte| **byte == b'#').count();
            if level <= 6 && ends(level) {
                out.push('\\');
            }
        }
        Some(mark @ (b'-' | b'+' | b'=')) if ends(1) || bytes.iter().all(|byte| byte == mark || *byte == b' ') => {
            out.push('\\');
        }
        Some(b'0'..=b'9') => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits <= 9 && matches!(bytes.get(digits), Some(b'.' | b')')) && ends(digits + 1) {
                out.push_str(&text[..digits]);
                out.push('\\');
                return inline(&text[digits..], out);
            }
        }
        _ => {}
    }
    inline(text, out);
}

/// Appends `text` as a heading's words, which must not end in `#`.
pub fn heading(text: &str, out: &mut String) {
    let text = text.trim();
    let Some(words) = text.strip_suffix('#') else { return block(text, out) };
    block(words, out);
    // Only the last one counts, and trimming may have taken the space before it.
    out.push_str(if words.ends_with(' ') { " \\#" } else { "\\#" });
}

/// Appends `text` as part of a line.
pub fn inline(text: &str, out: &mut String) {
    escape(text, out, |at| is_markup(text, at));
}

/// Appends `text` as the words of a link or the description of a picture, between square brackets.
pub fn label(text: &str, out: &mut String) {
    escape(text, out, |at| text.as_bytes()[at] == b']' || is_markup(text, at));
}

/// Appends `text` as the title of a link or picture, between double quotes. Line ends become spaces.
pub fn title(text: &str, out: &mut String) {
    escape(text, out, |at| match text.as_bytes()[at] {
        b'"' | b'\\' => true,
        b'&' => is_entity(&text.as_bytes()[at..]),
        _ => false,
    });
}

/// Appends `url` as the destination of a link or picture; an empty one is written `<>`.
pub fn destination(url: &str, out: &mut String) {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'\\' | b'&' | b'*');
    if !url.is_empty() && url.bytes().all(|byte| plain(byte) || !byte.is_ascii()) {
        return out.push_str(url);
    }
    out.push('<');
    for c in url.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\n' | '\r' => {}
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out.push('>');
}

/// The bytes that may need a backslash, and the ends of lines.
const SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let list = b"\\`*_[]<&~|\"\n\r";
    let mut at = 0;
    while at < list.len() {
        signs[list[at] as usize] = true;
        at += 1;
    }
    signs
};

/// Appends `text` with a backslash before each ASCII sign of which `meant` says so, and spaces for line ends.
fn escape(text: &str, out: &mut String, meant: impl Fn(usize) -> bool) {
    out.reserve(text.len() + 8);
    let (mut from, mut looked) = (0, 0);
    while let Some(skip) = text.as_bytes()[looked..].iter().position(|byte| SIGNS[usize::from(*byte)]) {
        let at = looked + skip;
        looked = at + 1;
        if matches!(text.as_bytes()[at], b'\n' | b'\r') {
            out.push_str(&text[from..at]);
            out.push(' ');
            from = looked;
        } else if meant(at) {
            out.push_str(&text[from..at]);
            out.push('\\');
            from = at;
        }
    }
    out.push_str(&text[from..]);
}

/// Whether the ASCII sign at `at` could be taken for markup.
fn is_markup(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let rest = &text[at..];
    match bytes[at] {
        b'\\' => rest.as_bytes().get(1).is_none_or(|next| next.is_ascii_punctuation() || next.is_ascii_whitespace()),
        b'`' | b'[' | b'|' => true,
        b'*' | b'~' => !stands_alone(text, at),
        // Within a word an underscore is a letter like any other.
        b'_' => {
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let inside = word(text[..at].chars().next_back()) && word(rest.chars().nth(1));
            !inside && !stands_alone(text, at)
        }
        b'<' => rest.as_bytes().get(1).is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next)),
        b'&' => is_entity(rest.as_bytes()),
        _ => false,
    }
}

/// A sign with white space on both sides is no delimiter.
fn stands_alone(text: &str, at: usize) -> bool {
    let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    space(text[..at].chars().next_back()) && space(text[at + 1..].chars().next())
}

/// Whether the ampersand that begins `rest` begins a character reference.
fn is_entity(rest: &[u8]) -> bool {
    // The longest name of HTML has 31 letters.
    let name = rest.iter().skip(1).take(40).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    name > 0 && rest.get(name + 1) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::{block, destination, heading, label, title};

    #[test]
    fn escapes_what_would_be_markup_and_nothing_else() {
        let cases = [
            ("1. First", "1\\. First"),
            ("1998) was dry", "1998\\) was dry"),
            ("3.5m pounds", "3.5m pounds"),
            ("- a dash", "\\- a dash"),
            ("-5C at dawn", "-5C at dawn"),
            ("-----", "\\-----"),
            ("# One", "\\# One"),
            ("#1 hit", "#1 hit"),
            ("> quoted", "\\> quoted"),
            ("5 * 3 = 15, *not* 16", "5 * 3 = 15, \\*not\\* 16"),
            ("snake_case and _this_", "snake_case and \\_this\\_"),
            ("AT&T, a &lt; b", "AT&T, a \\&lt; b"),
            ("a <b> c < d", "a \\<b> c < d"),
            ("see [1] and c:\\new", "see \\[1] and c:\\new"),
            ("two ~gone~ ~ three", "two \\~gone\\~ ~ three"),
        ];
        for (text, markdown) in cases {
            let mut out = String::new();
            block(text, &mut out);
            assert_eq!(out, markdown);
        }
    }

    #[test]
    fn every_part_has_its_own_rules() {
        let with = |write: fn(&str, &mut String), text: &str| {
            let mut out = String::new();
            write(text, &mut out);
            out
        };
        assert_eq!(with(heading, "The price of C #"), "The price of C \\#");
        assert_eq!(with(label, "a] b"), "a\\] b");
        assert_eq!(with(title, "He said \"no\" [twice]"), "He said \\\"no\\\" [twice]");
        assert_eq!(with(destination, ""), "<>");
        assert_eq!(with(destination, "/a (b).jpg"), "</a (b).jpg>");
        assert_eq!(with(destination, "/a.jpg"), "/a.jpg");
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { cases: 2000, failure_persistence: None, ..Default::default() })]
        #[test]
        fn renders_as_the_text_itself(text in "[-a-z0-9#>+=*_~|`\\[\\]()<>&;:!\"\\\\/. ]{0,24}") {
            use pulldown_cmark::{Event, Options, Parser, Tag};
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
            let mut markdown = "Before\n\n".to_owned();
            block(&text, &mut markdown);
            markdown.push_str("\n\n![");
            label(&text, &mut markdown);
            markdown.push_str("](<> \"");
            title(&text, &mut markdown);
            markdown.push_str("\")\n\n## ");
            heading(&text, &mut markdown);
            let (mut texts, mut titles) = (vec![], vec![]);
            for event in Parser::new_ext(&markdown, options) {
                match event {
                    Event::Start(Tag::Paragraph | Tag::Heading { .. }) => texts.push(String::new()),
                    Event::Start(Tag::Image { title, .. }) => titles.push(title.to_string()),
                    Event::Text(piece) => texts.iter_mut().last().into_iter().for_each(|text: &mut String| text.push_str(&piece)),
                    Event::End(_) => {}
                    other => proptest::prop_assert!(false, "{other:?} in {markdown}"),
                }
            }
            proptest::prop_assert_eq!(titles, [text.clone()]);
            let mut expected = vec!["Before".to_owned(), text.clone(), text.clone(), text.clone()];
            if text.is_empty() {
                expected.remove(1);
            }
            proptest::prop_assert_eq!(texts, expected, "{}", markdown);
        }
    }
}
