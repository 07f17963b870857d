//! Markdown → plain text: for summaries, for search and for the terms of an article.

use super::to_html::OPTIONS;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// How much of a body is looked at first for its first paragraph; bytes.
const LEAD: usize = 4096;

/// The words of a body without its markup: a line per paragraph, heading, table row, caption and so on. What images
/// show and what their captions say is part of it; raw HTML, notes' marks and addresses are not.
pub fn to_text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => text.push(' '),
            Event::Start(Tag::Image { title, .. }) if !title.is_empty() => {
                text.push_str(&title);
                text.push('\n');
            }
            Event::Rule => end_line(&mut text),
            Event::Start(tag) if is_block(tag.to_end()) => end_line(&mut text),
            Event::End(tag) if is_block(tag) || tag == TagEnd::Image => end_line(&mut text),
            _ => {}
        }
    }
    end_line(&mut text);
    text
}

/// The first paragraph of running text, as plain text on one line; empty where there is none. Figures, headings,
/// quotes, lists and tables are passed over.
pub fn first_paragraph(markdown: &str) -> String {
    let lead = markdown
        .as_bytes()
        .get(LEAD..)
        .and_then(|rest| memchr::memmem::find(rest, b"\n\n"))
        .and_then(|at| markdown.get(..LEAD + at));
    lead.map(find_paragraph).filter(|text| !text.is_empty()).unwrap_or_else(|| find_paragraph(markdown))
}

fn find_paragraph(markdown: &str) -> String {
    let mut text = String::new();
    let (mut depth, mut in_paragraph, mut images) = (0u32, false, 0u32);
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => in_paragraph = true,
            Event::End(TagEnd::Paragraph) if depth == 0 => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    return text;
                }
                in_paragraph = false;
            }
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Start(tag) if !in_paragraph && tag != Tag::Paragraph => depth += 1,
            Event::End(tag) if !in_paragraph && tag != TagEnd::Paragraph => depth = depth.saturating_sub(1),
            Event::Text(part) | Event::Code(part) if in_paragraph && images == 0 => {
                text.push_str(if text.is_empty() { part.trim_start() } else { &part });
            }
            Event::SoftBreak | Event::HardBreak if in_paragraph && !text.is_empty() => text.push(' '),
            _ => {}
        }
    }
    String::new()
}

fn is_block(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::FootnoteDefinition
    )
}

/// Ends the line that is begun, if one is.
fn end_line(text: &mut String) {
    let kept = text.trim_end_matches(' ').len();
    text.truncate(kept);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
