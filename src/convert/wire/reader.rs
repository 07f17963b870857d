//! How a message of the wire becomes an article, whatever its header looks like.

use super::messages::{Message, fault};
use super::{is_indented, messages};
use crate::convert::account::{Account, Fate};
use crate::convert::news::Story;
use crate::convert::records::Split;
use crate::convert::shape::collapse;
use crate::convert::{Sink, Source};
use crate::date::ArticleDate;

/// All of them are cut alike.
pub(in crate::convert) const SPLIT: Option<Split> = Some(Split::Stream(messages::split));

/// What tells the formats of the wire apart.
pub(in crate::convert) struct Wire {
    /// Reads a line of the header, of which the first has the number 0; says as what it is kept.
    pub(in crate::convert) header: fn(usize, &str, &mut Story) -> &'static str,
    /// Reads the text.
    pub(in crate::convert) body: fn(&str, &mut Story),
    /// When the message was sent, as what stands behind the text says.
    pub(in crate::convert) sent: fn(&str) -> Option<ArticleDate>,
    /// Whether that may stand in the last line of the text instead.
    pub(in crate::convert) is_sent_in_text: bool,
}

/// Converts a message.
pub(in crate::convert) fn convert(wire: &Wire, source: &Source<'_>, sink: &mut Sink<'_>) {
    let message = Message::read(source.bytes);
    let (mut story, mut account) = (Story::default(), Account::default());
    let mut note = |line: usize, what: &str, text: &str, field: &'static str| {
        if source.accounting && !text.trim().is_empty() {
            account.note(line, what, &collapse(text), Fate::Kept(field));
        }
    };
    let line = source.line as usize;
    for (number, words) in message.head().enumerate() {
        note(
            line,
            if number == 0 { "header" } else { "header, further lines" },
            words,
            (wire.header)(number, words, &mut story),
        );
    }
    (wire.body)(&message.text, &mut story);
    let last = || message.text.trim_end().lines().next_back().filter(|_| wire.is_sent_in_text);
    story.front.date = (wire.sent)(&message.trailer).or_else(|| last().and_then(wire.sent));
    let mut at = line + message.lines as usize;
    for (lines, text) in source.accounting.then(|| paragraphs(&message.text)).into_iter().flatten() {
        note(at, "text", &text, if text.starts_with(['^']) { "title, extra, body" } else { "title, body" });
        at += lines;
    }
    note(at, "trailer", &message.trailer, if story.front.date.is_some() { "date" } else { "extra.trailer" });
    if story.front.date.is_none() {
        story.extra("trailer", &message.trailer);
    }
    story.warnings.extend(fault(source, &message, &story));
    sink(Ok(story.finish(account)));
}

/// The paragraphs of a text as they are written, each with the number of its lines.
fn paragraphs(text: &str) -> Vec<(usize, String)> {
    let mut all: Vec<(usize, String)> = Vec::new();
    let mut is_new = true;
    for line in text.lines() {
        let begins = is_new || is_indented(line) || line.starts_with('^') || line.trim().is_empty();
        match all.last_mut().filter(|_| !begins) {
            Some((lines, paragraph)) => {
                *lines += 1;
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            None => all.push((1, line.to_owned())),
        }
        // What is set apart ends with its line.
        is_new = line.trim().is_empty() || line.starts_with('^');
    }
    all
}
