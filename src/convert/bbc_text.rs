//! `bbc-text`: a browser's text of a page of the BBC News Online form (1997 to 2008), as papers on that system used it.
//!
//! The page is told by its structure, not by the paper's name: the line "You are in:", a date line with two clocks, and
//! the boxes at its foot. What stands where is the paper's own layout of five eras:
//!
//! - 1997–98: menu, `Friday, January 23, 1998 Published at 00:01 GMT`, section, headline, `image: [ caption ]`;
//! - 1998–99: the same with `World: Europe` and `[ image: caption ]`;
//! - 2000–01: "You are in: World: Europe", menu, `Wednesday, 19 July, 2000, 11:45 GMT 12:45 UK`, headline;
//! - 2002–03: the same below "UK Edition" or "World Edition";
//! - 2004–08: `Last Updated: Friday, 23 April, 2004, 11:36 GMT`, perhaps the menu, headline.
//!
//! Then the story, and at its foot "See also:", "Internet links:" and the page's furniture.

pub(super) mod audio;
mod foot;
mod head;
pub(super) mod marks;
mod repair;
mod story;

use super::ledger::Ledger;
use super::lines::{lines, unwrap};
use super::{Converted, Format, Sink, Source, body, decode, refusal, text};
use crate::article::FrontMatter;
use crate::diagnostic::{Diagnostic, Place};
use foot::Foot;
use marks::{Mark, mark};

/// The row of the table of formats.
pub const FORMAT: Format = Format {
    name: "bbc-text",
    about: "text of a page of the BBC News Online form, 1997 to 2008",
    detect,
    convert,
    split: None,
};

/// How much of a source is looked at to tell its format.
const LOOK: usize = 64 * 1024;

fn detect(source: &Source<'_>) -> u8 {
    let look = &source.bytes[..source.bytes.len().min(LOOK)];
    if look.first().is_none_or(|byte| matches!(byte, b'<' | b'{')) || memchr::memmem::find(look, b"\n---\n").is_some() {
        return 0;
    }
    let text = decode::decode(look, None);
    let (mut date, mut crumb, mut head, mut foot) = (false, false, 0, 0);
    let mut look_at = |at: usize, line: &str| match mark(line) {
        Some(Mark::Crumb) => crumb = true,
        Some(Mark::Masthead) => head += 1,
        Some(_) => foot += 1,
        None => date = date || (at < head::LONGEST && head::page_date(line).is_some()),
    };
    for (at, line) in decode::lines(&text).enumerate() {
        // A copy may have made a table of the page.
        line.split('|').for_each(|cell| look_at(at, cell.trim()));
    }
    // No one of these makes a page: letters have dates, and any page may link to others.
    let sure = if date { 45 } else { 0 } + if crumb { 30 } else { 0 } + head.min(2) * 15 + foot.min(4) * 10;
    if sure < 60 { 0 } else { sure.min(100) }
}

fn convert(source: &Source<'_>, sink: &mut Sink<'_>) {
    if let Some((what, hint)) = refusal::not_text(source.bytes) {
        return sink(Err(Diagnostic::error(Place::file(source.path), what).hint(hint)));
    }
    let decoded = decode::decode(source.bytes, None);
    let raw = lines(&decoded);
    let mut ledger = Ledger::new(source.accounting, raw.len());
    let lines = repair::repair(unwrap(raw), &mut ledger);
    let lines = audio::strip(lines, &mut ledger);
    let Some(head) = head::read(&lines, &mut ledger) else {
        // A copy that lost the page's form is still a text.
        return text::convert(source, sink);
    };
    let mut warnings = Vec::new();
    if let Some((line, message)) = head.warning {
        warnings.push(Diagnostic::warning(Place::at(source.path, line, 0), message));
    }
    let mut story = story::Story::new(body::Body::with_capacity(decoded.len()));
    let mut foot = Foot::new(head.date);
    let mut from = head.end;
    // The boxes at the foot may stand beside the story in a copy: what follows them as running text is story again.
    while from < lines.len() {
        let end =
            lines.iter().skip(from).position(|line| marks::begins_foot(&line.text)).map_or(lines.len(), |at| from + at);
        story.read(&lines[from..end], &mut ledger);
        from = foot.read(&lines, end, &mut ledger);
    }
    let (authors, dateline, image, (markdown, lead)) = story.finish();
    let front = FrontMatter {
        title: head.title,
        date: head.date,
        section: head.section.or_else(|| foot.section.take()),
        authors,
        dateline,
        description: lead,
        image,
        see_also: foot.see_also.items,
        links: foot.links,
        ..FrontMatter::default()
    };
    sink(Ok(Converted {
        article: crate::article::Article { front, body: markdown },
        account: ledger.account(&decoded),
        warnings,
        ..Converted::default()
    }));
}
