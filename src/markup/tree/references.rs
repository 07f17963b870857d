//! Character references, as <https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state> has them.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name of a reference, with its semicolon.
const LONGEST: usize = 33;
/// The longest name that needs no semicolon.
const LONGEST_OPEN: usize = 6;

/// Appends `text` with its references resolved. In attributes, one without a semicolon is none where an address may
/// go on, as in `?a=1&copy=2`.
pub(super) fn resolve(text: &str, in_attribute: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let length = if reference.as_bytes().get(1) == Some(&b'#') {
            numeric(reference, out)
        } else {
            named(reference, in_attribute, out)
        };
        if length == 0 {
            out.push('&');
        }
        rest = reference.get(length.max(1)..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// Resolves `&#…;`; returns its length, or 0 if it is none.
fn numeric(reference: &str, out: &mut String) -> usize {
    let hexadecimal = matches!(reference.as_bytes().get(2), Some(b'x' | b'X'));
    let (radix, start) = if hexadecimal { (16, 3) } else { (10, 2) };
    let digits = reference.get(start..).unwrap_or_default();
    let end = digits.bytes().position(|byte| !char::from(byte).is_digit(radix)).unwrap_or(digits.len());
    if end == 0 {
        return 0;
    }
    let code = digits.get(..end).and_then(|digits| u32::from_str_radix(digits, radix).ok()).unwrap_or(u32::MAX);
    let replaced = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize).copied().flatten());
    let known = char::from_u32(code).filter(|c| *c != '\0');
    out.push(replaced.or(known).unwrap_or(char::REPLACEMENT_CHARACTER));
    start + end + usize::from(digits.as_bytes().get(end) == Some(&b';'))
}

/// Resolves `&name;`, or the longest beginning of it that is a name; returns its length, or 0 if there is none.
fn named(reference: &str, in_attribute: bool, out: &mut String) -> usize {
    let name = reference.get(1..).unwrap_or_default();
    let letters = name.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let is_closed = name.as_bytes().get(letters) == Some(&b';');
    if is_closed && push_known(name.get(..=letters), out) {
        return letters + 2;
    }
    for length in (2..=letters.min(LONGEST_OPEN)).rev() {
        let goes_on = name.as_bytes().get(length).is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric());
        if !(in_attribute && goes_on) && push_known(name.get(..length), out) {
            return length + 1;
        }
    }
    0
}

fn push_known(name: Option<&str>, out: &mut String) -> bool {
    let Some((first, second)) = name.and_then(|name| NAMED_ENTITIES.get(name)).filter(|(first, _)| *first != 0) else {
        return false;
    };
    let characters = [*first, *second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32);
    out.extend(characters);
    true
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        let cases = [
            ("a &amp; b &lt;p&gt; &nbsp;", "a & b <p> \u{a0}", "a & b <p> \u{a0}"),
            ("&AMP &copy2000 &notit; &notin;", "& ©2000 ¬it; ∉", "& &copy2000 &notit; ∉"),
            ("?a=1&copy=2&amp;b=&eacute", "?a=1©=2&b=é", "?a=1&copy=2&b=é"),
            ("&#163;5 &#xA3;5 &#Xa3 &#150; &#0; &#x110000; &#99999999999;", "£5 £5 £ – \u{fffd} \u{fffd} \u{fffd}", ""),
            ("& &; &# &#; &#x; &#xg &unknown; &é;", "& &; &# &#; &#x; &#xg &unknown; &é;", ""),
            ("&NotEqualTilde;", "≂\u{338}", ""),
        ];
        for (text, shown, attribute) in cases {
            let mut out = String::new();
            resolve(text, false, &mut out);
            assert_eq!(out, shown);
            out.clear();
            resolve(text, true, &mut out);
            assert_eq!(out, if attribute.is_empty() { shown } else { attribute });
        }
    }
}
