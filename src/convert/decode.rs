//! Bytes to text, as browsers do it: byte order mark, what is declared, UTF-8, else a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How much of a text decides what encoding it has, where nothing else does.
const SAMPLE: usize = 64 * 1024;

/// The text of `bytes`. A byte order mark decides; then `declared`, a label of the WHATWG encoding standard (where
/// `ISO-8859-1` means windows-1252), unless the bytes contradict it; then UTF-8 if it is valid; then a guess from the
/// letters. Bytes that mean nothing in the encoding become U+FFFD. Windows-1252 punctuation that an earlier conversion
/// took for Latin-1 is put right.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    // A page that declares an 8-bit encoding and is valid UTF-8 all the same was converted after it was written: text
    // of an 8-bit encoding is next to never valid UTF-8 by chance. Of other declarations only UTF-8 can be disproved.
    let may_be_utf8 = declared.is_none_or(|encoding| encoding == UTF_8 || encoding.is_single_byte());
    if let Some(wide) = declared.is_none().then(|| utf_16(bytes)).flatten() {
        return wide.decode_without_bom_handling(bytes).0;
    }
    if may_be_utf8 && let Ok(text) = std::str::from_utf8(bytes) {
        return mend_controls(text);
    }
    match declared.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => guess(bytes),
    }
}

/// UTF-16 without a mark shows in the zero bytes of its ASCII letters, all in even places or all in odd ones.
pub(super) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let look = &bytes[..bytes.len().min(512)];
    memchr::memchr(0, look)?;
    let zeros = |start: usize| look.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 4 > look.len() => Some(UTF_16LE),
        (even, 0) if even * 4 > look.len() => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> Cow<'_, str> {
    // A text that is UTF-8 but for a few damaged bytes, as where a copy was cut, would come out as gibberish in any
    // 8-bit encoding.
    if let Some(text) = damaged_utf8(bytes) {
        return text;
    }
    guessed(bytes).decode_without_bom_handling(bytes).0
}

/// The encoding that the first bytes of an undeclared text show it to be in; `None` where they are UTF-8, or nearly.
pub(super) fn guessed_label(start: &[u8]) -> Option<&'static str> {
    // The last character may be cut in two.
    let is_utf8 = std::str::from_utf8(start).map_or_else(|error| error.error_len().is_none(), |_| true);
    (!is_utf8 && damaged_utf8(start).is_none()).then(|| guessed(start).name())
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    // A text whose only foreign bytes are quotes, dashes and pound signs says nothing of its letters' encoding: the
    // detector would take the pound for a Polish L.
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if foreign * 20 < bytes.len() && bytes.iter().all(|byte| *byte < 0xc0) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    detector.feed(sample, sample.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Deny);
    if encoding == UTF_8 { WINDOWS_1252 } else { encoding }
}

/// The text with U+FFFD for its damage, if for every place of damage there are ten characters of several bytes.
fn damaged_utf8(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = String::from_utf8_lossy(bytes);
    let damage = text.matches('\u{fffd}').count();
    let long = text.chars().filter(|c| !c.is_ascii()).count() - damage;
    (long > 0 && damage <= 1 + long / 10).then_some(text)
}

/// Latin-1 has control characters where windows-1252 has quotes and dashes; no text means the controls.
fn mend_controls(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| matches!(c, '\u{80}'..='\u{9f}');
    // All of them begin with this byte in UTF-8, which otherwise begins only a few signs and the no-break space.
    let lead = |at: usize| text.as_bytes().get(at + 1).is_some_and(|next| *next < 0xa0);
    if !memchr::memchr_iter(0xc2, text.as_bytes()).any(lead) {
        return Cow::Borrowed(text);
    }
    let mend = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) if is_control(c) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c),
        _ => c,
    };
    Cow::Owned(text.chars().map(mend).collect())
}

/// The lines of a text, without their ends: `\n`, `\r\n`, or the lone `\r` of old Macintosh files.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) else {
            rest = None;
            return (!text.is_empty()).then_some(text);
        };
        let (line, tail) = text.split_at(end);
        rest = Some(tail.strip_prefix("\r\n").unwrap_or_else(|| tail.get(1..).unwrap_or_default()));
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::{decode, lines};

    #[test]
    fn decodes_what_is_declared_unless_the_bytes_contradict_it() {
        let cases: [(&[u8], Option<&str>, &str); 11] = [
            (b"it cost \xa31,000 in all, said the council", None, "it cost £1,000 in all, said the council"),
            (b"\xef\xbb\xbfCaf\xc3\xa9", Some("iso-8859-1"), "Café"),
            (b"\xff\xfeH\0i\0", None, "Hi"),
            (b"H\0a\0r\0b\0o\0u\0r\0", None, "Harbour"),
            (b"\0H\0a\0r\0b\0o\0u\0r", None, "Harbour"),
            (b"Caf\xe9 \x96 the \x91quay\x92", Some("ISO-8859-1"), "Café – the ‘quay’"),
            (b"Caf\xe9 \x96 the \x91quay\x92 of the town", Some("utf-8"), "Café – the ‘quay’ of the town"),
            (b"Caf\xe9 \x96 the \x91quay\x92 of the town", None, "Café – the ‘quay’ of the town"),
            (b"Caf\xc3\xa9", Some("windows-1252"), "Café"),
            (b"the \xc2\x91quay\xc2\x92", None, "the ‘quay’"),
            (b"\xc3\xa9\xc3\xa8\xc3\xa0 cut sho\xe2\x80", None, "éèà cut sho\u{fffd}"),
        ];
        for (bytes, declared, text) in cases {
            assert_eq!(decode(bytes, declared), text, "{bytes:?} as {declared:?}");
        }
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(lines("a\nb\r\nc\rd\n\ne").collect::<Vec<_>>(), ["a", "b", "c", "d", "", "e"]);
        assert_eq!(lines("a\r\n").collect::<Vec<_>>(), ["a"]);
        assert_eq!(lines("").count(), 0);
    }
}
