//! The notes that programs leave in pages they save: from which address, and when.

use super::candidate::{Candidates, Field};
use crate::convert::dates;
use crate::markup::address::unwrap_archived;

/// Where a note may stand, from either end of a page; bytes.
const ENDS: usize = 4096;

/// Reads the notes of Internet Explorer, `SingleFile`, `HTTrack` and the Wayback Machine.
pub(super) fn gather(text: &str, candidates: &mut Candidates) {
    let start = cut(text, 0, ENDS);
    let end = cut(text, text.len().saturating_sub(ENDS), text.len());
    if let Some(note) = after(start, "saved from url=(") {
        let url = note.split_once(')').map_or("", |(_, rest)| rest);
        candidates.add(Field::Canonical, first(url), "saved from url", 20);
    }
    if let Some(note) = after(start, "Page saved with SingleFile") {
        let note = note.split("-->").next().unwrap_or_default();
        candidates.add(Field::Canonical, first(after(note, "url:").unwrap_or_default()), "SingleFile url", 20);
        let date = after(note, "saved date:").and_then(|rest| rest.lines().next()).unwrap_or_default();
        captured(date, "SingleFile saved date", candidates);
    }
    for part in [start, end] {
        if let Some(note) = after(part, "<!-- Mirrored from ") {
            let note = note.split("-->").next().unwrap_or_default();
            candidates.add(Field::Canonical, &format!("http://{}", first(note)), "HTTrack", 20);
            captured(note.rsplit("],").next().unwrap_or_default(), "HTTrack", candidates);
        }
        if let Some(note) = after(part, "FILE ARCHIVED ON ") {
            captured(note.split(" AND ").next().unwrap_or_default(), "Wayback Machine", candidates);
        }
    }
}

fn captured(note: &str, from: &'static str, candidates: &mut Candidates) {
    if let Some(date) = dates::find(cut(note, 0, 120)) {
        candidates.add(Field::Captured, &date.to_string(), from, 50);
    }
}

/// The address, out of the wrapping of a web archive.
fn first(text: &str) -> &str {
    let url = text.split_whitespace().next().unwrap_or_default();
    unwrap_archived(url).unwrap_or(url)
}

fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

/// A stretch of the text, moved to the next characters' borders.
fn cut(text: &str, mut start: usize, mut end: usize) -> &str {
    end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or_default()
}
