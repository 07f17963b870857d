//! Text as the content of an element or of a quoted attribute, in HTML and in XML.

use std::io::{Result, Write};

/// Writes `text` with the five signs of markup as references. Control characters, which XML 1.0 allows in no form
/// (<https://www.w3.org/TR/xml/#charsets>), are left out.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> Result<()> {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let replacement: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\'' => b"&#39;",
            b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0x80..=0xee | 0xf0..=0xff => continue,
            0xef if !bytes[at..].starts_with("\u{fffe}".as_bytes())
                && !bytes[at..].starts_with("\u{ffff}".as_bytes()) =>
            {
                continue;
            }
            _ => b"",
        };
        out.write_all(&bytes[written..at])?;
        out.write_all(replacement)?;
        written = if *byte == 0xef { at + 3 } else { at + 1 };
    }
    out.write_all(&bytes[written..])
}
