//! What a body of Markdown begins with: its first paragraph and its first figure. Only the blocks looked at are parsed.

use crate::article::Figure;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// The first paragraph that is no figure, heading, list or quotation, as plain text on one line; empty if there is none.
pub fn first_paragraph(markdown: &str) -> String {
    blocks(markdown)
        .filter(|block| !begins_figure(block))
        .find_map(|block| paragraph(&without_marks(block)))
        .unwrap_or_default()
}

/// The first picture that has a paragraph of its own.
pub fn first_figure(markdown: &str) -> Option<Figure> {
    memchr::memmem::find(markdown.as_bytes(), b"![")?;
    blocks(markdown).filter(|block| begins_figure(block)).find_map(figure)
}

/// A block without the marks of notes, which mean nothing where the notes are not.
fn without_marks(block: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = block;
    while let Some(at) = rest.find("[^") {
        let (before, mark) = rest.split_at(at);
        let end = mark.find(']').filter(|end| *end > 2 && !before.ends_with('\\'));
        let is_name =
            |name: &str| name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let end = end.filter(|end| mark.get(2..*end).is_some_and(is_name));
        out.push_str(before);
        let (kept, after) = mark.split_at(end.map_or(2, |end| end + 1));
        out.push_str(if end.is_some() { "" } else { kept });
        rest = after;
    }
    if out.is_empty() && rest.len() == block.len() { Cow::Borrowed(block) } else { Cow::Owned(out + rest) }
}

fn begins_figure(block: &str) -> bool {
    block.starts_with("![") || block.starts_with("[![")
}

/// Stretches between blank lines, which is what blocks of text are; fenced code is left out, for its blank lines are
/// its own.
fn blocks(markdown: &str) -> impl Iterator<Item = &str> {
    let mut fence: Option<char> = None;
    markdown.split("\n\n").map(|block| block.trim_matches('\n')).filter(move |block| {
        for line in block.lines() {
            let line = line.trim_start();
            if let Some((mark, _)) =
                ['`', '~'].into_iter().zip(["```", "~~~"]).find(|(_, fence)| line.starts_with(fence))
            {
                match fence {
                    None => fence = Some(mark),
                    Some(open) if open == mark => {
                        fence = None;
                        return false;
                    }
                    Some(_) => {}
                }
            }
        }
        fence.is_none() && !block.is_empty()
    })
}

/// A parser of one block. Links whose targets are defined elsewhere are links all the same; a word in brackets is not.
fn parser(block: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let elsewhere = |link: BrokenLink<'_>| {
        let named = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        named.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
    };
    Parser::new_with_broken_link_callback(block, options, Some(elsewhere))
}

fn paragraph(block: &str) -> Option<String> {
    let mut events = parser(block);
    if !matches!(events.next(), Some(Event::Start(Tag::Paragraph))) {
        return None;
    }
    let mut text = String::with_capacity(block.len());
    let mut pictures = 0;
    for event in events {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::Text(piece) | Event::Code(piece) if pictures == 0 => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Paragraph) => break,
            _ => {}
        }
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn figure(block: &str) -> Option<Figure> {
    let mut figure: Option<Figure> = None;
    for event in parser(block) {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                figure = Some(Figure { src: dest_url.to_string(), caption: title.to_string(), ..Figure::default() });
            }
            Event::Text(piece) | Event::Code(piece) => figure.as_mut()?.alt.push_str(&piece),
            Event::End(TagEnd::Image) => break,
            _ => {}
        }
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::{first_figure, first_paragraph};

    #[test]
    fn finds_the_first_paragraph_as_plain_text() {
        let cases = [
            (
                "![a](b.jpg)\n\n## Head\n\n> said\n\nThe *tide* is [in][1],\nsays AT\\&T.\n\nMore\n",
                "The tide is in, says AT&T.",
            ),
            ("```\ncode\n\nmore code\n```\n\nText [sic]\n", "Text [sic]"),
            ("`code` first\n\nMore\n", "code first"),
            ("- one\n- two\n", ""),
            ("", ""),
        ];
        for (markdown, text) in cases {
            assert_eq!(first_paragraph(markdown), text);
        }
    }

    #[test]
    fn finds_the_first_figure() {
        let figure =
            first_figure("Text ![icon](i.gif) text\n\n![The quay](<> \"At low \\\"tide\\\"\")\n").unwrap_or_default();
        assert_eq!(
            (figure.src.as_str(), figure.alt.as_str(), figure.caption.as_str()),
            ("", "The quay", "At low \"tide\"")
        );
        assert_eq!(first_figure("No picture"), None);
    }
}
