//! Pages that a server sent in pieces: late parts stand hidden at the end, and a script puts each into its place.
//!
//! The form is that of React's streaming renderer: a hole is `<template id="B:0"></template>` with what stands in for
//! the part, up to `<!--/$-->`; the part is `<div hidden id="S:0">…</div><script>…$RC("B:0","S:0")</script>`. Smaller
//! holes are `<template id="P:1"></template>`, filled by `$RS("S:1","P:1")`.

use memchr::memmem;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

const PART: &str = "<div hidden id=\"S:";
const HOLE: &str = "<template id=\"";
/// Parts in parts; deeper ones stay where they are.
const DEEPEST: usize = 50;

/// How far the end of what stands in for a part is looked for; bytes.
const LONGEST_STAND_IN: usize = 1 << 17;

/// The page with its late parts in their places.
pub(super) fn put_in_place(html: &str) -> Cow<'_, str> {
    if memmem::find(html.as_bytes(), PART.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let parts = parts(html);
    let holes = holes(html, &parts);
    let mut page = Page { html, out: String::with_capacity(html.len()), moved: vec![false; parts.len()], parts, holes };
    let mut at = 0;
    for nth in 0..page.parts.len() {
        let part = page.parts[nth].1.clone();
        page.write(at..part.start, 0);
        at = part.start;
        if page.moved[nth] {
            at = part.end;
        }
    }
    page.write(at..html.len(), 0);
    Cow::Owned(page.out)
}

/// The late parts by their names, in the order of the page.
fn parts(html: &str) -> Vec<(&str, Range<usize>)> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find(PART)) {
        let name = at + found + PART.len() - 2;
        let Some((name, content)) = html.get(name..).and_then(|rest| rest.split_once("\">")) else { break };
        // The script that moves a part follows it at once.
        let Some(length) = content.find("</div><script") else { break };
        let start = html.len() - content.len();
        parts.push((name, start..start + length));
        at = start + length;
    }
    parts
}

/// By the name of a hole, the number of the part that the page's scripts put there.
fn holes<'h>(html: &'h str, parts: &[(&str, Range<usize>)]) -> HashMap<&'h str, usize> {
    let numbers: HashMap<&str, usize> = parts.iter().enumerate().map(|(nth, (name, _))| (*name, nth)).collect();
    let mut holes = HashMap::new();
    for (call, is_part_first) in [("$RC(\"", false), ("$RS(\"", true)] {
        for (at, _) in html.match_indices(call) {
            let mut strings = html.get(at + call.len()..).unwrap_or_default().splitn(4, '"');
            let (Some(first), _, Some(second)) = (strings.next(), strings.next(), strings.next()) else { continue };
            let (hole, part) = if is_part_first { (second, first) } else { (first, second) };
            if let Some(nth) = numbers.get(part) {
                holes.insert(hole, *nth);
            }
        }
    }
    holes
}

struct Page<'h> {
    html: &'h str,
    out: String,
    parts: Vec<(&'h str, Range<usize>)>,
    holes: HashMap<&'h str, usize>,
    /// By part: whether it has been put into its hole.
    moved: Vec<bool>,
}

impl Page<'_> {
    /// Writes a stretch of the page, each part once, in its hole.
    fn write(&mut self, stretch: Range<usize>, depth: usize) {
        let Range { start: mut at, end } = stretch;
        while let Some(found) = self.html.get(at..end).and_then(|rest| rest.find(HOLE)) {
            let hole = at + found;
            let named = hole + HOLE.len();
            let name = self.html.get(named..end).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let after = named + name.len();
            let part = self.holes.get(name).copied().filter(|nth| depth < DEEPEST && !self.moved[*nth]);
            let Some(part) = part else {
                self.out.push_str(self.html.get(at..after).unwrap_or_default());
                at = after;
                continue;
            };
            self.out.push_str(self.html.get(at..hole).unwrap_or_default());
            self.moved[part] = true;
            self.write(self.parts[part].1.clone(), depth + 1);
            at = if name.starts_with('B') { self.after_stand_in(after, end) } else { self.after_template(after, end) };
        }
        self.out.push_str(self.html.get(at..end).unwrap_or_default());
    }

    fn after_template(&self, at: usize, end: usize) -> usize {
        const CLOSE: &str = "</template>";
        self.html.get(at..end).and_then(|rest| rest.find(CLOSE)).map_or(at, |found| at + found + CLOSE.len())
    }

    /// Where what stands in for a part ends: at the comment that closes the one before the hole.
    fn after_stand_in(&self, at: usize, end: usize) -> usize {
        let rest = self.html.get(at..end).unwrap_or_default();
        let near = rest.floor_char_boundary(rest.len().min(LONGEST_STAND_IN));
        let mut open = 1;
        for (found, _) in rest.get(..near).unwrap_or_default().match_indices("<!--") {
            let comment = rest.get(found + 4..).unwrap_or_default();
            if comment.starts_with("/$-->") {
                open -= 1;
            } else if comment.starts_with('$') {
                open += 1;
            }
            if open == 0 {
                return at + found;
            }
        }
        self.after_template(at, end)
    }
}

#[cfg(test)]
mod tests {
    use super::put_in_place;

    #[test]
    fn late_parts_stand_in_their_holes() {
        let page = "<main><!--$?--><template id=\"B:0\"></template><p>Loading<!--/$--></main><footer>Foot</footer>\
            <div hidden id=\"S:0\"><p>One</p><template id=\"P:1\"></template></div><script>$RC=1;$RC(\"B:0\",\"S:0\")</script>\
            <div hidden id=\"S:1\"><p>Two</p></div><script>$RS(\"S:1\",\"P:1\")</script>";
        let whole = put_in_place(page);
        let text: String = whole.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
        assert_eq!(text, "OneTwoFoot$RC=1;$RC(\"B:0\",\"S:0\")$RS(\"S:1\",\"P:1\")");
    }

    #[test]
    fn what_is_no_such_page_stays() {
        for page in ["<p>One", "<div hidden id=\"S:0\"><p>One", "<div hidden id=\"S:0\">One</div><script></script>"] {
            assert_eq!(put_in_place(page), page);
        }
    }
}
