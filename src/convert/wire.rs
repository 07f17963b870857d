//! What the formats of the telegraph have in common: control characters, lines as wide as a printer's carriage, tables in
//! columns, and a line that says how urgent a story is and what it is called.

pub(super) mod messages;
pub(super) mod reader;

use super::news::Story;
use super::shape::collapse;
use super::text::dateline::dateline;
use crate::markup::escape;

/// White space within a line that makes columns of it.
const GAP: &str = "   ";
/// Lines longer than this, in characters, were not broken to fit a carriage.
const WIDEST: usize = 100;

/// The text without the control characters that drove printers, and without what could not be decoded at its ends.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(c),
            // Parts of a header are told apart by it.
            '\u{1f}' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// The text as Markdown. Paragraphs are parted by blank lines or begin with a space; lines in columns are a table, which
/// stays as it is set.
pub(super) fn markdown(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let is_parted = lines.iter().any(|line| line.is_empty() || is_indented(line));
    let widest = lines.iter().map(|line| line.chars().count()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut paragraph = String::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rows = lines.iter().skip(at).take_while(|line| is_row(line)).count();
        if rows >= 2 {
            flush(&mut paragraph, &mut out);
            table(lines.get(at..at + rows).unwrap_or_default(), &mut out);
            at += rows;
            continue;
        }
        if line.is_empty() || is_indented(line) {
            flush(&mut paragraph, &mut out);
        }
        paragraph.push_str(line);
        paragraph.push(' ');
        // Without any other sign, a paragraph ends where its last line does not fill the carriage.
        let width = line.chars().count();
        if !is_parted && (width > WIDEST || width * 5 < widest * 4 && line.ends_with(['.', '"', '\''])) {
            flush(&mut paragraph, &mut out);
        }
        at += 1;
    }
    flush(&mut paragraph, &mut out);
    out
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t')
}

fn is_row(line: &str) -> bool {
    let cells = line.trim_start();
    cells.contains(GAP) || cells.contains('\t')
}

fn flush(paragraph: &mut String, out: &mut String) {
    let tidy = collapse(paragraph);
    if !tidy.is_empty() {
        part(out);
        escape::block(&tidy, out);
    }
    paragraph.clear();
}

fn part(out: &mut String) {
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}

/// Lines in columns, less the white space that all of them begin with.
fn table(lines: &[&str], out: &mut String) {
    let lines: Vec<String> = lines.iter().map(|line| line.replace('\t', "        ")).collect();
    let indent = lines.iter().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    part(out);
    // The fence is longer than any in the lines.
    let fence = "`".repeat(3.max(1 + lines.iter().map(|line| longest_run(line)).max().unwrap_or(0)));
    out.push_str(&fence);
    for line in &lines {
        out.push('\n');
        out.push_str(line.get(indent..).unwrap_or(line));
    }
    out.push('\n');
    out.push_str(&fence);
}

fn longest_run(line: &str) -> usize {
    line.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Takes a dateline from the first words of a text: its place becomes the story's, and the text goes on behind it.
pub(super) fn take_dateline<'t>(text: &'t str, story: &mut Story) -> &'t str {
    let Some(read) = dateline(text) else { return text };
    if story.front.dateline.is_empty() {
        story.front.dateline.clone_from(&read.place);
    }
    story.extra("agency", read.agency);
    text.len().checked_sub(read.rest.len()).and_then(|at| text.get(at..)).unwrap_or(text)
}

/// Takes a dateline that stands by itself, `SALTMERE, May 1 (SMW) -`, as the place it names.
pub(super) fn dateline_alone(text: &str, story: &mut Story) {
    let bare = text.trim_end_matches(['-', '–', '—', '_', ' ']);
    take_dateline(&format!("{bare} - x"), story);
    if story.front.dateline.is_empty() {
        bare.clone_into(&mut story.front.dateline);
    }
}

/// Reads the line of a header that says how urgent a story is, of what kind and what it is called, as in
/// `u f BC-HARBOUR-MUD   02-26 0105`. Says whether it was one.
pub(super) fn slug_line(line: &str, story: &mut Story) -> bool {
    let mut words = line.split_whitespace().peekable();
    let mut letter = || words.next_if(|word| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let (Some(priority), Some(category)) = (letter(), letter()) else { return false };
    let mut slug: Vec<&str> = words.collect();
    let is_number = |word: &str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_day =
        |word: &str| matches!(word.as_bytes(), [b'0'..=b'1', b'0'..=b'9', b'-' | b'/', b'0'..=b'3', b'0'..=b'9']);
    let count = slug.pop_if(|word| is_number(word));
    let day = slug.pop_if(|word| is_day(word));
    if slug.is_empty() {
        return false;
    }
    story.extra("day", day.unwrap_or_default());
    story.extra("words", count.unwrap_or_default().trim_start_matches('0'));
    story.extra("priority", priority);
    story.extra("category", category);
    story.extra("slug", slug.join(" ").trim_matches(['^', ',', '<']));
    true
}

/// A year of two digits or four; the wire's began in 1970.
pub(super) fn year(digits: &str) -> Option<u16> {
    let year: u16 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
    match digits.len() {
        2 if year >= 70 => Some(1900 + year),
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn paragraphs_and_tables_of_the_wire() {
        assert_eq!(markdown("    One\ntwo.\n    Three *x*\n"), "One two.\n\nThree \\*x\\*");
        assert_eq!(
            markdown("    Rain\n          May     June\n  Quay    12      30\n    End\n"),
            "Rain\n\n```\n        May     June\nQuay    12      30\n```\n\nEnd"
        );
        let wrapped = "The harbour board met on Monday and spoke of the mud at\nlength.\nThe ferry sails on.\n";
        assert_eq!(
            markdown(wrapped),
            "The harbour board met on Monday and spoke of the mud at length.\n\nThe ferry sails on."
        );
    }
}
