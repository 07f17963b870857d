//! Documents of any size, cut into the elements that are records, without a tree of the whole.
//!
//! Nothing but tags is looked at: names of elements, and where comments and CDATA end. What is damaged costs the record
//! that it is in: one whose end is lost ends where the next begins.

use super::Spaces;
use super::input::Input;
use memchr::{memchr, memchr_iter, memmem};
use std::io::{self, BufRead};
use std::sync::Arc;

/// Longest comment between records, and longest tag; bytes.
const LONGEST: usize = 1 << 20;
/// Longest prefix of a name; bytes.
const LONGEST_PREFIX: usize = 20;
const CDATA: &[u8] = b"<![CDATA[";
/// Most of what stands beside the records that is kept; bytes.
const LARGEST_REST: usize = 64 << 20;

/// Cuts a document into its records.
pub(in crate::convert) struct Cutter<'r> {
    input: Input<'r>,
    /// Local names of the elements that are records.
    names: &'static [&'static str],
    /// What prefixes stand for; a new one where a tag between records declares more.
    spaces: Arc<Spaces>,
    /// Whether the outermost element was seen.
    is_rooted: bool,
    /// Longest record, in bytes.
    most: usize,
    line: u32,
    /// Whether a record within a record is the next one, as ends of some are missing.
    is_flat: bool,
    /// Whether an end of CDATA or of a comment was looked for in vain, so that no more are looked for far away.
    is_open: bool,
    /// What stands beside the records, if that is wanted.
    rest: Option<Vec<u8>>,
}

/// A record as it stands in the document.
pub(in crate::convert) struct Cut {
    /// From its tag to behind its end, if it has one.
    pub(in crate::convert) bytes: Vec<u8>,
    /// The line that it begins on.
    pub(in crate::convert) line: u32,
    /// Its element's local name.
    pub(in crate::convert) name: &'static str,
}

impl<'r> Cutter<'r> {
    /// Cuts what `reader` has at elements of these local names; `most` is how long a record may be.
    pub(in crate::convert) fn new(reader: &'r mut dyn BufRead, names: &'static [&'static str], most: u64) -> Self {
        Self {
            input: Input::new(reader),
            names,
            spaces: Arc::default(),
            is_rooted: false,
            most: usize::try_from(most).unwrap_or(usize::MAX),
            line: 1,
            is_flat: false,
            is_open: false,
            rest: None,
        }
    }

    /// Keeps what stands beside the records.
    pub(in crate::convert) fn keeping_rest(self) -> Self {
        Self { rest: Some(Vec::new()), ..self }
    }

    /// What stands beside the records, as a text.
    pub(in crate::convert) fn into_rest(self) -> String {
        super::decode_as(&self.rest.unwrap_or_default(), &self.input.charset).into_owned()
    }

    /// The encoding that records are in, as the document declares it; empty where it does not.
    pub(in crate::convert) fn charset(&self) -> &str {
        &self.input.charset
    }

    /// What prefixes stand for where the last record was cut off.
    pub(in crate::convert) fn spaces(&self) -> &Arc<Spaces> {
        &self.spaces
    }

    /// The next record; a failure to read on is told once, and what comes behind it is cut as well.
    pub(in crate::convert) fn next(&mut self) -> Option<Result<Cut, io::Error>> {
        let found = self.seek();
        if !self.input.failures.is_empty() {
            // The record is found again.
            return Some(Err(self.input.failures.remove(0)));
        }
        let name = found?;
        let end = self.end(name);
        let bytes = self.input.window().get(..end).unwrap_or_default().to_vec();
        let line = self.line;
        self.pass(end, false);
        Some(Ok(Cut { bytes, line, name }))
    }

    /// Goes on to the start of the next record; its name.
    fn seek(&mut self) -> Option<&'static str> {
        loop {
            let window = self.input.window();
            let Some(at) = memchr(b'<', window) else {
                let length = window.len();
                self.pass(length, true);
                if self.input.more() {
                    continue;
                }
                return None;
            };
            self.pass(at, true);
            let length = self.tag()?;
            let tag = self.input.window().get(..length).unwrap_or_default();
            if tag.starts_with(b"<!") || tag.starts_with(b"<?") || tag.starts_with(b"</") {
                self.pass(length, true);
                continue;
            }
            if tag.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80) {
                self.declare(length);
                let (prefix, local) = name(self.input.window());
                let known = self.names.iter().find(|name| name.as_bytes() == local);
                if let Some(name) = known.filter(|_| self.is_own(prefix)) {
                    return Some(name);
                }
            }
            self.pass(length, true);
        }
    }

    /// How long the tag, comment, CDATA or declaration is that the window begins with; one sign where it has no end.
    /// `None` where nothing is left.
    fn tag(&mut self) -> Option<usize> {
        let mut searched = 0;
        loop {
            let window = self.input.window();
            let (start, end): (usize, &[u8]) = match () {
                () if window.starts_with(b"<!--") => (4, b"-->"),
                () if window.starts_with(CDATA) => (CDATA.len(), b"]]>"),
                () if window.starts_with(b"<?") => (2, b"?>"),
                () => (1, b">"),
            };
            let from = start.max(searched);
            let near = window.get(from..window.len().min(2 * LONGEST));
            if let Some(at) = near.and_then(|near| memmem::find(near, end)) {
                return Some(from + at + end.len());
            }
            searched = window.len().saturating_sub(end.len());
            if window.len() > LONGEST || !self.input.more() {
                return Some(1).filter(|_| !self.input.window().is_empty());
            }
        }
    }

    /// Takes note of what the tag declares that the window begins with; it is of that length.
    fn declare(&mut self, length: usize) {
        let tag = self.input.window().get(..length).unwrap_or_default();
        let declares = memmem::find(tag, b"xmlns").is_some();
        if self.is_rooted && !declares {
            return;
        }
        let tag = String::from_utf8_lossy(tag.get(1..length - 1).unwrap_or_default());
        let mut spaces = Spaces::clone(&self.spaces);
        if declares {
            let attributes = tag.split_once([' ', '\n', '\t', '\r']).map_or("", |(_, attributes)| attributes);
            spaces.declare_all(attributes.trim_end_matches('/'));
        }
        if !self.is_rooted {
            spaces.home(&String::from_utf8_lossy(name(self.input.window()).0));
            self.is_rooted = true;
        }
        // Records that were cut off hold the old ones.
        if spaces != *self.spaces {
            self.spaces = Arc::new(spaces);
        }
    }

    /// Whether a prefix is one that records may have.
    fn is_own(&self, prefix: &[u8]) -> bool {
        let prefix = std::str::from_utf8(prefix).unwrap_or_default();
        matches!(self.spaces.usual(prefix), "" | "atom")
    }

    /// How long the record is that the window begins with.
    fn end(&mut self, name: &'static str) -> usize {
        let (mut at, mut depth, mut next) = (1, 1_usize, None);
        let Some(first) = self.close(1, b">") else { return self.cut_short(None) };
        if self.input.window().get(first - 2) == Some(&b'/') {
            return first;
        }
        while let Some(found) = self.find(at.max(first), b"<") {
            let rest = self.input.window().get(found..).unwrap_or_default();
            match rest.get(1) {
                Some(b'!') if rest.starts_with(b"<!--") => at = self.close(found + 4, b"-->").unwrap_or(found + 1),
                Some(b'!') if rest.starts_with(CDATA) => {
                    let start = found + CDATA.len();
                    at = self.close(start, b"]]>").unwrap_or(start);
                    let text = self.input.window().get(start..at.saturating_sub(3)).unwrap_or_default();
                    if let Some(end) = end_in_open_text(text, name) {
                        return start + end;
                    }
                }
                Some(b'/') if is_of(rest.get(2..), name) => {
                    depth -= 1;
                    at = self.close(found, b">").unwrap_or(found + name.len());
                    if depth == 0 {
                        return at;
                    }
                }
                Some(_) if is_of(rest.get(1..), name) => {
                    if self.is_flat {
                        return found;
                    }
                    next = next.or(Some(found));
                    at = self.close(found, b">").unwrap_or(found + 1);
                    depth += usize::from(self.input.window().get(at - 2) != Some(&b'/'));
                }
                _ => at = found + 1,
            }
            if at > self.most {
                break;
            }
        }
        self.cut_short(next)
    }

    /// How long a record is whose end was not found; where another began in it, it ends there.
    fn cut_short(&mut self, next: Option<usize>) -> usize {
        self.is_flat |= next.is_some();
        next.unwrap_or_else(|| self.input.window().len())
    }

    /// The first `sign` in the window from `from` on, which is made longer until it is there or is too long.
    fn find(&mut self, from: usize, sign: &[u8]) -> Option<usize> {
        let most = if self.is_open && sign.len() > 1 { from + LONGEST } else { self.most };
        let mut from = from;
        loop {
            let window = self.input.window();
            // A window that is long already must not be looked through for each record anew.
            let end = if self.is_open && sign.len() > 1 { window.len().min(most) } else { window.len() };
            let rest = window.get(from..end).unwrap_or_default();
            // The sign that follows tells what it is, and names are of bounded length.
            let found = if let [sign] = sign { memchr(*sign, rest) } else { memmem::find(rest, sign) };
            if let Some(at) = found.map(|at| from + at).filter(|at| at + 128 < window.len()) {
                return Some(at);
            }
            from = found.map_or(window.len().saturating_sub(sign.len() - 1).max(from), |at| from + at);
            if self.input.window().len() > most || !self.input.more() {
                return found.map(|_| from);
            }
        }
    }

    /// Behind the first `sign` from `from` on; `None` where there is none in reach, and later ones are looked for nearby.
    fn close(&mut self, from: usize, sign: &[u8]) -> Option<usize> {
        let found = self.find(from, sign).map(|at| at + sign.len());
        self.is_open |= found.is_none() && sign.len() > 1;
        found
    }

    /// Goes on by `count` bytes; those beside records may be wanted.
    fn pass(&mut self, count: usize, is_rest: bool) {
        let passed = self.input.window().get(..count).unwrap_or_default();
        self.line = self.line.saturating_add(memchr_iter(b'\n', passed).count() as u32);
        if let Some(rest) = self.rest.as_mut().filter(|rest| is_rest && rest.len() < LARGEST_REST) {
            rest.extend_from_slice(passed);
        }
        self.input.consume(count);
    }
}

/// Where the record ends whose text was never closed, so that it seems to reach into the next one: text that quotes CDATA
/// has the end of what it quotes in pieces.
fn end_in_open_text(text: &[u8], wanted: &str) -> Option<usize> {
    let inner = memmem::find(text, CDATA).filter(|_| !text.ends_with(b"]]"))?;
    let before = text.get(..inner)?;
    let is_end = |at: &usize| before.get(at + 1) == Some(&b'/') && is_of(before.get(at + 2..), wanted);
    let end = memchr_iter(b'<', before).find(is_end)?;
    let after = before.get(end + 2..)?;
    let begins = memchr_iter(b'<', after).any(|at| is_of(after.get(at + 1..), wanted));
    begins.then(|| end + memchr(b'>', after).map_or(0, |close| 2 + close + 1))
}

/// The prefix and the local name of a tag.
fn name(tag: &[u8]) -> (&[u8], &[u8]) {
    let rest = tag.get(1..).unwrap_or_default();
    let end = rest.iter().position(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'>' | b'/'));
    let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    match memchr(b':', name) {
        Some(colon) => (name.get(..colon).unwrap_or_default(), name.get(colon + 1..).unwrap_or_default()),
        None => (&[], name),
    }
}

/// Whether what follows `<` or `</` is the name of such a record, whatever its prefix.
fn is_of(rest: Option<&[u8]>, wanted: &str) -> bool {
    let rest = rest.unwrap_or_default();
    let is_end = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'>' | b'/'));
    let wanted = wanted.as_bytes();
    if rest.starts_with(wanted) {
        return is_end(rest.get(wanted.len()));
    }
    let near = rest.get(..LONGEST_PREFIX).unwrap_or(rest);
    let Some(colon) = memchr(b':', near) else { return false };
    near.iter().take(colon).all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && rest.get(colon + 1..).is_some_and(|name| name.starts_with(wanted) && is_end(name.get(wanted.len())))
}

#[cfg(test)]
mod tests {
    use super::Cutter;
    use std::io::{BufReader, Cursor};

    fn cut(text: &str, most: u64) -> Vec<String> {
        // A small buffer, so that every sign once stands at its end.
        let mut reader = BufReader::with_capacity(7, Cursor::new(text.as_bytes()));
        let mut cutter = Cutter::new(&mut reader, &["item"], most);
        std::iter::from_fn(|| cutter.next())
            .filter_map(Result::ok)
            .map(|cut| format!("{} {}", cut.line, String::from_utf8_lossy(&cut.bytes)))
            .collect()
    }

    #[test]
    fn items_may_quote_items() {
        let text = "<channel><!-- <item> --><item><a><![CDATA[</item><item>]]></a></item>\n<items/><item x='1'>b</item><item/>";
        let found = ["1 <item><a><![CDATA[</item><item>]]></a></item>", "2 <item x='1'>b</item>", "2 <item/>"];
        assert_eq!(cut(text, 1000), found);
        assert_eq!(cut("<c><item>a<item>b</item>c</item></c>", 1000), ["1 <item>a<item>b</item>c</item>"]);
    }

    #[test]
    fn damage_costs_the_record_that_it_is_in() {
        assert_eq!(
            cut("<c><item>a<item>b</item><item>c</item></c>", 1000),
            ["1 <item>a", "1 <item>b</item>", "1 <item>c</item>"]
        );
        assert_eq!(
            cut("<c><item><![CDATA[a</item><item><![CDATA[b]]></item></c>", 1000),
            ["1 <item><![CDATA[a</item>", "1 <item><![CDATA[b]]></item>"]
        );
        assert_eq!(
            cut("<c><item><![CDATA[a</item><item>b</item></c>", 1000),
            ["1 <item><![CDATA[a</item>", "1 <item>b</item>"]
        );
        assert_eq!(cut("<c><item>cut", 1000), ["1 <item>cut"]);
    }

    #[test]
    fn every_encoding_can_be_cut() {
        let text = "<c><item>é</item><item>b</item></c>";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf_32: Vec<u8> = text.chars().flat_map(|sign| u32::from(sign).to_be_bytes()).collect();
        for bytes in [utf_16, utf_32] {
            let mut reader = BufReader::with_capacity(7, Cursor::new(bytes));
            let mut cutter = Cutter::new(&mut reader, &["item"], 1000);
            let first = cutter.next().and_then(Result::ok).map(|cut| cut.bytes).unwrap_or_default();
            assert_eq!(String::from_utf8_lossy(&first), "<item>é</item>");
            assert_eq!(cutter.charset(), "utf-8");
        }
    }
}
