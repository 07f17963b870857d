//! A look at a page before it is parsed.
//!
//! Most of a page of today is scripts, styles and drawings, which nobody reads and which would be parsed letter by letter:
//! they are taken out, but for JSON-LD. And the parser's time grows with the square of how deep elements nest, of how
//! many formatting elements are left open, and of how many attributes a tag has. No page that people wrote comes near
//! the limits; one that was made to stall the program has the tags beyond them taken out.
//!
//! The scan follows the tokeniser of <https://html.spec.whatwg.org/multipage/parsing.html> closely enough that what it
//! takes for text is text to the parser too.

mod names;

use names::{
    A, BODY, CAPTION, DD, DIVISIONS, DT, FORMATTINGS, HEADINGS, HTML, LI, MATH, NOBR, Name, PLAINTEXT, RAW_TEXTS,
    SCRIPT, STYLE, SVG, TABLE, TD, TH, TR, VOID, ends_name, read_name,
};
use std::borrow::Cow;
use std::collections::HashMap;

/// Open elements at one time; browsers stop at 512 too.
const DEEPEST: usize = 512;
/// Formatting elements that are open at one time, which the parser opens again in every paragraph.
const FORMATTING: usize = 12;
/// Of one name.
const ALIKE: usize = 3;
/// Attributes of one tag.
const ATTRIBUTES: usize = 256;
/// Tags of `html` and `body`, whose attributes the parser gathers.
const ROOTS: u32 = 8;
/// Tag openings in one raw text. Beyond that it is emptied, in case the parser does not take it for raw text.
const RAW: usize = 512;

/// The page without scripts, styles, drawings and comments, and without what could stall the parser.
pub fn guard(html: &str) -> Cow<'_, str> {
    let mut scan = Scan::new(html);
    scan.run();
    match scan.kept {
        None => Cow::Borrowed(html),
        Some(mut kept) => {
            kept.push_str(html.get(scan.copied..).unwrap_or_default());
            Cow::Owned(kept)
        }
    }
}

struct Scan<'a> {
    html: &'a str,
    at: usize,
    /// The page without what was taken out, up to `copied`; `None` while nothing was.
    kept: Option<String>,
    copied: usize,
    open: Vec<Name>,
    /// Open formatting elements, each with the number of table cells that were open around it.
    formatting: Vec<(Name, usize)>,
    /// The open tables: whether a cell of each is open.
    tables: Vec<bool>,
    /// Start tags that were taken out and whose end tags have to go too.
    missing: HashMap<Name, u32>,
    /// Drawings and formulas, in which there is no raw text.
    foreign: u32,
    roots: u32,
    /// Beyond this place, no drawing ends.
    svg_end: usize,
}

/// What a start or end tag is like.
struct Token {
    name: Name,
    end: usize,
    empty: bool,
    /// Where its attributes are cut off, if there are too many.
    cut: Option<usize>,
}

impl<'a> Scan<'a> {
    fn new(html: &'a str) -> Self {
        Self {
            html,
            at: 0,
            kept: None,
            copied: 0,
            open: Vec::new(),
            formatting: Vec::new(),
            tables: Vec::new(),
            missing: HashMap::new(),
            foreign: 0,
            roots: 0,
            svg_end: html.len(),
        }
    }

    fn run(&mut self) {
        let bytes = self.html.as_bytes();
        while let Some(found) = bytes.get(self.at..).and_then(|rest| memchr::memchr(b'<', rest)) {
            let start = self.at + found;
            match (bytes.get(start + 1), bytes.get(start + 2)) {
                (Some(letter), _) if letter.is_ascii_alphabetic() => self.start_tag(start),
                (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(start),
                (Some(b'!'), _) if bytes[start..].starts_with(b"<!--") => {
                    self.at = comment_end(bytes, start + 4);
                    self.take_out(start, self.at);
                }
                (Some(b'!' | b'?' | b'/'), _) => self.at = after(bytes, start + 2, b'>'),
                _ => self.at = start + 1,
            }
        }
    }

    /// Takes `start..end` out of the page.
    fn take_out(&mut self, start: usize, end: usize) {
        let kept = self.kept.get_or_insert_with(|| String::with_capacity(self.html.len()));
        kept.push_str(self.html.get(self.copied..start).unwrap_or_default());
        self.copied = end;
    }

    fn start_tag(&mut self, start: usize) {
        let token = self.token(start + 1);
        self.at = token.end;
        if let Some(cut) = token.cut {
            self.take_out(cut, token.end - 1);
        }
        match token.name {
            HTML | BODY => {
                self.roots += 1;
                if self.roots > ROOTS {
                    self.take_out(start, token.end);
                }
            }
            PLAINTEXT => self.at = self.html.len(),
            TD | TH | CAPTION => self.cell(true),
            TR => self.cell(false),
            name if RAW_TEXTS.contains(&name) && self.foreign == 0 => {
                let tag = self.html.as_bytes().get(start..token.end).unwrap_or_default();
                let is_data = name == SCRIPT && memchr::memmem::find(tag, b"ld+json").is_some();
                self.raw_text(name, is_data);
            }
            SVG if !token.empty => self.drawing(),
            name if VOID.contains(&name) || (token.empty && self.foreign > 0) => {}
            name if FORMATTINGS.contains(&name) => self.start_formatting(name, start, token.end),
            name => self.start_element(name, start, token.end),
        }
    }

    fn start_element(&mut self, name: Name, start: usize, end: usize) {
        match name {
            LI => self.close_item(&[LI]),
            DT | DD => self.close_item(&[DT, DD]),
            _ if HEADINGS.contains(&name) && self.open.last().is_some_and(|open| HEADINGS.contains(open)) => {
                self.open.pop();
            }
            _ => {}
        }
        if self.open.len() >= DEEPEST {
            *self.missing.entry(name).or_default() += 1;
            return self.take_out(start, end);
        }
        match name {
            TABLE => self.tables.push(false),
            SVG | MATH => self.foreign += 1,
            _ => {}
        }
        self.open.push(name);
    }

    fn start_formatting(&mut self, name: Name, start: usize, end: usize) {
        if matches!(name, A | NOBR) {
            // A second one ends the first.
            self.formatting.retain(|(open, _)| *open != name);
        }
        let alike = self.formatting.iter().filter(|(open, _)| *open == name).count();
        if self.formatting.len() >= FORMATTING || alike >= ALIKE {
            *self.missing.entry(name).or_default() += 1;
            return self.take_out(start, end);
        }
        self.formatting.push((name, self.cells()));
    }

    fn end_tag(&mut self, start: usize) {
        let token = self.token(start + 2);
        self.at = token.end;
        if let Some(missing) = self.missing.get_mut(&token.name).filter(|missing| **missing > 0) {
            *missing -= 1;
            return self.take_out(start, token.end);
        }
        if FORMATTINGS.contains(&token.name) {
            if let Some(last) = self.formatting.iter().rposition(|(open, _)| *open == token.name) {
                self.formatting.remove(last);
            }
            return;
        }
        if matches!(token.name, TD | TH | TR | CAPTION) {
            return self.cell(false);
        }
        let Some(last) = self.open.iter().rposition(|open| *open == token.name) else { return };
        while self.open.len() > last
            && let Some(closed) = self.open.pop()
        {
            match closed {
                TABLE => {
                    self.cell(false);
                    self.tables.pop();
                }
                SVG | MATH => self.foreign = self.foreign.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// How many table cells are open.
    fn cells(&self) -> usize {
        self.tables.iter().filter(|cell| **cell).count()
    }

    /// A cell of the innermost table begins or ends; what formatting was left open in the one before ends there.
    fn cell(&mut self, begins: bool) {
        let cells = self.cells();
        let Some(cell) = self.tables.last_mut() else { return };
        if std::mem::replace(cell, begins) {
            self.formatting.retain(|(_, around)| *around < cells);
        }
    }

    /// A list item ends the one before it, unless something other than a division stands between.
    fn close_item(&mut self, ended: &[Name]) {
        let same = |open: &Name| ended.contains(open);
        if let Some(last) = self.open.iter().rposition(|open| same(open) || !DIVISIONS.contains(open))
            && same(&self.open[last])
        {
            self.open.truncate(last);
        }
    }

    /// Passes over the content of an element that holds raw text, up to its end tag. Takes it out if it is a script or
    /// style, or if it is too long, in case the parser does not take it for raw text.
    fn raw_text(&mut self, element: Name, is_data: bool) {
        let bytes = self.html.as_bytes();
        let (start, mut openings) = (self.at, 0);
        let ends = memchr::memchr_iter(b'<', &bytes[start..]).map(|at| start + at).find(|at| {
            openings += 1;
            bytes.get(at + 1) == Some(&b'/') && read_name(bytes, at + 2).0 == element
        });
        self.at = ends.unwrap_or(bytes.len());
        let is_program = matches!(element, SCRIPT | STYLE) && !is_data;
        if is_program || (openings > RAW && !is_data) {
            self.take_out(start, self.at);
        }
    }

    /// Takes out the content of a drawing, up to the first end of one; a drawing without an end is left to the parser.
    fn drawing(&mut self) {
        let bytes = self.html.as_bytes();
        let start = self.at;
        let mut ends = memchr::memmem::find_iter(bytes.get(start..self.svg_end).unwrap_or_default(), b"</");
        let end = ends.find(|at| read_name(bytes, start + at + 2).0 == SVG);
        if let Some(end) = end {
            self.at = start + end;
            self.take_out(start, self.at);
            self.open.push(SVG);
            self.foreign += 1;
        } else {
            // No drawing from here on has an end.
            self.svg_end = self.svg_end.min(start);
            self.start_element(SVG, start, start);
        }
    }

    /// Reads the tag whose name begins at `at`.
    fn token(&self, at: usize) -> Token {
        let bytes = self.html.as_bytes();
        let (name, mut at) = read_name(bytes, at);
        let (mut count, mut cut) = (0, None);
        loop {
            while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
                at += 1;
            }
            match bytes.get(at) {
                None => return Token { name, end: at, empty: false, cut: None },
                Some(b'>') => return Token { name, end: at + 1, empty: bytes[at - 1] == b'/', cut },
                Some(_) => {}
            }
            count += 1;
            if count > ATTRIBUTES {
                cut.get_or_insert(at);
            }
            at = attribute_end(bytes, at);
        }
    }
}

/// Where the attribute that begins at `at` ends.
fn attribute_end(bytes: &[u8], mut at: usize) -> usize {
    let space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    // An equals sign may begin a name.
    at += 1;
    while bytes.get(at).is_some_and(|byte| !ends_name(*byte) && *byte != b'=') {
        at += 1;
    }
    let mut value = at;
    while space(value) {
        value += 1;
    }
    if bytes.get(value) != Some(&b'=') {
        return at;
    }
    value += 1;
    while space(value) {
        value += 1;
    }
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(value) {
        return after(bytes, value + 1, *quote);
    }
    while bytes.get(value).is_some_and(|byte| *byte != b'>' && !byte.is_ascii_whitespace()) {
        value += 1;
    }
    value
}

/// Right after the next `byte`, or the end.
fn after(bytes: &[u8], at: usize, byte: u8) -> usize {
    bytes.get(at..).and_then(|rest| memchr::memchr(byte, rest)).map_or(bytes.len(), |found| at + found + 1)
}

/// Right after the comment whose text begins at `at`.
fn comment_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    if rest.starts_with(b">") {
        return at + 1;
    }
    if rest.starts_with(b"->") {
        return at + 2;
    }
    let closes = |found: &usize| matches!(rest[found + 2..], [b'>', ..] | [b'!', b'>', ..]);
    let mut dashes = memchr::memchr_iter(b'-', rest).filter(|found| rest.get(found + 1) == Some(&b'-'));
    dashes.find(closes).map_or(bytes.len(), |found| after(bytes, at + found, b'>'))
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, guard};
    use std::borrow::Cow;

    #[test]
    fn pages_of_people_pass_untouched() {
        let pages = [
            "<p>One<p>Two<li>a<li>b<table><tr><td><font>x<td><font>y<tr><td><b>z</table>".repeat(2000),
            "<script type=application/ld+json>{\"a\": \"<div>\"}</script><a title='<div>' href=x>y</a><br/>"
                .repeat(2000),
            "<dl><dt>a<dd>b</dl><ul><li><div>x</div><li>y</ul><a name=x><a name=y><!doctype html><?php ?>".repeat(2000),
        ];
        for page in pages {
            assert!(matches!(guard(&page), Cow::Borrowed(_)), "{}", &page[..80]);
        }
    }

    #[test]
    fn what_nobody_reads_goes() {
        let page =
            "<p>a<!-- <b> -->b<script>if (a<b) '</p>'</script><style>i</style><svg><path d=x></svg>c<svg/>d<svg>e";
        assert_eq!(guard(page), "<p>ab<script></script><style></style><svg></svg>c<svg/>d<svg>e");
    }

    #[test]
    fn what_could_stall_the_parser_goes() {
        let cases = [
            "<div>".repeat(5000),
            "<dd><li>".repeat(5000),
            "<a b\"><div><i x=\">".repeat(5000),
            "<font color=1><p>".repeat(5000),
            format!("<p {}>", "a=b ".repeat(5000)),
        ];
        for page in cases {
            let kept = guard(&page);
            assert!(kept.matches("<d").count() <= DEEPEST && kept.matches("<font").count() < 20, "{}", &page[..20]);
            assert!(kept.len() < page.len());
        }
    }
}
