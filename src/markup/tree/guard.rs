//! Raw HTML made safe for a parser that is not ours, as the sanitiser's: without scripts, styles, drawings and comments,
//! and without the tags beyond [`Limits`], whose time it could take by the square.

use super::limits::{DEEPEST, Limits};
use super::names::{
    BOUNDARIES, CAPTION, DD, DT, FORMATTINGS, LI, LISTS, MATH, Name, PLAINTEXT, RAW_TEXTS, SCRIPT, STYLE, SVG, TABLE,
    TD, TH, TR, VOID, read_name,
};
use super::tokens::{Tag, Token, Tokens};
use std::borrow::Cow;

/// Tag openings in one raw text. Beyond that it is emptied, in case the parser does not take it for raw text.
const RAW: usize = 512;

/// The page without what nobody reads, and without what could stall the parser.
pub fn guard(html: &str) -> Cow<'_, str> {
    let mut scan = Scan {
        html,
        tokens: Tokens::new(html),
        limits: Limits::default(),
        open: Vec::new(),
        kept: None,
        copied: 0,
        svg_end: html.len(),
    };
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
    tokens: Tokens<'a>,
    limits: Limits,
    /// The open elements; more rather than fewer than the parser has.
    open: Vec<Name>,
    /// The page without what was taken out, up to `copied`; `None` while nothing was.
    kept: Option<String>,
    copied: usize,
    /// Beyond this place, no drawing ends.
    svg_end: usize,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Start(tag) => self.start(&tag),
                Token::End(tag) if !self.limits.end(tag.name) => self.take_out(tag.start, tag.end),
                Token::End(tag) => self.close(tag.name),
                Token::Comment((start, end)) => self.take_out(start, end),
                Token::Text(_) | Token::Declaration(_) => {}
            }
        }
    }

    /// Takes `start..end` out of the page.
    fn take_out(&mut self, start: usize, end: usize) {
        let kept = self.kept.get_or_insert_with(|| String::with_capacity(self.html.len()));
        kept.push_str(self.html.get(self.copied..start).unwrap_or_default());
        self.copied = end;
    }

    fn start(&mut self, tag: &Tag) {
        if let Some(cut) = tag.cut {
            self.take_out(cut, tag.end - 1);
        }
        match tag.name {
            PLAINTEXT => self.tokens.at = self.html.len(),
            name if RAW_TEXTS.contains(&name) && !self.is_foreign() => self.raw_text(tag),
            SVG if !tag.empty => self.drawing(tag),
            name => {
                if !self.limits.start(name) || !self.open(tag) {
                    self.take_out(tag.start, tag.end);
                }
            }
        }
    }

    fn is_foreign(&self) -> bool {
        self.open.iter().any(|open| matches!(*open, SVG | MATH))
    }

    /// Opens an element, unless it would be too deep.
    fn open(&mut self, tag: &Tag) -> bool {
        if VOID.contains(&tag.name) || (tag.empty && (self.is_foreign() || matches!(tag.name, SVG | MATH))) {
            return true;
        }
        match tag.name {
            name if FORMATTINGS.contains(&name) => return true,
            // Each ends the one before it.
            LI if self.open.last() == Some(&LI) => drop(self.open.pop()),
            DT | DD if matches!(self.open.last(), Some(&(DT | DD))) => drop(self.open.pop()),
            TR | TD | TH | CAPTION => {
                let table = self.open.iter().rposition(|open| *open == TABLE);
                self.open.truncate(table.map_or(self.open.len(), |at| at + 1));
            }
            _ => {}
        }
        if self.open.len() >= DEEPEST {
            self.limits.leave_out(tag.name);
            return false;
        }
        self.open.push(tag.name);
        true
    }

    /// Closes an element, if its end tag reaches it.
    fn close(&mut self, name: Name) {
        let bars = |open: &Name| match name {
            TABLE | TR | TD | TH | CAPTION => *open == TABLE,
            _ => BOUNDARIES.contains(open) || (name == LI && LISTS.contains(open)),
        };
        let found = self.open.iter().rposition(|open| *open == name || bars(open));
        if let Some(at) = found.filter(|at| self.open.get(*at) == Some(&name)) {
            self.open.truncate(at);
        }
    }

    /// Passes over the content of an element that holds raw text, up to its end tag. Takes it out if it is a script or
    /// style, or if it is too long, in case the parser does not take it for raw text.
    fn raw_text(&mut self, tag: &Tag) {
        let end = self.tokens.raw_end(tag.name);
        let raw = self.html.as_bytes().get(tag.end..end).unwrap_or_default();
        if matches!(tag.name, SCRIPT | STYLE) || memchr::memchr_iter(b'<', raw).count() > RAW {
            self.take_out(tag.end, end);
        }
        self.tokens.at = end;
    }

    /// Takes out the content of a drawing, up to the first end of one; a drawing without an end is left to the parser.
    fn drawing(&mut self, tag: &Tag) {
        let rest = self.html.as_bytes().get(tag.end..self.svg_end).unwrap_or_default();
        let mut ends = memchr::memmem::find_iter(rest, b"</").map(|at| tag.end + at);
        let end = ends.find(|at| read_name(self.html.as_bytes(), at + 2).0 == SVG);
        if !self.open(tag) {
            self.take_out(tag.start, tag.end);
        }
        match end {
            Some(end) => {
                self.take_out(tag.end, end);
                self.tokens.at = end;
            }
            // No drawing from here on has an end.
            None => self.svg_end = self.svg_end.min(tag.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::DEEPEST;
    use super::guard;
    use std::borrow::Cow;

    #[test]
    fn pages_of_people_pass_untouched() {
        let pages = [
            "<p>One<p>Two<li>a<li>b<table><tr><td><font>x<td><font>y<tr><td><b>z</table>".repeat(2000),
            "<a title='<div>' href=x>y</a><br/>".repeat(2000),
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
