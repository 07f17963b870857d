//! Text of sources as text of a page: nothing in it is markup.

/// The text with its signs of markup written as references, and without characters that no page may have.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(sign),
            // Control characters, and those that no text is made of, are shown as what they are: not known.
            _ if sign.is_control() || ('\u{fdd0}'..='\u{fdef}').contains(&sign) || sign as u32 & 0xfffe == 0xfffe => {
                out.push('\u{fffd}');
            }
            // These would turn what stands behind them; the text has its own direction.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ => out.push(sign),
        }
    }
    out
}

/// A path that may be broken behind its slashes.
pub(super) fn shown_path(path: &str) -> String {
    escaped(path).replace('/', "/<wbr>")
}

/// A number with spaces between its thousands.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{count, escaped};

    #[test]
    fn nothing_from_a_source_is_markup() {
        assert_eq!(escaped("<b a=\"x\">&\u{1}\u{202e}</b>"), "&lt;b a=&quot;x&quot;&gt;&amp;\u{fffd}&lt;/b&gt;");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
