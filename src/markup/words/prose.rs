//! The parts of a Markdown text that a reader sees, without parsing it: enough for counting words, and far cheaper.

use memchr::memchr3;

/// How far the end of a tag is looked for; what is longer is taken as text, so that no input costs more than linear time.
const LONGEST_TAG: usize = 1024;

/// The pieces of `markdown` without the addresses of links and figures, HTML tags and character references.
/// Plain text comes out as it is, but for what looks like a tag.
pub fn pieces(markdown: &str) -> impl Iterator<Item = &str> {
    Pieces { text: markdown, at: 0 }
}

struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut from = start;
        while let Some(found) = memchr3(b'<', b']', b'&', &bytes[from..]) {
            let mark = from + found;
            if let Some(end) = hidden(bytes, mark) {
                self.at = end;
                return self.text.get(start..mark);
            }
            from = mark + 1;
        }
        self.at = bytes.len();
        self.text.get(start..)
    }
}

/// Where what begins at `mark` and is not shown ends; `None` if it is shown. Ends are at ASCII bytes.
fn hidden(bytes: &[u8], mark: usize) -> Option<usize> {
    let next = *bytes.get(mark + 1)?;
    let after = &bytes[mark + 1..];
    match bytes[mark] {
        // The address ends at a blank (a caption may follow, which is shown) or at the parenthesis.
        b']' if matches!(next, b'(' | b':') => {
            let address = &after[1..];
            let blanks = address.iter().take_while(|byte| **byte == b' ').count();
            let end = address[blanks..].iter().position(|byte| matches!(byte, b')' | b' ' | b'\n'));
            Some(mark + 2 + blanks + end.unwrap_or(address.len() - blanks))
        }
        b'<' if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?') => {
            let near = &after[..after.len().min(LONGEST_TAG)];
            memchr::memchr(b'>', near).map(|end| mark + end + 2)
        }
        b'&' => {
            let name = after.iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
            (after.get(name) == Some(&b';')).then_some(mark + name + 2)
        }
        _ => None,
    }
}
