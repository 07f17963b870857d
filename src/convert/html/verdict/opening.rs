//! What is said before the text begins, and what is said twice.

use super::{Text, Verdict, fold};
use crate::convert::dates;
use crate::markup::tree::Tag;
use std::collections::HashSet;
use std::ops::RangeInclusive;

/// Longest line of facts; letters.
const FACTS: u32 = 100;
/// How long what is not said twice is; letters.
const SAID: RangeInclusive<u32> = 40..=400;

/// Before the first paragraph, a line that is a byline or a date is no text.
pub(super) fn facts(text: &Text<'_>, verdicts: &mut [Verdict]) {
    let first = verdicts.iter().position(|verdict| *verdict == Verdict::Keep).unwrap_or(0);
    for (block, verdict) in text.blocks.iter().zip(verdicts.iter_mut()).take(first) {
        if matches!(verdict, Verdict::Drop(_)) || block.letters >= FACTS {
            continue;
        }
        let words = block.text(text.tree);
        if is_byline(&words) || dates::parse(&words).is_some() {
            *verdict = Verdict::Drop("facts about the article");
        }
    }
}

/// A paragraph that was said before is not said again. Items and cells may well be alike.
pub(super) fn said_before(text: &Text<'_>, verdicts: &mut [Verdict]) {
    let mut said: HashSet<String> = HashSet::new();
    for (block, verdict) in text.blocks.iter().zip(verdicts.iter_mut()) {
        let may_be_alike =
            block.tag.heading().is_some() || matches!(block.tag, Tag::Td | Tag::Th) || block.tag == Tag::Li;
        if matches!(verdict, Verdict::Drop(_)) || may_be_alike || !SAID.contains(&block.letters) {
            continue;
        }
        if !said.insert(fold(&block.text(text.tree))) {
            *verdict = Verdict::Drop("said before");
        }
    }
}

/// `By Ines Marrable`, in the languages of western Europe.
pub(in crate::convert::html) fn is_byline(text: &str) -> bool {
    const BEFORE: [&str; 6] = ["posted", "written", "submitted", "published", "reported", "story"];
    let mut words = text.split_whitespace().skip_while(|word| BEFORE.contains(&word.to_lowercase().as_str()));
    let by = words.next().is_some_and(|word| {
        ["by", "von", "par", "por", "di", "door", "av", "af"]
            .contains(&word.trim_end_matches(':').to_lowercase().as_str())
    });
    let is_posted = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("posted "));
    by && words.clone().count() <= 12
        && words.next().is_some_and(|name| is_posted || name.starts_with(char::is_uppercase))
}
