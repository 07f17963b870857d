//! The values of a row.

use super::cut::is_open_after;
use std::borrow::Cow;

/// The sign that stands most often between the names of the first line.
pub(super) fn sign(text: &[u8], signs: &[u8]) -> u8 {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| memchr::memchr_iter(sign, line).count();
    let first = signs.first().copied().unwrap_or(b',');
    signs.iter().copied().fold(first, |best, sign| if count(sign) > count(best) { sign } else { best })
}

/// The values of a row, with or without its end. Quotes that never end are signs as others.
pub(super) fn cells(row: &str, sign: u8) -> Vec<Cow<'_, str>> {
    each(row, sign).collect()
}

/// The values of a row, one after the other.
pub(super) fn each(row: &str, sign: u8) -> impl Iterator<Item = Cow<'_, str>> {
    let row = row.strip_suffix('\n').unwrap_or(row);
    let row = row.strip_suffix('\r').unwrap_or(row);
    let has_quotes = memchr::memchr(b'"', row.as_bytes()).is_some();
    let is_quoted =
        has_quotes && (sign != b'\t' || has_whole_quotes(row)) && !is_open_after(row.as_bytes(), false, sign);
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let text = rest?;
        let cell;
        (cell, rest) = if let Some(inner) = text.strip_prefix('"').filter(|_| is_quoted) {
            quoted(inner, sign)
        } else {
            let (cell, rest) = until(text, sign);
            (Cow::Borrowed(cell), rest)
        };
        Some(if sign == b'\t' && !is_quoted { unescape(cell) } else { cell })
    })
}

/// What stands before the next sign, and what stands behind it, if there is one.
fn until(text: &str, sign: u8) -> (&str, Option<&str>) {
    match memchr::memchr(sign, text.as_bytes()) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    }
}

/// A value whose quotes were opened, and what stands behind the sign that follows it.
fn quoted(text: &str, sign: u8) -> (Cow<'_, str>, Option<&str>) {
    let mut cell = Cow::Borrowed("");
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'"', rest.as_bytes()) {
        let (before, behind) = (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default());
        append(&mut cell, before);
        if let Some(more) = behind.strip_prefix('"') {
            append(&mut cell, "\"");
            rest = more;
            continue;
        }
        // What stands between the quotes and the sign belongs to the value.
        let (tail, rest) = until(behind, sign);
        append(&mut cell, tail);
        return (cell, rest);
    }
    append(&mut cell, rest);
    (cell, None)
}

/// Appends a part; the first is only borrowed.
fn append<'t>(cell: &mut Cow<'t, str>, part: &'t str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(part);
    } else if !part.is_empty() {
        cell.to_mut().push_str(part);
    }
}

/// Whether quotes at the start of values also end there; databases write quotes as they are.
fn has_whole_quotes(row: &str) -> bool {
    let (mut starts, mut ends) = (0, 0);
    for cell in row.split(['\t', '\n']).map(str::trim_ascii_end) {
        starts += usize::from(cell.starts_with('"'));
        ends += usize::from(cell.ends_with('"') && cell.len() > 1);
    }
    starts > 0 && starts == ends
}

/// What databases write with a backslash, as it is meant.
fn unescape(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\\') || text == "\\N" {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (sign, (sign == '\\').then(|| signs.clone().next()).flatten()) {
            ('\\', Some(next @ ('n' | 'r' | 't' | '\\'))) => {
                signs.next();
                out.push(match next {
                    'n' | 'r' => '\n',
                    't' => '\t',
                    _ => '\\',
                });
            }
            _ => out.push(sign),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn values_may_be_quoted() {
        let cases: [(&str, u8, &[&str]); 8] = [
            ("1,a b,\r\n", b',', &["1", "a b", ""]),
            ("\"a,\nb\",\"c \"\"d\"\"\",\"\"", b',', &["a,\nb", "c \"d\"", ""]),
            ("5\" pipe;\"x\"y;z", b';', &["5\" pipe", "xy", "z"]),
            ("1,\"a,b", b',', &["1", "\"a", "b"]),
            ("\"a\"\t\"b\"", b'\t', &["a", "b"]),
            ("say \"a\t\"b\\n\\\\c\t\\N", b'\t', &["say \"a", "\"b\n\\c", "\\N"]),
            ("", b',', &[""]),
            ("\"\"\"a\"\"\"", b',', &["\"a\""]),
        ];
        for (row, sign, expected) in cases {
            assert_eq!(cells(row, sign), expected, "{row:?}");
        }
    }
}
