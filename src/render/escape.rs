//! Text as the content of an element or of a quoted attribute, in HTML and in XML.

use std::io::{Result, Write};

/// Bytes that are looked at in one step while nothing among them needs a closer look.
const STEP: usize = 16;

/// Writes `text` with the five signs of markup as references. Control characters, which XML 1.0 allows in no form
/// (<https://www.w3.org/TR/xml/#charsets>), are left out.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> Result<()> {
    let bytes = text.as_bytes();
    let mut written = 0;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(step) = rest.first_chunk::<STEP>()
            && !step.iter().fold(false, |any, byte| any | is_special(*byte))
        {
            at += STEP;
            continue;
        }
        at += rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len());
        let Some((replacement, length)) = replacement(&bytes[at..]) else {
            at += 1;
            continue;
        };
        out.write_all(&bytes[written..at])?;
        out.write_all(replacement)?;
        at += length;
        written = at;
    }
    out.write_all(&bytes[written..])
}

/// Whether a byte may begin something that cannot stand as it is.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the compiler compares many bytes at once")]
fn is_special(byte: u8) -> bool {
    (byte < b' ')
        | (byte == b'&')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'"')
        | (byte == b'\'')
        | (byte == 0x7f)
        | (byte == 0xef)
}

/// What stands for the character that `bytes` begin with, and its length; `None` where it stays.
fn replacement(bytes: &[u8]) -> Option<(&'static [u8], usize)> {
    match *bytes.first()? {
        b'&' => Some((b"&amp;", 1)),
        b'<' => Some((b"&lt;", 1)),
        b'>' => Some((b"&gt;", 1)),
        b'"' => Some((b"&quot;", 1)),
        b'\'' => Some((b"&#39;", 1)),
        0xef if bytes.starts_with("\u{fffe}".as_bytes()) || bytes.starts_with("\u{ffff}".as_bytes()) => Some((b"", 3)),
        b'\t' | b'\n' | b'\r' | 0xef => None,
        byte if is_special(byte) => Some((b"", 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_treated_alike_wherever_it_stands() {
        let signs = [
            ('&', "&amp;"),
            ('<', "&lt;"),
            ('>', "&gt;"),
            ('"', "&quot;"),
            ('\'', "&#39;"),
            ('\n', "\n"),
            ('\t', "\t"),
            ('\u{0}', ""),
            ('\u{b}', ""),
            ('\u{7f}', ""),
            ('\u{fffe}', ""),
            ('\u{ffff}', ""),
            ('\u{fffd}', "\u{fffd}"),
            ('é', "é"),
            ('–', "–"),
            ('潮', "潮"),
            ('~', "~"),
        ];
        for (sign, wanted) in signs {
            for before in 0..40 {
                let (quay, harbour) = ("quay ".repeat(8), "harbour wall of Saltmere");
                let quay = &quay[..before];
                let mut out = Vec::new();
                escape(&format!("{quay}{sign}{sign}{harbour}"), &mut out).unwrap();
                assert_eq!(String::from_utf8(out).unwrap(), format!("{quay}{wanted}{wanted}{harbour}"));
            }
        }
    }
}
