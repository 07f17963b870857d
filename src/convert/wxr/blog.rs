//! What all articles of an export share: authors, the tree of categories, attachments, blocks that posts reuse.

use crate::article::Figure;
use crate::convert::xml::{Document, Id, Spaces};
use crate::convert::{Source, news};
use std::collections::HashMap;
use std::sync::Arc;

/// A blog.
#[derive(Debug, Default)]
pub(super) struct Blog {
    pub(super) spaces: Arc<Spaces>,
    /// Its address, without a slash at its end.
    pub(super) address: String,
    pub(super) language: String,
    /// Display names by login.
    authors: HashMap<String, String>,
    /// By short name.
    categories: HashMap<String, Category>,
    /// Short names of categories by number.
    numbers: HashMap<String, String>,
    attachments: HashMap<String, Attachment>,
    /// Numbers of the pictures that were uploaded for a post, by the post's number.
    uploads: HashMap<String, Vec<String>>,
    /// The texts of blocks that several posts show, by number.
    blocks: HashMap<String, String>,
}

#[derive(Clone, Debug, Default)]
struct Category {
    name: String,
    parent: String,
}

/// A picture, sound or film.
#[derive(Clone, Debug, Default)]
pub(super) struct Attachment {
    pub(super) title: String,
    /// Its address, alternative text and caption.
    pub(super) figure: Figure,
}

/// Longest way up a tree of categories; one that leads back to itself has no end.
const HIGHEST: usize = 10;

impl Blog {
    /// Reads what stands beside the items.
    pub(super) fn head(&mut self, head: &str, source: &Source<'_>) {
        let document = Document::parse(head, &mut Spaces::default(), 1, false);
        if let Some(channel) = document.find(0, "channel") {
            self.channel(&document, channel);
        }
        if self.address.is_empty() {
            source.base_url.unwrap_or_default().trim_end_matches('/').clone_into(&mut self.address);
        }
    }

    fn channel(&mut self, document: &Document<'_>, channel: Id) {
        let line = |id: Id, name: &str| document.child(id, name).map(|id| document.line_of(id)).unwrap_or_default();
        let address = [line(channel, "wp:base_blog_url"), line(channel, "link")];
        let address = address.into_iter().find(|address| !address.is_empty()).unwrap_or_default();
        address.trim_end_matches('/').clone_into(&mut self.address);
        self.language = line(channel, "language").replace('_', "-");
        for author in document.all(channel, "wp:author") {
            let login = line(author, "wp:author_login");
            let full = format!("{} {}", line(author, "wp:author_first_name"), line(author, "wp:author_last_name"));
            let names = [line(author, "wp:author_display_name"), full.trim().to_owned()];
            let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| login.clone());
            self.authors.insert(login, name);
        }
        for category in document.all(channel, "wp:category") {
            let short = line(category, "wp:category_nicename");
            let (name, parent) = (line(category, "wp:cat_name"), line(category, "wp:category_parent"));
            self.numbers.insert(line(category, "wp:term_id"), short.clone());
            self.categories.insert(short, Category { name, parent });
        }
    }

    /// Reads an item that posts show.
    pub(super) fn shared(&mut self, document: &Document<'_>, item: Id, kind: &str) {
        let line = |name: &str| document.child(item, name).map(|id| document.line_of(id)).unwrap_or_default();
        let html = |name: &str| document.child(item, name).map(|id| document.text(id).into_owned()).unwrap_or_default();
        let number = line("wp:post_id");
        if kind == "wp_block" {
            self.blocks.insert(number, html("content:encoded"));
            return;
        }
        let src = [line("wp:attachment_url"), line("guid")].into_iter().find(|src| !src.is_empty()).unwrap_or_default();
        let caption = [html("excerpt:encoded"), html("content:encoded")];
        let caption = caption.iter().map(|words| news::text(words)).find(|words| !words.is_empty()).unwrap_or_default();
        let alt = meta(document, item).find(|(key, _)| key == "_wp_attachment_image_alt").map(|(_, alt)| alt);
        let figure = Figure { src, alt: alt.unwrap_or_default(), caption, credit: String::new() };
        if is_picture(&figure.src) {
            self.uploads.entry(line("wp:post_parent")).or_default().push(number.clone());
        }
        self.attachments.insert(number, Attachment { title: news::text(&line("title")), figure });
    }

    /// The name that readers see for a login.
    pub(super) fn author<'a>(&'a self, login: &'a str) -> &'a str {
        self.authors.get(login).map_or(login, String::as_str)
    }

    /// The path of a category, by its short name: the names of the categories that it is in, and its own.
    pub(super) fn category(&self, short: &str, name: &str) -> Vec<String> {
        let mut names = vec![name.to_owned()];
        let mut at = self.categories.get(short);
        while let Some(parent) = at.map(|category| category.parent.as_str()).filter(|parent| !parent.is_empty()) {
            at = self.categories.get(parent);
            names.push(at.map_or(parent, |category| &category.name).to_owned());
            if names.len() >= HIGHEST {
                break;
            }
        }
        names.reverse();
        names
    }

    /// The short name of the category with that number.
    pub(super) fn numbered(&self, number: &str) -> Option<&str> {
        self.numbers.get(number).map(String::as_str)
    }

    pub(super) fn attachment(&self, number: &str) -> Option<&Attachment> {
        self.attachments.get(number)
    }

    /// The pictures that were uploaded for a post.
    pub(super) fn uploads(&self, post: &str) -> &[String] {
        self.uploads.get(post).map_or(&[], Vec::as_slice)
    }

    /// A block that several posts show.
    pub(super) fn block(&self, number: &str) -> Option<&str> {
        self.blocks.get(number).map(String::as_str)
    }
}

/// The keys and values that plug-ins and `WordPress` itself add to a post.
pub(super) fn meta<'d>(document: &'d Document<'_>, item: Id) -> impl Iterator<Item = (String, String)> + 'd {
    document.all(item, "wp:postmeta").map(|meta| {
        let part = |name: &str| document.child(meta, name).map(|id| document.line_of(id)).unwrap_or_default();
        (part("wp:meta_key"), part("wp:meta_value"))
    })
}

fn is_picture(src: &str) -> bool {
    let src = src.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"].iter().any(|ending| src.ends_with(ending))
}
