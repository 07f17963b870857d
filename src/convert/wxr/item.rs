//! One item of an export.

use super::blog::{self, Blog};
use super::body;
use crate::article::Status;
use crate::config::Categories;
use crate::convert::account::{Account, Fate};
use crate::convert::news::{self, Story};
use crate::convert::xml::{Document, Id};
use crate::convert::{Converted, Source};
use crate::date::ArticleDate;
use crate::diagnostic::{Diagnostic, Place};

/// Types of items that are no articles, and what they are.
const OTHERS: &[(&str, &str)] = &[
    ("attachment", "uploads, shown in the articles that use them"),
    ("nav_menu_item", "lines of menus"),
    ("wp_navigation", "menus"),
    ("wp_block", "blocks, shown in the articles that use them"),
    ("revision", "older versions of articles"),
    ("custom_css", "pieces of the theme"),
    ("customize_changeset", "pieces of the theme"),
    ("wp_global_styles", "pieces of the theme"),
    ("wp_template", "pieces of the theme"),
    ("wp_template_part", "pieces of the theme"),
    ("wp_font_family", "pieces of the theme"),
    ("wp_font_face", "pieces of the theme"),
    ("oembed_cache", "copies of what articles embed"),
    ("user_request", "requests of readers"),
    ("feedback", "letters from forms"),
    ("acf-field", "settings of plug-ins"),
    ("acf-field-group", "settings of plug-ins"),
    ("wpcf7_contact_form", "forms"),
];

/// What an item of that type is, if it is no article.
pub(super) fn other(kind: &str) -> Option<&'static str> {
    OTHERS.iter().find(|(other, _)| *other == kind).map(|(_, what)| *what)
}

/// The type of an item, found without parsing it.
pub(super) fn kind(raw: &[u8]) -> &str {
    said(raw, b"<wp:post_type>")
}

/// The number of an item, found without parsing it.
pub(super) fn number(raw: &[u8]) -> &str {
    said(raw, b"<wp:post_id>")
}

/// What the last element with that tag says. What posts quote stands before it.
fn said<'r>(raw: &'r [u8], tag: &[u8]) -> &'r str {
    // Looking forwards is many times as quick as looking backwards.
    let Some(at) = memchr::memmem::find_iter(raw, tag).last() else { return "" };
    let rest = raw.get(at + tag.len()..).unwrap_or_default().trim_ascii_start();
    let rest = rest.strip_prefix(b"<![CDATA[").unwrap_or(rest);
    let end = rest.iter().position(|byte| matches!(byte, b'<' | b']')).unwrap_or(rest.len());
    std::str::from_utf8(rest.get(..end).unwrap_or_default()).unwrap_or_default().trim()
}

/// Reads an item.
pub(super) fn read(raw: &str, blog: &Blog, source: &Source<'_>) -> Converted {
    let document = Document::parse_part(raw, &blog.spaces, source.line as usize, source.accounting);
    let mut post =
        Post { document: &document, item: document.root().unwrap_or_default(), blog, source, story: Story::default() };
    post.read(kind(raw.as_bytes()));
    if let Some(content) = document.child(post.item, "content:encoded") {
        document.keep(content, "body");
    }
    let mut account = document.account(post.item);
    post.text(&mut account);
    if let Some((at, message)) = &document.fault {
        let before = raw.get(..*at).unwrap_or_default();
        let line = source.line + memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32;
        let which = [&post.story.record, &post.story.front.title].into_iter().find(|name| !name.is_empty());
        let message = format!("item `{}` is not well-formed: {message}", which.map_or("", String::as_str));
        let warning = Diagnostic::warning(Place::at(source.path, line, 0), message);
        post.story.warnings.push(warning.hint("compare the article with the original"));
    }
    // Whoever cut it off has named it.
    post.story.record.clear();
    post.story.finish(account)
}

struct Post<'p> {
    document: &'p Document<'p>,
    item: Id,
    blog: &'p Blog,
    source: &'p Source<'p>,
    story: Story,
}

impl Post<'_> {
    fn take(&self, name: &str, field: &'static str) -> String {
        self.document.take(self.item, name, field).unwrap_or_default()
    }

    fn read(&mut self, kind: &str) {
        self.story.record = self.take("wp:post_id", "source.record");
        self.story.front.title = news::text(&self.take("title", "title"));
        self.story.front.language.clone_from(&self.blog.language);
        self.addresses();
        self.dates();
        self.status();
        let login = self.take("dc:creator", "authors");
        self.story.author(self.blog.author(&login));
        let excerpt = self.document.child(self.item, "excerpt:encoded");
        if let Some(excerpt) = excerpt {
            self.document.keep(excerpt, "description");
            self.story.front.description = news::text(&self.document.text(excerpt));
        }
        self.document.take(self.item, "wp:post_type", "extra.type");
        if kind != "post" {
            self.story.extra("type", kind);
        }
        if self.take("wp:is_sticky", "extra.sticky") == "1" {
            self.story.front.extra.insert("sticky".into(), true.into());
        }
        self.terms();
        self.comments();
        self.meta();
        let unused = ["wp:comment_status", "wp:ping_status", "wp:menu_order", "wp:post_parent", "description"];
        for name in unused {
            if let Some(id) = self.document.child(self.item, name) {
                self.document.drop(id, "WordPress's own");
            }
        }
    }

    fn addresses(&mut self) {
        let link = self.take("link", "aliases");
        let guid = self.take("guid", "aliases");
        let short = self.take("wp:post_name", "aliases");
        // A draft has no address of its own yet.
        let link = if link.is_empty() { &guid } else { &link };
        self.story.canonical.clone_from(link);
        self.story.alias(link);
        self.story.alias(&guid);
        if self.story.canonical.is_empty() && !short.is_empty() && !self.blog.address.is_empty() {
            self.story.canonical = format!("{}/{short}/", self.blog.address);
        }
    }

    fn dates(&mut self) {
        let is_known = |date: &String| !date.is_empty() && !date.starts_with("0000");
        let parse = |date: String| news::date(&date);
        let utc = Some(self.take("wp:post_date_gmt", "date")).filter(is_known).and_then(parse);
        let published = self.take("pubDate", "date");
        // Some exports have a day before the year 0 for a post that was never published.
        let published = Some(published).filter(|date| is_known(date) && !date.contains("-0001")).and_then(parse);
        let local = Some(self.take("wp:post_date", "date")).filter(is_known).and_then(parse);
        self.story.front.date = utc.or(published).or(local);
        let changed = Some(self.take("wp:post_modified_gmt", "updated")).filter(is_known).and_then(parse);
        let _ = self.take("wp:post_modified", "updated");
        let seconds = |date: &ArticleDate| date.seconds();
        self.story.front.updated = changed
            .filter(|changed| self.story.front.date.as_ref().is_none_or(|date| seconds(changed) > seconds(date)));
    }

    fn status(&mut self) {
        let status = self.take("wp:status", "status");
        self.story.front.status = match status.as_str() {
            "draft" | "pending" | "auto-draft" | "private" => Status::Draft,
            "trash" => Status::Withdrawn,
            _ => Status::Live,
        };
        if !matches!(status.as_str(), "publish" | "draft" | "inherit" | "") {
            self.story.extra("wordpress_status", &status);
        }
        // What only some could read is not for all.
        if !self.take("wp:post_password", "status").is_empty() {
            self.story.front.status = Status::Draft;
            self.story.extra("wordpress_status", "password-protected");
        }
    }

    fn terms(&mut self) {
        let document = self.document;
        let mut categories: Vec<(String, String)> = Vec::new();
        for term in document.all(self.item, "category") {
            let (domain, short) =
                (document.attribute_or_empty(term, "domain"), document.attribute_or_empty(term, "nicename"));
            let name = news::text(&document.text(term));
            match domain.as_str() {
                "category" | "" if short == "uncategorized" || (short.is_empty() && name == "Uncategorized") => {
                    document.drop(term, "stands for none");
                }
                "category" | "" => {
                    document.keep(term, "section, tags");
                    categories.push((short, name));
                }
                "post_tag" | "tag" => {
                    document.keep(term, "tags");
                    self.story.tag(&name);
                }
                "location" | "locations" | "place" | "places" => {
                    document.keep(term, "places");
                    self.story.place(&name);
                }
                "author" => {
                    document.keep(term, "authors");
                    self.story.author(&name);
                }
                domain => {
                    document.keep(term, "extra");
                    self.story.extra(domain, &name);
                }
            }
        }
        if self.source.settings.categories == Categories::Sections && !categories.is_empty() {
            let primary = blog::meta(document, self.item).find(|(key, _)| key == "_yoast_wpseo_primary_category");
            let primary = primary.and_then(|(_, number)| self.blog.numbered(&number));
            let first = categories.iter().position(|(short, _)| Some(short.as_str()) == primary).unwrap_or(0);
            let (short, name) = categories.remove(first);
            let path = self.blog.category(&short, &name);
            let path = news::section(path.iter().map(String::as_str));
            if !path.is_empty() {
                self.story.front.section = Some(path);
            }
        }
        for (_, name) in categories {
            self.story.tag(&name);
        }
    }

    fn comments(&mut self) {
        let document = self.document;
        let mut count = 0;
        for comment in document.all(self.item, "wp:comment") {
            let part = |name: &str| document.child(comment, name).map(|id| document.line_of(id)).unwrap_or_default();
            let is_shown = part("wp:comment_approved") == "1";
            let is_readers = !matches!(part("wp:comment_type").as_str(), "pingback" | "trackback");
            count += u64::from(is_shown && is_readers);
            document.drop(comment, "a reader's comment");
        }
        if count > 0 {
            self.story.extra_number("comments", count);
        }
    }

    fn meta(&mut self) {
        let document = self.document;
        for (id, (key, value)) in document.all(self.item, "wp:postmeta").zip(blog::meta(document, self.item)) {
            document.call(id, || format!("wp:postmeta {key}"));
            match key.as_str() {
                "_yoast_wpseo_primary_category" if self.blog.numbered(&value).is_some() => {
                    let is_tag = self.source.settings.categories == Categories::Tags;
                    document.keep(id, if is_tag { "tags" } else { "section" });
                }
                "_thumbnail_id" => {
                    let image = self.blog.attachment(&value).map(|attachment| attachment.figure.clone());
                    document.keep(id, "image");
                    self.story.front.image = image.filter(|image| !image.src.is_empty());
                }
                "enclosure" => {
                    document.keep(id, "links");
                    let address = value.split_whitespace().next().unwrap_or_default();
                    self.story.link("", &news::web(&self.blog.address, address));
                }
                key if key.starts_with('_') => document.drop(id, "WordPress's or a plug-in's own"),
                _ if is_serialized(&value) => document.drop(id, "a plug-in's own"),
                key => {
                    document.keep(id, "extra");
                    self.story.extra(key, &value);
                }
            }
        }
    }

    fn text(&mut self, account: &mut Account) {
        let Some(content) = self.document.child(self.item, "content:encoded") else { return };
        let text = self.document.text(content);
        let shortcodes = &self.source.settings.shortcodes;
        let mut reading =
            body::Context { blog: self.blog, post: &self.story.record, own: shortcodes, dropped: Vec::new() };
        let html = reading.html(&text);
        let dropped = std::mem::take(&mut reading.dropped);
        self.story.html(&html, &format!("{}/", self.blog.address));
        if self.source.accounting {
            for (what, why) in dropped {
                account.note(0, what, "", Fate::Dropped(why));
            }
        }
    }
}

/// Whether a value is a list or a record as PHP writes it down.
fn is_serialized(value: &str) -> bool {
    let mut bytes = value.bytes();
    matches!(bytes.next(), Some(b'a' | b'O' | b'C')) && bytes.next() == Some(b':') && value.ends_with('}')
}
