//! Markdown → plain text: for search and for the terms of an article.

pub use super::excerpt::first_paragraph;
use super::to_html::OPTIONS;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

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
