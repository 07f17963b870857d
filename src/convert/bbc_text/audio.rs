//! Boxes of sound and video, which may stand anywhere on a page: `The BBC's NAME`, a quotation, `real 56k`.

use crate::convert::ledger::Ledger;
use crate::convert::lines::Line;
use crate::convert::shape::{at_most, is_name, is_punctuated, is_quote, is_stopped};

const REASON: &str = "sound or video that is not in the text";

/// The lines without those of such boxes.
pub(super) fn strip<'a>(lines: Vec<Line<'a>>, ledger: &mut Ledger) -> Vec<Line<'a>> {
    if !lines.iter().any(|line| is_player(&line.text) || is_reporter(&line.text)) {
        return lines;
    }
    let mut gone = vec![false; lines.len()];
    for at in 0..lines.len() {
        let line: &str = &lines[at].text;
        if is_player(line) {
            gone[at] = true;
            take_box_above(&lines, at, &mut gone);
        } else if is_reporter(line) && lines[at + 1..].iter().find(|line| !line.text.is_empty()).is_some_and(is_quoted)
        {
            // The box's quotation goes with it, unless the box has a player, which takes it.
            gone[at] = true;
            let quotation =
                lines[at + 1..].iter().position(|line| !line.text.is_empty()).map_or(at, |skip| at + 1 + skip);
            gone[quotation] = true;
        }
    }
    let keep = |(line, gone): (Line<'a>, bool)| {
        if gone {
            ledger.drop(&line, REASON);
        }
        (!gone).then_some(line)
    };
    lines.into_iter().zip(gone).filter_map(keep).collect()
}

/// Marks the quotation and the speaker above a player.
fn take_box_above(lines: &[Line<'_>], player: usize, gone: &mut [bool]) {
    let above = |at: usize| (0..at).rev().take(3).find(|at| !lines[*at].text.is_empty());
    let Some(first) = above(player).filter(|at| !gone[*at]) else { return };
    let touches = |upper: usize, lower: usize| upper + 1 == lower;
    let is_speaker = |at: usize, below: usize| {
        let text: &str = &lines[at].text;
        is_reporter(text) || (touches(at, below) && !is_stopped(text) && at_most(text, 8) && text.len() <= 60)
    };
    if is_quoted(&lines[first]) || is_reporter_above(lines, first) {
        gone[first] = true;
        if let Some(second) = above(first).filter(|at| !gone[*at] && is_speaker(*at, first)) {
            gone[second] = true;
        }
    } else if is_speaker(first, player) {
        gone[first] = true;
    }
}

/// Whether the line right above is the paper's reporter, so that this one is what he said.
fn is_reporter_above(lines: &[Line<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|above| is_reporter(&lines[above].text))
}

/// `real 56k`, `real 28k`, `Real 14.4/28.8`, `WATCH AND LISTEN`
pub(in crate::convert) fn is_player(line: &str) -> bool {
    let real = line.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("real "));
    real && line.len() <= 24 && line.ends_with(|c: char| c == 'k' || c.is_ascii_digit())
        || line.eq_ignore_ascii_case("watch and listen")
        || line.eq_ignore_ascii_case("watch/listen")
}

/// `The BBC's Ines Marrable`, `The Gazette's Tom Weller reports from the quay`
fn is_reporter(line: &str) -> bool {
    let name = line.strip_prefix("The ").and_then(|rest| rest.split_once("'s ").or_else(|| rest.split_once("’s ")));
    line.len() <= 90
        && at_most(line, 12)
        && !is_punctuated(line)
        && name.is_some_and(|(paper, name)| {
            let second = name.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
            is_name(paper, 3) && name.starts_with(char::is_uppercase) && second
        })
}

fn is_quoted(line: &Line<'_>) -> bool {
    line.text.len() <= 300 && line.text.starts_with(is_quote)
}
