//! An article as feeds, exports and the wire's formats give it, gathered piece by piece.

mod date;
mod names;

use super::account::Account;
use super::shape::{collapse, opening, shorten};
use super::{Converted, byline};
use crate::article::read::tidy_body;
use crate::article::{Article, Figure, FrontMatter, Link};
use crate::diagnostic::Diagnostic;
use crate::markup::address::{resolve, split_origin};
use crate::markup::escape;
use crate::markup::to_markdown::{Beside, Part, to_markdown};
use crate::markup::tree::{Attribute, NodeId, Tag, Tree};
pub(super) use date::date;
pub(super) use names::{base64, language, same_host, section};
use serde_yaml::{Mapping, Value};

/// Longest value that is kept under `extra`, and the most of all of them together; bytes.
const LONGEST: usize = 4000;
const MOST: usize = 24_000;

/// An article that is being read.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) front: FrontMatter,
    /// Markdown.
    pub(super) body: String,
    pub(super) files: Vec<Beside>,
    pub(super) record: String,
    pub(super) canonical: String,
    pub(super) warnings: Vec<Diagnostic>,
    /// Bytes under `extra`.
    pub(super) extra: usize,
}

impl Story {
    /// Keeps something that the front matter has no key for; what comes twice becomes a list.
    pub(super) fn extra(&mut self, key: &str, value: &str) {
        let value = collapse(value);
        if value.is_empty() || key.is_empty() || self.extra + value.len().min(LONGEST) > MOST {
            return;
        }
        let mut value = value.into_owned();
        shorten(&mut value, LONGEST);
        self.extra += value.len() + key.len();
        let value = Value::String(value);
        match self.front.extra.get_mut(key) {
            None => {
                self.front.extra.insert(Value::String(key.to_owned()), value);
            }
            Some(Value::Sequence(values)) => {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            Some(other) if *other != value => {
                let first = std::mem::replace(other, Value::Null);
                *other = Value::Sequence(vec![first, value]);
            }
            Some(_) => {}
        }
    }

    /// Keeps a number under `extra`.
    pub(super) fn extra_number(&mut self, key: &str, value: u64) {
        self.front.extra.insert(Value::String(key.to_owned()), Value::Number(value.into()));
    }

    /// Keeps a record of some texts under `extra`, one of a list.
    pub(super) fn extra_record(&mut self, key: &str, parts: &[(&str, &str)]) {
        let length: usize = parts.iter().map(|(name, value)| name.len() + value.len().min(LONGEST)).sum();
        let mut record = Mapping::new();
        for (name, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
            let mut value = collapse(value).into_owned();
            shorten(&mut value, LONGEST);
            record.insert(Value::String((*name).to_owned()), Value::String(value));
        }
        if record.is_empty() || self.extra + length > MOST {
            return;
        }
        self.extra += length;
        let record = Value::Mapping(record);
        match self.front.extra.get_mut(key) {
            Some(Value::Sequence(records)) => {
                if !records.contains(&record) {
                    records.push(record);
                }
            }
            _ => {
                self.front.extra.insert(Value::String(key.to_owned()), Value::Sequence(vec![record]));
            }
        }
    }

    /// What is kept under `extra` as a text.
    pub(super) fn extra_text(&self, key: &str) -> &str {
        self.front.extra.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn tag(&mut self, name: &str) {
        add(&mut self.front.tags, name);
    }

    pub(super) fn place(&mut self, name: &str) {
        add(&mut self.front.places, name);
    }

    pub(super) fn author(&mut self, name: &str) {
        add(&mut self.front.authors, name);
    }

    /// Reads a byline; what it says beside names, as `Harbour correspondent`, is kept as it is.
    pub(super) fn byline(&mut self, line: &str) {
        let line = collapse(line);
        let read = byline::byline(&line).or_else(|| byline::names_and_place(&line));
        let Some(read) = read.filter(|read| !read.authors.is_empty()) else {
            let bare =
                line.strip_prefix("By ").or(line.strip_prefix("by ")).or(line.strip_prefix("BY ")).unwrap_or(&line);
            return self.author(bare);
        };
        read.authors.iter().for_each(|name| self.author(name));
        // Behind a comma stands another name as often as a place.
        if !line.contains(" in ") {
            self.author(&read.place);
        } else if self.front.dateline.is_empty() {
            self.front.dateline = read.place;
        }
    }

    pub(super) fn link(&mut self, title: &str, url: &str) {
        let title = collapse(title);
        let title = if title.is_empty() { url } else { &title };
        if !url.is_empty() && !self.front.links.iter().any(|link| link.url == url) && self.front.links.len() < 100 {
            self.front.links.push(Link { title: title.to_owned(), url: url.to_owned() });
        }
    }

    /// An address at which the article was; what has no path leads to no article.
    pub(super) fn alias(&mut self, address: &str) {
        let address = address.trim();
        let (origin, path) = split_origin(address);
        let is_web =
            origin.starts_with("http") || origin.starts_with("//") || (origin.is_empty() && path.starts_with('/'));
        let path = path.split('#').next().unwrap_or_default();
        if is_web && path.len() > 1 && path.starts_with('/') && !path.contains(char::is_whitespace) {
            add(&mut self.front.aliases, path);
        }
    }

    /// Appends HTML to the text.
    pub(super) fn html(&mut self, html: &str, base: &str) {
        let (markdown, files) = markdown(html, base);
        self.markdown(&markdown);
        self.files.extend(files);
    }

    /// Appends blocks of Markdown to the text.
    pub(super) fn markdown(&mut self, markdown: &str) {
        let markdown = markdown.trim_matches('\n');
        if markdown.trim().is_empty() {
            return;
        }
        if !self.body.is_empty() {
            self.body.push_str("\n\n");
        }
        self.body.push_str(markdown);
    }

    /// Appends plain text, whose paragraphs are parted by blank lines, or else are its lines.
    pub(super) fn plain(&mut self, text: &str) {
        self.markdown(&plain(text));
    }

    /// Appends a picture.
    pub(super) fn figure(&mut self, figure: &Figure) {
        let markdown = self::figure(figure);
        self.note_file(&figure.src);
        self.markdown(&markdown);
    }

    /// Takes note of a picture, sound or film that may lie beside the source.
    pub(super) fn note_file(&mut self, src: &str) {
        if !src.is_empty() && split_origin(src).0.is_empty() && !src.starts_with(['/', '#']) {
            self.files.push(Beside { stated: src.to_owned(), written: src.to_owned() });
        }
    }

    /// The article; without a headline it has the first words of its text.
    pub(super) fn finish(mut self, account: Account) -> Converted {
        self.body = tidy_body(&self.body);
        self.front.title = collapse(&self.front.title).into_owned();
        shorten(&mut self.front.title, 1000);
        if self.front.title.is_empty() {
            self.front.title = opening(&crate::markup::excerpt::first_paragraph(&self.body));
        }
        if self.front.title.is_empty() {
            self.front.title = opening(&self.front.description);
        }
        Converted {
            article: Article { front: self.front, body: self.body },
            record: self.record,
            canonical: self.canonical,
            files: self.files,
            account,
            warnings: self.warnings,
            ..Converted::default()
        }
    }
}

fn add(names: &mut Vec<String>, name: &str) {
    /// Far more than an article has; a list without end is no list of names.
    const MOST: usize = 200;
    let name = collapse(name);
    if !name.is_empty() && names.len() < MOST && name.len() < 1000 && !names.iter().any(|known| *known == name) {
        names.push(name.into_owned());
    }
}

/// The Markdown of a piece of HTML, and the files that it shows and that may lie beside its source.
pub(super) fn markdown(html: &str, base: &str) -> (String, Vec<Beside>) {
    let tree = Tree::parse(html);
    let dropped = |id| tree.is_hidden(id) || is_share_bar(&tree, id);
    to_markdown(Part { tree: &tree, base, dropped: &dropped, known: None, captions: &[] }, &[0])
}

/// Links for sharing that plug-ins put into texts, and pictures that only count readers.
fn is_share_bar(tree: &Tree, id: NodeId) -> bool {
    if tree.tag(id) == Tag::Img {
        let src = tree.attribute_or_empty(id, Attribute::Src);
        return [
            "feeds.feedburner.com/~",
            "feedsportal.com/",
            "stats.wordpress.com/",
            "pixel.wp.com/",
            "/~ff/",
            "/~r/",
        ]
        .iter()
        .any(|counter| src.contains(counter));
    }
    let class = tree.attribute_or_empty(id, Attribute::Class);
    class.split_ascii_whitespace().any(|word| {
        let word = word.to_ascii_lowercase();
        ["sharedaddy", "jp-relatedposts", "addtoany", "feedflare", "share-buttons", "social-share"]
            .iter()
            .any(|known| word.starts_with(known))
    })
}

/// A piece of HTML as plain text on one line.
pub(super) fn text(html: &str) -> String {
    if html.contains(['<', '&']) {
        let tree = Tree::parse(html);
        let mut text = String::with_capacity(html.len());
        // Texts on different lines are of different words.
        for id in tree.descendants(0) {
            text.push_str(if tree.tag(id).is_block() { " " } else { tree.text(id) });
        }
        return collapse(&text).into_owned();
    }
    collapse(html).into_owned()
}

/// Whether a text is HTML rather than plain text: whether it has the tags or the references of some.
pub(super) fn is_html(text: &str) -> bool {
    let tag = |at: usize| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.get(..400).unwrap_or(rest).contains('>')
    };
    memchr::memchr_iter(b'<', text.as_bytes()).take(20).any(tag)
        || memchr::memchr_iter(b'&', text.as_bytes()).take(20).any(|at| {
            let rest = text.get(at + 1..).unwrap_or_default();
            rest.find(';').is_some_and(|end| {
                end < 10
                    && end > 1
                    && rest.as_bytes()[..end].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            })
        })
}

/// Plain text as Markdown: paragraphs are parted by blank lines; where there are none, each line is one.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches('\n');
    let has_blank = text.contains("\n\n") || text.lines().any(|line| line.trim().is_empty());
    let mut out = String::with_capacity(text.len() + 16);
    let mut paragraph = String::new();
    let mut flush = |paragraph: &mut String| {
        let tidy = collapse(paragraph);
        if !tidy.is_empty() {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            escape::block(&tidy, &mut out);
        }
        paragraph.clear();
    };
    for line in text.lines() {
        // Indented first lines part paragraphs as well as blank lines do.
        if line.trim().is_empty() || !has_blank || line.starts_with("   ") || line.starts_with('\t') {
            flush(&mut paragraph);
        }
        paragraph.push_str(line);
        paragraph.push(' ');
    }
    flush(&mut paragraph);
    out
}

/// A figure as Markdown: the words under it with the credit after a dash; one whose file is lost is not shown.
pub(super) fn figure(figure: &Figure) -> String {
    let Figure { src, alt, caption, credit } = figure;
    let words = match (caption.is_empty(), credit.is_empty()) {
        (false, false) => format!("{caption} — {credit}"),
        (true, _) => credit.clone(),
        (_, true) => caption.clone(),
    };
    let mut out = String::from("![");
    escape::label(&collapse(alt), &mut out);
    out.push_str("](");
    escape::destination(src, &mut out);
    if !words.is_empty() {
        out.push_str(" \"");
        escape::title(&collapse(&words), &mut out);
        out.push('"');
    }
    out.push(')');
    out
}

/// A link in a paragraph of its own.
pub(super) fn link(title: &str, url: &str) -> String {
    let mut out = String::from("[");
    escape::label(&collapse(if title.is_empty() { url } else { title }), &mut out);
    out.push_str("](");
    escape::destination(url, &mut out);
    out.push(')');
    out
}

/// An address of the web made absolute; empty if it is none that a reader could follow.
pub(super) fn web(base: &str, address: &str) -> String {
    let address = resolve(base, address);
    let scheme = crate::markup::address::scheme(&address);
    let is_web = scheme.is_none_or(|scheme| matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "ftp"));
    if is_web { address.into_owned() } else { String::new() }
}
