//! Style sheets without what only their authors read: comments and white space that says nothing.

use memchr::memmem;

/// The style without comments, and with white space only where it may part two words.
pub(super) fn tight(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            let end = memmem::find(comment.as_bytes(), b"*/").map_or(comment.len(), |at| at + 2);
            rest = &comment[end..];
            space(&mut out);
        } else if first.is_ascii_whitespace() {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            space(&mut out);
        } else {
            let end = verbatim(rest).unwrap_or(first.len_utf8());
            if matches!(first, '{' | '}' | ';' | ',' | '>' | '!' | '/') && out.ends_with(' ') {
                out.pop();
            }
            if first == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A space, where what came before may need one.
fn space(out: &mut String) {
    // A colon before a space is that of a declaration: before a pseudo-class there may be one, behind it none.
    if !out.is_empty() && !out.ends_with(['{', '}', ';', ',', ':', '>', ' ']) {
        out.push(' ');
    }
}

/// The length of the string or address that `text` begins with, which is kept as it is.
fn verbatim(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let end = match quote {
        Some(quote) => quote,
        None if text.starts_with("url(") => ')',
        None => return None,
    };
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == end => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::tight;

    #[test]
    fn words_stay_apart_and_strings_stay_whole() {
        let style = "/* A  theme */\n:root {\n  --a: calc(1px + 2px);\n  --s: \"a ;  { /* b */ \\\" c\";\n}\n\n@media (min-width: 40em) and (color) {\n  \
            a > b , .c :is(d, e)::before { margin: 0 auto ; background: url( a;b,c.png ) }\n}\n";
        assert_eq!(
            tight(style),
            ":root{--a:calc(1px + 2px);--s:\"a ;  { /* b */ \\\" c\"}@media (min-width:40em) and (color){\
             a>b,.c :is(d,e)::before{margin:0 auto;background:url( a;b,c.png )}}\n"
        );
        assert_eq!(tight("a { b: c /* never ended"), "a{b:c\n");
        assert_eq!(tight("a{content:'it\\'s' }"), "a{content:'it\\'s'}\n");
    }
}
