//! Headings, and lines that announce something, by what follows them.

use super::{Text, Verdict};
use crate::markup::tree::Tag;

/// Blocks of something else, such as the words under a picture or an offer, that may stand between a heading and its text.
const GAP: u32 = 3;
/// Longest line that announces a list; letters.
const ANNOUNCEMENT: u32 = 120;
/// Longest name of a list, as `Contents`; letters.
const NAME: u32 = 24;

/// A heading is of the article if text of the article stands under it, before the next heading of its rank or above.
/// Where what comes next is something else, it has to stand where the text stands, or its text has to be near.
pub(super) fn without_text(text: &Text<'_>, verdicts: &mut [Verdict]) {
    // By rank, whether text has been seen behind, before a heading of that rank or above.
    let mut text_under = [false; 7];
    let (mut is_next_kept, mut is_next_heading) = (false, false);
    // How many blocks of something else come before the next one of the article.
    let mut gap = GAP + 1;
    for (block, verdict) in text.blocks.iter().zip(verdicts.iter_mut()).rev() {
        let Some(rank) = block.tag.heading().map(usize::from) else {
            (is_next_kept, is_next_heading) = (*verdict == Verdict::Keep, false);
            gap = if is_next_kept { 0 } else { gap.saturating_add(1) };
            if is_next_kept {
                text_under = [true; 7];
            }
            continue;
        };
        let has_text = text_under.get(rank).copied().unwrap_or(false);
        let is_near = is_next_kept || gap <= GAP || text.typical.is_beside(text.tree, block);
        let is_followed = has_text && is_near || is_next_kept && is_next_heading;
        if *verdict == Verdict::Keep && !is_followed {
            *verdict = Verdict::Drop("a heading with nothing of the article under it");
        }
        (is_next_kept, is_next_heading) = (*verdict == Verdict::Keep, true);
        gap = if is_next_kept { 0 } else { gap.saturating_add(1) };
        text_under.iter_mut().skip(rank).for_each(|seen| *seen = false);
    }
}

/// A line such as `You may also like these articles:`, or `Contents`, goes with the list of links that it announces.
pub(super) fn announcements(text: &Text<'_>, verdicts: &mut [Verdict]) {
    for nth in (1..text.blocks.len()).rev() {
        let (block, next) = (&text.blocks[nth - 1], &text.blocks[nth]);
        let is_left_out = matches!(verdicts[nth], Verdict::Drop(_)) && (next.tag == Tag::Li || next.is_linked());
        let may_be = block.tag.heading().is_none() && !matches!(block.tag, Tag::Li | Tag::Td | Tag::Th | Tag::Dt);
        if verdicts[nth - 1] != Verdict::Keep || !is_left_out || !may_be || block.letters > ANNOUNCEMENT {
            continue;
        }
        let is_name =
            block.ends == 0 && next.tag == Tag::Li && block.letters <= NAME && !text.typical.is(text.tree, block);
        if is_name || text.tree.text(block.last).trim_end().ends_with([':', '：']) {
            verdicts[nth - 1] = Verdict::Drop("announces a list that is left out");
        }
    }
}
