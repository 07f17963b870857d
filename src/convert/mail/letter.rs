//! One letter: its head gives headline, date and byline, its HTML or else its plain text the text.

use super::parts::{Parts, html};
use crate::article::Article;
use crate::article::read::tidy_body;
use crate::convert::records::Context;
use crate::convert::{Converted, Source};
use crate::date::ArticleDate;
use crate::diagnostic::{Diagnostic, Place};
use crate::markup::to_markdown::{Beside, Part, to_markdown};
use crate::markup::tree::Tree;
use mail_parser::{Addr, Address, HeaderName, HeaderValue, Message, MimeHeaders};
use serde_yaml::Value;

/// Reads a letter.
pub(super) fn read(source: &Source<'_>, message: &Message<'_>) -> Result<Converted, Diagnostic> {
    let parts = Parts::of(message);
    let html = html(message).map(|(text, _)| parts.rename(&text));
    let from_page = html.as_deref().and_then(|html| article(source, html));
    let plain = || message.body_text(0).map(|text| paragraphs(&text));
    let (mut made, files) = match (from_page, html.as_deref()) {
        (Some(made), _) => {
            let files = made.files.clone();
            (made, files)
        }
        // A letter of a few lines is no page with an article, but all of it is the article.
        (None, text) => {
            let text = plain().or_else(|| text.map(str::to_owned)).unwrap_or_default();
            let (body, files) = whole(&text);
            (
                Converted { article: Article { body: tidy_body(&body), ..Article::default() }, ..Converted::default() },
                files,
            )
        }
    };
    if made.article.body.is_empty() {
        return Err(Diagnostic::error(Place::file(source.path), "the letter has no text")
            .hint("what is attached to letters is not converted; convert those files"));
    }
    head(message, &mut made);
    made.parts = parts.shown(&files);
    made.files = files;
    let attached = attachments(message, &parts, &made.files);
    if !attached.is_empty() {
        let message = format!("what is attached to the letter was not kept: {}", attached.join(", "));
        made.warnings.push(Diagnostic::warning(Place::file(source.path), message).hint("save those files yourself"));
    }
    Ok(made)
}

/// The article of a letter's HTML, if that is built as a page with an article.
fn article(source: &Source<'_>, html: &str) -> Option<Converted> {
    let context = Context { charset: "utf-8".to_owned(), ..Context::default() };
    let inner = Source { bytes: html.as_bytes(), context: Some(&context), ..*source };
    let mut found = None;
    (crate::convert::html::FORMAT.convert)(&inner, &mut |made| found = found.take().or(made.ok()));
    found
}

/// All that HTML shows.
fn whole(html: &str) -> (String, Vec<Beside>) {
    let tree = Tree::parse(html);
    to_markdown(Part { tree: &tree, base: "", dropped: &|_| false, known: None, captions: &[] }, &[0])
}

/// Plain text as HTML: paragraphs between blank lines. What letters quote of others stays as it is.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    // What follows the line with two hyphens is the sender's card.
    let text = text.split("\n-- \n").next().unwrap_or_default();
    let mut html = String::with_capacity(text.len() + 64);
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        html.push_str("<p>");
        html.push_str(&paragraph.replace('&', "&amp;").replace('<', "&lt;"));
        html.push_str("</p>\n");
    }
    html
}

/// Takes over what the head states.
fn head(message: &Message<'_>, made: &mut Converted) {
    let front = &mut made.article.front;
    if let Some(subject) = message.subject().map(str::trim).filter(|subject| !subject.is_empty()) {
        subject.split_whitespace().collect::<Vec<_>>().join(" ").clone_into(&mut front.title);
    }
    front.date = date(message).or(front.date);
    let from = message.from().and_then(Address::first);
    if let Some(name) = from.and_then(Addr::name).filter(|name| !name.trim().is_empty()) {
        front.authors = vec![name.trim().to_owned()];
    }
    let list = match message.header(HeaderName::ListId) {
        Some(HeaderValue::Address(address)) => address.first().map(|list| {
            let address = list.address().map(|address| format!("<{address}>"));
            [list.name().map(str::to_owned), address].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }),
        Some(value) => value.as_text().map(str::to_owned),
        None => None,
    };
    let stated = [
        ("from", from.and_then(Addr::address).map(str::to_owned)),
        ("list_id", list),
        ("message_id", message.message_id().map(str::to_owned)),
    ];
    for (key, value) in stated {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            front.extra.insert(Value::String(key.to_owned()), Value::String(value));
        }
    }
}

/// When a message says that it was sent.
pub(super) fn date(message: &Message<'_>) -> Option<ArticleDate> {
    message.date().and_then(|date| date.to_rfc3339().parse().ok())
}

/// The names of the files that are attached and not shown.
fn attachments(message: &Message<'_>, parts: &Parts<'_>, files: &[Beside]) -> Vec<String> {
    let shown = parts.shown(files);
    let is_shown = |bytes: &[u8]| shown.iter().any(|(_, known)| known == bytes);
    let attached = message.attachments().filter(|part| part.content_id().is_none() && !is_shown(part.contents()));
    attached.filter_map(|part| part.attachment_name()).take(20).map(str::to_owned).collect()
}
